"""What may be meant otherwise is left unread with the reason; beside each, the miss that nothing explains is told."""

from __future__ import annotations

import pytest

from slipstick import audit
from slipstick.finding import Severity


def loud(text: str) -> list[str]:
    """The names of the errors and warnings of a text."""
    return [
        finding.name
        for made in audit(text).calculations
        for finding in made.findings
        if finding.severity is not Severity.NOTE
    ]


UNREAD = [
    ("4 x 60 x 8 x 64 x 2 = 245,760 = 0.25 MB / token x 8192 = 2.013 GB", "its 0.25 may be 0.24576, the result before"),
    ("1,234 kWh / 365 = 3.4 kWh\n3.4 kWh * 30 = 101.4 kWh", "its 3.4 may be 3.38082, the result before"),
    ("640 / 7 = 91 hours, and 91 / 24 = 3.81 days", "its 91 may be 91.4286, the result before"),
    ("12 Gbit, divided by (30 million x 0.80) = 24 million, equals 500 s", "that of its last bracket alone"),
    ("300 MB/s x 50 s = 15,000 MB in all\n15,000 / 60 MB per node = 250 nodes", "may be the 15,000 MB before it"),
    ("Orange, 4 and 7 (47) x 100 = 4700 ohms", "its 7 may be what the bracket behind it says again"),
    ("Take 3 g/kg of it. 60 kg x 3 g = 180 g", "its 3 g may be the 3 g/kg before it"),
]


@pytest.mark.parametrize(("text", "reason"), UNREAD)
def test_left_unread_with_the_reason(text: str, reason: str) -> None:
    assert loud(text) == []
    assert any(reason in place.reason for place in audit(text).coverage.unread), audit(text).coverage.unread


TOLD = [
    ("1,234 kWh / 365 = 3.4 kWh\n3.4 kWh * 30 = 106 kWh", ["claim-mismatch"]),
    ("640 / 7 = 95 hours, and 91 / 24 = 3.81 days", ["claim-mismatch", "claim-mismatch"]),
    ("12 Gbit / (30 million x 0.80) = 25 million", ["claim-mismatch"]),
    ("60 kg x 3 g = 210 g", ["unit-mismatch"]),
    ("5 kg * 3 kg = 15 kg", ["unit-mismatch"]),
    ("A 15 mA lamp at 4 V: 4 V x 15 mW = 60 mW", ["unit-mismatch"]),
    ("14kg-5.5kg = 9.5kg", ["claim-mismatch"]),
    ("7 (47) x 100 = 4500 ohms", ["claim-mismatch"]),
    ("10 x 12 ft = 135 sq ft", ["claim-mismatch"]),
    ("300 lb / 4 in^2 = 85 psi", ["claim-mismatch"]),
    ("50 lb x 2 ft = 125 ft-lbs", ["claim-mismatch"]),
]


@pytest.mark.parametrize(("text", "names"), TOLD)
def test_what_nothing_explains_is_told(text: str, names: list[str]) -> None:
    assert loud(text) == names


READ = [
    ("90 kg (with water) – 30 kg (the water) = 60 kg", 60.0, "kg"),
    ("90 kg (with water) – 30 kg = 60 kg", 60.0, "kg"),
    ("one-half times 90 times 49 = 2205", 2205.0, "1"),
    ("half of 90 times 49 = 2205", 2205.0, "1"),
    ("1 - (1 - 1e-14)^(6e12 * 8) = 38%", 0.3812166, "1"),
    ("It takes 5N bytes: 2N + 3N = 5N", 5.0, "n"),
    ("14kg-5.5kg = 8.5kg", 8.5, "kg"),
    ("14 kg-5.5 kg = 8.5 kg", 8.5, "kg"),
    ("(14GB-5.5GB)/2 = 4.25GB", 4.25e9, "byte"),
    ("10 x 12 ft = 120 sq ft", 11.1483648, "m^2"),
    ("2 x 3 x 4 m = 24 m3", 24.0, "m^3"),
    ("3 x 4 m = 12 m", 12.0, "m"),
    ("(1 byte / 4 seconds) x 10 days × 24 hours × 60 minutes × 60 seconds = 216,000 bytes", 216000.0, "byte"),
    ("2 N + 3 N = 5 N", 5.0, "kg*m/s^2"),
    ("300 lb / 4 in^2 = 75 psi", 517106.797, "kg/s^2/m"),
    ("300 lbs / 4 sq in = 75 psi", 517106.797, "kg/s^2/m"),
    ("2400 lb / 60 sq ft = 40 psf", 1915.21036, "kg/s^2/m"),
    ("40 psf x 10 ft = 400 plf", 5837.56118, "kg/s^2"),
    ("50 lb x 2 ft = 100 ft-lbs", 135.581795, "J"),
    ("12 x 600 / 8 = 900 foot-pounds", 1220.23615, "J"),
    ("16 x 225 pounds = 3,600 pounds", 1632.93253, "kg"),
    ("33,000 ft-lb/min = 1 hp", 745.699872, "W"),
    ("The field is 18 = 64 - 46, i.e., 18B of payload", 18.0, "1"),
]


@pytest.mark.parametrize(("text", "value", "unit"), READ)
def test_read(text: str, value: float, unit: str) -> None:
    (made,) = audit(text).calculations
    assert (made.unit, [claim.verdict for claim in made.claims]) == (unit, ["holds"])
    assert made.value == pytest.approx(value, rel=1e-6)


def test_the_area_of_a_size_in_a_table_is_no_length() -> None:
    assert audit("| Slab | Square feet | Bags |\n|---|---|---|\n| 4 × 6 ft | 24 | 13 |\n").calculations == ()
