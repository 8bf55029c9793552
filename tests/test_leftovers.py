"""What an audit leaves behind: no cycles of objects, which only the collector would find, and which slow a long run."""

from __future__ import annotations

import gc

import pytest

from slipstick import audit

TEXTS = (
    "5 days * 24 hours/day * 3600 sec/hour * 8 V100 GPU * 100*10^12 FLOP/s * 33% actual GPU utilization = 10^20 FLOP",
    "($300 + $45) * 12 = $4,140 a year, and sqrt(2 * 8) = 4 (= 2^2)",
    "2048 A100s for 21 days (312 TFLOP/s each, 40% MFU)\n\n| 6 | 7 | 42 |\n\nbetween 3 and 4 * 2 = 8",
)


@pytest.mark.parametrize("text", TEXTS)
def test_no_cycles(text: str) -> None:
    """Once warm, all that an audit made goes with its report."""
    audit(text)
    gc.collect()
    gc.disable()
    try:
        audit(text)
        assert gc.collect() == 0
    finally:
        gc.enable()
