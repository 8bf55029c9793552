"""A trend in sentences: what a reader has to know to use it, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.formats.plain import counted, shown
from slipstick.trends.trend import Trend


def statements(made: Trend, too_close: bool) -> Iterator[str]:
    yield "x"
