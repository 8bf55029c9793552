"""A ratio of cores, chips, boards or pods that the hardware does not have.

What it finds: a factor such as "0.25 TPU boards / TPU core" where the catalogue's packaging says otherwise (a TPU v3
board has 4 chips of 2 cores each, so a core is 0.125 of a board), with what the estimate becomes.

Why it matters: the units cancel all the same; no dimension checker sees it. It moved three of the seven estimates of
one comment thread by a factor of two, and a fourth that only names core-years.

Stays silent when: the generation has that ratio, or its packaging is not in the catalogue, or a bare "TPU" may mean a
generation that has it.

Source: data/packaging.csv, each edge with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware
from slipstick.finding import Fix, Severity
from slipstick.judging.packaging_ratios import Ratio, contradicted
from slipstick.rule import Audited, Found, rule, short


@rule(
    "C101",
    "packaging-ratio",
    bad=(
        "512 TPU v3 cores * 0.25 TPU v3 boards / TPU v3 core * 420e12 FLOP/s/TPU v3 board * 2 days = 9.3e21 FLOP",
        "64 TPU v3 chips * 4 TPU v3 cores/TPU v3 chip = 256 TPU v3 cores",
    ),
    good=(
        "512 TPU v3 cores * 0.125 TPU v3 boards / TPU v3 core * 420e12 FLOP/s/TPU v3 board * 2 days = 4.6e21 FLOP",
        "128 TPU v3 cores * (1 chip / 2 cores) * 123e12 FLOP/s/TPU v3 chip * 11 days = 7.5e21 FLOP",
        "96 nodes * 8 GPU/node = 768 GPUs",
    ),
    severities=(Severity.WARNING,),
)
def packaging_ratio(audited: Audited) -> Iterator[Found]:
    """One warning for each ratio that no hardware of that name has."""
    for ratio, expected, edges in contradicted(audited.judged.reading.factors):
        name = ratio.part or ratio.family
        right = _whole(expected).replace(",", "")
        message = f"{name} has {_counted(expected, ratio)}; {_whole(ratio.value)} {_explained(ratio, name)}"
        after = audited.value * (expected / ratio.value) ** int(ratio.exponent) if audited.value is not None else None
        if after is not None:
            message += f"; with {right} the estimate is {short(after)} {audited.judged.reading.label}"
        message += f" ({'; '.join(dict.fromkeys(e.source for e in edges))})"
        yield Found(ratio.span, message, Severity.WARNING, fix=Fix(right, None if after is None else float(after)))


def _whole(number: Fraction) -> str:
    """A whole number with all its digits, another one with a few."""
    return f"{int(number):,}" if number.denominator == 1 else short(number)


def _counted(expected: Fraction, ratio: Ratio) -> str:
    whole = expected >= 1
    count, inner, outer = (expected, ratio.above, ratio.below) if whole else (1 / expected, ratio.below, ratio.above)
    said = f"{_whole(count)} {inner}{'s' if count != 1 else ''} per {outer}"
    return said if whole else f"{said}, which is {short(expected)} {ratio.above} per {ratio.below}"


def _explained(ratio: Ratio, name: str) -> str:
    """Where the wrong number is another packaging figure of the part, say which."""
    part = ratio.part or name
    levels = ("core", "chip", "board")
    for outer in levels:
        for inner in levels[: levels.index(outer)]:
            found = hardware.count(part, outer, inner) if ratio.part else None
            if found and ratio.value in (Fraction(found[0]), Fraction(1, found[0])):
                of = (inner, outer) if ratio.value >= 1 else (outer, inner)
                return f"is {of[0]} per {of[1]}"
    return "is not a ratio that it has"
