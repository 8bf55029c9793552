"""`slipstick.cost`: bills that were worked out elsewhere, and which hardware, date and price are taken."""

from __future__ import annotations

import datetime
from fractions import Fraction

import pytest

import slipstick
from slipstick.catalogue import amortized, prices
from slipstick.costs.bill import Bill, Cost, Figure
from slipstick.costs.dates import window_of
from slipstick.estimates.evaluation import UnitsError

ALPHASTAR = (
    "12 agents * 44 days * 24 hours/day * 3600 sec/hour * 420*10^12 FLOP/s * 32 TPUv3 boards * 33% actual board "
    "utilization = 2.02 * 10^23 FLOP"
)


def ends(figure: Figure) -> tuple[float, float]:
    assert figure.low is not None
    assert figure.high is not None
    return figure.low, figure.high


def only(made: Cost, kind: str) -> Bill:
    (each,) = made.hardware
    return each.bill(kind)


# Worked elsewhere


def test_gpt_3_by_its_measured_hours_at_the_lists_of_its_time() -> None:
    """3.55 million V100-hours (Patterson et al. 2021): $1.16 for three years to $3.90 on demand, $4.1M to $13.8M."""
    made = slipstick.cost("3.55e6 V100-hours", date="2018..2020")
    (v100,) = made.hardware
    listed = [bill for bill in v100.bills if bill.lists]
    assert [bill.kind for bill in listed] == ["on-demand", "reserved-1y", "reserved-3y"]
    assert ends(v100.bill("on-demand").price) == (1.50, 3.90)
    assert ends(v100.bill("reserved-3y").price) == (1.16, 1.23)
    assert ends(v100.bill("on-demand").usd) == pytest.approx((5.325e6, 13.845e6))
    assert ends(v100.bill("reserved-3y").usd) == pytest.approx((4.118e6, 4.3665e6))
    lowest, highest = min(ends(b.usd)[0] for b in listed), max(ends(b.usd)[1] for b in listed)
    assert lowest < 5e6 < 12e6 < highest  # what the post says it cost lies inside


def test_xlnet_is_charged_for_chips() -> None:
    """512 TPU v3 chips for 2.5 days at $2 a chip-hour: $61,440, a quarter of the $245,000 that was told."""
    made = slipstick.cost("512 TPU v3 chips for 2.5 days")
    assert only(made, "on-demand").usd.value == 61_440
    assert only(slipstick.cost("128 TPU v3 boards for 2.5 days"), "on-demand").usd.value == 61_440
    assert only(slipstick.cost("1024 TPU v3 cores for 60 hours"), "on-demand").usd.value == 61_440
    assert only(slipstick.cost("512 TPU v3 chips for 2.5 days", price="$8/board-hour"), "own").usd.value == 61_440
    assert only(slipstick.cost("512 TPU v3 chips for 2.5 days", price="$8/chip-hour"), "own").usd.value == 245_760


def test_a_hundred_times_gpt_3_on_the_hardware_of_2021() -> None:
    """3.14e25 FLOP on A100s at 40 %: 6.99e7 GPU-hours, $95M (three years) to $287M (on demand)."""
    made = slipstick.cost("3.14e25 FLOP", hardware="A100", date=2021, utilization=0.4)
    (a100,) = made.hardware
    assert only(made, "on-demand").device_hours.value == pytest.approx(6.99e7, rel=1e-3)
    assert ends(a100.bill("reserved-3y").usd)[0] == pytest.approx(95e6, rel=2e-3)
    assert ends(a100.bill("on-demand").usd)[1] == pytest.approx(287e6, rel=2e-3)


def test_a_hundred_times_gpt_3_on_the_hardware_of_2026() -> None:
    """On H100s at 40 %: 2.2e7 GPU-hours. Specialists' clouds $53M to $95M, one large provider's list far above them."""
    bill = only(slipstick.cost("3.14e25 FLOP", hardware="H100", date="2026", utilization=0.4), "on-demand")
    hours = bill.device_hours.value
    assert hours == pytest.approx(2.2e7, rel=3e-3)
    each = sorted(float(p.each) * hours for p in bill.lists if p.provider != "Google Cloud")
    assert (each[0], each[-1]) == pytest.approx((53e6, 95e6), rel=7e-3)
    assert ends(bill.usd)[1] == pytest.approx(10.9791 * hours, rel=1e-6)


def test_llama_as_amortized() -> None:
    """3.8e25 FLOP cost $53M amortized (Epoch AI): by its own hours exactly, by the era's utilization within."""
    assert only(slipstick.cost("30.84e6 H100-hours"), "amortized").usd.value == pytest.approx(52.9e6)
    low, high = ends(only(slipstick.cost("3.8e25 FLOP", hardware="H100", date="2024"), "amortized").usd)
    assert low < 52.9e6 < high


# What a calculation brings with it


def test_the_utilization_of_a_calculation_cancels_on_its_own_hardware() -> None:
    """12 agents, 44 days, 32 boards of 4 chips: the device-time is known, however well it was used."""
    made = slipstick.cost(ALPHASTAR, date="2019")
    bill = only(made, "on-demand")
    assert bill.device_hours.value == 12 * 44 * 24 * 32 * 4
    assert bill.device_hours.low is None
    assert bill.usd.value == 2 * 12 * 44 * 24 * 32 * 4
    assert made.given.low is not None


def test_its_spread_goes_along_to_other_hardware() -> None:
    bill = only(slipstick.cost(ALPHASTAR, hardware="A100", date="2021"), "on-demand")
    assert {name for name, _ in bill.drivers} == {"utilization", "utilization of the A100", "price"}
    low, high = ends(bill.device_hours)
    alone = ends(only(slipstick.cost("2.02e23 FLOP", hardware="A100", date="2021"), "on-demand").device_hours)
    assert high / low > alone[1] / alone[0] * 1.2


def test_what_the_audit_has_against_it_is_told() -> None:
    made = slipstick.cost(
        "512 A100 * 10 days * 24 hours/day * 3600 s/hour * 312e12 FLOP/s * 0.4 = 8.1e22 FLOP", date="2022"
    )
    assert any("but its value is 5.52e+22 FLOP" in remark for remark in made.remarks)


# Hardware, dates, prices


def test_the_hardware_of_a_date_is_the_fastest_of_each_family() -> None:
    made = slipstick.cost("3.14e23 FLOP", date="2020-07")
    assert [each.part for each in made.hardware] == ["V100", "TPU v3"]
    assert "slower ones with prices then: K80, P100" in made.choice
    assert [each.part for each in slipstick.cost("1e25 FLOP", date="2024").hardware] == ["H100", "TPU v4"]
    assert [each.part for each in slipstick.cost("1e6 GPU-hours", date="2021").hardware] == ["A100"]


def test_peaks_in_dispute_are_spread() -> None:
    (tpu,) = slipstick.cost("1e22 FLOP", hardware="TPU v3", date="2020").hardware
    (peak,) = [each for each in tpu.assumptions if each.name == "peak"]
    assert (peak.value, peak.low, peak.high) == (123, 105, 140)


def test_cards_of_one_name_keep_their_own_prices() -> None:
    """An H100 PCIe has three quarters of the peak and is cheaper: neither belongs to the SXM card."""
    (sxm,) = slipstick.cost("1e24 FLOP", hardware="H100", date="2024").hardware
    assert {price.variant for price in sxm.bill("on-demand").lists} == {"SXM"}
    assert any("PCIe" in remark for remark in sxm.remarks)
    (pcie,) = slipstick.cost("1e24 FLOP", hardware="H100 PCIe", date="2024").hardware
    assert {price.variant for price in pcie.bill("on-demand").lists} == {"PCIe"}
    assert [each.value for each in pcie.assumptions if each.name == "peak"] == [756]


def test_a_short_time_counts_with_the_year_up_to_its_end() -> None:
    cases = {"2020": "2020-01-01 2020-12-31", "2020-07": "2019-08-01 2020-07-31", "2020-02-29": "2019-03-01 2020-02-29"}
    for asked, window in cases.items():
        made = window_of(asked)
        assert made is not None
        assert f"{made.first} {made.last}" == window
    assert window_of((2018, datetime.date(2020, 6, 30))) == window_of("2018..2020-06-30").__class__(
        "2018 to 2020-06-30", datetime.date(2018, 1, 1), datetime.date(2020, 6, 30), (2018, 2020)
    )


def test_a_utilization_of_two_eras_is_that_of_all() -> None:
    (v100,) = slipstick.cost("1e22 FLOP", hardware="V100", date="2018..2024").hardware
    (share,) = [each for each in v100.assumptions if each.name == "utilization"]
    assert (share.low, share.high) == (0.10, 0.56)


def test_every_price_of_the_catalogue_has_source_date_and_kind() -> None:
    parts = (
        "A100",
        "H100",
        "H200",
        "K80",
        "P100",
        "TPU v2",
        "TPU v3",
        "TPU v4",
        "TPU v5e",
        "TPU v5p",
        "TPU v6e",
        "V100",
    )
    every = [price for part in parts for price in prices.prices(part)]
    assert len(every) == 213
    assert all(price.source and price.date.year >= 2016 and price.kind in prices.KINDS for price in every)
    assert all(abs(price.each - price.usd_per_hour) <= Fraction(1, 100) for price in every)
    assert all(run.source and run.date for part in ("V100", "H100") for run in amortized.amortized(part))


# What cannot be priced


REFUSED = {
    "$5M + 512 chips": "unlike things are added: USD and chip",
    "512 TPU v3 chips": "number of devices (TPU v3 chip) without a time",
    "512 TPU v3 for 2.5 days": "may be a chip or a board of 4 chips",
    "512 TPU v3 chips for 2.5 days at $8/hour": "money and devices in one",
    "1e23 FLOP/s": "is a rate",
    "3.8e25": "a plain number",
    "€5M": "in EUR",
    "": "expected FLOP",
    "hello": "expected FLOP",
    "0 FLOP": "above zero",
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_has_no_price_is_said(text: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        slipstick.cost(text, date="2020")
    assert REFUSED[text] in str(refused.value)
    assert "\n" not in str(refused.value)


def test_dollars_and_devices_never_add_up() -> None:
    with pytest.raises(UnitsError, match="unlike things"):
        slipstick.cost("$5M + 512 chips", date="2020")


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"hardware": "A101"}, "nearest: A10, A100"),
        ({"hardware": "A100", "date": "2020"}, "no price of the A100 in 2020 in the catalogue; known: 2021-04 to 2026"),
        ({"hardware": "V100", "date": "2020", "kind": "spot"}, "known: 2023-10 to 2023-10"),
        ({"hardware": "Titan X", "date": "2020"}, "none known at any date"),
        ({"date": "1999"}, "no accelerator has such a price in 1999"),
        ({}, "expected --hardware or --date"),
        ({"date": "2020-13"}, "is no date"),
        ({"date": "2020..2018"}, "runs backwards"),
        ({"date": True}, "is no date"),
        ({"date": "2020", "kind": "cheap"}, "expected one of on-demand, spot"),
        ({"date": "2020", "utilization": 1.5}, "a utilization lies between 0 and 1"),
        ({"date": "2020", "utilization": "0"}, "above 0"),
        ({"date": "2020", "days": -1}, "days above zero"),
        ({"date": "2020", "level": 1.0}, "level between 0 and 1"),
        ({"date": "2020", "price": "2"}, "expected a price such as"),
        ({"date": "2020", "price": "$2"}, "which is in USD"),
        ({"date": "2020", "price": "$2/GPU-hour", "kind": "spot"}, "exclude each other"),
        ({"hardware": "TPU v3", "price": "$8/TPU-hour"}, "a board of 4 chips"),
        ({"hardware": "V100", "price": "$2/TPU v3 chip-hour"}, "the price is of a TPU v3"),
        ({"hardware": "V100", "price": "$2/core-hour"}, "has no core"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_said(how: dict[str, object], said: str) -> None:
    with pytest.raises(ValueError, match=r".") as refused:
        slipstick.cost("1e22 FLOP", **how)
    assert said in str(refused.value)


def test_device_time_of_other_hardware_is_refused() -> None:
    with pytest.raises(ValueError, match="of the V100, not of the A100"):
        slipstick.cost("10 V100-hours", hardware="A100")
    with pytest.raises(ValueError, match="8 or 16 GPUs"):
        slipstick.cost("4 V100 nodes for 1 day")
