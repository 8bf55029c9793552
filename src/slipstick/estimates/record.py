"""A computed estimate as other programs read it: a JSON object of plain values (`specs/estimates.md`).

Values are in base units, as in the report of an audit; `written` keeps the input's own unit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from slipstick.estimates.answers import Answer
from slipstick.estimates.inputs import Input, float_of
from slipstick.estimates.other_unit import OtherUnit, converted
from slipstick.estimates.showing import notes
from slipstick.units import dimension_of, label, size, written

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread

SCHEMA = "slipstick-estimate/1"


def dumps(
    estimate: Estimate, spread: Spread | None, answers: Sequence[Answer], unit: OtherUnit | None = None, **how: Any
) -> str:
    """The object as text."""
    made = record(estimate, spread, answers, unit, **how)
    return json.dumps(made, ensure_ascii=False, indent=2, allow_nan=False)


def record(
    estimate: Estimate, spread: Spread | None, answers: Sequence[Answer] = (), unit: OtherUnit | None = None, **how: Any
) -> dict[str, Any]:
    """The object. Every field is always there, None or empty where unknown; `how` is as for `Estimate.spread`.

    `converted` is the result in the other `unit`; all else is in base units.
    """
    shares = dict(zip(map(id, estimate.leaves), spread.shares, strict=True)) if spread else {}
    return {
        "schema": SCHEMA,
        "expression": estimate.text,
        "latex": estimate.latex,
        "value": float_of(estimate.exact_value),
        "unit": estimate.unit,
        "interval": _interval(spread),
        "converted": None if unit is None else converted(estimate, spread, unit),
        "first_order": _first_order(spread),
        "inputs": [_input(name, given, shares.get(id(given))) for name, given in estimate.named.items()],
        "answers": [_answer(each, how) for each in answers],
        "notes": notes(estimate, unit),
    }


def _interval(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None:
        return None
    kept = ("level", "low", "median", "high", "method", "standard_error", "draws")
    return {name: getattr(spread, name) for name in kept}


def _first_order(spread: Spread | None) -> dict[str, Any] | None:
    if spread is None or spread.first_order is None:
        return None
    return {"low": spread.first_order[0], "high": spread.first_order[1], "serves": spread.first_order_serves}


def _input(name: str, given: Input, share: float | None) -> dict[str, Any]:
    scale = size(given.unit)
    return {
        "name": name,
        "value": float_of(given.base_value),
        "unit": label(dimension_of(given.unit)),
        "low": None if given.low is None else float_of(given.low * scale),
        "high": None if given.high is None else float_of(given.high * scale),
        "source": given.source or None,
        "share": share,
        "written": {"value": float_of(given.value), "unit": written(given.unit)},
    }


def _answer(answer: Answer, how: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": answer.name,
        "value": float_of(answer.exact_value),
        "unit": label(dimension_of(answer.unknown.unit)),
        "expression": answer.text if answer.estimate else None,
        "interval": None,
    }
    if answer.estimate is not None:
        with suppress(ValueError):  # for some values of the other inputs there may be no answer, and so no interval
            found["interval"] = _interval(answer.spread(**how))
    return found
