"""The laws, on slipstick's own conversions: exact, over every unit that stands for something physical or counted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from slipstick import convert, laws, registry
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import dimension_words
from slipstick.strategies.unit_names import named_units
from slipstick.units import table

PACKAGED = ["TPU v3 core", "TPU v3 chip", "TPU v3 board", "TPU v3 pod"]
COMPOUNDS: laws.Options = {"inverse": "1/{0}", "product": "{0}*{1}", "quotient": "{0}/{1}", "power": "{0}^{1}"}


def kinds() -> dict[str, list[str]]:
    """Every unit without a prefix and some with, by dimension; devices and scales of temperature aside."""
    found: dict[str, list[str]] = {}
    for each in named_units():
        names = [name for name, _ in each.dimension]
        if "MAC" in names:  # two FLOP, by convention: no kind of its own
            continue
        is_device = any(table().sections.get(name) == "devices" for name in names)
        if (
            not is_device
            and not each.has_zero_of_its_own
            and not each.text.startswith(("nano", "peta", "milli", "giga"))
        ):
            found.setdefault(dimension_words(each.dimension), []).append(each.text)
    return found


def exactly(value: Any, start: str, to: str) -> Fraction:
    """A conversion of slipstick's, exact."""
    return convert((value, start), to).value


EXACT: laws.Options = {
    "dimensionless": ["number"],
    **COMPOUNDS,
    "number": Fraction,
    "whole": Fraction,
    "tolerance": 0,
    "refusal": ConversionError,
    "prefixes": {"kilo": 1000, "mega": 10**6, "milli": Fraction(1, 1000)},
    "prefixed": ["meter", "watt", "second"],
}


@pytest.mark.parametrize("law", laws.ALL, ids=lambda law: law.name)
def test_slipstick_converts_by_the_laws(law: laws.Law) -> None:
    law(exactly, kinds(), **EXACT)


@pytest.mark.parametrize(
    "law", [*(each for each in laws.LINEAR if not each.needs), *laws.REPETITION, laws.refusal], ids=lambda law: law.name
)
def test_packaging_converts_by_the_laws(law: laws.Law) -> None:
    """Two cores to a chip, four chips to a board: levels of one part convert, those of two parts never."""
    options: laws.Options = {"number": Fraction, "whole": Fraction, "tolerance": 0}
    law(exactly, {"TPU v3": PACKAGED, "TPU v2": [each.replace("v3", "v2") for each in PACKAGED]}, **options)


@pytest.mark.parametrize("law", laws.ALL, ids=lambda law: law.name)
def test_the_pint_registry_of_slipstick_keeps_the_laws(law: laws.Law) -> None:
    """The same units as pint quantities, in floating point, arrays included."""
    known = registry()

    def by_pint(value: Any, start: str, to: str) -> Any:
        return known.Quantity(value, start).to(to).magnitude

    units = {"length": ["meter", "mile", "inch"], "time": ["second", "hour", "day"], "data": ["byte", "bit"],
             "compute": ["FLOP", "teraFLOP"], "tokens": ["token", "kilotoken"]}  # fmt: skip
    law(by_pint, units, array=np.array, whole=np.int64, **COMPOUNDS)
