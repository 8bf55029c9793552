"""A quantity in front of its own conversion: what contradicts it is told, what is rounded or worked is not."""

from __future__ import annotations

import pytest

from slipstick import audit


def verdicts(text: str) -> list[str]:
    """The verdicts of all claims of a text."""
    return [claim.verdict for made in audit(text).calculations for claim in made.claims]


@pytest.mark.parametrize(
    "text",
    [
        "2.1 PF-days = 2.1 * 1e15 * 3600 = 7.56e18 FLOP",
        "5 days = 5 * 24 * 60 = 7200 s",
        "1 kWh = 1000 * 60 = 6e4 J",
        "24 GPU-days = 24 * 60 = 1440 GPU-hours",
    ],
)
def test_a_conversion_that_contradicts_what_it_converts(text: str) -> None:
    assert verdicts(text) == ["holds", "off"]


@pytest.mark.parametrize(
    "text",
    [
        "2.1 PF-days = 2.1 * 1e15 * 86400 = 1.81e20 FLOP",
        "1 mile = 1.6 * 1000 = 1600 m",
        "1 PB = 1024 * 1024 * 1024 * 1024 * 1024 = 1.126e15 bytes",
        "5 days = 5 * 8 = 40 hours",
        "1 year = 250 * 8 = 2000 hours",
        "3 weeks = 3 * 5 = 15 days",
        "1 epoch = 5005 * 256 = 1.28M images",
        "6 months = 6 * 4 = 24 weeks",
    ],
)
def test_a_conversion_that_is_rounded_worked_or_of_another_kind(text: str) -> None:
    assert verdicts(text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "5 * 8 hours = 40 hours (1 week)",
        "3 * 8 h = 24 h (3 days)",
        "2 * 3 days = 6 days or 1 week if it rains",
        "5 * 8 hours = 40 hours, which is 1 week",
        "2 * 500 MB = 1 GB, i.e. 1024 MB",
        "8 * 80 GB = 640 GB (655,360 MB)",
        "64 GPUs * 21 days = 1344 GPU-days (21 days)",
        "8 * 80 GB = 640 GB (1 TB available)",
        "1.3M GPU-hours / 2048 GPUs = 635 hours or 14 days with twice the GPUs",
    ],
)
def test_what_stands_behind_a_result_and_restates_nothing(text: str) -> None:
    assert verdicts(text) == ["holds"]


@pytest.mark.parametrize(
    "text",
    [
        "1.3M GPU-hours / 2048 GPUs = 635 hours or 99 days",
        "1.3M GPU-hours / 2048 GPUs = 635 hours, i.e. 99 days",
        "8 * 80 GB = 640 GB (64 TB)",
        "6 * 7B * 2T = 8.4e22 FLOP (97 PF-days)",
    ],
)
def test_a_second_unit_that_does_not_fit(text: str) -> None:
    assert verdicts(text) == ["holds", "off"]
