"""Ranges that are told behind a number, each put into one token: "within a factor of 3", "± 1 OOM", "(90% CI 3 to 7)".

within   = lead amount ["or so"] ["either way"] | "(" [lead] amount ["either way"] ")" | "×/÷" number
lead     = ["to"] "within" | "give or take" | "plus or minus" | "±"
amount   = "a factor of" number | ("an" | "half an" | number) ("order of magnitude" | "OOM")
interval = ["("] level "%" ("CI" | "confidence interval" | ...) [":"] ["["] number ("to" | "-" | ",") number ["]"] [")"]

A comparison is no range: "within a factor of 3 of the reported value" says nothing of how far off a number may be.

A hyphen without blanks between two decimals below one that rise is a range as well, since no difference is meant to be
negative: a utilization of 0.2-0.5.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from slipstick.reading.lexing.cutting import Token

_ABOUT = r"(?:(?:~|≈|about|around|roughly|approximately) )?"
_MANY = r"\d+(?:\.\d+)?"
_WORDS = {"a": "1", "an": "1", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "ten": "10"}
_FACTOR = rf"{_ABOUT}(?:a )?factor of {_ABOUT}(?P<factor>{_MANY}|two|three|four|five|ten)"
_ORDERS = (
    rf"{_ABOUT}(?:(?P<half>half|1/2|0\.5)(?: of)?(?: an?)?|(?P<orders>{_MANY}|an?|one|two|three)) "
    r"(?:ooms?|orders? of magnitude)"
)
_AMOUNT = re.compile(f"{_FACTOR}|{_ORDERS}")
_EITHER = r"(?: (?:either|each) way| in (?:either|each|both) directions?)"
_LEAD = r"(?:(?:to )?within|give or take|plus or minus|±|\+/-|\+-)"
_BARE_AMOUNT = re.sub(r"\?P<\w+>", "?:", _AMOUNT.pattern)
_CORE = rf"{_LEAD} (?:{_BARE_AMOUNT})(?: or so)?{_EITHER}?"
_WITHIN = re.compile(
    rf"(?:, )?{_CORE}(?= |$)|[(\[] (?:{_CORE}|(?:{_BARE_AMOUNT}){_EITHER}) [)\]]"
    rf"|[×x*] (?:/ )?÷ (?P<times>{_MANY})(?= |$)"
)
_LEVEL = r"(?P<level>50|68|80|90|95|98|99) (?:%|percent) (?:ci|cri|(?:confidence|credible|credence) interval|interval)"
_INTERVAL = re.compile(rf"(?P<outer>[(\[] |, )?{_LEVEL}(?: (?::|=|of|is|from))?(?P<inner> [(\[])?(?= [\d$€£¥.])")
_BEGIN = frozenset(("within", "to", "give", "plus", "±", "+/-", "+-", "(", "[", ",", "×", "x", "*"))
_BEFORE = frozenset(("number", "word", "percent", "close", "superscript"))
_COMPARES = frozenset("of from to the for between less more lower higher smaller larger below above compared".split())
_GOES_ON = frozenset(("minus", "range", "number", "percent"))
_IN_INTERVAL = frozenset(
    ("number", "word", "range", "minus", "comma", "percent", "times", "power", "superscript", "currency", "divide")
)
_MOST_TOKENS, _MOST_INSIDE, _MOST_DIGITS = 16, 24, 60
_HYPHENS = frozenset(("-", "−"))
_DECIMAL = re.compile(r"0?\.\d+")


def with_ranges_behind(tokens: list[Token]) -> list[Token]:
    """The tokens, with each range behind a number in one token of the kind `within`, whose text is the factor.

    Intervals keep their ends, between a token `interval`, whose text is the level in percent, and, where they stand in
    brackets, one `interval_end`. Work in the number of tokens.
    """
    found: list[Token] = []
    ends: set[int] = set()
    i = 0
    while tokens[i].kind != "end":
        taken = _taken(tokens, i, ends) if found and found[-1].kind in _BEFORE else None
        if taken is not None:
            token, i = taken
            found.append(token)
            continue
        token = tokens[i]
        if i in ends:
            token = token.saying(token.text, "interval_end")
        elif token.text in _HYPHENS and _is_decimal_range(tokens, i, found):
            token = token.saying("–")
        found.append(token)
        i += 1
    found.extend(tokens[i:])
    return found


def _taken(tokens: Sequence[Token], i: int, ends: set[int]) -> tuple[Token, int] | None:
    """What is told at `i` as one token, and the index behind it; the brackets that end an interval go to `ends`."""
    leads = tokens[i].text.lower() in _BEGIN
    if not leads and tokens[i].kind != "number":
        return None
    words = " ".join(token.text.lower() for token in tokens[i : i + _MOST_TOKENS])
    interval = _INTERVAL.match(words)
    if interval is not None:
        return _interval(tokens, i, interval, ends)
    match = _WITHIN.match(words) if leads else None
    if match is None:
        return None
    after = i + match.group().count(" ") + 1
    factor = match["times"] or _factor(match.group())
    compares = tokens[after].text.lower() in _COMPARES and tokens[i].kind not in ("open", "plus_minus")
    if compares or tokens[after].kind in _GOES_ON or not factor:
        return None
    return tokens[i].saying(factor, "within", end=tokens[after - 1].end), after


def _factor(words: str) -> str:
    """The factor either way: "3", "10^1", "10^1/2"; "" where it is none above one, or none that anybody means."""
    amount = _AMOUNT.search(words)
    if amount is None:
        return ""
    if amount["half"]:
        return "10^1/2"
    written = amount["factor"] or amount["orders"]
    many = _WORDS.get(written, written)
    if len(many) > _MOST_DIGITS:
        return ""
    if amount["orders"]:
        return f"10^{many}" if 0 < float(many) <= 12 else ""
    return many if float(many) > 1 else ""


def _interval(tokens: Sequence[Token], i: int, head: re.Match[str], ends: set[int]) -> tuple[Token, int] | None:
    """The head of an interval as one token; None where its brackets hold more than two numbers with their units."""
    after = i + head.group().count(" ") + 1
    opened = (tokens[i].kind == "open") + bool(head["inner"])
    closing: list[int] = []
    j = after
    while len(closing) < opened and j - after < _MOST_INSIDE:
        if tokens[j].kind == "close":
            closing.append(j)
        elif tokens[j].kind not in _IN_INTERVAL or closing:
            return None
        j += 1
    if len(closing) < opened:
        return None
    ends.update(closing)
    return tokens[i].saying(head["level"], "interval", end=tokens[after - 1].end), after


def _is_decimal_range(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> bool:
    """Whether the hyphen at `i` stands in a range such as 0.2-0.5, and in no sum."""
    first, second = tokens[i - 1], tokens[i + 1]
    glued = i > 0 and tokens[i].glued and second.glued and first.kind == second.kind == "number"
    if not glued or not _DECIMAL.fullmatch(first.text) or not _DECIMAL.fullmatch(second.text):
        return False
    summed = len(before) > 1 and before[-2].kind in ("plus", "minus")
    return not summed and tokens[i + 2].kind not in ("plus", "minus") and float(first.text) < float(second.text)
