"""All parameters of a mixture of experts counted, where only some are active for a token.

What it finds: operations of 6 (or 2) times parameters times tokens whose parameters are more than those that the same
sentence, or for bare numbers the text before, calls active: "6 * 671B params * 14.8T tokens = 6e25 FLOP (MoE, 37B
active)".

Why it matters: a token passes through the active experts alone; a mixture of experts has 4 to 20 times as many
parameters as it uses.

Stays silent when: the active ones, or a share of them, are among the factors; the sentence speaks of a dense model, a
bound or memory; or no number is called active there.

Source: Fedus et al. 2021, Switch Transformers (arXiv:2101.03961), section 2: the operations for each token stay the
same as experts are added; DeepSeek-V3 technical report (arXiv:2412.19437): 671B parameters, 37B active.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.finding import Confidence, Label
from slipstick.judging.naming import words_of
from slipstick.model_figures import bare_product, stated_figures
from slipstick.passage import before, behind
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule, short
from slipstick.source import Span

_ACTIVE = pattern(
    r"(?<![\w.])(\d+(?:\.\d+)?)\s?(B|M|T|billion|million|trillion)(?:\s+(?:params?|parameters))?"
    r"(?:\s+(?:are|being|is))?\s+activ(?:e|ated)\b",
)
_SCALES = {"M": 10**6, "million": 10**6, "B": 10**9, "billion": 10**9, "T": 10**12, "trillion": 10**12}
_OTHER = pattern(r"\b(?:dense|upper (?:bound|limit)|at most|if all|as if|memory|upcycl\w*|afterwards)\b", re.IGNORECASE)


@rule(
    "C135",
    "all-for-active",
    bad=(
        "DeepSeek-V3: 6 * 671B params * 14.8T tokens = 6e25 FLOP (MoE, 37B active)",
        "It has 671B parameters, of which 37B are active, and saw 14.8T tokens. 6 * 671e9 * 14.8e12 = 5.96e25 FLOP.",
        "The model has 47B parameters, of which 13B are active: 6 * 47B parameters * 8T tokens = 2.3e24 FLOP",
    ),
    good=(
        "DeepSeek-V3: 6 * 37B active params * 14.8T tokens = 3.3e24 FLOP (671B in all, 37B active)",
        "It has 671B parameters, 37B are active per token. 6 * 37e9 * 14.8e12 = 3.29e24 FLOP.",
        "Of 671B parameters 37B are active. A dense 671B model would need 6 * 671e9 * 14.8e12 = 5.96e25 FLOP.",
        "As a dense model: 6 * 671B params * 14.8T tokens = 6e25 FLOP, with 37B active 18 times less",
        "DeepSeek-V3: 6 * 671B params * 0.055 * 14.8T tokens = 3.3e24 FLOP (37B active)",
        "6 * 70B parameters * 15T tokens = 6.3e24 FLOP",
    ),
)
def all_for_active(audited: Audited) -> Iterator[Found]:
    """One note for the parameters."""
    if "activ" not in audited.wide:
        return
    factors = [f for f in audited.reading.factors if f.role not in ("conversion", "unit")]
    counted = [f for f in factors if _counts_parameters(f)] or _stated_as_parameters(audited)
    shares = [f for f in audited.shares if f.role not in ("conversion", "unit")]
    if len(counted) != 1 or shares or "activ" in words_of(counted[0]):
        return
    written = audited.judged.written.span
    around = Span(before(audited.text, written).start, behind(audited.text, written).end)
    if counted[0].quantity.is_bare:
        around = Span(written.start - len(audited.text_before), around.end)
    found = [*_ACTIVE.finditer(audited.text, *around)]
    if len(found) != 1 or _OTHER.search(audited.text, *around):
        return
    active = Fraction(found[0][1]) * _SCALES[found[0][2]]
    if active < counted[0].value and not any(f.value == active for f in factors):
        yield _told(audited, counted[0], active, Span(*found[0].span()))


def _stated_as_parameters(audited: Audited) -> list[ReadFactor]:
    """The bare number of a 6ND that the text before gives as the parameters of the one model that it speaks of."""
    product = bare_product(audited)
    if product is None or len(product.large) != 2 or product.others:
        return []
    sizes = {f.value for f in stated_figures(audited) if f.noun == "parameter"}
    largest = max(sizes, default=None)
    return [f for f in product.large if f.value == largest] if len(sizes) <= len(("all", "active")) else []


def _counts_parameters(factor: ReadFactor) -> bool:
    return factor.exponent == 1 and [(t.name, t.exponent) for t in factor.unit] == [("parameter", 1)]


def _told(audited: Audited, factor: ReadFactor, active: Fraction, place: Span) -> Found:
    said = " ".join(place.of(audited.text).split())
    message = f"{short(factor.value)} parameters are counted, and the text says {said}: only those compute for a token"
    value = audited.value_with(factor, active / factor.value)
    if value is not None:
        message += f"; with them the value is {short(value)} {audited.reading.label}"
    related = (Label(place, "the active ones"),)
    return Found(factor.quantity.span, message, confidence=Confidence.MEDIUM, related=related)
