"""Urdu and Arabic: whoever shares, or opens a receipt, meets no English sentence of ours on the way."""

import ast
import re
from collections import Counter
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = settings.ROOT
ROOM = ROOT / "engagement" / "experiences"
FRAME = ROOT / "frontend" / "templates"
FRAMES = ["base", "base_share", "400", "403", "404", "429", "500", "503", "csrf_failure"]
# Read by staff and by programs, or by nobody: not a word of these stands on a page of the journey.
NOT_ON_THE_JOURNEY = {"models.py", "api.py", "wagtail_hooks.py"}
FORMS = [ROOT / "site" / "heard" / name for name in ("forms.py", "widgets.py", "navigation.py")]
UNCHECKED = "This translation has not yet been checked by a native reader."

HOLES = re.compile(r"%\(\w+\)[sd]|%%\{\w+\}")
TAGS = re.compile(r"<[^>]+>|&\w+;")
LITERAL = r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')"""
CALL = re.compile(rf"(?<!\w)(n?p?gettext|_)\(\s*u?{LITERAL}(?:\s*,\s*u?{LITERAL})?")
JOINS = re.compile(r"""{%\s*(?:include|extends)\s+"([^"]+)\"""")
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}

languages = pytest.mark.parametrize("language", ["ur", "ar"])


def catalogue(language: str) -> Path:
    return ROOT / "frontend" / "locale" / language / "LC_MESSAGES" / "django.po"


def written(language: str) -> polib.POFile:
    return polib.pofile(str(catalogue(language)))


def found(name: str) -> Path:
    """Where a template of ours lives."""
    places = [folder / name for folder in (FRAME, ROOM / "templates")]
    return next(path for path in places if path.exists())


def templates() -> set[Path]:
    """The journey's templates and the frames, with every component that any of them takes in."""
    seen: set[Path] = set()
    waiting = [path for path in (ROOM / "templates").rglob("*.*") if path.is_file()]
    waiting += [FRAME / f"{name}.html" for name in FRAMES]
    while waiting:
        path = waiting.pop()
        if path not in seen:
            seen.add(path)
            waiting += [found(name) for name in JOINS.findall(path.read_text())]
    return seen


def words_of_template(source: str) -> set[str]:
    """The msgids of a template, as makemessages would collect them."""
    words = set()
    for mark, first, second in CALL.findall(templatize(source)):
        words.add(ast.literal_eval(second if mark in {"pgettext", "npgettext"} else first))
    return words


def words_of_code(source: str) -> set[str]:
    """The msgids that Python marks with a constant."""
    return {
        node.args[0].value
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in MARKS
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
    }


def said_on_the_journey() -> set[str]:
    code = [path for path in ROOM.glob("*.py") if path.name not in NOT_ON_THE_JOURNEY]
    words = [words_of_template(path.read_text()) for path in templates()]
    words += [words_of_code(path.read_text()) for path in [*code, *FORMS]]
    return set().union(*words)


def test_words_are_found_however_a_template_marks_them():
    source = """
    {% translate "Left: %{count}" as left %}{% include "a.html" with title=_("It’s here") %}
    {% blocktranslate trimmed with day=due %}
        By {{ day }}.
    {% endblocktranslate %}
    {% blocktranslate count n=n %}{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}
    """

    assert words_of_template(source) == {
        "Left: %%{count}",
        "It’s here",
        "By %(day)s.",
        "%(n)s day",
    }


def test_the_journey_and_its_frame_are_searched():
    words = said_on_the_journey()

    assert "Write a few words about what happened." in words  # a form
    assert "May we contact you?" in words  # a consent
    assert "Skip to main content" in words  # the frame
    assert "Question %(number)s of %(total)s" in words  # a page
    assert "In danger now?" in words  # a component that pages take in


@languages
def test_every_word_on_the_journey_is_translated(language):
    translated = {entry.msgid for entry in written(language).translated_entries()}

    assert sorted(said_on_the_journey() - translated) == []


@languages
def test_the_compiled_catalogue_is_the_written_one_with_its_plural_rule(language):
    po = written(language)
    mo = polib.mofile(str(catalogue(language).with_suffix(".mo")))

    assert mo.metadata == po.metadata
    assert {(e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in mo} == {
        (e.msgctxt, e.msgid): (e.msgstr, e.msgstr_plural) for e in po.translated_entries()
    }


@languages
def test_nothing_is_a_guess(language):
    po = written(language)

    assert po.fuzzy_entries() == []
    assert not po.metadata_is_fuzzy
    assert po.metadata["Language"] == language


@languages
def test_each_translation_keeps_the_holes_and_tags_of_its_words(language):
    for entry in written(language).translated_entries():
        if entry.msgid_plural:
            # "One day" and "two days" may be words without a number.
            given = set(HOLES.findall(entry.msgid_plural))
            for words in entry.msgstr_plural.values():
                assert set(HOLES.findall(words)) <= given, entry.msgid
                assert Counter(TAGS.findall(words)) == Counter(TAGS.findall(entry.msgid_plural))
        else:
            for part in (HOLES, TAGS):
                assert Counter(part.findall(entry.msgstr)) == Counter(part.findall(entry.msgid)), (
                    entry.msgid
                )


@languages
@pytest.mark.django_db
def test_sharing_starts_in_the_language_and_says_that_no_native_reader_checked_it(client, language):
    page = client.get("/share/", headers={"Accept-Language": language})

    html = page.content.decode()
    assert f'<html lang="{language}" dir="rtl"' in html
    assert written(language).find(UNCHECKED).msgstr in html
    assert written(language).find("Share your experience").msgstr in html
