"""The laws of a unit converter, for anyone's `convert(value, from_unit, to_unit)`.

    from slipstick import laws

    laws.check_all(convert, {"length": ["m", "km", "mile"], "time": ["s", "hour"]})

Each law is a callable of its own (`laws.round_trip(convert, units)`), and `laws.ALL` has them all, for
`pytest.mark.parametrize`. Units are given by kind, or as a list of such as slipstick knows. A law that is broken raises
`LawBroken`, an AssertionError of one sentence with the simplest example: "round trip: 1 mile -> km -> mile gives 1.0006
mile, not 1". What a law may be told besides (`tolerance`, `product="{0}*{1}"`, ...) stands in `Converter`.

Needs Hypothesis (`pip install "slipstick[testing]"`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple, Unpack

try:
    import hypothesis as _hypothesis  # noqa: F401
except ImportError as error:
    raise ImportError('slipstick.laws needs Hypothesis: pip install "slipstick[testing]"') from error

from slipstick.laws.compound import COMPOUND
from slipstick.laws.compound import inverse_units as inverse_units
from slipstick.laws.compound import order_of_a_product as order_of_a_product
from slipstick.laws.compound import powers as powers
from slipstick.laws.compound import prefixes as prefixes
from slipstick.laws.compound import products as products
from slipstick.laws.compound import quotients as quotients
from slipstick.laws.converter import Convert, Converter, Kinds, Options, converter
from slipstick.laws.known_units import KNOWN
from slipstick.laws.known_units import agreement as agreement
from slipstick.laws.law import Case, Law, LawBroken, NotApplicable
from slipstick.laws.linear import LINEAR
from slipstick.laws.linear import additivity as additivity
from slipstick.laws.linear import completeness as completeness
from slipstick.laws.linear import elementwise as elementwise
from slipstick.laws.linear import identity as identity
from slipstick.laws.linear import order as order
from slipstick.laws.linear import path_independence as path_independence
from slipstick.laws.linear import round_trip as round_trip
from slipstick.laws.linear import scaling as scaling
from slipstick.laws.linear import sign as sign
from slipstick.laws.linear import whole_numbers as whole_numbers
from slipstick.laws.linear import wide_range as wide_range
from slipstick.laws.linear import zero as zero
from slipstick.laws.refusals import REFUSALS
from slipstick.laws.refusals import dimension_of_powers as dimension_of_powers
from slipstick.laws.refusals import dimension_of_products as dimension_of_products
from slipstick.laws.refusals import dimension_of_quotients as dimension_of_quotients
from slipstick.laws.refusals import refusal as refusal
from slipstick.laws.refusals import symmetry_of_refusal as symmetry_of_refusal
from slipstick.laws.repetition import REPETITION
from slipstick.laws.repetition import order_independence as order_independence
from slipstick.laws.repetition import thread_safety as thread_safety

ALL: tuple[Law, ...] = (*LINEAR, *COMPOUND, *REFUSALS, *REPETITION, *KNOWN)
"""Every law, in the order in which they are tried."""

__all__ = ["ALL", "Case", "Convert", "Converter", "Kinds", "Law", "LawBroken", "NotApplicable", "Options", "Outcome"]
__all__ += [
    "COMPOUND",
    "KNOWN",
    "LINEAR",
    "REFUSALS",
    "REPETITION",
    "check_all",
    "examine",
    *(each.__name__ for each in ALL),
]


class Outcome(NamedTuple):
    """What came of a law: `holds` is None where it was not tried; the sentence says what is wrong, or why not tried."""

    law: Law
    holds: bool | None
    sentence: str = ""


def examine(convert: Convert, units: Kinds | Iterable[Any], **options: Unpack[Options]) -> tuple[Outcome, ...]:
    """Every law tried on a converter, whatever it breaks. Raises TypeError or ValueError for units that are none."""
    of = converter(convert, units, options)
    return tuple(_outcome(each, of) for each in ALL)


def _outcome(law: Law, of: Converter) -> Outcome:
    try:
        law.hold(of)
    except LawBroken as broken:
        return Outcome(law, False, str(broken))
    except NotApplicable as reason:
        return Outcome(law, None, str(reason))
    return Outcome(law, True)


def check_all(convert: Convert, units: Kinds | Iterable[Any], **options: Unpack[Options]) -> tuple[Outcome, ...]:
    """Every law tried on a converter; what came of each, if all that could be tried hold.

    Raises LawBroken with one line for each law that does not, TypeError or ValueError for units that are none.
    """
    outcomes = examine(convert, units, **options)
    broken = [outcome.sentence for outcome in outcomes if outcome.holds is False]
    if broken:
        raise LawBroken("\n".join(broken))
    return outcomes
