"""Trend -> JSON, `slipstick-trend/1` (`docs/trend.md`; the schema is `data/trend.schema.json`)."""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any

from slipstick.formats.json_text import Record, json_text
from slipstick.trends.lines import LogLine, Segment
from slipstick.trends.points import Estimated, TrendPoint
from slipstick.trends.trend import SCHEMA, Step, Trend


def record(made: Trend) -> Record:
    """The trend as a plain object, all keys present; what is unknown or has no bound is None."""
    whole = {"schema": SCHEMA, **_fields(made)}
    whole["columns"] = dict(made.columns)
    whole["unit"], whole["base_unit"] = made.unit, whole.pop("dimension")
    return whole


def dumps(made: Trend, encoding: str = "utf-8") -> str:
    """The trend as indented JSON text; characters that `encoding` cannot hold are escaped."""
    return json_text(record(made), encoding)


def _fields(of: Any) -> Record:
    return {field.name: _plain(getattr(of, field.name)) for field in fields(of)}


def _plain(value: Any) -> Any:
    """A value of the trend as JSON has it."""
    if isinstance(value, LogLine):
        return _line(value)
    if isinstance(value, Step):
        ends = {"start": value.start, "end": value.end}
        return {**_fields(value), **{name: {"name": p.name, "date": _plain(p.date)} for name, p in ends.items()}}
    if isinstance(value, Segment):
        return {**_fields(value), "doubling_months": _plain(value.doubling_months), "growth": _plain(value.growth)}
    if isinstance(value, TrendPoint) or is_dataclass(value):
        return _fields(value)
    if isinstance(value, Estimated) or hasattr(value, "_asdict"):
        return {name: _plain(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [_plain(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _line(line: LogLine) -> Record:
    """The best fit, as log2(value) = a + b * years since the origin, with a change of b at the bend."""
    best = line.fits[0]
    return {
        "coefficients": list(best.coefficients),
        "origin": line.origin,
        "bend": _plain(line.bend),
        "scatter": line.scatter,
        "quantile": line.quantile,
        "half_width": line.half_width,
        "first": _plain(line.first),
        "last": _plain(line.last),
    }
