"""Diagnoses, and in words: what explains a number, what else would, which near misses tell the same story."""

from __future__ import annotations

from math import log10
from typing import NamedTuple

from slipstick.diagnosis.search import Fit, Found
from slipstick.diagnosis.slips import Edit
from slipstick.diagnosis.target import Target
from slipstick.judging.verdicts import TOLERANCE
from slipstick.source import Span

NOTHING = "no single change of the named kinds explains it"
BY_CHANCE = 0.4
"""Where so many edits would fit any number there, a fit says nothing: it is in the JSON, not on the page."""
LEAST_PLAUSIBLE = 0.25
_SURE, _LIKELY = 0.02, 0.2
_MOST_RIVALS = 3


class Diagnosis(NamedTuple):
    """One explanation: the edits that lead from the value as written to the target, and how far to trust them.

    `value` is that after the edits, in base units; `text` says it in words. `plausibility`, 0 to 1, weighs it against
    everything else that fits and against causes without a name; `chance` is how many edits as plausible would fit by
    accident; `confidence` is high, medium or low. `equally_fitting` are other edits that lead to the very same value.
    `rounds` says that the value rounds to the target; else it is cut off, or rounded the other way.
    """

    edits: tuple[Edit, ...]
    value: float
    text: str
    plausibility: float
    chance: float
    confidence: str
    equally_fitting: tuple[Edit, ...] = ()
    rounds: bool = True

    @property
    def spans(self) -> tuple[Span, ...]:
        """The places that the edits change."""
        return tuple(Span(*edit.span) for edit in self.edits if edit.span is not None)

    @property
    def kind(self) -> str:
        """The kind of its one edit; "two changes" for a pair."""
        return self.edits[0].slip.kind if len(self.edits) == 1 else "two changes"

    @property
    def is_power_of_ten(self) -> bool:
        """Whether it is one power of ten of the whole, to the claim's printed digits."""
        return self.kind == "power of ten" and self.rounds and self.edits[0].slip.name != "power-of-ten-of-a-term"

    @property
    def by_chance(self) -> bool:
        """Whether some edit as plausible is likely to fit any number in this one's place."""
        return self.chance >= BY_CHANCE


class Diagnoses(NamedTuple):
    """All explanations, most plausible first; `near` are near misses of the first one's story, in words."""

    found: tuple[Diagnosis, ...]
    near: tuple[str, ...]
    tried: int
    target: Target

    @property
    def power_of_ten(self) -> Diagnosis | None:
        """The power of ten, the smallest, by which the claim as a whole would be larger or smaller."""
        fits = [d for d in self.found if d.is_power_of_ten]
        return min(fits, key=lambda d: abs(log10(d.edits[0].factor)), default=None)

    @property
    def best(self) -> Diagnosis | None:
        """The first one, unless it is likely to fit by chance alone, or most likely something without a name is it."""
        first = self.found[0] if self.found else None
        return first if first and not first.by_chance and first.plausibility >= LEAST_PLAUSIBLE else None


def told(found: Found, target: Target) -> Diagnoses:
    """What a search came to, in words."""
    near = tuple(f"{fit.edits[0].words} gives {target.shown(fit.value)}" for fit in found.near)
    return Diagnoses(tuple(_diagnosis(fit, target) for fit in found.fits), near, found.tried, target)


def _diagnosis(fit: Fit, target: Target) -> Diagnosis:
    words = " and ".join(edit.words for edit in fit.edits)
    text = words if fit.edits[0].claimed is not None else f"{words} gives {target.shown(fit.value)}"
    return Diagnosis(
        fit.edits, fit.value, text, fit.plausibility, fit.chance, _confidence(fit), fit.others, not fit.by_last_digit
    )


def _confidence(fit: Fit) -> str:
    """High for a single edit that hardly fits by accident and leaves little to its rivals."""
    if len(fit.edits) == 1 and not fit.by_last_digit:
        if fit.plausibility >= 0.8 and fit.chance <= _SURE:
            return "high"
        if fit.plausibility >= 0.5 and fit.chance <= _LIKELY:
            return "medium"
    return "low"


def explanation(diagnoses: Diagnoses) -> str:
    """What explains the target, in one sentence: the first explanation, its equals, near misses, and its rivals."""
    target, first = diagnoses.target, diagnoses.found[0] if diagnoses.found else None
    if first is None:
        return NOTHING
    said = first.text
    if first.edits[0].claimed is not None:
        said += " would explain it"
    elif not diagnoses.near and not first.rounds:
        said += f", within one unit of the last digit of {target.own}"
    elif not diagnoses.near and not said.replace(",", "").endswith(f" {target.own.replace(',', '')}"):
        said += f", which {rounding(target, first.value)}"
    return "; ".join([said, *_equals(first), *_near(diagnoses), *_rivals(diagnoses)])


def rounding(target: Target, value: float) -> str:
    """How a value that fits a target does: by its printed digits, or by the tolerance alone."""
    apart, tolerated = abs(value - target.value), float(TOLERANCE) * abs(target.value)
    by_digits = 2 * apart <= target.last_digit * (1 + 1e-9) or apart > tolerated * (1 + 1e-9)  # or inside a range
    return f"rounds to {target.own}" if by_digits else f"is within 0.1 % of {target.own}"


def _equals(first: Diagnosis) -> list[str]:
    """The same value by another change."""
    edit, others = first.edits[0], first.equally_fitting
    if edit.claimed is not None:  # a result of more digits than are printed is a lesser guess
        others = tuple([other for other in others if len(other.replacement) <= len(edit.replacement)])
    if not others:
        return []
    return [f"the same follows from: {'; '.join(other.words for other in others[:_MOST_RIVALS])}"]


def _near(diagnoses: Diagnoses) -> list[str]:
    said = [f"{diagnoses.near[0]}, which does not round to {diagnoses.target.own}"] if diagnoses.near else []
    return said + [f"{words}, which does not either" for words in diagnoses.near[1:]]


def _rivals(diagnoses: Diagnoses) -> list[str]:
    """Other values that fit; those that only chance brought there are counted, not told."""
    others = [d for d in diagnoses.found[1:] if not d.by_chance][:_MOST_RIVALS]
    return [f"also possible: {'; '.join(d.text for d in others)}"] if others else []
