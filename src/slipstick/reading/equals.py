"""The words and signs that stand for "=", and those that only say that a number is not exact."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.reading.cutting import Token

ARROWS = frozenset(("->", "→", "⇒", "⟶", "⟹", "=>", "--->", "-->", "==>", "—>", "–>"))
"""Signs that may lead to a result, or on to another expression that claims nothing."""

APPROXIMATELY = frozenset(
    (
        *"about approximately approx roughly around nearly only some circa ca almost @ ~ ≈".split(),
        "a total of",
        "approx .",
        "ca .",
        "c .",
        "appr .",
        "around ~",
    )
)
"""What stands before a number and changes nothing: the printed digits say how exact it is."""

BOUNDS = dict.fromkeys(("at least", "more than", "over", "above", "no less than", ">", "≥", ">="), "low")
BOUNDS |= dict.fromkeys(("at most", "less than", "under", "below", "up to", "no more than", "<", "≤", "<="), "high")
"""What makes a claim a lower or an upper bound."""

_VERBS = (
    "is equal to", "which is equal to", "equal to", "equals", "which equals", "equaling", "is", "which is",
    "which gives", "giving", "gives", "give", "yields", "yielding", "which yields", "makes", "we get", "you get",
    "one gets", "we obtain", "resulting in", "results in", "comes to", "comes out to", "comes out at", "amounts to",
    "for a total of", "or a total of", "a total of", "totals", "totaling", "totalling", "or about", "or roughly",
    "or approximately", "i.e.", "that is", "that's", "this is", "this gives", "which makes",
    "would be", "works out to", "takes", "take", "would take", "will take",
    "which gives us", "gives us", "which comes to", "will be", "will get me", "will get us", "gets us", "gets me",
)  # fmt: skip

VERBS = frozenset(tuple(verb.split()) for verb in _VERBS)
"""Verbs and phrases that claim a result, as tuples of their words."""

_BEGINNINGS = frozenset(verb[0] for verb in VERBS)


def verb_at(tokens: Sequence[Token], i: int) -> tuple[str, ...] | None:
    """The longest verb or phrase at `i` that claims a result, or None."""
    if tokens[i].lower in _BEGINNINGS:
        for length in (4, 3, 2, 1):
            words = tuple(t.lower for t in tokens[i : i + length])
            if words in VERBS:
                return words
    return None


def past_approximately(tokens: Sequence[Token], i: int) -> tuple[str, int]:
    """The bound that up to four words or phrases before a number say ("about", "at least"), and the index behind."""
    bound = ""
    for _ in range(4):
        for length in (3, 2, 1):
            words = " ".join(t.lower for t in tokens[i : i + length])
            if words in APPROXIMATELY or words in BOUNDS:
                bound, i = BOUNDS.get(words, bound), i + length
                break
        else:
            break
    return bound, i
