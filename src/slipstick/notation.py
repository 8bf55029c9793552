"""Formulas as text and LaTeX, and formulas read from text such as "agents * days * peak * utilization".

    sum    = term {("+" | "-") term}
    term   = power {("*" | "/") power}
    power  = atom [("**" | "^") ["-"] number]
    atom   = name | number | "(" sum ")" | "sqrt" "(" sum ")"

Estimates are also written in the notation of the texts under audit. Its own small parser: text never reaches eval or
sympify.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import NamedTuple, TypeVar

from slipstick.formula import Algebra, Formula, Leaf, Power, Product, Sum, fold, written_length
from slipstick.units import Compound, Exponent, UnitTerm, written

L = TypeVar("L")

_LONGEST = 10**6
_LATEX = str.maketrans({"_": " ", "\\": "∖", **{sign: "\\" + sign for sign in "{}$#%&"}})

MAX_LENGTH = 10_000
_MAX_DEPTH = 50
_MAX_EXPONENT, _MAX_DENOMINATOR, _MAX_EXPONENT_LENGTH = 1000, 10**15, 100
_TOKEN = re.compile(r"\s*(\*\*|[-+*/^()]|[A-Za-z_]\w*|\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?)")


class FormulaError(ValueError):
    """A formula that cannot be read; the message says what was expected, and where."""


class _Parser:
    def __init__(self, text: str) -> None:
        if len(text) > MAX_LENGTH:
            raise FormulaError(f"the formula has {len(text)} characters; at most {MAX_LENGTH} are read")
        self.text, self.tokens, at = text, list[str](), 0
        while text[at:].strip():
            match = _TOKEN.match(text, at)
            if match is None:
                raise FormulaError(f"expected a name, a number or an operator at {text[at:].strip()[:20]!r}")
            self.tokens.append(match.group(1))
            at = match.end()
        self.i = 0
        self.names: dict[str, Leaf[str]] = {}

    def next(self, *expected: str) -> str:
        """Take the next token if it is one of `expected`, else the empty string."""
        if self.i < len(self.tokens) and self.tokens[self.i] in expected:
            self.i += 1
            return self.tokens[self.i - 1]
        return ""

    def sum(self, depth: int = 0) -> Formula[str]:
        """sum = term {("+" | "-") term}"""
        parts: list[tuple[Formula[str], int]] = [(self.term(depth), 1)]
        while sign := self.next("+", "-"):
            parts.append((self.term(depth), 1 if sign == "+" else -1))
        return parts[0][0] if len(parts) == 1 else Sum(tuple(parts))

    def term(self, depth: int) -> Formula[str]:
        """term = power {("*" | "/") power}"""
        parts: list[tuple[Formula[str], Exponent]] = [(self.power(depth), 1)]
        while sign := self.next("*", "/"):
            parts.append((self.power(depth), 1 if sign == "*" else -1))
        return parts[0][0] if len(parts) == 1 else Product(tuple(parts))

    def power(self, depth: int) -> Formula[str]:
        """power = atom [("**" | "^") ["-"] number]"""
        base = self.atom(depth)
        if not self.next("**", "^"):
            return base
        sign = -1 if self.next("-") else 1
        if self.i >= len(self.tokens) or not self.tokens[self.i][0].isdigit():
            raise FormulaError(f"expected a number as exponent in {self.text!r}")
        token = self.tokens[self.i]
        exponent = Fraction(token) if len(token) <= _MAX_EXPONENT_LENGTH else None
        if exponent is None or exponent > _MAX_EXPONENT or exponent.denominator > _MAX_DENOMINATOR:
            raise FormulaError(f"expected an exponent of -1000 to 1000 with at most 15 decimals, not {token[:40]}")
        self.i += 1
        return Power(base, sign * exponent)

    def atom(self, depth: int) -> Formula[str]:
        """atom = name | number | "(" sum ")" | "sqrt" "(" sum ")" """
        if depth > _MAX_DEPTH:
            raise FormulaError(f"the formula has brackets more than {_MAX_DEPTH} deep")
        if self.i >= len(self.tokens):
            raise FormulaError(f"expected a name or a number at the end of {self.text!r}")
        token = self.tokens[self.i]
        self.i += 1
        root = token == "sqrt" and bool(self.next("("))
        if root or token == "(":
            inner = self.sum(depth + 1)
            if not self.next(")"):
                raise FormulaError(f"a bracket is not closed in {self.text!r}")
            return Power(inner, Fraction(1, 2)) if root else inner
        if not (token[0].isalnum() or token[0] == "_"):
            raise FormulaError(f"expected a name or a number, found {token!r} in {self.text!r}")
        return self.names.setdefault(token, Leaf(token))


def parse(text: str) -> Formula[str]:
    """A formula whose leaves are names and number literals.

    Raises FormulaError where the text is no formula, is too long or nests too deep, TypeError for what is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f'expected a formula as a text, such as "a * b", not {text!r}')
    parser = _Parser(text)
    found = parser.sum()
    if parser.i != len(parser.tokens):
        raise FormulaError(f"expected an operator before {parser.tokens[parser.i]!r} in {text!r}")
    return found


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
        first = not out and exponent == 1  # a product in front of a product needs no brackets
        text = _wrapped(part, 1 if first else 2) if size == 1 else f"{_wrapped(part, 3)}**{_exponent(size)}"
        out += text if not out and exponent > 0 else ("1/" if not out else "*" if exponent > 0 else "/") + text
    return _Text(out, 1)


def plain(formula: Formula[L], name: Callable[[L], str]) -> str:
    """The formula as Python writes it: agents*days*peak, a/b, (a + b)*c, (a*b)**(1/2)."""
    algebra: Algebra[_Text] = Algebra(
        _plain_product,
        lambda parts: _Text(_joined([(_wrapped(t, 1), s) for t, s in parts]), 0),
        lambda base, exponent: _Text(f"{_wrapped(base, 3)}**{_exponent(exponent)}", 2),
    )
    return _written(formula, lambda item: _Text(name(item), 3), algebra)


def _latex_product(parts: Sequence[tuple[_Text, Exponent]]) -> _Text:
    above = [_latex_factor(p, e) for p, e in parts if e > 0]
    below = [_latex_factor(p, -e) for p, e in parts if e < 0]
    top = r" \cdot ".join(above) or "1"
    bottom = r" \cdot ".join(below)
    return _Text(rf"\frac{{{top}}}{{{bottom}}}" if below else top, 1)


def _latex_factor(part: _Text, exponent: Exponent) -> str:
    wrapped = _wrapped(part, 1 if exponent == 1 else 3, r"\left(", r"\right)")
    return wrapped if exponent == 1 else f"{wrapped}^{{{exponent}}}"


def _latex_power(base: _Text, exponent: Exponent) -> _Text:
    if exponent == Fraction(1, 2):
        return _Text(rf"\sqrt{{{base.text}}}", 3)
    return _Text(_wrapped(base, 3, r"\left(", r"\right)") + f"^{{{exponent}}}", 2)


def latex(formula: Formula[L], name: Callable[[L], str]) -> str:
    r"""The formula in LaTeX: \text{agents} \cdot \text{days}, \frac{a}{b}, \sqrt{a \cdot b}."""
    algebra: Algebra[_Text] = Algebra(
        _latex_product,
        lambda parts: _Text(_joined([(_wrapped(t, 1), s) for t, s in parts]), 0),
        _latex_power,
    )
    return _written(formula, lambda item: _Text(name(item), 3), algebra)


def latex_name(name: str) -> str:
    """A name in upright text, underscores as blanks; what means something to LaTeX stands for itself."""
    return r"\text{" + name.translate(_LATEX) + "}"


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
