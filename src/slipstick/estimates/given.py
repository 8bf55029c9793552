"""Values as people give them from Python: text with a unit, a number, a pint quantity, a range, an input.

quantity("6e22 FLOP"), "44 days", "0.15 to 0.45", (0.15, 0.45), 32, Input(...)
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from numbers import Real
from typing import Any

from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import Input, NumberOutOfRange, deviating, exact, float_of
from slipstick.frozen import replace
from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.quantities import arithmetic, kinds
from slipstick.reading.quantities.intervals import ninety_percent, with_interval
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, label, pint_units, registry, size, table

MAX_LENGTH = 1000


def read_quantity(text: str) -> Quantity:
    """The one number with its unit that a text holds. Raises ValueError, saying what was expected."""
    if not isinstance(text, str):
        raise ValueError(f'expected a text with a unit, such as "6e22 FLOP" or "44 days", not {text!r}')
    tokens = tokenize(text if len(text) <= MAX_LENGTH else "")
    found = read_number(tokens, 0)
    if found is None:
        raise ValueError(f'expected a number with a unit, such as "6e22 FLOP" or "44 days", not {text[:60]!r}')
    number, i = found
    phrase = unit_phrase(tokens, i)
    unit, i = phrase if phrase else (None, i)
    told = with_interval(tokens, i, number, unit)
    number, i = told[:2] if told else (number, i)
    if tokens[i].kind != "end":
        raise ValueError(f"expected a unit after {number.span.of(text)!r}, not {text[tokens[i].span.start :][:60]!r}")
    read = Quantity(number.span, number, unit)
    unknown = [t.name for t in read.meaning(False) if t.name not in table()]
    if unknown:
        raise ValueError(_unknown_unit(unknown[0]))
    return read


def _unknown_unit(word: str) -> str:
    """What to do about a unit that estimates do not know: convert it, where conversions know it, or write another."""
    from slipstick.conversion.converting import base_units
    from slipstick.conversion.errors import ConversionError
    from slipstick.conversion.vocabulary import nearest

    try:
        base = base_units((1, word))
    except ConversionError:
        return f"the unit {word!r} is not known{nearest(word)}"
    return f"the unit {word!r} is not known in estimates; `slipstick convert` has it, in {base}"


def compound_of(read: Quantity) -> Compound:
    """The unit of a quantity that stands alone: FLOPS is a rate, generic device names as they are."""
    every = read.meaning(True)
    return kinds.rename(every, kinds.unified(t.name for t in every))


def quantity(text: str) -> Any:
    """A pint quantity of slipstick's registry from text: `quantity("6e22 FLOP")`, `quantity("312 TFLOP/s/GPU")`.

    Raises ValueError where the text is not one number with known units, or is beyond 1e300. A range gives its
    geometric mean.
    """
    read = read_quantity(text)
    return registry().Quantity(float_of(read.value), pint_units(compound_of(read)))


def exact_of(given: Any, name: str = "value") -> tuple[Fraction, Dimension]:
    """Base value and dimension of a text, a number or a pint quantity. Raises ValueError, with `name`, otherwise."""
    made = given_input(name, {name: given})
    return made.base_value, dimension_of(made.unit)


def given_input(name: str, inputs: Mapping[str, Any]) -> Input:
    """The input `name` from what was given for it.

    Raises ValueError where nothing or nothing usable was given, for a utilization that is no fraction, and for ends
    beyond 1e300 in base units.
    """
    made = _given(name, inputs)
    if any(end is not None and arithmetic.is_out_of_bounds(end * size(made.unit)) for end in (made.low, made.high)):
        raise NumberOutOfRange(f"{name}: its range reaches beyond 1e300 or below 1e-300 in base units")
    most = made.value if made.high is None else max(made.high, made.value)
    if _UTILIZATION.search(name) is not None and not made.unit and not 0 <= made.value <= most <= 1:
        raise ValueError(f"{name}: a utilization lies between 0 and 1, not at {float_of(most):.3g}")
    return made


_UTILIZATION = re.compile(r"(?i)utili[sz]ation|(?<![^\W_])(?:[mh]fu|util)(?![^\W_])")


def _given(name: str, inputs: Mapping[str, Any]) -> Input:
    if name not in inputs:
        raise ValueError(f"the formula needs a value for {name!r}")
    value = inputs[name]
    if isinstance(value, Input):
        return value
    if isinstance(value, str):
        return _from_text(name, value)
    if isinstance(value, tuple) and len(value) == 2:
        low, high = exact_of(value[0], name), exact_of(value[1], name)
        if low[1] != high[1] or not low[0] < high[0]:
            raise ValueError(f"the range of {name} runs from its lower to its higher end, both in one unit")
        unit = tuple(UnitTerm(n, "", e) for n, e in low[1])
        return _ranged(name, unit, low[0], high[0], None)
    if hasattr(value, "magnitude"):
        return _from_pint(name, getattr(value, "quantity", value))  # what was solved for has a quantity
    if isinstance(value, Real | Decimal) and not isinstance(value, bool):
        return Input(name, _number(name, value))
    raise ValueError(f"expected a number, a text with a unit or a quantity for {name}, not {value!r}")


def replacement(old: Input, name: str, inputs: Mapping[str, Any]) -> Input:
    """What was given in the place of an input: an `Input` as it is, else one with the role of the old one.

    Raises UnitsError for another dimension, ValueError as `given_input`.
    """
    made = given_input(name, inputs)
    if dimension_of(made.unit) != dimension_of(old.unit):
        raise UnitsError(f"{name} is in {label(dimension_of(old.unit))}, not in {label(dimension_of(made.unit))}")
    if isinstance(inputs[name], Input):
        return made.with_name(name)
    return replace(made, role=old.role, fraction=old.fraction)


def _number(name: str, value: object) -> Fraction:
    """The number, exact. Raises ValueError, with the input's name, for what is no number from 1e-300 to 1e300."""
    try:
        number = exact(value)
        float_of(number)
    except ValueError as error:
        raise type(error)(f"{name}: {error}") from None
    return number


def _ranged(name: str, unit: Compound, low: Fraction, high: Fraction, value: Fraction | None) -> Input:
    fraction = not unit and low > 0 and high < 1
    if value is None:
        value = geometric_mean(low, high) if low > 0 else (low + high) / 2
    return Input(name, value, unit, low, high, source="as given", fraction=fraction)


def geometric_mean(low: Fraction, high: Fraction) -> Fraction:
    """The geometric mean of two positive numbers.

    Taken about a power of ten between the two, since the product of two small numbers may be out of range.
    """
    scale = Fraction(10) ** round((arithmetic.magnitude(low) + arithmetic.magnitude(high)) / 2)
    return scale * arithmetic.geometric_mean([low / scale, high / scale])


def _from_text(name: str, text: str) -> Input:
    if "(" in text:
        from slipstick.estimates.ranges import input_from_text

        made = input_from_text(text)
        if made is not None:
            return made.with_name(name)
    if _NEGATIVE_END.match(text):
        raise ValueError(_NEGATIVE.format(text[:60]))
    if text.strip()[:1] in _MINUS and text.strip()[1:2] not in _MINUS:
        made = _from_text(name, text.strip()[1:])
        if made.is_uncertain:
            raise ValueError(_NEGATIVE.format(text[:60]))
        return replace(made, value=-made.value)
    if len(text) <= MAX_LENGTH and (words := _IN_WORDS.fullmatch(text)):
        text = f"{words[1] or words[2]} to {words[3]}"
    try:
        read = read_quantity(text)
    except ValueError:
        made = _of_two(name, text) if len(text) <= MAX_LENGTH else None
        if made is None:
            raise
        return made
    unit, number = compound_of(read), read.number
    if number.meant == "±" and number.high is not None:
        return deviating(Input(name, read.value, unit, fraction=not unit), number.high - number.value)
    if (ends := ninety_percent(number, not unit)) is not None:
        made = _ranged(name, unit, ends[0], ends[1], read.value)
        return replace(made, source=ends[2]) if number.meant else made
    if _TELLS_INTERVAL.search(text):
        raise ValueError(f"expected an interval in order that holds the number before it, not {text[:60]!r}")
    return Input(name, read.value, unit)


_TELLS_INTERVAL = re.compile(r"\b(?:CI|CrI|interval)\b", re.IGNORECASE)


_MINUS = ("-", "−")
_NEGATIVE = 'a range with a negative end is written as in "between(-1, 3)", not {!r}'
_TO = r"(?:\.\.|\bto\b|–)\s*"
_NEGATIVE_END = re.compile(rf"\s*[-−].{{1,60}}?{_TO}[-−]?[0-9]|.{{1,60}}?{_TO}[-−][0-9]")
_IN_WORDS = re.compile(r"\s*(?:between\s+(.+?)\s+and|from\s+(.+?)\s+to)\s+(.+)", re.DOTALL)
_BETWEEN_TWO = tuple(re.compile(rf"\s*{sign}\s*") for sign in (r"\b(to)\b", "(–)", r"(\.\.)", r"(±|\+/-)", "(/)"))


def _of_two(name: str, text: str) -> Input | None:
    """What two quantities make: "5 days to 2 weeks", "60 km/h ± 10 km/h", "1/1000"; None for what is none of these.

    Raises ValueError for a range whose ends are in the wrong order, with one unit or two, and for one from 0.
    """
    if (parting := next(filter(None, (sign.search(text) for sign in _BETWEEN_TWO)), None)) is None:
        return None
    try:
        one, other = read_quantity(text[: parting.start()]), read_quantity(text[parting.end() :])
    except ValueError:
        return None
    unit, sign = compound_of(other), parting[1]
    own = compound_of(one)
    if sign == "/":
        return Input(name, one.value / other.value) if other.value and not (own or unit) else None
    if sign in ("±", "+/-") and own and text.endswith("%"):
        return deviating(Input(name, one.value, own), abs(one.value) * other.value)
    if dimension_of(own or unit) != dimension_of(unit):
        raise ValueError(f"both ends of a range are of one kind, not {text[:60]!r}")
    first = one.value * (size(own) / size(unit) if own else 1)
    if sign in ("±", "+/-"):
        return deviating(Input(name, first, unit, fraction=not unit), other.value)
    return _by_its_ends(
        name, unit, (first, other.value), (text[: parting.start()].strip(), text[parting.end() :].strip())
    )


def _by_its_ends(name: str, unit: Compound, ends: tuple[Fraction, Fraction], told: tuple[str, str]) -> Input:
    low, high = ends
    if low > high:
        raise ValueError(f"a range runs from its lower to its higher end, not from {told[0]} to {told[1]}")
    if low <= 0:
        raise ValueError(f'a range from 0 is written as in "uniform(0, 5) days", not from {told[0]} to {told[1]}')
    if low == high:
        raise ValueError(f"a range has two ends, not {told[0]} twice")
    return _ranged(name, unit, low, high, None)


def _from_pint(name: str, given: Any) -> Input:
    known = registry()
    if getattr(given, "_REGISTRY", None) is not known:
        raise ValueError(f"the quantity for {name} is of another pint registry; use slipstick.quantity(...)")
    _number(name, given.magnitude)
    base = given.to_root_units()
    unit = tuple(UnitTerm(str(n), "", Fraction(e).limit_denominator(1000)) for n, e in base.unit_items())
    return Input(name, _number(name, base.magnitude) / size(unit), unit)
