"""Cost -> JSON, `slipstick-cost/1` (`docs/cost.md`; the schema is `data/cost.schema.json`)."""

from __future__ import annotations

from dataclasses import asdict

from slipstick.costs.bill import SCHEMA, Assumption, Bill, Cost, Figure, HardwareCost
from slipstick.formats.json_rows import plain
from slipstick.formats.json_text import Record, json_text


def record(made: Cost) -> Record:
    """The cost as a plain object, all keys present; unknown is None."""
    return {
        "schema": SCHEMA,
        "text": made.text,
        "dimension": made.dimension,
        "given": _figure(made.given),
        "window": _window(made),
        "days": made.days,
        "choice": made.choice or None,
        "hardware": [_hardware(each) for each in made.hardware],
        "remarks": list(made.remarks),
    }


def dumps(made: Cost, encoding: str = "utf-8") -> str:
    """The cost as indented JSON text; characters that `encoding` cannot hold are escaped."""
    return json_text(record(made), encoding)


def _window(made: Cost) -> Record | None:
    if made.window is None:
        return None
    return {"asked": made.window.asked, "first": str(made.window.first), "last": str(made.window.last)}


def _hardware(each: HardwareCost) -> Record:
    return {
        "part": each.part,
        "level": each.level,
        "device": each.device,
        "why": each.why,
        "assumptions": [_assumption(assumption) for assumption in each.assumptions],
        "bills": [_bill(bill) for bill in each.bills],
        "remarks": list(each.remarks),
    }


def _bill(bill: Bill) -> Record:
    return {
        "kind": bill.kind,
        "price": _figure(bill.price),
        "usd": _figure(bill.usd),
        "device_hours": _figure(bill.device_hours),
        "flop": _figure(bill.flop) if bill.flop else None,
        "devices": _figure(bill.devices) if bill.devices else None,
        "drivers": [{"name": name, "share": share} for name, share in bill.drivers],
        "lists": [plain(price._asdict()) for price in bill.lists],
        "runs": [{**plain(run._asdict()), "usd_per_hour": float(run.usd_per_hour)} for run in bill.runs],
    }


def _figure(figure: Figure) -> Record:
    """A number with its unit, and its interval as in a report; null where nothing in it is uncertain."""
    interval = None
    if figure.low is not None:
        names = ("level", "low", "median", "high", "method")
        interval = {name: getattr(figure, name) for name in names}
    return {"value": figure.value, "unit": figure.unit, "interval": interval}


def _assumption(assumption: Assumption) -> Record:
    return {**asdict(assumption), "unit": assumption.unit or "1", "source": assumption.source or None}
