"""The rule about prices of devices, over the ways in which people write such a sum."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit
from slipstick.catalogue.prices import prices
from slipstick.finding import Finding


def found(text: str) -> list[Finding]:
    report = audit(text)
    every = [finding for c in (*report.calculations, *report.expressions) for finding in c.findings]
    return [finding for finding in every if finding.code == "C120"]


XLNET = [
    "512 TPU v3 chips * 2.5 days * 24 h * $8/h = $245,760",
    "512 TPU v3 chips * 2.5 days * 24 hours/day * $8 per hour = $245,760",
    "512 TPU v3 chips * $8/TPU/hour * 60 hours = $245,760",
    "512 TPU v3 chips * 60 hours * $8/chip-hour = $245,760",
    "512 TPUv3 chips × $8/hr × 60 hrs = $245k",
    "$8 x 512 TPU v3 chips x 60 hours = $245k",
    "30,720 TPU v3 chip-hours * $8 = $245,760",
    "512 TPU v3 chips * 60 hours * 8 USD/hour = 245,760 USD",
    "512 TPU v3 chips for 60 hours at $8 per hour = $245,760",
    "2.5 days × 24 hours × 512 TPU v3 chips × $8/hour/TPU = $245,760",
    "512 TPU v3 chips * 2.5 days * $192/day = $245,760",
    "XLNet on TPU v3: 512 chips × $8 × 24 hours × 2.5 days = $245,000",
    "They used 512 TPU v3 chips. Cost: 512 TPUs * 2.5 days * 24 * $8 = $245,760",
    "XLNet was trained on 512 TPU v3 chips for 2.5 days.\n512 * 2.5 * 24 * $8 = $245,760",
    "XLNet costs $245,000 (512 TPU v3 chips * 2.5 days * $8/TPU-hour)",
    "- 512 TPU v3 chips\n- $8 an hour\n\nSo 512 TPU v3 chips * $8/hour * 60 hours = **$245,760**.",
]


@pytest.mark.parametrize("text", XLNET)
def test_xlnet_is_four_times_too_high(text):
    (finding,) = found(text)
    assert (finding.severity, finding.confidence) == ("warning", "high")
    assert "4 times too high" in finding.message
    assert "the estimate is $61,440" in finding.message
    assert finding.fix.value == 61_440
    assert "192" in text or finding.fix.text.strip("$") == "2"


RIGHT = [
    "128 TPU v3 devices * $8/hour * 60 hours = $61,440",
    "128 Cloud TPU v3-8 * $8/hour * 60 hours = $61,440",
    "128 TPU v3 boards * 60 hours * $8/hour = $61,440",
    "512 TPU v3 chips * $2/chip-hour * 60 hours = $61,440",
    "512 TPU v3 chips / 4 chips per device * $8/device-hour * 60 hours = $61,440",
    "512 TPU v3 chips / 4 * $8/hour * 60 hours = $61,440",
    "512 TPU v3 chips * 0.25 * $8/hour * 60 hours = $61,440",
    "4 TPU v2 devices * $4.50/hour * 120 hours = $2,160",
    "64 A100 / 8 * $32.77/hour * 100 hours = $26,216",
    "8 p4d instances * $32.77/hour * 100 hours = $26,216",
    "8 DGX A100 * $32.77/hour * 100 hours = $26,216",
    "8 DGX H100 * $98.32/hour * 100 hours = $78,656",
    "8 nodes * $32.77/hour * 100 hours = $26,216 for 64 A100",
    "64 A100 * $4.10/hour * 100 hours = $26,240",
]
ELSEWHERE = [
    "512 TPU v3 chips * $3/hour * 60 hours = $92,160",  # in no list
    "512 TPU v3 * $8/hour * 60 hours = $245,760",  # chips or devices: open
    "512 TPU v4 chips * $8/hour * 60 hours = $245,760",  # another generation
    "512 chips * $8/hour * 60 hours = $245,760",  # of what?
    "512 chips * $8 * 60 = $245,760 of potato chips",
    "512 TPU v3 chips * $2.40/hour * 60 hours = $73,728",  # a device's spot price, but chips cost 2.20 in Europe
    "8 TPU v3 chips * $8 = $64",
    "12 employees * $8/hour * 60 hours = $5,760",
    "512 TPU v3 chips * 60 hours * 123e12 FLOP/s = 1.36e22 FLOP at $8 an hour",
    "We trained on a TPU v3. 512 GPUs * $8/hour * 60 hours = $245,760",
]


@pytest.mark.parametrize("text", [*RIGHT, *ELSEWHERE])
def test_what_is_right_or_not_told_is_left_alone(text):
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "slip", "after"),
    [
        ("1,024 TPU v3 cores * 60 hours * $8/hour = $491,520", "8 times too high", 61_440),
        ("64 A100 * 100 hours * $32.77/GPU-hour = $209,728", "8 times too high", 26_216),
        ("16 V100 * $31.21/hour * 10 hours = $4,993.60", "8 times too high", 624.2),
        ("1024 H100s * $98.32/hour * 24 hours = $2.42M", "8 times too high", 302_039.04),
        ("16 TPU v2 chips * 4 days * 24 hours/day * $6.50/hour = $9,984", "4 times too high", 2_496),
    ],
)
def test_other_devices_and_machines(text, slip, after):
    (finding,) = found(text)
    assert finding.severity == "warning"
    assert slip in finding.message
    assert finding.fix.value == pytest.approx(after)


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("128 TPU v3 boards * 60 hours * $2/hour = $15,360", "4 times too low"),
        ("16 TPU v3 devices * $2/hour * 100 hours = $3,200", "4 times too low"),
        ("8 V100 * $24.48/hour * 100 hours = $19,584", "8 times too high"),  # 8 x 3.06
        ("512 TPU v3 chips * $8/hour * 60 hours = $61,440", "as claimed"),  # the claim charges devices
        ("64 A100 * $9.83/hour * 100 hours = $62,912", "8 times too high"),  # a spot price
    ],
)
def test_what_is_likely_is_a_note(text, slip):
    (finding,) = found(text)
    assert (finding.severity, finding.confidence) == ("note", "medium")
    assert slip in finding.message


DEVICES = [(p.part, p.listed_usd_per_hour, p.chips) for n in (2, 3) for p in prices(f"TPU v{n}", kind="on demand")]


@given(st.sampled_from(DEVICES), st.integers(2, 2048), st.integers(2, 2000))
def test_any_run_at_a_listed_price(device, chips, hours):
    """Charged for each chip the price is found, and putting the fix in its place leaves nothing to find."""
    part, price, per_device = device
    total = chips * hours * price
    text = f"{chips} {part} chips * {hours} hours * ${float(price):.2f}/hour = ${float(total):.2f}"
    (finding,) = found(text)
    assert Fraction(str(finding.fix.value)) == pytest.approx(float(total / per_device))
    mended = text[: finding.span.start] + finding.fix.text + text[finding.span.end :]
    mended = mended.replace(f"= ${float(total):.2f}", f"= ${float(total / per_device):.2f}")
    assert found(mended) == []
    assert audit(mended).calculations[0].claims[0].verdict == "holds"
