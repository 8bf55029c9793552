"""A conversion -> JSON, `slipstick-conversion/1` (`docs/units.md` states the fields)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from slipstick.conversion.records import Conversion, RegisteredUnit
from slipstick.formats.json_rows import plain
from slipstick.formats.json_text import json_text

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
    return json_text(record, encoding)


def dumps_units(units: Iterable[RegisteredUnit], encoding: str = "utf-8") -> str:
    """One object with every unit: name, dimension, definition, source, spellings, symbols, and what it is taken for."""
    fields = ("name", "dimension", "definition", "source", "spellings", "symbols", "inexact", "taken")
    every = [plain({field: getattr(unit, field) for field in fields}) for unit in units]
    return json_text({"schema": SCHEMA, "units": every}, encoding)


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)
