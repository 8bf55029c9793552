"""Whether a claim rests on a result before it that was carried on with more digits than it was printed with.

"1,234 kWh / 365 = 3.4 kWh a day" and below it "3.4 kWh * 30 = 101 kWh": whoever computes with the value goes on with
3.381. The text has that value, as the calculation before; it does not make the claim hold, but accuses nobody either.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from slipstick.estimates.evaluation import VALUE
from slipstick.formula import fold
from slipstick.judging.verdicts import Claim, Judged, verdict
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.arithmetic import OutOfRange, plain_number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import dimension_of

_MOST_ALONE = 8
"""Up to how many numbers of a calculation each is tried alone, and not only all together."""
_ROUNDED = Fraction(1, 20)
"""How much a result of two digits is rounded at the most; one of a single digit may be anything."""
MOST_RESULTS = 40
"""How many results before a calculation may be carried on in it."""


def carried_result(judged: Judged, before: Sequence[Judged], text: str) -> str:
    """Which number of a claim that is off may be a result before it, to more digits; "" where none explains it."""
    claim = next((claim for claim in judged.claims if claim.verdict == "off"), None)
    if claim is None or judged.reading.value is None or not before:
        return ""
    results = [(each, made) for made in before for each in made.claims if each.verdict == "holds"]
    exact = {id(factor): ratio for factor in judged.reading.factors if (ratio := _ratio(factor, results)) is not None}
    each_alone = [{key: ratio} for key, ratio in exact.items()]
    tried = [*(each_alone if len(exact) <= _MOST_ALONE else []), *([exact] if len(exact) > 1 else [])]
    return next((found for some in tried if (found := _explained(judged, claim, some, text))), "")


def _ratio(factor: ReadFactor, results: Sequence[tuple[Claim, Judged]]) -> Fraction | None:
    """How many times a factor its value is in the last calculation that it is the printed result of."""
    for claim, made in reversed(results):
        node, value = claim.written.node, made.reading.value
        if not isinstance(node, Quantity) or value is None or not claim.value or value == claim.value:
            continue
        printed = factor.quantity.number
        same = (node.number.value, node.number.last_digit) == (printed.value, printed.last_digit)
        units = [dimension_of(quantity.meaning(False)) for quantity in (node, factor.quantity)]
        if same and (units[0] == units[1] or not all(units)):
            return value / claim.value if abs(value / claim.value - 1) <= _ROUNDED else None
    return None


def _explained(judged: Judged, claim: Claim, exact: dict[int, Fraction], text: str) -> str:
    """What to say if the claim holds with the values instead of the printed results."""
    form, printed = judged.reading.formula, judged.reading.value
    try:
        value = fold(form, lambda f: f.base_value * exact.get(id(f), 1), VALUE)
        plain = fold(form, lambda f: f.base_value, VALUE)
    except (OutOfRange, ValueError):
        return ""
    if not plain or not printed or verdict(value * printed / plain, claim.value, claim.last_digit) != ("holds", False):
        return ""
    factor = next(f for f in judged.reading.factors if id(f) in exact)
    shown = factor.quantity.number.span.of(text)
    full = plain_number(factor.quantity.number.value * exact[id(factor)])
    return f"its {shown} may be {full}, the result before it to more digits"
