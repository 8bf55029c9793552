"""The slips that the benchmark plants: each an edit of the raw text, with the change that it makes to the numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from random import Random
from typing import NamedTuple

from labelled import Claim, Labelled, Sides
from meanings import ADJUSTED, MEANINGS, meaning_edits
from plain_arithmetic import NotFollowedError, Token, evaluate, factors, tokens

from slipstick.strategies.edits import NUMBER_KINDS, Edit, edited, prefixes
from slipstick.strategies.plain_numbers import PREFIXED, Number, beyond_digits

CONVERSIONS = {Fraction(n) for n in (24, 60, 365, 3600, 86400)}
LEVELS = ("board", "chip", "core", "device")
LEVEL = re.compile(rf"\b({'|'.join(LEVELS)})(s?)\b")
NOTHING_LEFT = "no slip left"


class Slip(NamedTuple):
    """A planted slip; its kind is "no slip left" where the units still written give the claim by themselves."""

    kind: str
    label: Labelled
    edits: tuple[Edit, ...]
    factor: Fraction | None = None
    """What leads from the value to the claim with the slip in it; None where they agree, or it was not worked out."""

    in_claim: bool = False
    """Whether it is the claim that was edited."""

    @property
    def text(self) -> str:
        """The whole text with the slip in it."""
        return edited(self.label.text, self.edits)

    @property
    def span(self) -> tuple[int, int]:
        """The calculation's place in that text."""
        longer = sum(len(edit.text) - (edit.end - edit.start) for edit in self.edits)
        return self.label.start, self.label.end + longer


ARITHMETIC = (*NUMBER_KINDS, "unit prefix", "dropped conversion", "sparse for dense")
MEANING = ("chip for board", "sparse, result adjusted")


def slips(label: Labelled, sides: Sides, seed: int, sparse: list[tuple[Fraction, Fraction]]) -> Iterator[Slip]:
    """One slip of each kind that applies; `sparse` are the dense and sparse peaks of the parts that the text names."""
    dice = Random(f"{seed} {label.note} {label.start}")
    for kind in NUMBER_KINDS:
        yield from _one(kind, label, dice, [edit for edit in _on_numbers(kind, sides) if _counts(sides, edit)], sides)
    yield from _one("unit prefix", label, dice, [edit for edit in _on_prefixes(sides) if _counts(sides, edit)], sides)
    yield from _one("dropped conversion", label, dice, _dropped(sides), sides, by_units=True)
    peaks = list(_peaks(sides, sparse))
    yield from _one("sparse for dense", label, dice, [edit for edit in peaks if _counts(sides, edit)], sides)
    adjusted = [both for edit in peaks if (both := _with_result(sides, edit))]
    if adjusted:
        yield Slip("sparse, result adjusted", label, dice.choice(adjusted))
    yield from _one("chip for board", label, dice, list(_levels(sides)), sides)
    yield from _of_meaning(label, sides, dice)


def _of_meaning(label: Labelled, sides: Sides, dice: Random) -> Iterator[Slip]:
    """Each kind once with the result as it was, and once with the result that follows from it."""
    edits = list(meaning_edits(sides))
    for kind in MEANINGS:
        able = [edit for each, edit in edits if each == kind and _counts(sides, edit)]
        yield from _one(kind, label, dice, able, sides)
        adjusted = [both for edit in able if (both := _with_result(sides, edit))]
        if adjusted:
            yield Slip(ADJUSTED[kind], label, dice.choice(adjusted))


def _one(
    kind: str, label: Labelled, dice: Random, edits: list[Edit], sides: Sides, by_units: bool = False
) -> Iterator[Slip]:
    if edits:
        edit = dice.choice(edits)
        whole = by_units and _units_alone_give_the_claim(sides, edit)
        yield Slip(
            NOTHING_LEFT if whole else kind, label, (edit,), factor_of(sides, edit), _claim_of(sides, edit) is not None
        )


def factor_of(sides: Sides, edit: Edit) -> Fraction | None:
    """By what the value would have to change to meet the claim again, to the claim's digits."""
    new, longer = edited(sides.plain, (edit,)), len(edit.text) - (edit.end - edit.start)
    try:
        if (claim := _claim_of(sides, edit)) is not None:
            return evaluate(new, claim.start, claim.end + longer).value / claim.amount
        if sides.expression is None:
            return None
        start, end = sides.expression
        return evaluate(sides.plain, start, end).value / evaluate(new, start, end + longer).value
    except (NotFollowedError, ZeroDivisionError):
        return None


def _on_numbers(kind: str, sides: Sides) -> Iterator[Edit]:
    numbers = [claim.number for claim in sides.claims]
    if sides.expression:
        for factor in factors(sides.plain, *sides.expression):
            is_exponent = sides.plain[: factor.start].rstrip().endswith(("^", "**"))
            numbers += [factor.number] if factor.number and not is_exponent else []
    for number in numbers:
        yield from NUMBER_KINDS[kind](sides.plain, number)


def _on_prefixes(sides: Sides) -> Iterator[Edit]:
    """In a claim only beside an expression with units of its own: one without takes whatever the claim says."""
    if sides.expression is None:
        return
    inside = [unit for unit in tokens(sides.plain, *sides.expression) if PREFIXED.fullmatch(unit.text)]
    claimed = [unit for claim in sides.claims for unit in tokens(sides.plain, claim.start, claim.end)]
    for unit in [*inside, *(claimed if inside else [])]:
        yield from prefixes(unit.text, unit.start)


def _claim_of(sides: Sides, edit: Edit) -> Claim | None:
    return next((claim for claim in sides.claims if claim.start <= edit.start < claim.end), None)


def _counts(sides: Sides, edit: Edit) -> bool:
    """Whether the edit moves value and claim apart by more than the printed digits, from the old and new number."""
    new = edited(sides.plain, (edit,))
    longer = len(edit.text) - (edit.end - edit.start)
    try:
        if (claim := _claim_of(sides, edit)) is not None:
            amount = evaluate(new, claim.start, claim.end + longer).value
            changed = next(
                (piece.number for piece in tokens(new, claim.start, claim.end + longer) if piece.number), None
            )
            if changed is None or not changed.value:
                return False
            return beyond_digits(claim.value, amount, changed.last_digit * amount / changed.value)
        if sides.expression is None:
            return False
        start, end = sides.expression
        ratio = evaluate(new, start, end + longer).value / evaluate(sides.plain, start, end).value
    except NotFollowedError:
        return False
    return all(beyond_digits(claim.value * ratio, claim.amount, claim.last_digit) for claim in sides.claims)


def _dropped(sides: Sides) -> list[Edit]:
    """Each 24, 60, 365, 3600 or 86400 that is a factor, with its operator and the words of its unit.

    Not where a lone number is left: "24 = 576" is no calculation any more.
    """
    if sides.expression is None:
        return []
    pieces = tokens(sides.plain, *sides.expression)
    edits = []
    for at, piece in enumerate(pieces):
        if piece.number is None or piece.number.value not in CONVERSIONS or "percent" in piece.number.pieces:
            continue
        stop = next((n for n in range(at + 1, len(pieces)) if pieces[n].kind != "unit"), len(pieces))
        before = pieces[at - 1] if at else None
        behind = pieces[stop] if stop < len(pieces) else None
        if behind is not None and (behind.text == "^" or behind.kind in ("(", "number")):
            continue
        end = max(piece.end, pieces[stop - 1].end)
        if before is not None and before.text in ("*", "/"):
            edits.append(Edit(len(sides.plain[: before.start].rstrip()), end, ""))
        elif (before is None or before.kind == "(") and behind is not None and behind.text == "*":
            edits.append(Edit(piece.start, pieces[stop + 1].start, ""))
    return [edit for edit in edits if _counts(sides, edit) and len(_left(sides, edit)) > 1]


def _left(sides: Sides, edit: Edit) -> list[Token]:
    """The pieces of the expression after the edit, brackets aside."""
    start, end = sides.expression or (0, 0)
    new, longer = edited(sides.plain, (edit,)), len(edit.text) - (edit.end - edit.start)
    return [piece for piece in tokens(new, start, end + longer) if piece.kind not in "()"]


def _units_alone_give_the_claim(sides: Sides, edit: Edit) -> bool:
    """Whether the text that is left is right: its numbers and written units, computed exactly, give every claim.

    FLOPS may be a rate or a count on either side. A claim without a unit needs an expression without a time left.
    """
    if sides.expression is None:
        return False
    new, longer = edited(sides.plain, (edit,)), len(edit.text) - (edit.end - edit.start)
    return all(_agree_exactly(new, sides.expression, claim, edit, longer) for claim in sides.claims)


def _agree_exactly(new: str, expression: tuple[int, int], claim: Claim, edit: Edit, longer: int) -> bool:
    moved = longer if claim.start >= edit.end else 0
    start, end = expression
    for rates in ((False, False), (True, False), (False, True), (True, True)):
        try:
            value = evaluate(new, start, end + longer, exact=True, rates=rates[0])
            claimed = evaluate(new, claim.start + moved, claim.end + moved, exact=True, rates=rates[1])
        except NotFollowedError:
            continue
        last_digit = claim.last_digit * claimed.value / claim.amount
        if value.time == claimed.time and not beyond_digits(value.value, claimed.value, last_digit):
            return True
    return False


def _peaks(sides: Sides, sparse: list[tuple[Fraction, Fraction]]) -> Iterator[Edit]:
    """Each factor that is a dense peak, with the sparse figure in its place."""
    if sides.expression is None:
        return
    pieces = tokens(sides.plain, *sides.expression)
    for at, piece in enumerate(pieces):
        if piece.number is None or "mantissa" not in piece.number.pieces:
            continue
        unit = pieces[at + 1].text if at + 1 < len(pieces) else ""
        prefix = evaluate(f"1 {unit}", 0, len(unit) + 2).value if PREFIXED.fullmatch(unit) else 1
        for dense, other in sparse:
            if piece.number.value * prefix == dense:
                yield _scaled(sides.plain, piece.number, other / dense)


def _scaled(text: str, number: Number, ratio: Fraction, digits: int = 6) -> Edit:
    """A number `ratio` times as large, written in the same way."""
    start, end = number.pieces["mantissa"]
    new = f"{float(Fraction(text[start:end].replace(',', '')) * ratio):,.{digits}f}"
    new = new.rstrip("0").rstrip(".") if digits == 6 else new
    return Edit(start, end, new if "," in text[start:end] else new.replace(",", ""))


def _with_result(sides: Sides, edit: Edit) -> tuple[Edit, ...]:
    """The edit of a peak together with the claims that it leads to; nothing where a claim has no mantissa."""
    back = factor_of(sides, edit)
    if not back or any("mantissa" not in claim.number.pieces for claim in sides.claims):
        return ()
    edits = [edit]
    for claim in sides.claims:
        start, end = claim.number.pieces["mantissa"]
        digits = len(sides.plain[start:end].partition(".")[2])
        exact = claim.value / claim.amount / back
        edits.append(_scaled(sides.plain, claim.number, exact, digits))
    return tuple(edits)


def _levels(sides: Sides) -> Iterator[Edit]:
    """One word for a level of hardware in the expression, exchanged for another; its plural stays."""
    if sides.expression is not None:
        for found in LEVEL.finditer(sides.plain, *sides.expression):
            yield from (Edit(*found.span(1), level) for level in LEVELS if level != found[1])
