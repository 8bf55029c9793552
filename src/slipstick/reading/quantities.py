"""A number with its unit and the thing counted: "420*10^12 FLOP/s/TPUv3 board", "33% actual board utilization".

    quantity = number [noun-phrase] {("/" | "per" | "for each") noun-phrase} {remark}
    noun-phrase = {adjective} (unit | part [level] | noun) {"-" unit} [power]
    remark   = "[" ... "]" | "(" ... ")" | words that lead to the next operator
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from slipstick.reading.numbers import Number, integer_exponent, kind_at, text_at
from slipstick.reading.spelling import (
    FRACTIONS,
    REPETITIONS,
    Reading,
    part_at,
    part_unit,
    phrase_at,
    singulars,
    unit_of,
)
from slipstick.reading.tokens import Token
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, table

STOPWORDS = frozenset(
    "of in on at for by with from to as and or but so if which that than who is are was were be been has have had "
    "we you they it i this these those there then thus hence using assuming because when while where via since "
    "during across under over within without into onto after before about approximately roughly around between "
    "times plus minus multiplied divided giving gives makes equals yields not no both only just given we'd".split()
)
EMPTY_WORDS = frozenset("total totals each overall altogether combined apiece the a an its their our his".split())
_LEVELS = ("chip", "core", "board", "pod", "node", "device", "GPU")
_TIMES = ("second", "minute", "hour", "day", "week", "month", "quarter", "year", "decade")
_MAX_WORDS = 10


@dataclass(frozen=True)
class Noun:
    """One resolved noun phrase: what it may mean, the role that it names, its words as written."""

    reading: Reading
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True


@dataclass(frozen=True)
class UnitPhrase:
    """The unit of a quantity. `count` reads FLOPS as a count, `rate` (where it differs) as a rate per second."""

    span: Span
    count: Compound = ()
    rate: Compound | None = None
    role: str = ""
    words: tuple[str, ...] = ()
    known: bool = True

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound under one reading of FLOPS."""
        return self.rate if flops_is_rate and self.rate is not None else self.count


@dataclass(frozen=True)
class Quantity:
    """A number as written with its unit phrase (None for a bare number) and the remarks behind it."""

    span: Span
    number: Number
    unit: UnitPhrase | None = None
    remark: str = ""

    @property
    def is_bare(self) -> bool:
        """Whether no unit and no noun stands with the number."""
        return self.unit is None and self.number.currency is None and not self.number.percent

    @property
    def role(self) -> str:
        """The role that the noun gives ("utilization"), or ""."""
        return self.unit.role if self.unit else ""

    def meaning(self, flops_is_rate: bool) -> Compound:
        """The compound of the unit phrase and the currency."""
        money = (UnitTerm(self.number.currency),) if self.number.currency else ()
        return money + (self.unit.meaning(flops_is_rate) if self.unit else ())


@dataclass
class _Words:
    """The words of one noun phrase while it is read."""

    written: list[str] = field(default_factory=list)
    terms: list[Reading] = field(default_factory=list)
    part: tuple[str, ...] = ()
    role: str = ""
    fraction: bool = False
    repetition: bool = False
    multiplied: bool = False
    unknown: str = ""
    end: int = 0


def _ahead(tokens: Sequence[Token], i: int) -> list[str]:
    """The words from `i` on, as long as only hyphens or blanks join them: what a name may be spelled in."""
    words: list[str] = []
    while len(words) < 5 and kind_at(tokens, i) in ("word", "number"):
        words.append(tokens[i].text)
        i += 1
        if kind_at(tokens, i) == "minus" and tokens[i].glued:
            break
    return words


def _is_word(tokens: Sequence[Token], i: int) -> bool:
    return kind_at(tokens, i) == "word" and tokens[i].text.lower() not in STOPWORDS and tokens[i].text.lower() != "per"


def _hyphenated(tokens: Sequence[Token], i: int) -> bool:
    """Whether a hyphen or dot joins the word before `i` to a word after it (A100-hours, PFlops/s·days)."""
    joins = kind_at(tokens, i) == "minus" or (kind_at(tokens, i) == "times" and text_at(tokens, i) not in "xX")
    return joins and tokens[i].glued and kind_at(tokens, i + 1) == "word" and tokens[i + 1].glued


def noun_phrase(tokens: Sequence[Token], i: int) -> tuple[Noun, int] | None:
    """The noun phrase at token `i`, or None where none stands there. The last known noun is its head."""
    words = _Words(end=i)
    start = i
    while len(words.written) < _MAX_WORDS:
        step = _next_word(tokens, i, words)
        if step is None:
            break
        i = step
        if _hyphenated(tokens, i) and _compound_goes_on(tokens, i, words):
            words.multiplied |= tokens[i].kind == "times"
            i += 1
    if words.end == start:
        return None
    return _resolve(words), words.end


def _compound_goes_on(tokens: Sequence[Token], i: int, words: _Words) -> bool:
    """A hyphen goes on where both sides have a meaning; `FLOP*days` only where the right side is a unit."""
    if text_at(tokens, i) == "-" or kind_at(tokens, i) == "minus":
        return True
    return bool(words.terms) and unit_of(tokens[i + 1].text) is not None


def _next_word(tokens: Sequence[Token], i: int, words: _Words) -> int | None:
    """Take one word, part name or unit at `i` into `words`; the next index, or None where the phrase ends."""
    ahead = _ahead(tokens, i)
    if not ahead:
        return None
    if (named := part_at(ahead)) is not None and not ahead[0].isdigit():
        part, length = named
        if words.terms and not words.part and words.terms[-1].count[-1].name not in ("TPU", "GPU"):
            return None  # "20 hours V100": a second thing begins
        words.part, words.end = (part.name,), i + length
        words.written.extend(ahead[:length])
        return i + length
    if not _is_word(tokens, i):
        return None
    word = tokens[i].text
    if (phrase := phrase_at(ahead)) is not None:
        reading, length = phrase
    else:
        found, length = unit_of(word), 1
        if found is None:
            return _other_word(tokens, i, words)
        reading = found
    if _head_is_complete(words, reading):
        return None
    words.terms.append(reading)
    words.fraction, words.repetition, words.end = False, False, i + length
    words.written.extend(ahead[:length])
    return i + length


def _head_is_complete(words: _Words, following: Reading) -> bool:
    """After a time, only another time or thing joined by a hyphen goes on ("5 days GPU" does not)."""
    return bool(words.terms) and words.terms[-1].count[-1].name in _TIMES and following.count[-1].name not in _TIMES


def _other_word(tokens: Sequence[Token], i: int, words: _Words) -> int | None:
    """A word that is no unit: a role, a repetition, an empty word, an adjective or an unknown noun."""
    word = tokens[i].text
    stems = [form.lower() for form in singulars(word)]
    role = next((FRACTIONS[s] for s in stems if s in FRACTIONS), None)
    if role is not None:
        words.fraction, words.role = True, role
    elif any(s in REPETITIONS for s in stems):
        words.repetition = True
    elif word.lower() in EMPTY_WORDS:
        return i + 1 if words.written else None
    elif words.terms or words.fraction or words.repetition or words.part:
        if not _leads_to_known(tokens, i):
            return None  # "26 hours pretraining": the head stands already
    else:
        words.unknown = stems[-1]
    words.end = i + 1
    words.written.append(word)
    return i + 1


def _leads_to_known(tokens: Sequence[Token], i: int) -> bool:
    """Whether an adjective at `i` is followed, within three words, by a unit or a role ("100 V100 SXM2 GPUs")."""
    for j in range(i + 1, i + 4):
        if not _is_word(tokens, j):
            return False
        lower = [form.lower() for form in singulars(tokens[j].text)]
        if unit_of(tokens[j].text) is not None or any(f in FRACTIONS for f in lower):
            return True
    return False


def _resolve(words: _Words) -> Noun:
    """The meaning of the words of one noun phrase."""
    written = tuple(words.written)
    if words.fraction:
        return Noun(Reading(()), words.role, written)
    if words.repetition and not words.terms:
        return Noun(Reading(()), "repetitions", written)
    if words.part:
        return Noun(_with_part(words), "", written)
    if words.multiplied and len(words.terms) > 1 and words.terms[-1].count[-1].name not in _TIMES:
        return Noun(Reading(tuple(t for term in words.terms for t in term.count)), "", written)
    if not words.terms:
        name = words.unknown
        return Noun(Reading((UnitTerm(name),) if name else ()), "", written, known=not name)
    return Noun(_joined(words.terms), "", written)


def _with_part(words: _Words) -> Reading:
    """A named part with its level noun, and a time where it is device-time (TPUv3 core-days)."""
    from slipstick import hardware

    part = hardware.part(words.part[0])
    names = [t.count[-1].name for t in words.terms]
    level = next((n.removeprefix("TPU_").removeprefix("GPU_") for n in names if _is_level(n)), "")
    times = [t for t in words.terms if t.count[-1].name in _TIMES]
    terms: Compound = (UnitTerm(part_unit(part, level)),)
    for time in times[:1]:
        terms += time.count
    return Reading(terms)


def _is_level(name: str) -> bool:
    return name.removeprefix("TPU_").removeprefix("GPU_") in _LEVELS


def _joined(terms: list[Reading]) -> Reading:
    """Units joined without a part: TPU core, GPU-hours, petaflop-days; else the last one is the head."""
    names = [t.count[-1].name for t in terms]
    timed = len(terms) > 1 and names[-1] in _TIMES
    things = terms[:-1] if timed else terms
    head = things[-1]
    pair = f"{things[-2].count[-1].name}_{names[len(things) - 1]}" if len(things) > 1 else ""
    if pair in table():
        head = Reading((UnitTerm(pair),))
    if not timed:
        return head
    return Reading((*(head.timed or head.count), *terms[-1].count))  # petaflop-days: a rate, for days


def _negative(compound: Compound) -> Compound:
    return tuple(UnitTerm(t.name, t.prefix, -t.exponent) for t in compound)


def _per_follows(tokens: Sequence[Token], i: int, has_unit: bool) -> int | None:
    """The index of the noun phrase that a slash, "per" or "for each" at `i` divides by, else None."""
    if kind_at(tokens, i) == "divide" and tokens[i].text == "/":
        if kind_at(tokens, i + 1) == "word" and (has_unit or unit_of(tokens[i + 1].text) is not None):
            return i + 1
        return None
    text = text_at(tokens, i).lower()
    if text == "per" and kind_at(tokens, i + 1) == "word":
        return i + 1
    if text == "for" and text_at(tokens, i + 1).lower() == "each":
        return i + 2
    if text in ("a", "an", "each") and has_unit and unit_of(text_at(tokens, i + 1)) is not None and text != "each":
        return i + 1
    return None


def unit_phrase(tokens: Sequence[Token], i: int) -> tuple[UnitPhrase, int] | None:
    """The unit phrase at token `i` (after a number or a bracket) and the index after it, or None."""
    start, head = i, noun_phrase(tokens, i)
    nouns: list[tuple[Noun, int]] = []
    if head is not None:
        nouns.append((_to_power(tokens, head), 1))
        i = _after_power(tokens, head[1])
    while (at := _per_follows(tokens, i, bool(nouns))) is not None:
        below = noun_phrase(tokens, at)
        if below is None:
            break
        nouns.append((_to_power(tokens, below), -1))
        i = _after_power(tokens, below[1])
    if not nouns:
        return None
    return _phrase(tokens[start].span.to(tokens[i - 1].span), nouns), i


def _after_power(tokens: Sequence[Token], i: int) -> int:
    found = integer_exponent(tokens, i)
    return found[1] if found and abs(found[0]) <= 6 else i


def _to_power(tokens: Sequence[Token], found: tuple[Noun, int]) -> Noun:
    noun, i = found
    exponent = integer_exponent(tokens, i)
    if exponent is None or abs(exponent[0]) > 6 or len(noun.reading.count) != 1:
        return noun
    term = noun.reading.count[0]
    raised = Reading((UnitTerm(term.name, term.prefix, Fraction(exponent[0])),))
    return Noun(raised, noun.role, noun.words, noun.known)


def _phrase(span: Span, nouns: list[tuple[Noun, int]]) -> UnitPhrase:
    """Numerator and denominators put together. FLOPS is a count where "/s" stands beside it."""
    count: Compound = ()
    rate: Compound | None = None
    below = [t.name for noun, sign in nouns if sign < 0 for t in noun.reading.count]
    for noun, sign in nouns:
        compound = noun.reading.count if sign > 0 else _negative(noun.reading.count)
        if noun.reading.rate is not None and sign > 0 and not any(name in _TIMES for name in below):
            rate = count + noun.reading.rate
        elif rate is not None:
            rate = rate + compound
        count = count + compound
    words = tuple(w for noun, sign in nouns if sign > 0 for w in noun.words)
    return UnitPhrase(span, count, rate, nouns[0][0].role, words, all(n.known for n, _ in nouns))
