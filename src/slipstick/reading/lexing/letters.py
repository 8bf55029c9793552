"""Letters with two meanings, told apart by what stands around them: m (million, metre), B (billion, byte), K, L, t, in.

A letter that is a unit where it stands is written out ("metre"), so that whoever reads it next needs no context; every
other one stays as it is. A lone V, A, N or L is a unit only behind a number or in a unit that is put together: "6 N D"
is no force.
"""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.cached_properties import cached_property
from slipstick.reading.lexing.cutting import Token
from slipstick.reading.lexing.data_letters import has_bytes, is_byte
from slipstick.reading.lexing.passes import LETTERS, LITERS, SYMBOLS
from slipstick.reading.lexing.scales import scale_of
from slipstick.reading.lexing.spelling import unit_of
from slipstick.reading.lexing.variables import COUNTED, variables
from slipstick.units import dimension_of, table

_BEFORE = frozenset(("number", "divide", "times", "superscript"))
_ENDS = frozenset(("times", "divide", "relation", "superscript", "power", "close", "stop", "newline", "end", "comma"))
_OPERATORS = frozenset(("times", "divide", "relation"))
_SUMMED = frozenset(("times", "divide", "relation", "plus", "minus", "close"))
_MAX_NEAR = 80
_MECHANICAL, _METRIC = 0.7457, 0.7355
"""Kilowatts in a horsepower of the two kinds, which are spelled alike."""
_DATA = frozenset("kbps Kbps Mbps Gbps Tbps bit bits byte bytes kB KB MB GB bandwidth throughput RTT".split())
"""Beside one of them bps are bits per second, and no basis points."""
_ELECTRIC = frozenset("W kW watt watts Watts volt volts vac vdc VAC VDC amp amps kWh Wh kwh wh".split())
"""Beside one of them a w is no week."""
_CHARGE = frozenset("A mA Ah mAh coulomb coulombs".split())
"""Beside one of them C is no temperature."""
_WARMTH = frozenset("ΔT ∆T dT delta-T deltaT".split())
"""Names of a difference of temperatures: beside one of them K is kelvin."""
_MOLES = frozenset("mol mmol µmol mole moles molar molarity solution solute".split())
"""Beside one of both an M may be moles in a litre."""
_BESIDE_LITERS = LETTERS | {"M"}
_TABLESPOONS = frozenset("Tbsp Tbsps tbsp tbsps tsp tsps Tablespoon Tablespoons tablespoon tablespoons".split())
"""Beside one of them a T behind a blank is one."""
_MASSES = frozenset(("kg", "tonne", "tonnes", "kilograms"))
_TOKENS = frozenset(("token", "tokens", "tok", "toks", "llm", "llama"))


class _Sentence:
    """The tokens of one sentence, or of the part of a long one that is near: those at `start` up to `stop`."""

    def __init__(self, tokens: Sequence[Token], start: int, stop: int) -> None:
        self.tokens, self.start, self.stop = tokens, start, stop

    @cached_property
    def words(self) -> frozenset[str]:
        """The words, an m that can only be a metre written out; most letters are told without them."""
        near = self.tokens[self.start : self.stop]
        letters = [i for i, t in enumerate(near, self.start) if t.text == "m"]
        metres = any(not self.tokens[i].glued or _is_raised_or_speed(self.tokens, i) for i in letters)
        return frozenset([*(["metre"] if metres else []), *[t.text for t in near if t.kind == "word"]])

    def signs(self) -> frozenset[str]:
        """The currency signs."""
        return frozenset(t.text for t in self.tokens[self.start : self.stop] if t.kind == "currency")


def with_plain_letters(tokens: list[Token], *, beside_liters: bool) -> list[Token]:
    """The tokens, with letters of the rarer meaning written out. Work in proportion to their number.

    Only beside litres an M may be moles.
    """
    letters = _BESIDE_LITERS if beside_liters else LETTERS
    found = [i for i, t in enumerate(tokens) if t.text in letters and t.kind == "word" and i]
    sentence = _Sentence(tokens, 0, 0)
    changed: dict[int, str] = {}
    for i in found:
        last = tokens[i - 1]
        before = last.kind in _BEFORE or last.text == "per" or scale_of(last.text) is not None
        if not before and not _opens_divisor(tokens, i):
            continue
        if i >= sentence.stop:
            sentence = _around(tokens, i, sentence.stop)
        said = _meaning(sentence, i)
        if said:
            changed[i] = said
    if any(tokens[i].text in SYMBOLS for i in changed):
        numbers = variables(tokens, SYMBOLS.keys())
        for i in [i for i in changed if tokens[i].text in numbers]:
            del changed[i]
            if tokens[i + 1].text in COUNTED:  # so many bytes as nobody says, and no adjective of them
                tokens[i] = tokens[i].saying(tokens[i].text, "other")
    for i, said in changed.items():
        tokens[i] = tokens[i].saying(said)
    return tokens


def _around(tokens: Sequence[Token], i: int, least: int) -> _Sentence:
    start = i
    while start > max(least, i - _MAX_NEAR) and tokens[start - 1].kind not in ("stop", "newline"):
        start -= 1
    stop = i
    while stop < i + _MAX_NEAR and tokens[stop].kind not in ("stop", "newline", "end"):
        stop += 1
    return _Sentence(tokens, start, stop)


def _meaning(sentence: _Sentence, i: int) -> str:
    """What the letter at `i` means where it is not what it means elsewhere, else ""."""
    tokens, text = sentence.tokens, sentence.tokens[i].text
    after = tokens[i + 1]
    behind_number = tokens[i - 1].kind == "number"
    if text in SYMBOLS:
        return SYMBOLS[text] if _is_joined(tokens, i) or _is_symbol(tokens, i) else ""
    if text == "m":
        return "metre" if _is_metre(tokens, i, sentence.words) else ""
    if text in ("mm", "MM"):
        return "" if _is_money(tokens, i) or _counts(after) else "millimetre"
    if text == "B":
        return "byte" if after.kind in _ENDS and is_byte(tokens, i, sentence.start, sentence.stop) else ""
    if text == "bps":
        rate = sentence.signs() or any(tokens[j].kind == "percent" for j in range(sentence.start, sentence.stop))
        return "basispoints" if rate and _DATA.isdisjoint(sentence.words) else ""
    if text == "K":
        return "kelvin" if _is_joined(tokens, i) or _is_kelvin(sentence, i) else ""
    if text == "G":
        return "billion" if behind_number and (_counts(after) or after.kind in _OPERATORS) else ""
    if text == "t":
        return _tonne_or_token(tokens, i, sentence.words)
    if text == "in":
        if _is_joined(tokens, i) and tokens[i - 1].text == "/":
            return "inch"
        return "inch" if behind_number and after.kind in _ENDS - {"close", "stop", "newline", "end", "comma"} else ""
    if text in ("hp", "HP", "it", "w", "C", "us", "v", "M", "T"):
        return _of_machines(tokens, i, sentence.words)
    return _money(sentence, i, sentence.words)


def _of_machines(tokens: Sequence[Token], i: int, words: frozenset[str]) -> str:
    if tokens[i].text == "C":
        ends = tokens[i - 1].kind == "number" and (tokens[i + 1].kind in _ENDS or tokens[i + 1].text == "of")
        return "coulomb" if ends and not _CHARGE.isdisjoint(words) else ""
    if tokens[i].text == "T":
        return "" if _TABLESPOONS.isdisjoint(words) or tokens[i].glued or _counts(tokens[i + 1]) else "tbsp"
    if tokens[i].text == "w":
        return "watt" if tokens[i].glued and not _ELECTRIC.isdisjoint(words) else ""
    if tokens[i].text == "v":
        return "volt" if tokens[i - 1].kind == "number" and tokens[i].glued else ""
    if tokens[i].text == "M":
        return "molar" if tokens[i - 1].kind == "number" and _is_molar(tokens, i, words) else ""
    if tokens[i].text == "us":
        return "µs" if tokens[i - 1].kind == "number" and (tokens[i].glued or tokens[i + 1].kind in _OPERATORS) else ""
    if tokens[i].text == "it":
        return "iter" if _is_iteration(tokens, i) else ""
    return "metric-hp" if _is_metric_power(tokens, i) else ""


def _money(sentence: _Sentence, i: int, words: frozenset[str]) -> str:
    """What c, p, ct and cents are cents of, by the currencies in the sentence; "" for dollars and for no money."""
    tokens, text = sentence.tokens, sentence.tokens[i].text
    signs = sentence.signs() | words
    if text == "c":
        return "cent" if _is_cent(tokens, i) and (_is_per_energy(tokens, i) or signs & {"$", "USD"}) else ""
    if text == "p":
        after = tokens[i + 1]
        rate = after.text in ("/", "per") or after.kind in _SUMMED or tokens[i - 2].kind in ("relation", "plus")
        return "penny" if rate and tokens[i].glued and tokens[i - 1].kind == "number" and signs & {"£", "GBP"} else ""
    return "eurocent" if signs & {"€", "EUR"} and "$" not in signs else ""


def _is_molar(tokens: Sequence[Token], i: int, words: frozenset[str]) -> bool:
    """Whether an M behind a number is a concentration: "0.1 M × 25 mL", "2.5 mmol / 25 mL = 0.1 M HCl"."""
    if LITERS.isdisjoint(map(str.lower, words)) or _is_money(tokens, i):
        return False
    ends, moles = tokens[i + 1].kind in _ENDS, not _MOLES.isdisjoint(words)
    return (ends or (moles and not _counts(tokens[i + 1]))) and (moles or not tokens[i].glued)


def _is_iteration(tokens: Sequence[Token], i: int) -> bool:
    """Whether "it" is short for iteration: 10 it/s, 0.8 s/it, 30k it * 2 s/it."""
    last, after = tokens[i - 1], tokens[i + 1]
    if last.text == "/":
        return last.glued and tokens[i].glued and tokens[i - 2].kind == "word"
    return after.kind == "times" or (after.kind == "divide" and after.glued)


def _is_cent(tokens: Sequence[Token], i: int) -> bool:
    """Whether a c stands directly behind a number in digits, or before "/kWh": 29c, 12 c/kWh."""
    near = tokens[i].glued or _is_per_energy(tokens, i)
    return near and tokens[i - 1].kind == "number" and tokens[i + 1].kind not in ("power", "superscript")


def _is_per_energy(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i + 1].text in ("/", "per") and tokens[i + 2].text in ("kWh", "MWh", "kwh")


def _is_metric_power(tokens: Sequence[Token], i: int) -> bool:
    """Whether "150 hp = 110 kW" is about metric horsepower: its own two numbers say so."""
    number, relation, watts, unit = tokens[i - 1], tokens[i + 1], tokens[i + 2], tokens[i + 3]
    if number.kind != "number" or relation.kind != "relation" or watts.kind != "number" or unit.text != "kW":
        return False
    try:
        kilowatts = float(watts.text.replace(",", "")) / float(number.text.replace(",", ""))
    except (ValueError, ZeroDivisionError):
        return False
    return abs(kilowatts - _METRIC) < abs(kilowatts - _MECHANICAL)


def _is_joined(tokens: Sequence[Token], i: int) -> bool:
    """Whether the letter stands below a unit or a price, or beside a unit in a bracket: €1.80/L, J/(kg·K)."""
    sign, above = tokens[i - 1], tokens[i - 2]
    if sign.text == "per" or _opens_divisor(tokens, i):
        return True
    if sign.text not in "/·⋅*" or not sign.glued or not tokens[i].glued:
        return False
    if tokens[i].text in ("K", "kelvin") and above.kind in ("word", "superscript"):
        return True
    if sign.text != "/" and above.text == "K" and _opens_divisor(tokens, i - 2):
        return True
    priced = above.kind == "number" and i > 2 and tokens[i - 3].kind == "currency"
    return priced or (above.kind == "word" and (unit_of(above.text) is not None or above.text[:2] == "CO"))


def _opens_divisor(tokens: Sequence[Token], i: int) -> bool:
    """Whether the letter is the first in a bracket of units below a unit: kJ/(L·K)."""
    if i < 3 or tokens[i - 1].text != "(" or tokens[i - 2].text != "/" or tokens[i - 3].kind != "word":
        return False
    inside = tokens[i].glued and tokens[i - 1].glued and tokens[i + 1].text in "·⋅*" and tokens[i + 1].glued
    return inside and unit_of(tokens[i - 3].text) is not None


def _is_symbol(tokens: Sequence[Token], i: int) -> bool:
    """Whether a unit's letter stands directly behind a number, and no name, number or formula goes on behind it."""
    if tokens[i - 1].kind not in ("number", "superscript") and scale_of(tokens[i - 1].text) is None:
        return False
    after = tokens[i + 1]
    if after.kind in ("times", "divide") and tokens[i + 2].kind == "word" and len(tokens[i + 2].text) == 1:
        return tokens[i + 1].glued and tokens[i + 2].glued  # "A·h" is a unit, "6 N * D" a formula
    return after.kind != "number" and (after.kind != "word" or (after.text.islower() and len(after.text) > 2))


def _is_money(tokens: Sequence[Token], i: int) -> bool:
    return i > 1 and tokens[i - 2].kind == "currency"


def _counts(token: Token) -> bool:
    """Whether the token is a unit of things counted or of operations (tokens, parameters, FLOP)."""
    unit = unit_of(token.text) if token.kind == "word" else None
    return unit is not None and table().sections.get(unit.count[0].name) in ("counted", "devices")


def _is_metre(tokens: Sequence[Token], i: int, words: frozenset[str]) -> bool:
    """Whether a glued m is no million: a power or a time below it, or other lengths in the sentence."""
    after = tokens[i + 1]
    if not tokens[i].glued or _is_money(tokens, i):
        return False
    if _is_raised_or_speed(tokens, i):
        return True
    return not _counts(after) and any(_is_length(word) for word in words)


def _is_raised_or_speed(tokens: Sequence[Token], i: int) -> bool:
    """Whether a power follows (m², m^3) or a time below a slash (m/s)."""
    after = tokens[i + 1]
    speed = after.text == "/" and tokens[i + 2].text in ("s", "h", "min")
    return after.glued and (speed or after.kind in ("superscript", "power"))


def _is_length(word: str) -> bool:
    if word in LETTERS:
        return False
    unit = unit_of(word)
    return unit is not None and len(unit.count) == 1 and {n for n, _ in dimension_of(unit.count)} == {"meter"}


def _is_kelvin(sentence: _Sentence, i: int) -> bool:
    """Whether a K behind a blank is no thousand: nothing counted follows, and a unit in the sentence has kelvins."""
    tokens = sentence.tokens
    if tokens[i - 1].kind != "number":
        return False
    if not _WARMTH.isdisjoint(sentence.words):
        return not _counts(tokens[i + 1])
    if tokens[i].glued or tokens[i + 1].kind not in _ENDS:
        return False
    others = (j for j in range(sentence.start + 2, sentence.stop) if tokens[j].text in ("K", "kelvin") and j != i)
    return any(_is_joined(tokens, j) for j in others)


def _tonne_or_token(tokens: Sequence[Token], i: int, words: frozenset[str]) -> str:
    """ "67 t/s" beside bytes or tokens is a rate of tokens; a glued t beside kilograms is no trillion."""
    after = tokens[i + 1]
    lower = {word.lower() for word in words}
    if after.text == "/" and after.glued and tokens[i + 2].text in ("s", "sec", "second"):
        return "tok" if lower & _TOKENS or any(has_bytes(Token.of("word", w, 0, 0, False)) for w in words) else ""
    return "tonne" if tokens[i].glued and words & _MASSES and not _counts(after) else ""
