"""Rows for tests: factories with traits, and a few named people in conftest.py."""

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Page

from engagement.themes.models import District, Framework, Theme
from heard.accounts.models import HeldRole, Role, User
from heard.spaces.models import Board, Group, Membership, MemberRole, Visibility

PASSWORD = "a long enough password"


class UserFactory(DjangoModelFactory):
    """A person. `moderator=True` and the like give a role; `member_of=space` a place."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@heard.test")
    name = factory.Sequence(lambda n: f"Person {n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def roles(self, create, roles, **kwargs):
        for role in roles or ():
            HeldRole.objects.create(person=self, role=role)

    @factory.post_generation
    def moderator(self, create, yes, **kwargs):
        if yes:
            HeldRole.objects.create(person=self, role=Role.MODERATOR)

    @factory.post_generation
    def member_of(self, create, space, **kwargs):
        if space:
            Membership.objects.create(space=space, person=self, role=kwargs.get("role", MemberRole.MEMBER))


class SpaceFactory(DjangoModelFactory):
    """A space below the tree's root, or below `parent`. For its members unless told otherwise."""

    class Meta:
        model = Group

    title = factory.Sequence(lambda n: f"Group {n}")
    slug = factory.Sequence(lambda n: f"group-{n}")
    purpose = "To meet and talk."
    visibility = Visibility.MEMBERS

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        parent = kwargs.pop("parent", None) or Page.objects.get(depth=1)
        # Fresh from the database: the tree counts its children on the row.
        return Page.objects.get(pk=parent.pk).add_child(instance=model_class(**kwargs))


class BoardFactory(SpaceFactory):
    class Meta:
        model = Board

    title = factory.Sequence(lambda n: f"Board {n}")
    slug = factory.Sequence(lambda n: f"board-{n}")


class FrameworkFactory(DjangoModelFactory):
    class Meta:
        model = Framework
        django_get_or_create = ("slug", "version")

    slug = "making-manchester-fairer"
    version = 1
    title = "Making Manchester Fairer"


class ThemeFactory(DjangoModelFactory):
    class Meta:
        model = Theme
        django_get_or_create = ("framework", "slug")

    framework = factory.SubFactory(FrameworkFactory)
    number = factory.Sequence(lambda n: n + 1)
    slug = factory.Sequence(lambda n: f"theme-{n}")
    title = factory.LazyAttribute(lambda theme: theme.slug.replace("-", " ").title())
    short = factory.LazyAttribute(lambda theme: theme.title[:80])
    summary = "What this theme is about, in a sentence."


class DistrictFactory(DjangoModelFactory):
    class Meta:
        model = District
        django_get_or_create = ("slug",)

    slug = "oldham"
    name = factory.LazyAttribute(lambda district: district.slug.title())
