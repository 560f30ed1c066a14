"""Forms in GOV.UK markup: `{{ form.name.as_field_group }}` writes label, hint, error and control.

The renderer picks the markup by the widget. A question page sets `page_heading`, and the label (or
the legend) becomes the page's h1. docs/frontend.md shows how a page is written.
"""

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext_lazy as _

from heard.boundfields import HeardBoundField
from heard.plaintext import clean_text, is_blank
from heard.widgets import Choice, DateParts, ThemeTicks

__all__ = [
    "Choice",
    "DateParts",
    "DatePartsField",
    "Form",
    "HeardRenderer",
    "PlainText",
    "ThemeTicks",
]


class DatePartsField(forms.Field):
    """A date written in three boxes; says which part is missing."""

    widget = DateParts
    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Write the date."),
        "missing": _("The date must have a day, a month and a year."),
        "invalid": _("Check the date: this one is not in the calendar."),
    }

    def clean(self, value: Any) -> date | None:
        """The date, or None when all three boxes are empty and an answer is not needed."""
        parts = [clean_text(str(part or "")).strip() for part in value or []]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        if not all(parts):
            raise ValidationError(self.error_messages["missing"], code="missing")
        try:
            day, month, year = (int(part) for part in parts)
            return date(year, month, day)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None


class PlainText(forms.CharField):
    """Words as somebody wrote them.

    Cleans only what cannot be kept (see `heard.plaintext`), takes text with nothing to see for
    empty, and when it is too long says by how much and keeps all of it. With `private`, the
    default, the browser is asked not to remember it. A text that is too long is never cut, so the
    control carries no `maxlength`. Characters are counted aloud from `threshold` per cent of `limit`.
    """

    default_error_messages: ClassVar[dict[str, Any]] = {
        "required": _("Write a few words. This is empty."),
        "invisible": _("We cannot see any words in this. Write a few, in any language."),
        "too_long": _(
            "You wrote %(count)s characters, and we can take %(limit)s. "
            "All your words are still here: make them a little shorter."
        ),
    }

    def __init__(
        self,
        *,
        limit: int | None = None,
        rows: int = 0,
        private: bool = True,
        threshold: int = 75,
        **options: Any,
    ) -> None:
        if rows:
            options.setdefault("widget", forms.Textarea(attrs={"rows": rows, "cols": False}))
        super().__init__(**options)
        self.limit = limit
        self.threshold = threshold
        self.widget.attrs.setdefault("dir", "auto")  # each script from its own side
        if private:
            self.widget.attrs.setdefault("autocomplete", "off")

    def to_python(self, value: Any) -> str:
        """The cleaned words; "" when there is nothing to read and nothing is needed."""
        if value in self.empty_values:
            return ""
        words = clean_text(str(value))
        if not is_blank(words):
            return words.strip() if self.strip else words
        if self.required and words.strip():
            raise ValidationError(self.error_messages["invisible"], code="invisible")
        return ""

    def validate(self, value: str) -> None:
        """Refuses what is too long, saying the limit and how long it is."""
        super().validate(value)
        if self.limit and len(value) > self.limit:
            raise ValidationError(
                self.error_messages["too_long"],
                code="too_long",
                params={"count": f"{len(value):,}", "limit": f"{self.limit:,}"},
            )


# What to say when nothing was answered, in place of "This field is required".
UNANSWERED = (
    (forms.MultipleChoiceField, _("Choose at least one.")),
    (forms.ChoiceField, _("Choose one.")),
    (forms.BooleanField, _("Tick the box to go on.")),
    (forms.EmailField, _("Write an e-mail address.")),
    (forms.Field, _("Write an answer.")),
)


class Form(forms.Form):
    """A form whose errors come from us, in words, and never from the browser's own bubbles.

    `page_heading` names the field whose label is the page's h1 (True: the first field).
    `small` draws radios and tick boxes small, as desks do.
    """

    use_required_attribute = False
    page_heading: ClassVar[str | bool] = False
    small: ClassVar[bool] = False

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                words = next(words for kind, words in UNANSWERED if isinstance(field, kind))
                field.error_messages["required"] = words


class HeardRenderer(TemplatesSetting):
    """Django's form renderer with our templates and our bound field."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
    bound_field_class = HeardBoundField
