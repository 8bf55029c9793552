"""Two estimates of one thing, factor by factor: a ledger of ratios whose product is the ratio of the two exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import prod
from typing import Any

from slipstick.comparison.alignment import Pair, aligned
from slipstick.comparison.factoring import Factor, factors_of, terms_of
from slipstick.comparison.ledger import Compared, Comparison, Term
from slipstick.comparison.ledger_rows import Bookkeeping, name_of
from slipstick.comparison.overlaps import interval_of, spreads_of
from slipstick.comparison.packaging import common_levels
from slipstick.comparison.written_estimates import WrittenEstimate, one_estimate
from slipstick.estimates.combining import estimate_from
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.showing import formula_text
from slipstick.reading.quantities.arithmetic import plain_float, plain_number
from slipstick.reading.quantities.kinds import unified
from slipstick.settings import Settings
from slipstick.source import Source
from slipstick.units import Dimension, dimension, label


def compare(a: Any, b: Any, settings: Settings | None = None, level: float = 0.9) -> Comparison:
    """What makes the estimate `b` differ from `a`, factor by factor; every ratio is that of `b` over `a`.

    Each is a text or `Source` that holds one calculation or is a quantity ("1.08e23 FLOP"), a `WrittenEstimate`, an
    `Estimate`, an input, a number or a pint quantity. `level` is that of the intervals. Raises UnitsError where they
    are of unlike things, ValueError for a text without a calculation or with several, where `a` is zero, and for a
    level outside 0 to 1.
    """
    _require_level(level)
    first, second = _written(a, settings), _written(b, settings)
    _require_like(first.estimate, second.estimate)
    if not first.estimate.exact_value:
        raise ValueError("A is zero, so that B is no multiple of it")
    ours, theirs = (factors_of(each.estimate, each.source.text) for each in (first, second))
    pairs = _whole(ours, theirs) or aligned(ours, theirs)
    spreads = spreads_of(first.estimate, second.estimate, level)
    made = Bookkeeping(pairs, common_levels(pairs), spreads)
    rows, unaligned = made.rows()
    return Comparison(
        a=_compared(first, level),
        b=_compared(second, level),
        ratio=prod((row.ratio for row in rows), start=Fraction(1)),
        rows=rows,
        unaligned=unaligned,
        overlap=spreads.overlap,
        why_no_overlap=spreads.why_none,
        terms=_terms(first.estimate, second.estimate),
        notes=(*made.notes(), *_about_claims(first, second), *spreads.notes),
    )


def _require_level(level: object) -> None:
    if isinstance(level, bool) or not isinstance(level, int | float) or not 0 < level < 1:
        raise ValueError(f"a level must lie between 0 and 1, not {level!r}")


def _written(given: Any, settings: Settings | None) -> WrittenEstimate:
    if isinstance(given, WrittenEstimate):
        return given
    if isinstance(given, str | Source):
        return one_estimate(Source(given) if isinstance(given, str) else given, None, None, settings)
    return WrittenEstimate(estimate_from(given, "value"), Source(""))


def _require_like(first: Estimate, second: Estimate) -> None:
    """Raises UnitsError unless both results are of one dimension; "GPU" is the named GPU of the other."""
    one, other = first.dimension, second.dimension
    names = unified(n for n, _ in (*one, *other))
    if _renamed(one, names) != _renamed(other, names):
        words = [label(each) if each else "plain numbers" for each in (one, other)]
        raise UnitsError(f"unlike things have no ratio: A is in {words[0]}, B in {words[1]}")


def _renamed(of: Dimension, names: dict[str, str]) -> Dimension:
    return dimension((names.get(n, n), e) for n, e in of)


def _whole(ours: Sequence[Factor], theirs: Sequence[Factor]) -> list[Pair]:
    """Both as they are, where one of them is not taken apart: a plain quantity, or one sum; else none."""
    least, most = sorted((len(ours), len(theirs)))
    is_sum = any(len(side) == 1 and side[0].is_sum for side in (ours, theirs))
    return [Pair(tuple(ours), tuple(theirs))] if most and (is_sum or least < 2) else []


def _terms(first: Estimate, second: Estimate) -> tuple[Term, ...]:
    """The terms of two sums, those that stand for one another side by side; empty unless both are sums."""
    ours, theirs = terms_of(first), terms_of(second)
    if not ours or not theirs:
        return ()
    apart = second.exact_value - first.exact_value
    found = []
    for pair in aligned(ours, theirs):
        a, b = (sum((f.value for f in side), Fraction(0)) if side else None for side in pair)
        share = float(((b or 0) - (a or 0)) / apart) if apart else None
        found.append(Term(name_of(pair), a, b, share))
    return tuple(found)


def _about_claims(first: WrittenEstimate, second: WrittenEstimate) -> list[str]:
    """Which claims do not hold: then the values are compared, and what the claims would say stands beside it."""
    found = []
    for name, each in (("A", first), ("B", second)):
        claim, made = each.claim, each.estimate
        if claim is None or claim.verdict == "holds":
            continue
        written = f"{plain_float(claim.written.value, 4)} {claim.written.unit}".strip()
        value = f"{plain_number(made.exact_value, 4)} {made.unit}".removesuffix(" 1")
        why = "does not hold" if claim.verdict == "off" else "could not be judged"
        found.append(f"{name} claims {written}, which {why}; its value, {value}, is compared.")
    return found


def _compared(written: WrittenEstimate, level: float) -> Compared:
    estimate, source = written.estimate, written.source
    return Compared(
        source=source.name if source.text else "",
        place=written.place,
        text=written.span.of(source.text) if written.span else source.text,
        expression=formula_text(estimate),
        value=estimate.exact_value,
        unit=estimate.unit,
        interval=interval_of(estimate, level),
        claim=written.claim,
        findings=written.findings,
    )
