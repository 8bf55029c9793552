"""The laws of a converter, tried on pint, astropy.units, unyt and slipstick: what each of them keeps.

    python tests/bench/converters.py

pint, astropy and unyt in the versions that are installed; what is missing is said, and not tried. Each library converts
the same units, by kind: those of nature, and what estimates count or measure (bytes, angles, fractions, tokens).
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable, Iterator
from importlib.metadata import version
from typing import Any

from slipstick import convert, laws

UNITS = {
    "length": ["meter", "inch", "mile", "parsec"],
    "time": ["second", "hour", "day"],
    "mass": ["gram", "pound"],
    "energy": ["joule", "eV", "calorie"],
    "data": ["byte", "bit"],
    "angle": ["radian", "degree"],
    "fraction": ["percent", "ppm"],
}
COMPOUNDS: laws.Options = {"inverse": "1/{0}", "product": "{0}*{1}", "quotient": "{0}/{1}", "power": "{0}**{1}"}
MORE: laws.Options = {"prefixes": {"kilo": 1000, "milli": 1e-3}, "prefixed": ["meter", "second"]}


def with_pint() -> laws.Convert:
    """pint's own registry."""
    import pint

    known = pint.UnitRegistry()
    return lambda value, start, to: known.Quantity(value, start).to(to).magnitude


def with_astropy() -> laws.Convert:
    """astropy.units, its imperial units enabled; data have astropy's names."""
    from astropy import units

    units.add_enabled_units(units.imperial)
    other = {"calorie": "cal", "degree": "deg", "percent": "%", "inch": "inch", "pound": "lb"}

    def spelled(text: str) -> Any:
        for name, own in other.items():
            text = text.replace(name, own)
        return units.Unit(text)

    return lambda value, start, to: (value * spelled(start)).to_value(spelled(to))


def with_unyt() -> laws.Convert:
    """unyt, by its default registry."""
    import unyt

    def made(value: Any, start: str, to: str) -> Any:
        quantity = unyt.unyt_array(value, start) if hasattr(value, "shape") else unyt.unyt_quantity(value, start)
        return quantity.to(to).value

    return made


def with_slipstick() -> laws.Convert:
    """slipstick.convert, exact until the last step."""
    return lambda value, start, to: float(convert((value, start), to).value)


LIBRARIES: dict[str, Callable[[], laws.Convert]] = {
    "slipstick": with_slipstick,
    "pint": with_pint,
    "astropy": with_astropy,
    "unyt": with_unyt,
}


def known_to(made: laws.Convert) -> dict[str, list[str]]:
    """The units that a library converts into themselves."""

    def knows(unit: str) -> bool:
        try:
            made(1.0, unit, unit)
        except Exception:
            return False
        return True

    kept = {kind: [unit for unit in units if knows(unit)] for kind, units in UNITS.items()}
    return {kind: units for kind, units in kept.items() if units}


def rows(name: str, made: laws.Convert) -> Iterator[str]:
    """What came of each law, in lines."""
    units = known_to(made)
    missing = [unit for kind, every in UNITS.items() for unit in every if unit not in units.get(kind, [])]
    yield f"\n{name} {version(name)}" + (f", without {', '.join(missing)}" if missing else "")
    options: laws.Options = {**COMPOUNDS, **MORE, "dimensionless": ["fraction"]}
    if name != "slipstick":
        import numpy as np

        options |= {"array": np.array, "whole": np.int64}
    outcomes = laws.examine(made, units, **options)
    held = [each for each in outcomes if each.holds]
    yield f"  {len(held)} laws hold, {sum(each.holds is False for each in outcomes)} do not"
    yield from (f"  {each.sentence}" for each in outcomes if not each.holds)


def main() -> int:
    """Print what each library keeps."""
    warnings.simplefilter("ignore")
    for name, made in LIBRARIES.items():
        try:
            converter = made()
        except ImportError:
            print(f"\n{name} is not installed, and was not tried")
            continue
        print("\n".join(rows(name, converter)), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
