"""Which of the passes over tokens a lexeme may concern. Asked once of each spelling, so that most passes are not made.

A sum of these numbers tells it, of one lexeme or of all in a stretch of text.
"""

from __future__ import annotations

from functools import cache

from slipstick.patterns import pattern
from slipstick.reading.lexing.numerals import BEGINNINGS

FIGURE = 1 << 0
"""Itself a number, a currency or a mark that may be put more plainly."""
BEHIND_NUMBER = 1 << 1
"""What a number before it may go on with."""
COMMA = 1 << 2
"""A comma that may be a decimal one."""
WITHIN, HYPHEN = 1 << 3, 1 << 4
"""A range told behind a number, and one of two decimals."""
RANGE = 1 << 5
"""A range in words, brackets or quotes, or a dash for a minus."""
SLASH, DEGREES, KELVIN = 1 << 6, 1 << 7, 1 << 8
"""Several units below one slash, which are told by a bracket, degrees or a kelvin."""
BY, LENGTH = 1 << 9, 1 << 10
"""A size in words."""
DOT = 1 << 11
"""A dot between units."""
LETTER, METRE, LITER = 1 << 12, 1 << 13, 1 << 14
"""A letter with two meanings; beside an m, litres give one to M."""
POWER = 1 << 15
"""A negative power."""
POUNDS, CENTS = 1 << 16, 1 << 17
"""Pounds that may be forces, and cents that may be money."""
BY_PLACE = 1 << 18
"""A piece whose kind its place tells."""
JOINING = 1 << 19
"""A word that may be one with the number before it, or be cut into a difference."""
FIELD = 1 << 20
"""A word of a field that has letters of its own."""

PI = "3.14159265358979323846264338327950288419716939937511"
CODES = frozenset("USD EUR GBP CHF JPY CNY INR CAD AUD US$ Rs".split())
CURRENCY_SIGNS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "¢": "cent"}
NAMES = BEGINNINGS | CODES | {"π", "pi"}
"""Words that may be a number or lead to one."""
SYMBOLS = {"V": "volt", "A": "ampere", "N": "newton", "L": "liter", "l": "liter"}
LETTERS = frozenset("m mm MM B K G T t bps in ct cts cent cents c p hp HP it w C us v".split()) | set(SYMBOLS)
LITERS = frozenset("l ml µl ul litre litres liter liters".split())
FOOTNOTE_SIGNS = frozenset("†‡§¶")
DOTTED_LENGTH = len("1.234,5")
ALWAYS_DOTTED = pattern(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))|(\d{1,3}(?:\.\d{3}){2,})")
_ALONE = frozenset(("fraction", "currency"))
"""The kinds of which every token is a figure."""
_GLUED_MARKS = frozenset(("*", "**", "+", "."))
_GOING_ON = frozenset(("π", "pi", "e", "E"))
_OF_WORDS = (
    (WITHIN, "factor oom ooms order orders ÷ ci cri confidence conf credible interval intervals"),
    (RANGE, "± +/- +- – \" ' “ ” ‘ ’ ` < > between from"),
    (SLASH, "/"),
    (DEGREES, "° ˚ ºc"),
    (BY, "by"),
    (LENGTH, "m cm mm km ft feet foot inch inches yard yards meter meters metre metres"),
    (DOT, "· ⋅"),
    (METRE, "m"),
    (LITER, " ".join(LITERS)),
    (POWER, "^"),
    (POUNDS, "lb lbs pound pounds"),
    (CENTS, "¢ c p cent cents ct cts eurocent penny pence pennies"),
    (BEHIND_NUMBER, "dozen"),
    (LETTER, "¢"),
    (FIELD, "basis pod pods kubernetes k8s replicas bp genome genomes exome kt kts kn"),
)


@cache
def _by_word() -> dict[str, int]:
    """What the words and signs concern that do so wherever they stand, in lower case."""
    found: dict[str, int] = {}
    for concern, words in _OF_WORDS:
        for word in words.split():
            found[word] = found.get(word, 0) | concern
    return found


def passes_of(kind: str, written: str, lower: str, blanks: int) -> int:
    """The passes that a lexeme with a number of blanks before it may concern, as a sum."""
    concerned = _by_word().get(lower, 0)
    if kind == "word":
        concerned |= _of_word(written, glued=not blanks)
    elif kind == "number":
        concerned |= BEHIND_NUMBER if blanks == 1 else 0
        concerned |= COMMA if "," in written else 0
        concerned |= FIGURE if len(written) >= DOTTED_LENGTH and ALWAYS_DOTTED.fullmatch(written) else 0
    elif kind in _ALONE or written in CURRENCY_SIGNS:
        concerned |= FIGURE
    elif not blanks:
        concerned |= _of_glued_sign(kind, written)
    return concerned | POWER if written[0] == "⁻" else concerned


def _of_word(word: str, *, glued: bool) -> int:
    concerned = FIGURE if word in NAMES else 0
    if word in LETTERS or word == "M":
        concerned |= LETTER
    if word[-1] == "K" or word == "kelvin":
        concerned |= KELVIN
    if glued and word in _GOING_ON:
        concerned |= BEHIND_NUMBER
    return concerned | JOINING if glued or "-" in word else concerned


def _of_glued_sign(kind: str, sign: str) -> int:
    if kind == "superscript":
        return FIGURE | BEHIND_NUMBER
    if sign in _GLUED_MARKS or sign in FOOTNOTE_SIGNS:
        return FIGURE
    if sign == ",":
        return BEHIND_NUMBER | COMMA
    return BEHIND_NUMBER if sign == "/" else HYPHEN if sign in "-−" else 0
