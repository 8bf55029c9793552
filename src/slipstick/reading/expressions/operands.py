"""Words that stand between two quantities ("of", "for", "at", "with"), and whether they multiply (specs/grammar.md).

None of them multiplies by itself: "8 GPUs with 80 GB" is no product. What the two quantities are decides.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from slipstick.frozen import Frozen
from slipstick.reading.expressions.tree import Group, Node, Product, quantities
from slipstick.reading.lexing.equals import APPROXIMATELY
from slipstick.reading.lexing.tokens import Token
from slipstick.reading.quantities.noun_meanings import TIMES
from slipstick.reading.quantities.numbers import Number, read_number
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase, unit_phrase
from slipstick.units import UnitTerm, dimension, dimension_of, is_device, power, table

_AT = frozenset(("at", "@", "with", "w", "à", "and"))
_DURING = frozenset(("for", "on", "using", "with", "over", "across"))
_OF = frozenset(("of", "over", "on", "with", "at", "@", "à", "for"))
EACH = frozenset(("each", "apiece"))
_CONTAINERS = frozenset(("node", "server", "cluster", "pod", "board"))
_LARGER = {"step": 2, "example": 1, "episode": 1, "game": 1, "query": 1, "model": 2, "agent": 2}
"""Counted things that are made of others, smaller numbers inside larger ones; what is not listed is made of nothing."""


_SIGNS = frozenset(("times", "divide", "relation"))
OPERATORS = _AT | _DURING | _OF
"""Words that may multiply."""
_NO_ADJECTIVE = OPERATORS | frozenset("is are was were be or but so then while which that each per".split())


def is_operator_word(word: str) -> bool:
    """Whether the word, in lower case, may multiply."""
    return word in OPERATORS


def goes_on(tokens: Sequence[Token], i: int) -> bool:
    """Whether an operator, a word that may multiply or a sign of equality stands at `i`."""
    return tokens[i].kind in _SIGNS or tokens[i].text in OPERATORS


def is_adjective(word: str) -> bool:
    """Whether the word, in lower case, may stand between a quantity and the word that multiplies it: "running"."""
    return word not in _NO_ADJECTIVE


class _Following(Frozen):
    """The quantity behind a word."""

    number: Number
    phrase: UnitPhrase | None
    each: bool
    end: int
    """The index behind it."""


def word_operator(tokens: Sequence[Token], i: int, before: Node, in_claim: bool) -> tuple[str, int] | None:
    """The symbol that the word at `i` stands for between what is before it and what follows, and the index behind it.

    None where it joins nothing. A claim is not multiplied by what is told of it: "= 5e23 FLOP at 40% utilization".
    """
    word = tokens[i].lower
    if not is_operator_word(word):
        return None
    if word == "w":  # "w/": with
        if tokens[i + 1].text != "/" or not tokens[i + 1].glued:
            return None
        word, i = "with", i + 1
    last, of_share = last_quantity(before), word == "of" and is_share(before)
    if (in_claim or (last.unit is None and last.is_bare)) and not of_share:
        return None
    found = _following(tokens, i + 1)
    if found is None:
        return None
    if of_share or _is_share_of_rate(tokens, word, last, found) or _is_of_devices(tokens, i, last, found):
        return "*", i + 1
    if last.is_bare or (found.phrase is None and found.number.currency is None):
        return None
    if word in _DURING and _during(last, found, word):
        return "*", i + 1
    if word == "for" and tokens[i - 1].lower in EACH and found.phrase is not None:
        return "*", i + 1
    if word == "at" and (_is_pace(last, found) or _is_budget(last, found)):
        return "/", i + 1
    joined = (word in _AT and _at(last, found, word)) or (word in _OF and _of(last, found, word))
    return ("*", i + 1) if joined else None


_TAKING = frozenset("take takes took taking need needs needed require requires required requiring".split())


def takes_devices(tokens: Sequence[Token], i: int, before: Node) -> bool:
    """Whether a time stands at `i` right behind the devices that something takes: "it took 512 GPUs 11 days"."""
    if not isinstance(before, Quantity) or before.unit is None or not is_devices(before.unit):
        return False
    found = _following(tokens, i)
    first = bisect_left(tokens, before.span.start, key=lambda token: token.start)
    taken = first > 0 and tokens[first - 1].lower in _TAKING
    return taken and found is not None and found.phrase is not None and is_time(found.phrase)


def _is_pace(last: Quantity, following: _Following) -> bool:
    """ "480 miles at 60 miles/hour": the rate is of the very thing before it, so that a time comes out."""
    if following.phrase is None:
        return False
    rate = dimension_of(following.phrase.meaning(True))
    amount = dimension_of(last.meaning(False))
    return bool(amount and rate) and dimension([*amount, *power(rate, -1)]) == dimension_of((UnitTerm("second"),))


def _is_budget(last: Quantity, following: _Following) -> bool:
    """ "$3.2M at $2.50 per GPU-hour": money, and the price of what it buys, in the same currency."""
    same = last.number.currency is not None and last.number.currency == following.number.currency
    return same and following.phrase is not None and all(t.exponent < 0 for t in following.phrase.count)


def _following(tokens: Sequence[Token], i: int) -> _Following | None:
    while tokens[i].lower in APPROXIMATELY:
        i += 1
    found = read_number(tokens, i)
    if found is None:
        return None
    number, after = found
    phrase = unit_phrase(tokens, after)
    end = phrase[1] if phrase else after
    each = tokens[end].lower in EACH or (end > after and tokens[end - 1].lower in EACH)
    return _Following(number, phrase[0] if phrase else None, each, end)


def _is_share_of_rate(tokens: Sequence[Token], word: str, last: Quantity, following: _Following) -> bool:
    """ "40% utilization of 312 TFLOP/s", "312 TFLOP/s and 40%", "512 GPUs for 30 days at 40% of 312 TFLOP/s"."""
    if word == "of":
        return last.role == "utilization" and _is_of_rate(following)
    if word not in _AT or not following.number.percent or following.phrase is not None:
        return False
    rate = _following(tokens, following.end + 1) if tokens[following.end].text == "of" and not last.is_bare else None
    return is_compute_rate(last) or (rate is not None and _is_of_rate(rate))


def _is_of_devices(tokens: Sequence[Token], i: int, last: Quantity, following: _Following) -> bool:
    """ "64 A100s for 12 days at 40 % make 8.3e21 FLOP"."""
    if not following.number.percent or following.phrase is not None or last.unit is None:
        return False
    from slipstick.reading.expressions.unnamed_utilizations import is_unnamed_utilization  # few texts have one

    return tokens[i].lower in ("at", "@") and is_unnamed_utilization(tokens, i, following.end)


def _is_of_rate(following: _Following) -> bool:
    phrase = following.phrase
    return phrase is not None and is_compute_rate(Quantity(following.number.span, following.number, phrase))


def _during(last: Quantity, following: _Following, word: str) -> bool:
    """ "64 GPUs for 14 days", "5 days on 8 GPUs", "20 MW for 5 h": what is counted or goes on in time, and how long."""
    if last.unit is None or following.phrase is None:
        return False
    if is_time(following.phrase) and word == "for":
        return is_counted(last.unit) or _is_per_second(last)
    if word == "for" and _is_data(last.unit) and _is_repeated(following.phrase):
        return True
    return is_time(last.unit) and is_devices(following.phrase) and word != "over"


def _is_data(phrase: UnitPhrase) -> bool:
    """Whether the unit counts what steps are made of: tokens, examples."""
    return is_counted(phrase) and phrase.count[0].name in table() and _LARGER.get(phrase.count[0].name, 0) < 2


def _is_repeated(phrase: UnitPhrase) -> bool:
    """Whether the unit counts steps or epochs."""
    return phrase.role == "repetitions" or (is_counted(phrase) and phrase.count[0].name == "step")


def _is_per_second(last: Quantity) -> bool:
    """Whether the quantity is a rate in time: FLOP/s, a power, a price per hour; an energy is none."""
    of = dimension_of(last.meaning(True))
    return dict(of).get("second", 0) < 0 and of != dimension_of((UnitTerm("joule"),))


def _at(last: Quantity, following: _Following, word: str) -> bool:
    """ "8 GPUs at 400 W each", "64 GPUs at 312 TFLOP/s and 40% utilization", "3 kids at $20 per kid"."""
    if word != "and" and (following.each or _is_per(following, last)):
        return True
    return _is_rate(last, following, word) or (word in ("at", "@") and _is_rate_of_things(last, following))


def _is_rate_of_things(last: Quantity, following: _Following) -> bool:
    """ "4 cameras at 4 Mbit/s", "20 servers at 500 W": things, and how much each gives or takes in time."""
    if last.unit is None or following.phrase is None or len(last.unit.count) != 1:
        return False
    thing = last.unit.count[0]
    counts = thing.exponent == 1 and (thing.name not in table() or table().is_counted(thing.name))
    return counts and dict(dimension_of(following.phrase.meaning(True))).get("second", 0) < 0


def _is_per(following: _Following, last: Quantity) -> bool:
    """Whether what follows is for each of the things before: nodes, and GPUs per node."""
    counted = {t.name for t in last.meaning(False) if t.exponent > 0}
    below = {t.name for t in following.phrase.count if t.exponent < 0} if following.phrase else set()
    return bool(counted & below)


def _is_rate(last: Quantity, following: _Following, word: str) -> bool:
    """A rate in FLOP/s, a price for what is no money, or a utilization; of two rates the second multiplies nothing."""
    role = following.phrase.role if following.phrase else ""
    held = {t.name for t in last.meaning(True)}
    to_the_point = word in ("at", "@")
    priced = to_the_point and following.number.currency is not None and bool(held - {"USD", "EUR", "GBP"})
    rate = following.phrase.meaning(True) if following.phrase and to_the_point else ()
    is_rate = any(t.name == "FLOP" for t in rate) and any(t.name == "second" and t.exponent < 0 for t in rate)
    is_second_rate = role != "utilization" and _is_per_second(last)
    return (role == "utilization" or is_rate or priced) and not is_second_rate


def _of(last: Quantity, following: _Following, word: str) -> bool:
    """ "300 epochs of 1.28M images", "143k steps with 2M tokens", "64 nodes with 8 GPUs": what things are made of."""
    if word == "of" and (_is_per(following, last) or _is_made_of(last, following)):
        return True
    if last.unit is None or following.phrase is None or len(following.phrase.count) != 1:
        return False
    inner = following.phrase.count[0].name
    if last.role == "repetitions":
        return following.phrase.known and table().is_counted(inner) and not is_device(inner) and inner not in _LARGER
    outer = last.unit.count[0].name if len(last.unit.count) == 1 else ""
    if outer in _CONTAINERS:
        return is_device(inner) and inner not in _CONTAINERS
    made = table().is_counted(inner) and inner in table() and not is_device(inner)
    return outer in _LARGER and made and _LARGER.get(inner, 0) < _LARGER[outer]


def with_rate_aside(parts: list[tuple[str, Node]]) -> list[tuple[str, Node]]:
    """The factors of a product; a rate in a bracket behind a device is one of them where there is no other.

    "8 V100 (125 TFLOP/s) * 5 days" lacks a rate without it.
    """
    asides = [(n, p.aside) for n, (_, p) in enumerate(parts) if isinstance(p, Quantity) and p.aside is not None]
    if not asides:
        return parts
    rates = [(n, aside) for n, aside in asides if is_compute_rate(aside)]
    if len(rates) != 1 or any(is_compute_rate(q) for _, part in parts for q in quantities(part)):
        return parts
    n, rate = rates[0]
    return [*parts[: n + 1], (parts[n][0], rate), *parts[n + 1 :]]


def is_compute_rate(quantity: Quantity) -> bool:
    """Whether the quantity is a rate in FLOP/s, perhaps per device."""
    exponents = dict(dimension_of(quantity.meaning(True)))
    return exponents.get("FLOP") == 1 and exponents.get("second") == -1


def _is_made_of(last: Quantity, following: _Following) -> bool:
    """ "12 portions of 90 g", "60 years of 365 days": a thing or a time, and what one of it holds."""
    outer = last.unit.count if last.unit else ()
    inner = following.phrase.count if following.phrase and following.phrase.known else ()
    if len(outer) != 1 or len(inner) != 1 or outer[0].exponent != 1 or inner[0].exponent != 1:
        return False
    holds = outer[0].name not in table() or table().is_counted(outer[0].name) or outer[0].name in TIMES
    return holds and outer[0].name != inner[0].name and (outer[0].name not in TIMES or inner[0].name in TIMES)


def is_share(node: Node) -> bool:
    """A percentage or a fraction of one, of which something may be taken: "40% of 989 TFLOP/s"."""
    if isinstance(node, Product):
        return all(isinstance(p, Quantity) and p.is_bare for _, p in node.parts) and node.parts[-1][0] == "/"
    return isinstance(node, Quantity) and node.unit is None and (node.number.percent or node.number.is_fraction)


def has_unit(node: Node) -> bool:
    """Whether a bracket holds one quantity with a unit."""
    inner = node.inner if isinstance(node, Group) else node
    return isinstance(inner, Quantity) and inner.unit is not None


def last_quantity(node: Node) -> Quantity:
    """The last quantity that the node is made of."""
    if isinstance(node, Product) and isinstance(last := node.parts[-1][1], Quantity):
        return last
    return quantities(node)[-1]


def is_time(phrase: UnitPhrase) -> bool:
    """Whether the unit is one of time."""
    return len(phrase.count) == 1 and table().dimension(phrase.count[0]) == table().dimension(UnitTerm("second"))


def is_counted(phrase: UnitPhrase) -> bool:
    """Whether the unit counts things that the registry knows (GPUs, tokens, people)."""
    return phrase.known and len(phrase.count) == 1 and table().is_counted(phrase.count[0].name)


def is_devices(phrase: UnitPhrase) -> bool:
    """Whether the unit counts what works for a time: devices, people, agents."""
    return is_counted(phrase) and (is_device(phrase.count[0].name) or phrase.count[0].name in ("person", "agent"))
