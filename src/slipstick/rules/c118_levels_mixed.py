"""Devices of one level multiplied by a rate per device of another, with a result that states no unit.

What it finds: "512 TPU v3 chips * 420e12 FLOP/s per board": the units leave chips per board. Where the result states a
unit, U201 says so; where it does not, only the devices that are left over tell.

Why it matters: the packaging is missing, or stands the wrong way round: a factor of 2, 4 or 8.

Stays silent when: the result states its unit, or the devices cancel, a generic name (TPU, GPU) for any level of its
kind.

Source: data/packaging.csv for the factor that is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware
from slipstick.finding import Severity
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule
from slipstick.units import is_device


@rule(
    "C118",
    "levels-mixed",
    bad=(
        "512 TPU v3 chips * 420e12 FLOP/s per TPU v3 board * 10 days * 0.3 = 5.6e22",
        "64 nodes * 312 TFLOP/s per GPU * 10 days * 0.3 = 5.2e21",
        "512 TPU v3 chips * (1 chip / 2 cores) * 123e12 FLOP/s * 7 days * 0.4 = 7.6e21",
    ),
    good=(
        "512 TPU v3 cores * (1 chip / 2 cores) * 123e12 FLOP/s * 7 days * 0.4 = 7.6e21",
        "64 nodes * 8 GPUs/node * 312 TFLOP/s per GPU * 10 days * 0.3 = 4.1e22",
        "64 TPUs * 123e12 FLOP/s per chip * 10 days * 0.3 = 2e21",
    ),
    severities=(Severity.WARNING,),
)
def levels_mixed(audited: Audited) -> Iterator[Found]:
    """One warning for the calculation."""
    of, claim = audited.reading.dimension, audited.last_claim
    above = [name for name, exponent in of if exponent > 0 and is_device(name)]
    below = [name for name, exponent in of if exponent < 0 and is_device(name)]
    if not above or not below or dict(of).get("FLOP") != 1 or (claim is not None and claim.unit):
        return
    message = f"the units leave {audited.reading.label}: devices of one level are multiplied by a rate of another"
    packaging = _packaging(audited, above[0], below[0]) if len(above) == len(below) == 1 else ""
    yield Found(audited.judged.written.expression.span, message + packaging, Severity.WARNING)


def _packaging(audited: Audited, above: str, below: str) -> str:
    """The packaging that is missing, and what the estimate becomes with it; "" where the catalogue has none."""
    (_, part, small), (_, other, large) = kind_of(above), kind_of(below)
    if not part or part != other or not small or not large or abs(dict(audited.reading.dimension)[above]) != 1:
        return ""
    for outer, inner, power in ((large, small, -1), (small, large, 1)):
        found = hardware.count(part, outer, inner)
        if found is not None:
            edge = f"{found[0]} {inner}s per {outer} ({found[1][0].source})"
            return f"; with {edge} the estimate is {audited.becomes(Fraction(found[0]) ** power)}"
    return ""
