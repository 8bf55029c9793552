"""From pairs of factors to the rows of a ledger: ratios, packaging of its own, shares, what a reader has to know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import prod

from slipstick.comparison.alignment import Pair, devices, is_packaging
from slipstick.comparison.factoring import Factor
from slipstick.comparison.ledger import LedgerRow, Side, Unaligned, log_of
from slipstick.comparison.overlaps import Spreads
from slipstick.comparison.packaging import AS_WRITTEN, Levels, are_related, level_unsaid, levels_differ
from slipstick.reading.inference.factors import TIME_NAMES
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import dimension, label, table

_ONE = Fraction(1)
_MOST_WRITTEN = 6


@dataclass(frozen=True)
class Bookkeeping:
    """What the rows are made of: the pairs, the level that devices are brought to, the spread of the ratio."""

    pairs: Sequence[Pair]
    levels: Levels
    spreads: Spreads

    def rows(self) -> tuple[tuple[LedgerRow, ...], Unaligned | None]:
        """The rows with their shares, and those without a number of their own taken together."""
        made = [(row, pair) for pair in self.pairs for row in self._rows(pair)]
        whole = log_of(prod((row.ratio for row, _ in made), start=_ONE))
        nothing = not any(row.a and row.b for row, _ in made)
        finished: list[LedgerRow] = []
        loose: list[LedgerRow] = []
        for row, pair in made:
            spread_share = None if row.kind == "packaging" else self.spreads.share(pair)
            if row.kind.startswith("only") and (nothing or not _is_number(pair)):
                row = row._replace(unit=_unit_of_ratio(pair), spread_share=spread_share, is_loose=True)
                loose.append(row)
            else:
                row = row._replace(share=_share(row.ratio, whole), spread_share=spread_share)
            finished.append(row)
        if not loose:
            return tuple(finished), None
        ratio = prod((row.ratio for row in loose), start=_ONE)
        return tuple(finished), Unaligned(ratio, _share(ratio, whole), tuple(row.factor for row in loose))

    def _rows(self, pair: Pair) -> list[LedgerRow]:
        """The row of a pair; where it counts devices of unlike levels, that with the numbers as written, and the
        packaging on its own. None for a constant that both have.
        """
        ratio = self.levels.value(pair.b) / self.levels.value(pair.a)
        if ratio == 1 and all(f.is_constant for f in (*pair.a, *pair.b)):
            return []
        a, b = self._side(pair.a, pair), self._side(pair.b, pair)
        row = LedgerRow(name_of(pair), self._kind(pair), a, b, ratio, note=self._note(pair))
        if self.levels is AS_WRITTEN or not levels_differ(pair) or not _counts_devices(pair):
            return [row]
        as_written = AS_WRITTEN.value(pair.b) / AS_WRITTEN.value(pair.a)
        a, b = self._one_device(pair.a), self._one_device(pair.b)
        source = "; ".join(self.levels.sources)
        packaging = LedgerRow("packaging", "packaging", a, b, ratio / as_written, source=source)
        return [row._replace(ratio=as_written), packaging]

    def _one_device(self, side: Sequence[Factor]) -> Side:
        """One device in those of the common level: "1 TPU v3 board = 4 chips"."""
        name = next(n for f in side for n, e in devices(f.dimension) if e > 0)
        count = self.levels.per_device[name]
        unit = label(((name, 1),))
        many = "" if count == 1 else f" = {plain_number(count, 4)} {self.levels.level}{'s' if count > 1 else ''}"
        text = f"1 {unit}{many}"
        return Side("packaging", text, text, count, f"{self.levels.level}/{unit}")

    def _kind(self, pair: Pair) -> str:
        if not pair.a or not pair.b:
            return "only in A" if pair.a else "only in B"
        if any(f.is_sum for f in (*pair.a, *pair.b)):
            return "sum"
        return "whole" if len(self.pairs) == 1 and len(pair.a) != len(pair.b) else "aligned"

    def _side(self, side: Sequence[Factor], pair: Pair) -> Side | None:
        """A side as it is shown; a rate per board beside one per chip is shown per chip as well."""
        if not side:
            return None
        text, read_as = (_times([getattr(f, which) for f in side]) for which in ("text", "read_as"))
        scale = prod((self.levels.of(f.dimension) for f in side), start=_ONE)
        if scale != 1 and levels_differ(pair) and not _counts_devices(pair):
            text += f" = {plain_number(AS_WRITTEN.value(side) * scale, 4)} a {self.levels.level}"
        whole = dimension(axis for f in side for axis in f.dimension)
        return Side(side[0].name, text, read_as, AS_WRITTEN.value(side), label(whole), side[0].span)

    def _note(self, pair: Pair) -> str:
        """What a reader has to know of one row."""
        alone = pair.a or pair.b
        if self.levels is not AS_WRITTEN and not (pair.a and pair.b) and is_packaging(alone):
            hardware = plain_number(1 / self.levels.of(alone[0].dimension), 4)
            return f"The hardware has {hardware} {alone[0].unit}, and the ratio of {name_of(pair)} is to that."
        unsaid = level_unsaid(pair)
        if unsaid:
            return f"“{unsaid[0]}” leaves the level open (chip, board); it is taken for the {unsaid[1]} of the other."
        if len(pair.a) > 1 and len(pair.b) > 1 and self._kind(pair) == "aligned":
            return f"Each of {name_of(pair)} could stand for several, so they are one row."
        return ""

    def notes(self) -> tuple[str, ...]:
        """What a reader has to know of the alignment, in full sentences."""
        found = []
        kinds = [self._kind(pair) for pair in self.pairs]
        if kinds == ["whole"]:
            found.append("There are no factors to align: one of the two is a plain quantity.")
        elif kinds == ["sum"]:
            found.append("There are no factors to align: a sum is compared as a whole.")
        elif kinds and all(kind.startswith("only") for kind in kinds):
            found.append("There are no factors to align: the two come to their results by unlike quantities.")
            found += self._implied_utilization()
        if self.levels is AS_WRITTEN and any(levels_differ(pair) and are_related(pair) for pair in self.pairs):
            found.append("Devices of unlike levels are compared as counted: the catalogue does not say how they pack.")
        return tuple(found)

    def _implied_utilization(self) -> list[str]:
        """The utilization of one at which it would come to the other, where that has none."""
        found = [
            (side, n) for pair in self.pairs for n, side in enumerate(pair) for f in side if f.role == "utilization"
        ]
        if len(found) != 1 or len(found[0][0]) != 1:
            return []
        (factor,), which = found[0]
        ratio = prod((self.levels.value(p.b) / self.levels.value(p.a) for p in self.pairs), start=_ONE)
        value = factor.value * (1 / ratio if which else ratio)
        return [f"{'AB'[which]} would come to {'BA'[which]} at a utilization of {plain_number(value, 3)}."]


def _times(words: Sequence[str]) -> str:
    more = len(words) - _MOST_WRITTEN
    return " × ".join(words[:_MOST_WRITTEN]) + (f" × {more} more" if more > 0 else "")


def _share(ratio: Fraction, whole: float | None) -> float | None:
    own = log_of(ratio)
    return own / whole if own is not None and whole else None


def _unit_of_ratio(pair: Pair) -> str:
    sides = [(f, -1) for f in pair.a] + [(f, 1) for f in pair.b]
    return label(dimension((n, e * sign) for f, sign in sides for n, e in f.dimension))


def _is_number(pair: Pair) -> bool:
    """Whether a factor of one alone is a number whatever units are chosen: it has none, or counts things."""
    return all(table().is_counted(n) for f in (*pair.a, *pair.b) for n, _ in f.dimension)


def _counts_devices(pair: Pair) -> bool:
    return all(any(e > 0 for f in side for _, e in devices(f.dimension)) and not is_packaging(side) for side in pair)


def name_of(pair: Pair) -> str:
    """What the factors of a row are called: by their one name, by the one that is several of the other, or all."""
    if {len(pair.a), len(pair.b)} > {1}:
        return (pair.a if len(pair.a) == 1 else pair.b)[0].name or "number"
    names = list(dict.fromkeys(f.name or "number" for f in (*pair.a, *pair.b)))
    if len(names) == 1 or {f.role for f in (*pair.a, *pair.b)} == {"utilization"}:
        return names[0]
    if all(name.removesuffix("s") in TIME_NAMES for name in names):
        return "time"
    return ", ".join(names)
