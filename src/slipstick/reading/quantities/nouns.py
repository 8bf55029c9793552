"""Noun phrases behind numbers: "TPUv3 core-days", "actual board utilization", "petaflop-days", "training steps".

noun-phrase = {adjective} (unit | part [level] | noun) {"-" unit}
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from slipstick.catalogue import hardware
from slipstick.reading.lexing.spelling import (
    FRACTIONS,
    REPETITIONS,
    Reading,
    part_at,
    phrase_at,
    phrase_beginnings,
    singulars,
    unit_of,
)
from slipstick.reading.lexing.tokens import LOOK_AHEAD, Token
from slipstick.reading.quantities.noun_meanings import TIMES, Noun, Words, resolved
from slipstick.reading.quantities.powers_of_ten import integer_exponent
from slipstick.reading.quantities.product_lines import may_be_product_line, product_line_at
from slipstick.units import UnitTerm, table

STOPWORDS = frozenset(
    "of in on at for by with from to as and or but so if which that than who is are was were be been has have "
    "had we you they it i this these those there then thus hence using assuming because when while where via "
    "since during across under over within without into onto after before about approximately roughly around "
    "between would will works work comes come give yield equal make amounts times plus minus multiplied divided giving "
    "gives makes equals yields not no both only just given we'd vs versus more less fewer reported claimed estimated "
    "above below according turns ends suggests suggesting implies implying leads leading corresponds corresponding "
    "translates equates means should must brings puts hence therefore".split()
)
_NO_NOUNS = STOPWORDS | {"per"}
EMPTY_WORDS = frozenset("total totals each overall altogether combined apiece the a an its their our his".split())
_SUMMING = frozenset(("total", "overall", "combined"))
"""Those that may stand before a unit: "6e21 total FLOPs"."""
QUALIFYING = frozenset(("active", "activated", "trainable", "peak"))
"""Words that qualify a number, and count nothing where they stand alone: "6 * (12B active) * 4T", "989e12 peak"."""
_TRAILING = {"fraction": "rate", "rate": "peak"}
"""What only says again what stands before it."""
_DONE = frozenset("seen processed used consumed trained needed required generated sampled played".split())
"""What was done with things of a name that nothing else knows: "2.7e8 segments seen"."""
_MAX_WORDS, _MAX_POWER = 10, 6


@lru_cache(maxsize=10_000)
def _leads(word: str) -> bool:
    """Whether a name or a unit of several words may begin with this one."""
    named = hardware.may_begin(word) or may_be_product_line(word)
    return named or word.lower() in phrase_beginnings() or word.lower() in table().prefixes


def _ahead(tokens: Sequence[Token], i: int) -> list[str]:
    """The words from `i` on, as long as only hyphens or blanks join them: what a name may be spelled in."""
    words = [tokens[i].text]
    if not _leads(words[0]):
        return words  # no name in several words
    for token in tokens[i + 1 : i + _LONGEST_NAME]:
        if token.kind not in _WORDS:
            break
        words.append(token.text)
    return words


def _is_word(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].kind == "word" and tokens[i].lower not in _NO_NOUNS


def _hyphenated(tokens: Sequence[Token], i: int) -> bool:
    """Whether a hyphen or dot joins the word before `i` to a word after it (A100-hours, PFlops/s·days)."""
    joins = tokens[i].kind == "minus" or (tokens[i].kind == "times" and tokens[i].text not in "xX")
    return joins and tokens[i].glued and tokens[i + 1].kind == "word" and tokens[i + 1].glued


def noun_phrase(tokens: Sequence[Token], i: int) -> tuple[Noun, int] | None:
    """The noun phrase at token `i`, or None where none stands there. The last known noun is its head."""
    token = tokens[i]
    if token.kind != "word":
        return _noun_phrase(tokens, i) if token.kind == "number" and _leads(token.text) else None
    after = tokens[i + 1]
    ends = after.lower in _NO_NOUNS and not _leads(token.text)  # as nearly all do before "on" or "and"
    if not ends and (
        after.kind in _GOES_ON or (after.glued and after.kind in _JOINS) or token.lower in table().prefixes
    ):
        return _noun_phrase(tokens, i)
    alone = _alone(token.text)
    return (alone, i + 1) if alone is not None else None


_WORDS = frozenset(("word", "number"))
_LONGEST_NAME = 5
_GOES_ON = frozenset(("word", "number", "power", "superscript"))
_JOINS = frozenset(("minus", "times"))
"""What joins a word to the next one without blanks."""


@lru_cache(maxsize=10_000)
def _alone(word: str) -> Noun | None:
    """The noun phrase of one word, which is what most of them are."""
    end = Token.of("end", "", len(word), len(word), False)
    found = _noun_phrase([Token.of("word", word, 0, len(word), False), *[end] * LOOK_AHEAD], 0)
    return found[0] if found is not None else None


def _noun_phrase(tokens: Sequence[Token], i: int) -> tuple[Noun, int] | None:
    """The noun phrase at token `i`, one of several words, or None where none stands there."""
    words = Words(end=i)
    start = i
    while len(words.written) < _MAX_WORDS:
        step = _next_word(tokens, i, words)
        if step is None:
            break
        i = _past_power(tokens, step, words)
        words.joined = _hyphenated(tokens, i)
        if words.joined and _compound_goes_on(tokens, i, words):
            words.multiplied |= tokens[i].kind == "times"
            i += 1
    if words.end == start:
        return None
    return resolved(words), words.end


def _past_power(tokens: Sequence[Token], i: int, words: Words) -> int:
    """Past the power of a unit inside a compound: kg·m²/s², m²·K."""
    raised = integer_exponent(tokens, i) if words.terms and words.end == i else None
    if raised is None or abs(raised[0]) > _MAX_POWER or not (words.multiplied or _multiplies(tokens, raised[1])):
        return i
    *above, last = words.terms[-1].count
    words.terms[-1] = Reading((*above, UnitTerm(last.name, last.prefix, raised[0])))
    words.end = raised[1]
    return raised[1]


def _multiplies(tokens: Sequence[Token], i: int) -> bool:
    """Whether a sign of product at `i` joins a unit to the one before it."""
    joins = tokens[i].kind == "times" and tokens[i].glued and tokens[i].text not in "xX"
    following = tokens[i + 1]
    return joins and following.glued and following.kind == "word" and unit_of(following.text) is not None


def _compound_goes_on(tokens: Sequence[Token], i: int, words: Words) -> bool:
    """A hyphen goes on where both sides have a meaning; `FLOP*days` only where the right side is a unit."""
    if tokens[i].text == "-" or tokens[i].kind == "minus":
        return True
    return bool(words.terms or words.part) and unit_of(tokens[i + 1].text) is not None


def _next_word(tokens: Sequence[Token], i: int, words: Words) -> int | None:
    """Take one word, part name or unit at `i` into `words`; the next index, or None where the phrase ends."""
    if tokens[i].kind not in _WORDS:
        return None
    ahead = _ahead(tokens, i)
    if (named := part_at(ahead)) is not None and not ahead[0].isdigit():
        part, length = named
        if words.terms and not words.part and words.terms[-1].count[-1].name not in ("TPU", "GPU"):
            return None  # "20 hours V100": a second thing begins
        words.part, words.end = (part.name, part.base_level), i + length
        words.written.extend(ahead[:length])
        return i + length
    if not _is_word(tokens, i):
        return None
    if words.written and _is_per_time(tokens, i):
        return None
    if tokens[i].text in _GASES:
        words.end = i + 1
        return i + 1
    found = _unit_at(tokens, i, ahead)
    if found is None:
        return _other_word(tokens, i, words)
    reading, length = found
    if _head_is_complete(words, reading):
        return None
    words.terms.append(reading)
    words.fraction, words.repetition, words.end = False, False, i + length
    words.written.extend(ahead[:length])
    return i + length


def _unit_at(tokens: Sequence[Token], i: int, ahead: Sequence[str]) -> tuple[Reading, int] | None:
    """The unit at `i` and how many words it takes: "RTX 8000", "tera FLOPS", a phrase, a word."""
    if (line := product_line_at(ahead)) is not None:
        return Reading(line[0]), line[1]
    word = tokens[i].text
    if word.lower() in table().prefixes:
        after = i + 2 if tokens[i + 1].kind == "minus" else i + 1
        joined = unit_of(word + tokens[after].text) if tokens[after].kind == "word" else None
        if joined is not None:
            return joined, after + 1 - i
    if _hyphenated(tokens, i + 1) and (joined := unit_of(f"{word}-{tokens[i + 2].text}")) is not None:
        return joined, 3  # light-years
    if (phrase := phrase_at(ahead)) is not None:
        return phrase
    single = unit_of(word)
    return (single, 1) if single is not None else None


_GASES = frozenset(("CO2", "CO₂", "CO2e", "CO2eq"))
"""Words that only say what a mass is a mass of."""


def _is_per_time(tokens: Sequence[Token], i: int) -> bool:
    """Whether "a day" or "each hour" stands at `i`: per day, no noun of its own ("5 pages a day")."""
    if tokens[i].lower not in ("a", "an", "each", "every") or tokens[i + 1].kind != "word":
        return False
    time = unit_of(tokens[i + 1].text)
    return time is not None and time.count[0].name in TIMES


def _head_is_complete(words: Words, following: Reading) -> bool:
    """A time, a physical unit or FLOP is the head: what is counted after it is a remark ("5 days GPU", "200 W CPU").

    After FLOP a time may follow (petaflop-days).
    """
    if not words.terms or words.multiplied:
        return False
    head, new = words.terms[-1].count[-1].name, following.count[-1].name
    if words.joined and new in TIMES:
        return False  # TB-months, kW-h
    if head in TIMES or table().sections.get(head) in ("physical", "information", "money"):
        return new not in TIMES or head not in TIMES
    return head == "FLOP" and new not in TIMES


def _other_word(tokens: Sequence[Token], i: int, words: Words) -> int | None:
    """A word that is no unit: a role, a repetition, an empty word, an adjective or an unknown noun."""
    word = tokens[i].text
    stems = [form.lower() for form in singulars(word)]
    role = next((FRACTIONS[s] for s in stems if s in FRACTIONS), None)
    level = next(
        (s for s in (*stems, word.removesuffix("s")) if words.part and s in hardware.part(words.part[0]).levels), ""
    )
    if level:
        words.level = level
    elif role is not None:
        words.fraction, words.role = True, role
    elif any(s in REPETITIONS for s in stems):
        words.repetition = True
    elif word.lower() == _TRAILING.get(_said(words)):
        pass  # "33% utilization rate", "989 TFLOP/s peak"
    elif word.lower() in EMPTY_WORDS:
        return i + 1 if words.written or (word.lower() in _SUMMING and _leads_to_known(tokens, i)) else None
    elif words.terms or words.fraction or words.repetition or words.part:
        if not _leads_to_known(tokens, i):
            return None  # "26 hours pretraining": the head stands already
    elif words.unknown and word.lower() in _DONE:
        return None
    elif word.lower() not in QUALIFYING:
        words.unknown = stems[-1]
    words.end = i + 1
    words.written.append(word)
    return i + 1


def _said(words: Words) -> str:
    """Whether the words so far say a fraction ("33% utilization") or a rate ("989 TFLOPS", "s" of "TFLOP/s")."""
    last = words.terms[-1] if words.terms else None
    is_rate = last is not None and (last.rate is not None or last.count[-1].name == "second")
    return "rate" if is_rate else "fraction" if words.fraction else ""


def _leads_to_known(tokens: Sequence[Token], i: int) -> bool:
    """Whether an adjective at `i` is followed, within three words, by a unit or a role ("100 V100 SXM2 GPUs")."""
    for j in range(i + 1, i + 4):
        if not _is_word(tokens, j):
            return False
        lower = [form.lower() for form in singulars(tokens[j].text)]
        if unit_of(tokens[j].text) is not None or any(f in FRACTIONS for f in lower):
            return True
    return False
