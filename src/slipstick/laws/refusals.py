"""Laws of what must not convert: unlike kinds, and compounds whose dimensions differ."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.laws.compound import power, product, quotient
from slipstick.laws.converter import Converter
from slipstick.laws.law import Case, Cases, law, unlike
from slipstick.laws.numbers import exact_number, said


def _accepted(of: Converter, start: object, to: object) -> str | None:
    """The sentence where a conversion that has to be refused is answered."""
    if of.refuses(start, to):
        return None
    got = of.asked(of.number(1), start, to)
    told = repr(got) if exact_number(got) is None else f"{said(got)} {to}"
    return f"1 {start} -> {to} gives {told}, and has to be refused"


@law("refusal", unlike())
def refusal(of: Converter, case: Case) -> str | None:
    """Units of different kinds are refused."""
    return _accepted(of, *case.units)


@law("symmetry of refusal", unlike())
def symmetry_of_refusal(of: Converter, case: Case) -> str | None:
    """What is refused one way is refused the other way."""
    a, b = case.units
    there, back = of.refuses(a, b), of.refuses(b, a)
    if there == back:
        return None
    yes, no = (f"{a} -> {b}", f"{b} -> {a}") if there else (f"{b} -> {a}", f"{a} -> {b}")
    return f"{yes} is refused, {no} is not"


def _each_unit() -> Cases:
    def every(of: Converter) -> Iterator[Case]:
        yield from (Case((), (unit,)) for units in of.dimensional_kinds() for unit in units)

    return Cases(every, lambda of: None)


@law("dimension of powers", _each_unit(), "power")
def dimension_of_powers(of: Converter, case: Case) -> str | None:
    """A unit does not convert into its own square, nor a square into a cube."""
    (a,) = case.units
    squared, cubed = power(of, a, 2), power(of, a, 3)
    return _accepted(of, a, squared) or _accepted(of, squared, cubed)


@law("dimension of products", unlike(dimensional=True), "product")
def dimension_of_products(of: Converter, case: Case) -> str | None:
    """A product of two kinds does not convert into either of them."""
    a, b = case.units
    return _accepted(of, product(of, a, b), a) or _accepted(of, product(of, a, b), b)


@law("dimension of quotients", unlike(dimensional=True), "quotient")
def dimension_of_quotients(of: Converter, case: Case) -> str | None:
    """A quotient of two kinds converts neither into the one above nor into itself upside down."""
    a, b = case.units
    return _accepted(of, quotient(of, a, b), a) or _accepted(of, quotient(of, a, b), quotient(of, b, a))


REFUSALS = (refusal, symmetry_of_refusal, dimension_of_powers, dimension_of_products, dimension_of_quotients)
"""The laws of this page, in order."""
