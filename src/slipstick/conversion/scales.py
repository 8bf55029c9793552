"""Temperatures: a point on a scale has a zero to be moved, a difference has not.

"25 °C" is a point, "5 °C/h" and "5 Δ°C" are differences. A kelvin is either, as the other side has it.
"""

from __future__ import annotations

from fractions import Fraction
from typing import NamedTuple

from slipstick.conversion.errors import ConversionError
from slipstick.conversion.records import Step
from slipstick.conversion.registry import table, unit
from slipstick.conversion.vocabulary import Meaning
from slipstick.units import UnitTerm

_NONE = Fraction(0)


class Points(NamedTuple):
    """What is added behind the factor, and what is said; `lowest` is absolute zero in the unit given."""

    offset: Fraction = _NONE
    steps: tuple[Step, ...] = ()
    notes: tuple[str, ...] = ()
    lowest: Fraction | None = None


def points(have: Meaning, want: Meaning, have_text: str, want_text: str) -> Points:
    """The offset between two temperatures; none for all else.

    Raises ConversionError between a point and a difference.
    """
    zeros = [zero for m in (have, want) for t in m.terms if (zero := _zero(t)) is not None]
    if not zeros:
        return Points()
    if not (_is_lone(have) and _is_lone(want)):
        return Points(notes=("degrees were taken for differences of temperature",))
    if any(t.name.startswith("delta_") for m in (have, want) for t in m.terms):
        raise ConversionError(f"{have_text} and {want_text}: a point on a scale of temperature is not a difference")
    from_zero, to_zero = (_zero(m.terms[0]) or _NONE for m in (have, want))
    degree = table().factor(want.terms[0]) * want.scale
    own = table().factor(have.terms[0]) * have.scale
    steps = tuple(
        Step(f"0 {_symbol(m.terms[0].name)} = {float(zero):g} K", zero, unit(m.terms[0].name).source)
        for m in (have, want)
        if (zero := _zero(m.terms[0])) is not None
    )
    note = ("points on a scale of temperature; a difference is written Δ°C or Δ°F",) if have_text != want_text else ()
    return Points((from_zero - to_zero) / degree, steps, note, -from_zero / own)


def _zero(term: UnitTerm) -> Fraction | None:
    return unit(term.name).zero if term.name in table() else None


def _is_lone(meaning: Meaning) -> bool:
    return len(meaning.terms) == 1 and meaning.terms[0].exponent == 1 and meaning.scale == 1


def _symbol(name: str) -> str:
    return next(iter(unit(name).symbols), name)
