"""When somebody can expect to hear: days counted as an office in England works them."""

from datetime import date, timedelta

from django.utils import timezone

_DAY = timedelta(days=1)


def working_days_after(day: date, count: int) -> date:
    """The day that is `count` working days after `day`: no weekends, no bank holidays in England."""
    while count > 0:
        day += _DAY
        count -= is_working_day(day)
    return day


def is_working_day(day: date) -> bool:
    """Whether an office in England is open."""
    return day.weekday() < 5 and day not in bank_holidays(day.year)


def bank_holidays(year: int) -> set[date]:
    """The bank holidays that come every year. One-off ones, as for a coronation, are not known here."""
    easter = _easter(year)
    fixed = {easter - 2 * _DAY, easter + _DAY}
    fixed |= {_monday_from(date(year, 5, 1)), _monday_before(date(year, 6, 1))}
    fixed |= {_monday_before(date(year, 9, 1))}
    # A holiday that falls on a weekend, or on another, moves to the next free day.
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() >= 5 or day in fixed:
            day += _DAY
        fixed.add(day)
    return fixed


def _monday_from(day: date) -> date:
    return day + ((7 - day.weekday()) % 7) * _DAY


def _monday_before(day: date) -> date:
    return day - (day.weekday() or 7) * _DAY


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm of 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), f = divmod(b, 4), (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    p = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * p) // 451
    month, day = divmod(h + p - 7 * m + 114, 31)
    return date(year, month, day + 1)


def today() -> date:
    """Today in Manchester."""
    return timezone.localdate()
