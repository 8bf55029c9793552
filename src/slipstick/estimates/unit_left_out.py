"""The unit that a formula of training compute leaves out: 6*N*D is in parameter*token, unless 6 is in FLOP for each.

6 FLOP per parameter and token for training, 2 for a forward pass: Kaplan et al. 2020 (arXiv 2001.08361), section 2.1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from slipstick.reading.quantities import arithmetic
from slipstick.units import label

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate

_PER_PARAMETER_AND_TOKEN = (2, 6)


class UnitLeftOut(NamedTuple):
    """A bare number of FLOP per parameter and token, and the unit that the result would have with its own."""

    number: str
    unit: str

    def __str__(self) -> str:
        """What to write instead, in one line."""
        whole = f"{self.number} FLOP/parameter/token"
        return f"{self.number} has no unit here; as an input of {whole} it would make the result {self.unit}"


def unit_left_out(estimate: Estimate) -> UnitLeftOut | None:
    """The only number of a product, where it is a bare 6 or 2 beside parameters and tokens; else None."""
    exponents = dict(estimate.dimension)
    powers = estimate.powers
    if powers is None or exponents.pop("parameter", 0) != 1 or exponents.pop("token", 0) != 1:
        return None
    constants = [i for i in estimate.leaves if i.constant]
    if len(constants) != 1 or powers[id(constants[0])] != 1 or constants[0].value not in _PER_PARAMETER_AND_TOKEN:
        return None
    exponents["FLOP"] = exponents.get("FLOP", 0) + 1
    unit = label(tuple(sorted((name, e) for name, e in exponents.items() if e)))
    return UnitLeftOut(arithmetic.plain_number(constants[0].value), unit)
