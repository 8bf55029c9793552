"""Formulas read from text such as "agents * days * peak * utilization".

    sum    = term {("+" | "-") term}
    term   = power {("*" | "/") power}
    power  = atom [("**" | "^") ["-"] number]
    atom   = name | number | "(" sum ")" | "sqrt" "(" sum ")"

Its own small parser: text never reaches eval or sympify.
"""

from __future__ import annotations

import re
from fractions import Fraction

from slipstick.formula import Formula, Leaf, Power, Product, Sum
from slipstick.units import Exponent

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
