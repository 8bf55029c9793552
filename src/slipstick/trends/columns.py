"""Which column of a table holds what: as it is told, else by its name."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_MOST_NAMED = 20
_KNOWN = {
    "date": (
        *("date", "publication date", "date published", "published", "release date", "released"),
        *("day", "year", "when", "time"),
    ),
    "value": ("value", "training compute", "compute", "amount", "figure", "flop", "cost"),
    "unit": ("unit", "units"),
    "low": ("low", "lower", "lower bound", "ci low", "p5", "5 %"),
    "high": ("high", "upper", "upper bound", "ci high", "p95", "95 %"),
    "name": ("name", "system", "model", "run", "label", "title"),
    "accounting": ("accounting", "counted"),
    "source": ("source", "reference", "url"),
}
_NEEDED = ("date", "value")
_UNIT_IN_NAME = re.compile(r"(.+?)\s*[(\[]\s*(?:in\s+)?([^()\[\]]{1,40})[)\]]\s*")


class Columns(NamedTuple):
    """The name of the column for each role that the table has, and the unit that the value's column states."""

    names: Mapping[str, str]
    unit: str

    def cell(self, cells: Mapping[str, object], role: str) -> object:
        """What a row holds in a role; None where the table or the row has nothing there."""
        value = cells.get(self.names[role]) if role in self.names else None
        return None if isinstance(value, str) and not value.strip() else value


def columns_of(there: Sequence[str], told: Mapping[str, str]) -> Columns:
    """The columns of a table with the columns `there`; `told` gives the name for a role.

    Raises ValueError for a told column that is not there, and where there is none for the date or the value, or
    several could be meant.
    """
    names = {role: _told(name, there, role) for role, name in told.items() if name}
    for role, known in _KNOWN.items():
        if role not in names and (found := _by_name(there, known)):
            names[role] = found
    for role in _NEEDED:
        if role not in names:
            raise ValueError(
                f"no column for the {role} is known by its name; expected --{role}-column, one of: {_few(there)}"
            )
    match = _UNIT_IN_NAME.fullmatch(names["value"])
    return Columns(names, match[2].strip() if match else "")


def _told(name: str, there: Sequence[str], role: str) -> str:
    if name not in there:
        raise ValueError(f"no column {name!r} for the {role}; expected one of: {_few(there)}")
    return name


def _by_name(there: Sequence[str], known: Sequence[str]) -> str | None:
    """The first known name that a column has; what stands in brackets, a unit, aside."""
    plain: dict[str, str] = {}
    for name in there:
        match = _UNIT_IN_NAME.fullmatch(name)
        plain.setdefault(" ".join(re.findall(r"[^\W_]+|%", (match[1] if match else name).casefold())), name)
    return next((plain[name] for name in known if name in plain), None)


def _few(there: Sequence[str]) -> str:
    return ", ".join(map(str, there[:_MOST_NAMED])) + (", ..." if len(there) > _MOST_NAMED else "")
