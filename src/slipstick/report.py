"""The report, version 1: plain values and spans, as other programs read it (`specs/report.md`).

Values are in base units (s, FLOP, byte, USD, J, W, m, kg, plain counts); `unit` says which. Offsets are code points
into the source text, half-open. What is unknown is None or empty. No sympy and no pint, not even indirectly.
"""

# Annotations are evaluated here: as text, NamedTuple would compile each of them at every start.

from collections.abc import Callable
from typing import NamedTuple

from slipstick.deferred import Deferred
from slipstick.finding import Finding, Severity
from slipstick.source import Source, Span

SCHEMA = "slipstick-report/1"


class Interval(NamedTuple):
    """A credible interval: `level` of the probability lies between `low` and `high`.

    `method` is scaled, lognormal, quadrature or sampled. `first_order` is the interval that first-order propagation
    gives for the same inputs, as a check beside it.
    """

    level: float
    low: float
    median: float
    high: float
    method: str
    first_order: tuple[float, float] | None = None


class Written(NamedTuple):
    """A number in the writer's own unit."""

    value: float
    unit: str


class ReportedInput(NamedTuple):
    """A factor of the calculation that is no conversion.

    `low` and `high` are None for an exact input; `share` is its part of the variance of the log of the result;
    `implied` the value that would make the last claim true.
    """

    name: str
    value: float
    unit: str
    span: Span
    role: str | None = None
    low: float | None = None
    high: float | None = None
    source: str | None = None
    share: float | None = None
    implied: float | None = None
    written: Written | None = None

    @property
    def scale(self) -> float:
        """What one in base units is in the writer's own; 1 where that is not known."""
        return self.written.value / self.value if self.written and self.value else 1.0


class ReportedStep(NamedTuple):
    """A factor or term as written, what it was read as, and the running value after it."""

    text: str
    read_as: str
    value: float | None
    unit: str
    operator: str = "*"


class ReportedClaim(NamedTuple):
    """An asserted result; `ratio` is the calculation's value over the claim's, `verdict` holds, off or unknown."""

    span: Span
    value: float
    unit: str
    written: Written
    verdict: str
    ratio: float | None


class ReportedEdit(NamedTuple):
    """One change to what was written: a slip by its `name` and `kind` (`data/slips.csv`), in words, with its source.

    `factor` is the value after it over the value before it; `span` its place, None where it has none; `replacement`
    what would stand there, "" where nothing is put in its place.
    """

    name: str
    kind: str
    text: str
    factor: float
    span: Span | None
    replacement: str
    source: str


class ReportedDiagnosis(NamedTuple):
    """One change, or a pair, that leads from the calculation's value to a number that it disagrees with.

    `plausibility` is its share among all that fit and causes without a name, 0 to 1; `chance` how many changes as
    plausible would fit any number there; `equally_fitting` are other single changes with the very same value.
    """

    text: str
    value: float
    plausibility: float
    chance: float
    confidence: str
    edits: tuple[ReportedEdit, ...]
    equally_fitting: tuple[ReportedEdit, ...] = ()


class ReportedComparison(NamedTuple):
    """The calculation's value beside a rival `figure`, in its words and as `value` in base units.

    `ratio` is the calculation's value over the figure's, `agrees` whether it rounds to it, `explanation` says what
    would lead there, `near` which changes nearly do. `line` is that of the one calculation that it is for, else None.
    """

    figure: str
    value: float
    unit: str
    ratio: float
    agrees: bool
    explanation: str
    near: tuple[str, ...]
    diagnosis: tuple[ReportedDiagnosis, ...]
    line: int | None = None


class Derivation(NamedTuple):
    """A calculation written out: its formula over the inputs by their names, as text and in LaTeX, and its steps."""

    expression: str = ""
    latex: str = ""
    steps: tuple[ReportedStep, ...] = ()


class ReportedCalculation(NamedTuple):
    """One calculation, from its first factor to its last claim (`kind`: see `specs/report.md`).

    Few who ask for a report want the calculations written out: that is done when it is first asked for.
    """

    span: Span
    text: str
    kind: str
    value: float | None
    unit: str
    unit_stated: bool
    interval: Interval | None
    inputs: tuple[ReportedInput, ...] = ()
    claims: tuple[ReportedClaim, ...] = ()
    findings: tuple[Finding, ...] = ()
    why_no_interval: str | None = None
    diagnosis: tuple[ReportedDiagnosis, ...] = ()
    why_no_diagnosis: str | None = None
    against: tuple[ReportedComparison, ...] = ()
    derivation: Deferred[Derivation] = Deferred.known(Derivation())

    @property
    def expression(self) -> str:
        """The formula over the inputs by their names."""
        return self.derivation.value.expression

    @property
    def latex(self) -> str:
        """The formula in LaTeX."""
        return self.derivation.value.latex

    @property
    def steps(self) -> tuple[ReportedStep, ...]:
        """Each factor or term as written, as read, and the running value."""
        return self.derivation.value.steps


class Unread(NamedTuple):
    """A place with numbers and arithmetic that was seen and not read, with the reason."""

    span: Span
    text: str
    reason: str


class Coverage(NamedTuple):
    """How much of the text was read: calculations, numbers in them, numbers seen in all, what was not read."""

    calculations: int = 0
    numbers_read: int = 0
    numbers_seen: int = 0
    unread: tuple[Unread, ...] = ()


Counts = tuple[tuple[str, int], ...]
"""How many findings of each code, by code."""


class Suppressed(NamedTuple):
    """The findings that are not in the report, by what hides them, and the codes of the rules that did not run."""

    ignored: Counts = ()
    comment: Counts = ()
    baseline: Counts = ()
    not_run: tuple[str, ...] = ()


class Report(NamedTuple):
    """The audit of one source."""

    source: Source
    coverage: Coverage = Coverage()
    calculations: tuple[ReportedCalculation, ...] = ()
    expressions: tuple[ReportedCalculation, ...] = ()
    findings: tuple[Finding, ...] = ()
    suppressed: Suppressed = Suppressed()

    def placed(self, source: Source, raw: Callable[[int, int], Span]) -> "Report":
        """The report of a plain text as that of the marked-up `source` it was made from; `raw` maps its places.

        A fix stays where it replaces no markup: put in place of half a formula, it would break the rest.
        """

        def moved(finding: Finding) -> Finding:
            placed = _placed_finding(finding, raw)
            kept = placed.span.of(source.text).split() == finding.span.of(self.source.text).split()
            return placed if kept else placed._replace(fix=None)

        calculations = tuple(_placed_calculation(c, source, raw, moved) for c in self.calculations)
        expressions = tuple(_placed_calculation(c, source, raw, moved) for c in self.expressions)
        unread = tuple(Unread(span := raw(*u.span), span.of(source.text), u.reason) for u in self.coverage.unread)
        findings = tuple(map(moved, self.findings))
        coverage = self.coverage._replace(unread=unread)
        return Report(source, coverage, calculations, expressions, findings, self.suppressed)

    def kept(self, keeps: Callable[[Finding, ReportedCalculation | None], bool]) -> "Report":
        """The report with those findings alone that `keeps` says yes to; asked in the report's order, once each."""

        def of(made: ReportedCalculation) -> ReportedCalculation:
            left = tuple([finding for finding in made.findings if keeps(finding, made)])
            return made if len(left) == len(made.findings) else made._replace(findings=left)

        return self._replace(
            calculations=tuple(map(of, self.calculations)),
            expressions=tuple(map(of, self.expressions)),
            findings=tuple([finding for finding in self.findings if keeps(finding, None)]),
        )

    def worst(self) -> Severity | None:
        """The gravest severity in the report, or None where there is no finding."""
        every = [*self.findings, *(f for c in self.calculations for f in c.findings)]
        return max((f.severity for f in every), key=lambda s: s.rank, default=None)


def _placed_calculation(
    made: ReportedCalculation, source: Source, raw: Callable[[int, int], Span], moved: Callable[[Finding], Finding]
) -> ReportedCalculation:
    span = raw(*made.span)
    return made._replace(
        span=span,
        text=span.of(source.text),
        inputs=tuple(given._replace(span=raw(*given.span)) for given in made.inputs),
        claims=tuple(claim._replace(span=raw(*claim.span)) for claim in made.claims),
        findings=tuple(map(moved, made.findings)),
        diagnosis=_placed_diagnoses(made.diagnosis, raw),
        against=tuple(each._replace(diagnosis=_placed_diagnoses(each.diagnosis, raw)) for each in made.against),
    )


def _placed_diagnoses(
    made: tuple[ReportedDiagnosis, ...], raw: Callable[[int, int], Span]
) -> tuple[ReportedDiagnosis, ...]:
    def placed(edits: tuple[ReportedEdit, ...]) -> tuple[ReportedEdit, ...]:
        return tuple(edit._replace(span=raw(*edit.span)) if edit.span else edit for edit in edits)

    return tuple(d._replace(edits=placed(d.edits), equally_fitting=placed(d.equally_fitting)) for d in made)


def _placed_finding(finding: Finding, raw: Callable[[int, int], Span]) -> Finding:
    related = tuple(label._replace(span=raw(*label.span)) for label in finding.related)
    return finding._replace(span=raw(*finding.span), related=related)
