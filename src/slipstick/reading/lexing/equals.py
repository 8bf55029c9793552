"""The words and signs that stand for "=", and those that only say that a number is not exact."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from slipstick.reading.lexing.cutting import Token

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
    "which gives", "giving", "gives", "give", "yields", "yielding", "which yields", "makes", "make", "we get",
    "you get", "one gets", "we obtain", "resulting in", "results in", "comes to", "comes out to", "comes out at",
    "amounts to", "for a total of", "or a total of", "a total of", "totals", "totaling", "totalling", "or about",
    "or roughly", "or approximately", "i . e . ,", "i . e .", "ie", "that is ,", "that is", "that's", "this is",
    "this gives", "which makes", "cost", "costs", "would be", "works out to", "takes", "take", "would take",
    "will take", "which gives us", "gives us", "which comes to", "will be", "will get me", "will get us", "gets us",
    "gets me", "turns out to be", "ends up being", "ends up at", "works out at", "works out as",
)  # fmt: skip

VERBS = frozenset(tuple(verb.split()) for verb in _VERBS)
"""Verbs and phrases that claim a result, as tuples of their words."""

_BEGINNINGS = frozenset(verb[0] for verb in VERBS)


_WEAK_VERBS = (
    "so", "so about", "thus", "hence", "therefore", "implies", "implying", "which implies", "suggests", "suggesting",
    "which suggests", "leads to", "leading to", "which leads to", "corresponds to", "corresponding to",
    "which corresponds to", "translates to", "translates into", "which translates to", "equates to", "means",
    "which means", "should be", "which should be", "must be", "brings us to", "puts it at", "so that's", "so it's",
)  # fmt: skip
WEAK_VERBS = frozenset(tuple(verb.split()) for verb in _WEAK_VERBS)
"""Verbs and phrases that may tell a result, or lead to something else: "5 * 1.28M images corresponds to 400k steps"."""
_WEAK_BEGINNINGS = frozenset(verb[0] for verb in WEAK_VERBS)


def verb_at(tokens: Sequence[Token], i: int) -> tuple[str, ...] | None:
    """The longest verb or phrase at `i` that claims a result, perhaps behind "which", or None."""
    if tokens[i].lower in _BEGINNINGS:
        found = _longest(tokens, i, VERBS)
        if found is None and tokens[i].lower == "which":
            verb = _longest(tokens, i + 1, VERBS)
            return ("which", *verb) if verb is not None else None
        return found
    return None


def weak_verb_at(tokens: Sequence[Token], i: int) -> tuple[str, ...] | None:
    """The longest verb or phrase at `i` that may tell a result, or None."""
    return _longest(tokens, i, WEAK_VERBS) if tokens[i].lower in _WEAK_BEGINNINGS else None


def _longest(tokens: Sequence[Token], i: int, verbs: Set[tuple[str, ...]]) -> tuple[str, ...] | None:
    for length in (5, 4, 3, 2, 1):
        words = tuple(t.lower for t in tokens[i : i + length])
        if words in verbs:
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


_ENDS = frozenset(("newline", "relation", "close", "end"))
"""Kinds of tokens at which a number ends."""
_NUMERALS = frozenset(("binary", "hex", "hexadecimal", "octal", "base", "arc"))
"""In or of them a number is none of its unit: "10 in binary", "3 seconds of arc"."""


def is_broken_off(tokens: Sequence[Token], i: int) -> bool:
    """Whether what ends at `i` is no result: "= 165,612,...", "= 10 in binary"."""
    degrees = "°" in (tokens[i].text[:1], tokens[i - 1].text[:1], tokens[i - 2].text)
    if degrees or (tokens[i].kind == "number" and tokens[i - 1].kind == "word"):
        return True  # a temperature is no amount of anything; "= 1 ft 9 in" goes on
    if tokens[i].kind in _ENDS:
        return False
    if tokens[i].text in ("in", "of") and tokens[i + 1].lower in _NUMERALS:
        return True
    if tokens[i].kind == "minus" and tokens[i].glued and tokens[i + 1].glued and tokens[i + 1].kind == "word":
        return tokens[i - 1].kind == "number"  # "= 6-hourly samples" says of what kind they are
    if tokens[i].text == ":" and tokens[i].glued and tokens[i + 1].kind == "number":
        return True  # "= 3:30" is a time of day
    if tokens[i].kind == "number" and tokens[i - 1].kind in ("number", "superscript") and not tokens[i].glued:
        return True  # "1 mm = 10^3 1/pix": two numbers side by side are none
    if tokens[i].kind == "currency" and tokens[i].glued and tokens[i - 1].text in "μµ":
        return True  # "= 0.1 μ$"
    if tokens[i].kind == "comma" and tokens[i].glued and tokens[i + 1].glued and tokens[i + 1].kind == "number":
        return True  # "= 3008,102,400" is a misprint, "= 7,2.10^22" has a decimal comma
    if tokens[i].kind == "open":
        closed = next((j for j in range(i, min(i + 8, len(tokens) - 1)) if tokens[j].kind == "close"), i)
        return tokens[closed + 1].kind == "open" and tokens[closed + 1].glued  # "= 1/2 (4 kg)(5 m/s)": more factors
    dots = tokens[i + 1]
    return tokens[i].kind == "comma" and (dots.text == "…" or dots.text == tokens[i + 2].text == ".")


def past_bound(tokens: Sequence[Token], closing: Mapping[int, int], i: int) -> tuple[str, int]:
    """The bound that words between a relation and its number say, and the index of the number."""
    while tokens[i].kind in ("newline", "quote") or tokens[i].text == "**":
        i += 1
    if tokens[i].kind in ("number", "currency"):
        return "", i
    end = closing.get(i, i)
    words = " ".join(t.lower for t in tokens[i + 1 : min(end, i + 4)])
    return past_approximately(tokens, end + 1 if end - i <= 4 and words in APPROXIMATELY else i)  # "(approx.)"


def restated_at(tokens: Sequence[Token], i: int, end: int) -> int | None:
    """Where the result of the expression from `i` to `end` stands, if the next line gives one to the same name.

    "FLOPs = 6 * 7e9 * 2e12", and below it, perhaps behind a blank line and a bullet, "FLOPs = 8.4e22".
    """
    if i < 2 or tokens[end].kind != "newline" or tokens[i - 1].kind != "relation":
        return None
    name = i - 3 if tokens[i - 2].kind == "superscript" and tokens[i - 2].glued and i > 2 else i - 2
    at = end + 1 + (tokens[end + 1].kind == "newline")
    at += tokens[at].text in _BULLETS and not tokens[at + 1].glued
    sign = at + i - 1 - name
    again = [t.lower for t in tokens[at:sign]] == [t.lower for t in tokens[name : i - 1]]
    if tokens[name].kind != "word" or not again or tokens[sign].kind != "relation" or tokens[sign].text in ARROWS:
        return None
    return past_approximately(tokens, sign + 1)[1]


_BULLETS = frozenset("*-–•")
