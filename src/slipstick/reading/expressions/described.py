"""A factor in a bracket with words behind it: "* (1.2 to account for cooling)"."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.expressions.bracketed_factors import factor_in_bracket
from slipstick.reading.expressions.remarks import Remarks
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.numbers import read_number
from slipstick.reading.quantities.quantities import Quantity, unit_phrase

_LONGEST = 16


def described(tokens: Sequence[Token], remarks: Remarks, i: int) -> tuple[Quantity, int] | None:
    """The one quantity in the bracket at `i`, words and a reference behind it, and the index behind; else None.

    "(1.2 to account for cooling)", "(0.6 kg/kWh in China [2])". A second number would make it a remark.
    """
    inside = factor_in_bracket(tokens, remarks.closing, i) if tokens[i].kind == "open" else None
    if inside is not None:
        return Quantity(tokens[i].to(tokens[inside.end - 1]), inside.number, inside.unit, inside.said), inside.end
    end = remarks.closing.get(i) if tokens[i].kind == "open" else None
    found = read_number(tokens, i + 1) if end is not None and end - i <= _LONGEST else None
    if found is None or end is None:
        return None
    phrase = unit_phrase(tokens, found[1])
    first = j = phrase[1] if phrase else found[1]
    while j < end and (tokens[j].kind == "word" or remarks.joins_words(j)):
        j += 1
    if tokens[j].text == "[" and remarks.closing.get(j) == j + 2:
        j += 3
    if j != end or j == first:
        return None
    said = " ".join(t.text for t in tokens[first:end])
    return Quantity(tokens[i].to(tokens[end]), found[0], phrase[0] if phrase else None, said), end + 1
