"""Which single named change makes a value and a number that disagrees with it agree; else which two.

`diagnose(text, reading, context, target)` searches the named slips of `data/slips.csv` (specs/diagnosis.md). It applies
none of them. The target is a claim (`of_claim`) or any other figure of the same dimension (`around`); `explanation` has
what came of it in words.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.diagnosis.claims import changed_claim
from slipstick.diagnosis.explanation import Diagnoses, Diagnosis, explanation, told
from slipstick.diagnosis.factors import (
    as_numbers,
    changed_conversions,
    changed_counting,
    changed_factors,
    powers_of_ten,
)
from slipstick.diagnosis.means import other_mean
from slipstick.diagnosis.misspellings import misspellings
from slipstick.diagnosis.packaging import changed_hardware
from slipstick.diagnosis.search import search
from slipstick.diagnosis.slips import Edit
from slipstick.diagnosis.subject import Subject
from slipstick.diagnosis.target import Target, around, of_claim
from slipstick.judging.assumptions import Context
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.quantities.arithmetic import as_float

__all__ = ["Diagnoses", "Diagnosis", "Edit", "Target", "around", "diagnose", "explanation", "of_claim"]


def diagnose(text: str, reading: Interpretation, context: Context, target: Target) -> Diagnoses:
    """Search for the edits that make the value of `reading`, a calculation in `text`, land on the target.

    Nothing is found where the reading has no value, or another sign than the target. Never raises on any text.
    """
    value = as_float(reading.value) if reading.value is not None else None
    if not value or value * target.value <= 0:
        return Diagnoses((), (), 0, target)
    return told(search(value, _edits(Subject(text, reading, value, context), target), target), target)


def _edits(subject: Subject, target: Target) -> Iterator[Edit]:
    yield from powers_of_ten()
    yield from changed_factors(subject)
    yield from changed_conversions(subject)
    yield from changed_counting(subject)
    yield from misspellings(subject, target.digits)
    yield from other_mean(subject)
    yield from changed_hardware(subject)
    if target.claim is not None:
        yield from as_numbers(subject, target.unprefixed)
        yield from changed_claim(subject, target.claim)
