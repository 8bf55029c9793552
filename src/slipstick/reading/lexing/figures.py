"""Numbers in other notations put into plain figures: 86 400, 1,5 Mrd., 2½, 2π, "two weeks"; footnote marks left out.

Decimal commas are read where no thousands can be meant (1,5; 0,25; 3,1416). Dots between thousands and commas before
three decimals (3.600; 1,609) are read so only in a text that writes decimal commas and no decimal points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal, localcontext
from functools import lru_cache, partial
from unicodedata import numeric

from slipstick.patterns import pattern
from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.marks import MARKS, is_mark, may_be_mark
from slipstick.reading.lexing.number_words import number_in_words
from slipstick.reading.lexing.passes import ALWAYS_DOTTED, CODES, CURRENCY_SIGNS, DOTTED_LENGTH, PI
from slipstick.reading.lexing.rewriting import rewritten
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import unit_of

_DENOMINATORS = {"2", "3", "4", "5", "6", "8", "10", "12", "16"}
_OPERATORS = frozenset(("times", "divide", "plus", "relation", "power"))
_JOINS = frozenset("times by of is about roughly around at for plus minus with gives equals to over per makes".split())
_MAX_GROUPS = 12
_GROUP = pattern(r"\d{3}(?:\.\d+)?")
_DECIMALS = pattern(r"(?:\d{1,2}|\d{4,})(?:[eE][+\-−]?\d+)?")
_DOTTED_THOUSANDS = pattern(r"[1-9]\d{0,2}(?:\.\d{3})+")
_COMMA_THREE = pattern(r"\d{1,3},\d{3}")

_BEHIND = r"(?=\s?(?:[%*×·⋅∙/÷=≈~→)]|x\s|-?>|[kMBTGWVAJa-zµ€]{1,6}\b|€|M(?:rd|io|ill))|[eE][+-]?\d|\s*$)"
_DECIMAL_COMMA = pattern(r",(?:(?<=\.\d\d\d,)|(?<=0,)(?<!\w0,)|(?<=\d,)(?=\d\d?(?!\d)|\d{4}))(?=\d)")
"""A comma that may be a decimal one by the digits beside it; searched for by the comma, which is rare."""
_EUROPEAN = pattern(
    rf"\d\.\d{{3}},\d|(?<![\w.,(\[])(?:0,\d+|\d{{1,3}},(?:\d{{1,2}}|\d{{4,}}))(?![,.]?\d){_BEHIND}", re.MULTILINE
)
_ENGLISH = pattern(r"(?<![\w.,-])(?:0?\.\d+|\d+\.(?:\d{1,2}|\d{4,}))(?![,.]?\d)|\d,\d{3},\d{3}|\d,\d{3}\.\d")


@lru_cache(maxsize=2)
def _is_european(text: str) -> bool:
    """Whether a text writes decimal commas, and nothing in it is English: no decimal point, no thousands by comma."""
    if _DECIMAL_COMMA.search(text) is None:
        return False
    return _EUROPEAN.search(text) is not None and _ENGLISH.search(text) is None


def in_plain_figures(tokens: list[Token], places: list[int], text: str, *, has_comma: bool) -> list[Token]:
    """The tokens with every number in plain figures and without marks. Work in proportion to their number.

    `places` are those that may be put more plainly; `has_comma` says whether a comma may be a decimal one.
    """
    european = has_comma and _is_european(text) and _has_comma(tokens)
    if european:
        places = sorted({*places, *(i for i, token in enumerate(tokens) if token.kind == "number")})
    places = [i for i in places if _may_be_plainer(tokens[i], tokens[i + 1])]
    return rewritten(tokens, places, partial(_figure, european=european)) if places else tokens


def _may_be_plainer(token: Token, following: Token) -> bool:
    """Whether what stands behind a mark lets it be one; what is none may always be put more plainly."""
    return token.kind not in MARKS or token.text in CURRENCY_SIGNS or may_be_mark(token, following)


def _has_comma(tokens: Sequence[Token]) -> bool:
    """Whether a comma stands right behind something, or in a number."""
    return any((t.kind == "comma" and t.glued) or (t.kind == "number" and "," in t.text) for t in tokens)


def _figure(
    tokens: Sequence[Token], i: int, before: Sequence[Token], european: bool
) -> tuple[Sequence[Token], int] | None:
    """A number, a currency or a mark at `i` as it is written plainly; None for what stays as it is."""
    token = tokens[i]
    kind = token.kind
    taken: tuple[Token, int] | None = None
    if kind == "number":
        taken = _number(tokens, i, before, european)
    elif kind == "word":
        taken = _word(tokens, i, before)
    elif kind == "fraction":
        taken = _vulgar(token), i + 1
    elif kind in ("currency", "other"):
        taken = _currency_behind(tokens, i, before)
    if taken is not None:
        return (taken[0],), taken[1]
    marked = token.glued and kind in MARKS and before and is_mark(tokens, i, before)
    return ((), i + 1) if marked else None


def _number(tokens: Sequence[Token], i: int, before: Sequence[Token], european: bool) -> tuple[Token, int] | None:
    """A number at `i` that goes on in the next tokens, or is written in another style; None for a plain one."""
    token, following = tokens[i], tokens[i + 1]
    if len(token.text) >= DOTTED_LENGTH and (dotted := ALWAYS_DOTTED.fullmatch(token.text)) is not None:
        whole = (dotted[1] or dotted[3]).replace(".", "")
        return token.saying(f"{whole}.{dotted[2]}" if dotted[2] else whole), i + 1
    if european and _DOTTED_THOUSANDS.fullmatch(token.text):
        token = token.saying(token.text.replace(".", ""))
    if european and _COMMA_THREE.fullmatch(token.text):
        token = token.saying(token.text.replace(",", "."))
    if following.lower == "dozen" and token.text.isdecimal() and len(token.text) < 4:
        return token.saying(str(12 * int(token.text)), end=following.end), i + 2
    if following.kind == "comma" and following.glued:
        return _decimal_comma(token, tokens, i, before, european) or _unless_plain(token, tokens, i)
    if following.kind == "number" and following.start == token.end + 1:
        return _mixed(tokens, i) or _by_blanks(tokens, i, before) or _unless_plain(token, tokens, i)
    if following.kind == "superscript" and following.glued:
        return _footnoted(tokens, i, before) or _unless_plain(token, tokens, i)
    if following.text == "/" and following.glued:
        return _simple_fraction(tokens, i, before) or _unless_plain(token, tokens, i)
    if following.kind == "word" and following.glued:
        return _with_letter(token, tokens, i)
    return _unless_plain(token, tokens, i)


def _footnoted(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[Token, int] | None:
    """ "= 12³." at the end of a sentence is a power or has a footnote: a number that nobody can tell is none."""
    alone = bool(before) and before[-1].kind == "relation" and tokens[i + 2].kind in ("stop", "newline", "end")
    doubtful = alone and tokens[i].text not in ("2", "10") and len(tokens[i + 1].text) == 1
    return (tokens[i].saying(tokens[i].text, "other"), i + 1) if doubtful else None


def _unless_plain(token: Token, tokens: Sequence[Token], i: int) -> tuple[Token, int] | None:
    return (token, i + 1) if token is not tokens[i] else None


def _decimal_comma(
    token: Token, tokens: Sequence[Token], i: int, before: Sequence[Token], european: bool
) -> tuple[Token, int] | None:
    """ "1,5 Mrd.", "1,68 × 10^23", "11.500,25": a comma before what can be no thousands, and no list ("1,2,3")."""
    decimals, after = tokens[i + 2], tokens[i + 3]
    whole = token.text.isdigit() and (len(token.text) <= 3 or token is not tokens[i])
    if not whole or decimals.kind != "number" or not decimals.glued or not _DECIMALS.fullmatch(decimals.text):
        return None
    listed = before and (before[-1].kind == "comma" or (before[-1].kind == "open" and after.kind == "close"))
    if listed or (after.kind == "comma" and tokens[i + 4].kind == "number"):
        return None
    counted = after.kind == "word" and (scale_of(after.text) is not None or unit_of(after.text) is not None)
    behind_operator = bool(before) and before[-1].kind in (*_OPERATORS, "currency")
    named = bool(before) and before[-1].kind == "word" and before[-1].lower not in _JOINS  # "layers 1,2 * 3"
    leads_on = after.kind in ("percent", "currency") or (after.kind in _OPERATORS and not named)
    if not (european or behind_operator or counted or leads_on):
        return None
    return token.saying(f"{token.text}.{decimals.text}", end=decimals.end), i + 3


def _by_blanks(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[Token, int] | None:
    """ "1 209 600 s": groups of exactly three digits by single blanks, between operators, signs and units."""
    first = tokens[i]
    if not first.text.isdigit() or len(first.text) > 3 or first.text[0] == "0":
        return None
    j, digits = i + 1, first.text
    while j - i < _MAX_GROUPS and tokens[j].start == tokens[j - 1].end + 1 and _GROUP.fullmatch(tokens[j].text):
        digits += tokens[j].text
        j += 1
    after, last = tokens[j], before[-1] if before else None
    if j == i + 1 or after.kind == "number" or (after.glued and scale_of(after.text) is not None):
        return None
    led_to = last is None or last.kind in (*_OPERATORS, "newline", "open", "currency") or last.lower in _JOINS | {":"}
    leads_on = after.kind in _OPERATORS
    of_unit = after.kind == "word" and unit_of(after.text) is not None
    thousands = of_unit and digits.endswith("000")
    begins = len(before) > 1 and before[-1].kind == "stop" and before[-2].kind != "number"  # "hours. 1 082 990 h"
    grouped = (
        led_to
        or (begins and (leads_on or of_unit))
        or (thousands and tokens[j + 1].kind in _OPERATORS)
        or (j > i + 2 and leads_on and last is not None and not last.text[:1].isupper())
    )
    return (first.saying(digits, end=tokens[j - 1].end), j) if grouped else None


def _mixed(tokens: Sequence[Token], i: int) -> tuple[Token, int] | None:
    """ "2 1/2 cups": a whole number and a simple fraction."""
    if not tokens[i].text.isdigit() or len(tokens[i].text) > 2:
        return None
    fraction = _simple_fraction(tokens, i + 1, (), of_anything=True) if tokens[i + 2].text == "/" else None
    if fraction is None:
        return None
    above, _, below = fraction[0].text.partition("/")
    whole = int(tokens[i].text) * int(below) + int(above)
    return tokens[i].saying(f"{whole}/{below}", end=fraction[0].end), fraction[1]


def _simple_fraction(
    tokens: Sequence[Token], i: int, before: Sequence[Token], of_anything: bool = False
) -> tuple[Token, int] | None:
    """ "3/4 mile", "1/3 of": a small fraction without blanks, of a unit or of something else."""
    above, below, noun = tokens[i].text, tokens[i + 2], tokens[i + 3]
    if below.text not in _DENOMINATORS or not below.glued or not above.isdigit() or noun.kind != "word" or noun.glued:
        return None
    proper = len(above) < 3 and 0 < int(above) < int(below.text)
    if not proper and not (len(above) < 3 and int(above) % int(below.text) and _is_ratio(tokens, i + 3)):
        return None
    if before and before[-1].kind in ("currency", "divide", "number"):
        return None
    counted = of_anything or (unit_of(noun.text) is not None and scale_of(noun.text) is None)
    return (tokens[i].saying(f"{above}/{below.text}", end=below.end), i + 3) if counted or noun.text == "of" else None


def _is_ratio(tokens: Sequence[Token], i: int) -> bool:
    """Whether a thing counted for each of another stands at `i`, so that 4/3 tokens per word are a number of them."""
    per = next((j for j in range(i + 1, i + 3) if tokens[j].text in ("per", "/")), None)
    return per is not None and tokens[per + 1].kind == "word"


def _with_letter(token: Token, tokens: Sequence[Token], i: int) -> tuple[Token, int] | None:
    """ "2π" and "8.4E 22", where a blank stands before the exponent."""
    letter, after = tokens[i + 1], tokens[i + 2]
    if letter.text in ("π", "pi") and token.text.replace(".", "", 1).isdigit() and len(token.text) < 30:
        with localcontext() as context:
            context.prec = 100
            return token.saying(str(Decimal(token.text) * Decimal(PI)), end=letter.end), i + 2
    exponent = letter.text in ("e", "E") and after.kind == "number" and len(after.text) <= 2 and after.text.isdigit()
    plain = "." in token.text and "e" not in token.text.lower()
    if exponent and plain and not after.glued and not tokens[i + 3].glued:
        return token.saying(f"{token.text}e{after.text}", end=after.end), i + 3
    return _unless_plain(token, tokens, i)


def _vulgar(token: Token) -> Token:
    """ "½", "2½" and "2 ½" as simple fractions."""
    sign = numeric(token.text[-1])
    below = next(n for n in (2, 3, 4, 5, 6, 8) if abs(sign * n - round(sign * n)) < 1e-9)
    whole = token.text[:-1].strip()
    return token.saying(f"{int(whole or 0) * below + round(sign * below)}/{below}", "number")


def _is_behind_number(before: Sequence[Token]) -> bool:
    """Whether a number stands last, perhaps with its scale."""
    if not before or before[-1].kind == "number":
        return bool(before)
    last = before[-1]
    return len(before) > 1 and before[-2].kind == "number" and last.kind == "word" and scale_of(last.text) is not None


def _currency_behind(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[Token, int] | None:
    """ "5 €", "8¢": a currency sign at `i` behind its number, as a unit; else None."""
    said = CURRENCY_SIGNS.get(tokens[i].text)
    alone = tokens[i + 1].kind not in ("number", "open") and _is_behind_number(before)
    return (tokens[i].saying(said, "word"), i + 1) if said and alone else None


def _word(tokens: Sequence[Token], i: int, before: Sequence[Token]) -> tuple[Token, int] | None:
    """A word at `i` that is a number (π, two weeks) or a currency before one (USD 5); else None."""
    token, last, after = tokens[i], before[-1] if before else None, tokens[i + 1]
    if token.text in CODES:
        dot = 1 if token.text == "Rs" and after.text == "." else 0
        leads = tokens[i + 1 + dot].kind == "number" and not _is_behind_number(before)
        return (token.saying(token.text, "currency"), i + 1 + dot) if leads else None
    if token.text in ("π", "pi"):
        operated = after.kind in _OPERATORS or (last is not None and last.kind in _OPERATORS)
        return (token.saying(PI, "number"), i + 1) if operated or after.kind == "superscript" else None
    return number_in_words(tokens, i, last)
