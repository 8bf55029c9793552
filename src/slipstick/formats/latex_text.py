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


def _pairs(words: str) -> dict[str, str]:
    """Signs, each followed by what stands for it."""
    return dict(zip(words.split()[::2], words.split()[1::2], strict=True))


_WORDS = _pairs(
    r"– -- — --- ‘ ` ’ ' “ `` ” '' … \ldots{} € \texteuro{} £ \pounds{} ¥ \textyen{} § \S{} © \copyright{}"
    r" ß \ss{} æ \ae{} Æ \AE{} ø \o{} Ø \O{} œ \oe{} Œ \OE{} ł \l{} Ł \L{} ı \i{}"
)
_MATHS = _pairs(
    r"× \times · \cdot ⋅ \cdot ∙ \cdot ÷ \div − - ± \pm ° ^\circ ≈ \approx ≃ \simeq ≅ \cong ≤ \le ≥ \ge ≠ \ne ≡ \equiv"
    r" → \to ⇒ \Rightarrow ∝ \propto √ \surd ∞ \infty ∼ \sim ∖ \backslash µ \mu"
    r" ⁰ ^0 ¹ ^1 ² ^2 ³ ^3 ⁴ ^4 ⁵ ^5 ⁶ ^6 ⁷ ^7 ⁸ ^8 ⁹ ^9 ⁺ ^+ ⁻ ^- ₀ _0 ₁ _1 ₂ _2 ₃ _3 ₄ _4 ₅ _5 ₆ _6 ₇ _7 ₈ _8 ₉ _9"
    r" α \alpha β \beta γ \gamma δ \delta ε \epsilon ζ \zeta η \eta θ \theta ι \iota κ \kappa λ \lambda μ \mu ν \nu"
    r" ξ \xi π \pi ρ \rho σ \sigma τ \tau υ \upsilon φ \phi χ \chi ψ \psi ω \omega Γ \Gamma Δ \Delta Θ \Theta"
    r" Λ \Lambda Ξ \Xi Π \Pi Σ \Sigma Φ \Phi Ψ \Psi Ω \Omega"
)
_ACCENTS = dict(
    zip("\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0327", "`'^~=u.\"rHvc", strict=True)
)
_DOTLESS = {"i": r"\i", "j": r"\j"}
_NAME_SIGNS = str.maketrans(
    {"_": " ", "\\": "∖", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {sign: f"\\{sign}" for sign in "{}$#%&"}
)
"""As the report's `latex` writes names (`slipstick.notation`, which formats do not load)."""
_POWER = re.compile(r"\\textasciicircum\{\}(-?[0-9]+(?:/[0-9]+)?)")


def escaped(text: str) -> str:
    r"""`text` on one line, for any place in a paragraph or within `\text{}`."""
    return "".join(map(_character, printable(text).replace("--", "-\0-").replace("--", "-\0-"))).replace("\0", "{}")


def formula(latex: str) -> str:
    """A formula of the report: powers in its units raised, what is not ASCII made fit for every engine."""
    raised = _POWER.sub(r"$^{\1}$", printable(latex))
    return raised if raised.isascii() else "".join(c if c.isascii() else _character(c) for c in raised)


def formula_name(name: str) -> str:
    """A name as it stands in a `formula`."""
    return formula(rf"\text{{{name.translate(_NAME_SIGNS)}}}")


def _character(character: str) -> str:
    if character in _SIGNS:
        return _SIGNS[character]
    if character.isascii():
        return character
    if character in _WORDS:
        return _WORDS[character]
    if character in _MATHS:
        return f"${{}}{_MATHS[character]}$" if _MATHS[character][0] in "^_" else f"${_MATHS[character]}$"
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
