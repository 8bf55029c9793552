"""Dates as tables write them: 2017-10-18, 2021/05/01, 2017-10, 2017, 2017.8, 1 April 2021, Mar 2020, 2020 Q3."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime

from slipstick.trends.points import date_of

EXPECTED = "expected one like 2017-10-18, 2017-10, 2017, 2017.8, 18 Oct 2017, October 2017 or 2017 Q4"
FIRST, LAST = date(1700, 1, 1), date(2299, 12, 31)
"""The dates that are taken for dates: what lies beyond is more likely a number of another kind."""

_TIME = r"(?:[T ][0-9:.+Z-]{1,40})?"
_MONTH = r"(?P<name>[a-z]{3,9})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>[0-9]{4})"
_FORMS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"{_YEAR}(?:-(?P<month>[0-9]{{1,2}})(?:-(?P<day>[0-9]{{1,2}}))?)?{_TIME}",
        rf"{_YEAR}(?P<sign>[/.])(?P<month>[0-9]{{1,2}})(?P=sign)(?P<day>[0-9]{{1,2}}){_TIME}",
        rf"{_YEAR}/(?P<month>[0-9]{{1,2}})",
        rf"{_YEAR}(?P<month>[0-9]{{2}})(?P<day>[0-9]{{2}})",
        rf"{_DAY}(?: of)?[ -]{_MONTH},?[ -]{_YEAR}",
        rf"{_MONTH}[ -]{_DAY},? {_YEAR}",
        rf"{_MONTH},?[ -]{_YEAR}",
        rf"{_YEAR},?[ -]{_MONTH}(?:[ -]{_DAY})?",
        rf"{_YEAR}[ /-]?Q(?P<quarter>[1-4])",
        rf"Q(?P<quarter>[1-4])[ /-]?{_YEAR}",
    )
)
_DECIMAL = re.compile(r"[0-9]{4}\.[0-9]{1,9}")
_YEAR_LAST = re.compile(r"(?P<one>[0-9]{1,2})(?P<sign>[/.-])(?P<other>[0-9]{1,2})(?P=sign)(?P<year>[0-9]{4})")
_MONTHS = {name.casefold(): n for n, name in enumerate(calendar.month_name) if name}
_SHORTENED = {name[:3]: n for name, n in _MONTHS.items()} | {"sept": 9}
_MIDDLE_OF_MONTH = 15
_MONTHS_OF_A_YEAR = 12


def read_date(value: object) -> date:
    """The day that a cell means: the middle of a month, a quarter or a year, where no day is written.

    Raises ValueError, saying what was expected; also for a day and a month that could be either.
    """
    found = _read(value)
    if not FIRST <= found <= LAST:
        raise ValueError(f"the date {found} is not from {FIRST.year} to {LAST.year}")
    return found


def _read(value: object) -> date:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = f"{value:.9g}" if value == value and abs(value) < 1e9 else "?"
    text = " ".join(str(value)[:200].split())[:60] if value is not None else ""
    if not text:
        raise ValueError(f"no date; {EXPECTED}")
    if _DECIMAL.fullmatch(text) and (found := date_of(float(text))):
        return found
    parts = _parts(text)
    if parts is None:
        raise ValueError(f"{text!r} is no date; {EXPECTED}")
    year, month, day = parts
    try:
        if month is None:
            return date(year, 7, 2)  # the middle of a year
        return date(year, month, _MIDDLE_OF_MONTH if day is None else day)
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar; {EXPECTED}") from None


def _parts(text: str) -> tuple[int, int | None, int | None] | None:
    """Year, month and day as they are written, a quarter as its middle month; None for what is no date.

    Raises ValueError for a day and a month that could be either.
    """
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(text, *(int(match[part]) for part in ("year", "one", "other")))
    for form in _FORMS:
        if match := form.fullmatch(text):
            parts = match.groupdict()
            if parts.get("quarter"):
                return int(parts["year"]), 3 * int(parts["quarter"]) - 1, None
            month, day = (int(parts[part]) if parts.get(part) else None for part in ("month", "day"))
            if parts.get("name"):
                name = parts["name"].casefold()
                month = _MONTHS.get(name) or _SHORTENED.get(name)
                if month is None:
                    return None
            return int(parts["year"]), month, day
    return None


def _year_last(text: str, year: int, one: int, other: int) -> tuple[int, int, int]:
    """03/25/2020 and 25.03.2020, in which only one of the two numbers can be a month."""
    if one > _MONTHS_OF_A_YEAR or one == other or not one * other:
        return year, other, one
    if other > _MONTHS_OF_A_YEAR:
        return year, one, other
    ways = " or ".join(f"{day} {calendar.month_abbr[month]} {year}" for day, month in ((one, other), (other, one)))
    raise ValueError(f"{text!r} could be {ways}; {EXPECTED}")
