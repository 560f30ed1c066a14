"""Cutting a text into the passages that a suggestion is read from."""

import re

# Full stops of the scripts people write to us in, Arabic, Urdu and Devanagari among them.
SENTENCE_END = re.compile(r"(?<=[.!?;…。।۔؟])\s+|\n+")
ONE_PASSAGE = 400  # characters; up to here a text is read whole, which reads short texts best
PASSAGE = 120
MOST_PASSAGES = 16  # a passage takes the sentence model about a tenth of a second


def sentences(text: str) -> list[str]:
    """The sentences of a text, trimmed, in order."""
    return [part.strip() for part in SENTENCE_END.split(text) if part.strip()]


def passages(text: str) -> list[str]:
    """The text as at most `MOST_PASSAGES` passages of whole sentences, about `PASSAGE` long each.

    A short text is one passage and an empty one is none. Of a text that would make more passages,
    some are left out, evenly, never the first or the last: a story is told throughout. A sentence
    with no end in sight is cut at a space, or anywhere when it has none.
    """
    text = text.strip()
    if len(text) <= ONE_PASSAGE:
        return [text] if text else []
    made: list[str] = []
    for part in (piece for sentence in sentences(text) for piece in _pieces(sentence)):
        if made and len(made[-1]) + len(part) < PASSAGE:
            made[-1] = f"{made[-1]} {part}"
        else:
            made.append(part)
    return [made[place] for place in _evenly(len(made))]


def _evenly(count: int) -> list[int]:
    """Places of at most `MOST_PASSAGES` of `count` things, first and last among them."""
    if count <= MOST_PASSAGES:
        return list(range(count))
    return [round(step * (count - 1) / (MOST_PASSAGES - 1)) for step in range(MOST_PASSAGES)]


def _pieces(sentence: str) -> list[str]:
    """A sentence in pieces no longer than a passage, cut at spaces where it has them."""
    made = []
    while len(sentence) > PASSAGE:
        space = sentence.rfind(" ", 1, PASSAGE)
        cut = space if space > 0 else PASSAGE
        made.append(sentence[:cut].strip())
        sentence = sentence[cut:].strip()
    return [*made, sentence] if sentence else made
