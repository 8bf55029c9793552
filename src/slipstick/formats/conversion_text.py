"""A conversion -> the lines of the terminal: the result, what was taken, and on request the path with its sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slipstick.conversion.figures import number, rounded
from slipstick.conversion.records import Conversion, RegisteredUnit, Step
from slipstick.formats.plain import printable


def page(made: Conversion, quantity: str, explain: bool = False) -> str:
    """The result on the first line, then a line for each thing that was taken; the whole path if it is asked for."""
    lines = [printable(str(made)), *(f"  note: {printable(note)}" for note in made.notes)]
    if explain:
        lines += ["", f"{printable(quantity)} to {printable(made.unit)}:", *_path(made.path), f"  {_factor(made)}"]
    return "\n".join(lines) + "\n"


def _factor(made: Conversion) -> str:
    kind = "exact" if made.exact else "rounded"
    return f"factor: {number(made.factor) if made.exact else rounded(made.factor)} ({kind})"


def _path(path: Sequence[Step]) -> Iterable[str]:
    width = max((len(step.text) for step in path), default=0)
    yield from (f"  {printable(step.text).ljust(width)}  [{printable(step.source)}]" for step in path)
    if not path:
        yield "  the same unit"


def list_page(units: Sequence[RegisteredUnit]) -> str:
    """Units, one a line: name, dimension, and how they are spelled."""
    name = max((len(unit.name) for unit in units), default=0)
    kind = max((len(unit.dimension) for unit in units), default=0)
    return "".join(
        f"{unit.name.ljust(name)}  {unit.dimension.ljust(kind)}  {', '.join((*unit.symbols, *unit.spellings))}".rstrip()
        + "\n"
        for unit in units
    )
