"""Dates as tables write them: 2017-10-18, 2017-10, 2017, 2017.8."""

from __future__ import annotations

import re
from datetime import date, datetime

from slipstick.trends.points import date_of

EXPECTED = "expected one like 2017-10-18, 2017-10, 2017 or 2017.8"
FIRST, LAST = date(1700, 1, 1), date(2299, 12, 31)
"""The dates that are taken for dates: what lies beyond is more likely a number of another kind."""

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?:[T ][0-9:.+Z-]{1,40})?")
_DECIMAL = re.compile(r"[0-9]{4}\.[0-9]{1,9}")
_MIDDLE_OF_MONTH = 15


def read_date(value: object) -> date:
    """The day that a cell means: the middle of a month, or of a year, where no day is written.

    Raises ValueError, saying what was expected.
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
    text = str(value).strip()[:60] if value is not None else ""
    if not text:
        raise ValueError(f"no date; {EXPECTED}")
    if _DECIMAL.fullmatch(text) and (found := date_of(float(text))):
        return found
    match = _ISO.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is no date; {EXPECTED}")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if year and month and day:
            return date(year, month, day)
        return date(year or 0, month or 7, _MIDDLE_OF_MONTH if month else 2)  # 2 July is the middle of a year
    except ValueError:
        raise ValueError(f"{text!r} is no day of the calendar; {EXPECTED}") from None
