"""What a user may set for an audit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slipstick.against import Figure


@dataclass(frozen=True)
class Settings:
    """What a user may set: a range to use for every utilization, the year of the era where no hardware is named, and
    figures to compare with, in words ("6e22 FLOP"; for the calculation on line 12 "12: 6e22 FLOP").
    """

    utilization: tuple[Fraction, Fraction] | None = None
    year: int | None = None
    against: str | Sequence[str] = ()
    figures: tuple[Figure, ...] = field(default=(), init=False)
    """Those of `against`, read."""

    def __post_init__(self) -> None:
        """Refuse what cannot be (ValueError, one line)."""
        object.__setattr__(self, "figures", _read(self.against))
        year: object = self.year
        if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
            raise ValueError(f"the year must be a whole number such as 2021, not {self.year!r}")
        if self.utilization is None:
            return
        ends = self.utilization
        pair: object = ends
        if not (isinstance(pair, tuple) and len(pair) == 2 and all(_is_number(e) for e in pair)):
            raise ValueError(f"the utilization must be a pair such as (0.2, 0.5), not {ends!r}")
        ends = Fraction(str(ends[0])), Fraction(str(ends[1]))
        object.__setattr__(self, "utilization", ends)
        if not 0 < ends[0] <= ends[1] <= 1:
            raise ValueError(f"the utilization runs from its lower to its higher end, inside 0 to 1, not {ends!r}")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _read(against: object) -> tuple[Figure, ...]:
    """The figures to compare with. Raises ValueError, in one line, for what is none."""
    if not against:
        return ()
    from slipstick.against import figure

    given = [against] if isinstance(against, str) else against
    if not isinstance(given, Sequence):
        raise ValueError(f'expected figures such as "6e22 FLOP", not {against!r}')
    return tuple(figure(each) for each in given)
