"""What a user may set for an audit, checked once and used for every text."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from slipstick.audited_document import AuditedDocument, DocumentRule
from slipstick.cached_properties import cached_property
from slipstick.frozen import Frozen, values_of
from slipstick.judging.assumptions import Context
from slipstick.registered import Registered
from slipstick.rule import Rule
from slipstick.rules import DOCUMENT_RULES, EVERY_RULE, RULES
from slipstick.selection import DEFAULT_CODES, codes, selected
from slipstick.traits import InOrder, Traits

if TYPE_CHECKING:
    from slipstick.judging.against import Figure


class Settings(Frozen):
    """A range to use for every utilization, the year of the era where no hardware is named, which rules count, figures.

    `select` are the rules that run (those on by default unless given), `ignore` the ones whose findings are hidden and
    counted: codes such as C101, prefixes such as C1, names, ALL or DEFAULT. `against` are figures to compare with, in
    words: "6e22 FLOP"; for the calculation on line 12 alone "12: 6e22 FLOP".
    """

    utilization: tuple[Fraction, Fraction] | None = None
    year: int | None = None
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    against: str | Sequence[str] = ()

    def __post_init__(self) -> None:
        """Refuse what cannot be (ValueError, one line)."""
        _ = self.figures  # what cannot be read is refused here
        year: object = self.year
        if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
            raise ValueError(f"the year must be a whole number such as 2021, not {self.year!r}")
        for key in ("select", "ignore") if self.select or self.ignore else ():
            given: object = getattr(self, key)
            if isinstance(given, str) or not all(isinstance(word, str) for word in getattr(self, key)):
                raise ValueError(f"{key} must be a sequence of codes or names such as ('C101',), not {given!r}")
            codes(getattr(self, key))
        if self.utilization is not None:
            object.__setattr__(self, "utilization", _fractions(self.utilization))

    def __getstate__(self) -> dict[str, object]:
        """What is pickled: the settings alone, since the checks of rules are not."""
        return values_of(self)

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        """Those of `against`, read."""
        return _read(self.against)

    @cached_property
    def context(self) -> Context:
        """What is known around a calculation that names no hardware, and that the text tells of none."""
        return Context(None, self.year, self.utilization)

    @cached_property
    def run(self) -> frozenset[str]:
        """The codes of the rules that run."""
        return selected(self.select) if self.select else DEFAULT_CODES

    @cached_property
    def rules(self) -> tuple[Registered[Traits, Rule], ...]:
        """Those of the rules about one calculation that run, in order of their codes."""
        return tuple(rule for rule in RULES if rule.code in self.run)

    def rules_for(self, traits: InOrder) -> tuple[Rule, ...]:
        """Those of them that may find something in a calculation with such traits."""
        found = self._rules_for.get(traits)
        if found is None:
            has = Traits(*traits)
            found = self._rules_for[traits] = tuple([each.rule for each in self.rules if each.when(has)])
        return found

    @cached_property
    def _rules_for(self) -> dict[InOrder, tuple[Rule, ...]]:
        return {}

    @cached_property
    def document_rules(self) -> tuple[Registered[AuditedDocument, DocumentRule], ...]:
        """Those of the rules about a whole document that run, in order of their codes."""
        return tuple(rule for rule in DOCUMENT_RULES if rule.code in self.run)

    @cached_property
    def not_run(self) -> tuple[str, ...]:
        """The codes of the rules that do not run, in order."""
        return tuple(rule.code for rule in EVERY_RULE if rule.code not in self.run)

    @cached_property
    def ignored(self) -> frozenset[str]:
        """The codes of the rules whose findings are hidden and counted."""
        return codes(self.ignore)


def _fractions(ends: tuple[Fraction, Fraction]) -> tuple[Fraction, Fraction]:
    pair: object = ends
    if not (isinstance(pair, tuple) and len(pair) == 2 and all(_is_number(e) for e in pair)):
        raise ValueError(f"the utilization must be a pair such as (0.2, 0.5), not {ends!r}")
    ends = Fraction(str(ends[0])), Fraction(str(ends[1]))
    if not 0 < ends[0] <= ends[1] <= 1:
        raise ValueError(f"the utilization runs from its lower to its higher end, inside 0 to 1, not {ends!r}")
    return ends


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | Fraction) and not isinstance(value, bool)


def _read(against: object) -> tuple[Figure, ...]:
    """The figures to compare with. Raises ValueError, in one line, for what is none."""
    if not against:
        return ()
    from slipstick.judging.against import figure

    given = [against] if isinstance(against, str) else against
    if not isinstance(given, Sequence):
        raise ValueError(f'expected figures such as "6e22 FLOP", not {against!r}')
    return tuple(figure(each) for each in given)


DEFAULTS = Settings()
"""Nothing set."""
