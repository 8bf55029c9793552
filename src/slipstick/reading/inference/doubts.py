"""What makes it unsure that a miss is one: units that are not known here, a price whose unit has a prefix.

A doubt never makes a claim hold. Where the numbers miss it, the verdict is `unknown` instead of `off`.
"""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache

from slipstick.frozen import Frozen
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.units import Compound, Dimension, dimension, power, table

_PREFIXES = frozenset("acdefgkmnptuyz")
_VOWELS = frozenset("aeiou")


class Doubt(Frozen):
    """`words` say what is not known; `any_gap` whether that explains any number, or a power of ten alone.

    `of_fit` doubts a claim that fits and no other: the line does not hold all that the value was made with.
    """

    words: str
    any_gap: bool = False
    of_fit: bool = False
    in_thousands: bool = False
    """Whether it explains a power of a thousand, and no other of ten: a prefix that is left unsaid."""

    def explains(self, ratio: Fraction | None) -> bool:
        """Whether a claim that is `ratio` times too small may be right all the same."""
        if ratio is None or ratio <= 0 or self.of_fit:
            return False
        power_of_ten = round(magnitude(ratio))
        if self.in_thousands and power_of_ten % 3:
            return False
        return self.any_gap or (power_of_ten != 0 and abs(ratio / Fraction(10) ** power_of_ten - 1) <= Fraction(2, 100))


def unsaid_prefix(target: Compound) -> Doubt | None:
    """Numbers without a unit set equal to bytes: "10^7 * 3 = 30 TB" may count in megabytes; so with power."""
    said = target[0] if len(target) == 1 else None
    if said is None or not said.prefix or said.name not in _OF_MANY_PREFIXES:
        return None
    return Doubt(f"which prefix of {said.name} the numbers are in is not said", in_thousands=True)


_OF_MANY_PREFIXES = frozenset(("byte", "bit", "joule", "watt", "pascal", "newton"))


@lru_cache(maxsize=1000)
def unlike_symbols(left: Dimension, target: Dimension) -> Doubt | None:
    """A symbol that the registry does not know is left over, and something else is missing: EH above and TH below."""
    if left == target:
        return None
    over = {n: e for n, e in dimension([*left, *power(target, -1)]) if table().is_counted(n)}
    symbols = [n for n in over if n not in table() and _is_symbol(n.strip("_"))]
    for name in symbols:
        others = [n for n in over if n != name and over[n] * over[name] < 0]
        if others:
            return Doubt(f"{name} and {others[0]} are left over, and how many of one make the other is not known", True)
    prefixed = [n for n in symbols if n.strip("_")[0] in _PREFIXES and len(n.strip("_")) == 2]
    return Doubt(f"{prefixed[0]} is not known here, and may have a prefix") if prefixed else None


def _is_symbol(word: str) -> bool:
    """Whether a word looks like the symbol of a unit: two letters, or three without a vowel; "dim" is a noun."""
    return 0 < len(word) <= 2 or (len(word) == 3 and not _VOWELS & set(word))
