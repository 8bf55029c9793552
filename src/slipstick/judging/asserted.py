"""Which of the written claims are ones: all by a sign; those by a verb where unit and size fit what is computed."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.reading.expressions.tree import Group, Node, Power
from slipstick.reading.inference.interpretation import Interpretation
from slipstick.reading.lexing.equals import ARROWS
from slipstick.reading.quantities.arithmetic import magnitude
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.source import Span

_JOINING = frozenset(("~", *ARROWS))
"""Signs that need not say that two things are equal."""


def judge_asserted(written: WrittenCalculation, judge: Callable[[WrittenCalculation], Judged]) -> Judged:
    """The calculation with the claims that are ones; those told by a verb ("which is ...") may say something else.

    They count only where unit and size fit, or nothing but the rate is lacking. What does not count gives the
    expression no unit either. `judge` is asked for both.
    """
    judged = judge(written)
    if not [c for c in judged.claims if c.written.by_word or c.written.relation in _JOINING]:
        return judged
    verdicts = [claim.verdict for claim in judged.claims]
    held = verdicts.index("holds") if "holds" in verdicts else len(verdicts)
    lacks_rate = judged.reading.rate_missing and _counts_named_part(judged.reading)
    kept = tuple(
        [
            c.written
            for n, c in enumerate(judged.claims)
            if ((lacks_rate and not c.written.weak) or _is_one(c, written.expression))
            and not (n > held and _leads_on(c))
        ]
    )
    if len(kept) == len(judged.claims):
        return judged
    spans = [written.expression.span, *(claim.span for claim in kept)]
    span = Span(min(s.start for s in spans), max(s.end for s in spans))
    return judge(written._replace(claims=kept, span=span))


def _counts_named_part(reading: Interpretation) -> bool:
    """Whether devices are counted whose peak is known: "64 A100s for 12 days make 8e21 FLOP" lacks only the rate."""
    return any(kind_of(name)[1] for name, exponent in reading.dimension if exponent == 1)


def _is_one(claim: Claim, expression: Node) -> bool:
    """Whether a claim is one: told by a sign, or near enough.

    A tilde alone before another unit joins two things; so does an arrow behind a mere power: "2^19 tokens per step =>
    154k tokens/s".
    """
    joins = claim.written.relation == "~" or (claim.written.relation in ARROWS and _is_power(expression))
    if joins and claim.verdict == "unknown":
        return False
    return not claim.written.by_word or _is_near(claim, claim.written.weak)


def _is_power(node: Node) -> bool:
    return isinstance(node, Power) or (isinstance(node, Group) and _is_power(node.inner))


def _leads_on(claim: Claim) -> bool:
    """Whether an arrow behind the result leads on to something else: "= 2,300 QPS average → 7,000 QPS peak"."""
    return claim.written.relation in ARROWS and claim.verdict != "holds"


def _is_near(claim: Claim, only_if_it_holds: bool) -> bool:
    """Whether a claim holds, or misses by less than a factor that a cut-off expression would make."""
    if only_if_it_holds and claim.by_last_digit and claim.ratio is not None:
        return abs(claim.ratio - 1) <= _BY_PLACE
    if only_if_it_holds or claim.verdict != "off" or claim.ratio is None:
        return claim.verdict == "holds"
    return 1 / _FAR < claim.ratio < _FAR or _has_its_digits(claim, claim.ratio)


def _has_its_digits(claim: Claim, ratio: Fraction) -> bool:
    """Whether a claim with a unit has the digits of the value, two or more, and only the power of ten is another."""
    if not claim.unit or ratio <= 0 or abs(claim.value) < 10 * claim.last_digit:
        return False
    scale = Fraction(10) ** round(magnitude(ratio))
    return verdict(claim.value * ratio / scale, claim.value, claim.last_digit) == ("holds", False)


_BY_PLACE = Fraction(1, 100)
"""How far off a result that only its place asserts may be by its last digit: nearly any number is near one digit."""
_FAR = Fraction(12)
"""A slip of ten is told; beyond it, a verb most likely sums up more than the expression before it."""


def is_told(judged: Judged) -> bool:
    """Restatements of unlike things ("5 days = 40 GPUs") state no equality; they are told only for a missing rate."""
    if judged.written.kind != "restatement":
        return bool(judged.claims)
    fits = not judged.reading.mismatch and judged.reading.cost == 0
    timed = "second" in dict(judged.reading.dimension)
    return (judged.reading.rate_missing and timed) or (fits and bool(judged.claims) and not _is_of_work(judged))


def why_untold(judged: Judged) -> str:
    """Why a restatement is not."""
    if judged.claims and _is_of_work(judged):
        return "how many hours its working days have is not said"
    return "unlike things are set side by side, no equal quantities"


def _is_of_work(judged: Judged) -> bool:
    """Whether hours are set equal to working days: "24 hours = 3 workdays"."""
    reading = judged.reading
    unknown = all(claim.verdict == "unknown" for claim in judged.claims)
    return unknown and not (reading.mismatch or reading.doubt or reading.rate_missing or reading.trouble)
