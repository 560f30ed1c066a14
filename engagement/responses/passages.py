"""Where the sentences of a text stand, so that some of them can be chosen for quoting. Pure."""

import re
from collections.abc import Iterable
from typing import NamedTuple

# Full stops of the scripts people write to us in, with the quotation marks and brackets that may
# close after them.
SENTENCE = re.compile(r"[^\n]+?(?:[.!?…。।۔؟]+[\"'”’)\]»]*(?=\s|$)|(?=\n)|$)")


class Passage(NamedTuple):
    """From `start` up to and not with `end`, in characters of the text."""

    start: int
    end: int


def sentences(text: str) -> list[Passage]:
    """The sentences of a text in order, without the spaces around them. Together they hold every
    word.
    """
    found = []
    for match in SENTENCE.finditer(text):
        words = match.group()
        start = match.start() + len(words) - len(words.lstrip())
        end = match.start() + len(words.rstrip())
        if start < end:
            found.append(Passage(start, end))
    return found


def joined(passages: Iterable[tuple[int, int]], text: str) -> list[Passage]:
    """The chosen passages in order; neighbours with only space between them are made one."""
    made: list[Passage] = []
    for start, end in sorted(set(passages)):
        if made and not text[made[-1].end : start].strip():
            made[-1] = Passage(made[-1].start, max(made[-1].end, end))
        else:
            made.append(Passage(start, end))
    return made
