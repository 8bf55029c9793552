"""Dates as tables write them, against days that anyone can look up."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.trends.dates import FIRST, LAST, read_date

DAYS = st.dates(FIRST, LAST)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2021-05-01", (2021, 5, 1)),
        ("2021/05/01", (2021, 5, 1)),
        ("2021.05.01", (2021, 5, 1)),
        ("20210501", (2021, 5, 1)),
        (20210501, (2021, 5, 1)),
        ("2021/05/01 12:00:00", (2021, 5, 1)),
        ("2021-05-01T12:00:00Z", (2021, 5, 1)),
        ("1 April 2021", (2021, 4, 1)),
        ("1st of April 2021", (2021, 4, 1)),
        ("April 1, 2021", (2021, 4, 1)),
        ("2021 Apr 1", (2021, 4, 1)),
        ("3-Sept-2020", (2020, 9, 3)),
        ("March 2020", (2020, 3, 15)),
        ("Mar. 2020", (2020, 3, 15)),
        ("2020-03", (2020, 3, 15)),
        ("2020/03", (2020, 3, 15)),
        ("2020 Q3", (2020, 8, 15)),
        ("Q1 2020", (2020, 2, 15)),
        ("2020-q4", (2020, 11, 15)),
        ("25/04/2020", (2020, 4, 25)),
        ("04/25/2020", (2020, 4, 25)),
        ("04.04.2020", (2020, 4, 4)),
        ("2017", (2017, 7, 2)),
        (Decimal("2017.5"), (2017, 7, 2)),
        (datetime(2017, 3, 2, 23, 59), (2017, 3, 2)),
    ],
)
def test_dates_are_read_as_they_are_written(text: object, day: tuple[int, int, int]) -> None:
    assert read_date(text) == date(*day)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("03/04/2020", "'03/04/2020' could be 3 Apr 2020 or 4 Mar 2020; expected one like 2017-10-18"),
        ("3-4-2020", "could be 3 Apr 2020 or 4 Mar 2020"),
        ("31.02.2020", "is no day of the calendar"),
        ("00/05/2020", "is no day of the calendar"),
        ("13/13/2020", "is no day of the calendar"),
        ("2020-00", "is no day of the calendar"),
        ("31 April 2021", "is no day of the calendar"),
        ("Smarch 2020", "is no date"),
        ("mayhem 2020", "is no date"),
        ("03/04/20", "is no date"),
        ("2020 Q5", "is no date"),
        ("3 March 1600", "is not from 1700 to 2299"),
        ("", "no date"),
        (None, "no date"),
        (True, "is no date"),
        (float("nan"), "is no date"),
        ("1 " * 10_000, "is no date"),
    ],
)
def test_what_is_no_one_day_is_refused(text: object, said: str) -> None:
    with pytest.raises(ValueError, match=r"expected one like|is not from") as raised:
        read_date(text)
    assert said in str(raised.value)
    assert len(str(raised.value)) < 250


@given(DAYS, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%b %d, %Y", "%d-%b-%Y", "%Y %B %d", "%Y%m%d"]))
def test_every_day_is_read_back(day: date, form: str) -> None:
    text = day.strftime(form).replace(f"{day.year}", f"{day.year:04}")
    assert read_date(text) == day


@given(DAYS)
def test_day_and_month_are_read_only_where_one_cannot_be_a_month(day: date) -> None:
    text = day.strftime("%m/%d/%Y")
    if day.day <= 12 and day.day != day.month:
        with pytest.raises(ValueError, match="could be"):
            read_date(text)
    else:
        assert read_date(text) == day


@given(st.text(max_size=40) | st.integers() | st.floats() | st.decimals())
def test_anything_is_a_day_or_is_refused(value: object) -> None:
    try:
        found = read_date(value)
    except ValueError as error:
        if not re.search("expected|is not from", str(error)):
            raise
    else:
        assert FIRST <= found <= LAST
