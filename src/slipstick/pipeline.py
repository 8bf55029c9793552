"""The order of the stages: text, reading, verdicts, estimate, spread, findings, report. Only this file knows it."""

from __future__ import annotations

from bisect import bisect_left

from slipstick.document_findings import with_document_findings
from slipstick.estimates.estimate import Estimate
from slipstick.estimates.evaluation import UnitsError
from slipstick.estimates.inputs import Input
from slipstick.estimates.steps import written_steps
from slipstick.folding import one_finding_a_slip
from slipstick.formula import Leaf, with_leaves
from slipstick.frozen import replace
from slipstick.judging.asserted import is_told, judge_asserted, why_untold
from slipstick.judging.assumptions import Context, asks_for_hardware, estimate_of, named_part
from slipstick.judging.bare_rates import is_peak_in, judge_with_rate
from slipstick.judging.number_in_front import number_in_front
from slipstick.judging.verdicts import Judged
from slipstick.markup import View
from slipstick.markup.document import marked_view
from slipstick.passage import is_beside_fraction
from slipstick.reading.quantities.arithmetic import OutOfRange
from slipstick.reading.quantities.mentions import Mentions
from slipstick.reading.quantities.stated import StatedQuantities
from slipstick.reading.relations.chains import read_document
from slipstick.reading.relations.claims import WrittenCalculation
from slipstick.reading.relations.found import Document, UnreadPlace
from slipstick.report import Coverage, Report, ReportedCalculation, Suppressed, Unread
from slipstick.rule import Audited
from slipstick.settings import DEFAULTS, Settings
from slipstick.source import Source, Span
from slipstick.summary import Evaluated, reported
from slipstick.traits import traits_of
from slipstick.uncertainty.spread import Spread


def _context(judged: Judged, asks: bool, found: Mentions, settings: Settings) -> Context:
    """What is known around a calculation; `asks` says whether anything in it depends on its hardware."""
    part, around = named_part(judged.reading), None
    if part is None and asks:
        part = found.nearest(judged.written.span)
        around = found.only(judged.written.span) if part is None else None
        able = (around,) if around is not None else found.parts if part is None else ()
        theirs = [each for each in able if is_peak_in(judged.reading, each)]
        if len(theirs) == 1:
            part, around = theirs[0], None
    if part is None and around is None:
        return settings.context
    return Context(part, settings.year, settings.utilization, around)


def _estimate(judged: Judged, asks: bool, context: Context) -> Estimate | None:
    """The estimate of a reading; None where it has no value."""
    if judged.reading.trouble or judged.reading.value is None:
        return None
    estimate = estimate_of(judged.reading, context, asks=asks)
    try:
        if estimate.powers is None:  # only in a sum are unlike things added
            _ = estimate.dimension
    except (UnitsError, OutOfRange):
        return None
    return estimate


def _evaluate(
    judged: Judged, found: Mentions, stated: StatedQuantities, settings: Settings
) -> tuple[Audited, Evaluated]:
    asks = asks_for_hardware(judged.reading)
    context = _context(judged, asks, found, settings)
    estimate = _estimate(judged, asks, context)
    spread, failed = None, ""
    try:
        spread = _spread(estimate) if estimate else None
    except (ValueError, ArithmeticError) as error:
        failed = f"its spread could not be computed: {error}"
    audited = Audited(stated.text, judged, estimate, context, spread, stated, asks=asks)
    rules = settings.rules_for(traits_of(audited))
    findings = [found.finding(rule) for rule in rules for found in rule.check(audited)]
    if len(findings) > 1:
        findings.sort(key=lambda finding: finding.order)
    made = Evaluated(judged, estimate, spread, tuple(findings), failed)
    if not audited.is_off and not settings.figures:
        return audited, made
    from slipstick.diagnosed import with_diagnosis  # most calculations hold, and ask for none

    return audited, with_diagnosis(made, audited, settings.figures)


MOST_UNCERTAIN = 100
"""The most uncertain inputs for which a text gets an interval: a hostile one must not keep the audit busy."""


def _spread(estimate: Estimate) -> Spread | None:
    """Raises ValueError where there is none, or too many inputs are uncertain."""
    uncertain = len([given for given in estimate.inputs if given.low is not None and given.is_uncertain])
    if not uncertain:
        return None
    if uncertain > MOST_UNCERTAIN:
        raise ValueError(f"{uncertain} of its inputs are uncertain, more than {MOST_UNCERTAIN}")
    from slipstick.estimates.error_bars import spread_of  # many texts have nothing uncertain

    return spread_of(estimate)


def _is_bracket_beside(written: WrittenCalculation) -> bool:
    """Whether only its place says that a bracket computes the number before it: "$245,000 (512 chips * $480)"."""
    weak = [claim.span.start for claim in written.claims if claim.weak]
    return bool(weak) and min(weak) < written.expression.span.start


def _places(made: ReportedCalculation) -> list[Span]:
    """The places that were read for a calculation: its own, and those of inputs that stand elsewhere."""
    start, end = made.span
    spans = [given.span for given in made.inputs]
    return [made.span, *[span for span in spans if span[0] < start or span[1] > end]]


def _coverage(source: Source, document: Document, calculations: int, told: list[Span]) -> Coverage:
    """Numbers are counted as written: 2.02 * 10^23 has three."""
    starts, read = document.numbers, set[int]()
    for start, end in told:
        read.update(range(bisect_left(starts, start), bisect_left(starts, end)))
    seen = len(starts) + document.numbers_elsewhere
    unread = tuple([Unread(u.span, u.span.of(source.text), u.reason) for u in sorted(document.unread)])
    return Coverage(calculations, len(read), seen, unread)


def audit(source: Source | str, settings: Settings | None = None) -> Report:
    """Audit one text. Never raises on any text: what is wrong with it is in the report.

    Raises TypeError for anything that is no text.
    """
    source = Source(source) if isinstance(source, str) else source
    if not isinstance(source, Source):
        raise TypeError(f"expected a text or a Source, not {type(source).__name__}")
    settings = _settings(settings)
    marked = marked_view(source.text)
    view, comments = marked.view, marked.comments
    plain = source if view.is_identity else replace(source, text=view.text)
    report = _audit_plain(plain, settings)
    if comments or settings.ignore:
        from slipstick.suppression import suppressed

        report = suppressed(report, comments, view, source, settings)
    elif not view.is_identity:
        report = report.placed(source, view.raw)
    if not settings.figures:
        return report
    from slipstick.diagnosed import settled

    return settled(report, settings)


def _settings(given: object) -> Settings:
    """The settings, or the defaults for None. Raises TypeError for anything else."""
    if given is None:
        return DEFAULTS
    if not isinstance(given, Settings):
        raise TypeError(f"expected Settings, such as Settings(year=2021), not {type(given).__name__}")
    return given


def _audit_plain(source: Source, settings: Settings) -> Report:
    document = read_document(source.text)
    found, stated = Mentions(source.text), StatedQuantities(source.text, document.stretches)
    calculations: list[ReportedCalculation] = []
    expressions: list[ReportedCalculation] = []
    audits: list[Audited] = []
    for written in _all_written(source.text, document, found, stated):
        try:
            made = _audited(source, written, audits, found, stated, settings)
        except (ArithmeticError, ValueError, RecursionError) as error:
            document.unread.append(UnreadPlace(written.span, f"it could not be computed: {error}"))
            continue
        if isinstance(made, UnreadPlace):
            document.unread.append(made)
            continue
        audits.append(made[0])
        (calculations if made[1].claims else expressions).append(made[1])
    told = [span for made in calculations + expressions for span in _places(made)]
    coverage = _coverage(source, document, len(calculations), told)
    hidden = Suppressed(not_run=settings.not_run)
    report = Report(source, coverage, tuple(calculations), tuple(expressions), suppressed=hidden)
    return one_finding_a_slip(with_document_findings(report, audits, settings.document_rules))


def _all_written(text: str, document: Document, found: Mentions, stated: StatedQuantities) -> list[WrittenCalculation]:
    """Everything that was read, calculations before expressions; what tables assert by their columns made sure."""
    written = document.calculations + document.expressions
    if "|" not in text or not any(claim.relation == "|" for each in written for claim in each.claims):
        return written
    from slipstick.judging.result_columns import told_by_column  # few texts have tables

    return told_by_column(text, written, lambda each: judge_with_rate(each, found, stated))


def _audited(
    source: Source,
    written: WrittenCalculation,
    audits: list[Audited],
    found: Mentions,
    stated: StatedQuantities,
    settings: Settings,
) -> tuple[Audited, ReportedCalculation] | UnreadPlace:
    """One calculation or expression, audited, with its report; or the reason why nothing is told of it.

    `audits` are those before it.
    """
    judged = judge_asserted(written, lambda each: judge_with_rate(each, found, stated))
    if not judged.claims and _is_bracket_beside(written):
        return UnreadPlace(written.span, "what the bracket gives is not the number before it")
    missed = [claim for claim in judged.claims if claim.verdict != "holds"]
    if missed and (meant := _other_meaning(source.text, judged, audits, stated)):
        return UnreadPlace(written.span, meant)
    if written.claims and not is_told(judged):
        if written.kind == "restatement":
            return UnreadPlace(written.span, why_untold(judged))
        bare = written._replace(span=written.expression.span, claims=())
        judged = judged._replace(written=bare, claims=())
    audited, evaluated = _evaluate(judged, found, stated, settings)
    return audited, reported(source.text, evaluated)


def _other_meaning(text: str, judged: Judged, audits: list[Audited], stated: StatedQuantities) -> str:
    """What a claim that does not hold may mean other than its calculation; "" where nothing else is likely."""
    from slipstick.judging.carried import MOST_RESULTS, carried_result
    from slipstick.judging.other_meanings import other_meaning
    from slipstick.judging.parts_alone import last_part_alone

    if any(claim.verdict == "off" for claim in judged.claims) and is_beside_fraction(text, judged.written.span):
        return "it may be part of a fraction whose bar was lost"
    if in_front := number_in_front(text, judged):
        return f"its result may count the {in_front} in front of it"
    meant = last_part_alone(judged) or other_meaning(judged, stated)
    return meant or carried_result(judged, [each.judged for each in audits[-MOST_RESULTS:]], text)


def read_estimates(text: str, settings: Settings | None = None) -> tuple[Estimate, ...]:
    """Every estimate that a text holds, in order, calculations before expressions without a result.

    What has no value, or cannot be computed, gives none. Raises TypeError for anything that is no text.
    """
    if not isinstance(text, str):
        raise TypeError(f"expected a text, not {type(text).__name__}")
    settings = _settings(settings)
    view = marked_view(text).view
    document = read_document(view.text)
    found, stated = Mentions(view.text), StatedQuantities(view.text, document.stretches)
    estimates = []
    for written in document.calculations + document.expressions:
        try:
            judged = judge_with_rate(written, found, stated)
            asks = asks_for_hardware(judged.reading)
            estimate = _estimate(judged, asks, _context(judged, asks, found, settings))
        except (ArithmeticError, ValueError, RecursionError):
            continue  # as in `audit`: what cannot be computed does not stop the rest
        if estimate is not None:
            placed = estimate if view.is_identity else _placed(estimate, view)
            estimates.append(replace(placed, written_steps=written_steps(view.text, judged.reading)))
    return tuple(estimates)


def _placed(estimate: Estimate, view: View) -> Estimate:
    """The estimate with the places of its inputs in the marked-up text."""

    def moved(given: Input) -> Leaf[Input]:
        return Leaf(replace(given, span=view.raw(*given.span)) if given.span else given)

    return replace(estimate, formula=with_leaves(estimate.formula, moved))


def read_estimate(text: str, settings: Settings | None = None) -> Estimate:
    """The first estimate in a text. Raises ValueError where the text holds none."""
    found = read_estimates(text, settings)
    if not found:
        raise ValueError(f"no calculation was read in {text[:60]!r}; expected numbers with operators between them")
    return found[0]
