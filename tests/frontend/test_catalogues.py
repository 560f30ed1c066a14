"""The words of pages in each language: what is compiled is what is written, and nothing in it is broken."""

import re

import polib
import pytest

from tests.frontend.node import FRONTEND

CATALOGUES = sorted((FRONTEND / "locale").glob("*/LC_MESSAGES/*.po"))
HOLES = re.compile(r"%\(\w+\)[sd]|%%\{\w+\}|<[^>]+>")


def names(path):
    return path.parts[-3]


def words(entries):
    return {(entry.msgctxt, entry.msgid): entry.msgstr or entry.msgstr_plural for entry in entries}


@pytest.mark.parametrize("path", CATALOGUES, ids=names)
def test_what_is_compiled_is_what_is_written(path):
    compiled = path.with_suffix(".mo")
    # A catalogue in which nothing is translated yet needs no compiled one.
    assert words(polib.mofile(str(compiled)) if compiled.exists() else []) == words(
        polib.pofile(str(path)).translated_entries()
    )


@pytest.mark.parametrize("path", CATALOGUES, ids=names)
def test_no_translation_loses_or_makes_up_a_hole_to_fill(path):
    for entry in polib.pofile(str(path)).translated_entries():
        given = {
            hole for hole in HOLES.findall(entry.msgid + entry.msgid_plural) if hole.startswith("%")
        }
        for words in [entry.msgstr, *entry.msgstr_plural.values()]:
            made_up = {hole for hole in HOLES.findall(words) if hole.startswith("%")} - given
            assert not made_up, (entry.msgid, made_up)
