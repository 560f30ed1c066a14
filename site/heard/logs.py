"""Keeps people out of the logs, whatever a library writes there."""

import logging
import re

_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_NUMBERS = re.compile(r"\b(?:\d[ -]?){16,}\b")
_NETWORK = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b|\b(?:[0-9a-f]{1,4}:){3,7}[0-9a-f]{1,4}\b", re.I)
_BREAKS = re.compile(r"[\r\n\x1b]")


class WithoutPeople(logging.Filter):
    """Blanks e-mail addresses, receipt-like numbers and network addresses, and keeps one record on one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        words = record.getMessage()
        for pattern, put in ((_ADDRESS, "[e-mail]"), (_NETWORK, "[address]"), (_NUMBERS, "[number]")):
            words = pattern.sub(put, words)
        record.msg, record.args = _BREAKS.sub(" ", words), ()
        return True
