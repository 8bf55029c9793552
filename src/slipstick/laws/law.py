"""A law: what has to hold of every case of a converter, and the search for the simplest case where it does not.

A few cases are tried one after the other first, simplest first: every pair of units, with 1. Hypothesis looks among
all others and shrinks what it finds. Whatever the way, one sentence is told.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, NamedTuple, Unpack
from unittest import SkipTest

import hypothesis
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.errors import Flaky

from slipstick.laws.converter import Convert, Converter, Kinds, NotSupported, Options, Refused, converter

_MOST_TRIED_IN_ORDER = 5000


class LawBroken(AssertionError):
    """A converter breaks a law; the message is one sentence with the simplest example found."""


class NotApplicable(SkipTest):
    """A law cannot be tried on this converter, and why; pytest and unittest count the test as skipped."""


class Case(NamedTuple):
    """What a law is tried on: values, and units or kinds of them."""

    values: tuple[Any, ...]
    units: tuple[Any, ...]


class Cases(NamedTuple):
    """The cases of a law: those tried in order, and a strategy for all."""

    in_order: Callable[[Converter], Iterable[Case]]
    drawn: Callable[[Converter], st.SearchStrategy[Case] | None]


Check = Callable[[Converter, Case], str | None]


@dataclass(frozen=True)
class Law:
    """A law by name. Called with a converter and its units, it raises LawBroken with one sentence, or returns nothing.

    `needs` are the options without which it cannot be tried: NotApplicable then, as where there are no cases.
    """

    name: str
    says: str
    cases: Cases
    check: Check
    needs: tuple[str, ...] = ()

    @property
    def __name__(self) -> str:
        """The name as Python has it: `round_trip`."""
        return self.name.replace(" ", "_")

    def __call__(self, convert: Convert, units: Kinds | Iterable[Any], **options: Unpack[Options]) -> None:
        """Try the law. Raises LawBroken, NotApplicable, and TypeError or ValueError for units that are none."""
        __tracebackhide__ = True  # pytest shows the caller's line and the sentence
        self.hold(converter(convert, units, options))

    def hold(self, of: Converter) -> None:
        """Try the law on a converter whose units are known already; raises as a call does."""
        __tracebackhide__ = True
        missing = [name for name in self.needs if not getattr(of, name)]
        if missing:
            raise NotApplicable(f"{self.name}: needs the option {missing[0]}")
        drawn = self.cases.drawn(of)
        some = False
        for case in islice(self.cases.in_order(of), _MOST_TRIED_IN_ORDER):
            some = True
            if (sentence := self.sentence(of, case)) is not None:
                raise LawBroken(f"{self.name}: {sentence}")
        if drawn is not None:
            self._search(of, drawn)
        elif not some:
            raise NotApplicable(f"{self.name}: these units have no case of it")

    def sentence(self, of: Converter, case: Case) -> str | None:
        """What is wrong with a case, if anything; what the converter does not offer is not wrong."""
        try:
            return self.check(of, case)
        except NotSupported:
            return None
        except Refused as refused:
            return str(refused)

    def _search(self, of: Converter, drawn: st.SearchStrategy[Case]) -> None:
        __tracebackhide__ = True
        found: list[str] = []

        @_quiet(of.examples)
        @hypothesis.given(drawn)
        def every_case(case: Case) -> None:
            if (sentence := self.sentence(of, case)) is not None:
                found.append(sentence)
                raise LawBroken(sentence)

        try:
            every_case()
        except LawBroken as broken:
            raise LawBroken(f"{self.name}: {broken}") from None
        except Flaky:
            raise LawBroken(f"{self.name}: not each time, but {found[0]}") from None


def _quiet(examples: int | None) -> settings:
    """The settings of the profile in use, without a database and a report of Hypothesis' own."""
    usual = settings.default if examples is None else settings(settings.default, max_examples=examples)
    return settings(
        usual,
        database=None,
        deadline=None,
        print_blob=False,
        report_multiple_bugs=False,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=[HealthCheck.nested_given],
    )


def law(name: str, cases: Cases, *needs: str) -> Callable[[Check], Law]:
    """Makes a check a law; its docstring is what the law says."""

    def made(check: Check) -> Law:
        return Law(name, " ".join((check.__doc__ or "").split()), cases, check, needs)

    return made


def values(of: Converter) -> st.SearchStrategy[Any]:
    """Positive numbers of the converter's type, of 1 to a million with up to three decimals, simplest 1."""
    parts = st.sampled_from([1, 2, 10, 1000])

    def number(drawn: tuple[int, int]) -> Any:
        above, below = drawn
        return of.number(above) / of.number(below) if below > 1 else of.number(above)

    return st.tuples(st.integers(1, 10**6), parts).map(number)


def alike(count: int, numbers: int = 1, *, linear: bool = True) -> Cases:
    """So many units of one kind, neighbours different, and so many values; without kinds of different zeros.

    In order: every pair, further units from the first two of the kind, with 1, 2; then all again with 0.7, 1.7.
    """

    def kinds(of: Converter) -> list[tuple[Any, ...]]:
        every = of.linear_kinds() if linear else list(of.kinds.values())
        return [units for units in every if len(units) >= min(count, 2)]

    def in_order(of: Converter) -> Iterator[Case]:
        ones = tuple(of.number(n) for n in range(1, numbers + 1))
        parts = tuple(of.number(10 * n + 7) / of.number(10) for n in range(numbers))
        for given in (ones, parts):
            for units in kinds(of):
                yield from (Case(given, chosen) for chosen in _chosen(units, count))

    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        if not kinds(of):
            return None
        chosen = st.one_of(*(_neighbours(units, count) for units in kinds(of)))  # built once: a draw is then quick
        return st.tuples(st.tuples(*[values(of)] * numbers), chosen).map(lambda both: Case(*both))

    return Cases(in_order, drawn)


def _chosen(units: tuple[Any, ...], count: int) -> Iterator[tuple[Any, ...]]:
    if count == 1:
        yield from ((unit,) for unit in units)
        return
    for first in units:
        for second in units:
            if first != second:
                between = [(unit,) for unit in units[:2] if unit not in (first, second)] if count > 2 else [()]
                yield from ((first, second, *rest) for rest in between)


def _neighbours(units: tuple[Any, ...], count: int) -> st.SearchStrategy[tuple[Any, ...]]:
    """Units of which each differs from the one before, without a draw that is thrown away."""
    steps = [st.integers(0, len(units) - 1), *[st.integers(1, max(1, len(units) - 1))] * (count - 1)]

    def walked(drawn: tuple[int, ...]) -> tuple[Any, ...]:
        at, found = 0, []
        for step in drawn:
            at = (at + step) % len(units)
            found.append(units[at])
        return tuple(found)

    return st.tuples(*steps).map(walked)


def unlike(*, dimensional: bool = False) -> Cases:
    """Two units of different kinds, with 1; all of them, or as many as can be tried. `dimensional`: of real kinds."""

    def every(of: Converter) -> list[Case]:
        kinds = of.dimensional_kinds() if dimensional else list(of.kinds.values())
        pairs = [(a, b) for one in kinds for other in kinds if one is not other for a in one for b in other]
        if len(pairs) > _MOST_TRIED_IN_ORDER:
            random.Random(0).shuffle(pairs)
        return [Case((of.number(1),), pair) for pair in pairs]

    return Cases(every, lambda of: None)


ONCE = Cases(lambda of: [Case((), ())], lambda of: None)
"""The converter as a whole."""
