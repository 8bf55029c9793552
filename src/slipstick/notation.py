"""Formulas as text and LaTeX, quantities in the notation of the texts under audit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple, TypeVar

from slipstick.formula import Algebra, Formula, flat_product, fold, written_length
from slipstick.units import Compound, Exponent, UnitTerm, written

L = TypeVar("L")

_LONGEST = 10**6
_SIGNS = str.maketrans(
    {"_": " ", "\\": "∖", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}
    | {sign: f"\\{sign}" for sign in "{}$#%&"}
)


class _Text(NamedTuple):
    """A rendered part: 0 a sum, 1 a product, 2 a power, 3 an atom."""

    text: str
    rank: int


def _wrapped(part: _Text, rank: int, left: str = "(", right: str = ")") -> str:
    return part.text if part.rank >= rank else f"{left}{part.text}{right}"


def _exponent(exponent: Exponent) -> str:
    return str(exponent) if exponent.denominator == 1 and exponent >= 0 else f"({exponent})"


def _joined(parts: Sequence[tuple[str, int]], plus: str = " + ", minus: str = " - ") -> str:
    first = ("" if parts[0][1] > 0 else "-") + parts[0][0]
    return first + "".join((plus if sign > 0 else minus) + text for text, sign in parts[1:])


def _written(formula: Formula[L], leaf: Callable[[L], _Text], algebra: Algebra[_Text]) -> str:
    """The formula by an algebra of texts. Raises ValueError where shared parts make it too long to be written out."""
    if written_length(formula, _LONGEST + 1) > _LONGEST:
        raise ValueError(f"the formula has more than {_LONGEST:,} terms where it is written out")
    return fold(formula, leaf, algebra).text


def _plain_product(parts: Sequence[tuple[_Text, Exponent]]) -> _Text:
    if not parts:
        return _Text("1", 3)
    out = ""
    for part, exponent in parts:
        size = exponent if exponent > 0 else -exponent
        text, rank = part
        if size != 1:
            text = f"{_wrapped(part, 3)}**{_exponent(size)}"
        elif rank < (1 if not out and exponent == 1 else 2):  # a product before another needs no brackets
            text = f"({text})"
        out += text if not out and exponent > 0 else ("1/" if not out else "*" if exponent > 0 else "/") + text
    return _Text(out, 1)


def _sum(parts: Sequence[tuple[_Text, int]]) -> _Text:
    return _Text(_joined([(_wrapped(text, 1), sign) for text, sign in parts]), 0)


_PLAIN = Algebra(
    _plain_product,
    _sum,
    lambda base, exponent: _Text(f"{_wrapped(base, 3)}**{_exponent(exponent)}", 2),
)


def _product_of_leaves(formula: Formula[L], name: Callable[[L], str], sign: str) -> str:
    """A product without exponents, which most formulas are; empty for any other."""
    flat = flat_product(formula) or ()
    return sign.join([name(item) for item, _ in flat]) if all(exponent == 1 for _, exponent in flat) else ""


def plain(formula: Formula[L], name: Callable[[L], str]) -> str:
    """The formula as Python writes it: agents*days*peak, a/b, (a + b)*c, (a*b)**(1/2)."""
    return _product_of_leaves(formula, name, "*") or _written(formula, lambda item: _Text(name(item), 3), _PLAIN)


def _latex_product(parts: Sequence[tuple[_Text, Exponent]]) -> _Text:
    above = [_latex_factor(p, e) for p, e in parts if e > 0]
    below = [_latex_factor(p, -e) for p, e in parts if e < 0]
    top = r" \cdot ".join(above) or "1"
    bottom = r" \cdot ".join(below)
    return _Text(rf"\frac{{{top}}}{{{bottom}}}" if below else top, 1)


def _latex_factor(part: _Text, exponent: Exponent) -> str:
    if exponent == 1:
        return part.text if part.rank else rf"\left({part.text}\right)"
    wrapped = _wrapped(part, 3, r"\left(", r"\right)")
    return f"{wrapped}^{{{exponent}}}"


def _latex_power(base: _Text, exponent: Exponent) -> _Text:
    if exponent == Fraction(1, 2):
        return _Text(rf"\sqrt{{{base.text}}}", 3)
    return _Text(_wrapped(base, 3, r"\left(", r"\right)") + f"^{{{exponent}}}", 2)


_IN_LATEX = Algebra(_latex_product, _sum, _latex_power)


def latex(formula: Formula[L], name: Callable[[L], str]) -> str:
    r"""The formula in LaTeX: \text{agents} \cdot \text{days}, \frac{a}{b}, \sqrt{a \cdot b}."""
    flat = _product_of_leaves(formula, name, r" \cdot ")
    return flat or _written(formula, lambda item: _Text(name(item), 3), _IN_LATEX)


@lru_cache(maxsize=1000)
def latex_name(name: str) -> str:
    """A name in upright text, underscores as blanks; what means something to LaTeX stands for itself."""
    return r"\text{" + name.translate(_SIGNS) + "}"


def _spaced_product(parts: Sequence[tuple[_Text, Exponent]]) -> _Text:
    if not parts:
        return _Text("1", 2)
    out = ""
    for part, exponent in parts:
        divides = bool(out) and exponent < 0
        text = _raised(part, -exponent if divides else exponent).text
        out += (" / " if divides else " * ") + text if out else text
    return _Text(out, 1 if len(parts) > 1 else 2)


def _spaced_sum(parts: Sequence[tuple[_Text, int]]) -> _Text:
    ordered = sorted(parts, key=lambda part: part[1] < 0)  # no text under audit begins with a minus
    return _Text(_joined([(_wrapped(text, 1), sign) for text, sign in ordered]), 0)


def _raised(base: _Text, exponent: Exponent) -> _Text:
    if exponent == 1:
        return _Text(_wrapped(base, 2), 2)
    if exponent == Fraction(1, 2):
        return _Text(f"sqrt({base.text})", 3)
    size = -exponent if exponent < 0 else exponent
    power = decimal(Fraction(size)) or f"({size})"
    if exponent < 0 and power.startswith("("):
        return _Text(f"({_wrapped(base, 3)}^{power})^-1", 2)
    return _Text(f"{_wrapped(base, 3)}^{'-' if exponent < 0 else ''}{power}", 2)


def spaced(formula: Formula[L], quantity: Callable[[L], str]) -> str:
    """The formula as texts under audit have it: 12 agent * (44 day)^2 / 3 GPU. `quantity` gives a leaf's text."""
    algebra: Algebra[_Text] = Algebra(_spaced_product, _spaced_sum, _raised)
    return _written(formula, lambda item: _Text(quantity(item), 2), algebra)


def decimal(value: Fraction, plain: bool = False) -> str:
    """A number from 0 up as exact decimals, "" where it has none; large ones as 4.2e14, unless `plain`."""
    below, places = value.denominator, 0
    while below % 10 == 0 or below % 5 == 0 or below % 2 == 0:
        below, places = below // (10 if below % 10 == 0 else 5 if below % 5 == 0 else 2), places + 1
    if below != 1:
        return ""
    digits = str(value.numerator * 10**places // value.denominator)
    kept = digits.rstrip("0") or "0"
    power = len(digits) - 1 - places
    if not plain and kept != "0" and not -5 <= power <= 6:
        return f"{kept[0]}{'.' if kept[1:] else ''}{kept[1:]}e{power}"
    whole, after = (
        (digits[: len(digits) - places], digits[len(digits) - places :]) if places < len(digits) else ("", "")
    )
    after = (after or digits.rjust(places, "0") if places else "").rstrip("0")
    return f"{whole or 0}{'.' if after else ''}{after}"


_LONG_UNITS = {"kelvin": "kelvin", "ampere": "ampere", "byte": "byte", "bar_of_pressure": "bar"}
"""Units whose symbol or full name is read as something else behind a number."""


def measured(number: str, unit: Compound, noun: str = "") -> str:
    """A number with its unit: "32 TPU v3 board/agent", "5/s"; with the noun where it has no unit."""
    above = [_unit(t) for t in unit if t.exponent > 0]
    below = "".join("/" + _unit(t._replace(exponent=-t.exponent)) for t in unit if t.exponent < 0)
    return f"{number} {'*'.join(above) or noun}".rstrip() + below if above or not below else number + below


def _unit(term: UnitTerm) -> str:
    if term.prefix or term.name not in _LONG_UNITS:
        return written((term,))
    return _LONG_UNITS[term.name] + ("" if term.exponent == 1 else f"^{term.exponent}")


def number(value: Fraction) -> str:
    """A number as exact decimals, or as a fraction in brackets."""
    sign = "-" if value < 0 else ""
    return sign + (decimal(abs(value)) or f"({abs(value)})")


def with_range(value: Fraction, low: Fraction, high: Fraction, middle: Fraction) -> tuple[str, str]:
    """The range that has this value in its middle as (number, what is told behind the unit).

    ("0.15 to 0.45", ""), ("33", " within a factor of 3"), ("33", " (90% CI 28 to 38)"); only the value where no
    notation has it there exactly. `middle` is the geometric mean of the two ends, as the reader takes it.
    """
    alone, below, above = number(value), decimal(low, plain=True) if low > 0 else "", decimal(high, plain=True)
    if not 0 < low < value < high or alone.startswith("("):
        return alone, ""
    if below and above and value == middle:
        return f"{below} to {above}", ""
    if value * value == low * high and (factor := decimal(high / value, plain=True)):
        return alone, f" within a factor of {factor}"
    if 2 * value != low + high:
        return alone, ""
    return alone, f" (90% CI {below} to {above})" if below and above else ""
