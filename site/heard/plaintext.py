"""What counts as text that a person wrote. Forms, the API and commands all clean words here."""

import unicodedata

KEPT_CONTROLS = {"\n", "\t"}
# Letters and symbols by name, but nothing to see: fillers, joiners and the empty Braille cell.
UNSEEN = {
    "\u034f", "\u115f", "\u1160", "\u17b4", "\u17b5", "\u2800", "\u3164", "\uffa0",
    *(chr(code) for code in range(0xFE00, 0xFE10)),
    *(chr(code) for code in range(0xE0100, 0xE01F0)),
}  # fmt: skip


def clean_text(value: str) -> str:
    """The text as it was written, without what a database or a page cannot hold.

    Drops NUL and other control characters and lone surrogates, and writes every line's end as one
    newline. Keeps emoji, every script, and the marks that right-to-left writing needs. No word is
    ever changed or taken out.
    """
    lines = value.replace("\r\n", "\n").replace("\r", "\n")
    lines = lines.replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(
        character
        for character in lines
        if character in KEPT_CONTROLS or unicodedata.category(character) not in {"Cc", "Cs"}
    )


def is_blank(value: str) -> bool:
    """Whether there is nothing to read: only spaces, joiners and what cannot be seen."""
    return not any(
        character not in UNSEEN and unicodedata.category(character)[0] not in {"C", "Z"}
        for character in value
    )
