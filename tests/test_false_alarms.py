"""Right lines whose reading leaves out a part that is said in front of them: they are unread, never off."""

from __future__ import annotations

import pytest

from slipstick import audit

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
        "We counted 5. Then 3 months at $15,000/month = $225k",
    ],
)
def test_a_miss_that_no_number_in_front_explains_is_told(text: str) -> None:
    assert [claim.verdict for made in audit(text).calculations for claim in made.claims] == ["off"]


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
        "(900 Wh * 4 days) / 24 V = 150 Ah",
        "48 layers * 8,192 = 384 KB/token",
        "3T tokens * 40k vocab size = 1.2e17 bits",
    ],
)
def test_a_unit_that_a_bare_number_or_a_noun_may_leave_unsaid_is_a_note(text: str) -> None:
    (made,) = audit(text).calculations
    assert [finding.severity.value for finding in made.findings if finding.code == "U201"] == ["note"]


@pytest.mark.parametrize("text", ["3 kW * 5 * 8 h = 120 kW", "2 kW * 6 days = 12 kW"])
def test_a_power_said_for_an_energy_is_told(text: str) -> None:
    (made,) = audit(text).calculations
    assert [finding.severity.value for finding in made.findings if finding.code == "U201"] == ["warning"]
