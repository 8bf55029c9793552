"""Quantities that a text states: sentence by sentence those of its lines, and found by their digits."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from slipstick import audit
from slipstick.data import read_data
from slipstick.reading.quantities.stated import StatedQuantities, stated_quantities
from slipstick.reading.relations.chains import read_document
from slipstick.rules import EVERY_RULE

EXAMPLES = sorted({text for rule in EVERY_RULE for text in (*rule.bad, *rule.good)})
PROSE = read_data("slips.csv")
TEXT = (
    "We used 64 A100s for 10 days (1,080,000 s). Later 2.5k H100s ran for two weeks! It drew 3.0 MW.\n"
    "A v5-8 has 8 cores. It cost $1.2M."
)


def of_lines(text: str) -> Iterator[str]:
    """What each line states, read as a whole."""
    at = 0
    for line in text.split("\n"):
        yield from (each.span.of(text) for each in stated_quantities(text, at, at + len(line)))
        at += len(line) + 1


@pytest.mark.parametrize("text", [TEXT, PROSE, "\n".join(EXAMPLES)], ids=["made up", "slips", "examples of rules"])
def test_sentences_state_together_what_their_lines_do(text: str) -> None:
    found = [each.span.of(text) for each in StatedQuantities(text).between(0, len(text))]
    assert found == list(of_lines(text))
    assert len(found) > 5


@pytest.mark.parametrize("text", [TEXT, *EXAMPLES[::7]])
def test_what_was_read_in_tokens_states_the_same(text: str) -> None:
    stretches = read_document(text).stretches
    anew = StatedQuantities(text).between(0, len(text))
    assert list(StatedQuantities(text, stretches).between(0, len(text))) == list(anew)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It ran on V100 GPUs: 16 * 3.12e14 * 24 * 3600 = 4.3e20", []),
        ("It ran on 100 GPUs", ["100 GPUs"]),
        ("It ran on 1 × 10^2 GPUs", ["1 × 10^2 GPUs"]),
    ],
)
def test_digits_are_those_of_a_number_that_may_have_a_unit(text: str, found: list[str]) -> None:
    among = StatedQuantities(text).between(0, len(text), {"1", "16", "24", "36"})
    assert [each.span.of(text) for each in among] == found


@pytest.mark.parametrize(
    ("digits", "found"),
    [
        ({"64"}, ["64 A100s"]),
        ({"108", "25"}, ["1,080,000 s", "2.5k H100s"]),
        ({"2"}, ["two weeks"]),
        ({"3"}, ["3.0 MW"]),
        ({"12"}, ["$1.2M"]),
        ({"7"}, []),
    ],
)
def test_of_given_digits_only_those_numbers_are_told(digits: set[str], found: list[str]) -> None:
    assert [each.span.of(TEXT) for each in StatedQuantities(TEXT).between(0, len(TEXT), digits)] == found


@pytest.mark.parametrize(
    ("text", "digits", "found"),
    [
        ("It costs $2 per 100 tokens.", {"1"}, []),
        ("It ran on 32 40GB A100s.", {"4"}, []),
        ("It ran on 8 RTX 3090 cards for 100 hours.", {"309", "1"}, ["100 hours"]),
        ("It took 2 x 100 tokens.", {"1"}, ["100 tokens"]),
    ],
)
def test_a_number_in_the_unit_of_another_is_none(text: str, digits: set[str], found: list[str]) -> None:
    assert [each.span.of(text) for each in StatedQuantities(text).between(0, len(text), digits)] == found


def test_only_what_lies_in_the_place_as_a_whole_is_told() -> None:
    start, end = TEXT.index("64"), TEXT.index("days") + 2
    assert [each.span.of(TEXT) for each in StatedQuantities(TEXT).between(start, end)] == ["64 A100s"]


def test_a_number_is_found_however_it_was_written_before() -> None:
    text = "H100s, 562k GPU hours.\n562000 * 3600 * 989e12 * 0.4 = 8e23"
    assert audit(text).calculations[0].inputs[0].unit == "GPU*s"
