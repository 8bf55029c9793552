"""Why two units do not convert, in one line: both dimensions side by side, and the factor that is missing."""

from __future__ import annotations

from slipstick.conversion.algebra import vector
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import base_name, dimension_name, dimension_words, price_year
from slipstick.conversion.vocabulary import Meaning
from slipstick.units import Dimension, dimension, part_units, power, product

_CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY", "CHF", "INR", "CAD", "AUD")
_GENERIC = ("GPU", "TPU", "CPU", "device", "chip", "core", "board", "pod", "node", "TPU_core", "TPU_chip", "TPU_board")


def unlike(have: Meaning, want: Meaning, have_text: str, want_text: str) -> ConversionError:
    """The refusal of a conversion between unlike kinds."""
    left, right = vector(have.terms), vector(want.terms)
    said = f"{have_text} ({dimension_words(left)}) is not {want_text} ({dimension_words(right)})"
    return ConversionError(said + _reason(left, right))


def _reason(left: Dimension, right: Dimension) -> str:
    missing = product(right, power(left, -1))
    names = {name for name, _ in missing}
    if _is_money(names):
        return _of_money(names)
    if sum(n in part_units() or n in _GENERIC for n in names) > 1:
        return ": different kinds of hardware do not convert; name the same part on both sides"
    if left and right == power(left, -1):
        return ": one is the inverse of the other"
    if (name := dimension_name(missing)) is not None:
        return f": times {_article(name)}"
    if (name := dimension_name(dimension(power(missing, -1)))) is not None:
        return f": divided by {_article(name)}"
    return ""


def _is_money(names: set[str]) -> bool:
    return len(names) > 1 and all(name in _CURRENCIES or price_year(name) for name in names)


def _of_money(names: set[str]) -> str:
    if any(price_year(name) for name in names):
        return ": money of a year converts only to dollars of another year, such as $2020"
    return ": there are no exchange rates here; give the rate as a factor"


def _article(name: str) -> str:
    if name in ("time", "length", "mass", "energy", "power", "area", "volume", "data"):
        return f"a{'n' if name[0] in 'aeiou' else ''} {name}" if name not in ("data",) else "an amount of data"
    return f"a number of {name}" if name == base_name(name) else f"a{'n' if name[0] in 'aeiou' else ''} {name}"
