"""Working days in England."""

from datetime import date

import pytest

from engagement.experiences import clocks


def test_three_working_days_after_a_tuesday_are_a_friday():
    assert clocks.working_days_after(date(2026, 11, 24), 3) == date(2026, 11, 27)


def test_a_weekend_does_not_count():
    assert clocks.working_days_after(date(2026, 11, 20), 3) == date(2026, 11, 25)
    assert clocks.working_days_after(date(2026, 11, 22), 1) == date(2026, 11, 23)


def test_christmas_does_not_count():
    # 25 December 2026 is a Friday; Boxing Day's holiday moves to Monday the 28th.
    assert clocks.working_days_after(date(2026, 12, 23), 3) == date(2026, 12, 30)


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2022, {"01-03", "04-15", "04-18", "05-02", "05-30", "08-29", "12-26", "12-27"}),
        (2025, {"01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"}),
        (2027, {"01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"}),
        (2028, {"01-03", "04-14", "04-17", "05-01", "05-29", "08-28", "12-25", "12-26"}),
    ],
)
def test_the_bank_holidays_of_some_years(year, days):
    # 2022's spring holiday was moved by law that year; the rule is what is tested here.
    assert {day.strftime("%m-%d") for day in clocks.bank_holidays(year)} == days
