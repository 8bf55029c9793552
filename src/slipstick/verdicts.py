"""Whether the claims hold: at the precision of the printed digits, under the readings that the words support.

A claim holds if the value lies within half a unit of its last printed digit or within 0.1 % of it; it holds with a
note up to one whole unit; beyond that it is off (specs/rounding.md).
"""

from __future__ import annotations

from dataclasses import astuple
from fractions import Fraction
from typing import NamedTuple

from slipstick.reading.claims import WrittenCalculation, WrittenClaim
from slipstick.reading.factors import chosen
from slipstick.reading.inference import interpret, states_unit, without_label
from slipstick.reading.interpretation import Interpretation
from slipstick.reading.kinds import rename, unified
from slipstick.reading.quantities import Quantity
from slipstick.reading.tree import quantities
from slipstick.units import Compound, dimension_of, size

TOLERANCE = Fraction(1, 1000)
SMALL = Fraction(1, 50)
"""Up to this part of the claim, a mismatch is a warning; above it an error."""


class Claim(NamedTuple):
    """A claim against one reading. `value` and `last_digit` are in the base units of `unit`, which may be inferred.

    `verdict` is holds, off or unknown; `by_last_digit` says that it holds only up to a whole unit of the last digit.
    """

    written: WrittenClaim
    number: Fraction
    unit: Compound
    value: Fraction
    last_digit: Fraction
    verdict: str
    ratio: Fraction | None
    by_last_digit: bool = False


class Judged(NamedTuple):
    """A calculation with the reading that is reported, its claims, and the rival readings of equal cost."""

    written: WrittenCalculation
    reading: Interpretation
    claims: tuple[Claim, ...]
    rivals: tuple[tuple[Interpretation, str], ...] = ()
    """Rival readings with other values, each with the verdict of the last claim under it."""


def verdict(value: Fraction, claim: Fraction, last_digit: Fraction) -> tuple[str, bool]:
    """(verdict, whether only the last digit differs) of a recomputed value against a printed one, in one unit."""
    distance = abs(value - claim)
    if distance <= last_digit / 2 or distance <= TOLERANCE * abs(claim):
        return "holds", False
    if distance <= last_digit and 2 * abs(value) >= abs(claim):
        return "holds", True  # below a leading 1 a whole unit would let in anything down to zero
    return "off", False


def _stated(written: WrittenClaim) -> tuple[Quantity, Fraction, Fraction] | None:
    """The quantity that carries the claim's unit, its number and last digit; products of numbers multiply out."""
    node = written.node
    if isinstance(node, Quantity):
        return node, node.value, node.number.last_digit / (node.unit.divisor if node.unit else 1)
    every = quantities(node)
    alone = WrittenCalculation(written.span, "product", node)
    reading = interpret(alone)[0]
    if reading.value is None or not every:
        return None
    coarse = max((abs(q.number.last_digit / q.number.value) for q in every if _counts(q)), default=Fraction(0))
    carrier = next((q for q in reversed(every) if q.meaning(False)), every[-1])
    number = reading.value / size(reading.unit)
    return carrier, number, abs(number) * coarse


def _counts(q: Quantity) -> bool:
    """Whether a factor's digits limit the precision of a product of claims; powers of ten do not."""
    return bool(q.number.value) and not q.number.is_power_of_ten


def claim_units(quantity: Quantity, reading: Interpretation, names: dict[str, str]) -> list[Compound]:
    """The units that the claim may be in under a reading, likeliest first."""
    rates = dict.fromkeys((reading.choices.flops_is_rate, False, True))
    written = [quantity.meaning(rate) for rate in rates]
    meanings = [without_label(unit) for unit in written] if reading.choices.without_label else written
    stated = [chosen(rename(unit, names), reading.choices) for unit in meanings]
    units = [unit for unit, times in stated if unit and times == 1] or [quantity.meaning(False)]
    if any(units) and states_unit(quantity):
        fits = [u for u in units if dimension_of(u) == reading.dimension]
        return fits[:1] or units[:1]
    return []


def bare_scales(reading: Interpretation) -> list[Fraction]:
    """What one may be worth in base units where a claim states no unit: the base unit, the unit that is written, or
    the unit that conversions by hand lead to ("5 days * 24 = 120": hours).
    """
    literal = reading.literal
    by_hand = reading.value / literal if reading.value and literal else Fraction(1)
    return list(dict.fromkeys((Fraction(1), size(reading.unit), by_hand)))


def judge_claim(written: WrittenClaim, reading: Interpretation, names: dict[str, str]) -> Claim | None:
    """One claim under one reading; None where the claim is no number."""
    stated = _stated(written)
    if stated is None:
        return None
    quantity, number, last = stated
    units = claim_units(quantity, reading, names)
    options = [_against(written, quantity, (number, last), unit, size(unit), reading) for unit in units]
    if not options:
        options = [_against(written, quantity, (number, last), (), scale, reading) for scale in bare_scales(reading)]
    return next((c for c in options if c.verdict == "holds"), options[0])


def _against(
    written: WrittenClaim,
    quantity: Quantity,
    printed: tuple[Fraction, Fraction],
    unit: Compound,
    scale: Fraction,
    reading: Interpretation,
) -> Claim:
    """A claim of `printed` (number, last digit) units, each worth `scale` in base units, against a reading."""
    number, value, width = printed[0], printed[0] * scale, printed[1] * scale
    if reading.value is None or (unit and dimension_of(unit) != reading.dimension):
        return Claim(written, number, unit, value, width, "unknown", None)
    ratio = reading.value / value if value else None
    ends = (quantity.number.low, quantity.number.high) if isinstance(written.node, Quantity) else (None, None)
    if ends[0] is not None and ends[1] is not None:
        low, high = ends[0] * scale, ends[1] * scale
        inside = low - width / 2 <= reading.value <= high + width / 2
        return Claim(written, number, unit, value, width, "holds" if inside else "off", ratio)
    word, by_digit = verdict(reading.value, value, width)
    if written.bound and (word == "off" or by_digit):
        beyond = (reading.value > value) == (written.bound == "low")
        word, by_digit = "holds" if beyond else "off", False
    return Claim(written, number, unit, value, width, word, ratio, by_digit)


def judge(calculation: WrittenCalculation) -> Judged:
    """Read a calculation and judge its claims; among readings of equal cost, one that the claims agree with."""
    readings = interpret(calculation)
    every = list(quantities(calculation.expression))
    every += [q for c in calculation.claims for q in quantities(c.node)]
    names = unified(t.name for q in every for t in q.meaning(False))
    judged = []
    for reading in readings:
        claims = tuple(c for w in calculation.claims if (c := judge_claim(w, reading, names)) is not None)
        judged.append((reading, claims))
    best = min(range(len(judged)), key=lambda n: (_badness(judged[n][1]), n))
    reading, claims = judged[best]
    others = [(r, c[-1].verdict if c else "") for r, c in judged if r.value != reading.value]
    others.sort(key=lambda other: _apart(other[0], reading))
    rivals = {r.value: (r, word) for r, word in reversed(others)}
    return Judged(calculation, reading, claims, tuple(rivals.values()))


def _apart(one: Interpretation, other: Interpretation) -> int:
    """In how many choices two readings differ."""
    return sum(a != b for a, b in zip(astuple(one.choices), astuple(other.choices), strict=True))


def _badness(claims: tuple[Claim, ...]) -> int:
    return sum({"holds": 0, "unknown": 1, "off": 2}[c.verdict] for c in claims)
