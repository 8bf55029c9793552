"""The rules that rest on the hardware catalogue, as a set: what they say of lifelike lines, and what they never say.

`data/hardware_lines.jsonl` holds one line of text a row, written as papers, posts, notes and spreadsheets are, right
ones and wrong ones, each with the codes of the hardware rules that a careful reader would want, and no others.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from slipstick import audit
from slipstick.catalogue import hardware, published_peaks
from slipstick.finding import Confidence, Finding, Severity

LINES = [
    json.loads(line) for line in (Path(__file__).parent / "data/hardware_lines.jsonl").read_text("utf-8").splitlines()
]
CODES = frozenset(("C101", "C102", "C103", *(f"C{n}" for n in range(107, 119))))
DAY = 86400


def found(text: str) -> list[Finding]:
    """All findings about the calculations and expressions of a text."""
    report = audit(text)
    return [f for made in (*report.calculations, *report.expressions) for f in made.findings]


def only(text: str, code: str) -> Finding:
    """The one finding of a code."""
    (finding,) = [f for f in found(text) if f.code == code]
    return finding


@pytest.mark.parametrize("line", LINES, ids=[line["text"][:60] for line in LINES])
def test_a_line_gets_the_findings_that_a_careful_reader_wants(line: dict[str, str]) -> None:
    report = audit(line["text"])
    assert report.calculations, "a line that is not read shows nothing"
    findings = found(line["text"])
    assert sorted({f.code for f in findings} & CODES) == line["codes"]
    assert [f.message for f in findings if f.severity is Severity.ERROR] == []


def test_the_lines_are_many_and_of_many_styles() -> None:
    assert len(LINES) >= 100
    assert len({line["style"] for line in LINES}) >= 5
    assert {code for line in LINES for code in line["codes"]} >= CODES - {"C118"}


@pytest.mark.parametrize(
    ("text", "code", "becomes"),
    [
        # Two cores a chip: half of it.
        ("2048 TPU v3 cores * 123e12 FLOP/s * 30 days * 30% = 1.96e23 FLOP", "C108", 2048 * 61.5e12 * 30 * DAY * 0.3),
        # The correction of AlphaStar that treats the boards' figure as one of chips: 384 chips at 123 TFLOP/s.
        ("384 TPU v3 chips * 420e12 FLOP/s * 44 days * 33% = 2.02e23 FLOP", "C108", 384 * 123e12 * 44 * DAY * 0.33),
        ("1024 MI250X GCDs * 383 TFLOP/s * 10 days * 30% = 1.02e23 FLOP", "C108", 1024 * 191.5e12 * 10 * DAY * 0.3),
        # The text counts these very cores.
        (
            "2048 TPU v3 cores.\n2048 * 1.23e14 * 30 * 24 * 3600 * 0.3 = 1.96e23",
            "C108",
            2048 * 61.5e12 * 30 * DAY * 0.3,
        ),
        ("256 A100 * 125e12 FLOP/s * 10 days * 30% = 8.3e21 FLOP", "C109", 256 * 312e12 * 10 * DAY * 0.3),
        ("1024 A100 * 624e12 FLOP/s * 10 days * 40% = 2.2e23 FLOP", "C110", 1024 * 312e12 * 10 * DAY * 0.4),
        ("512 H100 bf16 * 1979 TFLOP/s * 10 days * 40% = 3.5e23 FLOP", "C110", 512 * 989.4e12 * 10 * DAY * 0.4),
    ],
)
def test_what_text_and_catalogue_prove_is_a_warning_with_the_right_value(text: str, code: str, becomes: float) -> None:
    finding = only(text, code)
    assert finding.severity is Severity.WARNING
    assert finding.confidence is Confidence.HIGH
    assert finding.fix is not None
    assert finding.fix.value == pytest.approx(becomes, rel=1e-9)
    fixed = text[: finding.span.start] + finding.fix.text + text[finding.span.end :]
    assert audit(fixed).calculations[0].value == pytest.approx(becomes, rel=5e-4)  # the fix shows four digits
    assert [f.code for f in found(fixed) if f.code == code] == []


def test_a_rate_that_divides_changes_the_result_the_other_way() -> None:
    finding = only("2.5e21 FLOP / (624e12 FLOP/s * 64 A100s * 0.3) = 2.4 days", "C110")
    assert finding.fix is not None
    assert finding.fix.value == pytest.approx(2.5e21 / (312e12 * 64 * 0.3))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("512 TPU v3 * 420e12 FLOP/s * 10 days * 30% = 5.6e22 FLOP", "C107"),
        ("1024 H100s * 1,979 TFLOP/s * 10 days * 40% = 7e23 FLOP", "C110"),  # or dense fp8
        ("256 A100 * 125e12 FLOP/s * 10 days = 2.8e22 FLOP", "C109"),  # or 40 % of its own peak, achieved
        ("8192 TPU v4 chips * 275e12 FLOP/s * 10 days * 40% = 7.8e23 FLOP", "C115"),  # jobs over two pods exist
        ("Trained in fp32. 64 V100 * 125 TFLOP/s * 10 days * 30% = 2.1e21 FLOP", "C111"),
        ("With sparsity: 1024 A100 * 624e12 FLOP/s * 10 days * 40% = 2.2e23 FLOP", "C110"),
        ("On A100s.\n256 GPUs * 125e12 FLOP/s * 10 days * 30% = 8.3e21 FLOP", "C109"),
        ("TPU v3, 2048 cores.\n2048 * 1.23e14 * 30 * 24 * 3600 * 0.3 = 1.96e23", "C108"),
        ("On a v3-256: 256 * 123e12 FLOP/s * 10 days * 30% = 8.2e21 FLOP", "C114"),  # which 256 it is, is inferred
        ("64 TPU v3 boards * 123 TFLOP/s * 10 days = 6.8e21 FLOP", "C108"),  # or achieved
    ],
)
def test_what_fits_another_meaning_as_well_is_a_note(text: str, code: str) -> None:
    finding = only(text, code)
    assert finding.severity is Severity.NOTE


def test_both_meanings_are_named_with_their_values_and_sources() -> None:
    message = only("32 TPU v3 * 420e12 FLOP/s * 44 days * 33% = 1.7e22 FLOP", "C107").message
    as_chips = 32 * 123e12 * 44 * DAY * 0.33
    assert all(words in message for words in ("boards of 4 chips", "420 TFLOP/s", "123 TFLOP/s", "cloud.google.com"))
    assert f"{as_chips:.3g}".replace("e+", "e") in message
    message = only("1024 H100s * 1,979 TFLOP/s * 10 days * 40% = 7e23 FLOP", "C110").message
    assert all(words in message for words in ("2:4 sparsity (bf16", "989.4 TFLOP/s", "dense peak in fp8"))


def test_where_experts_dispute_neither_board_nor_chip_is_called_wrong() -> None:
    text = "12 agents * 44 days * 420*10^12 FLOP/s * 32 TPUv3 boards * 33% utilization = 2.02 * 10^23 FLOP"
    findings = [f for f in found(text) if f.code in CODES]
    assert [(f.code, f.severity) for f in findings] == [("C102", Severity.NOTE)]


PEAKS = [p for part in hardware.parts() if part.family != "CPU" for p in hardware.peaks(part.name) if not p.sparse]


@pytest.mark.parametrize("peak", PEAKS, ids=lambda p: f"{p.part} {p.level} {float(p.flop_per_s):g}")
def test_no_dense_figure_of_the_catalogue_is_called_wrong_for_its_own_level(peak: hardware.Peak) -> None:
    level = "" if peak.level == hardware.part(peak.part).base_level else f" {peak.level}s"
    said = "" if peak.number_format in ("bf16", "fp16", "fp32") else f" ({peak.number_format})"
    text = f"16 {peak.part}{level} * {float(peak.flop_per_s):g} FLOP/s{said} * 10 days * 30%"
    assert [(f.code, f.message) for f in found(text) if f.code in CODES and f.severity is not Severity.NOTE] == []


SPARSE = [p for part in hardware.parts() for p in published_peaks.figures(part.name) if p.sparse and p.level == "GPU"]


@pytest.mark.parametrize("peak", SPARSE, ids=lambda p: f"{p.part} {float(p.flop_per_s):g}")
def test_every_sparse_figure_is_found_unless_it_is_a_dense_one_too(peak: hardware.Peak) -> None:
    dense = [p for p in published_peaks.agreeing(peak.part, peak.flop_per_s) if not p.sparse and p.level == peak.level]
    is_dense_too = any(p.number_format in published_peaks.TRAINING_FORMATS for p in dense)
    text = f"16 {peak.part} * {float(peak.flop_per_s):g} FLOP/s * 10 days * 30%"
    assert ("C110" in {f.code for f in found(text)}) is not is_dense_too


def test_levels_that_do_not_cancel_are_found_where_the_result_states_no_unit() -> None:
    message = only("512 TPU v3 chips * 420e12 FLOP/s per TPU v3 board * 10 days * 0.3 = 5.6e22", "C118").message
    assert "4 chips per board" in message
    assert f"{512 / 4 * 420e12 * 10 * DAY * 0.3:.3g}".replace("e+", "e") in message


def test_device_time_counted_twice_says_what_is_right() -> None:
    finding = only("3.55 million V100-hours * 1000 V100s * 125e12 FLOP/s * 20% = 3.2e26 FLOP", "C116")
    assert finding.severity is Severity.WARNING
    assert "3.19e23 FLOP (1/1000 of it)" in finding.message  # 3.55e6 * 3600 * 125e12 * 0.2 = 3.195e23


def test_a_type_name_and_its_number_with_a_noun_prove_it() -> None:
    finding = only("On a v3-256: 256 TPU v3 * 123e12 FLOP/s * 10 days * 30% = 8.2e21 FLOP", "C114")
    assert finding.severity is Severity.WARNING
    assert f"{128 * 123e12 * 10 * DAY * 0.3:.3g}".replace("e+", "e") in finding.message


def test_a_time_at_a_utilization_is_multiplied_by_it() -> None:
    made = audit("8 H100s at 989 TFLOPS for 10 days at 40% MFU = 2.7e21 FLOP").calculations[0]
    assert made.value == pytest.approx(8 * 989e12 * 10 * DAY * 0.4)
    assert made.claims[0].verdict == "holds"
