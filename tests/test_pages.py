"""Report -> Markdown, HTML and LaTeX: worked pages, and texts that try to break out of the markup around them.

Markdown is rendered by markdown-it-py, HTML taken apart by the standard library's parser, LaTeX compiled where there is
an engine, and its structure checked in any case.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from slipstick.data import read_data
from slipstick.deferred import Deferred
from slipstick.finding import Finding, Fix, Label, Severity
from slipstick.formats import html, latex, latex_text, markdown, markdown_text
from slipstick.formats.marked import Mark, pieces
from slipstick.formats.overview import Tally
from slipstick.formats.plain import printable
from slipstick.notation import latex_name
from slipstick.pipeline import audit
from slipstick.report import (
    Coverage,
    Derivation,
    Interval,
    Report,
    ReportedCalculation,
    ReportedClaim,
    ReportedInput,
    ReportedStep,
    Unread,
    Written,
)
from slipstick.source import Source, Span

THREAD = (
    "BigGAN: 2 days * 24 hours/day * 3600 sec/hour * 512 TPU cores * 0.25 TPU boards / TPU core "
    "* 420*10^12 FLOP/s/TPUv3 board * 33% actual board utilization = 3 * 10^21 FLOP."
)
GFM = MarkdownIt("gfm-like", {"linkify": False})

LIVE = [
    *"`*_[]()<>&|~$#@!\\\"'{}%^:/-+=\n\r\t\0 \u202e\u200b😀é中\ud800",
    *"</pre> <script>alert(1)</script> --> ]]> &lt; &copy; ](javascript:x) ![a](b) \\end{align*} \\input{x}".split(),
    *"^^M $$ ``` \\| || @all #1 a_b_c **b** http://x.y/_a_".split(),
    "* 3",
]
hostile = st.lists(st.sampled_from(LIVE) | st.characters(), max_size=6).map("".join)
spans = st.tuples(st.integers(0, 40), st.integers(0, 12)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))


few = settings(max_examples=40)


@st.composite
def reports(draw: st.DrawFn) -> Report:
    """A report in which every word is by another hand, and places nest and overlap at will."""
    text = draw(hostile.filter(bool)) * 4
    within = spans.map(lambda s: Span(min(s.start, len(text)), min(s.end, len(text))))

    def finding() -> Finding:
        labels = tuple(Label(draw(within), draw(hostile)) for _ in range(draw(st.integers(0, 2))))
        fix = draw(st.none() | hostile.map(Fix))
        severity = draw(st.sampled_from(Severity))
        return Finding(draw(hostile), draw(hostile), severity, draw(hostile), draw(within), related=labels, fix=fix)

    def calculation() -> ReportedCalculation:
        span, verdict = draw(within), draw(st.sampled_from(["holds", "off", "unknown"]))
        claim = ReportedClaim(draw(within), 2.0, "m", Written(2.0, draw(hostile)), verdict, 1.5)
        given_ = ReportedInput(draw(hostile), 3.0, draw(hostile), span, None, 1.0, 4.0, draw(hostile))
        steps = tuple(ReportedStep(draw(hostile), draw(hostile), 1.0, draw(hostile), draw(hostile)) for _ in range(2))
        written_out = Deferred.known(Derivation(draw(hostile), r"\text{a} \cdot \text{b}", steps))
        return ReportedCalculation(
            span, span.of(text), draw(hostile), 3.0, draw(hostile), True, None, (given_,), (claim,),
            (finding(), finding()), draw(hostile), derivation=written_out,
        )  # fmt: skip

    unread = (Unread(draw(within), draw(hostile), draw(hostile)),)
    made = tuple(calculation() for _ in range(draw(st.integers(0, 2))))
    return Report(Source(text, draw(hostile)), Coverage(len(made), 1, 2, unread), made, findings=(finding(),))


class Outline(HTMLParser):
    """Tags that must nest, the words of the text column, and every attribute."""

    VOID = frozenset({"meta", "hr", "br"})

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, str]] = []
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []
        self.rows: list[str] = []
        self.marked: list[tuple[str, str]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert self.open == [], "elements left open"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        given_ = {name: value or "" for name, value in attrs}
        self.attributes += given_.items()
        if tag not in self.VOID:
            self.open.append((tag, given_.get("class", "")))
        if given_.get("class") == "text":
            self.rows.append("")
        if tag == "a" and self._in_text():
            self.marked.append((given_["class"], ""))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1][0] == "style":
            return
        self.words += data
        if self._in_text():
            self.rows[-1] += data
            if self.open[-1][0] == "a":
                self.marked[-1] = (self.marked[-1][0], data)

    def _in_text(self) -> bool:
        return ("div", "text") in self.open

    def of(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def html_page(report: Report) -> str:
    return html.document([html.section(report, 1, report.source.name)], Tally.of(report), "audit")


def rendered(page: str) -> Outline:
    return Outline(GFM.render(page))


class TestMarkdown:
    @given(hostile)
    def test_words_are_shown_as_they_are(self, text: str) -> None:
        """In the middle of a line, as everywhere on the page: whatever a text holds, it is shown."""
        shown = rendered(f"x {markdown_text.escaped(text)} x")
        assert shown.tags <= {"p", "code"}
        assert " ".join(shown.words.split()) == " ".join(f"x {printable(text)} x".split())

    @given(hostile)
    def test_code_is_shown_as_it_is_within_a_table_as_well(self, text: str) -> None:
        shown = rendered(f"| {markdown_text.code(text)} | z |\n|---|---|\n| a | b |\n")
        assert shown.tags == {"table", "thead", "tbody", "tr", "th", "td"} | ({"code"} if text.strip("|") else set())
        words = f"{printable(text)} z a b"
        assert "".join(shown.words.split()) == "".join(words.split())

    @few
    @given(reports())
    def test_no_text_breaks_out(self, report: Report) -> None:
        shown = rendered(markdown.page(report, show_unread=True))
        allowed = "blockquote p code strong ul li table thead tbody tr th td h3".split()
        assert shown.tags <= set(allowed)
        assert not shown.of("href")
        tables = [c for c in report.calculations if len(c.steps) > 1]
        assert markdown.page(report).count("| as written |") == len(tables)

    def test_nobody_is_called(self) -> None:
        """Mentions, references, emoji and formulas are what code hosts add; in code they are words."""
        assert markdown_text.escaped("ask @alice, see #12 and x@y.z, cost $5 to $7 :tada:") == (
            r"ask `@alice`, see `#12` and x@y.z, cost \$5 to \$7 \:tada:"
        )

    def test_a_reader_can_read_the_source_too(self) -> None:
        """Stars between blanks and addresses need no escape; a quotation would be full of backslashes."""
        words = "3 * 4 at https://cloud.google.com/tpu/docs/v3 a_b < c"
        assert markdown_text.escaped(words) == words

    def test_page(self) -> None:
        """The whole page of one line, verdict, interval (0.33 * 2 to 0.33 * 4), finding and steps worked by hand."""
        assert markdown.page(audit("3 boxes * 4 kg/box = 80 kg")) == (
            "> `3 boxes * 4 kg/box = 80 kg`\n\n"
            "**✗ off: the value is 0.15x the claim**; the numbers give **12 kg**"
            " (no interval: nothing in it was given a range); claimed: 80 kg\n\n"
            "- **error** claim-mismatch C001: the numbers give 12 kg, not 80 kg: the claim is 6.67 times the value;"
            " fix: `80 kg` → `12 kg`\n\n"
            "| | as written | read as | so far | unit |\n|---|---|---|---:|---|\n"
            "|  | `3 boxes` | 3 box | 3 | box |\n| `*` | `4 kg/box` | 4 kg/box | 12 | kg |\n\n"
            "1 calculation read, 3 of 3 numbers.\n"
        )

    def test_findings_about_the_text_say_where(self) -> None:
        finding = Finding("D303", "inconsistent-results", Severity.NOTE, "told again", Span(2, 4))
        page = markdown.page(Report(Source("a\n12"), findings=(finding,)))
        assert "- **note** inconsistent-results D303: told again; line 2, column 1: `12`\n" in page

    def test_table_of_steps_has_a_cell_for_each_thing(self) -> None:
        shown = GFM.render(markdown.page(audit(THREAD)))
        cells = re.findall(r"<tr>\n((?:<t[dh].*\n)+)</tr>", shown)
        assert {row.count("\n") for row in cells} == {5}
        assert len(cells) == 1 + len(audit(THREAD).calculations[0].steps)


class TestHtml:
    @few
    @given(reports())
    def test_no_text_breaks_out(self, report: Report) -> None:
        page = html_page(report)
        outline = Outline(page)
        assert "script" not in outline.tags
        assert not [name for name, _ in outline.attributes if name.startswith("on") or name in ("src", "style")]
        assert all(address.startswith("#") for address in outline.of("href"))
        assert "".join(outline.rows) == html.visible(report.source.text)

    @few
    @given(reports())
    def test_links_lead_somewhere_and_names_are_single(self, report: Report) -> None:
        outline = Outline(html_page(report))
        names = outline.of("id")
        assert len(names) == len(set(names))
        assert {address[1:] for address in outline.of("href")} <= set(names)

    @given(st.integers(0, 30), st.lists(spans, max_size=8))
    def test_pieces_follow_each_other_and_carry_the_marks_over_them(self, length: int, places: list[Span]) -> None:
        marks = [Mark(Span(*(min(end, length) for end in s)), "m", str(n), "") for n, s in enumerate(places)]
        cut = list(pieces(length, marks))
        assert [at for piece in cut for at in range(*piece.span)] == list(range(length))
        for mark in marks:
            covered = [at for piece in cut if mark in piece.over for at in range(*piece.span)]
            assert covered == list(range(*mark.span))
            assert sum(mark in piece.begins for piece in cut) == 1

    def test_marks_within_marks(self) -> None:
        """The fix's place within the calculation, the claim under error and claim: the words of each are the text's."""
        report = audit(THREAD.replace("= 3 *", "= 9 *"))
        marked = Outline(html_page(report)).marked
        assert "".join(words for _, words in marked) == report.calculations[0].text
        warned = [words for kinds, words in marked if "warning" in kinds.split()]
        wrong = [words for kinds, words in marked if {"claim", "off", "error"} <= set(kinds.split())]
        assert warned == ["0.25"]
        assert wrong == ["9 * 10^21 FLOP"]

    def test_findings_and_places_are_linked_both_ways(self) -> None:
        page = html_page(audit(THREAD))
        there, back = re.findall(r'id="(s1c1f1)"', page), re.findall(r'id="(s1c1f1-at)"', page)
        assert there
        assert back
        assert 'href="#s1c1f1"' in page
        assert 'href="#s1c1f1-at"' in page

    def test_needs_nothing_beside_it(self) -> None:
        page = html_page(audit("8 * 3 = 24 boxes"))
        assert not re.search(r"<(?:script|link|img|iframe|object)|@import|url\(|src=", page)
        assert "default-src &#x27;none&#x27;" in page

    def test_several_texts_make_one_page(self) -> None:
        one, other = (audit(Source("12 * 4 = 80", name)) for name in ("a", "b"))
        total = Tally.of(one).plus(Tally.of(other))
        outline = Outline(html.document([html.section(one, 1, "a"), html.section(other, 2, "b")], total, "t"))
        assert len(outline.of("id")) == len(set(outline.of("id")))
        assert "0 hold, 2 off, 0 unknown" in outline.words

    @pytest.mark.parametrize("scheme", ["light", "dark", "print"])
    def test_contrast(self, scheme: str) -> None:
        """WCAG 2.2, level AA: 4.5 to 1 for every colour of letters on every ground that it stands on."""
        colours = scheme_colours()[scheme]
        grounds = dict.fromkeys(("ink", "faint", "holds", "off", "warning", "note"), "page")
        pairs = [*grounds.items(), ("ink", "raised"), ("faint", "raised")]
        pairs += [(name, f"{name}-tint") for name in ("holds", "off", "warning", "note")]
        low = {pair: ratio for pair in pairs if (ratio := contrast(colours[pair[0]], colours[pair[1]])) < 4.5}
        assert low == {}


def scheme_colours() -> dict[str, dict[str, str]]:
    blocks = re.findall(r":root \{(.*?)\}", read_data("page.css"), re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in blocks]
    return dict(zip(("light", "dark", "print"), found, strict=True))


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2: relative luminance of the lighter over the darker, each plus 0.05."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


COMMANDS = re.compile(r"\\([a-zA-Z]+|.)", re.DOTALL)
OURS = frozenset(
    "begin end text cdot times quad noindent item frac sqrt left right char ldots copyright texttt textyen texteuro"
    " pounds textbackslash textasciicircum textasciitilde textless textgreater textbar textasciigrave"
    " S ss ae AE o O oe OE l L i j u r H v c , { } $ & # % _ \\ ` ' ^ ~ = . \" -".split()
)


def tex_problems(document: str) -> Iterator[str]:
    """What no fragment may hold: commands that are not ours, groups or environments that do not close, bare signs."""
    document = re.sub(r"(?<!\\)%.*", "", document)
    maths = set(latex_text._MATHS.values())
    for name in COMMANDS.findall(document):
        if name not in OURS and f"\\{name}" not in maths and f"^\\{name}" not in maths:
            yield f"command {name!r}"
    plain = COMMANDS.sub(lambda m: "" if m[1] not in ("begin", "end") else m[0], document)
    depth = 0
    for sign in plain:
        depth += (sign == "{") - (sign == "}")
        if depth < 0:
            yield "a group is closed that was not opened"
            return
    if depth:
        yield "a group stays open"
    opened: list[str] = []
    for kind, name in re.findall(r"\\(begin|end)\{(.*?)\}", plain):
        if kind == "begin":
            opened.append(name)
        elif not opened or opened.pop() != name:
            yield f"environment {name!r} ends where it did not begin"
    if opened or plain.count("$") % 2:
        yield "an environment or a formula stays open"
    if re.search(r"[#~]|\^\^|[^\x20-\x7e\n]", plain):
        yield "a bare sign"


class TestLatex:
    @few
    @given(reports())
    def test_no_text_breaks_out(self, report: Report) -> None:
        assert list(tex_problems(latex.page(report))) == []

    @given(hostile)
    def test_words(self, text: str) -> None:
        assert list(tex_problems(latex_text.escaped(text))) == []
        assert list(tex_problems(f"${latex_text.unit(text)}$")) == []

    def test_the_check_would_find_a_break(self) -> None:
        for bad in ("\\input{x}", "a}", "{", "\\begin{a}", "$", "a#b", "^^M", "é"):
            assert list(tex_problems(bad)), bad

    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("50% of a_b & c#d", r"50\% of a\_b \& c\#d"),
            ("10^12 ~ 3 {x} \\y", r"10\textasciicircum{}12 \textasciitilde{} 3 \{x\} \textbackslash{}y"),
            ("2 × 3 µm² – “ok” é", r"2 $\times$ 3 $\mu$m${}^2$ -- ``ok'' \'{e}"),
            ("a---b 中", r"a-{}-{}-b \texttt{U+4E2D}"),
        ],
    )
    def test_signs(self, text: str, made: str) -> None:
        assert latex_text.escaped(text) == made

    @given(hostile)
    def test_names_are_those_of_the_formula(self, name: str) -> None:
        """The numbers are put in by name, so both sides must write names alike."""
        assert latex_text.formula_name(name) == latex_text.formula(latex_name(name))

    def test_derivation(self) -> None:
        """Names, then the numbers with their units, the result, its interval: 8 * 5 days * 125e12 * 0.3 = 1.296e20."""
        page = latex.page(audit("8 V100 * 5 days * 125 TFLOP/s * 30% = 1.3e20 FLOP"))
        assert page.splitlines()[2:8] == [
            r"\begin{align*}",
            r"  &\text{gpus} \cdot \text{days} \cdot \text{peak} \cdot \text{utilization} \\",
            r"  &\quad = 8\,\text{V100} \cdot 5\,\text{day} \cdot 125\,\text{TFLOP/s/V100} \cdot 0.3 \\",
            r"  &\quad = 1.3 \times 10^{20}\,\text{FLOP} \\",
            r"  &\quad\quad (90\,\%\text{ interval } 6.48 \times 10^{19} \text{ to } 1.94 \times 10^{20}\,\text{FLOP})",
            r"\end{align*}",
        ]
        assert r"The text states $1.3 \times 10^{20}\,\text{FLOP}$, which holds." in page

    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("12 m / 4 s = 3 m/s", r"\frac{12\,\text{m}}{4\,\text{s}}"),
            ("2 kg + 3 kg = 5 kg", r"2\,\text{kg} + 3\,\text{kg}"),
        ],
    )
    def test_structure_is_kept(self, text: str, numbers: str) -> None:
        assert numbers in latex.page(audit(text))

    def test_raised_numbers_stand_in_brackets(self) -> None:
        made = ReportedCalculation(
            Span(0, 1), "x", "power", 9.0, "m^2", True, None, (ReportedInput("a", 3.0, "m", Span(0, 1)),),
            derivation=Deferred.known(Derivation("a**2", r"\text{a}^{2}")),
        )  # fmt: skip
        page = latex.page(Report(Source("x"), expressions=(made,)), all_expressions=True)
        assert r"= \left(3\,\text{m}\right)^{2} \\" in page
        assert r"= 9\,\text{m$^{2}$}" in page

    def test_interval_in_the_claims_unit(self) -> None:
        made = ReportedCalculation(
            Span(0, 1), "x", "product", 8.64e19, "FLOP", True,
            Interval(0.9, 4.32e19, 8.64e19, 1.728e20, "lognormal"),
            derivation=Deferred.known(Derivation("a", r"\text{a}")),
            claims=(ReportedClaim(Span(0, 1), 8.64e19, "FLOP", Written(1.0, "PF-day"), "holds", 1.0),),
        )  # fmt: skip
        page = latex.page(Report(Source("x"), calculations=(made,)))
        assert r"= 1\,\text{PF-day} = 8.64 \times 10^{19}\,\text{FLOP} \\" in page
        assert r"0.5 \text{ to } 2\,\text{PF-day})" in page

    @pytest.mark.skipif(shutil.which("pdflatex") is None, reason="no TeX engine is installed")
    @settings(max_examples=5)
    @given(st.lists(reports(), min_size=10, max_size=10))
    def test_it_compiles(self, tmp_path_factory: pytest.TempPathFactory, several: list[Report]) -> None:
        pages = [*map(latex.page, several), latex.page(audit(THREAD)), latex_text.escaped("".join(LIVE))]
        pages += [latex_text.escaped("".join(latex_text._MATHS) + "".join(latex_text._WORDS) + "éçőůǎñ")]
        compile_tex(tmp_path_factory.mktemp("tex"), "\n\n".join(pages))


def compile_tex(folder: Path, fragment: str) -> None:
    whole = f"\\documentclass{{article}}\\usepackage{{amsmath}}\\begin{{document}}x\n{fragment}\n\\end{{document}}\n"
    (folder / "page.tex").write_text(whole, encoding="utf-8")
    engine = ["pdflatex", "-interaction=nonstopmode", "-halt-on-error", "-draftmode", "page.tex"]
    done = subprocess.run(engine, cwd=folder, capture_output=True, check=False, timeout=120)
    assert done.returncode == 0, done.stdout[-1500:].decode(errors="replace")
