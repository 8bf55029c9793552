"""The seven calculations of the shipped example page: value, verdict and findings, each worked out by hand."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from slipstick import audit
from slipstick.finding import Finding, Severity
from slipstick.report import Report, ReportedCalculation

PAGE = (Path(__file__).parents[1] / "docs/examples/ai-and-compute.md").read_text(encoding="utf-8")
DAY = 24 * 3600
NOT_TOLD = frozenset(("unit-inferred", "first-order-differs"))


class Expected(NamedTuple):
    """What one line must show. `findings` leaves out what was read into it and how first order compares."""

    start: str
    value: float | None
    claim: float
    verdict: str
    findings: dict[str, Severity]


NOTE, WARNING, ERROR = Severity.NOTE, Severity.WARNING, Severity.ERROR
BESIDE = {"peak-dispute": NOTE, "published-figure": NOTE}
RATIO = {"packaging-ratio": WARNING, **BESIDE}
LINES = {
    "AlphaStar": Expected(
        "12 agents", 12 * 44 * DAY * 420e12 * 32 * 0.33, 2.02e23, "holds", {"rival-figure": NOTE, **BESIDE}
    ),
    "GShard MoE": Expected(
        "22 years",
        22 * 365 * DAY * 420e12 * 0.25 * 0.33,
        2.4e21,
        "off",
        {"claim-mismatch": ERROR, "power-of-ten": NOTE, **RATIO},
    ),
    "GShard dense": Expected(
        "235.5 TPU",
        None,
        2.6e22,
        "unknown",
        {"rate-missing": NOTE, "factors-carried-over": NOTE, "published-figure": NOTE},
    ),
    "Meena": Expected("30 days", 30 * DAY * 2048 * 0.25 * 420e12 * 0.33, 1.8e23, "holds", RATIO),
    "iGPT-L": Expected(
        "2500 days",
        2500 * DAY * 100e12 * 0.33,
        6.5e21,
        "off",
        {"claim-mismatch": ERROR, "reconciling-change": NOTE, **BESIDE},
    ),
    "BigGAN": Expected("2 days", 2 * DAY * 512 * 0.25 * 420e12 * 0.33, 3e21, "holds", RATIO),
    "AlphaFold": Expected("5 days", 5 * DAY * 8 * 100e12 * 0.33, 1e20, "holds", {"coarse-claim": NOTE, **BESIDE}),
}
VALUED = [name for name, line in LINES.items() if line.value is not None]


@pytest.fixture(scope="module")
def report() -> Report:
    return audit(PAGE)


@pytest.fixture(scope="module")
def read(report: Report) -> dict[str, ReportedCalculation]:
    """The calculation that begins as each line does."""
    return {name: next(c for c in report.calculations if c.text.startswith(e.start)) for name, e in LINES.items()}


def found(calculation: ReportedCalculation, name: str) -> Finding:
    """The one finding of that name."""
    (only,) = [f for f in calculation.findings if f.name == name]
    return only


def test_seven_and_no_more(report: Report) -> None:
    assert len(report.calculations) == len(LINES)
    assert report.coverage.calculations == len(LINES)
    assert report.worst() is Severity.ERROR


@pytest.mark.parametrize("name", LINES)
def test_value_and_verdict(name: str, read: dict[str, ReportedCalculation]) -> None:
    calculation, expected = read[name], LINES[name]
    assert calculation.value == (None if expected.value is None else pytest.approx(expected.value, rel=1e-12))
    assert calculation.unit == "FLOP"
    claim = calculation.claims[-1]
    assert (claim.value, claim.unit, claim.verdict) == (
        pytest.approx(expected.claim, rel=1e-12),
        "FLOP",
        expected.verdict,
    )
    if expected.value is not None:
        assert claim.ratio == pytest.approx(expected.value / expected.claim, rel=1e-12)


@pytest.mark.parametrize("name", LINES)
def test_findings_and_no_others(name: str, read: dict[str, ReportedCalculation]) -> None:
    told = {f.name: f.severity for f in read[name].findings if f.name not in NOT_TOLD}
    assert told == LINES[name].findings


@pytest.mark.parametrize("name", LINES)
def test_text_and_place(name: str, read: dict[str, ReportedCalculation]) -> None:
    calculation = read[name]
    assert calculation.span.of(PAGE) == calculation.text
    assert calculation.text.endswith("FLOP")
    assert [c.span.of(PAGE) for c in calculation.claims][-1] == calculation.text.rpartition("= ")[2]
    for finding in calculation.findings:
        assert calculation.span.start <= finding.span.start < finding.span.end <= calculation.span.end


@pytest.mark.parametrize("name", VALUED)
def test_interval_is_the_era_of_the_hardware(name: str, read: dict[str, ReportedCalculation]) -> None:
    calculation, value = read[name], LINES[name].value
    interval = calculation.interval
    assert interval is not None
    assert value is not None
    assert (interval.level, interval.method) == (0.9, "scaled")
    assert (interval.low, interval.high) == (pytest.approx(value / 0.33 * 0.15), pytest.approx(value / 0.33 * 0.45))
    (utilization,) = [i for i in calculation.inputs if i.role == "utilization"]
    assert (utilization.low, utilization.high, utilization.share) == (0.15, 0.45, 1.0)
    assert utilization.source
    assert utilization.implied == pytest.approx(0.33 * LINES[name].claim / value, rel=1e-12)


def test_without_a_rate_there_is_no_interval(read: dict[str, ReportedCalculation]) -> None:
    assert read["GShard dense"].interval is None


def test_alphastar_is_read_per_board_and_per_agent(read: dict[str, ReportedCalculation]) -> None:
    calculation = read["AlphaStar"]
    inferred = [f.message for f in calculation.findings if f.name == "unit-inferred"]
    assert any(re.search(r"4\.2e14 FLOP/s per TPU v3 board", m) for m in inferred)
    assert any(re.search(r"32 TPU v3 boards? per agent", m) for m in inferred)
    assert calculation.expression == "agents*days*peak*boards*utilization"
    message = found(calculation, "peak-dispute").message
    assert all(words in message for words in ("420 TFLOP/s a board", "123 TFLOP/s a chip", "492 a board"))


@pytest.mark.parametrize("name", ["GShard MoE", "Meena", "BigGAN"])
def test_the_packaging_ratio_is_0_125_and_halves_the_estimate(name: str, read: dict[str, ReportedCalculation]) -> None:
    finding, value = found(read[name], "packaging-ratio"), LINES[name].value
    assert value is not None
    assert finding.span.of(PAGE) == "0.25"
    assert finding.fix is not None
    assert (finding.fix.text, finding.fix.value) == ("0.125", pytest.approx(value / 2, rel=1e-12))


def test_a_factor_of_ten_reconciles_gshard(read: dict[str, ReportedCalculation]) -> None:
    finding = found(read["GShard MoE"], "power-of-ten")
    assert "factor of ten" in finding.message
    assert finding.fix is not None
    assert finding.fix.text == "2.4 * 10^22 FLOP"


def test_utilization_0_30_reconciles_igpt(read: dict[str, ReportedCalculation]) -> None:
    calculation = read["iGPT-L"]
    finding = found(calculation, "reconciling-change")
    assert "0.30" in finding.message
    assert finding.fix is not None
    assert finding.fix.value == pytest.approx(2500 * DAY * 100e12 * 0.30, rel=1e-12)
    assert [c.verdict for c in calculation.claims] == ["off", "off"]


def test_a_missing_rate_is_named_with_what_the_claim_implies(read: dict[str, ReportedCalculation]) -> None:
    # 2.6e22 over 235.5 Julian years of 31,557,600 s.
    assert (
        f"{2.6e22 / (235.5 * 31557600):.2g}".replace("e+", "e") in found(read["GShard dense"], "rate-missing").message
    )


def test_the_rivals_of_alphastar_stand_with_it(read: dict[str, ReportedCalculation]) -> None:
    rivals = [f for f in read["AlphaStar"].findings if f.name == "rival-figure"]
    assert [label.span.of(PAGE) for f in rivals for label in f.related] == ["2.4 x 10^24 FLOP", "6*10^22 FLOP"]
    assert [f.message.partition(" times")[0].rpartition(" ")[2] for f in rivals] == ["11.9", "0.297"]


def test_gshard_dense_has_the_factors_and_the_slip_of_the_line_before(read: dict[str, ReportedCalculation]) -> None:
    finding = found(read["GShard dense"], "factors-carried-over")
    assert "235.5 TPU core-years are 2.57e23 FLOP" in finding.message
    assert "has the same slip" in finding.message
    assert [label.span.of(PAGE) for label in finding.related] == ["22 TPU core-years"]
