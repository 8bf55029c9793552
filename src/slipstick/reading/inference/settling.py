"""One product under one set of choices: its conversions, then the units left unsaid, then the things counted.

The order is that of specs/inference.md: what is free comes before what costs 1.
"""

from __future__ import annotations

from fractions import Fraction

from slipstick.reading.inference import counting, operations, prices, repetition, shares, times
from slipstick.reading.inference.claim_conversions import add_time_worked, convert_to_claim, time_worked
from slipstick.reading.inference.conversions import (
    convert_by_hand,
    mark_exact_ratios,
    mixed_chain,
    month_runs,
    small_in_large,
)
from slipstick.reading.inference.doubts import Doubt, unlike_symbols
from slipstick.reading.inference.factors import STANDARD_MONTH, STANDARD_YEAR, TIME_NAMES, Choices, Row, choose_lengths
from slipstick.reading.inference.half_written_conversions import convert_to_other
from slipstick.reading.quantities import kinds
from slipstick.reading.quantities.quantities import Quantity
from slipstick.units import Compound, Dimension, dimension_of

_ONE = Fraction(1)


class Settler:
    """Settles the units of products under one set of choices; `names` says which kinds generic names mean."""

    def __init__(self, choices: Choices, names: dict[str, str]) -> None:
        self.choices = choices
        self.names = names
        self.cost = 0
        self.notes: list[str] = []
        self.share = False
        """Whether a percentage is claimed."""
        self.per_many = _ONE
        """How many the claim is for: 1e6 in "= $6.54 per 1M tokens"."""
        self.label: Quantity | None = None
        self.label_time = ""
        """The time of a "per week" of the claim that is left out."""
        self.doubt: Doubt | None = None
        self.leads_half = False
        """Whether any run of constants leads only half the way, so that it is a conversion or none."""

    def meaning(self, compound: Compound) -> Compound:
        """A compound with generic names settled."""
        named = kinds.rename(compound, self.names) if self.names else compound
        return kinds.in_binary(named, self.choices.binary) if self.choices.binary else named

    def settle(self, row: Row, target: Compound | None) -> None:
        """Conversions, then the units that were left unsaid, then the things counted.

        Each stage is asked only where what it looks for is there at all: a time, or a number without a unit.
        """
        if self.label is not None:
            counting.take_label(row, self.label.value, self.meaning(self.label.meaning(self.choices.flops_is_rate)))
        shares.settle_scales(row, self.share, self.choices.swapped)
        if target is None and not row.has_units:
            return  # nothing to convert to or from, and nothing that says what a number may be
        wants = dimension_of(target) if target is not None else None
        is_timed = row.is_timed
        if not (is_timed or row.numbers) and row.dimension == wants:
            mark_exact_ratios(row)
            return  # nothing is lacking, and nothing can be converted
        if wants is not None and (doubt := unlike_symbols(row.dimension, wants)) is not None:
            self.doubt = doubt
        if self.per_many != 1:
            counting.scale_to_many(row, self.per_many)
        self._settle_written(row, target, wants, is_timed)
        converted = target is not None and self._settle_lengths(row, target)
        in_days = self._settle_repeated(row, target) if is_timed or wants else ""
        fits = row.dimension == wants and not self.share  # then nothing is lacking that a number could be
        if row.numbers and not fits:
            self._settle_numbers(row, target, wants)
        if row.numbers and not converted:
            self._note_doubt(convert_by_hand(row, target, self.choices, in_days))
        if not fits:
            self._settle_amounts(row, target)
        if row.constants and not self.choices.flops_is_rate and counting.time_unused(row):
            self.cost += 2  # 24 * 3600 as plain counts beside FLOPS, which may be a rate
        if not fits:
            self.notes.extend(counting.settle_counts(row, wants))
        self.leads_half = self.leads_half or row.leads_half

    def _settle_written(self, row: Row, target: Compound | None, wants: Dimension | None, is_timed: bool) -> None:
        """Conversions that are written with units, in part or whole."""
        if is_timed:
            operations.take_written_out(row)
            times.take_aside(row)
            mixed_chain(row)
            small_in_large(row)
            times.hours_of_a_day(row, target)
        convert_to_other(row, wants)
        mark_exact_ratios(row)
        if is_timed:
            month_runs(row, target)
            self._settle_hours(row, target)

    def _settle_hours(self, row: Row, target: Compound | None) -> None:
        """A bare number behind days at a price per hour: hours of each day, or a count; a miss of both is in doubt."""
        hours = times.hours_each_day(row, target) if row.numbers else None
        if hours is None:
            return
        if self.choices.worked:
            times.call_hours(hours)
        else:
            self.cost += 1
        self._note_doubt(Doubt("whether the days are of 24 hours is not said", any_gap=True))

    def _settle_repeated(self, row: Row, target: Compound | None) -> str:
        """Times that repeat or divide, prices per a time; the name of the months or years that were put into days."""
        is_timed = row.is_timed
        if is_timed:
            self._note_doubt(repetition.repeat_times(row, target, self.label_time))
            repetition.divide_within(row, () if self.share else target)
        if target is not None:
            self._note_doubt(prices.add_price(row, dimension_of(target), not self.choices.without_label))
        if not is_timed:
            return ""
        self._note_doubt(repetition.repeat_amounts(row, target, self.label_time))
        self._note_doubt(repetition.divide_by_times(row, target))
        return choose_lengths(row, self.choices)

    def _settle_numbers(self, row: Row, target: Compound | None, wants: Dimension | None) -> None:
        """Numbers without a unit that are times, rates or operations."""
        if not self.choices.without_label:  # one addition about time is enough
            times.add_times(row, target)
            times.add_divided_time(row, target)
            times.add_rated_divisor(row, target)
            operations.add_rate(row, wants)
            operations.add_things_each_second(row, wants)
        operations.add_dividend(row, wants, self.share)
        operations.add_operations(row, wants)

    def _settle_amounts(self, row: Row, target: Compound | None) -> None:
        """Divisors that are for each of what is claimed, and numbers in a unit that stands beside them."""
        if row.numbers:
            self._note_doubt(prices.add_amount_each_time(row, target))
        prices.add_divided_amount(row, target)
        prices.add_exchange_rate(row, target)
        if row.numbers:
            prices.add_amount_each(row, target)
        if self.share:
            shares.take_same_unit(row)

    def _note_doubt(self, doubt: Doubt | None) -> None:
        """The last doubt is the one that is told."""
        self.doubt = doubt or self.doubt

    def _settle_lengths(self, row: Row, target: Compound) -> bool:
        """Whether a run leads to a claim of months or per a time; it says how long months and years are."""
        if not any(t.name in ("month", "year") or (t.exponent == -1 and t.name in TIME_NAMES) for t in target):
            return False
        counting.operations_before_conversions(row, dimension_of(target))
        lengths = convert_to_claim(row, target)
        if lengths is None:
            self._settle_worked(row, target)
            return False
        month, year = lengths.get("month", STANDARD_MONTH), lengths.get("year", STANDARD_YEAR)
        self.choices = self.choices._replace(month_days=month, year_days=year)
        return True

    def _settle_worked(self, row: Row, target: Compound) -> None:
        """Bare numbers between a rate per hour and a claim per day: counts, or hours of the day; neither is cheaper."""
        if self.choices.worked:
            add_time_worked(row, target)
        elif time_worked(row, target):
            self.cost += 1
