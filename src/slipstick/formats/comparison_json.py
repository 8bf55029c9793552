"""Comparison -> JSON, version 1 (`specs/comparison.md`; the schema is `data/comparison.schema.json`)."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Any

from slipstick.comparison.ledger import SCHEMA, Compared, Comparison, LedgerRow, Side, as_float
from slipstick.formats.json_text import Record, json_text
from slipstick.report import Interval, ReportedClaim

_LONGEST = 40
"""A fraction of more characters is not written out: its float says all that a reader needs."""


def record(made: Comparison) -> Record:
    """The comparison as a plain object, all keys present; unknown or beyond the floats is None."""
    loose, overlap = made.unaligned, made.overlap
    return {
        "schema": SCHEMA,
        "a": _compared(made.a),
        "b": _compared(made.b),
        **_ratio(made.ratio),
        "log": made.log,
        "claimed_ratio": made.claimed_ratio,
        "rows": [_row(row) for row in made.rows],
        "unaligned": {**_ratio(loose.ratio), "share": loose.share, "factors": list(loose.names)} if loose else None,
        "terms": [
            {"name": t.name, "a": _float(t.a), "b": _float(t.b), "share_of_difference": t.share} for t in made.terms
        ],
        "overlap": {k: _finite(v) for k, v in overlap._asdict().items()} if overlap else None,
        "why_no_overlap": made.why_no_overlap or None,
        "waterfall": [{"name": s.name, **_ratio(s.ratio), "value": _float(s.value)} for s in made.waterfall()],
        "notes": list(made.notes),
    }


def dumps(made: Comparison, encoding: str = "utf-8") -> str:
    """The comparison as indented JSON text; characters that `encoding` cannot hold are escaped."""
    return json_text(record(made), encoding)


def _ratio(ratio: Fraction) -> Record:
    exact = str(ratio)
    return {"ratio": as_float(ratio), "exact": exact if len(exact) <= _LONGEST else None}


def _float(value: Fraction | None) -> float | None:
    return None if value is None else as_float(value)


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _row(row: LedgerRow) -> Record:
    return {
        "factor": row.factor,
        "kind": row.kind,
        "a": _side(row.a),
        "b": _side(row.b),
        **_ratio(row.ratio),
        "unit": row.unit,
        "loose": row.is_loose,
        "log": row.log,
        "share": row.share,
        "spread_share": _finite(row.spread_share),
        "note": row.note or None,
        "source": row.source or None,
    }


def _side(side: Side | None) -> Record | None:
    if side is None:
        return None
    return {
        "name": side.name,
        "text": side.text,
        "read_as": side.read_as,
        "value": as_float(side.value),
        "unit": side.unit,
        "start": side.span.start if side.span else None,
        "end": side.span.end if side.span else None,
    }


def _compared(each: Compared) -> Record:
    return {
        "source": each.source or None,
        "line": each.place.line if each.place else None,
        "column": each.place.column if each.place else None,
        "text": each.text,
        "expression": each.expression,
        "value": as_float(each.value),
        "unit": each.unit,
        "interval": _interval(each.interval),
        "claim": _claim(each.claim),
        "findings": list(each.findings),
    }


def _interval(interval: Interval | None) -> Record | None:
    if interval is None:
        return None
    return {name: getattr(interval, name) for name in ("level", "low", "median", "high", "method")}


def _claim(claim: ReportedClaim | None) -> Record | None:
    if claim is None:
        return None
    return {
        "value": _finite(claim.value),
        "unit": claim.unit,
        "written": {"value": _finite(claim.written.value), "unit": claim.written.unit},
        "verdict": claim.verdict,
        "ratio": _finite(claim.ratio),
    }
