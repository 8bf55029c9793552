"""The edges between two units: what each prefix and each unit is in its base units, with its source."""

from __future__ import annotations

from fractions import Fraction

from slipstick.conversion.edges import Step
from slipstick.conversion.registry import table, unit
from slipstick.units import Compound, UnitTerm, label

_SI, _IEC = "SI Brochure, 9th edition (2019), table 7", "IEC 80000-13:2008"


def steps_of(have: Compound, want: Compound) -> tuple[Step, ...]:
    """What leads from one compound to the other, but for the units that stand on both sides alike."""
    found: dict[str, Step] = {}
    shared = set(have) & set(want)
    for term in (*have, *want):
        if term in shared:
            continue
        for step in _steps(term):
            found.setdefault(step.text, step)
    return tuple(found.values())


def _steps(term: UnitTerm) -> tuple[Step, ...]:
    steps = []
    if term.prefix:
        size = table().prefixes[term.prefix]
        source = _IEC if term.prefix.endswith("bi") else _SI
        steps.append(Step(f"{term.prefix} = {number(size)}", size, source))
    if term.name not in table():
        return tuple(steps)
    factor = table().factor(UnitTerm(term.name))
    known = unit(term.name)
    if factor != 1 or known.definition != "base unit":
        base = label(table().dimension(UnitTerm(term.name)))
        steps.append(
            Step(f"1 {term.name.strip('_').replace('_', ' ')} = {number(factor)} {base}", factor, known.source)
        )
    return tuple(steps)


def number(value: Fraction) -> str:
    """A rational as a reader takes it: 86,400, 0.0254, 10^15, 5/9, and 12 digits with "..." where it does not end."""
    if value.denominator == 1 and abs(value) < 10**15:
        return f"{value.numerator:,}"
    power = len(str(value.numerator)) - 1
    if value.denominator == 1 and value == 10**power:
        return f"10^{power}"
    if value.numerator == 1 and value.denominator == 10 ** (len(str(value.denominator)) - 1):
        return f"10^-{len(str(value.denominator)) - 1}"
    if abs(value.numerator) < 10**4 and value.denominator < 10**4 and not ends(value):
        return f"{value.numerator}/{value.denominator}"
    text = f"{float(value):.12g}"
    return text if Fraction(text) == value else f"{float(value):.15g}" + ("" if ends(value) else "...")


def ends(value: Fraction) -> bool:
    """Whether the decimals of a rational come to an end."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    return rest == 1
