"""The names that stand in the text of a unit: parts of accelerators, dollars of a year, several words, or one.

Each function takes the text with its tokens and a place among them, and gives what is meant with the place behind it,
or None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from slipstick.catalogue import hardware
from slipstick.conversion.algebra import raised
from slipstick.conversion.errors import ConversionError
from slipstick.conversion.registry import price_indices, table
from slipstick.conversion.tokens import HYPHENS, Token
from slipstick.conversion.vocabulary import ONE, Meaning, meanings_of, nearest
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import part_unit
from slipstick.units import UnitTerm

Found = tuple[tuple[Meaning, ...], int]

_MOST_WORDS = 4
_POWER_WORDS = {"square": 2, "sq": 2, "sq.": 2, "cubic": 3, "cu": 3, "cu.": 3}
_WORD_WITH_POWER = re.compile(r"([^\W\d_]+)([2-6])")
_DOLLARS = re.compile(r"(?i)(us\$|\$|us dollars?|dollars?|usd)[_ ]?(\d{4})?")
_BETWEEN = re.compile(r"\s+|[‐‑–·]")
_LEVELS = {
    **{level: level for level in ("core", "chip", "board", "node", "pod", "die", "rack", "device")},
    "tensorcore": "core", "card": "board", "server": "node", "gpu": "GPU",
}  # fmt: skip


def name_at(text: str, tokens: Sequence[Token], at: int) -> Found:
    """The longest name at a place. Raises ConversionError, with the names that are near, where there is none."""
    found = (
        part_at(text, tokens, at) or dollars_at(tokens, at) or scale_at(text, tokens, at) or words_at(text, tokens, at)
    )
    if found is None:
        word = tokens[at].text
        raise ConversionError(f"{word[:40]!r} is no unit that slipstick knows{nearest(word)}")
    return found


def part_at(text: str, tokens: Sequence[Token], at: int) -> Found | None:
    """An accelerator with its level: "TPU v3 core", "A100-80GB", "v3-8"."""
    start = tokens[at].start
    if not hardware.may_begin(tokens[at].text):
        return None
    for end in range(min(len(tokens) - 1, at + 2 * hardware.longest_alias()), at, -1):
        last = tokens[end - 1]
        parted = last.start > tokens[at].start and tokens[end - 2].text[-1:] in (" ", *HYPHENS)
        if last.kind == "space" or last.text in ("/", "*", "(") or (last.text == "s" and parted):
            continue  # "H100 s" is a time, and no plural
        part = hardware.named(text[start : tokens[end].start])
        if part is not None:
            level, end = _level_at(part, tokens, end)
            return (Meaning(ONE, (UnitTerm(part_unit(part, level)),)),), end
    return None


def _level_at(part: hardware.Part, tokens: Sequence[Token], at: int) -> tuple[str, int]:
    """The level said behind a part ("core", "chips") with the place behind it; "" where none is."""
    n = at
    while tokens[n].kind == "space" or tokens[n].text in HYPHENS:
        n += 1
    word = tokens[n].text.lower()
    level = _LEVELS.get(word) or _LEVELS.get(word.removesuffix("s"), "")
    known = level in part.levels or level in ("device", "chip", part.base_level)
    return (level, n + 1) if level and known else ("", at)


def dollars_at(tokens: Sequence[Token], at: int) -> Found | None:
    """Dollars of a year: "$2020", "USD 2020", "USD_2020", "2020 dollars".

    Raises ConversionError for a year whose prices are not known.
    """
    after = at + 1 if tokens[at + 1 : at + 2] and tokens[at + 1].kind != "space" else at + 2
    following = tokens[after] if after < len(tokens) else tokens[-1]
    here = tokens[at]
    if here.kind == "number":
        match = _DOLLARS.fullmatch(following.text)
        is_year = _is_year(here.text) and match is not None and not match[2]
        return (_dollars_or_amount(here.text, following.text), after + 1) if is_year else None
    match = _DOLLARS.fullmatch(here.text)
    if match is None:
        return None
    if match[2]:
        return _dollars(match[2]), at + 1
    return (_dollars(following.text), after + 1) if _is_year(following.text) else None


def scale_at(text: str, tokens: Sequence[Token], at: int) -> Found | None:
    """The letter of "T tokens" and "M parameters": a scale before what is counted or paid, and no tesla or byte."""
    word = tokens[at].text
    power = scale_of(word) if len(word) == 1 else None
    if power is None or [t.kind for t in tokens[at + 1 : at + 3]] != ["space", "word"]:
        return None
    counted = words_at(text, tokens, at + 2)
    if counted is None or not all(_is_counted(term.name) for meaning in counted[0] for term in meaning.terms[:1]):
        return None
    return (Meaning(Fraction(10) ** power, (), (f"{word} was taken for 10^{power}, a scale and no unit",)),), at + 1


def _is_counted(name: str) -> bool:
    return table().sections.get(name) in ("counted", "devices", "money")


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and 1700 <= int(text) < 2200


def _dollars(year: str) -> tuple[Meaning, ...]:
    """Dollars of a year. Raises ConversionError for one whose prices are not known."""
    years = sorted(price_indices())
    if int(year) not in price_indices():
        raise ConversionError(f"dollars of {year} are not known; expected a year from {years[0]} to {years[-1]}")
    return (Meaning(ONE, (UnitTerm(f"USD_{year}"),)),)


def _dollars_or_amount(number: str, word: str) -> tuple[Meaning, ...]:
    """Dollars of a year, or so many dollars: "2020 USD"."""
    amount = Meaning(
        Fraction(number), (UnitTerm("USD"),), (f"{number} {word} was taken for an amount, not for a year",)
    )
    if int(number) not in price_indices():
        return (amount,)
    note = f"{number} {word} was taken for dollars of the year {number}, not for an amount"
    return (_dollars(number)[0]._replace(notes=(note,)), amount)


def words_at(text: str, tokens: Sequence[Token], at: int) -> Found | None:
    """Several words that name one unit ("nautical mile", "square feet", "ft-lb"), or one ("m", "m2"), longest first."""
    power = _POWER_WORDS.get(tokens[at].text.lower())
    if power and tokens[at + 1].kind == "space":
        meant = words_at(text, tokens, at + 2)
        return (raised(meant[0], power), meant[1]) if meant else None
    for end in reversed(_ends(tokens, at)):
        spelled = _BETWEEN.sub(_joint, text[tokens[at].start : tokens[end].start])
        if found := meanings_of(spelled) or meanings_of(spelled.removesuffix(".")):
            return found, end
    found = _with_power(tokens[at].text)
    return (found, at + 1) if found else None


def _ends(tokens: Sequence[Token], at: int) -> list[int]:
    """The places behind one word, two and more, with a blank, a hyphen or a dot between them."""
    ends, n = [at + 1], at + 1
    while len(ends) < _MOST_WORDS and n + 1 < len(tokens) and tokens[n + 1].kind == "word":
        if tokens[n].kind != "space" and tokens[n].text not in (*HYPHENS, "·"):
            break
        n += 2
        ends.append(n)
    return ends


def _joint(between: re.Match[str]) -> str:
    return " " if between[0].isspace() else "-"


def _with_power(word: str) -> tuple[Meaning, ...]:
    """in2: a unit and its power in a plain digit."""
    match = _WORD_WITH_POWER.fullmatch(word)
    return raised(meanings_of(match[1]), int(match[2])) if match else ()
