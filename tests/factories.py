"""Rows for tests: factories with traits, and a few named people in conftest.py."""

import factory
from factory.django import DjangoModelFactory
from wagtail.models import Locale, Page

from engagement.experiences.models import (
    Call,
    CallQuestion,
    Consent,
    Experience,
    Provenance,
    Purpose,
    Tag,
)
from engagement.routing.models import Route
from engagement.routing.services import clear_experience
from engagement.themes.models import District, Framework, Theme
from heard.accounts.models import HeldRole, Role, User
from heard.moderation.services import enqueue
from heard.spaces.models import Board, Group, MemberRole, Membership, Visibility

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
            Membership.objects.create(
                space=space, person=self, role=kwargs.get("role", MemberRole.MEMBER)
            )


def _root() -> Page:
    """The tree's root. A test with real transactions finds the tables emptied by the one before."""
    Locale.objects.get_or_create(language_code="en-gb")
    return Page.objects.filter(depth=1).first() or Page.add_root(title="Root", slug="root")


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
        parent = kwargs.pop("parent", None) or _root()
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


class ExperienceFactory(DjangoModelFactory):
    """What somebody shared, waiting. `consents=["insight"]`, `themes=[...]` (ticked),
    `queued=False`.
    """

    class Meta:
        model = Experience
        skip_postgeneration_save = True

    reference = factory.Sequence(lambda n: f"HD-{n:04d}-TT")
    text = "The heating has been off since October. We sleep in one room."
    language = "en-gb"

    @factory.post_generation
    def consents(self, create, purposes, **kwargs):
        for purpose in [Purpose.INSIGHT] if create and purposes is None else purposes or ():
            Consent.objects.create(experience=self, purpose=purpose)

    @factory.post_generation
    def themes(self, create, themes, **kwargs):
        for rank, theme in enumerate(themes or ()):
            Tag.objects.create(
                experience=self, theme=theme, provenance=Provenance.RESIDENT, rank=rank
            )

    @factory.post_generation
    def queued(self, create, queued, **kwargs):
        if create and queued is not False:
            enqueue(kind="experience", object_id=self.reference, **kwargs)


class CallFactory(DjangoModelFactory):
    """A call that is open now. `questions=["...", ...]` are its own."""

    class Meta:
        model = Call
        skip_postgeneration_save = True

    slug = factory.Sequence(lambda n: f"call-{n}")
    title = "Waiting for a home visit"
    intro = "We want to hear how long you waited."

    @factory.post_generation
    def questions(self, create, questions, **kwargs):
        for place, question in enumerate(questions or ()):
            CallQuestion.objects.create(call=self, question=question, sort_order=place)


class RouteFactory(DjangoModelFactory):
    """A rule. With nothing filled in it sends everything to its board."""

    class Meta:
        model = Route

    name = factory.Sequence(lambda n: f"Rule {n}")


def passed_on(board, *, theme, by=None, cleared=None, title="", summary="", **shared):
    """The matter of what somebody shared, cleared and sent to the board by a rule."""
    Route.objects.get_or_create(board=board, theme=theme, defaults={"name": f"{theme} to {board}"})
    return clear_experience(
        experience=ExperienceFactory(**shared),
        by=by or UserFactory(moderator=True),
        themes=[theme],
        title=title,
        summary=summary,
        text=cleared,
    )
