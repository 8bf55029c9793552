"""What is published elsewhere about the system that a calculation is about.

What it finds: a result in FLOP of a training run whose own words name a system of data/systems.csv ("Meena was trained
...", "For 600B GShard MoE model:"), beside the figures that others measured, counted or derived for it, each with its
source and how many times the value it is. None of them is taken for right.

Why it matters: whether an estimate is good shows best beside a measurement. Meena was estimated at 1.8e23 FLOP, and
measured at 1.12e23.

Stays silent when: the system is named in a comparison, or beside others; the result is no training compute, being a
hundred times away from all figures; every figure agrees with value and claim to a tenth; or the figures rest on the
estimate itself.

Source: data/systems.csv, which has the whole source of each figure; the note names who says it, and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue.systems import SystemFigure
from slipstick.finding import Confidence
from slipstick.judging.named_systems import PublishedCompute, compute_of, systems_of
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import dimension_of

_AGREES, _FAR, _LEAST = Fraction(1, 10), 100, 10**16
_MOST = 3
"""How many figures of a system are told."""
_FLOP = (("FLOP", 1),)


def _is_compute(audited: Audited) -> bool:
    """Whether so much is claimed or computed that it may be a training run."""
    claim = audited.last_claim
    if audited.value is not None and audited.reading.dimension == _FLOP:
        return int(audited.value) >= _LEAST
    return claim is not None and int(claim.value) >= _LEAST and dimension_of(claim.unit) == _FLOP


@rule(
    "C140",
    "published-figure",
    bad=(
        "Meena was trained for 30 days: 30 days * 86400 s/day * 2048 TPU v3 cores * 61.5e12 FLOP/s * 0.5 = 1.6e23 FLOP",
        "For 600B GShard MoE model: 22 TPU v3 core-years * 0.125 boards/core * 420e12 FLOP/s * 0.33 = 1.2e22 FLOP",
    ),
    good=(
        "GPT-3: 6 * 175e9 parameters * 300e9 tokens = 3.15e23 FLOP",
        "GPT-3 at inference: 2 * 175e9 parameters * 1000 tokens = 3.5e14 FLOP",
        "Twice GPT-3: 6 * 350e9 parameters * 300e9 tokens = 6.3e23 FLOP",
        "Our model, like Meena: 30 days * 86400 s/day * 2048 TPU v3 cores * 61.5e12 FLOP/s * 0.5 = 1.6e23 FLOP",
        "GPT-3 6.7B: 6 * 6.7e9 parameters * 300e9 tokens = 1.2e22 FLOP",
    ),
)
def published_figure(audited: Audited) -> Iterator[Found]:
    """One note for the calculation."""
    if not _is_compute(audited):
        return
    written = audited.judged.written
    start = written.label.span.start if written.label is not None else written.span.start
    named = systems_of(audited.text, start)
    values = _values(audited) if named else {}
    told = [words for system in named if (words := _words(system, values))]
    if told:
        confidence = Confidence.HIGH if len(named) == 1 else Confidence.MEDIUM
        yield Found(written.span, ". ".join(told), confidence=confidence)


def _values(audited: Audited) -> dict[str, Fraction]:
    """The numbers that the figures are held against: the value, and the claim where it is off or there is no value."""
    claim = audited.last_claim
    value = {"value": audited.value} if audited.value and audited.reading.dimension == _FLOP else {}
    if claim is not None and claim.value and (not value or claim.verdict == "off"):
        return {**value, "claim": claim.value}
    return value


def _words(system: str, values: dict[str, Fraction]) -> str:
    """The figures of one system in words, parted by semicolons; "" where there are none, or all agree."""
    near = [each for each in compute_of(system) if any(_is_near(each, value) for value in values.values())]
    if all(each.agrees(value, _AGREES) for each in near for value in values.values()):
        return ""
    return f"{system} elsewhere: " + "; ".join(_figure(each, values, not n) for n, each in enumerate(near[:_MOST]))


def _is_near(each: PublishedCompute, value: Fraction) -> bool:
    return Fraction(1, _FAR) < each.ratio(value) < _FAR


def _figure(each: PublishedCompute, values: dict[str, Fraction], first: bool) -> str:
    """Number, ratio, of what, by whom; what the ratios are of is said with the first."""
    figure = each.figure
    number = short(each.low) if each.low == each.high else f"{short(each.low)} to {short(each.high)}"
    _, _, what = figure.item.partition("training compute")
    what = what.strip(", ") or (figure.item if not figure.item.startswith("training compute") else "")
    of_note = figure.note and (figure.kind == "derived" or figure.confidence == "low")
    remark = f": {figure.note.replace(';', ',')}" if of_note else ""
    said = (f"{number} FLOP" if first else number, _compared(each, values, first), what)
    return f"{', '.join(filter(None, said))} ({_cited(figure)}{remark})"


def _compared(each: PublishedCompute, values: dict[str, Fraction], first: bool) -> str:
    """How many times each of the numbers a figure is: "0.553 times the value and 5.54 times the claim"."""
    ratios = []
    for name, value in values.items():
        of_it = f" the {name}" if first or len(values) > 1 else ""
        inside = each.low < value < each.high
        ratios.append(f"the {name} is inside" if inside else f"{short(each.ratio(value))} times{of_it}")
    return " and ".join(ratios)


def _cited(figure: SystemFigure) -> str:
    """Who says so: "measured by Patterson et al. 2021", "Epoch AI, 2026-01"; the table has the whole source."""
    if figure.kind == "derived":
        return figure.kind
    if figure.source.startswith(("http", "Epoch AI")) or "Epoch AI," in figure.source:
        who = "Epoch AI" if "Epoch AI" in figure.source else figure.kind
        return f"{who}, {figure.date[:7]}"
    who = figure.source.partition(", arXiv")[0]
    return f"measured by {who}" if figure.kind == "measured" else f"{figure.kind}: {who}"
