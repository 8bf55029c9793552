"""What marked-up text means in plain text, and that every character keeps its place in the raw text."""

from __future__ import annotations

import json
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import audit
from slipstick.markup import View, plain_view
from slipstick.markup.document import marked_view
from slipstick.markup.notebook import cells_view
from slipstick.markup.scripts import Script, subscript, superscript
from slipstick.markup.siunitx import unit_text
from slipstick.markup.view import Edit
from slipstick.source import Span


def raw_of(text: str, view: View, word: str) -> str:
    """The raw characters that the first occurrence of `word` in the plain text stands for."""
    start = view.text.index(word)
    return view.raw(start, start + len(word)).of(text)


# Raw text, plain text, and of some plain words the raw characters that they stand for.
HTML = [
    (
        "8 GPUs &times; 5 days = <b>40</b>",
        "8 GPUs × 5 days = 40",
        {"×": "&times;", "40": "40", "5 days = 40": "5 days = <b>40"},
    ),
    ("6 &#215; 7 &#xd7; 2 &middot; 3", "6 × 7 × 2 · 3", {"× 7": "&#215; 7"}),
    ("5&nbsp;days, 5&thinsp;h", "5\u00a0days, 5\u2009h", {"5\u00a0days": "5&nbsp;days"}),
    ("1 &lt; 2 &amp;&amp; 3 &gt; 2", "1 < 2 && 3 > 2", {}),
    ("2 &amp;times; 10&lt;sup&gt;22&lt;/sup&gt; FLOP", "2 × 10^22 FLOP", {"22": "22"}),
    ("6 &amp;times; 7 &asymp; 42", "6 × 7 ≈ 42", {"×": "&amp;times;"}),
    ("it ran for 10<sup>23</sup> FLOP", "it ran for 10^23 FLOP", {"10^23": "10<sup>23", "23": "23", "^": "<sup>"}),
    ("2<sup>n-1</sup> of 10<sup>&minus;3</sup>", "2^(n-1) of 10^−3", {"(n-1)": "<sup>n-1</sup>"}),
    ("5 m<sup>2</sup>, 3 s<sup>-1</sup>, (2+3)<sup>2</sup>", "5 m^2, 3 s^-1, (2+3)^2", {}),
    ("300B tokens<sup>3</sup>, V100<sup>TM</sup>.<sup>[12]</sup>", "300B tokens, V100.", {"tokens": "tokens"}),
    ('the run<sup class="r"><a href="#n3">[3]</a></sup> took', "the run took", {}),
    ("the 5<sup>th</sup> of 1.2e9<sup>a</sup>", "the 5th of 1.2e9", {"5th": "5<sup>th"}),
    ("N<sub>params</sub> and CO<sub>2</sub> by log<sub>10</sub>", "N and CO2 by log10", {"CO2": "CO<sub>2"}),
    ("8 GPUs<br>5 days<BR/>6", "8 GPUs\n5 days\n6", {"\n5": "<br>5"}),
    ("<p>8 GPUs\n   for 5 days</p>", "\n8 GPUs for 5 days\n", {"8": "8", "GPUs for": "GPUs\n   for"}),
    ("<pre>8\n5</pre>", "\n8\n5\n", {}),
    ("<div>a\nb\n\n- c\n- d\n\n</div>", "\na b\n\n- c\n- d\n\n", {}),
    ("<table><tr><td>8</td><td>5 h</td></tr>\n</table>", "\n | 8 | 5 h\n\n", {"5 h": "5 h", "8 | 5": "8</td><td>5"}),
    ("<ul><li>8 * 5</li><li>= 40</li></ul>", "\n8 * 5\n= 40\n\n", {}),
    ("a <!-- 3 * 4 = 13 --> b<script>x = 3*4</script> c", "a  b c", {}),
    ("<a href=\"x?n=3*4>5\" title='7'>5 h</a>", "5 h", {"5 h": "5 h"}),
    ('<td class="n" nowrap>8 <img src="3x4.png" alt="3*4=13"></td>', " | 8 ", {}),
    ("<math>8 \\times 5</math> = 40", "8 × 5 = 40", {"8 × 5": "8 \\times 5"}),
    (
        '<math><mn>8</mn><annotation encoding="application/x-tex">8 \\times 5 &lt; 41</annotation></math>.',
        "8 × 5 < 41.",
        {"5": "5"},
    ),
    ("<math><msup><mn>10</mn><mn>3</mn></msup></math> W", " W", {}),
]

MARKDOWN = [
    ("**8 GPUs** × 5 **days** = *40*", "8 GPUs × 5 days = 40", {"8 GPUs": "8 GPUs", "days = 40": "days** = *40"}),
    ("**8** * **5** = **40** GPU-days", "8 * 5 = 40 GPU-days", {"8 * 5": "8** * **5", "40": "40"}),
    ("***both*** *a **b** c* __d__ _e_", "both a b c d e", {}),
    ("the ~~12~~ 14 days, ~5 of ~ 7", "the  14 days, ~5 of ~ 7", {}),
    ("5 **GPUs** * 3 **days**", "5 GPUs * 3 days", {}),
    ("= `5 * 3` and ``a`b``", "= 5 * 3 and a`b", {"5 * 3": "5 * 3"}),
    ("`2**3 * 4**2` and `*a*`", "2**3 * 4**2 and *a*", {}),
    ("> 8 * 5\n>> = 40\n> # Head", "8 * 5\n= 40\nHead", {"5\n= 40": "5\n>> = 40"}),
    ("## 8 * 5 = 40\n#hash", "8 * 5 = 40\n#hash", {"8": "8"}),
    ("```python\nx = 10**15  # *3*\n_a_ = *b*\n```\n*c*", "\nx = 10**15  # *3*\n_a_ = *b*\n\nc", {"10**15": "10**15"}),
    ("> ~~~\n> a*b*c\n> ~~~\n", "\na*b*c\n\n", {}),
    ("* 8 *big* GPUs\n- 5\n1. x", "* 8 *big* GPUs\n- 5\n1. x", {}),
    ("* the *big* ones", "* the big ones", {}),
    (
        r"5\*3\*2 = 30, \$5, \~7, a\_b, 5\%, a\|b, \#1",
        "5*3*2 = 30, $5, ~7, a_b, 5%, a|b, #1",
        {"5*3": r"5\*3", "$5": "$5"},
    ),
    (
        '[8 GPUs](https://example.org/a_b(c)_d "5*3") here',
        "8 GPUs here",
        {"8 GPUs here": '8 GPUs](https://example.org/a_b(c)_d "5*3") here'},
    ),
    ("![5*3=15](a.png) x [![b](c.svg)](http://example.org) y", " x  y", {}),
    ("[a][1], [b][], [1]\n\n[1]: https://example.org/3*4*5\n[b]: /u", "a, b, 1\n\n\n", {}),
    ("tokens[^3] are 5\n\n[^3]: 5 * 3", "tokens are 5\n\n5 * 3", {}),
    ("| a | b |\n|---|:--:|\n| 8 | *5* |", "| a | b |\n| 8 | 5 |", {"b |\n| 8": "b |\n|---|:--:|\n| 8"}),
    ("8 * 5\\\n= 40", "8 * 5\n= 40", {}),
    ("Title\n=====\n\n---\n*text*", "Title\n\n\n\ntext", {}),
    (
        "see https://example.org/?i=3+*+4+*+5_a_b and **https://example.org/b**",
        "see https://example.org/?i=3+*+4+*+5_a_b and https://example.org/b",
        {},
    ),
]

LATEX = [
    (r"$8 \times 5 = 40$", "8 × 5 = 40", {"8": "8", "×": r"\times", "8 × 5 = 40": r"8 \times 5 = 40"}),
    (r"so \(6 \cdot 7 = 42\) and \[ 5 \approx 4.9 \]", "so 6 · 7 = 42 and  5 ≈ 4.9 ", {"42": "42"}),
    (r"6 \times 7 = 42 in snake_case at ~5, 33% of it", "6 × 7 = 42 in snake_case at ~5, 33% of it", {}),
    (
        r"$a \ast b \div c \pm d$, $a \le b \sim c \to d \implies e \equiv f$",
        "a * b / c ± d, a ≤ b ~ c → d ⇒ e = f",
        {},
    ),
    (r"$\frac{6 \times 7}{2} = 21$", "(6 × 7)/(2) = 21", {"6 × 7": r"6 \times 7", "(6": r"\frac{6", "2)": "2}"}),
    (r"$6 / \frac{1}{2}$, $\frac12 x$", "6 / ((1)/(2)), ((1)/(2)) x", {"1)": "1}", "2)) x": "2 x"}),
    (r"$2\frac{1}{2} \times 4 = 10$", "(2+(1)/(2)) × 4 = 10", {"2": "2"}),
    (r"$\frac{\frac{8}{2}}{4}$", "((8)/(2))/(4)", {"4": "4"}),
    (r"$312\,\frac{\text{TFLOP}}{\text{s}}$", "312 TFLOP/s", {"312 TFLOP/s": r"312\,\frac{\text{TFLOP}}{\text{s"}),
    (r"$3\ \frac{\text{FLOP}}{\text{token} \cdot \text{param}}$", "3 FLOP/(token · param)", {}),
    (r"$\frac{300\text{ W}}{\text{GPU}}$", "300 W/GPU", {}),
    (r"${a+1 \over 2}$ and $a \over b$", "((a+1 )/( 2)) and a / b", {}),
    (r"$\sqrt{9 \times 4} = 6$, $\sqrt[3]{8} = \sqrt4$", "sqrt(9 × 4) = 6, (8)^(1/3) = sqrt(4)", {"9": "9"}),
    (
        r"$10^{15}$, $10^{-3}$, $x^{n+1}$, 6 x 10^{23}, $5^{th}$, $45^\circ$",
        "10^15, 10^-3, x^(n+1), 6 x 10^23, 5th, 45°",
        {"10^15": "10^{15"},
    ),
    (r"$N_{\text{params}} = 7 \times 10^9$, $x_1$, $\log_{10} 5$", "N = 7 × 10^9, x, log10 5", {"N": "N"}),
    (r"$8\text{GPUs} \times 24\,\mathrm{h/day}$, $300\text{B}$", "8 GPUs × 24 h/day, 300B", {"GPUs": "GPUs"}),
    (r"$6.02\mathrm{e}23$ \textbf{or} \emph{so}", "6.02e23 or so", {"6.02e23": r"6.02\mathrm{e}23"}),
    (
        r"\num{6.02e23} at \SI{5}{\kilo\watt\hour}, \qty{30}{\percent}",
        "6.02e23 at 5 kWh, 30%",
        {"6.02e23": "6.02e23", "kWh": r"{\kilo\watt\hour}"},
    ),
    (r"3\si{\metre\per\second\squared}, \SIrange{1}{5}{\km}", "3 m/s^2, 1 to 5 km", {}),
    (
        r"$1\,209\,600 = 14 \times 86{,}400$ on $1{,}024$",
        "1,209,600 = 14 × 86,400 on 1,024",
        {"1,209,600": r"1\,209\,600", "86,400": "86{,}400"},
    ),
    (r"$3.141\,592$ and $a\,b\;c\quad d$, $8~\text{h}$", "3.141592 and a b c  d, 8 h", {}),
    (r"$3 \left( 4 + 5 \right) \bigl. x$", "3 ( 4 + 5 ) . x", {}),
    (
        r"\begin{align} C &= 6ND \\ &\approx 8.4\times10^{22} \end{align}",
        " C = 6ND \n≈ 8.4×10^22 ",
        {"8.4×10^22": r"8.4\times10^{22"},
    ),
    ("\\begin{tabular}{lr}\na & 5 \\\\ \\hline\n$x^2$ & 6\n\\end{tabular}", "\na  |  5 \n\nx^2  |  6\n", {"6": "6"}),
    (r"$5\%$ of $\$5 \times 3 = \$15$", "5% of $5 × 3 = $15", {"$5": "$5"}),
    (r"\textbf{Cost:} 8 \times 5~h \cite{a3}\footnote{3 \times 2}", "Cost: 8 × 5 h  (3 × 2)", {}),
    (r"$\sum_{i=1}^{3} i^2 = 14$ and $\alpha N^\alpha$", "∑  i^2 = 14 and α N^α", {}),
    (r"$8 \numgpus \times \foo{5}$", "8 numgpus × 5", {}),
    (r"$N$ is 7B, about $\sim$5 of $6ND$, 5$\times$3, $x$-axis", "N is 7B, about ~5 of 6ND, 5×3, x-axis", {}),
    (r"$ 8 \times 5 $, $$6 \cdot 7$$, \\(2 \times 3\\), 4 \\times 5", " 8 × 5 , 6 · 7, 2 × 3, 4 × 5", {}),
    ("\\documentclass{article}\n% 3 \\times 4 = 13\n5~days at 33%\n", "\n5 days at 33%\n", {}),
    (r"\boxed{5 \times 3}, $\underbrace{6}_{\text{a}}$", "5 × 3, 6", {}),
]

MIXED = [
    ("| **8** &times; $5 \\times 2$ | <b>80</b> |", "| 8 × 5 × 2 | 80 |", {"80": "80", "5 × 2": "5 \\times 2"}),
    ("<p>**8** &#36;5</p>", "\n8 $5\n", {}),
    ("１２ ＊ ３ ＝ ３６ （Ｗ）％", "12 * 3 = 36 (Ｗ)%", {"36": "３６"}),
    ("\U0001d7cf\U0001d7d0 × 3", "12 × 3", {"12": "\U0001d7cf\U0001d7d0", "3": "3"}),
    (
        "2 GPU\u2011h ➜ 3 A100‐h ≒ 4 ⨉ 5 FLOP ⁄ s 1⁄2",
        "2 GPU-h → 3 A100-h ≈ 4 × 5 FLOP / s 1⁄2",
        {"GPU-h": "GPU\u2011h"},
    ),
    ("zero\u200bwidth so\u00adft 1\u20602 &shy;&ZeroWidthSpace;3", "zerowidth soft 12 3", {"12": "1\u20602"}),
]

UNTOUCHED = [
    "",
    "8 GPUs * 5 days = 40 GPU-days",
    "a < b > c, 2<3, a<b>c, vector<int> v; Map<string, a> m;",
    'int a<b && c>d; for (i=0;i<n;i++) x[i] *= y * *p; printf("%d\\n", 8*5);',
    "#include <stdio.h>",
    r"C:\text\times\num.txt and D:\frac, ..\times\new, \\server\share\times",
    r"a\tb\n \x41 \d+\w{3} \b\w+\b",
    "$5-$10, $3*$4, $20k/yr * 3 = $60k; $5 = 5*$1; US$5 and 3 US$",
    "$5M-$12M, costs $5 and then $10, $2/hour * 5 hours = $10",
    "$1.2B = $100M * 12, so $1.2B/$100M = 12, 5$ * 3 = 15$",
    "50% * $3 * 40 = $60 ($5/h * 3h = $15)",
    "echo $A/b:$PATH ${x}*${y} $x-$y-$z",
    "a**2 + b**2 = c**2; 2**10 * 3**4; x ** y ** z; 10**15",
    "5 *3 * 2, 8 GPUs *5 days* 2, 8*5*3, 8 *(5 days)* 3, (8)*(5)*(3), x*y*z, 30% *5* 2",
    "snake_case_name, foo_bar * baz_qux, 5_000_000",
    "~5 GPUs * ~3 = ~15, ~ 7, ~~5",
    "http://example.org/?a=1&x=3&times=4&copy=5",
    "[8 GPUs](5 days) = 40 and [6](7e9)(2e12) [x] [3]",
    "* 8 GPUs\n* 5 days\n= 40\n- 6\n+ 7\n1. 8",
    "A&B; AT&T; R&D; &foo; &x=3;",
    '10^15 * x_1, f"{a}_{b}" + {x: 1}, (*) 8',
    "| 8 | 5 |\n| - | x |",
]


@pytest.mark.parametrize(("raw", "plain", "places"), [*HTML, *MARKDOWN, *LATEX, *MIXED])
def test_plain_text_and_places(raw: str, plain: str, places: dict[str, str]) -> None:
    view = plain_view(raw)
    assert view.text == plain
    assert {word: raw_of(raw, view, word) for word in places} == places


BROKEN_OFF = [r"\text{", r"\text{B", r"$\frac{1}", "10<sup>2", "`a", "**a", "[a](http:", "<!-- a", "```\na", "\\", "&#"]


@pytest.mark.parametrize("text", BROKEN_OFF)
def test_broken_off(text: str) -> None:
    """A text that ends in the middle of markup is read to its end."""
    view = plain_view(f"8 GPUs\n\n{text}")
    assert raw_of(f"8 GPUs\n\n{text}", view, "8 GPUs") == "8 GPUs"


@pytest.mark.parametrize("text", UNTOUCHED)
def test_untouched(text: str) -> None:
    view = plain_view(text)
    assert view.text == text
    assert view.is_identity


@pytest.mark.parametrize(
    ("before", "raised", "meant"),
    [
        ("10", "23", Script.POWER),
        ("x)", "2", Script.POWER),
        ("5 km", "2", Script.POWER),
        ("token", "-1", Script.POWER),
        ("2", "n", Script.POWER),
        ("5", "th", Script.TEXT),
        ("tokens", "3", Script.NOTE),
        ("done.", "3", Script.NOTE),
        ("1.3", "a", Script.NOTE),
        ("3", "†", Script.NOTE),
        ("run", "[3]", Script.NOTE),
        ("run", "see below", Script.TEXT),
    ],
)
def test_superscript(before: str, raised: str, meant: Script) -> None:
    assert superscript(before, raised) is meant


def test_subscript() -> None:
    meant = [
        subscript(*case) for case in [("N", "params"), ("H", "2"), ("x", "2"), ("log", "10"), ("f(x)", "a"), ("", "a")]
    ]
    assert meant == [Script.NOTE, Script.TEXT, Script.NOTE, Script.TEXT, Script.NOTE, Script.TEXT]


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        (r"\kilo\watt\hour", "kWh"),
        (r"\newton\metre", "N-m"),
        (r"\per\second", "/s"),
        (r"\square\metre", "m^2"),
        (r"\metre\tothe{3}", "m^3"),
        (r"\tera\FLOP\per\second\per\GPU", "TFLOP/s/GPU"),
        ("kW.h", "kW-h"),
        ("m/s^{-1}", "m/s^-1"),
        ("", ""),
    ],
)
def test_units(written: str, unit: str) -> None:
    assert unit_text(written) == unit


class TestView:
    def test_identity_has_no_map(self) -> None:
        view = View("abc")
        assert view.is_identity
        assert view.raw(1, 2) == Span(1, 2)

    def test_no_edit_is_the_identity(self) -> None:
        assert View.edited("abc", []) == View("abc")

    def test_dropped_characters_belong_to_no_piece(self) -> None:
        view = View.edited("<b>40</b> h", [Edit(0, 3), Edit(5, 9)])
        assert view.text == "40 h"
        assert view.raw(0, 2) == Span(3, 5)
        assert view.raw(1, 3) == Span(4, 10)
        assert view.raw(2, 2) == Span(9, 9)
        assert view.raw(4, 4) == Span(11, 11)

    def test_a_replaced_piece_is_one_place(self) -> None:
        view = View.edited("a&x;b", [Edit(1, 4, "123")])
        assert [view.raw(at, at + 1) for at in range(5)] == [(0, 1), (1, 4), (1, 4), (1, 4), (4, 5)]

    def test_a_copied_piece_maps_each_character(self) -> None:
        assert View.edited("１２", [Edit(0, 2, "12", copied=True)]).raw(1, 2) == Span(1, 2)

    def test_everything_dropped(self) -> None:
        view = View.edited("abc", [Edit(0, 3)])
        assert (view.text, view.raw(0, 0), view.is_identity) == ("", Span(0, 0), False)

    def test_overlapping_edits_are_left_out(self) -> None:
        assert View.edited("abcdef", [Edit(1, 3, "x"), Edit(2, 5, "y"), Edit(4, 5)]).text == "axdf"

    def test_a_view_of_nothing(self) -> None:
        empty = View.edited("abc", [Edit(0, 3)])
        assert View.edited("<b>", [Edit(0, 3)]).then(empty) == empty
        assert plain_view("<b><!-- --></b>\u200b").raw(0, 0) == Span(0, 0)

    def test_ranges_beyond_the_text(self) -> None:
        assert View.edited("<b>4", [Edit(0, 3)]).raw(-2, 9) == Span(3, 4)


def notebook(*cells: dict[str, object]) -> str:
    return json.dumps({"cells": cells, "metadata": {"source": ["9 * 9"]}, "nbformat": 4, "nbformat_minor": 5}, indent=1)


class TestNotebook:
    def test_markdown_cells_only(self) -> None:
        text = notebook(
            {
                "cell_type": "markdown",
                "source": ["**8** \u00d7 5\n", '= \\$40\t"x" \U0001f600'],
                "metadata": {"cell_type": "x"},
            },
            {"cell_type": "code", "source": ["3 * 4"], "outputs": [{"text": ["12"]}]},
            {"source": "6 \\times 7\n", "attachments": {"source": "1"}, "cell_type": "markdown"},
            {"cell_type": "markdown", "source": []},
        )
        view = marked_view(text).view
        assert view.text == '8 × 5\n= $40\t"x" \U0001f600\n\n6 × 7\n'
        places = {word: raw_of(text, view, word) for word in ["8", "×", "40", "\U0001f600", "6 × 7"]}
        assert places == {
            "8": "8",
            "×": "\\u00d7",
            "40": "40",
            "\U0001f600": "\\ud83d\\ude00",
            "6 × 7": "6 \\\\times 7",
        }

    def test_lone_surrogates_are_replaced(self) -> None:
        text = notebook({"cell_type": "markdown", "source": "a\ud800b"})
        view = marked_view(text).view
        assert view.text == "a\ufffdb"

    @pytest.mark.parametrize(
        "text", ["", "8 * 5 = 40", "{}", '{"cells": [], "x": "nbformat"}', '{"cells": [], "nbformat": 4', "[" * 100_000]
    )
    def test_no_notebook(self, text: str) -> None:
        assert cells_view(text) is None

    def test_no_cells(self) -> None:
        view = marked_view('{"cells": [], "nbformat": 4}').view
        assert view.text == ""

    def test_byte_order_mark(self) -> None:
        text = "\ufeff" + notebook({"cell_type": "markdown", "source": "5 h"})
        view = marked_view(text).view
        assert raw_of(text, view, "5 h") == "5 h"

    @given(st.lists(st.text(st.characters(codec="utf-8"), max_size=20), max_size=3), st.booleans())
    def test_the_pieces_of_the_source(self, lines: list[str], ascii_only: bool) -> None:
        cells = [{"cell_type": "markdown", "source": lines}]
        text = json.dumps({"cells": cells, "nbformat": 4}, ensure_ascii=ascii_only)
        view = marked_view(text).view
        assert view.text == plain_view("".join(lines)).text


# Text full of the signs of markup, and of what they look like in ordinary text.
PIECES = [
    *"\n \\$*_`~#>|[](){}^&<!-=.5x, ",
    *["**", "***", "```", "~~", "$$", "\n\n", "\n> ", "\n# ", "\n|---|\n", "](http://a.b)", "![", "[^1]"],
    *["10", "days"],
    *["<b>", "</b>", "<p>", "</p>", "<td>", "<sup>", "</sup>", "<sub>", "</sub>", "<!--", "-->", "<pre>"],
    *["<math>", "</math>"],
    *["&times;", "&amp;lt;", "&#215;", "&#x110000;"],
    *["\u200b", "５", "\U0001d7cf", "é", "\r\n", "<script>", "</script>"],
    *[r"\times", r"\frac", r"\frac{", r"\text{", r"\sqrt[3]{", r"\SI{", r"\begin{align}", r"\end{align}"],
    *[r"\over", r"\left.", r"\(", r"\)", r"\[", r"\]", r"\\", r"\,", r"\num{", "{,}", "^{", "_{", r"\foo"],
    *[r"\begin{tabular}{l}", r"\text{B}", "1\\,000", "C:\\a"],
]
SOUP = st.lists(st.sampled_from(PIECES), max_size=40).map("".join) | st.text(max_size=60)


@given(SOUP)
def test_places_are_monotone_and_inside(text: str) -> None:
    view = plain_view(text)
    spans = [view.raw(at, at + 1) for at in range(len(view.text))]
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
    assert all(a.start <= b.start and a.end <= b.end for a, b in pairwise(spans))
    if spans:
        assert view.raw(0, len(view.text)) == Span(spans[0].start, spans[-1].end)


@given(SOUP)
def test_copied_pieces_equal_the_raw_text(text: str) -> None:
    view = View.edited(text, [Edit(at, at + 1, "") for at in range(0, len(text), 3)])
    for start in range(len(view.text)):
        assert view.raw(start, start + 1).of(text) == view.text[start]


@given(SOUP)
def test_a_character_is_copied_or_replaces_something_else(text: str) -> None:
    """What stands for one raw character is that one, its ordinary form, or a sign in place of a brace or a blank."""
    view = plain_view(text)
    signs = set("\n |()/^,+")
    for at, plain in enumerate(view.text):
        raw = view.raw(at, at + 1).of(text)
        assert len(raw) > 1 or raw in "{}" or plain in {raw, unicodedata.normalize("NFKC", raw), *signs}


@given(st.text(st.characters(exclude_characters="\r<&$\\*_`~[#>|{", codec="ascii")))
def test_without_markup_a_text_is_its_own_view(text: str) -> None:
    assert plain_view(text) == View(text)


EDITS = st.lists(st.tuples(st.integers(0, 20), st.integers(1, 5), st.sampled_from(["", "x", "yz"])), max_size=6).map(
    lambda found: sorted(Edit(start, start + length, text) for start, length, text in found)
)


@given(st.text("ab ", min_size=25, max_size=30), EDITS, EDITS)
def test_composition(text: str, first: list[Edit], second: list[Edit]) -> None:
    """The place of a piece of the last text is the place of its place in the one between."""
    inner = View.edited(text, first)
    outer = View.edited(inner.text, [edit for edit in second if edit.end <= len(inner.text)])
    both = inner.then(outer)
    assert both.text == outer.text
    for start in range(len(both.text)):
        for end in range(start + 1, len(both.text) + 1):
            assert both.raw(start, end) == inner.raw(*outer.raw(start, end))


@given(SOUP, SOUP)
def test_what_is_dropped_is_at_no_end_of_a_word(before: str, after: str) -> None:
    text = f"{before}\n\nword\n\n{after}"
    view = plain_view(text)
    for found in re.finditer("word", view.text):
        assert view.raw(found.start(), found.end()).of(text) == "word"


def test_a_row_of_an_alignment_goes_on_behind_a_line_end_of_windows():
    text = r"\begin{align} 6 \times 7 \\" + "\r\n  " + r"&\approx 42 \end{align}"
    assert "6 × 7 \n≈ 42" in plain_view(text).text


BLANKS = (
    "It ran on 64 A100s.\nflops = (64) * (3.12e14) * (24*7 * 3600) * (0.5) = 6.5e21\n"
    "(num gpu) * (peak flops) * (time) * (utilization)"
)


@pytest.mark.parametrize(("written", "instead"), [("\n", "\r\n"), ("\n", "\r"), (" ", "\u00a0"), (" ", "\u202f")])
def test_the_kind_of_blank_changes_places_alone(written: str, instead: str) -> None:
    """Windows ends its lines in two characters, and what is copied from a page has blanks that must not break."""

    def told(text: str) -> list[object]:
        (made,) = audit(text).calculations
        findings = [(f.code, f.message, f.fix and f.fix.text, f.span.of(text).split()) for f in made.findings]
        return [made.value, made.unit, made.interval, [claim.verdict for claim in made.claims], findings]

    assert told(BLANKS.replace(written, instead)) == told(BLANKS)


def test_blanks_between_digits_part_thousands() -> None:
    (made,) = audit("10\u00a0000 GPUs * 24 hours = 240\u202f000 GPU-hours").calculations
    assert made.claims[0].written.value == 240_000
    assert made.claims[0].verdict == "holds"
