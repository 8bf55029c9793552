"""The page of a rule, made of plain values -> Markdown, JSON and plain text; and the table of all rules."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from slipstick.formats.plain import printable

SCHEMA = "slipstick-rule/1"


class Said(NamedTuple):
    """What slipstick says of an example: a finding of the rule, and the words of the text that it is about."""

    severity: str
    quoted: str
    message: str


class BadExample(NamedTuple):
    """A text in which the rule finds something, and what."""

    text: str
    said: tuple[Said, ...]


class RulePage(NamedTuple):
    """A rule as its page tells it. `severities` has the usual one first; the four texts are paragraphs."""

    code: str
    name: str
    severities: tuple[str, ...]
    default_on: bool
    summary: str
    finds: str
    matters: str
    silent: str
    source: str
    bad: tuple[BadExample, ...]
    good: tuple[str, ...]
    option: str = ""
    """The option of `slipstick audit` that the examples are given with; "" for none."""

    @property
    def severity(self) -> str:
        """The severities in words: "error or warning"."""
        return " or ".join(self.severities)

    @property
    def standing(self) -> str:
        """Whether it runs by default, in words."""
        return "on by default" if self.default_on else f"off by default; --select {self.code} turns it on"

    @property
    def parts(self) -> tuple[tuple[str, str], ...]:
        """The four parts of the page with their headings, in order."""
        headings = ("What it finds", "Why it matters", "Stays silent when", "Source")
        return tuple(zip(headings, (self.finds, self.matters, self.silent, self.source), strict=True))


def record(page: RulePage) -> dict[str, Any]:
    """The page as a plain object."""
    return {
        "schema": SCHEMA,
        "code": page.code,
        "name": page.name,
        "severities": list(page.severities),
        "default_on": page.default_on,
        "summary": page.summary,
        "finds": page.finds,
        "matters": page.matters,
        "silent": page.silent,
        "source": page.source,
        "bad": [{"text": example.text, "said": [said._asdict() for said in example.said]} for example in page.bad],
        "good": list(page.good),
        "option": page.option,
    }


def markdown(page: RulePage) -> str:
    """The page as Markdown."""
    lines = [f"# {page.code} {page.name}", "", f"{page.summary}.", "", f"{_raised(page.severity)}, {page.standing}."]
    for heading, text in page.parts:
        lines += ["", f"## {heading}", "", _raised(text)]
    lines += ["", "## Found in"]
    lines += ["", f"With `{page.option}`, as the others below:"] if page.option else []
    for example in page.bad:
        lines += ["", "```text", example.text, "```", ""]
        lines += [f"- **{said.severity}**{_at(said)}: {said.message}" for said in example.said]
    lines += ["", "## Not found in"]
    for text in page.good:
        lines += ["", "```text", text, "```"]
    return "\n".join([*lines, "", *_how_to_suppress(page)]) + "\n"


def _how_to_suppress(page: RulePage) -> Iterator[str]:
    yield "## To suppress it"
    yield ""
    yield "In one place, with a comment on the line before or at the end of the line ([more](../suppression.md)):"
    yield from ("", "```markdown", _comment(page), "```", "")
    yield "Everywhere, on the command line or in `pyproject.toml`:"
    yield from ("", "```sh", f"slipstick audit --ignore {page.code} post.md", "```", "")
    yield from ("```toml", "[tool.slipstick]", f'ignore = ["{page.code}"]', "```")


def _comment(page: RulePage) -> str:
    return f"<!-- slipstick: allow {page.name} -- why it may stand -->"


def _at(said: Said) -> str:
    """The place of a finding in words; "" where it is about the whole."""
    return f" at “{_one_line(said.quoted)}”" if said.quoted else ""


def _raised(text: str) -> str:
    """The text with a capital in front, but for the path of a file."""
    return text if "/" in text.split(maxsplit=1)[0] else text[:1].upper() + text[1:]


def _one_line(text: str) -> str:
    return " ".join(printable(text).split())


def plain(page: RulePage, width: int = 80) -> str:
    """The page as plain text for a terminal of `width` cells."""
    head = f"{page.code} {page.name}: {page.severity}, {page.standing}"
    lines = [*_filled(head, width, ""), "", *_filled(f"{page.summary}.", width, "")]
    for heading, text in page.parts:
        lines += ["", heading, *_filled(" ".join(text.split()), width, "  ")]
    lines += ["", "Found in"]
    lines += _filled(f"With {page.option}, as the others below:", width, "  ") if page.option else []
    for example in page.bad:
        lines += textwrap.indent(example.text, "  ").splitlines()
        for said in example.said:
            words = f"{said.severity}{_at(said)}: {said.message}"
            lines += _filled(words, width, "      ", first="    > ")
    lines += ["", "Not found in"]
    lines += [line for text in page.good for line in textwrap.indent(text, "  ").splitlines()]
    lines += ["", "To suppress it", f"  {_comment(page)}", f"  slipstick audit --ignore {page.code} ..."]
    return "\n".join(lines) + "\n"


def _filled(text: str, width: int, indent: str, first: str | None = None) -> list[str]:
    start = indent if first is None else first
    return textwrap.wrap(
        text, width, initial_indent=start, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


class Listed(NamedTuple):
    """One row of the table of rules."""

    code: str
    name: str
    severity: str
    default_on: bool
    summary: str


def table(rows: Sequence[Listed]) -> str:
    """The table of rules as plain text: one line each, in columns."""
    cells = [("code", "name", "severity", "default", "finds")]
    cells += [(row.code, row.name, row.severity, _on(row), row.summary) for row in rows]
    widths = [max(len(line[column]) for line in cells) for column in range(4)]
    aligned = ("  ".join([*map(str.ljust, line[:4], widths), line[4]]) for line in cells)
    return "".join(f"{line.rstrip()}\n" for line in aligned)


def markdown_table(rows: Sequence[Listed], folder: str = "") -> str:
    """The table of rules as Markdown; with a `folder` the codes link to the pages in it."""
    lines = ["| code | name | severity | default | finds |", "|---|---|---|---|---|"]
    for row in rows:
        code = f"[{row.code}]({folder}/{row.code}.md)" if folder else row.code
        lines.append(f"| {code} | `{row.name}` | {row.severity} | {_on(row)} | {row.summary} |")
    return "".join(f"{line}\n" for line in lines)


def _on(row: Listed) -> str:
    return "on" if row.default_on else "off"
