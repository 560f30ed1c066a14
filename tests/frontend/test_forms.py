"""Fields in GOV.UK markup, and what each does with good and bad words."""

from datetime import date
from types import SimpleNamespace

import html5lib
import pytest
from django import forms
from django.template import Context, Template

from heard.forms import Choice, DatePartsField, Form, PlainText, ThemeTicks

HOMES = SimpleNamespace(slug="homes-housing", short="Homes")
MONEY = SimpleNamespace(slug="poverty-income-debt", short="Poverty and money")


class Story(Form):
    page_heading = True
    text = PlainText(label="What happened?", help_text="Tell it your way.", rows=9, limit=20)


class Everything(Form):
    name = PlainText(label="Name", help_text="Any <name>.")
    about = forms.ChoiceField(
        label="About",
        help_text="Who?",
        widget=forms.RadioSelect,
        choices=[("me", Choice("Me", hint="What happened to you")), ("seen", "Seen")],
    )
    ok = forms.BooleanField(label="Count it", help_text="Nobody sees it.")
    district = forms.ChoiceField(label="Where", choices=[("", "Choose"), ("b", "Bolton")])
    day = DatePartsField(label="When", required=False)
    secret = forms.CharField(label="Password", widget=forms.PasswordInput)


class Themes(Form):
    page_heading = "themes"
    themes = forms.MultipleChoiceField(
        label="What is it about?",
        required=False,
        widget=ThemeTicks,
        choices=[
            (
                "homes",
                Choice("Homes", theme=HOMES, suggested=True, because=("the <boiler>", "agency")),
            ),
            ("money", Choice("Money", theme=MONEY, folded=True)),
            ("none", Choice("I am not sure", exclusive=True)),
        ],
    )


def dom(html):
    """The markup as a tree, which a browser would build of it without repairing anything."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parseFragment(html)
    assert parser.errors == [], parser.errors
    return tree


def one(tree, tag, **attrs):
    """The one element of that kind and with those attributes."""
    wanted = {name.replace("_", "-"): value for name, value in attrs.items()}
    found = [
        element
        for element in tree.iter(tag)
        if all(element.get(name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, (tag, attrs, len(found))
    return found[0]


def ids_in(tree):
    return {element.get("id") for element in tree.iter() if isinstance(element.tag, str)} - {None}


def test_a_question_page_has_its_label_as_the_heading():
    tree = dom(str(Story()["text"].as_field_group()))
    assert one(one(tree, "h1"), "label", **{"for": "id_text"}).text == "What happened?"


def test_a_text_area_is_counted_kindly_and_never_cut_short():
    tree = dom(str(Story()["text"].as_field_group()))
    area = one(tree, "textarea")
    assert area.get("maxlength") is None
    assert area.get("autocomplete") == "off"
    assert area.get("aria-describedby") == "id_text_helptext id_text-info"
    assert one(tree, "div", id="id_text-info").text == "You can write up to 20 characters"
    assert one(tree, "div", data_module="govuk-character-count").get("data-maxlength") == "20"


def test_an_error_stands_beside_its_field_and_is_read_with_it():
    form = Story({"text": ""})
    tree = dom(str(form["text"].as_field_group()))
    area = one(tree, "textarea")
    assert area.get("aria-invalid") == "true"
    assert area.get("aria-describedby") == "id_text_helptext id_text_error id_text-info"
    assert (
        "".join(one(tree, "p", id="id_text_error").itertext())
        == "Error: Write a few words. This is empty."
    )


def test_every_id_that_describes_something_is_on_the_page():
    for form in (
        Everything(),
        Everything({}),
        Story({"text": "x" * 21}),
        Themes({"themes": ["bad"]}),
    ):
        tree = dom(str(form))
        for element in tree.iter():
            if isinstance(element.tag, str):
                described = (element.get("aria-describedby") or "").split()
                assert set(described) <= ids_in(tree), described


def test_radios_are_asked_in_a_fieldset_that_hint_and_error_describe():
    tree = dom(str(Everything({})["about"].as_field_group()))
    assert one(tree, "fieldset").get("aria-describedby") == "id_about_helptext id_about_error"
    assert one(tree, "legend").text == "About"
    first = one(tree, "input", value="me")
    assert (first.get("type"), first.get("class")) == ("radio", "govuk-radios__input")
    assert first.get("aria-describedby") == "id_about_0_hint"
    assert one(tree, "label", **{"for": "id_about_1"}).text == "Seen"


def test_one_tick_box_has_its_hint_and_is_not_ticked_beforehand():
    tree = dom(str(Everything()["ok"].as_field_group()))
    box = one(tree, "input", type="checkbox")
    assert box.get("checked") is None
    assert box.get("class") == "govuk-checkboxes__input"
    assert box.get("aria-describedby") == "id_ok_helptext"


def test_a_hint_is_shown_as_text():
    assert (
        one(dom(str(Everything()["name"].as_field_group())), "div", id="id_name_helptext").text
        == "Any <name>."
    )


def test_a_suggested_theme_says_because_and_shows_the_writers_words_as_words():
    tree = dom(str(Themes()["themes"].as_field_group()))
    because = one(tree, "div", id="id_themes_0_hint")
    assert (
        " ".join("".join(because.itertext()).split())
        == "because you wrote about the <boiler> and agency"
    )
    assert one(tree, "details").get("open") is None
    assert one(tree, "input", value="none").get("data-behaviour") == "exclusive"
    assert one(tree, "h1").text == "What is it about?"


def test_themes_that_are_ticked_and_folded_away_are_shown():
    tree = dom(str(Themes(initial={"themes": ["money"]})["themes"].as_field_group()))
    assert one(tree, "details").get("open") is not None


def test_a_select_and_a_password_wear_their_classes():
    assert (
        one(dom(str(Everything()["district"].as_field_group())), "select").get("class")
        == "govuk-select"
    )
    box = one(dom(str(Everything({})["secret"].as_field_group())), "input")
    assert box.get("class").split() == [
        "govuk-input",
        "govuk-js-password-input-input",
        "govuk-input--error",
    ]


def test_the_summary_leads_to_each_field_that_is_wrong():
    form = Everything({"name": "Rosa", "day_0": "31", "day_1": "2", "day_2": "2026"})
    html = Template("{% load heard %}{% error_summary form %}").render(Context({"form": form}))
    tree = dom(html)
    links = {link.get("href"): link.text for link in tree.iter("a")}
    assert links == {
        "#id_about_0": "Choose one.",
        "#id_ok": "Tick the box to go on.",
        "#id_district": "Choose one.",
        "#id_day_0": "Check the date: this one is not in the calendar.",
        "#id_secret": "Write an answer.",
    }
    assert {target[1:] for target in links} <= ids_in(dom(str(form)))


def test_there_is_no_summary_when_nothing_is_wrong():
    html = Template("{% load heard %}{% error_summary form other %}").render(
        Context({"form": Story()})
    )
    assert html.strip() == ""


@pytest.mark.parametrize(
    "words", ["three short words", "🙂", "O’Brien", "<b>bold</b>", "ہمارا گھر", "a\n\nb"]
)
def test_words_come_through_as_they_are(words):
    form = Story({"text": words})
    assert form.is_valid()
    assert form.cleaned_data["text"] == words


def test_what_cannot_be_kept_goes_and_lines_end_alike():
    form = Story({"text": "a\x00\ud800b\r\nc"})
    assert form.is_valid()
    assert form.cleaned_data["text"] == "ab\nc"


def test_invisible_words_are_no_words():
    form = Story({"text": "\u200b\u200d\u2800"})
    assert form.errors["text"] == ["We cannot see any words in this. Write a few, in any language."]


def test_invisible_words_are_no_answer_where_none_is_needed():
    class Optional(Form):
        better = PlainText(required=False)

    form = Optional({"better": " \u200b "})
    assert form.is_valid()
    assert form.cleaned_data["better"] == ""


def test_a_text_that_is_too_long_is_refused_with_both_numbers_and_kept_whole():
    words = "a" * 1234
    form = Story({"text": words})
    assert form.errors["text"] == [
        "You wrote 1,234 characters, and we can take 20. "
        "All your words are still here: make them a little shorter."
    ]
    assert one(dom(str(form["text"].as_field_group())), "textarea").text.strip() == words


def test_a_text_is_counted_as_the_server_keeps_it():
    assert Story({"text": "a\r\n" * 9 + "bb"}).is_valid()  # 20 characters, 29 as they were sent


@pytest.mark.parametrize(
    ("parts", "answer"),
    [
        (("27", "11", "2026"), date(2026, 11, 27)),
        (("٢٩", "٢", "٢٠٢٤"), date(2024, 2, 29)),
        (("", "", ""), None),
    ],
)
def test_a_date_is_read_from_three_boxes_in_any_digits(parts, answer):
    form = Everything(dict(zip(("day_0", "day_1", "day_2"), parts, strict=True)))
    form.is_valid()
    assert form.cleaned_data["day"] == answer


@pytest.mark.parametrize(
    "parts", [("27", "11", ""), ("31", "2", "2026"), ("x", "1", "2026"), ("1", "1", "9" * 30)]
)
def test_a_date_that_is_none_is_refused_and_kept(parts):
    form = Everything(dict(zip(("day_0", "day_1", "day_2"), parts, strict=True)))
    assert "day" in form.errors
    tree = dom(str(form["day"].as_field_group()))
    assert [box.get("value") or "" for box in tree.iter("input")] == list(parts)
