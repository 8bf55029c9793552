"""The tables of prices, utilizations, systems, memory and names: every row, and the sums that must agree."""

from __future__ import annotations

import datetime
import re
from collections import defaultdict
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick.catalogue import device_names, hardware, memory, prices, published, systems
from slipstick.catalogue.utilization import setting_defaults, utilization_default
from slipstick.estimates.given import read_quantity
from slipstick.finding import Confidence

PARTS = {part.name: part for part in hardware.parts()}
PRICES = [price for part in PARTS for price in prices.prices(part)]
UTILIZATIONS = published.utilizations()
FIGURES = [figure for name in systems.names() for figure in systems.figures(name)]
MEMORIES = [each for part in PARTS for each in memory.memories(part)]
MEANINGS = device_names.meanings("TPU")
FACTS = [*PRICES, *UTILIZATIONS, *FIGURES, *MEMORIES, *MEANINGS]
TODAY = datetime.date(2026, 12, 31)


def test_every_row_has_a_source_that_can_be_followed_and_a_known_confidence():
    for fact in FACTS:
        assert len(fact.source) > 5, fact
        assert fact.confidence in set(Confidence), fact
        # A number of a search engine, or an unnamed copy, is no source.
        assert not re.search(r"\bids? \d|public copy|\bbrief\b", fact.source), fact
        assert "from memory" not in fact.source or fact.confidence == "low", fact


def test_no_row_stands_twice():
    for table in (PRICES, UTILIZATIONS, FIGURES, MEMORIES, MEANINGS):
        assert len(set(table)) == len(table)


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("prices.csv", len(PRICES)),
        ("published_utilization.csv", len(UTILIZATIONS)),
        ("memory_and_power.csv", len(MEMORIES)),
        ("device_names.csv", len(MEANINGS)),
        ("systems.csv", len({(f.system, f.item, f.source, f.value) for f in FIGURES})),
    ],
)
def test_every_row_of_a_table_is_reached(name, rows):
    """A row with a part or family that the catalogue does not know would be lost without a word."""
    from slipstick.data import read_rows

    assert len(read_rows(name)) == rows > 10


# Prices


def test_prices_are_of_known_parts_and_levels_on_real_days():
    for price in PRICES:
        assert price.level in PARTS[price.part].levels, price
        assert price.kind in prices.KINDS, price
        assert datetime.date(2016, 1, 1) <= price.date <= (price.last_seen or TODAY) <= TODAY, price
        assert price.date.year >= PARTS[price.part].year, price
        assert Fraction(1, 10) <= price.usd_per_hour <= 20, price


def test_a_listed_price_is_that_of_its_chips():
    """To half a unit of the last digit in which the source gives the price of one."""
    for price in PRICES:
        assert abs(price.each - price.usd_per_hour) <= Fraction(1, 200), price


def test_what_is_listed_holds_as_many_chips_as_the_hardware():
    for price in PRICES:
        if price.chips == 1:
            assert price.listed_level == price.level, price
            continue
        sizes = {
            e.count
            for e in hardware.edges(price.part)
            if (e.container, e.contains) == (price.listed_level, price.level)
        }
        # The catalogue has no node of eight H200.
        assert price.chips in sizes or (price.part, price.chips) == ("H200", 8), price


def test_commitments_and_interruptions_make_an_hour_cheaper():
    offers = defaultdict(dict)
    for price in PRICES:
        offers[price[:6], price.listed_as, price.source, price.note][price.kind] = price.usd_per_hour
    for offer, by_kind in offers.items():
        said = [by_kind[kind] for kind in ("three years", "one year", "on demand") if kind in by_kind]
        assert said == sorted(said), offer
        assert "spot" not in by_kind or by_kind["spot"] < by_kind["on demand"], offer


@pytest.mark.parametrize(
    ("part", "kind", "year", "expected"),
    [
        # As the price lists had them: docs of Cloud TPU 2018 and 2019, AWS p3 2018 and p4 2021.
        ("TPU v3", "on demand", 2019, {Fraction(2)}),
        ("TPU v3", "spot", 2019, {Fraction("0.60")}),
        ("TPU v2", "on demand", 2018, {Fraction("1.625"), Fraction("1.13")}),
        ("V100", "three years", 2018, {Fraction("1.23"), Fraction("1.16")}),
        ("A100", "spot", 2020, set()),
    ],
)
def test_prices_by_kind_and_year(part, kind, year, expected):
    assert {price.usd_per_hour for price in prices.prices(part, kind=kind, year=year)} == expected


def test_a_price_seen_from_one_year_to_another_held_in_between():
    held = {price.source for price in prices.prices("TPU v3", year=2020)}
    assert held
    assert held == {p.source for p in prices.prices("TPU v3") if p.last_seen and p.last_seen.year == 2021}


def test_prices_come_in_order_and_are_exact():
    dates = [price.date for price in prices.prices("A100")]
    assert dates == sorted(dates)
    machine = [p for p in prices.prices("A100") if p.listed_usd_per_hour == Fraction("32.77")]
    assert [(p.each, p.chips, p.listed_level) for p in machine] == [(Fraction(3277, 800), 8, "node")]


def test_a_part_without_prices_has_none_and_an_unknown_kind_is_refused():
    assert prices.prices("GTX 580") == ()
    assert prices.prices("no such part") == ()
    with pytest.raises(ValueError, match="no kind of price 'monthly'; expected one of on demand, spot"):
        prices.prices("A100", kind="monthly")


def test_the_price_of_xlnet():
    """512 chips for 60 hours: $245,760 at the price of a device for each, $61,440 for the 128 devices."""
    (price,) = prices.prices("TPU v3", kind="on demand", year=2020)[:1]
    assert 512 * 60 * price.listed_usd_per_hour == 245_760
    assert 512 / price.chips * 60 * price.listed_usd_per_hour == 512 * 60 * price.each == 61_440


# Utilization


def test_utilizations_are_fractions_of_known_hardware():
    for each in UTILIZATIONS:
        assert each.kind in published.KINDS, each
        assert each.part in {"", *PARTS}, each
        assert (each.value is None) != (each.low is None), each
        assert all(0 < v < 1 for v in (each.value, each.low, each.high) if v is not None), each
        assert each.low is None or each.low < each.high, each
        assert datetime.date(2012, 1, 1) <= each.date <= TODAY, each
        assert each.devices is None or 1 <= each.devices <= 100_000, each


@pytest.mark.parametrize(
    ("model", "tflops", "peak"),
    [
        # Table 4 of Patterson et al. 2021: measured TFLOP/s of one chip, over the peak of the chip.
        ("Evolved Transformer NAS", "24.8", 46),
        ("T5-11B", "45.6", 123),
        ("Meena", "42.3", 123),
        ("GShard 600B", "48.0", 123),
        ("Switch", "34.4", 123),
        ("GPT-3 175B", "24.6", 125),
    ],
)
def test_measured_utilization_is_throughput_over_peak(model, tflops, peak):
    (found,) = [u for u in UTILIZATIONS if u.model == model and u.kind == "measured throughput"]
    assert abs(found.value - Fraction(tflops) / peak) < Fraction(1, 10_000)
    assert found.basis.startswith(f"{tflops} TFLOP/s a chip")


@pytest.mark.parametrize("year", [2012, 2017, 2021, 2024])
def test_the_default_of_an_era_rests_on_its_published_runs(year):
    """The number of runs that the source states, their median near the point, nearly all inside the interval."""
    era = utilization_default(year)
    runs: dict[str, Fraction] = {}
    for each in UTILIZATIONS:  # by run, MFU before HFU
        in_era = era.first_year <= each.date.year <= (era.last_year or 9999)
        of_a_run = each.kind in ("MFU", "HFU") and each.confidence != "low"
        if in_era and of_a_run and (each.kind == "MFU" or each.model not in runs):
            runs[each.model] = each.value
    assert f"({len(runs)} run" in era.source
    assert abs(median(runs.values()) - era.point) < Fraction(3, 100)
    assert sum(era.low <= value <= era.high for value in runs.values()) >= Fraction(9, 10) * len(runs)


def test_settings_of_their_own():
    by_name = {each.setting: each for each in setting_defaults()}
    simulators = by_name["reinforcement learning with simulators"]
    assert (simulators.point, simulators.low, simulators.high) == (Fraction("0.2"), Fraction("0.05"), Fraction("0.4"))
    assert by_name["training on CPUs"].point == Fraction("0.17")
    assert all(each.level == Fraction(9, 10) and each.source for each in by_name.values())


def test_hfu_is_at_least_the_mfu_of_the_same_run():
    """Work done again is counted on top."""
    mfu = {u.model: u.value for u in UTILIZATIONS if u.kind == "MFU" and u.basis == "as stated"}
    both = [(mfu[u.model], u.value) for u in UTILIZATIONS if u.kind == "HFU" and u.model in mfu]
    assert len(both) >= 3
    assert all(needed < done for needed, done in both)


# Systems


def test_figures_of_systems_have_a_value_or_ends_in_units_that_are_read():
    for figure in FIGURES:
        assert figure.kind in systems.KINDS, figure
        assert figure.independent in systems.INDEPENDENT, figure
        assert (figure.kind == "thread") <= (figure.independent == "no"), figure
        assert re.fullmatch(r"20\d\d(-[01]\d(-[0-3]\d)?)?", figure.date), figure
        assert figure.value is not None or figure.low < figure.high, figure
        shown = figure.value if figure.value is not None else figure.low
        assert read_quantity(f"{float(shown):.6g} {figure.unit}").number.value == Fraction(f"{float(shown):.6g}")


@pytest.mark.parametrize(
    ("system", "worked"),
    [
        ("AlphaStar (October 2019)", 12 * 44 * 86400 * 420e12 * 32 * 0.33),
        ("AlphaStar (October 2019)", 12 * 44 * 86400 * 128 * 123e12 * 0.33),
        ("AlphaStar (January 2019)", 600 * 14 * 86400 * 16 * 420e12 * 0.5),
        ("GShard 600B (mixture of experts)", 48.0e12 * 1024 * 3.1 * 86400),
        ("GShard 2.3B (dense)", 235.5 * 365.25 * 86400 * 61.5e12 * 0.33),
        ("Meena", 42.3e12 * 1024 * 30 * 86400),
        ("iGPT-L", 2500 * 86400 * 125e12 * 0.33),
        ("BigGAN-deep 512x512", 256 * 48 * 3600 * 123e12 * 0.33),
        ("GPT-3 175B", 24.6e12 * 10_000 * 14.8 * 86400),
        ("XLNet", 512 / 4 * 8 * 60),
    ],
)
def test_figures_that_can_be_worked_out(system, worked):
    values = [figure.value for figure in systems.figures(system) if figure.value is not None]
    assert any(abs(float(value) / worked - 1) < 0.015 for value in values)


def test_figures_by_any_name_of_a_system():
    assert systems.figures("GPT3") == systems.figures("gpt-3 175B") == systems.figures("GPT-3 175B") != ()
    assert {figure.system for figure in systems.figures("AlphaStar")} == {
        "AlphaStar (October 2019)",
        "AlphaStar (January 2019)",
    }
    assert systems.figures("Deep Thought") == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("AlphaGo Zero, then Alpha Zero", ["AlphaGo Zero", "AlphaZero"]),
        ("the GShard 600B model", ["GShard 600B (mixture of experts)"]),
        ("GShard", ["GShard 600B (mixture of experts)", "GShard 2.3B (dense)"]),
        ("GPT-3 took 3640 PF-days", ["GPT-3 175B"]),
        ("iGPT-XL and not iGPT-L", ["iGPT-XL", "iGPT-L"]),
        ("XLNet-Large, GPT-3.5, GPT-3 6.7B, AlphaFold 2, AlphaFold2, GPT-35, the meena of old", []),
        ("", []),
    ],
)
def test_systems_that_a_text_mentions(text, expected):
    assert list(systems.named(text)) == expected


@given(st.text(max_size=200))
def test_any_text_mentions_known_systems_only(text):
    assert set(systems.named(text)) <= set(systems.names())


@given(st.sampled_from(systems.names()))
def test_a_system_is_found_by_its_own_name(name):
    assert systems.figures(name)
    assert name in systems.named(f"what {name} took")


# Memory, and what names meant


def test_memory_and_power_are_plausible_and_of_known_levels():
    for each in MEMORIES:
        assert each.level in PARTS[each.part].levels, each
        assert each.bytes or each.bytes_per_s or each.power_w, each
        assert each.bytes is None or 10**9 <= each.bytes <= 10**15, each
        assert each.power_w is None or 50 <= each.power_w <= 2000, each


@pytest.mark.parametrize(("part", "large", "small"), [("TPU v2", "board", "chip"), ("TPU v3", "chip", "core")])
def test_memory_adds_up(part, large, small):
    held = {each.level: each.bytes for each in memory.memories(part)}
    assert held[large] == held[small] * hardware.count(part, large, small)[0]


def test_what_a_tpu_meant():
    levels = {
        year: {use.level for use in device_names.meanings("TPU", year) if use.first_year} for year in range(2015, 2026)
    }
    assert levels[2016] == {"chip"}
    assert levels[2019] == {"board", "chip", "core"}
    assert levels[2024] == {"chip"}
    assert {"board"} <= levels[2018]
    for use in MEANINGS:
        assert use.level in hardware.LEVELS
        assert (use.first_year or 0) <= (use.last_year or 9999)
    assert device_names.meanings("GPU") == ()


def test_meanings_of_several_years_are_those_of_each():
    together = {use for year in (2018, 2019, 2020) for use in device_names.meanings("TPU", year)}
    assert set(device_names.meanings("TPU", 2018, 2020)) == together


def test_packaging_has_a_year_and_terms_that_name_its_part():
    for part in PARTS.values():
        for edge in hardware.edges(part.name):
            assert part.year <= edge.year <= part.year + 4, edge
            for term in edge.terms:
                found = hardware.named(term)
                assert found is None or found.name == part.name, edge


def test_peaks_of_the_parts_of_a_system_agree_with_its_memory_rows():
    """Every level that has memory has a peak: the two tables speak of the same things."""
    for each in MEMORIES:
        assert hardware.peaks(each.part, each.level), each


def test_start_up_reads_none_of_it(tmp_path):
    """An audit without money looks at no price, no published utilization, no system."""
    import subprocess
    import sys

    program = (
        "import sys; from slipstick import audit; audit('8 V100 * 5 days * 125 TFLOP/s * 30% = 1.3e20 FLOP');"
        "print([m for m in ('prices', 'published', 'systems', 'memory', 'device_names', 'datasheet', 'lookup')"
        " if 'slipstick.catalogue.' + m in sys.modules])"
    )
    made = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=tmp_path)
    assert made.stdout == "[]\n"
