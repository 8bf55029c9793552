"""Long and hostile texts: the work grows with the text, not with its square, and no number leaves the floats.

Growth is checked by counting the calls that are made, which is the same on every machine, never by the clock.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import slipstick
from slipstick import units
from slipstick.catalogue import hardware
from slipstick.estimates.steps import written_steps
from slipstick.formats.json import dumps
from slipstick.judging import naming
from slipstick.judging.assumptions import Context, estimate_of, roles_of
from slipstick.judging.verdicts import Judged, judge
from slipstick.reading.lexing.cutting import LOOK_AHEAD, cut
from slipstick.reading.lexing.spelling import part_at
from slipstick.reading.quantities import arithmetic
from slipstick.reading.quantities.arithmetic import OutOfRange
from slipstick.reading.quantities.mentions import Mentions
from slipstick.reading.relations.chains import read_document
from slipstick.source import Span
from slipstick.summary import Evaluated, reported
from slipstick.units import UnitTerm


def calls(work: Callable[[], Any]) -> int:
    """How many functions are called, built-in ones included, while `work` is done."""
    count = 0

    def on_event(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(on_event)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def assert_linear(work: Callable[[int], Callable[[], Any]], n: int = 60) -> None:
    """Four times the size takes about four times the calls; a square would take sixteen times."""
    work(n)()  # tables are read and compiled once
    assert calls(work(4 * n)) < 5 * calls(work(n))


def judged(text: str) -> Judged:
    document = read_document(text)
    return judge((document.calculations + document.expressions)[0])


LONG_LINES = {
    "product": lambda n: "2/2*" * n + "1 = 1",
    "sum": lambda n: "1 + " * n + "1 = 5",
    "unlike": lambda n: "2 GPUs / 2 GPUs * " * n + "3 days = 3 days",
    "utilization": lambda n: "1 GPU * " * n + "1 FLOP/s * 2 s * 0.3 = 0.6 FLOP",
    "inputs": lambda n: "1 token * 1 /token * " * n + "2 = 2",
}


@pytest.mark.parametrize("line", LONG_LINES.values(), ids=LONG_LINES)
def test_each_stage_after_the_reading_takes_work_in_proportion_to_a_line(line: Callable[[int], str]) -> None:
    def steps(n: int) -> Callable[[], Any]:
        reading = judged(line(n)).reading
        return lambda: written_steps(line(n), reading)

    def estimate(n: int) -> Callable[[], Any]:
        reading = judged(line(n)).reading
        return lambda: estimate_of(reading, Context())

    def report(n: int) -> Callable[[], Any]:
        found = judged(line(n))
        whole = Evaluated(found, estimate_of(found.reading, Context()), None, ())
        return lambda: reported(line(n), whole)

    for stage in (steps, estimate, report):
        assert_linear(stage)


@pytest.mark.parametrize(
    "line",
    ["1" + "/1" * 1000 + " = 1", "1+1" + "=2" * 100, "1*2" + "=1*2" * 100, "2 kg" + " + 2 kg" * 1000],
)
def test_a_line_that_holds_too_much_is_named_and_the_rest_is_read(line: str) -> None:
    report = slipstick.audit(f"{line}\n\n6 * 7 = 42")
    assert [made.text for made in report.calculations] == ["6 * 7 = 42"]
    (left,) = report.coverage.unread
    assert left.text == line
    assert "more than 1" in left.reason


def test_a_line_that_holds_as_much_as_is_read_is_audited() -> None:
    report = slipstick.audit("1" + "*1" * 999 + "=1" * 99)
    assert [len(made.claims) for made in report.calculations] == [99]
    assert not report.coverage.unread


def test_finding_the_nearest_hardware_takes_no_more_work_in_a_longer_text() -> None:
    def work(n: int) -> Callable[[], Any]:
        paragraph = "A V100 GPU.\n\n"
        found = Mentions(paragraph * n)
        middle = Span(n // 2 * len(paragraph), n // 2 * len(paragraph) + 1)
        assert found.nearest(middle) == hardware.named("V100")
        return lambda: found.nearest(middle)

    work(1)()
    assert calls(work(1000)) < calls(work(10)) + 20


def test_words_that_begin_no_name_are_not_looked_up() -> None:
    words = "models were trained for very long on many devices " * 50
    assert calls(lambda: Mentions(words).nearest(Span(0, 1))) < 6 * len(words.split())


PIECES = [
    "nvidia",
    "Tesla",
    "V100",
    "v100s",
    "TPU",
    "v3",
    "v3-8",
    "A100-SXM4-80GB",
    "DGX",
    "H",
    "100",
    "80GB",
    "GTX",
    "580",
]
NAMES = [alias for part in hardware.parts() for alias in (part.name, *part.aliases)]


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=5) | st.sampled_from(NAMES).map(str.split))
def test_every_name_begins_with_a_word_that_may_begin_one(words: list[str]) -> None:
    if part_at(words) is not None:
        assert hardware.may_begin(words[0])
    for word in (words[0].lower(), words[0].upper()):
        assert hardware.may_begin(word) == hardware.may_begin(words[0])


@pytest.mark.parametrize("word", ["the", "trained", "devices", "x" * 10**6])
def test_other_words_begin_no_name(word: str) -> None:
    assert not hardware.may_begin(word)


def test_the_paragraph_decides_which_hardware_is_meant() -> None:
    text = "On A100s.\n\nA V100 was used, for 2 days on one P100; later a K80.\r\n\r\nNo names, 3 days.\n\nT4."
    found = Mentions(text)

    def meant(piece: str) -> str | None:
        start = text.index(piece)
        part = found.nearest(Span(start, start + len(piece)))
        return part and part.name

    assert meant("On") == "A100"  # the first after it
    assert meant("2 days") == "V100"  # the last before it
    assert meant("one P100") == "P100"  # inside it
    assert meant("later") == "P100"
    assert meant("3 days") is None


@given(st.text(alphabet="a1 .,*=\n²x-st", max_size=60))
def test_tokens_are_the_text_in_order(text: str) -> None:
    *tokens, end = cut(text)[: 1 - LOOK_AHEAD]
    assert (end.kind, end.text, end.start) == ("end", "", len(text))
    assert all(t.span.of(text) == t.text and t.end == t.span.end for t in tokens)
    assert all(a.end <= b.start and b.glued == (a.end == b.start) for a, b in pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(c for c in text if not c.isspace() or c == "\n")


RATIONALS = st.fractions(min_value=Fraction(1, 1000), max_value=1000, max_denominator=1000)


@given(RATIONALS, st.integers(-60, 60))
def test_whole_powers_of_short_numbers_are_exact(base: Fraction, exponent: int) -> None:
    product = math.prod([base] * abs(exponent), start=Fraction(1))
    assert arithmetic.power(base, Fraction(exponent)) == (product if exponent >= 0 else 1 / product)


def test_a_long_power_has_fifty_digits() -> None:
    raised = arithmetic.power(Fraction("1.0000001"), Fraction(999_999))
    assert raised.denominator.bit_length() < 400
    with localcontext() as context:
        context.prec = 80
        true = (Decimal(999_999) * Decimal("1.0000001").ln()).exp()
        assert abs(Decimal(raised.numerator) / Decimal(raised.denominator) / true - 1) < Decimal("1e-49")


def test_a_root_of_two_has_fifty_digits() -> None:
    root = arithmetic.power(Fraction(2), Fraction(1, 2))
    assert abs(root**2 / 2 - 1) < Fraction(1, 10**49)


@given(st.lists(RATIONALS, min_size=1, max_size=30))
def test_products_and_sums_of_short_numbers_are_exact(values: list[Fraction]) -> None:
    assert arithmetic.total(values) == sum(values)
    assert arithmetic.product(values) == math.prod(values, start=Fraction(1))


def test_numbers_that_grow_are_cut_at_fifty_digits() -> None:
    factors = [Fraction("1.0001"), Fraction("0.9999")] * 5000
    product, total = arithmetic.product(factors), arithmetic.total(Fraction(1, n) for n in range(1, 20_000))
    for value in (product, total):
        assert max(value.numerator.bit_length(), value.denominator.bit_length()) <= arithmetic.EXACT_BITS
    assert float(product) == pytest.approx((1.0001 * 0.9999) ** 5000, rel=1e-9)
    assert float(total) == pytest.approx(math.log(19_999) + 0.5772156649015329 + 0.5 / 19_999, rel=1e-9)


@pytest.mark.parametrize(
    ("value", "near", "finite"),
    [
        (Fraction(1, 4), 0.25, 0.25),
        (Fraction(0), 0.0, 0.0),
        (Fraction(10) ** 400, None, sys.float_info.max),
        (-(Fraction(10) ** 400), None, -sys.float_info.max),
        (Fraction(1, 10**400), None, 0.0),
    ],
)
def test_a_float_is_finite_or_none(value: Fraction, near: float | None, finite: float) -> None:
    assert arithmetic.as_float(value) == near
    assert arithmetic.nearest_float(value) == finite


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(10) ** 400, "1e400"),
        (Fraction("1.5e-400"), "1.5e-400"),
        (Fraction("4.2e14"), "4.2e14"),
        (Fraction(44), "44"),
    ],
)
def test_a_number_of_any_size_is_shown(value: Fraction, shown: str) -> None:
    assert arithmetic.plain_number(value) == shown


def test_sizes_of_units_are_bounded() -> None:
    cube = units.size((UnitTerm("meter", "yotta", Fraction(3)),))
    assert cube == 10**72
    assert units.size((UnitTerm("meter", "", Fraction(999_999)),)) == 1
    with pytest.raises(ValueError, match=r"^the unit meter is raised to the power 999999, beyond 12$"):
        units.size((UnitTerm("meter", "yotta", Fraction(999_999)),))
    with pytest.raises(ValueError, match=r"^the unit is beyond 1e300 or below 1e-300 base units$"):
        units.size((UnitTerm("meter", "yotta", Fraction(12)), UnitTerm("byte", "yotta")))


def test_a_step_beyond_the_bounds_leaves_no_steps() -> None:
    reading = judged("1e200 * 1 = 1e200").reading
    assert [step.value for step in written_steps("1e200 * 1", reading)] == [10**200, 10**200]
    beyond = reading._replace(factors=(reading.factors[0],) * 2)
    square = reading.formula._replace(parts=(reading.formula.parts[0],) * 2)  # type: ignore[union-attr]
    assert written_steps("1e200 * 1", beyond._replace(formula=square)) == ()


def test_very_many_unlike_things_are_not_listed_step_by_step() -> None:
    text = " * ".join(f"1 q{chr(97 + n // 26)}{chr(97 + n % 26)}" for n in range(60)) + " = 1"
    reading = judged(text).reading
    assert reading.value == 1
    assert written_steps(text, reading) == ()


def test_names_are_all_different() -> None:
    reading = judged("5 Y * 3 * 2 * 7 days = 15 * 2 * 7").reading
    names = naming.input_names(reading.factors, roles_of(reading.factors))
    assert len(set(names)) == len(names) == 4
    assert [f.name for f in estimate_of(judged("2 days * 3 days * 4 days").reading, Context()).inputs] == (
        "days days_2 days_3".split()
    )


@pytest.mark.parametrize(
    ("noun", "plural"), [("y", "ys"), ("day", "days"), ("body", "bodies"), ("GPU", "GPUs"), ("", "s")]
)
def test_plurals(noun: str, plural: str) -> None:
    assert naming._plural(noun) == plural


HOSTILE = [
    "5 Y * 3 = 15",
    "3 * 8.4e2e 3 kW = 1",
    "(1 Ym)^999999 * 2 = 3",
    "1e160*1e160 = 1e320",
    "2*3 = 1e320",
    "1e280 YB*1 = 1e304 B",
    "1e299 YB - 1e299 YB = 0 B",
    "1e290 YB^6 * 2 = 4",
    "(1e300*1) YB = 3",
    "1e300 YB * 1e-300 = 1e24 B",
    "1.234.567V-3V = 5 V",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_numbers_are_reported_in_finite_numbers(text: str) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} in the report")

    told = json.loads(dumps(slipstick.audit(text + "\n\n2 days * 24 hours/day = 48 hours")), parse_constant=refuse)
    last = told["calculations"][-1]
    assert (last["value"], last["claims"][0]["verdict"]) == (48 * 3600, "holds")


def test_too_large_a_power_is_out_of_range() -> None:
    with pytest.raises(OutOfRange, match="beyond 1e300"):
        arithmetic.power(Fraction(10), Fraction(10**400))
