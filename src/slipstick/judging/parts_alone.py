"""Whether a claim that the whole misses is the result of its last part alone (specs/inference.md)."""

from __future__ import annotations

from slipstick.judging.verdicts import Judged, judge
from slipstick.reading.expressions.tree import Group, Node, Product, Sum, is_arithmetic


def last_part_alone(judged: Judged) -> str:
    """Why a claim may be no result of the whole; "" where nothing says so.

    "$180k plus $2.5k × 12 = $30k a year" tells the product, "12 Gbit, divided by (30M x 0.8) = 24M" the bracket.
    """
    claim = judged.claims[-1] if judged.claims else None
    if claim is None or claim.verdict == "holds" or (claim.verdict == "unknown" and not judged.reading.mismatch):
        return ""
    part, name = _last_part(judged.written.expression)
    if part is None or (claim.verdict == "unknown" and name == "term"):
        return ""
    alone = judge(judged.written._replace(expression=part)).claims
    held = bool(alone) and alone[-1].verdict == "holds" and not (alone[-1].by_last_digit and name == "bracket")
    return f"its result may be that of its last {name} alone" if held else ""


def _last_part(expression: Node) -> tuple[Node | None, str]:
    """The product at the end of a sum, or the bracket that computes at the end of a product."""
    last = expression.parts[-1][1] if isinstance(expression, Sum | Product) else None
    if isinstance(expression, Sum):
        return (last, "term") if isinstance(last, Product) else (None, "")
    inside = last.inner if isinstance(last, Group) and is_arithmetic(last.inner) else None
    return inside, "bracket"
