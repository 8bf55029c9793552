"""The units: the light table against pint, counted things as dimensions of their own, and spellings."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from importlib.resources import files

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

import slipstick
from slipstick import audit, units
from slipstick.reading.lexing.cutting import cut
from slipstick.reading.lexing.spelling import phrase_at, unit_of
from slipstick.reading.lexing.tokens import tokenize
from slipstick.units import UnitTerm, dimension, dimension_of, label, registry, size, table

PROSE = "as at hat a is an am to in on or if so no we he it be by do go up my of hi the are was not can may all but"


class TestTableAgainstPint:
    @pytest.mark.parametrize("name", table().names())
    def test_factor_and_dimension_of_every_unit(self, name: str) -> None:
        base = registry().Quantity(1, name).to_root_units()
        assert float(table().factor(UnitTerm(name))) == pytest.approx(base.magnitude, rel=1e-14)
        exponents = {str(n): Fraction(e) for n, e in base.unit_items()}
        assert dict(table().dimension(UnitTerm(name))) == exponents

    @pytest.mark.parametrize("prefix", [p for p in table().prefixes if p])
    def test_factor_of_every_prefix(self, prefix: str) -> None:
        scaled = registry().Quantity(1, f"{prefix}byte").to("byte").magnitude
        assert float(table().factor(UnitTerm("byte", prefix))) == pytest.approx(scaled, rel=1e-14)

    @pytest.mark.parametrize(
        ("name", "seconds"),
        [("minute", 60), ("day", 86400), ("week", 604800), ("year", 31557600), ("month", 2629800)],
    )
    def test_times_by_hand(self, name: str, seconds: int) -> None:
        assert table().factor(UnitTerm(name)) == seconds

    @pytest.mark.parametrize(
        ("name", "factor"),
        [
            ("watt_hour", "3600"),
            ("bit", "0.125"),
            ("inch", "0.0254"),
            ("pound", "0.45359237"),
            ("gallon", "0.003785411784"),
        ],
    )
    def test_factors_are_exact(self, name: str, factor: str) -> None:
        assert table().factor(UnitTerm(name)) == Fraction(factor)


class TestCountedThings:
    def counted(self) -> Iterator[str]:
        return (n for n, section in table().sections.items() if section in ("counted", "devices"))

    def test_each_is_a_dimension_of_its_own(self) -> None:
        names = [*self.counted(), "USD", "EUR", "byte"]
        assert [dict(table().dimension(UnitTerm(n))) for n in names] == [{n: 1} for n in names]

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("1 token", "1 word"),
            ("1 FLOP", "1 MAC"),
            ("1 byte", "1 token"),
            ("1 USD", "1 EUR"),
            ("1 GPU", "1 TPU"),
            ("1 A100", "1 V100"),
            ("1 A100", "1 GPU"),
            ("1 step", "1 example"),
            ("1 TPU v3 chip", "1 TPU v3 board"),
            ("1 TPU v3 core", "1 TPU v3 chip"),
            ("1 TPU v3 board", "1 TPU v2 board"),
            ("5 token", "5%"),
            ("1 byte", "5%"),
            ("1 second", "1 FLOP"),
        ],
    )
    def test_unlike_things_do_not_add_cancel_or_convert(self, one: str, other: str) -> None:
        left, right = slipstick.quantity(one), slipstick.quantity(other)
        with pytest.raises(pint.DimensionalityError):
            left + right
        with pytest.raises(pint.DimensionalityError):
            left.to(right.units)
        assert not (left / right).dimensionless

    def test_bits_and_bytes_are_one_quantity(self) -> None:
        assert slipstick.quantity("16 bit").to("byte").magnitude == 2

    @pytest.mark.parametrize("name", ["percent", "radian", "count", "degree", "steradian", "ppm"])
    def test_dimensionless_units_of_pint_are_not_ours(self, name: str) -> None:
        with pytest.raises(pint.UndefinedUnitError):
            registry().Quantity(1, name)

    def test_chips_and_boards_meet_through_a_stated_ratio_only(self) -> None:
        made = slipstick.quantity("8 TPU v3 chips") * slipstick.quantity("0.25 TPU v3 board / TPU v3 chip")
        assert (made.to("TPU_v3_board").magnitude, str(made.units)) == (2, "TPU_v3_board")

    @pytest.mark.parametrize("read", ["1 step", "1 batch", "1 iteration", "1 update"])
    def test_a_step_has_four_names(self, read: str) -> None:
        assert slipstick.quantity(read) == slipstick.quantity("1 step")


class TestImmutable:
    def test_nothing_can_be_defined(self) -> None:
        with pytest.raises(TypeError, match="immutable"):
            registry().define("smoot = 1.7 * meter")
        with pytest.raises(TypeError, match="immutable"):
            registry().load_definitions(["smoot = 1.7 * meter"])
        with pytest.raises(pint.UndefinedUnitError):
            registry().Quantity(1, "smoot")

    def test_contexts_are_refused(self) -> None:
        with pytest.raises(TypeError, match="immutable"):
            registry().enable_contexts("spectroscopy")
        with pytest.raises(TypeError, match="immutable"), registry().context("spectroscopy"):
            pass

    def test_threads_share_one_that_is_built_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from slipstick import pint_registry

        built = []
        build = pint_registry.build
        monkeypatch.setattr(pint_registry, "build", lambda of: built.append(of) or build(of))
        monkeypatch.setattr(units, "_registry", None)
        with ThreadPoolExecutor(16) as pool:
            found = list(pool.map(lambda _: registry(), range(16)))
        assert len(built) == 1
        assert {id(r) for r in found} == {id(found[0])}


def spelled_words() -> Iterator[tuple[str, str, str]]:
    """Every spelling of the table: the unit, the words, and the prefix letter that is put before it ("" for none)."""
    for raw in files("slipstick.data").joinpath("spellings.txt").read_text(encoding="utf-8").splitlines():
        name, _, words = raw.split("#")[0].strip().partition(":")
        for word in words.split():
            if word.startswith("^"):
                yield name.rstrip("+"), word[1:], "M"
            yield name.rstrip("+"), word.lstrip("^="), ""


class TestSpellings:
    @pytest.mark.parametrize(("name", "word", "letter"), list(spelled_words()))
    def test_every_spelled_word_is_its_unit(self, name: str, word: str, letter: str) -> None:
        read = unit_of(letter + word)
        if read is None:
            found = phrase_at(word.split("_"))
            assert found is not None
            read, length = found
            assert length == word.count("_") + 1
        assert read.count == (UnitTerm(name, "mega" if letter else ""),)

    @pytest.mark.parametrize(
        "word", ["days", "batches", "queries", "FLOPs", "inches", "iterations", "GPUs", "boxes", "Mtoks"]
    )
    def test_plurals(self, word: str) -> None:
        singular = {"batches": "batch", "queries": "query", "inches": "inch", "boxes": "box"}.get(word, word[:-1])
        many, one = unit_of(word), unit_of(singular)
        assert (many and many.count) == (one and one.count)

    @pytest.mark.parametrize("word", PROSE.split())
    def test_words_of_prose_are_no_units(self, word: str) -> None:
        assert unit_of(word) is None
        assert unit_of(word.capitalize()) is None

    @pytest.mark.parametrize("word", "A V N L K TV TVs EVs PV ML PA bars cups h2 v2 A100 mtok Mac Macs mac Hp".split())
    def test_letters_and_names_that_look_like_units(self, word: str) -> None:
        assert unit_of(word) is None

    @pytest.mark.parametrize(
        ("text", "value", "unit"),
        [
            *((f"2 {days}", 2 * 8.64e19, "FLOP") for days in "PF-days PF-day pfs-days pfs-day petaflop-days".split()),
            *((f"2 {days}", 2 * 8.64e19, "FLOP") for days in ("petaflop-day", "PFLOPS-days", "petaFLOPS-days")),
            *(
                (f"3 {rate}", 3e12, "FLOP / second")
                for rate in ("TFLOPS", "TFLOP/s", "TFLOPS/s", "TFlops/sec", "Tflop/s")
            ),
            ("3 tFLOP/s", 3e12, "FLOP / second"),
            ("3 teraFLOP", 3e12, "FLOP"),
            ("3 TFLOP", 3e12, "FLOP"),
            ("2 GPU-hours", 7200, "GPU * second"),
            ("2 GPU hours", 7200, "GPU * second"),
            ("2 A100-hours", 7200, "A100 * second"),
            ("2 TPU v3 core-days", 172800, "TPU_v3_core * second"),
            ("2 TPUv3 core-days", 172800, "TPU_v3_core * second"),
            ("312 TFLOP/s/GPU", 312e12, "FLOP / GPU / second"),
            ("420 TFLOP/s per TPU v3 board", 420e12, "FLOP / TPU_v3_board / second"),
            ("6 FLOP/parameter/token", 6, "FLOP / parameter / token"),
            ("0.7 kW", 700, "watt"),
            ("2 kWh", 7.2e6, "joule"),
            ("80 GB", 80e9, "byte"),
            ("80 GiB", 80 * 2**30, "byte"),
            ("8 Gbit", 1e9, "byte"),
            ("5%", 0.05, ""),
            ("$5M", 5e6, "USD"),
            ("$2.5/hour", 2.5 / 3600, "USD / second"),
            ("1.5 trillion tokens", 1.5e12, "token"),
            ("3 m^3", 3, "meter ** 3"),
            ("9.8 m/s^2", 9.8, "meter / second ** 2"),
            *((f"9.8 {unit}", 9.8, "meter / second ** 2") for unit in ("m/s²", "m s⁻²", "m·s⁻²", "m s^-2", "m·s^-2")),
            ("6 FLOP·token⁻¹·param⁻¹", 6, "FLOP / parameter / token"),
            ("10 W·m⁻²·K⁻¹", 10, "watt / meter ** 2 / kelvin"),
            ("5 s⁻¹", 5, "1 / second"),
            *((f"3 {area}", 3, "meter ** 2") for area in ("m²", "m2", "sqm", "sq m", "square metres", "square meter")),
            *((f"3 {volume}", 3, "meter ** 3") for volume in ("m³", "m3", "cubic metres", "cu m")),
            ("3 km²", 3e6, "meter ** 2"),
            ("3 sq ft", 3 * 0.3048**2, "meter ** 2"),
            ("12 V", 12, "kilogram * meter ** 2 / second ** 3 / ampere"),
            ("5 A", 5, "ampere"),
            ("5 mA", 0.005, "ampere"),
            ("2 mAh", 7.2, "ampere * second"),
            ("2 kVA", 2000, "watt"),
            ("5 kΩ", 5000, "volt / ampere"),
            ("9.81 N/kg", 9.81, "meter / second ** 2"),
            ("2 L", 0.002, "meter ** 3"),
            ("2 ml", 2e-6, "meter ** 3"),
            ("2 hl", 0.2, "meter ** 3"),
            ("60 mph", 26.8224, "meter / second"),
            ("36 km/h", 10, "meter / second"),
            ("1 mpg", 1609.344 / 3.785411784e-3, "meter / meter ** 3"),
            ("1 nmi", 1852, "meter"),
            ("16 oz", 0.45359237, "kilogram"),
            ("1 psi", 6894.757293168361, "pascal"),
            ("2 bar", 2e5, "pascal"),
            ("1013.25 hPa", 101325, "pascal"),
            ("1 BTU", 1055.05585262, "joule"),
            ("1 therm", 105505585.262, "joule"),
            ("1 light-year", 9460730472580800, "meter"),
            ("1 AU", 149597870700, "meter"),
            ("1 Mpc", 3.0856775814913673e22, "meter"),
            ("8.3 J/(mol·K)", 8.3, "joule / mole / kelvin"),
            ("3 kWp", 3000, "watt"),
            ("3 qps", 3, "query / second"),
            ("3000 rpm", 50, "revolution / second"),
            ("3 Mtok/s", 3e6, "token / second"),
            ("$0.25/Mtok", 0.25e-6, "USD / token"),
            ("$0.25 per million", 0.25e-6, "USD"),
            ("$3/M tokens", 3e-6, "USD / token"),
            ("$23/TB-month", 23e-12 / 2629800, "USD / byte / second"),
            ("8 hours a day", 1 / 3, ""),
            ("5 € ", 5, "EUR"),
            ("8 ct/kWh", 0.08, "USD / kilowatt_hour"),
            ("10e12 bytes", 10e12, "byte"),
            *((f"5 {heat}", 5, "joule / kilogram / kelvin") for heat in ("J/kgK", "J/(kg K)", "J/(kg·K)", "J/kg/K")),
            *((f"5 {heat}", 5, "joule / kilogram / kelvin") for heat in ("J/kg K", "J/kg·K", "J/kg°C", "J/(kg °C)")),
            *((f"5 {u}", 5, "watt / meter ** 2 / kelvin") for u in ("W/m2K", "W/m²K", "W/(m² K)", "W/(m^2 K)")),
            ("100 hp", 74569.98715822702, "watt"),
            ("100 metric hp", 73549.875, "watt"),
            *((f"5 {macs}", 5e9, "MAC") for macs in ("GMACs", "GMAC", "GMac", "gigaMACs", "billion MACs")),
            ("0.8 s/it", 0.8, "second / step"),
            ("2.5 it/s", 2.5, "step / second"),
            ("29 cents", 0.29, "USD"),
            ("29c/kWh", 0.29, "USD / kilowatt_hour"),
        ],
    )
    def test_written_quantities(self, text: str, value: float, unit: str) -> None:
        read = slipstick.quantity(text)
        assert read.to(unit).magnitude == pytest.approx(value, rel=1e-12)

    @pytest.mark.parametrize(
        ("capital", "small"), [("5 MB", "5 Mbit"), ("5 m", "5 minutes"), ("5 GB", "5 Gbit"), ("5 Wh", "5 W")]
    )
    def test_units_that_look_alike(self, capital: str, small: str) -> None:
        assert slipstick.quantity(capital) != slipstick.quantity(small)


class TestLettersWithTwoMeanings:
    @pytest.mark.parametrize(
        ("text", "index", "meaning"),
        [
            ("6m × 4m = 24 m²", 1, "metre"),
            ("10m/s × 5", 1, "metre"),
            ("340m params, 5 km", 1, "m"),
            ("$5m for 3 km", 2, "m"),
            ("5 mm × 3", 1, "millimetre"),
            ("$5mm × 3", 2, "mm"),
            ("2 B × 8 GB", 1, "byte"),
            ("7 B × 2 bytes", 1, "B"),
            ("7B × 2 bytes", 1, "B"),
            ("7 B params × 2 bytes", 1, "B"),
            ("80 K × 3 W/K", 1, "kelvin"),
            ("80 K × 3", 1, "K"),
            ("80 K tokens × 3 W/K", 1, "K"),
            ("67 t/s × 3 GB", 1, "tok"),
            ("67 t/s × 3 kg", 1, "t"),
            ("5 in × 3", 1, "inch"),
            ("5 in a row", 1, "in"),
            ("100 hp × 3", 1, "hp"),
            ("100 hp = 74.6 kW", 1, "hp"),
            ("100 hp = 73.5 kW", 1, "metric-hp"),
            ("25 bps × $3", 1, "basispoints"),
            ("25 bps", 1, "bps"),
            ("6 N × 3", 1, "newton"),
            ("6 N D", 1, "N"),
            ("6 N * D", 1, "N"),
            ("8 A 100", 1, "A"),
            ("12 V battery", 1, "volt"),
            ("2 L", 1, "liter"),
            ("Plan A × 3", 1, "A"),
        ],
    )
    def test_meaning(self, text: str, index: int, meaning: str) -> None:
        token = tokenize(text)[index]
        assert (token.text, token.span.of(text)) == (meaning, cut(text)[index].text)


class TestCents:
    @pytest.mark.parametrize(
        ("text", "sign", "number"),
        [
            ("8 ct × €3", "€", "0.08"),
            ("8 ct × $3", "$", "0.08"),
            ("5p/kWh = £3", "£", "0.05"),
            ("29c = $3", "$", "0.29"),
            ("29c/kWh", "$", "0.29"),
            ("29¢", "$", "0.29"),
            ("30 cents", "$", "0.3"),
            ("8.20 cents", "$", "0.0820"),
            ("1,250 cents", "$", "12.5"),
            ("20 to 30 cents", "$", "0.2"),
        ],
    )
    def test_are_hundredths_of_money(self, text: str, sign: str, number: str) -> None:
        assert [t.text for t in tokenize(text)[:2]] == [sign, number]

    @pytest.mark.parametrize("text", ["0.5c × 3", "5 million cents", "$3 cents", "10^3 cents"])
    def test_what_is_none(self, text: str) -> None:
        assert "$0." not in "".join(t.text for t in tokenize(text))


NAMES = st.sampled_from(["second", "hour", "FLOP", "token", "byte", "GPU", "meter", "watt", "TPU_v3_board"])
TERMS = st.builds(UnitTerm, NAMES, st.sampled_from(["", "kilo", "tera"]), st.integers(-3, 3).filter(bool).map(Fraction))
FEW_TERMS = st.lists(TERMS, max_size=3)
"""Six such terms stay below 1e300 base units, the bound of a unit's size: each is at most (tera hour)³, 5e46."""


def test_a_size_beyond_1e300_is_refused() -> None:
    with pytest.raises(ValueError, match="beyond 1e300"):
        size((UnitTerm("byte", "tera", 3),) * 9)


@given(FEW_TERMS, FEW_TERMS)
def test_sizes_multiply_and_dimensions_add(one: list[UnitTerm], other: list[UnitTerm]) -> None:
    both = tuple(one + other)
    assert size(both) == size(tuple(one)) * size(tuple(other))
    assert dimension_of(both) == dimension([*dimension_of(tuple(one)), *dimension_of(tuple(other))])


@given(st.lists(TERMS, max_size=5))
def test_a_compound_over_itself_is_a_plain_number(terms: list[UnitTerm]) -> None:
    inverse = [UnitTerm(t.name, t.prefix, -t.exponent) for t in terms]
    assert (dimension_of((*terms, *inverse)), size((*terms, *inverse))) == ((), 1)
    assert label(()) == "1"


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("3640 PF-days * 2 = 7280 PF-days", "PFLOP/s-days"),
        ("$1000 / 3 PF-days = $333 per PF-day", "USD/(PFLOP/s-day)"),
        ("5000 tokens / 2 PF-days = 2500 tokens per PF-day", "token/(PFLOP/s-day)"),
        ("1 / 3 PF-days = 0.33 per PF-day", "1/(PFLOP/s-day)"),
        ("7 TFLOP/s * 3 hours = 21 TFLOP/s-hours", "TFLOP/s-hours"),
    ],
)
def test_compute_days_are_written_as_one_unit(text: str, unit: str) -> None:
    (made,) = audit(text).calculations
    assert made.claims[0].written.unit == unit
