"""An estimate as a person reads it: one line, plain text, a notebook; digits rounded as metrologists do."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slipstick import Estimate, between
from slipstick.estimates.combining import estimate_from
from slipstick.estimates.showing import rounded

Z = 1.6448536269514722


def alphastar() -> Estimate:
    return Estimate.from_formula(
        "agents * days * peak * boards * utilization",
        agents="12 agents",
        days="44 days",
        peak="420 TFLOP/s/TPU v3 board",
        boards="32 TPU v3 boards / agent",
        utilization="0.15 to 0.45",
    )


ALPHASTAR = """\
agents*days*peak*boards*utilization
= 1.59e23 FLOP (90 % interval 9.2e22 to 2.76e23, median 1.69e23, scaled)

input        value                     90 % interval   from      share of variance
utilization  0.2598                    0.150 to 0.450  as given  100 %
agents       12 agent                  exact
days         44 day                    exact
peak         420 TFLOP/s/TPU v3 board  exact
boards       32 TPU v3 board/agent     exact"""


def test_plain_text() -> None:
    assert str(alphastar()) == ALPHASTAR


def test_plain_text_of_what_is_sampled_says_how_well() -> None:
    shown = str(Estimate.from_formula("x + y", x="1 to 4", y="3 to 27")).splitlines()
    assert re.fullmatch(r"= \S+ \(90 % interval \S+ to \S+, median \S+, sampled\)", shown[1])
    assert re.fullmatch(r"  [\d,]+ draws, standard error 0\.\d+ % of the figures", shown[2])


def test_plain_text_of_what_is_exact() -> None:
    assert str(Estimate.from_formula("a * b", a=2, b="3 kg")) == "a*b\n= 6 kg, exact"


def test_one_line() -> None:
    assert repr(alphastar()) == "Estimate(agents*days*peak*boards*utilization = 1.593e23 FLOP)"
    assert repr(Estimate.from_formula("a", a=2)) == "Estimate(a = 2)"


def test_latex() -> None:
    shown = Estimate.from_formula("p * t", p="1 to 4 kW", t="2 s")._repr_latex_()
    ends = r"\quad (90\,\%:\ 2000 \text{ to } 8000)"
    assert shown == rf"$\displaystyle \text{{p}} \cdot \text{{t}} = 4000\ \mathrm{{J}}{ends}$"


# --- Digits: two of the standard uncertainty (JCGM 100:2008, 7.2.6)


@pytest.mark.parametrize(
    ("ends", "shown"),
    [
        ((9.96, 10.04), ["9.960", "10.040"]),  # 0.0243
        ((1.0, 4.0), ["1.00", "4.00"]),  # 0.91
        ((-3, 5), ["-3.0", "5.0"]),  # 2.4
        ((123456, 234567), ["123000", "235000"]),  # 33,776
        ((1234567, 2345678), ["1.23e6", "2.35e6"]),
        ((1e-9, 2e-9), ["1.00e-9", "2.00e-9"]),
        ((9.197e22, 2.759e23), ["9.2e22", "2.76e23"]),
        ((0.5, 50), ["0.50", "50"]),  # a factor of a hundred apart: two digits each
        ((-50, -0.5), ["-50", "-0.50"]),
        ((0, 0), ["0", "0"]),
    ],
)
def test_rounding(ends: tuple[float, float], shown: list[str]) -> None:
    assert rounded(*ends, 0.9) == shown


def test_the_masses_of_the_guide() -> None:
    """JCGM 100:2008, 7.2.2: 100.021 47 g with a standard uncertainty of 0.35 mg."""
    low, high = 100.02147 - Z * 0.00035, 100.02147 + Z * 0.00035
    assert rounded(low, high, 0.9, 100.021474)[2] == "100.02147"


@given(st.floats(-1e9, 1e9), st.floats(1e-6, 1e9), st.floats(0.5, 0.99))
@settings(max_examples=100, deadline=None)
def test_rounding_loses_less_than_a_twentieth_of_the_uncertainty(middle: float, sd: float, level: float) -> None:
    from slipstick.uncertainty.scores import central_score

    reach = central_score(level) * sd
    low, high = middle - reach, middle + reach
    if low * high > 0 and max(low / high, high / low) >= 10:
        return
    for text, figure in zip(rounded(low, high, level, middle), (low, high, middle), strict=True):
        assert abs(float(text) - figure) <= 0.0501 * sd + 1e-12 * abs(figure)


# --- In a notebook


class Tags(HTMLParser):
    """The tags of a page outside of its picture, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.add(tag)
        assert not attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def read(estimate: Estimate) -> Tags:
    tags = Tags()
    tags.feed(re.sub(r"<svg.*</svg>", "", estimate._repr_html_() or "", flags=re.DOTALL))
    return tags


def test_a_notebook_shows_formula_figures_result_and_budget() -> None:
    shown = read(alphastar())
    assert shown.tags == {"div", "code", "b", "table", "tr", "th", "td"}
    assert alphastar().latex in shown.text
    assert "12 agent * 44 day * 420 TFLOP/s/TPU v3 board * 32 TPU v3 board/agent * 0.15 to 0.45 factor" in shown.text
    assert "1.59e23 FLOP (90 % interval 9.2e22 to 2.76e23, median 1.69e23, scaled)" in shown.text
    assert "utilization0.25980.150 to 0.450as given100 %" in shown.text


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "</div></table><b onclick='x'>",
    '"><svg onload=alert(1)>',
    "&lt;script&gt;",
    r"}\href{javascript:alert(1)}{x}\text{",
]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_only_text(name: str) -> None:
    estimate = estimate_from(between(1, 4, name=name)) * estimate_from(between(2, 3, name="y"))
    shown = read(estimate)
    assert shown.tags == {"div", "code", "b", "table", "tr", "th", "td"}
    assert name in shown.text
    assert r"\href" not in estimate._repr_latex_()
    assert estimate.latex.count("{") - estimate.latex.count(r"\{") == 2


def test_hostile_names_are_only_text_in_the_picture() -> None:
    pytest.importorskip("matplotlib")
    shown = estimate_from(between(1, 4, name=HOSTILE[0]))._repr_html_()
    assert "<svg" in shown
    assert "<script" not in shown


@pytest.mark.parametrize(
    ("estimate", "said"),
    [
        (Estimate.from_formula("a / b", a=1, b=0), "a division by zero"),
        (
            Estimate.from_formula("sqrt(a) + 1", a="normal(1, 1)"),
            "the result is not a finite number for some values of its inputs",
        ),
    ],
)
def test_what_has_no_value_is_shown_too(estimate: Estimate, said: str) -> None:
    assert repr(estimate).startswith("Estimate(a")
    assert str(estimate) == f"{estimate.text}\n{said}"
    assert read(estimate).text.endswith(said)
    assert estimate._repr_latex_() == rf"$\displaystyle {estimate.latex}$"
