"""Lines as people write them, right and wrong, with the codes that must be found in each, and no others of those rules.

`data/slips_of_meaning.jsonl` holds one text a line with its codes. Only codes that occur in the file are looked at.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections import Counter
from fractions import Fraction
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit
from slipstick.catalogue.published import highest
from slipstick.finding import Confidence, Finding, Severity
from slipstick.judging.mistyped import is_permuted, is_shifted
from slipstick.reading.inference.factors import SMALL_IN_LARGE
from slipstick.reading.relations.chains import read_document

DATA = Path(__file__).parent / "data/slips_of_meaning.jsonl"
LINES = [json.loads(line) for line in DATA.read_text(encoding="utf-8").splitlines()]
COVERED = {code for line in LINES for code in line["codes"]}


def findings(text: str) -> list[Finding]:
    """All findings about what was read in a text."""
    report = audit(text)
    return [f for made in (*report.calculations, *report.expressions) for f in made.findings]


@pytest.mark.parametrize("line", LINES, ids=lambda line: " ".join(line["text"].split())[:70])
def test_line(line: dict[str, object]) -> None:
    text = str(line["text"])
    read = read_document(text)
    assert read.calculations or read.expressions, "a line that is not read shows nothing"
    assert sorted({f.code for f in findings(text)} & COVERED) == line["codes"]


def test_lines_hold_right_and_wrong_ones_and_each_rule_several_times() -> None:
    count = Counter(code for line in LINES for code in line["codes"])
    assert min(count.values()) >= 1
    assert sum(not line["codes"] for line in LINES) >= 60
    assert len({line["text"] for line in LINES}) == len(LINES)


CURED = [
    pytest.param(line["text"], finding, id=f"{finding.code}: {line['text'][:60]}")
    for line in LINES
    for finding in findings(line["text"])
    if finding.code in COVERED and finding.fix is not None and finding.fix.value is not None
]


@pytest.mark.parametrize(("text", "finding"), CURED)
def test_a_cure_gives_its_value_and_is_found_no_more(text: str, finding: Finding) -> None:
    assert finding.fix is not None
    cured = text[: finding.span.start] + finding.fix.text + text[finding.span.end :]
    report = audit(cured)
    values = [made.value for made in (*report.calculations, *report.expressions)]
    assert any(value == pytest.approx(finding.fix.value, rel=1e-3) for value in values if value), cured
    assert finding.code not in {f.code for f in findings(cured)}


@given(st.sampled_from([(s, b, n) for (s, b), numbers in SMALL_IN_LARGE.items() for n in numbers]), st.integers(2, 999))
def test_no_number_that_people_write_for_a_time_is_a_slip(pair: tuple[str, str, int], count: int) -> None:
    small, large, number = pair
    text = f"{count} {large}s * {float(number):g} {small}s/{large} = {float(number) * count:g} {small}s"
    assert [f for f in findings(text) if f.code == "C009"] == []


@given(st.sampled_from([("second", "hour", 3600), ("second", "minute", 60), ("second", "day", 86400)]), st.data())
def test_a_constant_of_another_time_is_a_slip_where_a_rate_stands_by(
    pair: tuple[str, str, int], data: st.DataObject
) -> None:
    small, large, right = pair
    wrong = data.draw(st.sampled_from([n for n in (60, 3600, 86400) if n != right]))
    count = data.draw(st.integers(2, 99))
    text = f"{count} {large}s * {wrong} {small}s/{large} * 5e14 FLOP/s = {count * wrong * 5e14:.3g} FLOP"
    (found,) = [f for f in findings(text) if f.code == "C009"]
    assert (found.severity, found.confidence) == (Severity.WARNING, Confidence.HIGH)
    assert found.fix is not None
    assert found.fix.text == str(right)
    assert found.fix.value == pytest.approx(count * right * 5e14)


@given(st.floats(0.05, 0.5), st.sampled_from(["MFU", "HFU", "utilization", "model FLOPs utilization"]))
def test_a_usual_utilization_is_no_slip(share: float, name: str) -> None:
    text = (
        f"64 A100 * 312 TFLOP/s * 20 days * {share:.0%} {name} = {64 * 312e12 * 20 * 86400 * round(share, 2):.2g} FLOP"
    )
    assert [f for f in findings(text) if f.code in COVERED] == []


@pytest.mark.parametrize(
    ("value", "right", "permuted", "shifted"),
    [
        (356, 365, True, False),
        (84600, 86400, True, False),
        (3060, 3600, True, False),
        (360, 3600, False, True),
        (3600, 3600, False, False),
        (60, 24, False, False),
        (100, 1000, False, False),
        (365, 366, False, False),
    ],
)
def test_mistyped_digits(value: int, right: int, permuted: bool, shifted: bool) -> None:
    one, other = Fraction(value), Fraction(right)
    assert (is_permuted(one, other), is_shifted(one, other)) == (permuted, shifted)


def test_the_highest_published_utilization_of_each_kind() -> None:
    assert [float(highest(kind).top) for kind in ("MFU", "HFU", "measured throughput")] == [0.549, 0.927, 0.75]
    with pytest.raises(KeyError, match="no utilization of the kind 'SFU'"):
        highest("SFU")


def bench(name: str) -> ModuleType:
    """A script of the benchmarks as a module."""
    folder = Path(__file__).parent / "bench"
    sys.path.insert(0, str(folder))
    try:
        spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module  # a NamedTuple looks its module up
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(folder))


def test_no_rule_is_mistaken_on_the_repositorys_own_notes() -> None:
    precision = bench("rule_precision")
    rows = list(precision.table(list(precision.findings(list(precision.own())))))
    assert {row["code"] for row in rows if row["mistaken"]} == set()
    assert {row["code"] for row in rows if row["right"]} >= COVERED


def test_a_copied_result_is_the_one_cause_that_is_told() -> None:
    copied = "Stage 1: 256 × 10 × 24 = 61,440 GPU-hours. Stage 2: 512 × 3 × 24 = 61,440 GPU-hours."
    assert {f.code for f in findings(copied)} & {"C030", "C004", "D302", "D308"} == {"D308"}


def test_a_single_digit_of_examples_is_no_altered_number() -> None:
    text = "Fine-tuning took {} examples; filtering them with the 7B model took 2 × 7e9 × {} = 2.8e{} FLOP."
    assert "D301" not in {f.code for f in findings(text.format("2M", "2e9", 19))}
    altered = "A 7B model saw 280B tokens. 6 × 7e9 × 2.8e12 = 1.18e23 FLOP."
    assert "D301" in {f.code for f in findings(altered)}
