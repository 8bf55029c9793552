"""The laws of a converter: a right one keeps them all, and each planted error breaks the law that it is about.

Each error's sentence is written out whole: the example in it has to be the simplest, or nearly.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
import unittest
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from slipstick import laws

FEW = 30
"""Examples for a law where the machinery is tried, and its cases in order have all that is to be found."""
LENGTHS = {"m": 1, "km": 1000, "mile": 1609.344, "foot": 0.3048, "inch": 0.0254}
TIMES = {"s": 1, "hour": 3600, "day": 86400}
SIZES = {"length": LENGTHS, "time": TIMES}
UNITS = {kind: list(sizes) for kind, sizes in SIZES.items()}
COMPOUNDS: laws.Options = {"inverse": "1/{0}", "product": "{0}*{1}", "quotient": "{0}/{1}", "power": "{0}**{1}"}


def parsed(unit: str) -> tuple[float, dict[str, int]]:
    """Size and dimension of a unit of the toy: products, quotients and powers of those above, "k" before m and s."""
    size, dimension = 1.0, dict[str, int]()
    above, _, below = unit.partition("/")
    for part, sign in ((above, 1), (below, -1)):
        for factor in re.split(r"(?<!\*)\*(?!\*)", part) if part and part != "1" else []:
            name, _, power = factor.partition("**")
            exponent = sign * int(power or 1)
            kind = next(kind for kind, sizes in SIZES.items() if name in sizes)
            size *= SIZES[kind][name] ** exponent
            dimension[kind] = dimension.get(kind, 0) + exponent
    return size, {kind: exponent for kind, exponent in dimension.items() if exponent}


def convert(value: Any, start: str, to: str) -> Any:
    """A converter without an error."""
    (size, dimension), (other, wanted) = parsed(start), parsed(to)
    if dimension != wanted:
        raise ValueError(f"{start} is no {to}")
    return value * (size / other)


def changed(**changes: Callable[[Any], Any] | float) -> Callable[[Any, str, str], Any]:
    """The same with other answers for some pairs, named "mile_km"."""

    def wrong(value: Any, start: str, to: str) -> Any:
        change = changes.get(f"{start}_{to}")
        if change is None:
            return convert(value, start, to)
        return change(value) if callable(change) else convert(value, start, to) * change

    return wrong


def sentences(converter: Callable[[Any, str, str], Any], **options: Any) -> dict[str, str]:
    """What is told of each law that the converter breaks."""
    found = laws.examine(converter, UNITS, **{"examples": FEW, **options})
    return {each.law.name: each.sentence.removeprefix(f"{each.law.name}: ") for each in found if each.holds is False}


def test_a_right_converter_keeps_all_laws() -> None:
    outcomes = laws.check_all(
        convert, UNITS, array=np.array, prefixes={"k": 1000}, prefixed=["m"], examples=FEW, **COMPOUNDS
    )
    assert [(each.law.name, each.sentence) for each in outcomes if not each.holds] == []
    assert len(outcomes) == len(laws.ALL) == 26


def test_an_exact_converter_is_held_to_exact_laws() -> None:
    def exact(value: Any, start: str, to: str) -> Any:
        if not {start, to} <= {"foot", "inch"}:
            raise LookupError
        return value * {"foot": 12, "inch": 1}[start] / {"foot": 12, "inch": 1}[to]

    units = {"length": ["inch", "foot"]}
    laws.check_all(exact, units, number=Fraction, whole=Fraction, tolerance=0, examples=FEW)
    laws.check_all(exact, units, number=Decimal, whole=Decimal, tolerance=1e-20, examples=FEW)
    with pytest.raises(laws.LawBroken, match="round trip"):  # a third of a float is none
        laws.round_trip(exact, {"length": ["inch", "foot"]}, tolerance=0)


def truncating(value: Any, start: str, to: str) -> Any:
    """Loses what is behind the point of whole numbers."""
    factor = parsed(start)[0] / parsed(to)[0]
    return value * int(factor) if isinstance(value, int) else convert(value, start, to)


def in_place(value: Any, start: str, to: str) -> Any:
    """Changes the array that it is given."""
    if isinstance(value, np.ndarray):
        value *= parsed(start)[0] / parsed(to)[0]
        return value
    return convert(value, start, to)


def one_power_only(value: Any, start: str, to: str) -> Any:
    """Converts a square by the factor of its unit, and looks no further than that."""
    return convert(value, start.partition("**")[0], to.partition("**")[0])


def of_the_first(value: Any, start: str, to: str) -> Any:
    """Looks at the first unit of a product alone."""
    return convert(value, start.partition("*")[0], to.partition("*")[0])


def upside_down(value: Any, start: str, to: str) -> Any:
    """Converts one per mile as miles."""
    return convert(value, start.removeprefix("1/"), to.removeprefix("1/"))


LARGE = 1e100
# Each planted error: the converter, what is told besides, the law, its sentence.
PLANTED: list[tuple[Callable[[Any, str, str], Any], dict[str, Any], str, str]] = [
    (changed(s_day=lambda value: None), {}, "completeness", "1 s -> day gives None, which is no finite number"),
    (changed(s_day=lambda value: float("nan")), {}, "zero", "0 s -> day gives nan, which is no finite number"),
    (changed(km_km=2.0), {}, "identity", "1 km -> km gives 2 km, not 1"),
    (changed(mile_km=1.0006), {}, "round trip", "1 km -> mile -> km gives 1.0006 km, not 1"),
    (
        changed(foot_inch=lambda v: int(v * 12)),
        {},
        "round trip",
        "0.7 foot -> inch -> foot gives 0.666667 foot, not 0.7",
    ),
    (changed(m_foot=1.001), {}, "path independence", "1 m -> km -> foot gives 3.28084 foot, not 3.28412 as directly"),
    (changed(day_hour=lambda v: 24), {}, "scaling", "2 day -> hour gives 24 hour, not 48, 2 times what 1 gives"),
    (
        changed(hour_day=lambda v: v / 24 + 1e-3),
        {},
        "additivity",
        "3 hour -> day gives 0.126 day, not 0.127 as 1 and 2 do together",
    ),
    (changed(hour_day=lambda v: v / 24 + 1e-3), {}, "zero", "0 hour -> day gives 0.001 day, not 0"),
    (changed(s_hour=lambda v: abs(v) / 3600), {}, "sign", "-1 s -> hour gives 0.000277778 hour, not -0.000277778"),
    (changed(day_hour=lambda v: 24), {}, "order", "3 day is more than 1 day, but 24 hour is not more than 24 hour"),
    (
        lambda value, start, to: convert(value, start, to) * (1 if value < LARGE else 1.1),
        {},
        "wide range",
        "1e+100 m -> km gives 1.1e+97 km, not 1e+97",
    ),
    (truncating, {}, "whole numbers", "1 m -> km gives 0 km, not 0.001 as with a decimal point"),
    (in_place, {"array": np.array}, "elementwise", "the array [1, 2] was changed by m -> km"),
    (upside_down, COMPOUNDS, "inverse units", "1 1/m -> 1/km gives 0.001 1/km, not 1000"),
    (of_the_first, COMPOUNDS, "products", "1 m*s -> km*day gives 0.001 km*day, not 1.15741e-08"),
    (of_the_first, COMPOUNDS, "order of a product", "1 m*s -> s*m raises ValueError: m is no s"),
    (one_power_only, COMPOUNDS, "powers", "1 m**2 -> km**2 gives 0.001 km**2, not 1e-06"),
    (one_power_only, COMPOUNDS, "dimension of powers", "1 m -> m**2 gives 1 m**2, and has to be refused"),
    (of_the_first, COMPOUNDS, "dimension of products", "1 m*s -> m gives 1 m, and has to be refused"),
    (
        lambda v, start, to: convert(v, start.partition("/")[0], to.partition("/")[0]),
        COMPOUNDS,
        "dimension of quotients",
        "1 m/s -> m gives 1 m, and has to be refused",
    ),
    (changed(km_m=1.024), {"prefixes": {"k": 1000}, "prefixed": ["m"]}, "prefixes", "1 km -> m gives 1024 m, not 1000"),
    (changed(s_foot=lambda v: v), {}, "refusal", "1 s -> foot gives 1 foot, and has to be refused"),
    (changed(s_foot=lambda v: v), {}, "symmetry of refusal", "foot -> s is refused, s -> foot is not"),
]


@pytest.mark.parametrize(("converter", "options", "name", "sentence"), PLANTED, ids=[each[2] for each in PLANTED])
def test_a_planted_error_is_told_in_one_sentence(
    converter: Callable[[Any, str, str], Any], options: dict[str, Any], name: str, sentence: str
) -> None:
    (law,) = (each for each in laws.ALL if each.name == name)
    with pytest.raises(laws.LawBroken) as told:
        law(converter, UNITS, **options)
    assert str(told.value) == f"{name}: {sentence}"
    assert not getattr(told.value, "__notes__", [])  # none of Hypothesis' own words


def test_a_size_that_is_wrong_throughout_breaks_no_law_but_the_agreement(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason why a registry of known units is asked at all."""
    monkeypatch.setitem(LENGTHS, "mile", 1600)
    told = "1 m -> mile gives 0.000625 mile, not slipstick's 0.000621371"
    assert sentences(convert) == {"agreement": told}


def test_units_of_ones_own_are_spelled_for_the_agreement() -> None:
    def own(value: float, start: str, to: str) -> float:
        return convert(value, start.lower(), to.lower())

    units = {"length": ["MILE", "KM"]}
    with pytest.raises(laws.NotApplicable, match="have no case of it"):
        laws.agreement(own, {"length": ["M1", "M2"]})
    laws.agreement(own, units, spelled={"MILE": "mile", "KM": "km"})


def test_an_answer_that_goes_stale_breaks_the_order_independence() -> None:
    factors = dict[str, float]()

    def stale(value: float, start: str, to: str) -> float:
        """Keeps one factor for each unit, the last that was asked for."""
        fresh = convert(1.0, start, to)
        factor = factors.get(f"{start} {to}", fresh)
        factors.update({f"{start} {to}": fresh, f"{to} {start}": fresh})
        return value * factor

    with pytest.raises(laws.LawBroken, match=r"^order independence: (?:not each time, but )?1 "):
        laws.order_independence(stale, UNITS)


def test_a_race_breaks_the_thread_safety() -> None:
    state = {"factor": 1.0}

    def racing(value: float, start: str, to: str) -> float:
        state["factor"] = convert(1.0, start, to)
        time.sleep(0)
        return value * state["factor"]

    sentence = r"^thread safety: 1 \w+ -> \w+ gives \S+ \w+, and among 16 threads gives \S+ \w+$"
    with pytest.raises(laws.LawBroken, match=sentence):
        laws.thread_safety(racing, UNITS)
    lock = threading.Lock()

    def locked(value: float, start: str, to: str) -> float:
        with lock:
            return racing(value, start, to)

    laws.thread_safety(locked, UNITS)


def test_a_refusal_is_the_exception_that_was_declared() -> None:
    laws.refusal(convert, UNITS, refusal=ValueError)
    with pytest.raises(laws.LawBroken, match="m -> s raises ValueError, not the refusal that was declared"):
        laws.refusal(convert, UNITS, refusal=TypeError)


def test_what_is_declared_as_not_offered_is_passed_over() -> None:
    def only_to_metres(value: float, start: str, to: str) -> float:
        if to != "m":
            raise NotImplementedError
        return convert(value, start, to)

    units = {"length": ["m", "km", "mile"]}
    laws.check_all(only_to_metres, units, unsupported=NotImplementedError, examples=FEW)
    with pytest.raises(laws.LawBroken, match="completeness: 1 m -> km raises NotImplementedError"):
        laws.completeness(only_to_metres, units)


def test_units_with_different_zeros_keep_the_laws_that_hold_for_them() -> None:
    def temperatures(value: float, start: str, to: str) -> float:
        zeros = {"K": 0.0, "C": 273.15}
        return value + zeros[start] - zeros[to]

    laws.check_all(temperatures, {"temperature": ["K", "C"]}, offset=["temperature"], tolerance=1e-6, examples=FEW)
    with pytest.raises(laws.LawBroken, match=r"zero: 0 K -> C gives -273\.15 C, not 0"):
        laws.zero(temperatures, {"temperature": ["K", "C"]})


def test_a_plain_list_takes_the_kinds_of_slipstick() -> None:
    laws.refusal(convert, ["m", "km", "s", "day"])
    with pytest.raises(laws.LawBroken, match="1 s -> m gives 1 m, and has to be refused"):
        laws.refusal(changed(s_m=lambda value: value), ["m", "km", "s", "day"])
    with pytest.raises(ValueError, match="slipstick does not know quatloo, smoot"):
        laws.refusal(convert, ["m", "quatloo", "smoot"])


WRONG_CALLS: list[tuple[Any, Any, dict[str, Any], str]] = [
    (3, UNITS, {}, "expected a function convert"),
    (convert, {"length": "m"}, {}, "expected a list of units for 'length'"),
    (convert, "m", {}, "expected a list of units"),
    (convert, {}, {}, "expected units by kind"),
    (convert, {"a": ["m"], "b": ["m"]}, {}, "m stands in the list of units twice"),
    (convert, UNITS, {"tolerance": 2}, "the tolerance is relative"),
    (convert, UNITS, {"threads": 1}, "at least 2 threads"),
    (convert, UNITS, {"tolerence": 0.1}, "unexpected keyword argument 'tolerence'"),
]


@pytest.mark.parametrize(("converter", "units", "options", "words"), WRONG_CALLS, ids=[each[3] for each in WRONG_CALLS])
def test_a_wrong_call_says_what_was_expected(converter: Any, units: Any, options: dict[str, Any], words: str) -> None:
    with pytest.raises((TypeError, ValueError), match=words):
        laws.check_all(converter, units, **options)


def test_what_cannot_be_tried_counts_as_skipped() -> None:
    with pytest.raises(unittest.SkipTest, match="products: needs the option product"):
        laws.products(convert, UNITS)


def test_all_that_is_broken_is_told_together() -> None:
    with pytest.raises(laws.LawBroken) as told:
        laws.check_all(changed(s_foot=lambda value: value), UNITS, examples=FEW)
    assert [line.partition(":")[0] for line in str(told.value).splitlines()] == ["refusal", "symmetry of refusal"]


def test_each_law_says_what_it_is() -> None:
    names = [each.name for each in laws.ALL]
    assert len(set(names)) == len(names)
    assert all(each.says.endswith(".") and getattr(laws, each.__name__) is each for each in laws.ALL)


def test_without_hypothesis_it_says_what_to_install() -> None:
    blocked = "import sys; sys.modules['hypothesis'] = None; import slipstick.{}"
    for module in ("laws",):
        run = subprocess.run(
            [sys.executable, "-c", blocked.format(module)], capture_output=True, text=True, check=False
        )
        assert f'slipstick.{module} needs Hypothesis: pip install "slipstick[testing]"' in run.stderr
