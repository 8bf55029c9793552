"""The date of a cost: a year, a month, a day, or from one to another; and which lists of prices were in force."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

from slipstick.costs.bill import Window

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_EXPECTED = "expected one like 2020, 2020-07, 2020-07-15 or 2018..2020"


def window_of(given: Any) -> Window | None:
    """The window of a date: a text, a year, a `datetime.date`, or a pair of them; None for None.

    Lists are seen on single days. So a time shorter than a year counts with what was seen in the twelve months up to
    its end. Raises ValueError for what is no date.
    """
    if given is None or isinstance(given, Window):
        return given
    if isinstance(given, tuple) and len(given) == 2:
        (first, _), (_, last) = _period(given[0]), _period(given[1])
        asked = f"{given[0]} to {given[1]}"
    else:
        text = str(given).strip()
        start, dots, end = text.partition("..")
        (first, _), (_, last) = _period(start), _period(end if dots else start)
        asked = f"{start.strip()} to {end.strip()}" if dots else text
    if first > last:
        raise ValueError(f"the date {asked} runs backwards; {_EXPECTED}")
    return Window(asked, min(first, _year_before(last)), last, (first.year, last.year))


def _period(given: Any) -> tuple[datetime.date, datetime.date]:
    """The first and last day of a year, a month or a day."""
    if isinstance(given, bool) or not isinstance(given, str | int | datetime.date):
        raise ValueError(f"{given!r} is no date; {_EXPECTED}")
    match = _DATE.fullmatch(str(given).strip())
    if match is None:
        raise ValueError(f"{str(given)[:40]!r} is no date; {_EXPECTED}")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = datetime.date(year or 0, month or 1, day or 1)
        last_month = month or 12
        last_day = day or calendar.monthrange(first.year, last_month)[1]
        return first, datetime.date(first.year, last_month, last_day)
    except ValueError:
        raise ValueError(f"{given!r} is no date; {_EXPECTED}") from None


def _year_before(last: datetime.date) -> datetime.date:
    """The first day of the twelve months that end with `last`."""
    try:
        return last.replace(year=last.year - 1) + datetime.timedelta(days=1)
    except ValueError:  # 29 February, or the year 1
        return datetime.date(max(last.year - 1, 1), 3, 1)
