"""The units of the calculation do not come out as the claim's.

What it finds: a result in other units than the claim states, with what is left over: a time too many or too few (kW
claimed for kWh), FLOP for FLOP/s (with what is meant, where the number is right), chips multiplied by a rate per
board. It is a note where a rate multiplied by a time is called FLOP/s and the number fits, and where a unit that is
not known here may hide the difference.

Why it matters: one of the factors is not what its unit says, or the claim is not.

Stays silent when: the units can be made to come out by the additions that specs/inference.md lists, such as a rate
that is per device without saying so.

Source: specs/inference.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware
from slipstick.finding import Fix, Severity
from slipstick.judging.verdicts import Claim, verdict
from slipstick.patterns import pattern
from slipstick.reading.expressions.tree import Node, Product
from slipstick.reading.inference.factors import uncounted
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.inference.periods import period_of
from slipstick.reading.quantities.kinds import in_binary, kind_of
from slipstick.reading.quantities.quantities import Quantity
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import Dimension, UnitTerm, dimension, dimension_of, label, power, size, table, written


@rule(
    "U201",
    "unit-mismatch",
    bad=(
        "3 kW * 5 * 8 h = 120 kW",
        "8 TPU v3 chips * 420e12 FLOP/s/TPU v3 board * 10 days = 2.9e21 FLOP",
        "312 TFLOP/s * 10 days = 2.7e20 FLOP/s",
        "6 * 7B parameters * 2T tokens = 8.4e22 FLOP/s",
    ),
    good=(
        "3 kW * 5 * 8 h = 120 kWh",
        "12 agents * 44 days * 420e12 FLOP/s * 32 TPU v3 boards = 6.1e23 FLOP",
        "0.7 kW * 1024 * 34 days = 585 MWh",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def unit_mismatch(audited: Audited) -> Iterator[Found]:
    """One warning that names what is left over; a note where a bare number may be what is missing."""
    reading, claim = audited.judged.reading, audited.last_claim
    if claim is not None and claim.verdict == "unknown" and reading.doubt and not reading.mismatch:
        yield Found(claim.written.span, f"the number is not judged: {reading.doubt.words}")
    if not reading.mismatch or reading.rate_missing or claim is None or reading.clashes or claim.written.by_word:
        return
    wanted = dimension_of(claim.unit)
    over = dimension([*reading.dimension, *power(wanted, -1)])
    if not over and isinstance(claim.written.node, Product):
        return  # "10 boxes x 4 kg = 5 boxes x 8 kg": in other units of one kind
    if claim.verdict == "holds":
        period = period_of(claim.unit)
        message = f"the result is per {period}, which is left unsaid"
        message = message if period else "a rate multiplied by a time is a count of operations, and is read so"
        yield Found(claim.written.span, message, fix=None if period else _other_unit(audited, claim))
        return
    left = dict(over)
    if left.get("MAC") == 1 and left.get("FLOP", 0) in (0, -1) and "second" not in left:
        return  # the rule of multiply-adds tells it
    alike = dict(reading.dimension).keys() & dict(wanted).keys()
    message = f"the units give {reading.label}, not {label(wanted)}"
    message += f": {_in_words(over)}" if alike or "kilogram" not in dict(over) else ""  # no part of a joule is money
    severity = Severity.NOTE if _may_be_unsaid(over, audited, claim) else Severity.WARNING
    fix = _other_unit(audited, claim) if _is_rate_for_count(over, audited, claim) else None
    more = _price_unsaid(over, audited, claim) or _packaging(over, audited)
    message += f"; {fix.text} would be right" if fix is not None else more
    yield Found(claim.written.span, message, severity, fix=fix)


def _is_rate_for_count(over: Dimension, audited: Audited, claim: Claim) -> bool:
    """Whether FLOP/s are said for FLOP, or the other way round: the number is right."""
    if over not in ((("second", 1),), (("second", -1),)) or audited.value is None:
        return False
    counts = any(name == "FLOP" for name, _ in audited.reading.dimension)
    return counts and verdict(audited.value, claim.value, claim.last_digit)[0] == "holds"


def _price_unsaid(over: Dimension, audited: Audited, claim: Claim) -> str:
    """The bare number that is the price, where the numbers alone give the money: "5,000 H100-hours * 90 = $450,000"."""
    reading = audited.judged.reading
    bare = [f for f in reading.factors if f.quantity.is_bare and not f.unit and f.role != "conversion"]
    priced = [f.unit for f in reading.factors if f.unit]
    lacks = [e for name, e in over if table().sections.get(name) == "money"] == [-1]
    if not lacks or len(bare) != 1 or not priced or bare[0].exponent != 1 or reading.literal is None or not claim.value:
        return ""
    width = claim.last_digit / claim.value * claim.number
    if verdict(reading.literal, claim.number, width)[0] != "holds":
        return ""
    things = written(tuple([term for unit in priced for term in unit]))
    return f"; {bare[0].quantity.span.of(audited.text)} would have to be a price per {things}, which is not said"


_PER_SECOND = pattern(r"\s*(?:/|\bper\b)\s*s(?:ec(?:ond)?)?\b\.?", re.IGNORECASE)


def _other_unit(audited: Audited, claim: Claim) -> Fix | None:
    """The claim as a count of operations where it is a rate, as a rate where it is a count."""
    text = claim.written.span.of(audited.text)
    value = None if audited.value is None else float(audited.value)
    without = _PER_SECOND.sub("", text)
    return Fix(f"{text}/s" if without == text else without, value)


def _may_be_unsaid(over: Dimension, audited: Audited, claim: Claim) -> bool:
    """Whether a bare number may be what is missing: a divisor, or one with which the numbers agree.

    "8 * 0.7 kW * 24 = 134 kWh" leaves the hours unsaid.
    """
    reading, claimed = audited.judged.reading, claim.written.node
    if _is_in_unknown_unit(claimed, reading.factors):
        return True
    if any(
        f.exponent < 0 and len(f.unit) == 1 and f.unit[0].name == "hour" and f.value in (24, 8760)
        for f in reading.factors
    ):
        return True  # "/ 24 h = 3.7 days": hours of a day
    if over == (("second", -1),) and not reading.dimension and reading.value is not None:
        return verdict(reading.value, claim.number, claim.last_digit * claim.number / claim.value)[0] == "holds"
    if any(e < 0 and table().sections.get(name) == "money" for name, e in over):
        return True  # "10,000 × 30 s × 1 GB = $5": the price is left out
    if any(len(f.unit) == 1 and table().sections.get(f.unit[0].name) == "money" for f in reading.factors):
        return True  # a bare price may be per anything: "0.7 kW * 8760 h * $0.10"
    if any(f.quantity.is_bare and not f.unit and f.role != "conversion" and f.exponent < 0 for f in reading.factors):
        return True  # a bare divisor may be per anything: "680,000 hours * 3600 / 30 = 81.6M examples"
    bare = any(
        f.quantity.is_bare and not uncounted(dimension_of(f.unit)) and f.role != "conversion" for f in reading.factors
    )
    bare = bare or any(f.quantity.unit is not None and not f.quantity.unit.known for f in reading.factors)
    missing = (dict(over).get("second", 0) < 0) if "second" in dict(over) else all(e < 0 for _, e in over)
    if over == (("mole", 1),) or _is_of_each(over, audited):
        bare = missing = True  # "0.125 mol x 111.1 g = 13.9 g", "60 kg x 2 g = 120 g": so many grams of each
    if any(e < 0 and (name in _PHYSICAL or "second" not in dict(over)) for name, e in over):
        missing = True  # "74.6 ft^3 × 145 = 10817 lb", "75 kg × 9.81 = 736 N": it may have whatever units are left out
    missing = missing or (over == (("second", 1),) and not _names_a_time(reading.factors))
    if over == (("second", 1),) and _repeats_daily(reading.factors, claim):
        bare = missing = True
    if not bare or not missing or reading.literal is None:
        return bare and missing  # of a sum in it the numbers alone tell nothing
    width = claim.last_digit / claim.value * claim.number if claim.value else Fraction(0)
    pairs = [(reading.literal, claim.number, width)]
    if (unit := in_binary(claim.unit)) != claim.unit:
        many = size(unit)  # "16,384 * 32 = 512 KB"
        pairs.append((reading.stated, claim.number * many, width * many))
    many = _OF_WATER.get(over, Fraction(1))  # "0.75 L × 12.5% × 0.8 = 75 g"
    pairs.append((reading.stated * many, claim.value, claim.last_digit))
    return any(verdict(*pair)[0] == "holds" for pair in pairs)


def _is_in_unknown_unit(claimed: Node, factors: tuple[ReadFactor, ...]) -> bool:
    """Whether what the result is called may be a unit all the same ("= 0,98 gramos"), or so a factor ("100 µF")."""
    if isinstance(claimed, Quantity) and claimed.unit is not None and not claimed.unit.known:
        return True
    unknown = [f.quantity.unit for f in factors if f.quantity.unit is not None and not f.quantity.unit.known]
    return any(len("".join(unit.words)) <= _LETTERS_OF_SYMBOL for unit in unknown)


def _is_of_each(over: Dimension, audited: Audited) -> bool:
    """Whether what is too many is the mass, the length or the area of one factor: the other may be so much of each.

    "60 kg x 2 g = 120 g", "100 m^2 x 50 W = 5 kW"; and where water is meant, so many ml are as many grams.
    """
    kinds = dimension(pair for pair in over if pair[0] != "second")
    if kinds in _WATER:
        return True
    physical = bool(kinds) and all(name in _PHYSICAL for name, _ in kinds)
    alike = [f for f in audited.reading.factors if f.exponent == 1 and dimension_of(f.unit) == kinds]
    return physical and bool(alike)


_PHYSICAL = frozenset(("kilogram", "meter", "mole", "kelvin", "ampere"))
_VOLUME, _MASS = (("meter", 3),), (("kilogram", 1),)
_WATER = (dimension((*_VOLUME, *power(_MASS, -1))), dimension((*_MASS, *power(_VOLUME, -1))))
_LETTERS_OF_SYMBOL = 2
_OF_WATER = {_WATER[0]: Fraction(1000), _WATER[1]: Fraction(1, 1000)}
"""What cubic metres are in kilograms of water, and kilograms of it in cubic metres."""
_PERIODS = frozenset(("day", "week", "month", "year"))
_POWER = dimension_of((UnitTerm("watt"),))


def _repeats_daily(factors: tuple[ReadFactor, ...], claim: Claim) -> bool:
    """Whether a number of days may repeat an amount that is one for each day: "(1000 Wh * 5 days) / 12 V = 417 Ah"."""
    days = any(f.exponent == 1 and len(f.unit) == 1 and f.unit[0].name in _PERIODS for f in factors)
    rate = dimension_of(claim.unit) == _POWER or any(t.name in table().sections and t.exponent < 0 for t in claim.unit)
    return days and not rate


def _names_a_time(factors: tuple[ReadFactor, ...]) -> bool:
    """Whether any factor is in hours, watts or per second; where none is, a bare number may be so many each second.

    "100K × 10 KB = 1 GB/s".
    """
    return any("second" in dict(dimension_of(f.unit)) for f in factors)


def _in_words(over: Dimension) -> str:
    names = {"second": "a time", "FLOP": "operations"}
    above = [names.get(n, n.replace("_", " ")) for n, e in over if e > 0]
    below = [names.get(n, n.replace("_", " ")) for n, e in over if e < 0]
    parts = [f"{' and '.join(above)} too many"] if above else []
    return " and ".join([*parts, f"{' and '.join(below)} missing"] if below else parts)


def _packaging(over: Dimension, audited: Audited) -> str:
    """Where two levels of one part are left over, the packaging that is missing and what the estimate becomes."""
    above, below = ([n for n, e in over if e == sign] for sign in (1, -1))
    if len(over) != 2 or len(above) != 1 or len(below) != 1 or audited.value is None:
        return ""
    (_, part, small), (_, other, large) = kind_of(above[0]), kind_of(below[0])
    found = hardware.count(part, large, small) if part and part == other else None
    if found is None:
        return ""
    after = audited.value / found[0]
    edge = f"{found[0]} {small}s per {large} ({found[1][0].source})"
    return f"; with {edge} the estimate is {short(after)} {audited.judged.reading.target_label}"
