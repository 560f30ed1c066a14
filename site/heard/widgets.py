"""The widgets that GOV.UK's patterns need beyond Django's, and choices that can say more."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise


@dataclass(frozen=True)
class Choice:
    """A choice that can say more than its label. Use it where Django takes a choice's label.

    `theme` draws the label as that theme's tag; `because` lists the writer's own phrases that made
    us suggest it, and `unsure` says that we are less sure of this one. `folded` keeps it closed
    under "Show the others". `exclusive` unticks the rest; `divider` writes "or" above it.
    """

    label: Words
    hint: Words = ""
    note: Words = ""
    theme: Any = None
    because: tuple[str, ...] = ()
    unsure: bool = False
    suggested: bool = False
    folded: bool = False
    exclusive: bool = False
    divider: Words = ""

    def __str__(self) -> str:
        return str(self.label)


class ThemeTicks(forms.CheckboxSelectMultiple):
    """Themes to tick: what we suggest first, each with its because, then the others, closed."""


class DateParts(forms.MultiWidget):
    """A date in three boxes: day, month, year. Digits of any script are understood."""

    use_fieldset = True
    labels = (_("Day"), _("Month"), _("Year"))

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        boxes = [forms.TextInput(attrs={"inputmode": "numeric"}) for _label in self.labels]
        super().__init__(boxes, attrs)

    def decompress(self, value: date | None) -> list[Any]:
        """The three boxes' contents for a date."""
        return [value.day, value.month, value.year] if value else [None, None, None]
