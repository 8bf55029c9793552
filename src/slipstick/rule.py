"""What a rule is: metadata, page, examples and check in one object.

A rule file carries its page in its docstring (What it finds, Why it matters, Stays silent when, Source) and its
examples in the decorator: `bad` texts that it must find, `good` ones that are the false alarms to fear. Tests and the
documentation page are made from them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from slipstick.assumptions import Context
from slipstick.estimate import Estimate
from slipstick.finding import Confidence, Finding, Fix, Label, Severity
from slipstick.reading.arithmetic import plain_float, plain_number
from slipstick.reading.interpretation import Interpretation
from slipstick.reading.kinds import kind_of
from slipstick.reading.quantities import Quantity
from slipstick.source import Span
from slipstick.units import Compound
from slipstick.verdicts import Claim, Judged

if TYPE_CHECKING:
    from slipstick.diagnosis import Diagnoses
    from slipstick.uncertainty.spread import Spread


class Audited:
    """All that a check may look at: one calculation and its stages; `estimate` is None where nothing came out."""

    def __init__(
        self, text: str, judged: Judged, estimate: Estimate | None, context: Context, spread: Spread | None = None
    ) -> None:
        self.text, self.judged, self.estimate, self.context = text, judged, estimate, context
        self.spread = spread
        """The spread of the estimate; None where nothing is uncertain, or it could not be computed."""
        self.reading: Interpretation = judged.reading
        self.last_claim: Claim | None = judged.claims[-1] if judged.claims else None
        """The result in the end."""
        self.value: Fraction | None = judged.reading.value
        """The recomputed value in base units."""
        self.is_off: bool = any(claim.verdict == "off" for claim in judged.claims)
        """Whether any claim is."""
        self._diagnoses: Diagnoses | None = None
        self.names_devices: bool = any(_names_devices(f.unit) for f in judged.reading.factors if f.unit)
        """Whether any unit has a kind or level of device in it."""

    @property
    def diagnoses(self) -> Diagnoses | None:
        """What explains the last claim that is off, searched once; None where no claim is, or it is a bound."""
        if self._diagnoses is None and self.is_off:
            from slipstick.diagnosis import diagnose, of_claim  # most texts hold nothing that is off

            claim = next(c for c in reversed(self.judged.claims) if c.verdict == "off")
            target = of_claim(self.text, claim)
            self._diagnoses = diagnose(self.text, self.reading, self.context, target) if target else None
        return self._diagnoses


@lru_cache(maxsize=1000)
def _names_devices(unit: Compound) -> bool:
    return any(any(kind_of(term.name)) for term in unit)


class Found:
    """One thing that a check found; the rule adds its code and name. See `Finding` for the fields."""

    def __init__(
        self,
        span: Span,
        message: str,
        severity: Severity = Severity.NOTE,
        *,
        confidence: Confidence = Confidence.HIGH,
        related: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        self.span, self.message, self.severity = span, message, severity
        self.confidence, self.related, self.fix = confidence, related, fix


Check = Callable[[Audited], Iterator[Found]]


class Rule(NamedTuple):
    """A registered rule."""

    code: str
    name: str
    page: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: Check
    may_find: Callable[[Audited], bool]
    """A test that costs next to nothing, and settles most calculations."""

    def findings(self, audited: Audited) -> tuple[Finding, ...]:
        """What the rule finds in one calculation."""
        if not self.may_find(audited):
            return ()
        return tuple(
            [
                Finding(self.code, self.name, f.severity, f.message, f.span, f.confidence, f.related, f.fix)
                for f in self.check(audited)
            ]
        )


def _always(audited: Audited) -> bool:
    del audited
    return True


def rule(
    code: str,
    name: str,
    *,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    may_find: Callable[[Audited], bool] = _always,
) -> Callable[[Check], Rule]:
    """Make a check the rule `code`; its page is the docstring of the module that it stands in."""

    def made(check: Check) -> Rule:
        return Rule(code, name, (sys.modules[check.__module__].__doc__ or "").strip(), bad, good, check, may_find)

    return made


def in_claim_words(text: str, claim: Claim, value: Fraction, digits: int = 4) -> str:
    """`value` (in base units) written as the claim is: its currency sign, its unit's words, its percent sign.

    A scale word is written out into the number: $5.29M becomes $5.29e5 where that is the value.
    """
    span = claim.written.span
    node = claim.written.node
    number = value / (claim.value / claim.number) if claim.number and claim.value else value
    if not isinstance(node, Quantity):
        return short(number, digits)
    written = node.number.span
    sign = text[written.start] if text[written.start] in "$€£¥" else ""
    shown = short(number * 100, digits) + "%" if node.number.percent else short(number, digits)
    return " ".join(f"{sign}{shown}{text[written.end : span.end]}".split())


def short(value: Fraction | float, digits: int = 3) -> str:
    """A number as a message shows it: 2.4e22, 1.1, 123."""
    return plain_float(value, digits) if isinstance(value, float) else plain_number(Fraction(value), digits)
