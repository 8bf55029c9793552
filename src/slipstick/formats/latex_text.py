r"""Text and numbers by other hands within LaTeX, such that it prints them as they are, in any engine and font encoding.

What neither the text fonts of every engine nor its mathematics have is written as its code point, `U+4E2D`: a paper
must not stop to compile for the sake of a quotation.
"""

from __future__ import annotations

import re
from unicodedata import normalize

from slipstick.formats.plain import printable, shown

_SIGNS = {
    "\\": r"\textbackslash{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    "`": r"\textasciigrave{}",
    '"': r"{\char34}",
} | {sign: f"\\{sign}" for sign in "{}$&#%_"}

_WORDS = {"–": "--", "—": "---", "‘": "`", "’": "'", "“": "``", "”": "''", "…": r"\ldots{}", "€": r"\texteuro{}"}
_WORDS |= {"£": r"\pounds{}", "¥": r"\textyen{}", "§": r"\S{}", "©": r"\copyright{}"}
_WORDS |= {"ß": r"\ss{}", "æ": r"\ae{}", "Æ": r"\AE{}", "ø": r"\o{}", "Ø": r"\O{}", "œ": r"\oe{}", "Œ": r"\OE{}"}
_WORDS |= {"ł": r"\l{}", "Ł": r"\L{}", "ı": r"\i{}"}

_MATHS = {
    "×": r"\times",
    "·": r"\cdot",
    "⋅": r"\cdot",
    "∙": r"\cdot",
    "÷": r"\div",
    "−": "-",
    "±": r"\pm",
    "°": r"^\circ",
}
_MATHS |= {"≈": r"\approx", "≃": r"\simeq", "≅": r"\cong", "≤": r"\le", "≥": r"\ge", "≠": r"\ne", "≡": r"\equiv"}
_MATHS |= {"→": r"\to", "⇒": r"\Rightarrow", "∝": r"\propto", "√": r"\surd", "∞": r"\infty", "∼": r"\sim", "µ": r"\mu"}
_MATHS |= {raised: f"^{{{plain}}}" for raised, plain in zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻", "0123456789+-", strict=True)}
_MATHS |= {lowered: f"_{{{plain}}}" for lowered, plain in zip("₀₁₂₃₄₅₆₇₈₉", "0123456789", strict=True)}
_MATHS |= {"∖": r"\backslash"}
_GREEK = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega"
_MATHS |= dict(zip("αβγδεζηθικλμνξπρστυφχψω", (f"\\{name}" for name in _GREEK.split()), strict=True))
_MATHS |= {
    c: f"\\{n}" for c, n in zip("ΓΔΘΛΞΠΣΦΨΩ", "Gamma Delta Theta Lambda Xi Pi Sigma Phi Psi Omega".split(), strict=True)
}

_ACCENTS = dict(
    zip("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327", "`'^~=u.\"rHvc", strict=True)
)
_DOTLESS = {"i": r"\i", "j": r"\j"}
_NAME_SIGNS = str.maketrans({"_": " ", "\\": "∖"} | {sign: f"\\{sign}" for sign in "{}$#%&"})
_POWER = re.compile(r"\\textasciicircum\{\}(-?[0-9]+(?:/[0-9]+)?)")


def escaped(text: str) -> str:
    r"""`text` on one line, for any place in a paragraph or within `\text{}`."""
    return "".join(map(_character, printable(text).replace("--", "-\0-").replace("--", "-\0-"))).replace("\0", "{}")


def beyond_ascii(latex: str) -> str:
    """LaTeX of our own with text in it: what is not ASCII made fit for every engine, all else as it is."""
    return latex if latex.isascii() else "".join(c if c.isascii() else _character(c) for c in printable(latex))


def formula_name(name: str) -> str:
    """A name as the report's `latex` has it, with what is not ASCII as `beyond_ascii` makes it."""
    return beyond_ascii(rf"\text{{{name.translate(_NAME_SIGNS)}}}")


def _character(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isascii():
        return character
    if character in _WORDS:
        return _WORDS[character]
    if character in _MATHS:
        return f"$\\mathstrut{_MATHS[character]}$" if _MATHS[character][0] in "^_" else f"${_MATHS[character]}$"
    parts = normalize("NFD", character)
    if len(parts) == 2 and parts[1] in _ACCENTS and parts[0].isascii():
        return f"\\{_ACCENTS[parts[1]]}{{{_DOTLESS.get(parts[0], parts[0])}}}"
    return rf"\texttt{{U+{ord(character):04X}}}"


def number(value: float | None, digits: int) -> str:
    r"""A number for mathematics: `8{,}030`, `2.02 \times 10^{23}`."""
    mantissa, sign, exponent = shown(value, digits).replace(",", "{,}").partition("e")
    return rf"{mantissa} \times 10^{{{exponent}}}" if sign else mantissa


def unit(name: str) -> str:
    r"""A unit behind a number in mathematics, empty for none: `\,\text{FLOP/s}`, `\,\text{m$^{3}$}`."""
    if name in ("", "1"):
        return ""
    words = _POWER.sub(r"$^{\1}$", escaped(name)).replace("*", r"$\cdot$")
    return rf"\,\text{{{words}}}"
