"""Units of a few words, which are read once: they are what the words make among all others."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.quantities import quantities
from slipstick.reading.quantities.quantities import unit_phrase

_WORDS = (
    "FLOP FLOPs FLOP/s PFlops GPU GPUs GPU-hours V100 A100 TPU v3 v4 chip chips core core-days node RTX Titan Quadro "
    "NVIDIA Google Nvidia Ti SXM square cubic sq feet mega kilo peta teraFLOPS light years watt hours "
    "ton tonne mile s sec second days hour a an each every per in for of on at and with to is has as i training "
    "active activated peak total batch "
    "size sequence length context tokens parameters utilization rate percent epochs steps times x X dozen million M "
    "B k GB CO2 kg km m MT GT dollars USD memory apiece the their combined seen used - / sample unknown levels die rack"
).split()  # fmt: skip
_BEHIND = (
    "= 5",
    "for 5 days",
    "for each",
    "(tokens)",
    ". So it",
    ".\n= 5",
    "; 5",
    "* 3",
    "",
    "\n",
    ", 5",
    ") * 4",
    "+ 2",
    "on 8 GPUs",
    "and 5 days",
    "with",
    "(x",
    "5",
    "^2",
    ". The",
    '"',
)


@given(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=5), st.sampled_from(_BEHIND), st.booleans())
def test_words_make_the_same_unit_alone(words: list[str], behind: str, glued: bool) -> None:
    tokens = tokenize(f"30 {' '.join(words).replace(' - ', '-').replace(' / ', '/' if glued else ' / ')} {behind}")
    for i, token in enumerate(tokens):
        if token.kind == "word" and i:
            assert unit_phrase(tokens, i) == quantities._unit_phrase(tokens, i)
