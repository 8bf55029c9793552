"""The one diagnostic: what was found, where, how bad, how sure, and what would cure it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from slipstick.frozen import Frozen
from slipstick.source import Span


class Severity(StrEnum):
    """How much a finding matters.

    error: the claim is off by more than 2 %, or unlike things are added. warning: it is off by less, the units do not
    come out, or text and catalogue together prove a meaning wrong. note: inferred, assumed, disputed, unstated, last
    digit.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 1 for a warning, 2 for an error."""
        return ("note", "warning", "error").index(self)


class Confidence(StrEnum):
    """How sure a finding is, apart from how much it matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Label(NamedTuple):
    """A related place with words about it."""

    span: Span
    message: str


class Fix(Frozen):
    """A replacement for the primary span.

    `value` is the calculation's value after it, in its base unit; where the claim is wrong, the right result.
    """

    text: str
    value: float | None = None


class Finding(NamedTuple):
    """One diagnostic. `name` reads well after "allow": `allow packaging-ratio`."""

    code: str
    name: str
    severity: Severity
    message: str
    span: Span
    confidence: Confidence = Confidence.HIGH
    related: tuple[Label, ...] = ()
    fix: Fix | None = None

    @property
    def order(self) -> tuple[int, str, int]:
        """The gravest first, then by code and place."""
        return -self.severity.rank, self.code, self.span.start
