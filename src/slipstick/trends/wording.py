"""The figures of a trend in words: intervals, distances, dates."""

from __future__ import annotations

import math

from slipstick.trends.lines import Reached, Segment
from slipstick.trends.points import Estimated


def figure(value: float | None, digits: int = 3) -> str:
    """A number at so many significant digits: `3.34`, `3,640`, `6.63e5`; `no bound` where there is none."""
    if value is None or not math.isfinite(value):
        return "no bound"
    size = abs(value)
    if size and not 1e-3 <= size < 1e5:
        mantissa, _, exponent = f"{value:.{digits - 1}e}".partition("e")
        return f"{_short(mantissa)}e{int(exponent)}"
    decimals = max(0, digits - 1 - math.floor(math.log10(size))) if size else 0
    return _short(f"{value:,.{decimals}f}")


def _short(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(level: float, digits: int = 4) -> str:
    """A probability: `90 %`."""
    return f"{level * 100:.{digits}g} %"


def ends(estimated: Estimated, digits: int = 3) -> str:
    """The interval: `2.67 to 4.46`, `2.41 or more`."""
    if estimated.low is None:
        return "no bounds" if estimated.high is None else f"up to {figure(estimated.high, digits)}"
    if estimated.high is None:
        return f"{figure(estimated.low, digits)} or more"
    return f"{figure(estimated.low, digits)} to {figure(estimated.high, digits)}"


def in_unit(value: float | None, unit: str) -> str:
    """A value with its unit: `3,640 PF-days`, `$5`."""
    shown = figure(value)
    return f"${shown}" if unit == "$" else f"{shown} {unit}".strip()


def pace(segment: Segment) -> str:
    """`doubles every 3.34 months`."""
    months = segment.doubling_months
    if not math.isfinite(months.value):
        return "does not change"
    return f"{'doubles' if segment.is_growing else 'halves'} every {duration(months.value)}"


def duration(months: float | None) -> str:
    """A time: in months, or in years from ten of them on, in days below two months' tenth."""
    if months is None:
        return "no bound"
    if months >= 120:
        return f"{figure(months / 12)} years"
    return f"{figure(months * 30.436875)} days" if months < 0.2 else f"{figure(months)} months"


def distance(of: Estimated | None) -> str:
    """`182 times below` the line, `1.2 times above`, `on`."""
    return "more than 1e300 times from" if of is None else _times(of.value)


def distance_ends(of: Estimated) -> str:
    """The interval of a distance: `4.2 to 7,960 times below`, `550 times below to 1.2 times above`."""
    if of.low is None or of.high is None:
        return "no bounds"
    near, far = (of.high, of.low) if of.value < 1 else (of.low, of.high)
    if (near < 1) == (far < 1):
        return f"{figure(_factor(near))} to {_times(far)}"
    return f"{_times(of.low)} to {_times(of.high)}"


def _factor(ratio: float) -> float:
    return 1 / ratio if ratio < 1 else ratio


def _times(ratio: float) -> str:
    if figure(_factor(ratio)) == "1":
        return "on"
    return f"{figure(_factor(ratio))} times {'below' if ratio < 1 else 'above'}"


def dates(of: Reached, level: float) -> str:
    """When a value is reached, with both intervals."""
    if of.when is None:
        return "the line does not reach it between the years 1 and 9999"
    line, system = (f"{low or 'no bound'} to {high or 'no bound'}" for low, high in (of.line, of.system))
    return f"{of.when} ({percent(level)} interval of the line {line}; of one system {system})"
