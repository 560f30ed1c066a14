"""What our field templates ask of a form's field, beside what Django already tells."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString, mark_safe

from heard.widgets import Choice, DateParts, ThemeTicks

TEMPLATES: Sequence[tuple[type[forms.Widget], str]] = (
    (ThemeTicks, "components/forms/themes.html"),
    (DateParts, "components/forms/date.html"),
    (forms.CheckboxSelectMultiple, "components/forms/choices.html"),
    (forms.RadioSelect, "components/forms/choices.html"),
    (forms.CheckboxInput, "components/forms/tick.html"),
    (forms.PasswordInput, "components/forms/password.html"),
)
CONTROL_CLASSES: Sequence[tuple[type[forms.Widget], str]] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.Select, "govuk-select"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),  # which Django makes a RadioSelect
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
)


class HeardBoundField(BoundField):
    """A field that knows its markup: which template, which classes, which ids describe it."""

    @property
    def template_name(self) -> str:
        """The field's own template, or the one for its widget."""
        if own := getattr(self.field, "template_name", None):
            return own
        for widget, template in TEMPLATES:
            if isinstance(self.field.widget, widget):
                return template
        return self.form.renderer.field_template_name

    @property
    def is_heading(self) -> bool:
        """Whether this label is the page's h1."""
        heading = getattr(self.form, "page_heading", False)
        return self.name == (next(iter(self.form.fields)) if heading is True else heading)

    @property
    def limit(self) -> int | None:
        """The most characters a text area takes, where it counts them."""
        counted = isinstance(self.field.widget, forms.Textarea)
        return getattr(self.field, "limit", None) if counted else None

    @property
    def limit_words(self) -> str:
        """The limit as people write it: "5,000"."""
        return f"{self.limit or 0:,}"

    @property
    def error_target(self) -> str:
        """Where an error's link leads: the control, or the first of several."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def control(self) -> SafeString:
        """The control alone, in GOV.UK classes, and without words that vanish on typing."""
        return self.as_widget(attrs={"class": self._control_classes(), "placeholder": False})

    @property
    def aria_describedby(self) -> str | None:
        """Hint, error and character count, in the order in which they stand on the page."""
        ids = super().aria_describedby
        return f"{ids} {self.auto_id}-info".strip() if self.limit and ids is not None else ids

    @property
    def option_kind(self) -> str:
        """Which of GOV.UK's two components the options are."""
        several = isinstance(self.field.widget, forms.CheckboxSelectMultiple)
        return "checkboxes" if several else "radios"

    @property
    def is_small(self) -> bool:
        """Whether boxes are drawn small, as on desks: a `small` widget or form."""
        return getattr(self.field.widget, "small", getattr(self.form, "small", False))

    @property
    def options(self) -> list[dict[str, Any]]:
        """Each radio or tick box with its input, its label and what else its `Choice` says."""
        return [self._option(part.data) for part in self.subwidgets]

    @property
    def theme_parts(self) -> dict[str, Any]:
        """Options for `ThemeTicks`: suggested first, then plain, folded away, and "not sure"."""
        parts: dict[str, Any] = {"suggested": [], "plain": [], "folded": [], "exclusive": []}
        for option in self.options:
            choice = option["choice"]
            kind = next(
                (name for name in ("exclusive", "suggested", "folded") if getattr(choice, name)),
                "plain",
            )
            parts[kind].append(option)
        parts["folded_open"] = any(option["selected"] for option in parts["folded"])
        return parts

    @property
    def date_parts(self) -> list[dict[str, Any]]:
        """The three boxes of a date, each with its label."""
        widths = (2, 2, 4)
        wrong = " govuk-input--error" if self.errors else ""
        parts = []
        for label, width, part in zip(DateParts.labels, widths, self._date_boxes(), strict=True):
            part["attrs"]["class"] = (
                f"govuk-input govuk-date-input__input govuk-input--width-{width}{wrong}"
            )
            parts.append({"label": label, "id": part["attrs"]["id"], "input": self._input(part)})
        return parts

    def _date_boxes(self) -> list[dict[str, Any]]:
        context = self.field.widget.get_context(
            self.html_name, self.value(), self.build_widget_attrs({"id": self.auto_id})
        )
        return context["widget"]["subwidgets"]

    def _input(self, widget: dict[str, Any]) -> SafeString:
        drawn = self.form.renderer.render("django/forms/widgets/input.html", {"widget": widget})
        return mark_safe(drawn)  # noqa: S308 - a template's output, which escapes what it is given

    def _option(self, data: dict[str, Any]) -> dict[str, Any]:
        choice = data["label"]
        attrs = {**data["attrs"], "class": self._control_classes()}
        attrs.pop("aria-invalid", None)  # a single radio cannot be wrong; the group says it
        hint_id = f"{attrs.get('id', '')}_hint"
        rich = choice if isinstance(choice, Choice) else Choice(choice)
        if rich.hint or rich.because:
            attrs["aria-describedby"] = hint_id
        if rich.exclusive:
            attrs["data-behaviour"] = "exclusive"
        return {
            "id": attrs.get("id", ""),
            "hint_id": hint_id,
            "choice": rich,
            "selected": data["selected"],
            "input": self._input({**data, "attrs": attrs}),
        }

    def _control_classes(self) -> str:
        widget = self.field.widget
        names = (name for kind, name in CONTROL_CLASSES if isinstance(widget, kind))
        name = next(names, "govuk-input")
        counted = " govuk-js-character-count" if self.limit else ""
        wrong = f" {name}--error" if self.errors and not name.endswith("__input") else ""
        secret = " govuk-js-password-input-input" if isinstance(widget, forms.PasswordInput) else ""
        own = widget.attrs.get("class", "")
        return f"{name}{counted}{secret}{wrong} {own}".strip()
