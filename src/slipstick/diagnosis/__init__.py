"""Which single named change makes a value and a number that disagrees with it agree; else which two.

`diagnose(text, reading, context, target)` searches the named slips of `data/slips.csv` (specs/diagnosis.md). It applies
none of them. The target is a claim (`of_claim`) or any other figure of the same dimension (`around`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from slipstick.assumptions import Context
from slipstick.diagnosis.claims import changed_claim
from slipstick.diagnosis.factors import changed_conversions, changed_counting, changed_factors, powers_of_ten
from slipstick.diagnosis.misspellings import misspellings
from slipstick.diagnosis.packaging import changed_hardware
from slipstick.diagnosis.search import Fit, Found, search
from slipstick.diagnosis.slips import Edit
from slipstick.diagnosis.subject import Subject
from slipstick.diagnosis.target import Target, around, of_claim
from slipstick.reading.arithmetic import as_float
from slipstick.reading.interpretation import Interpretation
from slipstick.source import Span

__all__ = ["Diagnosis", "Diagnoses", "Edit", "Target", "around", "diagnose", "of_claim"]


class Diagnosis(NamedTuple):
    """One explanation: the edits that lead from the value as written to the target, and how far to trust them.

    `value` is that after the edits, in base units; `text` says it in words. `plausibility`, 0 to 1, weighs it against
    everything else that fits and against causes without a name; `chance` is how many edits as plausible would fit by
    accident; `confidence` is high, medium or low. `equally_fitting` are other edits that lead to the very same value.
    """

    edits: tuple[Edit, ...]
    value: float
    text: str
    plausibility: float
    chance: float
    confidence: str
    equally_fitting: tuple[Edit, ...] = ()

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places that the edits change."""
        return tuple(Span(*edit.span) for edit in self.edits if edit.span is not None)


class Diagnoses(NamedTuple):
    """All explanations, most plausible first; `near` are near misses of the first one's story, in words."""

    found: tuple[Diagnosis, ...]
    near: tuple[str, ...]
    tried: int
    target: Target


def diagnose(text: str, reading: Interpretation, context: Context, target: Target) -> Diagnoses:
    """Search for the edits that make the value of `reading`, a calculation in `text`, land on the target."""
    value = as_float(reading.value) if reading.value is not None else None
    if not value or value * target.value <= 0:
        return Diagnoses((), (), 0, target)
    found = search(value, _edits(Subject(text, reading, value, context), target), target)
    return _told(found, target)


def _edits(subject: Subject, target: Target) -> Iterator[Edit]:
    yield from powers_of_ten()
    yield from changed_factors(subject)
    yield from changed_conversions(subject)
    yield from changed_counting(subject)
    yield from misspellings(subject)
    yield from changed_hardware(subject)
    if target.claim is not None:
        yield from changed_claim(subject, target.claim)


def _told(found: Found, target: Target) -> Diagnoses:
    diagnoses = tuple(_diagnosis(fit, target) for fit in found.fits)
    near = tuple(f"{fit.edits[0].words} gives {target.shown(fit.value)}" for fit in found.near)
    return Diagnoses(diagnoses, near, found.tried, target)


_SURE, _LIKELY = 0.02, 0.2


def _diagnosis(fit: Fit, target: Target) -> Diagnosis:
    words = " and ".join(edit.words for edit in fit.edits)
    claimed = fit.edits[0].claimed
    text = words if claimed is not None else f"{words} gives {target.shown(fit.value)}"
    return Diagnosis(fit.edits, fit.value, text, fit.plausibility, fit.chance, _confidence(fit), fit.others)


def _confidence(fit: Fit) -> str:
    """High for a single edit that hardly fits by accident and leaves little to its rivals."""
    if len(fit.edits) == 1 and not fit.by_last_digit:
        if fit.plausibility >= 0.8 and fit.chance <= _SURE:
            return "high"
        if fit.plausibility >= 0.5 and fit.chance <= _LIKELY:
            return "medium"
    return "low"
