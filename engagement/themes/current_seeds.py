"""The seeds in force: the current themes, or the programme's file before any is loaded."""

from engagement.themes.models import Theme
from engagement.themes.seeds import ActionSeed, ThemeSeed, seeds_from_programme


def current_seeds() -> tuple[ThemeSeed, ...]:
    """Themes of the current frameworks as seeds, in their order. Two queries; nothing is cached."""
    themes = Theme.objects.current().prefetch_related("actions")
    return tuple(_seed(theme) for theme in themes) or seeds_from_programme()


def _seed(theme: Theme) -> ThemeSeed:
    return ThemeSeed(
        slug=theme.slug,
        title=theme.title,
        short=theme.short,
        summary=theme.summary,
        keywords=theme.keywords,
        more_keywords=theme.more_keywords,
        actions=[ActionSeed(action.number, action.title) for action in theme.actions.all()],
    )
