"""Keeps people out of the logs, whatever a library writes there."""

import logging
import re
import traceback

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBERS = re.compile(r"\b(?:\d[ -]?){16,}\b")
_NETWORK = re.compile(
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b|::[0-9a-f]{1,4}\b", re.I
)
_BREAKS = re.compile(r"[\r\n\x1b]")
_BLANKS = ((_ADDRESS, "[e-mail]"), (_NETWORK, "[address]"), (_NUMBERS, "[number]"))


def without_people(words: str) -> str:
    """The words with e-mail addresses, network addresses and receipt-like numbers blanked, on one line."""
    for pattern, put in _BLANKS:
        words = pattern.sub(put, words)
    return _BREAKS.sub(" ", words)


class QuietFormatter(logging.Formatter):
    """One record, one line. Of an error it says the kind and the place, never its message.

    A database's error message can quote the row it refused, and a row can be somebody's story.
    """

    def format(self, record: logging.LogRecord) -> str:
        line = f"{record.levelname} {record.name}: {without_people(record.getMessage())}"
        if record.exc_info and record.exc_info[0]:
            line += f" | {record.exc_info[0].__name__} at {_place(record.exc_info[2])}"
        return line


def _place(trace) -> str:
    """The last frames of a traceback as file:line, innermost first."""
    frames = traceback.extract_tb(trace)[-6:]
    return " < ".join(
        f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in frames[::-1]
    )
