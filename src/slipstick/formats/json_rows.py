"""Rows of tables as JSON has them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from fractions import Fraction
from typing import Any


def plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the values that JSON has: fractions as floats, dates as text, tuples as lists."""
    return {name: _plain_value(value) for name, value in row.items()}


def _plain_value(value: Any) -> Any:
    if isinstance(value, Fraction):
        return float(value)
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
