"""A conversion -> lines for the terminal, or Markdown: the result, what was taken, on request the path and sources."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from slipstick.conversion.figures import number, rounded
from slipstick.conversion.records import Conversion, RegisteredUnit, Step
from slipstick.formats.markdown_text import code, escaped
from slipstick.formats.plain import printable


def page(made: Conversion, quantity: str, explain: bool = False) -> str:
    """The result on the first line, then a line for each thing that was taken; the whole path if it is asked for."""
    lines = [printable(str(made)), *(f"  note: {printable(note)}" for note in made.notes)]
    if explain:
        lines += ["", f"{printable(quantity)} to {printable(made.unit)}:", *_path(made.path), f"  {_factor(made)}"]
    return "\n".join(lines) + "\n"


def markdown(made: Conversion, quantity: str, explain: bool = False) -> str:
    """The same to be pasted into a thread."""
    lines = [f"{code(quantity)} = **{escaped(str(made))}**", ""]
    lines += [f"- note: {escaped(note)}" for note in made.notes]
    if explain:
        lines += [f"- {escaped(step.text)} ({escaped(step.source)})" for step in made.path]
        lines.append(f"- {escaped(_factor(made))}")
    return "\n".join(lines).rstrip() + "\n"


def list_markdown(units: Sequence[RegisteredUnit]) -> str:
    """Units as a table: name, dimension, and how they are spelled."""
    rows = [(unit.name, unit.dimension, ", ".join((*unit.symbols, *unit.spellings))) for unit in units]
    lines = ["| unit | dimension | spelled |", "|---|---|---|"]
    return "\n".join([*lines, *(f"| {' | '.join(map(escaped, row))} |" for row in rows)]) + "\n"


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
