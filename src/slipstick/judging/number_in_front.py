"""The number in front of a calculation that makes its missed result: "5 people for 3 months at $10k/month = $150k"."""

from __future__ import annotations

from fractions import Fraction

from slipstick.judging.verdicts import Judged, verdict
from slipstick.patterns import pattern
from slipstick.reading.lexing.numerals import NUMBERS
from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.quantities.numbers import read_number

_BEFORE = 80
"""How many characters before the calculation it may stand."""
_SENTENCE_END = pattern(r"[.!?;:]\s|\n")
_YEARS = range(1900, 2101)


def number_in_front(text: str, judged: Judged) -> str:
    """The number, as written; "" where none makes the result, or something stands between that has one of its own.

    Neither a year nor what is a factor already is meant: "the 1000 W heater uses 1000 W * 5 h".
    """
    claim, start = judged.claims[-1] if judged.claims else None, judged.written.span.start
    if claim is None or claim.verdict != "off" or not claim.value or judged.reading.value is None:
        return ""
    begin = max(start - _BEFORE, 0)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, begin, start)]
    tokens = tokenize(text, ends[-1] if ends else begin, start)
    apart = max((i for i, token in enumerate(tokens) if token.kind in ("relation", "stop")), default=-1)
    for i, token in enumerate(tokens[apart + 1 :], apart + 1):
        found = read_number(tokens, i) if token.kind == "number" else None
        number = found[0].value if found else Fraction(NUMBERS.get(token.lower, 1))
        if number <= 1 or verdict(judged.reading.value * number, claim.value, claim.last_digit) != ("holds", False):
            continue
        if found is None or not (_is_factor(text, judged, number, tokens[found[1]].lower) or number in _YEARS):
            return (found[0].span if found else token.span).of(text)
    return ""


def _is_factor(text: str, judged: Judged, number: Fraction, word: str) -> bool:
    """Whether a factor is this number of the same thing, which `word` names."""
    same = [f.quantity.number.span.end for f in judged.reading.factors if f.quantity.number.value == number]
    return bool(word) and any(text[end:].lstrip().lower().startswith(word) for end in same)
