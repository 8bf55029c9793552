"""Uncertain inputs by hand, with units: `between("5 days", "12 days")`, `normal(10, 2, "kW")`, `factor_of(3)`.

Every function takes numbers, texts with a unit or pint quantities of `slipstick.registry()`, and gives an `Input` to
put into a formula: the same object in two estimates is one input of both. `unit` is a text for plain numbers; `name` is
for estimates that are not made from a formula with names. All raise ValueError, in one line, for what cannot be.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from fractions import Fraction
from inspect import signature
from typing import TYPE_CHECKING, Any, NamedTuple

from slipstick.estimates.given import compound_of, geometric_mean, given_input, read_quantity
from slipstick.estimates.inputs import Input, exact, float_of
from slipstick.frozen import replace
from slipstick.percentages import percentage
from slipstick.units import Compound, dimension_of, label, size

if TYPE_CHECKING:
    from slipstick.uncertainty import Distribution

_FIVE_PERCENT = 0.05


class _Measures(NamedTuple):
    """Numbers in one unit."""

    numbers: tuple[Fraction, ...]
    unit: Compound

    @property
    def floats(self) -> tuple[float, ...]:
        """The numbers as floats."""
        return tuple(map(float_of, self.numbers))


def _measures(unit: str, **given: Any) -> _Measures:
    """What was given in one unit: the stated one, else that of the first that has one."""
    read = [given_input(name, {name: value}) for name, value in given.items()]
    for each in read:
        if each.is_uncertain:
            raise ValueError(f"{each.name} is one number, not a range")
    if any("%" in str(value) for value in given.values()) and not all("%" in str(value) for value in given.values()):
        raise ValueError(f"expected a percent sign on each of {', '.join(given)}, or on none")
    scale, common = _unit(unit) if unit else (Fraction(1), next((i.unit for i in read if i.unit), ()))
    numbers = []
    for each in read:
        if not each.unit and unit:
            numbers.append(each.value * scale)
            continue
        own = each.unit
        if dimension_of(own) != dimension_of(common):
            raise ValueError(f"{each.name} is in {label(dimension_of(own))}, not in {label(dimension_of(common))}")
        numbers.append(each.value * size(own) / size(common))
    return _Measures(tuple(numbers), common)


def _unit(text: str) -> tuple[Fraction, Compound]:
    """The unit of a text and what stands before it: (10^6, USD) of "million USD", (1/100, ()) of "%"."""
    if not isinstance(text, str):
        raise ValueError(f'expected a unit as a text, such as "days" or "FLOP/s", not {text!r}')
    read = read_quantity(f"1 {text}")
    return read.value, compound_of(read)


def _input(distribution: Distribution, unit: Compound, name: str, source: str, value: float | None = None) -> Input:
    """The input with a distribution in its unit; its range is the central 90 %."""
    low, high = (exact(distribution.quantile(p)) for p in (_FIVE_PERCENT, 1 - _FIVE_PERCENT))
    point = exact(distribution.median if value is None else value)
    if low == high:
        return Input(name, point, unit, source=source)
    return Input(name, point, unit, low, high, source=source, stated=distribution)


def between(
    low: Any, high: Any, unit: str = "", *, level: float = 0.9, fraction: bool | None = None, name: str = ""
) -> Input:
    """What lies between two ends with probability `level`.

    Lognormal where both ends are positive; logit-normal, so that it stays inside 0 to 1, for a `fraction`, which is a
    number without a unit whose ends lie inside 0 to 1 unless said otherwise; else normal. Its point is the geometric
    mean of positive ends, else their middle.
    """
    from slipstick.uncertainty import distributions

    (first, last), compound = (made := _measures(unit, low=low, high=high)).numbers, made.unit
    is_fraction = fraction if fraction is not None else not compound and first > 0 and last < 1
    if is_fraction and compound:
        raise ValueError("a fraction has no unit")
    shape = distributions.between(*made.floats, level=level, fraction=is_fraction)
    middle = geometric_mean(first, last) if first > 0 else (first + last) / 2
    source = f"{percentage(level)} % interval, as given"
    if first == last:
        return Input(name, first, compound, source=source)
    if level == 0.9:
        return Input(name, middle, compound, first, last, source=source, fraction=is_fraction)
    return _input(shape, compound, name, source, float_of(middle))


def plus_minus(
    mean: Any,
    sd: Any,
    unit: str = "",
    *,
    level: float | None = None,
    degrees_of_freedom: float = float("inf"),
    fraction: bool | None = None,
    name: str = "",
) -> Input:
    """A mean and its standard uncertainty; with a `level`, the half-width of the central interval of that probability.

    Normal; a `fraction`, which is a number without a unit that stays inside 0 to 1 on both sides unless said
    otherwise, is the logit-normal whose central interval it is.
    """
    from slipstick.uncertainty import constructors

    made = _measures(unit, mean=mean, sd=sd)
    first, half = made.floats
    inside = not made.unit and 0 < first - half < first + half < 1 and degrees_of_freedom == float("inf")
    shape = constructors.plus_minus(
        first,
        half,
        level=level,
        degrees_of_freedom=degrees_of_freedom,
        fraction=inside if fraction is None else fraction,
    )
    kind = "standard uncertainty" if level is None else f"{percentage(level)} % interval"
    return _input(shape, made.unit, name, f"plus or minus, {kind}", made.floats[0])


def normal(mean: Any, sd: Any, unit: str = "", *, name: str = "") -> Input:
    """Normal with a mean and a standard deviation."""
    return _shaped("normal", unit, name, mean=mean, sd=sd)


def uniform(low: Any, high: Any, unit: str = "", *, name: str = "") -> Input:
    """Equally likely everywhere from `low` to `high`."""
    return _shaped("uniform", unit, name, low=low, high=high)


def arcsine(low: Any, high: Any, unit: str = "", *, name: str = "") -> Input:
    """What swings between two ends as a sine does: U-shaped."""
    return _shaped("arcsine", unit, name, low=low, high=high)


def triangular(low: Any, mode: Any, high: Any, unit: str = "", *, name: str = "") -> Input:
    """From `low` to `high`, most likely at `mode`, which is its point."""
    made = _shaped("triangular", unit, name, low=low, mode=mode, high=high)
    return replace(made, value=_measures(unit, low=low, mode=mode, high=high).numbers[1])


def student_t(location: Any, scale: Any, degrees_of_freedom: float, unit: str = "", *, name: str = "") -> Input:
    """A scaled and shifted t distribution: what n = degrees_of_freedom + 1 readings of mean `location` say."""
    from slipstick.uncertainty import constructors

    made = _measures(unit, location=location, scale=scale)
    shape = constructors.student_t(made.floats[0], made.floats[1], _plain("degrees_of_freedom", degrees_of_freedom))
    return _input(shape, made.unit, name, "student_t, as given")


def lognormal(
    *,
    median: Any = None,
    sigma: float | None = None,
    geometric_sd: float | None = None,
    mean: Any = None,
    sd: Any = None,
    unit: str = "",
    name: str = "",
) -> Input:
    """Lognormal by its median with `sigma` (the deviation of the natural log) or a geometric standard deviation.

    Or by its own mean and standard deviation; see `uncertainty.constructors.lognormal`.
    """
    from slipstick.uncertainty import constructors

    measured = {key: value for key, value in (("median", median), ("mean", mean), ("sd", sd)) if value is not None}
    plain = {"sigma": sigma, "geometric_sd": geometric_sd}
    made = _measures(unit, **measured)
    numbers = {key: _plain(key, value) for key, value in plain.items() if value is not None}
    shape = constructors.lognormal(**dict(zip(measured, made.floats, strict=True)), **numbers)
    return _input(shape, made.unit, name, "lognormal, as given", None if median is None else made.floats[0])


def beta(a: float, b: float, *, name: str = "") -> Input:
    """A fraction of 0 to 1 with the beta distribution of shapes `a` and `b`; its mean is a / (a + b)."""
    from slipstick.uncertainty import constructors

    return _input(constructors.beta(_plain("a", a), _plain("b", b)), (), name, "beta, as given")


def factor_of(factor: float, of: Any = 1, unit: str = "", *, level: float = 0.9, name: str = "") -> Input:
    """`of`, known to within a factor either way: lognormal, from `of` / `factor` to `of` * `factor` at `level`."""
    from slipstick.uncertainty import constructors

    made = _measures(unit, of=of)
    within, middle = _plain("factor", factor), made.numbers[0]
    shape = constructors.factor_of(within, level=level)
    if not middle > 0:
        raise ValueError(f"only a positive quantity is known to within a factor, not {float_of(middle):g}")
    source = f"within a factor of {within:g} either way"
    k = exact(within if level == 0.9 else shape.quantile(1 - _FIVE_PERCENT))
    return Input(name, middle, made.unit, middle / k, middle * k, source=source)


def samples(values: Iterable[Any], unit: str = "", *, name: str = "") -> Input:
    """Measured or simulated draws, at least two: the quantity is as likely to be any of them."""
    from slipstick.uncertainty import constructors

    try:
        given = list(values)
    except TypeError:
        raise ValueError(f"expected samples one by one, such as [3, 4, 3.5], not {values!r}") from None
    if any(isinstance(value, str) or hasattr(value, "magnitude") for value in given):
        made = _measures(unit, **{f"sample {n}": value for n, value in enumerate(given, start=1)})
    else:
        scale, common = _unit(unit) if unit else (Fraction(1), ())
        made = _Measures(tuple(exact(value) * scale for value in given), common)
    return _input(constructors.samples(made.floats), made.unit, name, f"{len(given)} samples")


def exactly(value: Any, unit: str = "", *, name: str = "") -> Input:
    """A quantity without uncertainty."""
    made = _measures(unit, value=value)
    return Input(name, made.numbers[0], made.unit)


def _shaped(kind: str, unit: str, name: str, **given: Any) -> Input:
    """An input of a distribution that is made of quantities in one unit."""
    from slipstick.uncertainty import constructors

    made = _measures(unit, **given)
    make: Callable[..., Distribution] = getattr(constructors, kind)
    return _input(make(*made.floats), made.unit, name, f"{kind}, as given")


def _plain(name: str, value: Any) -> float:
    """A number without a unit."""
    try:
        return float_of(exact(value))
    except ValueError as error:
        raise ValueError(f"{name}: {error}") from None


_CALL = re.compile(r"\s*([a-z_]+)\s*\(([^()]*)\)(.*)", re.DOTALL)
_WAYS: dict[str, Callable[..., Input]] = {
    "between": between,
    "plus_minus": plus_minus,
    "normal": normal,
    "uniform": uniform,
    "arcsine": arcsine,
    "triangular": triangular,
    "student_t": student_t,
    "lognormal": lognormal,
    "beta": beta,
    "factor_of": factor_of,
    "samples": lambda *values, **more: samples(values, **more),
    "exactly": exactly,
}


def input_from_text(text: str) -> Input | None:
    """An input from text such as "normal(10, 2) kW" or "between(5 days, 12 days, level=0.5)"; None for other text.

    Raises ValueError for a distribution that is not known, or that cannot be made of what it is given.
    """
    match = _CALL.fullmatch(text)
    if match is None:
        return None
    name, inside, unit = match[1], match[2], match[3].strip()
    if name not in _WAYS:
        raise ValueError(f"expected a distribution of {', '.join(_WAYS)}, not {name!r}")
    plain = [part.strip() for part in inside.split(",") if "=" not in part]
    named = dict(_named(part) for part in inside.split(",") if "=" in part)
    if unit:
        named["unit"] = unit
    try:
        return _WAYS[name](*plain, **named)
    except TypeError:
        known = ", ".join(p for p in signature(_WAYS[name]).parameters if p not in ("unit", "name", "more"))
        raise ValueError(f"{name} takes {known}, not {inside.strip()[:60]!r}") from None


def _named(part: str) -> tuple[str, Any]:
    key, _, value = (piece.strip() for piece in part.partition("="))
    if key == "fraction":
        return key, value.lower() in ("true", "yes", "1")
    return key, _plain(key, value) if key in ("level", "degrees_of_freedom") else value
