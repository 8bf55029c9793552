"""What a rule is: metadata, page, examples and check in one object.

A rule file carries its page in its docstring (What it finds, Why it matters, Stays silent when, Source) and its
examples in the decorator: `bad` texts that it must find, `good` ones that are the false alarms to fear. Tests and the
documentation page are made from them.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Protocol

from slipstick.cached_properties import cached_property
from slipstick.estimates.estimate import Estimate
from slipstick.finding import Confidence, Finding, Fix, Label, Severity
from slipstick.formula import monomial, outer_leaves
from slipstick.frozen import Frozen
from slipstick.judging.assumptions import Context, asks_for_hardware
from slipstick.judging.device_rates import DeviceRate, device_rates, scaled
from slipstick.judging.naming import is_rate, says_utilization
from slipstick.judging.verdicts import Claim, Judged
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.arithmetic import plain_float, plain_number
from slipstick.reading.quantities.kinds import kind_of
from slipstick.reading.quantities.numbers import Number
from slipstick.reading.quantities.quantities import Quantity
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.source import Span

if TYPE_CHECKING:
    from slipstick.diagnosis import Diagnoses
    from slipstick.uncertainty.spread import Spread


_BEFORE, _BEHIND, _PAGE = 600, 200, 4000
"""How many characters around a calculation are taken to be about it."""


class Audited:
    """All that a check may look at: one calculation and its stages; `estimate` is None where nothing came out."""

    def __init__(
        self,
        text: str,
        judged: Judged,
        estimate: Estimate | None,
        context: Context,
        spread: Spread | None = None,
        stated: StatedQuantities | None = None,
        *,
        asks: bool | None = None,
    ) -> None:
        self.text, self.judged, self.estimate, self.context = text, judged, estimate, context
        self.spread = spread
        """The spread of the estimate; None where nothing is uncertain, or it could not be computed."""
        self.stated: StatedQuantities = stated or StatedQuantities(text)
        """The quantities that the text states, in prose and in calculations: one object for all of a text."""
        self.reading: Interpretation = judged.reading
        self.last_claim: Claim | None = judged.claims[-1] if judged.claims else None
        """The result in the end."""
        self.value: Fraction | None = judged.reading.value
        """The recomputed value in base units."""
        self.is_off: bool = "off" in [claim.verdict for claim in judged.claims]
        """Whether any claim is."""
        self.has_rate: bool = asks_for_hardware(judged.reading) if asks is None else asks
        """Whether a factor is a rate in FLOP/s, a number without a unit that may be one, or a utilization."""
        self.utilizations: list[ReadFactor] = (
            [f for f in self.reading.factors if (not f.unit or f.role) and says_utilization(f)] if self.has_rate else []
        )
        """The factors that are called a utilization (MFU, HFU, efficiency)."""

    @cached_property
    def is_table_row(self) -> bool:
        """Whether it is a row of a table, whose figures are those of a run of its own."""
        return "|" in [claim.relation for claim in self.judged.written.claims]

    @cached_property
    def rate_factors(self) -> list[ReadFactor]:
        """The factors that are rates in FLOP/s, of whatever they are per."""
        return [f for f in self.reading.factors if f.unit and is_rate(f)] if self.has_rate else []

    @cached_property
    def shares(self) -> list[ReadFactor]:
        """The factors without a unit that are between 0 and 1."""
        bare = [(f, *f.value.as_integer_ratio()) for f in self.reading.factors if not f.unit]
        return [f for f, above, below in bare if 0 < above < below]

    @cached_property
    def rates(self) -> tuple[DeviceRate, ...]:
        """The rates that are for hardware of a known part."""
        return device_rates(self.reading, self.context.part or self.context.around)

    @cached_property
    def names_devices(self) -> bool:
        """Whether any unit has a kind or level of device in it."""
        return any(any(kind_of(term.name)) for f in self.reading.factors for term in f.unit)

    @cached_property
    def near_by(self) -> str:
        """The calculation and the text next to it, where its hardware and number format are told."""
        span = self.judged.written.span
        return self.text[max(span.start - _BEFORE, 0) : span.end + _BEHIND]

    @cached_property
    def text_before(self) -> str:
        """The text next to the calculation, before it."""
        start = self.judged.written.span.start
        return self.text[max(start - _BEFORE, 0) : start]

    @cached_property
    def wide(self) -> str:
        """The calculation and a page or so of text on either side."""
        span = self.judged.written.span
        return self.text[max(span.start - _PAGE, 0) : span.end + _PAGE]

    def becomes(self, factor: Fraction) -> str:
        """The result with one of its factors changed so many times, in words: "4.64e22 FLOP (1/4 of it)"."""
        value = scaled(self.reading, factor)
        is_part = factor.numerator == 1 and factor.denominator > 1
        times = f"1/{factor.denominator} of it" if is_part else f"{short(factor)} times"
        unit = f" {self.reading.label}" if self.reading.dimension else ""
        return times if value is None else f"{short(value)}{unit} ({times})"

    def value_with(self, factor: ReadFactor, times: Fraction | int) -> Fraction | None:
        """The value with one factor `times` as large; None inside a sum, or for one to another power than 1 or -1."""
        parts = (monomial(self.reading.formula) or outer_leaves(self.reading.formula)) if self.value is not None else ()
        power = next((exponent for item, exponent in parts or () if item is factor), None)
        if self.value is None or power not in (1, -1):
            return None
        return self.value * times if power == 1 else self.value / times

    @cached_property
    def diagnoses(self) -> Diagnoses | None:
        """What explains the last claim that is off, searched once; None where no claim is, or it is a bound."""
        if not self.is_off:
            return None
        from slipstick.diagnosis import diagnose, of_claim  # most texts hold nothing that is off

        claim = next(c for c in reversed(self.judged.claims) if c.verdict == "off")
        target = of_claim(self.text, claim)
        return diagnose(self.text, self.reading, self.context, target) if target else None


class Found:
    """One thing that a check found; the rule adds its code and name. See `Finding` for the fields."""

    def __init__(
        self,
        span: Span,
        message: str,
        severity: Severity = Severity.NOTE,
        *,
        confidence: Confidence = Confidence.HIGH,
        related: tuple[Label, ...] = (),
        fix: Fix | None = None,
    ) -> None:
        self.span, self.message, self.severity = span, message, severity
        self.confidence, self.related, self.fix = confidence, related, fix

    def finding(self, rule: Named) -> Finding:
        """It, with the code and name of the rule that found it."""
        return Finding(
            rule.code, rule.name, self.severity, self.message, self.span, self.confidence, self.related, self.fix
        )


Check = Callable[[Audited], Iterator[Found]]


class Named(Protocol):
    """What a finding says of its rule."""

    @property
    def code(self) -> str:
        """Its code, as C101."""

    @property
    def name(self) -> str:
        """Its name, as packaging-ratio."""


class Described(Named, Protocol):
    """What the table of rules says of each, whatever it looks at; the fields are those of `Rule`."""

    @property
    def page(self) -> str:
        """Its page, the docstring of its module."""

    @property
    def bad(self) -> tuple[str, ...]:
        """Texts in which it finds something."""

    @property
    def good(self) -> tuple[str, ...]:
        """Texts in which it finds nothing, and might have."""

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Every severity that its findings may have, the usual one first."""

    @property
    def default_on(self) -> bool:
        """Whether it runs unless told otherwise."""

    @property
    def option(self) -> str:
        """The option of `slipstick audit` that its examples are given with; "" for none."""


class Rule(Frozen):
    """A rule, as its file makes it."""

    code: str
    name: str
    page: str
    bad: tuple[str, ...]
    good: tuple[str, ...]
    check: Check
    severities: tuple[Severity, ...] = (Severity.NOTE,)
    """Every severity that its findings may have, the usual one first."""
    option: str = ""
    """The option of `slipstick audit` that its examples are given with, such as `--against "5 J"`; "" for none."""


def rule(
    code: str,
    name: str,
    *,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    severities: tuple[Severity, ...] = (Severity.NOTE,),
) -> Callable[[Check], Rule]:
    """Make a check the rule `code`; its page is the docstring of the module that it stands in.

    When it is loaded and asked, the table of rules says (`slipstick.rules`).
    """

    def made(check: Check) -> Rule:
        page = (sys.modules[check.__module__].__doc__ or "").strip()
        return Rule(code, name, page, bad, good, check, severities)

    return made


def found_elsewhere(
    code: str,
    name: str,
    *,
    page: str,
    bad: tuple[str, ...],
    good: tuple[str, ...],
    severity: Severity = Severity.NOTE,
    option: str = "",
) -> Rule:
    """A rule about the text as a whole, whose findings another stage makes: here are its name and its page."""
    return Rule(code, name, page.strip(), bad, good, lambda _: iter(()), (severity,), option=option)


def in_claim_words(text: str, claim: Claim, value: Fraction, digits: int = 4) -> str:
    """`value` (in base units) written as the claim is: its currency sign, its unit's words, its percent sign.

    A scale word is written out into the number: $5.29M becomes $5.29e5 where that is the value.
    """
    span = claim.written.span
    node = claim.written.node
    number = value / (claim.value / claim.number) if claim.number and claim.value else value
    if not isinstance(node, Quantity):
        return short(number, digits)
    number *= node.unit.divisor if node.unit is not None else 1  # so many dollars per 1M tokens
    written = node.number.span
    sign = text[written.start] if text[written.start] in "$€£¥" else ""
    shown = short(number * 100, digits) + "%" if node.number.percent else _like(number, node.number, text, digits)
    return " ".join(f"{sign}{shown}{text[written.end : span.end]}".split())


_PLAIN = pattern(r"[$€£¥]?\d[\d,]*(?:\.\d+)?")
_MOST_PLAIN, _MOST_DIGITS, _FEW = 10**7, 8, 1000


def _like(number: Fraction, own: Number, text: str, digits: int) -> str:
    """A number in the digits that tell it from the claim's own, where it misses that, and in the same notation."""
    apart, written = abs(number - own.value), own.span.of(text)
    if apart > own.last_digit:
        while digits < _MOST_DIGITS and 10 * abs(Fraction(short(number, digits)) - number) > apart:
            digits += 1
    shown = short(number, digits)
    if "e" not in shown or not 1 <= abs(number) < _MOST_PLAIN or not _PLAIN.fullmatch(written):
        return shown
    rounded = number if number.denominator == 1 else Fraction(shown)
    return f"{int(rounded):,}" if "," in written or own.value < _FEW else f"{int(rounded)}"


def short(value: Fraction | float, digits: int = 3) -> str:
    """A number as a message shows it: 2.4e22, 1.1, 123."""
    return plain_float(value, digits) if isinstance(value, float) else plain_number(Fraction(value), digits)
