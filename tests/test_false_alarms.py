"""Right lines whose reading leaves out a part that is said in front of them: they are unread, never off."""

from __future__ import annotations

import pytest

from slipstick import audit
from slipstick.finding import Severity

IN_FRONT = [
    ("5 engineers for 3 months at $15,000/month = $225k", "5"),
    ("Three engineers for 3 months at $15,000/month = $135k", "Three"),
    ("3 people working 4 months at $10k/month = $120k", "3"),
    ("16 servers running 30 days at $50/day = $24,000", "16"),
    ("A team of 4 costs 12 months * $10k/month = $480k", "4"),
    ("A cluster of 64 A100 runs 10 days * 24 hours = 15,360 GPU-hours", "64"),
]


@pytest.mark.parametrize(("text", "number"), IN_FRONT, ids=[text for text, _ in IN_FRONT])
def test_a_number_in_front_that_makes_the_result(text: str, number: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert f"its result may count the {number} in front of it" in [unread.reason for unread in report.coverage.unread]


@pytest.mark.parametrize(
    "text",
    [
        "With 5 engineers, 3 months at $15,000/month = $450k",
        "In 2020 it was 3 * 5 = 18",
        "The 1000 W heater uses 1000 W * 5 h = 5000 kWh",
        "In 2019 we used 5 trucks * 4 t = 40380 t",
        "2 weeks (40 days) * 24 h = 960 h",
        "8 GPUs (80 GPUs) * 3 h = 240 GPU-hours",
        "Version 10\n* 3 * 4 = 120",
        "We counted 5. Then 3 months at $15,000/month = $225k",
        "3 sites with 10 servers = 30 servers, 30 * 2 kW = 600 kW",
        "20 nodes of 10 kW → 3 days * 24 * 30 kW = 21,600 kWh; 10 of them → 4 * 50 = 2000",
    ],
)
def test_a_miss_that_no_number_in_front_explains_is_told(text: str) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims][-1] == "off"


@pytest.mark.parametrize(
    "text",
    [
        "30 days ± 5 * 2 = 60 days",
        "30 days ± 50% * 2 = 60 days",
        "30 days within a factor of 2 to 3 * 2 = 60 days",
        "30 ± 5 ± 3 days * 2 = 60 days",
    ],
)
def test_what_follows_a_range_that_is_not_read_is_no_calculation_of_its_own(text: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert report.coverage.unread


@pytest.mark.parametrize(
    "text",
    [
        "10 kB * 100k = 1 GB/s",
        "0.125 mol CaCl2 x 111.1 g CaCl2 = 13.9 g CaCl2",
        "74.6 ft^3 x 145 = 10819 lb",
        "(900 Wh * 4 days) / 24 V = 150 Ah",
        "48 layers * 8,192 = 384 KB/token",
        "3T tokens * 40k vocab size = 1.2e17 bits",
        "2.34e21 / 51e12 FLOP/s = 4.59e7 A100-seconds",
    ],
)
def test_a_unit_that_a_bare_number_or_a_noun_may_leave_unsaid_is_a_note(text: str) -> None:
    (made,) = audit(text).calculations
    assert [finding.severity.value for finding in made.findings if finding.code == "U201"] == ["note"]


@pytest.mark.parametrize("text", ["3 kW * 5 * 8 h = 120 kW", "2 kW * 6 days = 12 kW"])
def test_a_power_said_for_an_energy_is_told(text: str) -> None:
    (made,) = audit(text).calculations
    assert [finding.severity.value for finding in made.findings if finding.code == "U201"] == ["warning"]


def test_a_price_per_million_is_told_per_million() -> None:
    (made,) = audit("$2.70 / 360,000 tokens * 1e6 = $75.0 per 1M tokens").calculations
    assert any("the numbers give $7.5 per 1M tokens" in finding.message for finding in made.findings)


@pytest.mark.parametrize(("text", "verdict"), [("10^7 * 4 = 40 TB", "unknown"), ("8 * 4 = 320 GB", "off")])
def test_a_prefix_may_be_unsaid_and_a_ten_may_not(text: str, verdict: str) -> None:
    (made,) = audit(text).calculations
    assert [claim.verdict for claim in made.claims] == [verdict]


@pytest.mark.parametrize(
    "text",
    [
        "It took 12 hours (3 x 6 hours with breaks) in all.",
        "It cost $5,000 (10 nights x $450 plus meals) per head.",
        "A bill of $245,000 (512 TPU v3 chips * 2.5 days * $4/TPU-hour) came in.",
        "They ordered 400 GPUs (2 x 8 kW racks) that week.",
        "The run had 24 nodes (3 pods x 9 nodes) at its peak.",
        "From 300 GB (4 x 80 GB) of memory, 250 GB is left.",
    ],
)
def test_a_bracket_beside_a_number_accuses_nobody(text: str) -> None:
    report = audit(text)
    assert not any(claim.verdict == "off" for made in report.calculations for claim in made.claims)
    assert not any(finding.severity.value != "note" for made in report.calculations for finding in made.findings)


def test_a_bracket_that_gives_another_number_is_listed_as_unread() -> None:
    (place,) = audit("A bill of $245,000 (512 TPU v3 chips * 2.5 days * $4/TPU-hour) came in.").coverage.unread
    assert (place.text, place.reason) == (
        "$245,000 (512 TPU v3 chips * 2.5 days * $4/TPU-hour)",
        "what the bracket gives is not the number before it",
    )


@pytest.mark.parametrize(
    "text",
    [
        "The refit takes 560 hours / 8 = 70 working days.",
        "The team needs 54 hours = ~7 working days.",
        "A queue peaks at 900 QPS -> 3x = 2,700 QPS.",
        "For this cart KE = 1/2 (4 kg)(5 m/s)2=50 J",
    ],
)
def test_what_is_told_in_half_accuses_nobody(text: str) -> None:
    assert audit(text).worst() in (None, Severity.NOTE)


def test_a_part_without_single_prices_breaks_no_rule() -> None:
    text = "p4d.24xlarge at $32.77 an hour. 512 x 53 x 24 = 651,264 GPU hours x $4.10 = $2,670,182.40."
    assert "could not be computed" not in str(audit(text).coverage.unread)


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("9 days * 3600 * 8 * 125e12 * 0.3 = 9.7e18", False),
        ("9 days * 3600 * 8 * 125e12 * 0.3 = 5.1e18", True),
        ("9 days * 8 * 125e12 FLOP/s * 0.3 = 9.7e18 FLOP", True),
    ],
)
def test_the_value_is_no_fix_where_a_bare_constant_converts_once_more(text: str, fixed: bool) -> None:
    (made,) = audit(text).calculations
    assert [finding.fix is not None for finding in made.findings if finding.code == "C001"] == [fixed]


@pytest.mark.parametrize(
    "text",
    [
        "1500 kg/day × 365 = 547.5 tonnes/yr",
        "3,000 people × 0.5 kg/person/day × 365 = 547.5 tonnes/yr",
        "20 × $5 = $100 per 1,000 requests",
        "Salaries 120 × 5 = $600k, plus 30% benefits: 600 × 1.3 = $780k",
        "3 shifts of 2h15 × 3 = 6h45 in all",
        "Memory is 2N bytes = 14 GB for 7B parameters.",
        "N = 7e9: 2N bytes + 12N bytes = 98 GB",
        "At 60 psi it holds 5 lb + 8 oz = 5.5 lb",
        "16 nodes (128 GPUs) * 30 days = 3840 GPU-days",
        "100 km / 4 h = 0.04 h/km",
        "25,000 = 0 = 4 cm",
        "2.664M H800 hours × 3600 × 989e12 × MFU = 6 × 37e9 × 14.8e12 = 3.29e24",
    ],
)
def test_a_right_line_is_no_error(text: str) -> None:
    assert audit(text).worst() in (None, Severity.NOTE)


@pytest.mark.parametrize(
    "text",
    [
        "FLOP/token fwd 2*N ≈ 2*9e9 ≈ 18e9 ; bwd twice that 36e9",
        "C ≈ 6*N ≈ 6*3e9 ≈ 1.8e10",
        "forward 2*N equals 2*9e9 equals 18e9",
        "2 * N gives 2 * 9e9, which is 18e9",
    ],
)
def test_a_formula_told_again_in_numbers_is_no_factor_of_them(text: str) -> None:
    verdicts = [claim.verdict for made in audit(text).calculations for claim in made.claims]
    assert verdicts in (["holds"], [])


@pytest.mark.parametrize("sign", ["*", "×", "× ", "+"])
def test_a_line_that_begins_with_a_sign_may_go_on_from_what_is_not_read(sign: str) -> None:
    report = audit(f"tokens: 512 * 2048 = 1.05e6 per step, as the card says\n{sign}6*0.77e9 = 8.5e20")
    assert [claim.verdict for made in report.calculations for claim in made.claims] == ["holds"]
    assert len(report.coverage.unread) == 1


@pytest.mark.parametrize("end", ["1.311e11", "about 1.311e11", "~1.311e11.", "approx. 1.311e11 tokens"])
def test_a_line_that_goes_on_from_the_result_above(end: str) -> None:
    report = audit(f"tokens: 25e3*2048*512 + 50e3*1024*2048 = {end}\n*6*0.77e9 = 6.06e20")
    assert [claim.verdict for made in report.calculations for claim in made.claims] == ["holds", "holds"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        ("8 GPUs × 100 h (≈ 4 days) = 800 GPU-h", ["holds"]),
        ("1e15 FLOP/s × 1e9 s (≈ 30 years) = 1e24 FLOP", ["holds"]),
        ("8 GPUs × 100 h (≈ 4 days) = 8000 GPU-h", ["off"]),
        ("8 GPUs × 100 h (= 800 GPU-h)", ["holds"]),
        ("8 × 100 h (= 33 days)", ["holds"]),
    ],
)
def test_a_bracket_tells_the_last_factor_in_another_unit(text: str, verdicts: list[str]) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == verdicts


@pytest.mark.parametrize("sign", ["*", "x", "×"])
@pytest.mark.parametrize("about", ["about", "roughly", "approx.", "ca.", "~"])
def test_a_word_for_about_behind_a_sign_changes_nothing(sign: str, about: str) -> None:
    text = f"64 {sign} {about} 5 {sign} {about} 86400 {sign} 312e12 {sign} 0.45 = 3.88e21"
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == ["holds"]


def test_a_plural_left_open_is_the_word() -> None:
    (made,) = audit("8 GPU(s) * 3 day(s) = 24 GPU-day(s)").calculations
    assert (made.unit, [claim.verdict for claim in made.claims]) == ("GPU*s", ["holds"])
    assert audit("H(s) = 3 * exp(s) = 12").calculations == ()


@pytest.mark.parametrize(
    "text",
    [
        "300 MW × 8760 h (35% CF) = 920 GWh",
        "1000 GPUs × 24 h (10% idle) = 21,600 GPU-hours",
        "$200 × 3 (+8% tax) = $648",
        "24 pallets × 40 cartons (12 units each) = 11,520 units",
        "15 servers × 8 GPUs (80 GB each) = 9.6 TB",
        "12 × $25 (€23) = €276",
        "175e9 × 16 B / 80 GB = 35",
        "4 tsp salt * 3 = 4 tbsp",
        "24 bottles * 3 = 12 sixpacks",
        "16 GPUs * 4 = 8 nodes",
    ],
)
def test_what_a_bracket_or_a_larger_thing_may_explain_is_unread(text: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert len(report.coverage.unread) == 1


@pytest.mark.parametrize(
    "text",
    [
        "300 MW × 8760 h (35% CF) = 1,200 GWh",
        "8 GPUs * 3 days (40% MFU) = 12 GPU-days",
        "16 nodes * 8 = 1280 GPUs",
        "12 boxes * 4 = 16 boxes",
        "$250/month × 12 = $1,750",
        "$15/mo × 12 = $150",
    ],
)
def test_what_nothing_explains_is_told(text: str) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == ["off"]


def test_many_brackets_in_a_row_are_no_recursion() -> None:
    for piece in ("(3) ", "(40% utilization) "):
        assert audit(piece * 5000).calculations == ()


@pytest.mark.parametrize("text", ["50 basis points × $1M = $5,000", "$200,000 × 25 basis points = $500"])
def test_basis_points_in_words(text: str) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == ["holds"]
