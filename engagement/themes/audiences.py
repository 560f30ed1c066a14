"""Theme leads as audiences: `theme:homes-housing` for those who lead it."""

from engagement.themes.models import ThemeLead
from heard.notifications import audiences


@audiences.register
def of_theme_leads(people: list[int]):
    leads = ThemeLead.objects.filter(person__in=people, theme__framework__is_current=True)
    return [
        (person, f"theme:{slug}") for person, slug in leads.values_list("person_id", "theme__slug")
    ]
