"""Text in pictures: measured, broken into lines, cut to fit; numbers as they are printed.

What others wrote is only text here: no character of it is a command to the drawing library, and control characters
are shown by their escapes.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from slipstick.formats.plain import printable

_RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")
_EXPONENT = re.compile(r"(?<=\d)e([+-]?\d+)")
_WHOLE = re.compile(r"(?<![\d.,])\d{5,}(?![\d.,])")
_NO_LETTER = "□"
_MINUS = re.compile(r"(?<![\w-])-(?=\d)")
_LONGEST = 2000
_LEAST_CUT = 4


class Font(NamedTuple):
    """A size in points, and whether it is bold."""

    size: float
    is_bold: bool = False


@lru_cache(maxsize=20_000)
def width(text: str, font: Font) -> float:
    """The width of a line of text in points, as it is drawn into an SVG or PDF file."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    weight = "bold" if font.is_bold else "normal"
    properties = FontProperties(family="DejaVu Sans", weight=weight, size=font.size)
    return float(text_to_path.get_text_width_height_descent(text, properties, ismath=False)[0])


def clean(text: str) -> str:
    """Text on one line, fit to be drawn, and no longer than a picture can hold; a box for a letter the font lacks."""
    line = " ".join(printable(text[:_LONGEST]).split())
    return line if line.isascii() else "".join(c if ord(c) in _letters() else _NO_LETTER for c in line)


@lru_cache(maxsize=1)
def _letters() -> frozenset[int]:
    """The code points that the font has, upright and bold."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    weights = ("normal", "bold")
    fonts = (get_font(findfont(FontProperties(family="DejaVu Sans", weight=weight))) for weight in weights)
    upright, bold = (frozenset(font.get_charmap()) for font in fonts)
    return upright & bold


def fitted(text: str, font: Font, room: float) -> str:
    """Text cut to `room` points, with a sign where it was cut; its beginning and its last few letters stay.

    Names of things often differ at their ends, as utilization_1 and utilization_2 do.
    """
    text = clean(text)
    if width(text, font) <= room:
        return text
    tail = text[-_LEAST_CUT:] if width(text[:_LEAST_CUT] + "…" + text[-_LEAST_CUT:], font) <= room else ""
    least, most = 0, len(text)
    while least < most:
        middle = (least + most + 1) // 2
        if width(f"{text[:middle].rstrip()}…{tail}", font) <= room:
            least = middle
        else:
            most = middle - 1
    return f"{text[:least].rstrip()}…{tail}"


def lines_of(text: str, font: Font, room: float, most: int) -> list[str]:
    """Text in at most so many lines of `room` points, broken at blanks; what is over is cut from the last."""
    lines: list[str] = []
    words = clean(text).split(" ")
    while words and words != [""]:
        if len(lines) == most - 1:
            return [*lines, fitted(" ".join(words), font, room)]
        line = words.pop(0)
        while words and width(f"{line} {words[0]}", font) <= room:
            line = f"{line} {words.pop(0)}"
        lines.append(fitted(line, font, room))
    return lines


def typeset(text: str) -> str:
    """A number as it is printed: "-9.5e22" becomes "−9.5 × 10²²", "43000" "43,000"."""
    grouped = _WHOLE.sub(lambda m: f"{int(m[0]):,}", text)
    return _MINUS.sub("−", _EXPONENT.sub(lambda m: f" × {power_of_ten(int(m[1]))}", grouped))


def power_of_ten(exponent: int) -> str:
    """A power of ten: "10²³"; nothing for the power 0."""
    return f"10{str(exponent).translate(_RAISED)}" if exponent else ""


def quantity_label(name: str, unit: str, exponent: int = 0, is_log: bool = False) -> str:
    """The label of an axis with its unit: "result (10²³ FLOP)", "value (a plain number, log scale)"."""
    words = f"{power_of_ten(exponent)}{unit_words(unit)}".strip() or "a plain number"
    return f"{name} ({words}{', log scale' if is_log else ''})"


def figure_words(value: float, digits: int = 3) -> str:
    """A number at so many significant digits: "0.33", "8,030", "2.02 × 10²³"."""
    from slipstick.formats.plain import shown

    return typeset(shown(value, digits))


def unit_words(unit: str) -> str:
    """A unit behind a number, with a blank before it; nothing for a plain number."""
    return "" if unit in ("", "1") else " " + unit.replace("*", "·")
