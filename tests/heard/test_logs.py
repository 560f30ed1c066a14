"""Logs hold no testimony, no receipts, no addresses, whatever went wrong."""

import logging
import sys

from django.db import DataError

from heard.logs import QuietFormatter, without_people


def record(words: str, *args, exc_info=None) -> logging.LogRecord:
    return logging.LogRecord("heard.test", logging.ERROR, __file__, 1, words, args, exc_info)


def test_a_record_is_one_plain_line():
    assert (
        QuietFormatter().format(record("the cache is %s", "away"))
        == "ERROR heard.test: the cache is away"
    )


def test_addresses_and_receipts_are_blanked():
    said = without_people(
        "rosa@heard.test from 10.1.2.3 or fe80:0:0:1:2:3:4:5 with 4718 0362 9914 2207 5561"
    )
    assert said == "[e-mail] from [address] or [address] with [number]"


def test_an_error_says_its_kind_and_place_and_never_its_message():
    try:
        raise DataError('value "the landlord took my key" is too long')
    except DataError:
        line = QuietFormatter().format(record("failed", exc_info=sys.exc_info()))
    assert "DataError at test_logs.py:" in line
    assert "landlord" not in line


def test_nobody_can_write_a_second_line():
    assert "\n" not in QuietFormatter().format(record("path /a\nERROR forged\r\n\x1b[31m"))
