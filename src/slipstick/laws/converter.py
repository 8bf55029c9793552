"""A converter under test: anybody's `convert(value, from_unit, to_unit)`, its units by kind, and how they are written.

A unit is whatever the converter takes, mostly a text; a kind is any name for what converts into each other.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from typing import Any, TypedDict

from slipstick.laws.numbers import exact_number, said

Convert = Callable[[Any, Any, Any], Any]
Kinds = Mapping[Any, Iterable[Any]]
Exceptions = type[BaseException] | tuple[type[BaseException], ...]


class Refused(Exception):
    """The converter raised where it has to answer, or gave what is no number; the message is the sentence."""


class NotSupported(Exception):
    """The converter says that it does not know this conversion, with an exception that was declared for it."""


class Options(TypedDict, total=False):
    """What a law may be told beside the converter and its units; the fields of `Converter`, all with defaults."""

    tolerance: float
    number: Callable[[int], Any]
    whole: Callable[[int], Any]
    array: Callable[[list[Any]], Any] | None
    refusal: Exceptions
    unsupported: Exceptions
    offset: Collection[Hashable]
    dimensionless: Collection[Hashable]
    inverse: str
    product: str
    quotient: str
    power: str
    prefixes: Mapping[str, int | Fraction | float]
    prefixed: Collection[Any]
    spelled: Mapping[Any, str]
    threads: int
    examples: int | None


@dataclass(frozen=True)
class Converter:
    """The converter, its units by kind, and the options.

    `tolerance` is relative, 0 means exact. `number` makes the values that are converted (float, Fraction, Decimal, a
    numpy type), `whole` those of whole numbers, `array` arrays of them. `refusal` is what has to be raised between
    unlike units, `unsupported` what says that a pair is not offered. `offset` names kinds whose units have different
    zeros (temperatures), `dimensionless` those that are plain numbers (percent). `inverse`, `product`, `quotient` and
    `power` say how compounds are written ("1/{0}", "{0}*{1}", "{0}/{1}", "{0}**{1}"); `prefixes` are sizes by prefix,
    of the units `prefixed`. `spelled` says what a unit is called in slipstick, where that differs. `examples` is for
    each law, Hypothesis' own where it is None.
    """

    convert: Convert
    kinds: Mapping[Any, tuple[Any, ...]]
    tolerance: float = 1e-9
    number: Callable[[int], Any] = float
    whole: Callable[[int], Any] = int
    array: Callable[[list[Any]], Any] | None = None
    refusal: Exceptions = Exception
    unsupported: Exceptions = ()
    offset: Collection[Hashable] = ()
    dimensionless: Collection[Hashable] = ()
    inverse: str = ""
    product: str = ""
    quotient: str = ""
    power: str = ""
    prefixes: Mapping[str, int | Fraction | float] = field(default_factory=dict)
    prefixed: Collection[Any] = ()
    spelled: Mapping[Any, str] = field(default_factory=dict)
    threads: int = 16
    examples: int | None = None

    def __post_init__(self) -> None:
        if not callable(self.convert):
            raise TypeError(f"expected a function convert(value, from_unit, to_unit), not {self.convert!r}")
        if not 0 <= self.tolerance < 1:
            raise ValueError(f"the tolerance is relative, from 0 (exact) to below 1, not {self.tolerance!r}")
        if self.threads < 2:
            raise ValueError(f"thread safety takes at least 2 threads, not {self.threads}")

    def linear_kinds(self) -> list[tuple[Any, ...]]:
        """The units of each kind with a common zero."""
        return [units for kind, units in self.kinds.items() if kind not in self.offset]

    def dimensional_kinds(self) -> list[tuple[Any, ...]]:
        """Those of them that have a dimension, so that their squares and quotients are other kinds."""
        return [
            units for kind, units in self.kinds.items() if kind not in self.offset and kind not in self.dimensionless
        ]

    def asked(self, value: Any, start: Any, to: Any) -> Any:
        """The converter's answer as it is. Raises what the converter raises, NotSupported for what was declared."""
        try:
            return self.convert(value, start, to)
        except self.unsupported as error:
            raise NotSupported from error

    def through(self, value: Any, *path: Any) -> Any:
        """The value converted along the path of units, each answer a finite number.

        Raises Refused, with the sentence, where the converter raises or answers with something else.
        """
        steps = f"{said(value)} {' -> '.join(map(str, path))}"
        for start, to in pairwise(path):
            try:
                value = self.asked(value, start, to)
            except NotSupported:
                raise
            except Exception as error:
                words = str(error).splitlines()
                raise Refused(f"{steps} raises {type(error).__name__}: {words[0] if words else ''}") from error
            if exact_number(value) is None:
                raise Refused(f"{steps} gives {value!r}, which is no finite number")
        return value

    def refuses(self, start: Any, to: Any) -> bool:
        """Whether the converter refuses one of `start` in `to`. Raises Refused for another exception than `refusal`."""
        try:
            self.asked(self.number(1), start, to)
        except NotSupported:
            raise
        except self.refusal:
            return True
        except Exception as error:
            raise Refused(
                f"1 {start} -> {to} raises {type(error).__name__}, not the refusal that was declared"
            ) from error
        return False

    def close(self, one: Any, other: Any) -> bool:
        """Whether two numbers agree within the tolerance, relative to the larger."""
        first, second = exact_number(one), exact_number(other)
        if first is None or second is None:
            return False
        return abs(first - second) <= Fraction(self.tolerance) * max(abs(first), abs(second))


def converter(convert: Convert, units: Kinds | Iterable[Any], options: Options) -> Converter:
    """The converter with its units by kind; the kinds of a plain list are slipstick's own.

    Raises TypeError for what is no function or no units, ValueError for a unit in two kinds, none at all, or, in a
    list, one that slipstick does not know.
    """
    if isinstance(units, Mapping):
        kinds = {kind: _units(kind, members) for kind, members in units.items()}
    else:
        from slipstick.laws.known_units import by_dimension

        kinds = by_dimension(_units("units", units), options.get("spelled", {}))
    every = [unit for members in kinds.values() for unit in members]
    twice = sorted({str(unit) for unit in every if every.count(unit) > 1})
    if twice:
        raise ValueError(f"{twice[0]} stands in the list of units twice")
    if not every:
        raise ValueError('expected units by kind, such as {"length": ["m", "mile"], "time": ["s", "hour"]}')
    return Converter(convert, kinds, **options)


def _units(kind: Any, members: Any) -> tuple[Any, ...]:
    if isinstance(members, str) or not isinstance(members, Iterable):
        raise TypeError(f'expected a list of units for {kind!r}, such as ["m", "mile"], not {members!r}')
    return tuple(members)
