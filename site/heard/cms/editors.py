"""What editors and administrators may do in Wagtail, and how a role of Heard brings them there."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import GroupPagePermission, Page

from engagement.experiences.models import Call, CallQuestion
from engagement.routing.models import Route
from heard.accounts import roles
from heard.accounts.models import Role, User
from heard.cms.models import ChangesPage, HomePage, InformationPage, ThemesPage

EDITORS = "Editors"  # Wagtail's own group
ADMINISTRATORS = "Administrators"
ROLES_OF = {
    EDITORS: {Role.EDITOR, Role.ADMINISTRATOR},
    ADMINISTRATORS: {Role.ADMINISTRATOR},
}
SNIPPETS = (Call, CallQuestion, Route)
PAGE_RIGHTS = ("add_page", "change_page", "publish_page")


@roles.register
def follow_roles(person: User, held: frozenset[str]) -> None:
    """Puts the person into the groups that their roles bring, and takes them out of the others."""
    for name, wanted in ROLES_OF.items():
        group, _ = Group.objects.get_or_create(name=name)
        if wanted & held:
            person.groups.add(group)
        else:
            person.groups.remove(group)


def give_rights(home: HomePage) -> None:
    """Editors may change the public pages, calls and routes; administrators every page.

    Wagtail's page rights reach down the tree, so editors get theirs page by page and not on home:
    a right on home would open every private space below it, and who is in it.
    """
    editors, _ = Group.objects.get_or_create(name=EDITORS)
    administrators, _ = Group.objects.get_or_create(name=ADMINISTRATORS)
    own = Page.objects.child_of(home).exact_type(ThemesPage, ChangesPage, InformationPage)
    GroupPagePermission.objects.filter(group=editors).exclude(page__in=own).delete()
    for right in Permission.objects.filter(
        content_type__app_label="wagtailcore", codename__in=PAGE_RIGHTS
    ):
        for page in own:
            GroupPagePermission.objects.get_or_create(group=editors, page=page, permission=right)
        GroupPagePermission.objects.get_or_create(group=administrators, page=home, permission=right)
    wanted = Q(codename="access_admin", content_type__app_label="wagtailadmin")
    for model in SNIPPETS:
        meta = model._meta
        wanted |= Q(content_type__app_label=meta.app_label, content_type__model=meta.model_name)
    for group in (editors, administrators):
        group.permissions.add(*Permission.objects.filter(wanted))
