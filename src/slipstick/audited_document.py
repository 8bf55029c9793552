"""A document with all that was audited in it, and the rules that look at the whole of it.

A document is one text: a file, or one row of a table. Its rules are like those of a single calculation
(`slipstick.rule`): metadata, page, examples and check in one object.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from slipstick.cached_properties import cached_property
from slipstick.finding import Severity
from slipstick.frozen import Frozen
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.rule import Audited, Found


class AuditedDocument:
    """All that a check of a document may look at: its text, and what was audited in it, in the order of the text."""

    def __init__(self, text: str, calculations: tuple[Audited, ...], expressions: tuple[Audited, ...] = ()) -> None:
        self.text, self.calculations, self.expressions = text, calculations, expressions
        self.some_claim_is_off: bool = True in [audited.is_off for audited in calculations]
        """Whether the claim of any calculation is off."""
        self.holds_several: bool = len(calculations) + len(expressions) > 1
        """Whether it holds more than one calculation or expression."""
        self.says_more: bool = self.holds_several or _says_more(text, *calculations, *expressions)
        """Whether it holds more than one calculation or expression alone."""

    @property
    def some_rate_is_missing(self) -> bool:
        """Whether a calculation sets devices or times equal to operations, without a rate."""
        return any(audited.reading.rate_missing for audited in self.calculations)

    @cached_property
    def stated(self) -> StatedQuantities:
        """The quantities that its text states, in prose and in calculations."""
        every = (*self.calculations, *self.expressions)
        return every[0].stated if every else StatedQuantities(self.text)

    @cached_property
    def in_order(self) -> tuple[Audited, ...]:
        """Calculations and expressions together, as they follow each other in the text."""
        if not (self.calculations and self.expressions):
            return self.calculations or self.expressions
        return tuple(sorted([*self.calculations, *self.expressions], key=lambda each: each.judged.written.span))


def _says_more(text: str, alone: Audited | None = None) -> bool:
    """Whether a text holds more than the one calculation or expression that it has, if any."""
    if alone is None:
        return True
    start, end = alone.judged.written.span
    return len(text) > end - start and len(text.strip()) > end - start


class Told(Frozen):
    """What a check found, and of which calculation; of None where it is about the document."""

    of: Audited | None
    found: Found


DocumentCheck = Callable[[AuditedDocument], Iterator[Told]]


class DocumentRule(Frozen):
    """A rule about whole documents; the fields are those of `slipstick.rule.Rule`."""

    code: str
    name: str
    page: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: DocumentCheck
    severities: tuple[Severity, ...] = (Severity.NOTE,)
    option: str = ""


def document_rule(
    code: str,
    name: str,
    *,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    severities: tuple[Severity, ...] = (Severity.NOTE,),
) -> Callable[[DocumentCheck], DocumentRule]:
    """Make a check the rule `code`; its page is the docstring of the module that it stands in."""

    def made(check: DocumentCheck) -> DocumentRule:
        page = (sys.modules[check.__module__].__doc__ or "").strip()
        return DocumentRule(code, name, page, bad, good, check, severities)

    return made
