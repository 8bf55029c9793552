"""What a conversion gives and what the registry holds: plain values, for formats and other programs to read."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from slipstick.conversion.figures import rounded


class Step(NamedTuple):
    """One edge of a path: `text` is an equation, `factor` its size, `source` who says so."""

    text: str
    factor: Fraction
    source: str


@dataclass(frozen=True, slots=True)
class Conversion:
    """A quantity in another unit.

    `value` is exact; so are `low` and `high`, the ends of a range that was given, else None. `factor` is one of the
    unit given in the unit wanted (temperatures have an offset besides: see `path`). `exact` is False where pi or
    rounded digits stand in a definition and did not cancel. `path` has each edge with its source, `notes` what was
    taken for words that have several meanings.
    """

    value: Fraction
    unit: str
    factor: Fraction
    path: tuple[Step, ...]
    notes: tuple[str, ...]
    low: Fraction | None = None
    high: Fraction | None = None
    exact: bool = True

    def __str__(self) -> str:
        """The value, or its range, with the unit: `8.04672 km`."""
        if self.low is not None and self.high is not None and self.low != self.high:
            number = f"{rounded(self.low)} to {rounded(self.high)}"
        else:
            number = rounded(self.value)
        return number if self.unit == "1" else f"{number} {self.unit}"


@dataclass(frozen=True, slots=True)
class RegisteredUnit:
    """One unit of the registry.

    `dimension` is in words (`energy`, `FLOP / time`), `definition` in other units, `spellings` what it is read from
    besides its name, `prefixes` the letters that may stand before its symbols ("SI" for all of the SI's). `zero` is
    the temperature in kelvin at its zero point, for scales that do not begin at absolute zero; `inexact` says that pi
    or rounded digits stand in its definition; `taken` what it is noted to have been taken for.
    """

    name: str
    dimension: str
    definition: str
    source: str
    spellings: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    prefixes: str = ""
    zero: Fraction | None = None
    inexact: bool = False
    taken: str = ""
