"""A bare number that the words beside a calculation make a rate: "16 * 3.12e14 * 1.5 * 24 * 3600 * 0.3" on A100s.

Three things can say so: a legend ("(num gpu) * (peak flops) * (time in seconds) * (utilization)"), hardware that the
text names and whose peak the number is, and a rate of the same value that the text states with its unit. Beside such a
rate, or one with its unit, bare numbers count the devices, or are the time, that the text states with the same number.
The reading counts only where operations come out and the value is still that of the written numbers: no verdict depends
on it, and the claim has no say in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from slipstick.catalogue import hardware, published_peaks
from slipstick.formula import Leaf, leaves, with_leaves
from slipstick.judging import naming
from slipstick.judging.device_counts import device_and_time
from slipstick.judging.device_rates import per_second, tera
from slipstick.judging.stated_units import STEPS, StatedUnits, around, only_devices, settled, stated_units
from slipstick.judging.verdicts import Judged, judge
from slipstick.reading.expressions.tree import Group, Node, Product, Sum, group_units, quantities
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.digits import significant_digits
from slipstick.reading.quantities.mentions import Mentions
from slipstick.reading.quantities.quantities import Quantity, UnitPhrase
from slipstick.reading.quantities.stated import StatedQuantities, as_unit, meanings
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.source import Span
from slipstick.units import Compound, UnitTerm, dimension_of, is_device, size

if TYPE_CHECKING:
    from slipstick.reading.inference.legends import Legend

_RATE: Compound = (UnitTerm("FLOP"), UnitTerm("second", "", -1))
_OPERATIONS = (("FLOP", 1),)
_RATE_OF = {"FLOP": 1, "second": -1}
_LOWEST, _HIGHEST = 10**10, 10**17
"""Bare numbers outside are no rate of a device or a node, in FLOP/s."""
_MOST_DEVICES = 10**8
"""No count, time or device-time beside a rate is as large; of two numbers beyond it, one is of something else."""
_LONGEST = 24  # factors
_ONE = Fraction(1)
_SECONDS = frozenset((n, 1) for n in (60, 3600, 86400, 604800, 31536000))
"""One of these, as quotients, stands in every product that ends in seconds."""


class _Told(NamedTuple):
    """The calculation with the units that the text tells, and a note for each of them."""

    written: WrittenCalculation
    notes: tuple[str, ...]
    timed: bool = False
    """Whether a time is among them."""
    rate: tuple[Span, str] | None = None
    """The number that is the rate, and what says so."""
    no_times: frozenset[Span] = frozenset()
    """Numbers that a legend calls something else than a time."""


def judge_with_rate(written: WrittenCalculation, found: Mentions, stated: StatedQuantities) -> Judged:
    """A calculation judged, a bare number in it read as a rate in FLOP/s where the text says that it is one.

    So are the numbers beside it that count the devices, or are the time, of which the text speaks; they are left bare
    where that does not come out.
    """
    every, judged = _factors(written), None
    with_unit = [q for q in every if q.unit is not None or q.number.currency is not None]
    if with_unit:
        rate = _written_rate(written, with_unit)
        judged = _beside_rate(written, rate, stated) if rate is not None else None
    elif _may_hold_rate(written, every):
        judged = _with_told_rate(written, found, stated)
    return judged or _in_stated_operations(judge(written), stated)


def _with_told_rate(written: WrittenCalculation, found: Mentions, stated: StatedQuantities) -> Judged | None:
    """A calculation of bare numbers with the rate that the text tells; None where it tells none, or none comes out."""
    told = _told(written, found, stated)
    if told is None:
        return None
    found_units = stated_units(told.written, stated)
    told = told._replace(no_times=told.no_times | only_devices(found_units))
    for able in (*_attempts(told, found_units, stated.text), told):
        judged = judge(able.written)
        reading = judged.reading
        if not reading.trouble and reading.value == _of_numbers(written, reading) and _comes_out(able, reading):
            return _with_notes(judged, able)
    return None


def _beside_rate(written: WrittenCalculation, rate: Quantity, stated: StatedQuantities) -> Judged | None:
    """A calculation of a rate and bare numbers with the devices and times that the text states; None for none."""
    for able in _attempts(_Told(written, ()), stated_units(written, stated), stated.text):
        judged = judge(able.written)
        same = judged.reading.value == _of_numbers(written, judged.reading, size(rate.meaning(True)))
        if same and _comes_out(able, judged.reading):
            return _with_notes(judged, able)
    return None


_EXAMPLES = frozenset(((name, 1),) for name in ("example", "image", "token", "word", "frame", "sample"))


def _in_stated_operations(plain: Judged, stated: StatedQuantities) -> Judged:
    """In operations, where examples come out because a number of the text is written without its unit."""
    if plain.reading.dimension not in _EXAMPLES:
        return plain
    from slipstick.judging.stated_operations import with_stated_operations  # few texts hold such a product

    return with_stated_operations(plain, stated)


def _of_numbers(written: WrittenCalculation, reading: Interpretation, scale: Fraction = _ONE) -> Fraction | None:
    """What the written numbers alone come to, in a unit of that size; those of a sum are asked for as they are."""
    literal = reading.literal
    return judge(written).reading.value if literal is None else literal * scale


def _comes_out(told: _Told, reading: Interpretation) -> bool:
    """Whether operations come out, and beside a time that the text states no constant is left a number of things.

    "10 hours" in the text are not the 10 of "10 * 24 * 3600".
    """
    left = [f for f in reading.factors if not f.unit and not f.role and f.value in STEPS] if told.timed else []
    wrong = [f for f in reading.factors if f.quantity.span in told.no_times and any(device_and_time(f.unit))]
    return reading.dimension == _OPERATIONS and not left and not wrong


def _with_notes(judged: Judged, told: _Told) -> Judged:
    reading = judged.reading
    if told.rate is not None:
        place, reason = told.rate
        noted = {id(f): _with_reason(f, reason) for f in reading.factors if f.quantity.span == place}
        made = with_leaves(reading.formula, lambda factor: Leaf(noted.get(id(factor), factor)))
        reading = reading._replace(formula=made, factors=leaves(made))
    return judged._replace(reading=reading._replace(notes=(*told.notes, *reading.notes)))


def _with_reason(rate: ReadFactor, reason: str) -> ReadFactor:
    """A rate with one note: what it was read as, per what, and why."""
    per = "".join(f" per {t.name.replace('_', ' ')}" for t in rate.unit if t.exponent < 0 and is_device(t.name))
    return rate._replace(notes=(f"read as {tera(per_second(rate))}{per}, {reason}",))


def _factors(written: WrittenCalculation) -> tuple[Quantity, ...]:
    """The quantities of a product; none of anything else, or of one that is too long."""
    expression = written.expression
    return quantities(expression) if isinstance(expression, Product) and len(expression.parts) <= _LONGEST else ()


def _written_rate(written: WrittenCalculation, with_unit: Sequence[Quantity]) -> Quantity | None:
    """The one rate in FLOP/s with its unit in a product, if all others are bare numbers; None where there is none."""
    able = [q for q in with_unit if not q.is_bare and not q.number.percent]
    if len(able) != 1 or dict(dimension_of(able[0].meaning(True))) != _RATE_OF:
        return None
    return able[0] if not group_units(written.expression) else None


def _may_hold_rate(written: WrittenCalculation, every: tuple[Quantity, ...]) -> bool:
    """Whether a product of `every` quantity, all without units, has a large one, and may end in seconds."""
    values = [q.number.value.as_integer_ratio() for q in every]
    if _SECONDS.isdisjoint(values) or sum([top > _MOST_DEVICES * bottom for top, bottom in values]) != 1:
        return False
    if group_units(written.expression):
        return False
    claimed = [q for claim in written.claims for q in quantities(claim.node)]
    return all(q.is_bare or as_unit(q, _OPERATIONS) is not None for q in claimed)


def _told(written: WrittenCalculation, found: Mentions, stated: StatedQuantities) -> _Told | None:
    """What says which of the bare numbers is the rate; None where nothing does, or two numbers may be it."""
    from slipstick.reading.inference.legends import legend_of  # few texts hold such a product

    text = stated.text
    legend = legend_of(text, written)
    if legend is not None:
        return _by_legend(written, legend)
    able = [q for q in quantities(written.expression) if _may_be_rate(q)]
    known = [(q, *said) for q in able if (said := _peak(q, found)) is not None]
    known = known or [(q, *said) for q in able if (said := _stated(stated, q, written.span)) is not None]
    if len(known) != 1:
        return None
    rate, phrase, reason = known[0]
    return _Told(_with(written, {rate: rate._replace(unit=phrase)}), (), rate=(rate.span, reason))


def _by_legend(written: WrittenCalculation, legend: Legend) -> _Told | None:
    if not _may_be_rate(legend.rate):
        return None
    said = {legend.rate: legend.rate._replace(unit=_phrase(legend.rate, _RATE))}
    if legend.utilization is not None and legend.utilization.is_bare:
        said[legend.utilization] = legend.utilization._replace(remark="utilization")
    if legend.devices is not None and legend.devices.is_bare:
        said[legend.devices] = legend.devices._replace(unit=_phrase(legend.devices, legend.device))
    reason = f"which the text calls “{legend.words}”"
    return _Told(_with(written, said), (), rate=(legend.rate.span, reason), no_times=legend.no_times)


def _attempts(told: _Told, found: StatedUnits, text: str) -> Iterator[_Told]:
    """The calculation with the devices and times that the text states, and with the devices alone."""
    for units in settled(found):
        devices = {number: said for number, said in units.items() if device_and_time(said.meaning(False))[0]}
        for kept in (units, devices) if len(devices) < len(units) else (units,):
            if kept:
                yield _with_units(told, kept, text)


def _with_units(told: _Told, units: Mapping[Quantity, Quantity], text: str) -> _Told:
    written = _with(told.written, {q: q._replace(unit=_phrase(q, said.meaning(False))) for q, said in units.items()})
    notes = [f"{_words(text, q)}: read as the “{_words(text, said)}” of the text" for q, said in units.items()]
    timed = any(device_and_time(said.meaning(False))[1] for said in units.values())
    return told._replace(written=written, notes=(*told.notes, *notes), timed=timed)


def _may_be_rate(number: Quantity) -> bool:
    return number.is_bare and not number.remark and _LOWEST <= number.number.value <= _HIGHEST


def _stated(stated: StatedQuantities, number: Quantity, place: Span) -> tuple[UnitPhrase, str] | None:
    """The unit of a rate of the same value that the text states, and in which words."""
    for stretch in around(stated, place):
        for each in stated.between(*stretch, {significant_digits(number.number.value)}):
            if each.unit is not None and any(_is_rate(unit, each, number) for unit in meanings(each)):
                phrase = _phrase(number, _RATE)._replace(words=each.unit.words)
                return phrase, f"which the text states as “{_words(stated.text, each)}”"
    return None


def _is_rate(unit: Compound, stated: Quantity, number: Quantity) -> bool:
    """Whether a stated quantity is a rate, of one device or in all, of the value of a bare number."""
    of = {name: exponent for name, exponent in dimension_of(unit) if not is_device(name)}
    return of == _RATE_OF and size(unit) * stated.value == number.number.value


def _peak(number: Quantity, found: Mentions) -> tuple[UnitPhrase, str] | None:
    """The unit of a number that is the peak of hardware which the text names, and of which."""
    for part in found.parts if published_peaks.is_any(number.number.value) else ():
        if published_peaks.agreeing(part.name, number.number.value):
            return _phrase(number, _RATE), f"a peak of {part.name}, which the text names"
    return None


def is_peak_in(reading: Interpretation, part: hardware.Part) -> bool:
    """Whether a rate of a reading is a peak of the part, so that it is the part that the calculation is about."""
    return any(naming.is_rate(f) and published_peaks.agreeing(part.name, per_second(f)) for f in reading.factors)


def _phrase(number: Quantity, unit: Compound) -> UnitPhrase:
    return UnitPhrase(number.span, unit)


def _words(text: str, number: Quantity) -> str:
    return " ".join(number.span.of(text).split())


def _with(written: WrittenCalculation, said: Mapping[Quantity, Quantity]) -> WrittenCalculation:
    changed = {id(old): new for old, new in said.items()}
    return written._replace(expression=_replaced(written.expression, changed))


def _replaced(node: Node, changed: Mapping[int, Quantity]) -> Node:
    """The tree with some of its quantities changed, by their ids; only products, sums and brackets are looked into."""
    if isinstance(node, Quantity):
        return changed.get(id(node), node)
    if isinstance(node, Group):
        return node._replace(inner=_replaced(node.inner, changed))
    if isinstance(node, Product):
        return node._replace(parts=tuple([(sign, _replaced(part, changed)) for sign, part in node.parts]))
    if isinstance(node, Sum):
        return node._replace(parts=tuple([(sign, _replaced(part, changed)) for sign, part in node.parts]))
    return node
