"""Numbers in prose that the grammar is not tried on: exactly those that it would make nothing of."""

from __future__ import annotations

import json
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.relations.chains import read_document
from slipstick.reading.relations.lone_numbers import past_lone_number

NOTES = [json.loads(line)["text"] for line in Path(__file__).with_name("data").joinpath("notes.jsonl").open()]

WORDS = """
    8 512 24 3.5e21 1.2 7B 40% 10^24 1022 1e400 $5 €3M GPUs GPU-hours hours hrs days A100 RTX TPU v3 tokens params
    FLOP FLOP/s TFLOPS million M per a each the of for on at with and using over about to in by from is was takes
    took gives x × * / + - – = ~ ≈ ( ) [ ] , . ; : -> ^ times plus minus divided multiplied average geometric mean
    sqrt multiplying trained running hot peak util. approx. w/ that which then so utilization range within factor
""".split()


NUMBERS = ("8", "512 GPUs", "$5M", "40%", "3.5e21", "1e400", "8.4 × 1022")


LISTED = ", 5 days, 125 TFLOP/s, 30%: 8e20 FLOP"


def document(text: str, *, tested_first: bool) -> str:
    """What is read, with the cheap test or by the grammar alone."""
    if tested_first:
        found = read_document(text)
    else:
        with patch("slipstick.reading.relations.chains.past_lone_number", return_value=None):
            found = read_document(text)
    return repr((found.calculations, found.expressions, found.unread, found.numbers))


@given(
    st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=2),
    st.lists(st.tuples(st.sampled_from(WORDS), st.sampled_from((" ", " ", " ", "", "\n"))), max_size=10),
    st.sampled_from(("", "5", "5 days", "* 3 = 21", "= 8", "8 GPUs * 5 days = 40", "+ 5 = 13", "/ 2 = 4", LISTED)),
)
def test_the_grammar_would_make_nothing_of_them(first: list[str], pieces: list[tuple[str, str]], last: str) -> None:
    text = " ".join(first) + " " + "".join(word + blank for word, blank in pieces) + last
    assert document(text, tested_first=True) == document(text, tested_first=False)


def test_nor_does_it_in_notes() -> None:
    different = [note for note in NOTES if document(note, tested_first=True) != document(note, tested_first=False)]
    assert not different


@pytest.mark.parametrize(
    ("text", "behind"),
    [
        ("8 GPUs. It took", "."),
        ("300B tokens of web text, as they say", ","),
        ("25 days to train 12B samples", "to"),
        ("$5M in total\n", "\n"),
        ("40% of the peak", ""),
    ],
)
def test_prose_is_passed_over(text: str, behind: str) -> None:
    tokens = tokenize(text)
    at = past_lone_number(tokens, 0)
    assert at is not None
    assert tokens[at].text == behind


@pytest.mark.parametrize(
    "text",
    [
        "8 GPUs for 14 days",
        "8 GPUs running for about 14 days",
        "8 GPUs (A100) * 5",
        "30% util. * 8 GPUs",
        "8 GPUs = 8 A100",
        "8 GPUs of pretraining\n* 5 days",
        "3 samples plus 4",
        "24 hours in a day 5",
        "5 to 7 days",
        "32 V100s, 5 days, 125 TFLOP/s: 5e20 FLOP",
        "32 V100s, and 5 days, 125 TFLOP/s: 5e20 FLOP",
        "30%, 32 V100s, 5 days, 125 TFLOP/s: 5e20 FLOP",
    ],
)
def test_what_may_go_on_is_left_to_the_grammar(text: str) -> None:
    assert past_lone_number(tokenize(text), 0) is None
