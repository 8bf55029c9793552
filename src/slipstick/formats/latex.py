r"""Report -> LaTeX to paste into a paper: the formula over names, the same with its numbers and units, the result with
its interval, what was claimed, and what was assumed.

A fragment for `\input` or for the clipboard; it needs `\usepackage{amsmath}` and nothing else. What was found wrong
stands in comments above, for the author and not for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.formats.latex_text import escaped, formula, formula_name, number, unit
from slipstick.formats.overview import shown_expressions
from slipstick.formats.plain import digits_apart, printable
from slipstick.formats.wording import (
    assumptions,
    page_findings,
    readings,
    value_digits,
    verdict_words,
    written_scale,
)
from slipstick.percentages import percentage
from slipstick.report import Report, ReportedCalculation, ReportedInput

PREAMBLE = "% Made by slipstick; needs \\usepackage{amsmath}\n"

_LONGEST_ROW = 60
_DIGITS = 6
_POWER_OF_TEN = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?)e(-?\d+)(?![\w.]\w)")
_STRUCTURE = re.compile(r"\\(?:frac|sqrt|left)\b")


def page(report: Report, *, heading: str | None = None, all_expressions: bool = False) -> str:
    """A derivation for each calculation; `heading` names a row of a table, instead of the text."""
    calculations = (*report.calculations, *shown_expressions(report, every=all_expressions))
    name = printable(report.source.name if heading is None else heading)
    parts = []
    for calculation in calculations:
        line = report.source.place(calculation.span.start).line
        parts.append("".join(f"{row}\n" for row in _derivation(calculation, f"{name}, line {line}")))
    return "\n".join(parts)


def _derivation(calculation: ReportedCalculation, name: str) -> Iterator[str]:
    yield f"% {name}: {printable(verdict_words(calculation))}"
    yield f"% {printable(calculation.text)}"
    for finding in page_findings(calculation):
        words = f"{finding.severity.value}: {finding.name} {finding.code}: {finding.message}"
        yield f"% {printable(words)}"
    if calculation.value is not None and calculation.latex:
        yield r"\begin{align*}"
        yield " \\\\\n".join(f"  {row}" for row in _rows(calculation))
        yield r"\end{align*}"
    if calculation.claims:
        yield rf"\noindent {_claims(calculation)}"
    items = [*assumptions(calculation), *readings(calculation)]
    if items:
        yield from (r"\begin{itemize}", *(rf"  \item {{}}{_sentence(words)}" for words in items), r"\end{itemize}")


def _sentence(words: str) -> str:
    """Words of ours in text, their powers of ten in mathematics."""
    return _POWER_OF_TEN.sub(r"$\1 \\times 10^{\2}$", escaped(words)) + "."


def _rows(calculation: ReportedCalculation) -> Iterator[str]:
    """The rows of the derivation: formula, numbers put in, result, interval."""
    names = formula(calculation.latex)
    yield from _broken(names, "&", "&")
    put_in = _with_numbers(names, calculation.inputs)
    if put_in != names:
        yield from _broken(put_in, r"&\quad = ", r"&\quad\quad ")
    scale, own = written_scale(calculation)
    digits = value_digits(calculation)
    result = f"{number((calculation.value or 0.0) * scale, digits)}{unit(own)}"
    if scale != 1:
        result += f" = {number(calculation.value, digits)}{unit(calculation.unit)}"
    interval = calculation.interval
    yield rf"&\quad = {result}"
    if interval is None:
        return
    low, high = (number(end, 3) for end in sorted((interval.low * scale, interval.high * scale)))
    level = rf"{percentage(interval.level)}\,\%"
    yield rf"&\quad\quad ({level}\text{{ interval }} {low} \text{{ to }} {high}{unit(own)})"


def _with_numbers(names: str, inputs: tuple[ReportedInput, ...]) -> str:
    """The formula with each name replaced by its number and unit as written, in brackets where it is raised."""
    numbers = {}
    for given in inputs:
        own = given.written
        value, name = (own.value, own.unit) if own else (given.value, given.unit)
        numbers[formula_name(given.name)] = f"{number(value, _DIGITS)}{unit(name)}"
    if not numbers:
        return names
    any_of = "|".join(re.escape(name) for name in sorted(numbers, key=len, reverse=True))

    def put_in(match: re.Match[str]) -> str:
        text = numbers[match[1]]
        return rf"\left({text}\right)^" if match[2] else text

    return re.sub(rf"({any_of})(\^)?", put_in, names)


def _broken(product: str, first: str, later: str) -> Iterator[str]:
    """A long product as rows that begin with the sign of multiplication; what has more structure stays on one row."""
    if len(_seen(product)) <= _LONGEST_ROW or _STRUCTURE.search(product):
        yield first + product
        return
    row, start = "", first
    for number_, factor in enumerate(product.split(r" \cdot ")):
        added = factor if not number_ else rf" \cdot {factor}"
        if row and len(_seen(row + added)) > _LONGEST_ROW:
            yield start + row
            row, start, added = "", later, rf"{{}}\cdot {factor}"
        row += added
    yield start + row


def _seen(latex: str) -> str:
    """About what is seen of LaTeX, to measure its length."""
    return re.sub(r"\\(?:text|cdot|times|,)|[{}]", "", latex)


def _claims(calculation: ReportedCalculation) -> str:
    """What the text states, and whether it holds."""
    sentences = []
    for claim in calculation.claims:
        words = {"holds": ", which holds", "off": ", which is off"}.get(claim.verdict, ", which cannot be judged")
        if claim.verdict == "off" and claim.ratio is not None:
            words = f"; the numbers give ${number(claim.ratio, digits_apart(claim.ratio, [1.0]))}$ times that"
        stated = f"{number(claim.written.value, 4)}{unit(claim.written.unit)}"
        sentences.append(f"The text states ${stated}${words}.")
    return " ".join(sentences)
