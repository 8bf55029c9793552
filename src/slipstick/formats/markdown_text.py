"""Text by other hands within Markdown, such that a renderer shows it as it is.

The signs are those of the CommonMark specification 0.31 and of GitHub Flavored Markdown, with what code hosts add to
it: mentions, references, emoji by name, formulas between dollars.
"""

from __future__ import annotations

import re

from slipstick.formats.plain import printable

_SIGNS = re.compile(
    r"(?P<harmless>https?://[^\s<>()\[\]`\"“”‘’;,*_~|\\&$]+|(?<=\s)[*~<](?=\s)|(?<=\w)_(?=\w))"
    r"|(?P<call>(?<![\w/.])[@#]\w+(?:[\w/.-]*\w)?)"
    r"|(?P<live>[\\`*_\[\]<|~$]|&(?=#?\w+;)|:(?=[a-z][a-z0-9_+-]*:))"
)
_BACKTICKS = re.compile("`+")


def escaped(text: str) -> str:
    """`text` on one line, for any place but the start of a line: signs that mean something only there are left.

    Web addresses stay what they are; what a code host would take for a mention or a reference becomes a code span.
    """
    return _SIGNS.sub(_escape, printable(text))


def _escape(match: re.Match[str]) -> str:
    if match["harmless"]:
        return match[0]
    return code(match[0]) if match["call"] else f"\\{match[0]}"


def code(text: str) -> str:
    """`text` on one line as code, on which no markup acts; a cell of a table may hold it as well.

    Renderers do not agree on a bar in the code of a cell, so it stands between two stretches of code.
    """
    parts = printable(text).split("|")
    return r"\|".join(_span(part) for part in parts)


def _span(text: str) -> str:
    if not text:
        return ""
    runs = {len(run) for run in _BACKTICKS.findall(text)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    # One blank at both ends is taken away by a renderer, where there is anything between them.
    needs_blanks = text[0] == "`" or text[-1] == "`" or (text[0] == text[-1] == " " and text.strip(" ") != "")
    return f"{fence} {text} {fence}" if needs_blanks else f"{fence}{text}{fence}"
