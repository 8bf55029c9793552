"""What each command of LaTeX leaves in the plain text."""

from __future__ import annotations

import re

from slipstick.markup import latex_names as names
from slipstick.markup.latex_fractions import fraction
from slipstick.markup.latex_tokens import Token
from slipstick.markup.latex_writer import Writer
from slipstick.markup.siunitx import unit_text

_ENVIRONMENT = re.compile(r"\{([A-Za-z]{1,20})\*?\}(?:\[[^\]\n]{0,40}\])?")
_LIMIT = re.compile(r"(?:\\limits)?\s{0,4}[_^]")
_SINGLE = re.compile(r"\s{0,8}([A-Za-z0-9])")
_DECIMALS = re.compile(r"\.\d+(?:\\.\d+)*\Z")
_LOOK_BACK = 20
_SCALES = frozenset("kKMBT")  # "7B" is one number
_LONGEST_UNIT = 200


def command(writer: Writer, token: Token) -> None:
    """Make the edits for a command with its arguments."""
    name, start, end = token.text, token.start, token.end
    if name in names.SYMBOLS:
        writer.edit(start, end, ")/(" if start in writer.braces.overs else names.SYMBOLS[name])
    elif name in names.SPACES:
        space(writer, start, end, names.SPACES[name])
    elif name in names.DROPPED_ARGUMENTS:
        if token.in_formula or writer.brace(writer.option(end)[0]) is not None:
            writer.edit(start, writer.past_arguments(end, names.DROPPED_ARGUMENTS[name]))
    elif name in names.SIZES:
        point = name in ("left", "right", "middle") and writer.text[end : end + 1] == "."
        writer.edit(start, end + point)
    elif name in names.NOTHING:
        writer.edit(start, end)
    elif name in names.BIG_OPERATORS:
        _big_operator(writer, token)
    else:
        _WITH_ARGUMENTS.get(name, _content)(writer, token)


def space(writer: Writer, start: int, end: int, blank: str) -> None:
    """A blank, or nothing inside the decimals of a number."""
    text = writer.text
    is_inside = text[end : end + 1].isdigit() and _DECIMALS.search(text[max(0, start - _LOOK_BACK) : start])
    writer.edit(start, end, "" if is_inside else blank)


def _content(writer: Writer, token: Token) -> None:
    """A command whose argument is shown; one of somebody's own, without argument, stays as a name."""
    name, start, end = token.text, token.start, token.end
    is_function = name in names.NAMED_FUNCTIONS
    opening = writer.brace(end if is_function else writer.option(end)[0])
    if opening is None:
        if name in names.FONTS or name in names.TEXTS:
            writer.edit(start, end)
        elif token.in_formula or is_function:
            writer.edit(start, start + 1, writer.blank_before(start))
        return
    closing = writer.braces.closing[opening]
    if is_function:
        writer.edit(start, start + 1, writer.blank_before(start))
        writer.ranges[opening] = (opening + 1, "(")
        writer.closing[closing] = ")"
        return
    first, last, after = writer.text[opening + 1], writer.text[closing - 1], writer.text[closing + 1 : closing + 2]
    is_exponent = writer.text[opening + 1 : opening + 3] in ("e}", "E}") and (after.isdigit() or after in ("-", "+"))
    is_scale = closing == opening + 2 and first in _SCALES
    is_apart = name in names.TEXTS and not (is_exponent or is_scale)
    is_word = first.isalnum() or first in "$\\"
    writer.edit(start, opening + 1, writer.blank_before(start) if is_apart and is_word else "")
    writer.closing[closing] = " " if is_apart and last.isalnum() and after.isalnum() else ""


def _footnote(writer: Writer, token: Token) -> None:
    opening = writer.brace(writer.option(token.end)[0])
    if opening is not None:
        writer.edit(token.start, opening + 1, " (")
        writer.closing[writer.braces.closing[opening]] = ")"


def _environment(writer: Writer, token: Token) -> None:
    """A line break for the begin or the end of an environment, unless there is one already."""
    found = _ENVIRONMENT.match(writer.text, token.end)
    if found is None:
        return
    name, end = found[1], found.end()
    if token.text == "begin":
        writer.environments.append(name)
        if name in names.ARGUED_ENVIRONMENTS:
            end = writer.past_arguments(end, 2 if name == "tabularx" else 1)
    elif writer.environments and writer.environments[-1] == name:
        writer.environments.pop()
    at_line = writer.text[max(0, token.start - 1) : token.start] in ("", "\n") or writer.text[end : end + 1] in (
        "",
        "\n",
    )
    writer.edit(token.start, end, "" if at_line else "\n")


def _big_operator(writer: Writer, token: Token) -> None:
    end = token.end
    for _ in range(2):
        limit = _LIMIT.match(writer.text, end)
        if limit is None:
            break
        end = writer.past_script(limit.end())
    writer.edit(token.start, end, f"{names.BIG_OPERATORS[token.text]} ")


def _root(writer: Writer, token: Token) -> None:
    end, degree = writer.option(token.end)
    before, after = f"{writer.blank_before(token.start)}sqrt(", ")"
    if degree.isdigit():
        before, after = "(", f")^(1/{degree})"
    opening = writer.brace(end)
    if opening is not None:
        writer.edit(token.start, opening + 1, before)
        writer.closing[writer.braces.closing[opening]] = after
    elif single := _SINGLE.match(writer.text, end):
        writer.edit(token.start, single.start(1), before)
        writer.ahead(single.start(1), single.end(1), f"{single[1]}{after}")
    else:
        writer.edit(token.start, end, f"{writer.blank_before(token.start)}sqrt ")


def _unit(writer: Writer, token: Token) -> None:
    opening = writer.brace(writer.option(token.end)[0])
    if opening is None:
        _content(writer, token)
        return
    end, unit = _written_unit(writer, opening)
    writer.edit(token.start, end, ("" if unit[:1] in "/%°" else writer.blank_before(token.start)) + unit)


def _quantity(writer: Writer, token: Token) -> None:
    """One number or two, with a unit or without, in the commands of siunitx."""
    opening = writer.brace(writer.option(token.end)[0])
    if opening is None:
        _content(writer, token)
        return
    writer.edit(token.start, opening + 1, writer.blank_before(token.start))
    closing = writer.braces.closing[opening]
    writer.closing[closing] = ""
    following = None if token.text in names.NUMBERS else writer.brace(closing + 1)
    if following is not None and token.text in names.RANGES:
        closing = writer.braces.closing[following]
        writer.ranges[following] = (following + 1, " to ")
        writer.closing[closing] = ""
        following = None if token.text == "numrange" else writer.brace(closing + 1)
    if following is not None:
        end, unit = _written_unit(writer, following)
        writer.ranges[following] = (end, unit if unit[:1] in "/%°" else f" {unit}")


def _written_unit(writer: Writer, opening: int) -> tuple[int, str]:
    """The end of the argument, and the unit in it."""
    closing = writer.braces.closing[opening]
    return closing + 1, unit_text(writer.text[opening + 1 : min(closing, opening + _LONGEST_UNIT)])


_WITH_ARGUMENTS = (
    dict.fromkeys(names.FRACTIONS, fraction)
    | dict.fromkeys(names.UNITS, _unit)
    | dict.fromkeys(names.NUMBERS | names.QUANTITIES | names.RANGES, _quantity)
    | {"begin": _environment, "end": _environment, "sqrt": _root, "footnote": _footnote}
)
