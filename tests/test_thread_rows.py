"""What an expert says of each single calculation of the thread of 2021, and what slipstick says of the same line.

The numbers are worked out here from the text, the packaging and the peaks; the published figures are those of
data/systems.csv, which are always told with who published them. specs/thread.md tells the same row by row.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from slipstick import Settings, audit
from slipstick.finding import Severity
from slipstick.formats.wording import page_findings
from slipstick.report import Report, ReportedCalculation

PAGE = (Path(__file__).parents[1] / "docs/examples/ai-and-compute.md").read_text(encoding="utf-8")
DAY = 86400
BOARD, CORE, CHIP = 420e12, 61.5e12, 123e12


def shown(value: float) -> str:
    """A number with three digits, as messages show it: 2.37e23, 1.8e21."""
    mantissa, exponent = f"{value:.2e}".split("e+")
    return f"{mantissa.rstrip('0').rstrip('.')}e{int(exponent)}"


STARTS = {
    "AlphaStar": "12 agents",
    "GShard MoE": "22 years",
    "GShard dense": "235.5 TPU",
    "Meena": "30 days",
    "iGPT-L": "2500 days",
    "BigGAN": "2 days",
    "AlphaFold": "5 days",
}
SAID = {
    "AlphaStar": {
        "peak-dispute": ["420 TFLOP/s a board", "123 TFLOP/s a chip", shown(12 * 44 * DAY * 4 * CHIP * 32 * 0.33)],
        "published-figure": [
            "2.16e23",
            "with actors",
            "1.08e23",
            "training half",
            "5.92e22",
            "reads the 32 TPUs as chips",
        ],
    },
    "GShard MoE": {
        "claim-mismatch": ["10 times the claim"],
        "power-of-ten": ["2.4e22"],
        "packaging-ratio": ["8 cores per board", "0.125", shown(22 * 365 * DAY * BOARD * 0.125 * 0.33)],
        "peak-dispute": ["61.5 TFLOP/s a core", shown(22 * 365 * DAY * CORE * 0.33)],
        "published-figure": ["1.33e22 FLOP", "5.54 times the claim (measured by Patterson et al. 2021)", "1.7e22"],
    },
    "GShard dense": {
        "factors-carried-over": [
            shown(235.5 * 365 * DAY * BOARD * 0.25 * 0.33),
            "has the same slip",
            shown(235.5 * 365 * DAY * BOARD * 0.125 * 0.33),
        ],
        "published-figure": [
            "4.77e22",
            "1.66e22, 0.637 times, operations counted",
            "3.6 % of the bf16 peak",
            "1.51e23",
        ],
    },
    "Meena": {
        "packaging-ratio": ["0.125", shown(30 * DAY * 2048 * BOARD * 0.125 * 0.33)],
        "peak-dispute": [shown(30 * DAY * 2048 * CORE * 0.33)],
        "published-figure": ["1.12e23 FLOP, 0.609 times the value (measured by Patterson et al. 2021)", "1.56e23"],
    },
    "iGPT-L": {
        "claim-mismatch": ["7.128e21"],
        "reconciling-change": ["0.30"],
        "peak-dispute": ["round figure", "125 TFLOP/s", shown(2500 * DAY * 125e12 * 0.33)],
        "published-figure": ["8.91e21", shown(2500 * DAY * 24.6e12), "at the throughput of GPT-3"],
    },
    "BigGAN": {
        "packaging-ratio": ["0.125", shown(2 * DAY * 512 * BOARD * 0.125 * 0.33)],
        "peak-dispute": [shown(2 * DAY * 512 * CORE * 0.33)],
        "published-figure": ["9e20 to 1.8e21"],
    },
    "AlphaFold": {
        "coarse-claim": ["one printed digit", "14 % more"],
        "peak-dispute": ["round figure", "125 TFLOP/s", shown(5 * DAY * 8 * 125e12 * 0.33)],
        "published-figure": ["1.8e19 to 1.4e20", "ensemble of four", "the value is inside"],
    },
}
ROWS = [(name, rule, words) for name, rules in SAID.items() for rule, words in rules.items()]


@pytest.fixture(scope="module")
def report() -> Report:
    return audit(PAGE)


def line(report: Report, name: str) -> ReportedCalculation:
    """The calculation of one row."""
    return next(c for c in report.calculations if c.text.startswith(STARTS[name]))


@pytest.mark.parametrize(("name", "rule", "words"), ROWS, ids=[f"{name}: {rule}" for name, rule, _ in ROWS])
def test_what_follows_is_said(name: str, rule: str, words: list[str], report: Report) -> None:
    messages = " | ".join(f.message for f in line(report, name).findings if f.name == rule)
    assert [each for each in words if each not in messages] == []


def test_neither_reading_of_alphastar_is_called_wrong(report: Report) -> None:
    made = line(report, "AlphaStar")
    assert [c.verdict for c in made.claims] == ["holds"]
    assert {f.severity for f in made.findings} == {Severity.NOTE}
    assert {f.fix for f in made.findings} == {None}


@pytest.mark.parametrize("name", STARTS)
def test_what_others_publish_stands_behind_what_is_said_of_the_calculation(name: str, report: Report) -> None:
    assert page_findings(line(report, name))[-1].name == "published-figure"


def test_figures_measured_elsewhere_are_compared_when_they_are_given() -> None:
    text = "Meena: 30 days * 86400 s/day * 2048 TPU v3 cores * 0.25 boards/core * 420e12 FLOP/s * 33% = 1.8e23 FLOP"
    (made,) = audit(text, Settings(against="1.12e23 FLOP")).calculations
    (beside,) = made.against
    assert beside.ratio == pytest.approx(30 * DAY * 2048 * 0.25 * BOARD * 0.33 / 1.12e23)
    assert not beside.agrees


LIST = "Agents: 12 vs 600\nDays: 44 vs 14\nTPUs: 32 vs 16\nUtilisation: 33% vs 50%\n"
STAR = "AlphaStar: 12 agents * 44 days * 86400 * 420e12 FLOP/s * 32 TPUv3 boards * 33% utilization = 2.02e23 FLOP\n"


def test_the_rival_2_4e24_is_explained_by_the_values_set_against_each_other() -> None:
    (made,) = audit(f"{STAR}\nA previous calculation gave 2.4 x 10^24 for AlphaStar:\n\n{LIST}").calculations
    (rival,) = [f for f in made.findings if f.name == "rival-figure"]
    expected = 600 * 14 * DAY * 16 * BOARD * 0.5
    assert f"(agents 600, days 14, tpus 16, utilisation 50%) it is {shown(expected)}" in rival.message


@pytest.mark.parametrize("wrong", ["Days: 44 vs 140", "Days: 45 vs 14", "Days: 44 vs 0"])
def test_values_that_do_not_lead_to_the_rival_explain_nothing(wrong: str) -> None:
    listed = LIST.replace("Days: 44 vs 14", wrong)
    (made,) = audit(f"{STAR}\nA previous calculation gave 2.4 x 10^24 for AlphaStar:\n\n{listed}").calculations
    (rival,) = [f for f in made.findings if f.name == "rival-figure"]
    assert "sets against" not in rival.message


def test_the_rival_alone_holds_and_its_half_is_an_assumed_utilization() -> None:
    days = "600 agents * 14 days * 86400 s/day"
    (made,) = audit(f"{days} * 16 TPUv3 boards * 420e12 FLOP/s * 50% utilization = 2.4e24 FLOP").calculations
    assert [c.verdict for c in made.claims] == ["holds"]
    assert made.interval is not None
    assert made.interval.low == pytest.approx(600 * 14 * DAY * 16 * BOARD * 0.15)


def test_what_was_built_on_igpt_l_goes_with_it() -> None:
    text = "iGPT-L: 2500 days * 24 * 3600 * 100e12 FLOP/s * 33% utilization = 6.5e21 FLOP. iGPT-XL needs "
    (made,) = audit(f"{text}5 times more compute: 3.3 * 10^22 FLOP.").calculations
    (told,) = [f for f in made.findings if f.name == "built-on-result"]
    assert shown(5 * 2500 * DAY * 100e12 * 0.33) in told.message
    assert [c.verdict for c in audit("iGPT-XL: 5 * 6.5e21 FLOP = 3.3e22 FLOP").calculations[0].claims] == ["holds"]


def test_operations_counted_over_core_years_imply_3_6_percent() -> None:
    peak = "(235.5 TPU v3 core-years * 61.5e12 FLOP/s/core)"
    (made,) = audit(f"6 * 2.3e9 params * 1.2e12 tokens / {peak} = 33% utilization").calculations
    assert made.value == pytest.approx(6 * 2.3e9 * 1.2e12 / (235.5 * 365.25 * DAY * CORE))
    assert f"{made.value:.3f}" == "0.036"
    assert made.claims[-1].verdict == "off"


def test_core_years_alone_tell_what_part_of_the_peak_the_claim_implies() -> None:
    (made,) = audit("235.5 TPU v3 core-years = 2.6 * 10^22 FLOP").calculations
    share = 2.6e22 / (235.5 * 365.25 * DAY * CORE)
    assert any(f"{100 * share:.2f} % of the 61.5 TFLOP/s" in f.message for f in made.findings)
