"""Sheets of the catalogue -> JSON, `slipstick-hardware/1` (`docs/hardware.md` states the fields)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from slipstick.catalogue.datasheet import Dispute, Packed, Sheet
from slipstick.catalogue.device_names import Meaning
from slipstick.catalogue.hardware import Peak
from slipstick.catalogue.lookup import Lookup
from slipstick.catalogue.utilization import UtilizationDefault
from slipstick.formats.json_rows import plain
from slipstick.formats.json_text import json_text
from slipstick.frozen import values_of

SCHEMA = "slipstick-hardware/1"


def dumps(found: Lookup, sheets: Iterable[Sheet], meanings: Iterable[Meaning], encoding: str = "utf-8") -> str:
    """One object: what was asked, what was taken, and a record for each part.

    `meanings` are those of the bare family name that was asked for; each part has those of its own year. What
    `encoding` may not hold is escaped.
    """
    record = {
        "schema": SCHEMA,
        "query": found.query or None,
        "year": found.year,
        "family": found.family or None,
        "level": found.level or None,
        "remark": found.remark or None,
        "parts": [_sheet(each) for each in sheets],
        "meanings": [_plain(meaning._asdict()) for meaning in meanings],
    }
    return json_text(record, encoding)


def _sheet(sheet: Sheet) -> dict[str, Any]:
    return {
        **_plain(sheet.part._asdict()),
        "base_level": sheet.part.base_level or None,
        "level_aliases": dict(sheet.level_aliases),
        "peaks": [_plain(peak._asdict()) for peak in sheet.peaks],
        "disputes": [_dispute(each) for each in sheet.disputes],
        "same_numbers": [[_key(peak) for peak in same] for same in sheet.same_numbers],
        "packaging": [_packed(each) for each in sheet.packaging],
        "memory": [_plain(each._asdict()) for each in sheet.memory],
        "prices": [_plain(each._asdict()) for each in sheet.prices],
        "utilizations": [_plain(each._asdict()) for each in sheet.utilizations],
        "utilization_default": _default(sheet),
        "meanings": [_plain(each._asdict()) for each in sheet.meanings],
    }


def _dispute(dispute: Dispute) -> dict[str, Any]:
    figures = {"taken": _key(dispute.taken), "other": _key(dispute.other)}
    return {**figures, "factor": float(dispute.factor), "of_other_card": dispute.of_other_card}


def _key(peak: Peak) -> dict[str, Any]:
    """What tells a peak from the others of its part."""
    names = ("variant", "level", "number_format", "engine", "sparse", "flop_per_s", "source")
    return _plain({name: getattr(peak, name) for name in names})


def _packed(packed: Packed) -> dict[str, Any]:
    edges = [_plain(values_of(edge)) for edge in packed.edges]
    return {"container": packed.container, "contains": packed.contains, "number": packed.number, "edges": edges}


def _default(sheet: Sheet) -> dict[str, Any]:
    """The same fields for an era and for a setting; of the two the one that does not apply is null."""
    default = sheet.default
    era = isinstance(default, UtilizationDefault)
    own = {"setting": None} if era else {"first_year": None, "last_year": None}
    return {**own, **_plain(values_of(default))}


def _plain(record: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a row but the part, which the sheet is of."""
    return plain({name: value for name, value in record.items() if name != "part"})
