"""Laws of the reading, on random right calculations: what changes nothing for a reader changes nothing here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from slipstick import Estimate, Input, audit, formula, read_estimate, strategies
from slipstick.estimates.given import compound_of, read_quantity
from slipstick.formula import Formula, Leaf, Power, Product, Sum
from slipstick.report import Report, ReportedCalculation
from slipstick.source import Span
from slipstick.strategies import PublishedLine
from slipstick.strategies.amounts import inputs
from slipstick.strategies.lines import RELATIONS
from slipstick.units import Compound, Exponent, UnitTerm, is_device, part_units, table

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def calculations(relations: Sequence[str] = RELATIONS) -> st.SearchStrategy[PublishedLine]:
    """Right calculations, their claims printed with three digits."""
    return strategies.published_lines(relations, digits=3)


def only(report: Report) -> ReportedCalculation:
    """The one calculation of a report, which has no expressions beside it."""
    assert not report.expressions
    (made,) = report.calculations
    return made


def meaning(made: ReportedCalculation) -> tuple[object, ...]:
    """What was read, places aside: value, unit, the numbers and units of inputs and claims, verdicts, findings."""
    inputs = tuple((i.value, i.unit) for i in made.inputs)
    claims = tuple((c.value, c.unit, c.verdict) for c in made.claims)
    loud = tuple(f.name for f in made.findings if f.severity != "note")
    return made.value, made.unit, inputs, claims, loud


def places(made: ReportedCalculation) -> list[Span]:
    """Every place that is told of a calculation."""
    related = [label.span for f in made.findings for label in f.related]
    found = [made.span, *(i.span for i in made.inputs), *(c.span for c in made.claims)]
    return [*found, *(f.span for f in made.findings), *related]


@given(calculations())
def test_a_right_calculation_is_read_whole_and_holds(written: PublishedLine) -> None:
    made = only(audit(written.text))
    assert (made.span, made.unit) == ((0, len(written.text)), written.unit)
    assert made.value == pytest.approx(float(written.value), rel=1e-12)
    assert [c.verdict for c in made.claims] == ["holds"]
    assert not [f.name for f in made.findings if f.severity != "note"]


PROSE = (
    "In 2019 the team moved to Zurich.",
    "Table 3 lists 14 models by Smith et al. (2021).",
    "GPT-3 came out on 28 May 2020.",
    "Nothing is known about the third run, which began in March.",
    "We thank Ms Ito and 12 others!",
    "See section 4.2 and appendix B.",
    "Is it more than the 20 billion that others report?",
)
AROUND = st.lists(st.sampled_from(PROSE), max_size=3)
PARTED = st.sampled_from([" ", "\n", "\n\n"])


@given(calculations(), AROUND, AROUND, PARTED, PARTED)
def test_prose_around_it_changes_nothing(
    written: PublishedLine, before: list[str], after: list[str], first: str, second: str
) -> None:
    start = "".join(sentence + first for sentence in before)
    text = start + written.text + ("." if after else "") + "".join(second + sentence for sentence in after)
    alone, made = only(audit(written.text)), only(audit(text))
    assert meaning(made) == meaning(alone)
    assert made.span == (len(start), len(start) + len(written.text))
    assert made.text == written.text
    assert all(0 <= place.start <= place.end <= len(text) for place in places(made))


@given(calculations(), st.data())
def test_places_are_slices(written: PublishedLine, data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(["", "so ", "about\n"])) + written.text
    report = audit(text)
    made = only(report)
    assert made.text == made.span.of(text)
    assert all(0 <= place.start <= place.end <= len(text) for place in places(made))
    assert [c.span.of(text) for c in made.claims] == [" ".join(written.pieces[written.relation + 1 :])]
    read = [i.span.of(text) for i in made.inputs]
    assert all(piece in written.text for piece in read)
    assert all(step.text in text for step in made.steps)


BLANKS = st.sampled_from([" ", "  ", "\t", "\u00a0", "\u2009", "\u202f", " \t "])


@given(calculations(), st.data())
def test_blanks_change_nothing(written: PublishedLine, data: st.DataObject) -> None:
    text = written.pieces[0] + "".join(data.draw(BLANKS) + piece for piece in written.pieces[1:])
    made = only(audit(text))
    assert meaning(made) == meaning(only(audit(written.text)))
    assert made.span == (0, len(text))


VARIANTS = {
    "*": "*×·⋅∗✕⨉⁎",
    "/": "/÷⁄∕",
    "-": "-−–‐‑",
    "+": "+＋",
    "=": "=＝",
    "≈": "≈~≒≊",
    "~": "~≈",
}


@given(calculations(("=", "≈", "~")), st.data())
def test_variants_of_a_sign_change_nothing(written: PublishedLine, data: st.DataObject) -> None:
    places_of_signs = [*written.signs, written.relation]
    changed = {n: data.draw(st.sampled_from(VARIANTS[written.pieces[n]])) for n in places_of_signs}
    assume("–" not in changed.values() or changed[written.relation] in "=＝")  # a dash alone is no sign of arithmetic
    text = written.saying(changed)
    assert meaning(only(audit(text))) == meaning(only(audit(written.text)))


@given(calculations(), st.data())
def test_raised_and_full_width_digits_change_nothing(written: PublishedLine, data: st.DataObject) -> None:
    changed: dict[int, str] = {}
    for n, piece in enumerate(written.pieces):
        mantissa, sign, exponent = piece.partition("^")
        if sign and exponent.isdigit():
            changed[n] = mantissa + exponent.translate(SUPERSCRIPTS)
        elif data.draw(st.booleans()):
            changed[n] = piece.translate(FULL_WIDTH)
    text = written.saying(changed)
    assert meaning(only(audit(text))) == meaning(only(audit(written.text)))


QUOTES = ("“”", "‘’", '""', "«»", "()", "[]")


@given(calculations(), st.sampled_from(QUOTES))
def test_quotes_and_brackets_around_it_change_nothing(written: PublishedLine, marks: str) -> None:
    made = only(audit(f"so {marks[0]}{written.text}{marks[1]} was the plan"))
    assert meaning(made) == meaning(only(audit(written.text)))
    assert made.text == written.text


def html(written: PublishedLine, bold: set[int]) -> str:
    """As HTML, some pieces in bold and every sign of product a reference."""
    escaped = [p.replace("->", "-&gt;") for p in written.pieces]
    marked = [f"<b>{p}</b>" if n in bold else p for n, p in enumerate(escaped)]
    return "<p>" + " ".join("&times;" if n in written.signs and p == "*" else p for n, p in enumerate(marked)) + "</p>"


def markdown(written: PublishedLine, bold: set[int]) -> str:
    """As Markdown, some pieces in bold."""
    return "> " + written.saying({n: f"**{written.pieces[n]}**" for n in bold})


def latex(written: PublishedLine, bold: set[int]) -> str:
    r"""As LaTeX: signs of product as \times, units in \text."""
    changed = {n: r"\times" for n in written.signs if written.pieces[n] == "*"}
    changed |= {n: rf"\textbf{{{written.pieces[n]}}}" for n in bold if n not in changed}
    return written.saying(changed | {written.relation: r"\approx"}).replace("%", r"\%").replace("$", r"\$")


@given(calculations(("=", "≈")), st.sampled_from([html, markdown, latex]), st.data())
def test_markup_changes_nothing(
    written: PublishedLine, marked: Callable[[PublishedLine, set[int]], str], data: st.DataObject
) -> None:
    plain = [n for n in range(len(written.pieces)) if n not in (*written.signs, written.relation)]
    text = marked(written, data.draw(st.sets(st.sampled_from(plain), max_size=2)))
    made = only(audit(text))
    assert meaning(made)[:-1] == meaning(only(audit(written.text)))[:-1]
    assert made.text == made.span.of(text)
    assert all(0 <= place.start <= place.end <= len(text) for place in places(made))


UNITS = (
    "s day FLOP token parameter USD GB kW kWh kg m/s W/m^2 FLOP/s FLOP/s/GPU USD/kWh kg*m^2/s^2 byte/parameter GPU*hour"
)
COMPOUNDS = st.sampled_from([(), *(compound_of(read_quantity(f"5 {unit}")) for unit in UNITS.split())])
# "TPU v2 device" is a name of the board, by the catalogue, not of a TPU v2 whose level nobody says.
DEVICES = st.sampled_from(sorted(set(part_units()) - {"TPU_v2_device", "TPU_v3_device"})).map(lambda n: (UnitTerm(n),))


@st.composite
def products(draw: st.DrawFn, units: st.SearchStrategy[Compound]) -> Formula[Input]:
    """A product or quotient of two to four inputs."""
    first, *others = draw(st.lists(inputs(units), min_size=2, max_size=4))
    return Product(((Leaf(first), 1), *((Leaf(i), draw(st.sampled_from([1, -1]))) for i in others)))


@st.composite
def formulas(draw: st.DrawFn) -> Formula[Input]:
    """A product, quotient, sum, power or root of inputs.

    The terms of a sum are of one unit, and what is raised has a unit: a plain power beside a time may be a rate.
    """
    kind = draw(st.sampled_from(["product", "sum", "power", "product of powers"]))
    if kind == "product":
        return draw(products(COMPOUNDS | DEVICES))
    if kind == "sum":
        unit = st.just(draw(COMPOUNDS))
        return Sum(tuple((Leaf(i), 1) for i in draw(st.lists(inputs(unit), min_size=2, max_size=3))))
    inner = draw(products(COMPOUNDS.filter(bool) | DEVICES))
    assume(Estimate(inner).dimension)
    powers: list[Exponent] = [2, 3, Fraction(1, 2)]
    raised: Formula[Input] = Power(inner, draw(st.sampled_from(powers)))
    return (
        raised if kind == "power" else Product(((raised, 1), (inner, -1), (Leaf(draw(inputs(COMPOUNDS | DEVICES))), 1)))
    )


def of_input(given: Input) -> tuple[object, ...]:
    """What an input says, its name and role aside."""
    return given.value, given.unit, given.low, given.high, given.stated


def is_told_whole(made: Estimate) -> bool:
    """Whether the words alone say all: FLOP takes no account of things counted, nor one device of another."""
    names = {term.name for given_input in made.inputs for term in given_input.unit}
    counted = {name for name in names if table().is_counted(name)}
    return not counted or ("FLOP" not in names and sum(is_device(name) for name in names) <= 1)


@given(formulas())
def test_an_estimate_is_read_back_as_it_is_printed(of: Formula[Input]) -> None:
    made = Estimate(of)
    assume(any(i.unit for i in made.inputs))  # plain numbers alone may be a size: 512 * 512
    assume(not any(e < 0 and table().is_counted(n) for n, e in made.dimension))  # "per GPU left over" is dropped
    read = read_estimate(made.substituted)
    assert read.exact_value == made.exact_value
    if is_told_whole(made):
        assert read.dimension == made.dimension
        assert {of_input(i) for i in formula.leaves(read.formula)} == {
            of_input(i) for i in formula.leaves(made.formula)
        }
