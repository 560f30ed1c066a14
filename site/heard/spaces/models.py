"""Where people meet. A board is a space too: one membership, one policy."""

from django.conf import settings
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

SIMPLE = ["bold", "link", "ul", "ol"]


class Visibility(models.TextChoices):
    OPEN = "open", _("Open: anyone can read")
    MEMBERS = "members", _("Members: others see that it exists and why")
    PRIVATE = "private", _("Private: nobody else can tell that it exists")


class SpaceState(models.TextChoices):
    FORMING = "forming", _("Forming")
    RECRUITING = "recruiting", _("Looking for members")
    ACTIVE = "active", _("Active")
    PAUSED = "paused", _("Paused")
    CONCLUDED = "concluded", _("Concluded")


class SpaceQuerySet(PageQuerySet):
    def known_to(self, user) -> "SpaceQuerySet":
        """Spaces this person may know of: the open, those that say they exist, and their own."""
        return self.live().filter(
            ~models.Q(visibility=Visibility.PRIVATE)
            | models.Q(pk__in=Membership.objects.current().of(user).values("space"))
        )

    def visible_to(self, user) -> "SpaceQuerySet":
        """Spaces whose content this person may read: the open ones and their own."""
        return self.live().filter(
            models.Q(visibility=Visibility.OPEN)
            | models.Q(pk__in=Membership.objects.current().of(user).values("space"))
        )


class Space(Page):
    """A Wagtail page where people meet. The kinds of space are its subclasses."""

    purpose = models.TextField(_("what it is for"), help_text=_("In plain words, for anyone."))
    how_it_works = RichTextField(_("how it works"), blank=True, features=SIMPLE)
    host = models.CharField(_("who hosts it"), max_length=200, blank=True)
    visibility = models.CharField(
        _("who may read it"), max_length=10, choices=Visibility, default=Visibility.MEMBERS
    )
    state = models.CharField(
        _("state"), max_length=12, choices=SpaceState, default=SpaceState.ACTIVE
    )

    objects = PageManager.from_queryset(SpaceQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("purpose"),
        FieldPanel("how_it_works"),
        FieldPanel("host"),
        FieldPanel("state"),
        FieldPanel("visibility"),
        InlinePanel("memberships", label=_("members")),
    ]
    is_creatable = False
    template = "spaces/space.html"

    @property
    def audience(self) -> str:
        """The name under which this space's members are told things."""
        return f"space:{self.pk}"

    def route(self, request: HttpRequest, path_components: list[str]):
        """For whoever may not know of this space: like a page that is not there, with all below."""
        self._hide_from_strangers(request)
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # Again here, because a page can be served without having been routed to.
        if not getattr(request, "is_preview", False):  # Wagtail asks who may preview
            self._hide_from_strangers(request)
        return super().serve(request, *args, **kwargs)

    def _hide_from_strangers(self, request: HttpRequest) -> None:
        if not Space.objects.known_to(request.user).filter(pk=self.pk).exists():
            raise Http404

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Whether whoever reads may read all of it, and the place they have here."""
        context = super().get_context(request, *args, **kwargs)
        place = Membership.objects.current().of(request.user).filter(space_id=self.pk).first()
        context["membership"] = place
        context["may_read"] = place is not None or self.visibility == Visibility.OPEN
        return context

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict]:
        """Only open spaces are named to search engines."""
        return super().get_sitemap_urls(request) if self.visibility == Visibility.OPEN else []


class Board(Space):
    """People with power to answer. What routes send here waits on its desk."""

    quorum = models.PositiveSmallIntegerField(
        _("members needed for a decision to stand"),
        default=1,
        help_text=_("A decision made by fewer is marked provisional."),
    )

    content_panels = [*Space.content_panels, FieldPanel("quorum")]
    template = "spaces/space.html"
    parent_page_types = ["spaces.SpacesPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("board")

    def get_context(self, request: HttpRequest, *args, **kwargs) -> dict:
        """Those who work at the board's desk are shown the way to it."""
        context = super().get_context(request, *args, **kwargs)
        place = context["membership"]
        if place and place.role != MemberRole.OBSERVER:
            context["desk_url"] = f"/board/{self.slug}/"
        return context


class Group(Space):
    """A plain space: a reference group, an insight group, a community of practice."""

    template = "spaces/space.html"
    parent_page_types = ["spaces.SpacesPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("group")


class SpacesPage(Page):
    """`/spaces/`: the spaces that whoever reads may know of."""

    intro = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    template = "spaces/spaces.html"
    max_count = 1
    subpage_types = ["spaces.Board", "spaces.Group"]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["spaces"] = Space.objects.known_to(request.user).child_of(self).order_by("title")
        return context


class MemberRole(models.TextChoices):
    MEMBER = "member", _("Member")
    CHAIR = "chair", _("Chair")
    CONVENOR = "convenor", _("Convenor")
    OBSERVER = "observer", _("Observer")


DECIDING_ROLES = {MemberRole.MEMBER, MemberRole.CHAIR}


class MembershipQuerySet(models.QuerySet["Membership"]):
    def current(self) -> "MembershipQuerySet":
        """Memberships whose term holds today, of people who can sign in."""
        today = timezone.localdate()
        return self.filter(
            models.Q(until__isnull=True) | models.Q(until__gte=today),
            since__lte=today,
            person__is_active=True,
        )

    def of(self, user) -> "MembershipQuerySet":
        return self.filter(person_id=user.pk) if user.pk else self.none()

    def deciding(self) -> "MembershipQuerySet":
        return self.filter(role__in=DECIDING_ROLES)


class Membership(models.Model):
    """One person's place in one space. Give and end with spaces.services, which tell open screens."""

    space = ParentalKey(Space, on_delete=models.CASCADE, related_name="memberships")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=24, choices=MemberRole, default=MemberRole.MEMBER)
    since = models.DateField(_("from"), default=timezone.localdate)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["space", "person"], name="one_place_in_a_space")
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.space}"
