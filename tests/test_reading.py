"""Reading what was written: numbers in every notation, operators, chains, remarks, and exact places."""

from __future__ import annotations

import re
from fractions import Fraction
from math import prod

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from slipstick.reading.expressions.tree import quantities
from slipstick.reading.lexing.cutting import cut
from slipstick.reading.lexing.tokens import tokenize
from slipstick.reading.quantities.numbers import Number, read_number
from slipstick.reading.relations.chains import read_document
from slipstick.reading.relations.claims import WrittenCalculation


def number(text: str) -> Number:
    """The number at the start of a text."""
    found = read_number(tokenize(text), 0)
    assert found is not None
    return found[0]


def only(text: str) -> WrittenCalculation:
    """The one calculation of a text."""
    (found,) = read_document(text).calculations
    return found


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "value", "last_digit"),
        [
            ("42", "42", "1"),
            ("50", "50", "10"),
            ("21,500", "21500", "100"),
            ("1_000_000", "1000000", "1000000"),
            ("3.50", "3.5", "0.01"),
            ("0.125", "0.125", "0.001"),
            (".5", "0.5", "0.1"),
            ("2.0e24", "2e24", "1e23"),
            ("2e24", "2e24", "1e24"),
            ("1E-3", "0.001", "0.001"),
            ("3e+5", "3e5", "1e5"),
            ("3.8×10^25", "3.8e25", "1e24"),
            ("3.8 * 10**25", "3.8e25", "1e24"),
            ("3.8 x 10^25", "3.8e25", "1e24"),
            ("3.8·10²⁵", "3.8e25", "1e24"),
            ("5 × 10⁻³", "0.005", "0.001"),
            ("10^20", "1e20", "1e20"),
            ("10^{20}", "1e20", "1e20"),
            ("10^-6", "1e-6", "1e-6"),
            ("1.5 trillion", "1.5e12", "1e11"),
            ("780k", "780000", "10000"),
            ("175B", "175e9", "1e9"),
            ("2 hundred thousand", "200000", "100000"),
            ("40%", "0.4", "0.1"),
            ("33%", "0.33", "0.01"),
            ("33.0 percent", "0.33", "0.001"),
            ("0", "0", "1"),
        ],
    )
    def test_value_last_digit_and_place(self, text: str, value: str, last_digit: str) -> None:
        read = number(text)
        assert (read.value, read.last_digit) == (Fraction(value), Fraction(last_digit))
        assert read.span == (0, len(text))
        assert not read.is_range

    @pytest.mark.parametrize(
        ("text", "low", "high"),
        [
            ("2–4", 2, 4),
            ("5 to 12", 5, 12),
            ("5 to 12 million", 5 * 10**6, 12 * 10**6),
            ("1.5 to 2.5 million", 1_500_000, 2_500_000),
            ("1.5-2.5B", 15 * 10**8, 25 * 10**8),
            ("1.5 to 2.5 thousand", 1500, 2500),
            ("1.2–1.5 lakh", 120_000, 150_000),
            ("2 to 3 hundred", 200, 300),
            ("500,000 to 1.5 million", 500_000, 1_500_000),
            ("$5M-$12M", 5 * 10**6, 12 * 10**6),
            ("20-40%", Fraction(1, 5), Fraction(2, 5)),
            ("33% ± 5%", Fraction(28, 100), Fraction(38, 100)),
            ("770±50", 720, 820),
            ("770 +/- 50", 720, 820),
            ("33 ± 5 %", Fraction(28, 100), Fraction(38, 100)),
            ("(33 ± 5)%", Fraction(28, 100), Fraction(38, 100)),
            ("(33 ± 5) %", Fraction(28, 100), Fraction(38, 100)),
            ("(3.7±0.1)e25", 36 * 10**24, 38 * 10**24),
            ("(3.7 ± 0.1)×10²⁵", 36 * 10**24, 38 * 10**24),
            ("(3.7 ± 0.1) × 10^{-5}", Fraction(36, 10**6), Fraction(38, 10**6)),
            ("(5 ± 1) million", 4 * 10**6, 6 * 10**6),
            ('"5 to 12" million', 5 * 10**6, 12 * 10**6),
        ],
    )
    def test_ranges_give_both_ends(self, text: str, low: Fraction, high: Fraction) -> None:
        read = number(text)
        assert (read.low, read.high, read.span) == (low, high, (0, len(text)))

    @pytest.mark.parametrize(
        "claim", ["between 3e25 and 4e25", "somewhere between 3e25 and 4e25", "from 3e25 to 4e25", "3e25 to 4e25"]
    )
    def test_ranges_in_words_are_claims(self, claim: str) -> None:
        made = only(text := f"6 × 1e12 × 6e12 = {claim}")
        assert made.claims[0].span.of(text) == claim

    def test_ranges_in_words_are_factors(self) -> None:
        (first, _) = quantities(only("between 5 and 7 days * 24 h/day = 144 h").expression)
        assert (first.number.low, first.number.high) == (5, 7)

    def test_words_between_other_numbers_make_none(self) -> None:
        made = only(text := "the ratio between 3 and 4 * 2 = 8")
        assert made.span.of(text) == "4 * 2 = 8"

    @pytest.mark.parametrize("text", ["1.5 × 10−4", "1.5×10-4", "1.5 x 10-4", "1.5 × 10^−4", "1.5 × 10^{-4}", "1.5e−4"])
    def test_negative_powers(self, text: str) -> None:
        assert (number(text).value, number(text).span) == (Fraction("1.5e-4"), (0, len(text)))

    @pytest.mark.parametrize("text", ["2 × 10-4 = 16", "2×10−4 = 16", "3e8 × 10−4 = 3e4"])
    def test_powers_that_may_have_lost_their_place_are_not_read(self, text: str) -> None:
        document = read_document(text)
        assert (document.calculations, document.expressions) == ([], [])
        assert "lost its place" in document.unread[0].reason

    @pytest.mark.parametrize("text", ["3*10-4=26", "1.5*10-4 = 11", "3 * 10 - 4 = 26", "10-4 = 6"])
    def test_differences_are_read(self, text: str) -> None:
        assert only(text).span.of(text) == text

    @pytest.mark.parametrize("text", ["10 TB – 500 GB = 9,500 GB", "10,000 – 3,000 = 7,000", "$90 – $30 = $60"])
    def test_a_dash_that_can_be_no_range_is_a_minus(self, text: str) -> None:
        assert (only(text).kind, only(text).span.of(text)) == ("sum", text)

    def test_point_of_a_range_is_its_geometric_mean(self) -> None:
        assert float(number("4 to 9").value) == pytest.approx(6, rel=1e-30)

    def test_point_of_plus_minus_is_its_centre(self) -> None:
        assert number("33% ± 5%").value == Fraction(33, 100)

    @pytest.mark.parametrize("text", ["5 -3", "5-3", "5 to", "12-2012", "9 to 3"])
    def test_what_is_no_range(self, text: str) -> None:
        assert not number(text).is_range

    @pytest.mark.parametrize("text", ["1e99999", "9" * 500, "word", "10^"])
    def test_numbers_beyond_the_bounds_are_not_read_as_written(self, text: str) -> None:
        found = read_number(tokenize(text), 0)
        assert found is None or found[0].value == 10

    @pytest.mark.parametrize(
        ("text", "value", "last_digit"),
        [
            ("86 400 s", "86400", "100"),
            ("1 209 600 s", "1209600", "100"),
            ("12,34,567", "1234567", "1"),
            ("1.209.600", "1209600", "100"),
            ("1.234,50", "1234.5", "0.01"),
            ("1,5 Mrd.", "1.5e9", "1e8"),
            ("0,125", "0.125", "0.001"),
            ("3,1416 ×", "3.1416", "0.0001"),
            ("1,68 × 10^23", "1.68e23", "1e21"),
            ("8.4E 22", "8.4e22", "1e21"),
            ("½", "1/2", "1/4"),
            ("2½", "5/2", "1/4"),
            ("2 ½", "5/2", "1/4"),
            ("2 1/2 cups", "5/2", "1/4"),
            ("3/4 mile", "3/4", "1/8"),
            ("seven tins ×", "7", "1"),
            ("half a day *", "1/2", "1/4"),
            ("a dozen eggs ×", "12", "1"),
            ("39.3 Mrd.", "39.3e9", "1e8"),
            ("110 Mio. tokens", "110e6", "1e7"),
            ("7 Bn", "7e9", "1e9"),
            ("2 trn", "2e12", "1e12"),
            ("60亿", "60e8", "10e8"),
            ("2万亿", "2e12", "1e12"),
            ("3 crore", "3e7", "1e7"),
            ("39.3 G tokens", "39.3e9", "1e8"),
            ("420 ppm", "420e-6", "10e-6"),
            ("5 mm tokens", "5e6", "1e6"),
            ("$5mm", "5e6", "1e6"),
        ],
    )
    def test_other_notations(self, text: str, value: str, last_digit: str) -> None:
        read = number(text)
        assert (read.value, read.last_digit) == (Fraction(value), Fraction(last_digit))

    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("1,024", 1024),
            ("1.024", Fraction("1.024")),
            ("3/4", 3),
            ("1,2,3", 1),
            ("86 40", 86),
            ("3 405B", 3),
            ("1/2", 1),
            ("8700/2 GPUs", 8700),
        ],
    )
    def test_what_is_no_other_notation(self, text: str, value: Fraction) -> None:
        assert number(text).value == value

    @pytest.mark.parametrize(
        "text", ["one of them", "two ways", "Half the GPUs * 3", "ten", "a day", "Rs", "USD", "pi"]
    )
    def test_words_that_are_no_number(self, text: str) -> None:
        assert read_number(tokenize(text), 0) is None

    def test_dots_part_thousands_in_a_text_with_decimal_commas(self) -> None:
        text = "3.600 s/h × 0,4"
        assert [number(text).value, number("3.600 s/h × 0.4").value] == [3600, Fraction("3.6")]
        assert number(f"{text}, and 1.5 beside it").value == Fraction("3.6")

    def test_pi_has_fifty_digits(self) -> None:
        assert str(number("2π × 3").value.limit_denominator(1000)) == "710/113"
        assert len(str(number("π × 3").value.numerator)) >= 50

    @pytest.mark.parametrize(
        ("text", "read"),
        [
            ("4.2B¹ ×", "4.2B ×"),
            ("8 GPUs² ×", "8 GPUs ×"),
            ("9 days³ ×", "9 days ×"),
            ("8 GPUs** * 5", "8 GPUs * 5"),
            ("2.3B† *", "2.3B *"),
            ("12k+ GPUs", "12k GPUs"),
            ("5 hrs. × 3", "5 hrs × 3"),
            ("4.5e22²", "4.5e22"),
        ],
    )
    def test_marks_are_left_out(self, text: str, read: str) -> None:
        assert [t.text for t in tokenize(text)] == [t.text for t in tokenize(read)]

    @pytest.mark.parametrize("text", ["24 m²", "8 feet²", "3² ×", "5*3", "2**3", "5 + 3", "8 GPUs. So", "9 m/s²"])
    def test_what_is_no_mark(self, text: str) -> None:
        assert [t.text for t in tokenize(text)] == [t.text for t in cut(text)]

    @pytest.mark.parametrize(
        "text", ["8.4 × 1022 FLOP", "= 8.4 × 1022", "× 7×109 params", "= 8.4 × 10 22 FLOP", "= 1022 FLOP"]
    )
    def test_powers_that_may_have_lost_their_superscript_are_not_read(self, text: str) -> None:
        tokens = tokenize(text)
        assert read_number(tokens, next(i for i, t in enumerate(tokens) if t.kind == "number")) is None

    @pytest.mark.parametrize("text", ["8 × 106 ", "3 × 1024", "5 × 1012 GPUs", "= 8 × 1024 = 5", "2×1024 MB"])
    def test_products_by_a_thousand_and_more_are_read(self, text: str) -> None:
        tokens = tokenize(text)
        assert read_number(tokens, next(i for i, t in enumerate(tokens) if t.kind == "number")) is not None

    @pytest.mark.parametrize(
        ("text", "currency"),
        [
            ("$5M", "USD"),
            ("US$3", "USD"),
            ("€2", "EUR"),
            ("5", None),
            ("₹50", "INR"),
            ("A$5", "AUD"),
            ("USD 5", "USD"),
            ("CHF 5", "CHF"),
            ("$5M USD", "USD"),
            ("$5 CAD", "CAD"),
        ],
    )
    def test_currency(self, text: str, currency: str | None) -> None:
        assert number(text).currency == currency


class TestExpressions:
    @pytest.mark.parametrize("operator", ["*", "×", "·", "x", "X", "⋅", "∙", "times", "multiplied by"])
    def test_spellings_of_times(self, operator: str) -> None:
        read = only(f"6 {operator} 7 = 42")
        assert read.kind == "product"
        assert [q.number.value for q in quantities(read.expression)] == [6, 7]

    @pytest.mark.parametrize("operator", ["/", "÷", "∕", "divided by"])
    def test_spellings_of_divide(self, operator: str) -> None:
        assert only(f"42 {operator} 7 = 6").kind == "quotient"

    @pytest.mark.parametrize(
        ("text", "kind"),
        [
            ("2 + 3 = 5", "sum"),
            ("5 - 3 = 2", "sum"),
            ("2 plus 3 = 5", "sum"),
            ("(2 + 3) * 4 = 20", "product"),
            ("3^4 = 81", "power"),
            ("sqrt(9 * 4) = 6", "root"),
            ("√36 = 6", "root"),
            ("geometric mean of (4, 9) = 6", "mean"),
            ("3640 PF-days = 3.14e23 FLOP", "restatement"),
            ("1.5 trillion = 1.5e12", "restatement"),
        ],
    )
    def test_kinds(self, text: str, kind: str) -> None:
        assert only(text).kind == kind

    @pytest.mark.parametrize("relation", ["=", "==", "~", "≈", "~=", "=~", "->", "→", ":=", "is", "gives", "yields"])
    def test_spellings_of_equals(self, relation: str) -> None:
        read = only(f"6 * 7 {relation} 42")
        assert [claim.node.number.value for claim in read.claims] == [42]  # type: ignore[union-attr]

    @pytest.mark.parametrize("hedge", ["about", "roughly", "approximately", "~", "around", "a total of"])
    def test_hedges_change_nothing(self, hedge: str) -> None:
        assert only(f"6 * 7 = {hedge} 42").claims[0].span.of(f"6 * 7 = {hedge} 42") == "42"

    def test_multiplying_by_juxtaposed_brackets(self) -> None:
        assert [q.number.value for q in quantities(only("(2)(3)(7) = 42").expression)] == [2, 3, 7]

    def test_words_multiply_between_things_and_time(self) -> None:
        read = only("64 GPUs for 14 days + 32 GPUs for 7 days = 1120 GPU-days")
        assert read.kind == "sum"

    def test_slash_before_a_word_is_in_the_unit(self) -> None:
        read = only("24 hours/day * 3 days = 72 hours")
        assert [q.number.value for q in quantities(read.expression)] == [24, 3]

    def test_slash_before_a_number_divides(self) -> None:
        read = only("64 cores / 2 cores per chip = 32 chips")
        assert read.kind == "quotient"


class TestChains:
    def test_every_claim_of_a_chain(self) -> None:
        text = "6 * 7 = 42 = 4.2 * 10 = 4.2e1"
        read = only(text)
        assert [claim.span.of(text) for claim in read.claims] == ["42", "4.2 * 10", "4.2e1"]

    def test_a_claim_used_as_a_factor_starts_the_next(self) -> None:
        text = "6 * 7 = 42 * 2 = 84"
        first, second = read_document(text).calculations
        assert (first.span.of(text), second.span.of(text)) == ("6 * 7 = 42", "42 * 2 = 84")

    def test_a_result_written_first_belongs_to_the_calculation(self) -> None:
        text = "so 42 = 6 * 7."
        read = only(text)
        assert read.span.of(text) == "42 = 6 * 7"
        assert read.claims[0].span.of(text) == "42"

    @pytest.mark.parametrize("text", ["C = 6 * 7 = 42", "C = 6ND = 6 * 7 = 42"])
    def test_a_leading_name_stays_outside(self, text: str) -> None:
        assert only(text).span.of(text) == "6 * 7 = 42"

    @pytest.mark.parametrize(
        "text",
        [
            "We use 224x224 images.",
            "from 2012-2016",
            "an RTX 3090 and a GTX 580",
            "see https://example.org/3*4=13",
            "f(2*3) is a call",
            "log(2*3) = 1.79",
            "12 heads = 8",
            "5 days, 3 nights",
        ],
    )
    def test_what_is_no_calculation(self, text: str) -> None:
        assert read_document(text).calculations == []

    def test_an_expression_without_a_result(self) -> None:
        document = read_document("about 12 agents * 44 days of work")
        assert (document.calculations, len(document.expressions)) == ([], 1)


class TestRemarks:
    @pytest.mark.parametrize(
        "remark",
        ["(from the paper)", "[see table 3]", "(assumed; the paper has none)", "of pretraining", "(footnote) [a]"],
    )
    def test_a_remark_stands_beside_its_factor(self, remark: str) -> None:
        text = f"44 days {remark} * 24 hours/day = 1056 hours"
        read = only(text)
        first, second = quantities(read.expression)
        assert (first.span.of(text), second.span.of(text)) == ("44 days", "24 hours/day")
        assert read.span.of(text) == text

    def test_a_calculation_in_brackets_is_no_remark(self) -> None:
        assert len(quantities(only("3 * (4 + 5) = 27").expression)) == 3


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "places"),
        [
            ("So 12 agents * 44 days = 528 agent-days.", ["12 agents", "44 days"]),
            ("≈ 3.8×10^25 FLOP / 2 = 1.9e25 FLOP", ["3.8×10^25 FLOP", "2"]),
            (
                "32 TPUv3 boards * 33% actual board utilization = 10.56",
                ["32 TPUv3 boards", "33% actual board utilization"],
            ),
            ("💰 $2/hour * 10 hours = $20", ["$2/hour", "10 hours"]),
            ("420*10^12 FLOP/s/TPUv3 board * 2 = 8.4e14", ["420*10^12 FLOP/s/TPUv3 board", "2"]),
            ("0.25 TPU boards / TPU core * 8 TPU cores = 2", ["0.25 TPU boards / TPU core", "8 TPU cores"]),
        ],
    )
    def test_quantities_cover_number_and_unit(self, text: str, places: list[str]) -> None:
        assert [text[slice(*q.span)] for q in quantities(only(text).expression)] == places


NOTATIONS = st.one_of(
    st.integers(1, 10**7).map(lambda n: (f"{n:,}", Fraction(n))),
    st.integers(1, 10**7).map(lambda n: (str(n), Fraction(n))),
    st.decimals("0.001", "9999", places=3).map(lambda d: (str(d), Fraction(d))),
    st.tuples(st.integers(1, 99), st.integers(-20, 20)).map(
        lambda p: (f"{p[0] / 10}e{p[1]}", Fraction(p[0], 10) * Fraction(10) ** p[1])
    ),
    st.tuples(st.integers(1, 99), st.integers(-20, 20), st.sampled_from(["*", "×", " x ", " · "])).map(
        lambda p: (f"{p[0]}{p[2]}10^{p[1]}", p[0] * Fraction(10) ** p[1])
    ),
    st.integers(1, 30).map(lambda n: (f"10**{n}", Fraction(10) ** n)),
    st.tuples(
        st.integers(1, 999), st.sampled_from([("k", 3), ("M", 6), ("B", 9), (" million", 6), (" trillion", 12)])
    ).map(lambda p: (f"{p[0]}{p[1][0]}", Fraction(p[0]) * 10 ** p[1][1])),
    st.integers(1, 100).map(lambda n: (f"{n}%", Fraction(n, 100))),
)
UNITS = st.sampled_from(
    ["", "", " tokens", " GPUs", " days", " V100 GPUs", " hours/day", " FLOP/s/GPU", " steps per epoch"]
)
TIMES = st.sampled_from([" * ", "*", " × ", "×", "  ·  ", " times ", " *\n"])


NO_PRODUCT = re.compile(
    r"^[\d.,]+(?:e-?\d+)? *[*×·x] *\n?10(?:\*\*|\^)-?\d+(?: [A-Za-z][\w/ ]*)?$|[*×·x] *\n?10(?:[6-9]|[12]\d|30)\b"
)
"""What is one number with a ten-power, or may be one whose superscript was lost."""


@st.composite
def lines(draw: st.DrawFn) -> tuple[str, list[str], Fraction]:
    """A product in random notations: the line, its factors as written, and the exact product of their numbers."""
    factors = draw(st.lists(st.tuples(NOTATIONS, UNITS), min_size=2, max_size=6))
    written = [text + unit for (text, _), unit in factors]
    line = written[0] + "".join(draw(TIMES) + factor for factor in written[1:])
    assume(NO_PRODUCT.search(line) is None)
    return line, written, prod((value for (_, value), _ in factors), start=Fraction(1))


@given(lines(), st.sampled_from(["", "So, ", "As said: "]))
def test_generated_products_are_read_back(line: tuple[str, list[str], Fraction], before: str) -> None:
    text, _, product = line
    whole = f"{before}{text} = 1.0"
    read = only(whole)
    assert prod((q.number.value for q in quantities(read.expression)), start=Fraction(1)) == product
    assert read.span.of(whole) == f"{text} = 1.0"


@given(lines())
def test_every_quantity_is_a_factor_as_written(line: tuple[str, list[str], Fraction]) -> None:
    text, written, _ = line
    whole = f"{text} = 1.0"
    read = [q.span.of(whole) for q in quantities(only(whole).expression)]
    # A power of ten after a bare number joins it ("5 * 10**3"), so that two factors may be one quantity; a conversion
    # constant does not take the power of ten behind it ("days*60*10^15"), so that one may be two.
    whole_ones = [p for p in read if p not in written and not any(p in w for w in written)]
    assert whole_ones == [] or len(read) < len(written)


@given(st.text(alphabet="0123456789 .,*/+-=()[]^×~%$eEkMBxdays\n", max_size=60))
def test_no_text_is_too_strange_and_places_lie_in_it(text: str) -> None:
    document = read_document(text)
    for calculation in document.calculations + document.expressions:
        assert 0 <= calculation.span.start < calculation.span.end <= len(text)
        for q in quantities(calculation.expression):
            assert calculation.span.start <= q.span.start < q.span.end <= calculation.span.end
