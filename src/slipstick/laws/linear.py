"""Laws of conversions within a kind: there and back, by way of a third unit, sums and multiples, zero and sign."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from slipstick.laws.converter import Converter
from slipstick.laws.law import Case, Cases, alike, law
from slipstick.laws.numbers import exact_number, said, told_apart

_MOST_OF_A_FLOAT = 250
_LARGEST_WHOLE = 10**18


def gives(of: Converter, value: Any, path: tuple[Any, ...], want: Any, why: str = "") -> str | None:
    """The sentence where the value along the path is not what is wanted."""
    got = of.through(value, *path)
    if of.close(got, want):
        return None
    told = told_apart(got, want)
    return f"{said(value)} {' -> '.join(map(str, path))} gives {told[0]} {path[-1]}, not {told[1]}{why}"


@law("completeness", alike(2, linear=False))
def completeness(of: Converter, case: Case) -> str | None:
    """Every unit converts into every other of its kind."""
    of.through(case.values[0], *case.units)
    return None


@law("identity", alike(1, linear=False))
def identity(of: Converter, case: Case) -> str | None:
    """A unit into itself leaves the value as it is."""
    return gives(of, case.values[0], case.units * 2, case.values[0])


@law("round trip", alike(2, linear=False))
def round_trip(of: Converter, case: Case) -> str | None:
    """There and back gives the value again."""
    (value,), (a, b) = case
    return gives(of, value, (a, b, a), value)


@law("path independence", alike(3, linear=False))
def path_independence(of: Converter, case: Case) -> str | None:
    """By way of a third unit gives what the direct way gives."""
    (value,), (a, b, via) = case
    return gives(of, value, (a, via, b), of.through(value, a, b), " as directly")


@law("scaling", alike(2, 2))
def scaling(of: Converter, case: Case) -> str | None:
    """So many times a value gives so many times the result."""
    (value, times), units = case
    want = of.through(value, *units) * times
    return gives(of, value * times, units, want, f", {said(times)} times what {said(value)} gives")


@law("additivity", alike(2, 2))
def additivity(of: Converter, case: Case) -> str | None:
    """The sum of two values gives the sum of their results."""
    (one, other), units = case
    want = of.through(one, *units) + of.through(other, *units)
    return gives(of, one + other, units, want, f" as {said(one)} and {said(other)} do together")


@law("zero", alike(2))
def zero(of: Converter, case: Case) -> str | None:
    """Nothing of one unit is nothing of another."""
    return gives(of, of.number(0), case.units, of.number(0))


@law("sign", alike(2))
def sign(of: Converter, case: Case) -> str | None:
    """A negative value gives the negative result."""
    (value,), units = case
    return gives(of, -value, units, -of.through(value, *units))


@law("order", alike(2, 2, linear=False))
def order(of: Converter, case: Case) -> str | None:
    """More of one unit is more of another."""
    (value, more), (a, b) = case
    low, high = of.through(value, a, b), of.through(value + more, a, b)
    below, above = exact_number(low), exact_number(high)
    if below is not None and above is not None and below < above:
        return None
    larger, smaller = said(value + more), said(value)
    return f"{larger} {a} is more than {smaller} {a}, but {said(high)} {b} is not more than {said(low)} {b}"


def _powers_of_ten() -> Cases:
    pairs = alike(2)

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        cases = pairs.drawn(of)
        exponents = st.integers(0, _MOST_OF_A_FLOAT) | st.integers(-_MOST_OF_A_FLOAT, -1)
        return None if cases is None else st.builds(lambda c, e: Case((*c.values, e), c.units), cases, exponents)

    return Cases(lambda of: (), drawn)


@law("wide range", _powers_of_ten())
def wide_range(of: Converter, case: Case) -> str | None:
    """Very large and very small values are converted as accurately as those about 1."""
    (value, exponent), units = case
    want, scaled = of.through(value, *units) * of.number(10) ** exponent, value * of.number(10) ** exponent
    sizes = [exact_number(each) for each in (want, scaled)]
    if any(size is None or not 10**-280 < abs(size) < 10**280 for size in sizes):
        return None  # beyond what the type of number holds
    return gives(of, scaled, units, want)


def _whole_numbers() -> Cases:
    pairs = alike(2)

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        cases, numbers = pairs.drawn(of), st.integers(1, _LARGEST_WHOLE)
        return None if cases is None else st.builds(lambda c, n: Case((n,), c.units), cases, numbers)

    return Cases(lambda of: (Case((1,), case.units) for case in pairs.in_order(of)), drawn)


@law("whole numbers", _whole_numbers())
def whole_numbers(of: Converter, case: Case) -> str | None:
    """A whole number gives what the same number with a decimal point gives: nothing is cut off or overflows."""
    (number,), units = case
    return gives(of, of.whole(number), units, of.through(of.number(number), *units), " as with a decimal point")


@law("elementwise", alike(2, 2), "array")
def elementwise(of: Converter, case: Case) -> str | None:
    """An array gives the results of its elements one by one, and stays as it was."""
    if of.array is None:
        return None
    numbers, (a, b) = list(case.values), case.units
    given = of.array(list(numbers))
    made = of.asked(given, a, b)
    for number, before, got in zip(numbers, given, made, strict=True):
        want = of.through(number, a, b)
        if not of.close(before, number):
            return f"the array [{', '.join(map(said, numbers))}] was changed by {a} -> {b}"
        if not of.close(got, want):
            told = told_apart(got, want)
            return f"{said(number)} {a} -> {b} in an array gives {told[0]} {b}, not {told[1]} as alone"
    return None


LINEAR = (
    completeness, identity, round_trip, path_independence, scaling, additivity, zero, sign, order, wide_range,
    whole_numbers, elementwise,
)  # fmt: skip
"""The laws of this page, in order."""
