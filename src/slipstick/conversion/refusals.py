"""Why two units do not convert, in one line: both dimensions side by side, and the factor that is missing."""

from __future__ import annotations

from slipstick.conversion.algebra import vector
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import base_name, dimension_name, dimension_words, price_year, table
from slipstick.conversion.vocabulary import Meaning
from slipstick.units import Dimension, Exponent, dimension, part_units, power, product

_CURRENCIES = ("USD", "EUR", "GBP", "JPY", "CNY", "CHF", "INR", "CAD", "AUD")
_MOST_FACTORS = 2


def unlike(have: Meaning, want: Meaning, have_text: str, want_text: str) -> ConversionError:
    """The refusal of a conversion between unlike kinds."""
    left, right = vector(have.terms), vector(want.terms)
    reason = _reason(left, right, product(right, power(left, -1)))
    return ConversionError(
        f"{_named(have_text, left)} is not {_named(want_text, right)}" + (f": {reason}" * bool(reason))
    )


def _named(text: str, of: Dimension) -> str:
    """A unit with its dimension behind it, where the unit's own name does not say it already."""
    words = dimension_words(of)
    return "a plain number" if not text else text if text == words else f"{text} ({words})"


def _reason(left: Dimension, right: Dimension, missing: Dimension) -> str:
    names = {name for name, _ in missing}
    if len(names) > 1 and all(name in _CURRENCIES or price_year(name) for name in names):
        return _of_money(names)
    if len(names) > 1 and all(table().sections.get(name) == "devices" for name in names):
        return _of_devices(names)
    if names == {"CO2e"}:
        return "a mass of CO2 is kept apart from other masses; write CO2e on both sides"
    if left and right == power(left, -1):
        return "one is the inverse of the other"
    if (_is_work(left) and _is_device_time(right)) or (_is_device_time(left) and _is_work(right)):
        return "how much one does in a time depends on its rate and utilization; slipstick cost has both"
    return _factors(missing)


def _is_work(of: Dimension) -> bool:
    return of == (("FLOP", 1),)


def _is_device_time(of: Dimension) -> bool:
    devices = [name for name, exponent in of if exponent == 1 and table().sections.get(name) == "devices"]
    return len(of) == 2 and len(devices) == 1 and ("second", 1) in of


def _of_money(names: set[str]) -> str:
    if any(price_year(name) for name in names):
        return "money of a year converts only to dollars of another year, such as $2020"
    return "there are no exchange rates here; give the rate as a factor"


def _of_devices(names: set[str]) -> str:
    generic = sorted(base_name(name) for name in names if name not in part_units())
    if not generic:
        return "they are of different kinds, and what one does the other does not"
    if len(generic) == len(names):
        return "how many are in one depends on the part; name it, such as TPU v3 core"
    return f"a {generic[0]} may be of any kind; name the part on both sides"


def _factors(missing: Dimension) -> str:
    """What has to be multiplied or divided by, in words; nothing where it is too much for words."""
    named = dimension_name(missing)
    if named is not None and missing[0][1] > 0 and named != "frequency":
        return f"times {_article(named, missing)}"
    below = dimension(power(missing, -1))
    named = dimension_name(below)
    if named is not None:
        return f"divided by {_article(named, below)}"
    if len(missing) > _MOST_FACTORS or any(abs(exponent) != 1 for _, exponent in missing):
        return ""
    return ", ".join(_factor(name, exponent) for name, exponent in sorted(missing, key=lambda pair: pair[1] < 0))


def _factor(name: str, exponent: Exponent) -> str:
    one = _article(base_name(name), ((name, 1),))
    return f"times {one}" if exponent > 0 else f"divided by {one}"


def _article(name: str, of: Dimension) -> str:
    """A dimension as a factor: "a time", "an amount of data", "a number of tokens"."""
    counted = len(of) == 1 and of[0][1] == 1 and base_name(of[0][0]) == of[0][0].strip("_").replace("_", " ")
    if name == "data":
        return "an amount of data"
    if not counted:
        return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"
    if name in ("FLOP", "MAC", "CO2e") or name in _CURRENCIES or price_year(of[0][0]):
        return f"an amount of {name}"
    return f"a number of {'people' if name == 'person' else 'queries' if name == 'query' else name + 's'}"
