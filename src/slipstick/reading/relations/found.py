"""What the reading of one text comes to: calculations, expressions without a result, places that were not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from slipstick.reading.lexing.tokens import Token
from slipstick.reading.relations.claims import Chain, WrittenCalculation
from slipstick.source import Span


class UnreadPlace(NamedTuple):
    """A place with arithmetic that was seen and not read, and why."""

    span: Span
    reason: str


class Document:
    """All that was found in one text, in order."""

    def __init__(self, numbers_elsewhere: int = 0) -> None:
        self.calculations: list[WrittenCalculation] = []
        self.expressions: list[WrittenCalculation] = []
        self.unread: list[UnreadPlace] = []
        self.stretches: list[Sequence[Token]] = []
        """The stretches that were read, in tokens."""
        self.numbers: list[int] = []
        """Where the numbers begin in them."""
        self.numbers_elsewhere = numbers_elsewhere

    def take(self, chain: Chain) -> None:
        """Add what a chain was read as."""
        self.calculations += chain.calculations
        self.expressions += chain.expressions
        self.unread += [UnreadPlace(*place) for place in chain.unread]

    def leave_unread(self, span: Span, reason: str) -> None:
        """Say of a place that it was not read, and why."""
        self.unread.append(UnreadPlace(span, reason))
