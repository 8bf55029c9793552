"""A conversion -> JSON, `slipstick-conversion/1` (`docs/units.md` states the fields)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from slipstick.conversion.records import Conversion, RegisteredUnit
from slipstick.formats.plain import encodable

SCHEMA = "slipstick-conversion/1"


def dumps(made: Conversion, quantity: str, encoding: str = "utf-8") -> str:
    """One object: the value as the nearest float and as an exact fraction, the factor, the path and the notes."""
    record = {
        "schema": SCHEMA,
        "quantity": quantity,
        "value": float(made.value),
        "fraction": str(made.value),
        "low": _float(made.low),
        "high": _float(made.high),
        "unit": made.unit,
        "factor": str(made.factor),
        "exact": made.exact,
        "path": [{"text": s.text, "factor": str(s.factor), "source": s.source} for s in made.path],
        "notes": list(made.notes),
    }
    return _text(record, encoding)


def dumps_units(units: Iterable[RegisteredUnit], encoding: str = "utf-8") -> str:
    """One object with every unit: name, dimension, definition, source, spellings, symbols, and what it is taken for."""
    fields = ("name", "dimension", "definition", "source", "spellings", "symbols", "inexact", "taken")
    every = [{field: _plain(getattr(unit, field)) for field in fields} for unit in units]
    return _text({"schema": SCHEMA, "units": every}, encoding)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _text(record: dict[str, Any], encoding: str) -> str:
    text = json.dumps(record, indent=2, ensure_ascii=False, allow_nan=False)
    return text if encodable(text, encoding) == text else json.dumps(record, indent=2, allow_nan=False)
