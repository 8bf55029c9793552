"""What was read how: said once where "read as" stands beside it, whole where nothing does."""

from __future__ import annotations

from slipstick import audit
from slipstick.formats.wording import read_as, readings

LINE = "32 TPU v3 boards * 420 TFLOP/s * 30% * 44 days = 1.5e22 FLOP"


def test_the_words_are_not_said_twice() -> None:
    (made,) = audit(LINE).calculations
    assert readings(made) == ["420 TFLOP/s: read as 420 TFLOP/s per TPU v3 board", "30%: read as the utilization"]
    assert read_as(made) == "420 TFLOP/s: 420 TFLOP/s per TPU v3 board; 30%: the utilization"


def test_a_noun_that_does_not_count_is_left_out_of_the_unit() -> None:
    (made,) = audit("256 GPUs * 400 W * 21 days = 51.6 MWh").calculations
    assert read_as(made) == "GPU: left out of the unit"
