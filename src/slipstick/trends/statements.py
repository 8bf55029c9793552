"""A trend in sentences: what a reader has to know to use it, in the order in which it matters."""

from __future__ import annotations

from collections.abc import Iterator
from math import isfinite

from slipstick.trends.choosing import OTHER_ACCOUNTING, RECORDS
from slipstick.trends.lines import Projection, Reached
from slipstick.trends.points import MONTHS, NINETY, TrendPoint, combined
from slipstick.trends.trend import Alternative, Comparison, Statement, Step, Trend
from slipstick.trends.wording import dates, distance, distance_ends, duration, ends, figure, in_unit, pace, percent


def statements(made: Trend, too_close: bool) -> Iterator[Statement]:
    """The sentences, each complete by itself. `too_close`: points lie closer to the line than their intervals say."""
    said = {
        "pace": _paces(made),
        "scatter": [_scatter(made, too_close)],
        "break": [_break(made)],
        "step": _last_step(made),
        "projection": (_projection(made, projected) for projected in made.projections),
        "reach": (_reached(made, reached) for reached in made.reached),
        "comparison": (_comparison(made, compared) for compared in made.comparisons),
        "choice": (_alternative(made, each) for each in made.alternatives),
        "caution": _cautions(made),
    }
    for topic, texts in said.items():
        yield from (Statement(topic, text) for text in texts)


def _paces(made: Trend) -> Iterator[str]:
    for segment in made.segments:
        months = segment.doubling_months
        interval = f" ({percent(made.level)} interval {ends(months)})" if isfinite(months.value) else ""
        through = f"through {segment.points} points from {segment.start} to {segment.end}"
        yield (
            f"It {pace(segment)}{interval}, {figure(segment.growth.value)} times a year "
            f"({ends(segment.growth)}), {through}: {made.choice}."
        )
        if months.high is None:
            yield f"Within that interval, no change at all is not ruled out from {segment.start} to {segment.end}."


def _scatter(made: Trend, too_close: bool) -> str:
    factor = figure(2**made.residual) if made.residual < 996 else "more than 1e300"  # beyond floats at 1024
    said = (
        f"Systems scatter about the line by a factor of {factor} "
        f"({figure(made.residual)} doublings, one standard deviation); R² is {made.r_squared:.2f}"
    )
    if not made.own_error:
        return f"{said}. The points have no intervals of their own."
    if too_close:
        return f"{said}. That is less than the points' own intervals say, so the intervals here are made of those."
    share = min(1.0, made.own_error**2 / made.residual**2) if made.residual else 1.0
    return f"{said}. The points' own intervals account for {percent(share, 2)} of its variance."


def _break(made: Trend) -> str:
    test = made.break_test
    if test is None:
        return made.why_no_test[:1].upper() + made.why_no_test[1:] + "."
    simulated = f"of {test.simulations} simulated series without a break"
    chance = f"{simulated} {percent(test.p, 2)} have as large an F as {test.statistic:.1f}"
    if not test.found:
        return (
            f"No break is found: the best line with one bends at {test.when} ({test.before.points} points before, "
            f"{test.after.points} after), but {chance}; {percent(test.threshold)} would be the limit."
        )
    low, high = test.interval
    before, after = (f"{pace(each)} ({ends(each.doubling_months)})" for each in (test.before, test.after))
    return (
        f"The pace changes about {test.when} ({percent(made.level)} interval {low} to {high}): it {before} before, "
        f"through {test.before.points} points, and {after} after, through {test.after.points}; {chance}."
    )


def _last_step(made: Trend) -> Iterator[str]:
    """What really happened last, and what another accounting of either end makes of it."""
    if not made.steps:
        return
    last = made.steps[-1]
    yield _step(last, made)
    for step, other in counted_otherwise(made, last):
        accounting = f", by {other.accounting} accounting" if other.accounting else ""
        yield (
            f"With {in_unit(other.value, made.unit)} for {other.name}{accounting}, it is {_doublings(step)} from "
            f"{step.start.name} to {step.end.name}{_doubling(step)}: {_contrast(last, step)}"
        )


def counted_otherwise(made: Trend, last: Step) -> Iterator[tuple[Step, TrendPoint]]:
    """The last step with an end for which the table has another figure, or from what would be the last record if it
    were counted so; each with that other figure.
    """
    highest: dict[str, TrendPoint] = {}
    for point in made.points:
        if point.used or not point.name:
            continue
        if point.name == last.start.name and point.value != last.start.value:
            yield last_of(point, last.end, made), point
        elif point.name == last.end.name and point.value != last.end.value:
            yield last_of(last.start, point, made), point
        elif point.why_unused == OTHER_ACCOUNTING and last.start.date <= point.date < last.end.date:
            best = highest.get(point.accounting, last.start)
            highest[point.accounting] = max(best, point, key=lambda each: each.value)
    for point in highest.values():
        if point is not last.start:
            yield last_of(point, last.end, made), point


def last_of(start: TrendPoint, end: TrendPoint, made: Trend) -> Step:
    """The step between two points, beside what the line has for that time."""
    months = MONTHS * (end.year - start.year)
    expected = made.line.middle(end.year) - made.line.middle(start.year)
    return Step(start, end, months, end.doublings - start.doublings, expected, combined(start.deviation, end.deviation))


def _step(step: Step, made: Trend) -> str:
    who = [f"{point.name or in_unit(point.value, made.unit)} ({point.date})" for point in (step.start, step.end)]
    own = NINETY * step.error
    interval = f" (90 % interval {figure(step.doublings - own)} to {figure(step.doublings + own)})" if own else ""
    return (
        f"From {who[0]} to {who[1]}, {figure(step.months)} months, there were {_doublings(step)}"
        f"{interval}{_doubling(step)}; the line has {figure(step.expected)} for that time."
    )


def _doublings(step: Step) -> str:
    said = figure(step.doublings)
    return f"{said} doubling" + ("" if said == "1" else "s")


def _doubling(step: Step) -> str:
    if step.doublings <= 0:
        return ", a decline"
    return f", one in {duration(step.months / step.doublings)}"


def _contrast(step: Step, other: Step) -> str:
    """What the other figure makes of it; a slowdown is less than half of the doublings that the line has."""
    slow, other_slow = (each.doublings < each.expected / 2 for each in (step, other))
    if slow != other_slow:
        return "the choice decides whether there was a slowdown."
    return "a slowdown as well." if slow else "no slowdown either."


def _reached(made: Trend, reached: Reached) -> str:
    value, when = in_unit(reached.value, made.unit), dates(reached, made.level)
    return f"To {value}: {when}." if reached.when else f"{value} is not reached: {when}."


def _projection(made: Trend, projected: Projection) -> str:
    if projected.line is None or projected.system is None:
        return f"On {projected.date} the line is beyond 1e300."
    value = in_unit(projected.line.value, made.unit)
    interval = f"{percent(made.level)} interval of the line {ends(projected.line)}"
    return (
        f"On {projected.date} the line stands at {value} ({interval}; "
        f"of one system on the trend {ends(projected.system)})."
    )


def _comparison(made: Trend, compared: Comparison) -> str:
    value = in_unit(compared.value, made.unit)
    name = f"{compared.name} ({value})" if compared.name else value
    interval = f" ({percent(made.level)} interval {distance_ends(compared.distance)})" if compared.distance else ""
    single = f"{'within' if compared.is_within else 'outside'} the {percent(made.level)}"
    return (
        f"{name} lies {distance(compared.distance)} the line of {compared.date}{interval}, {single} interval of one "
        "system on the trend."
    )


def _alternative(made: Trend, each: Alternative) -> str:
    name = each.choice[:1].upper() + each.choice[1:]
    if each.doubling_months is None:
        return f"{name}: {each.note}."
    verb = "doubling" if each.is_growing else "halving"
    said = f"{name} ({each.points} points): {verb} every {duration(each.doubling_months.value)}"
    said += f" ({ends(each.doubling_months)})"
    told = [
        f"{in_unit(projected.line.value, made.unit)} on {projected.date}"
        for projected in each.projections
        if projected.line
    ]
    return f"{said}{'; ' if told else ''}{', '.join(told)}."


def _cautions(made: Trend) -> Iterator[str]:
    if not made.unit:
        yield "The values have no unit."
    if made.choice.startswith(RECORDS):
        yield (
            "Records are the largest systems of their time: a line through them alone lies above that of all systems, "
            "and its interval is too narrow."
        )
    asked = [p.date for p in made.projections] + [c.date for c in made.comparisons]
    beyond = [when for when in asked if not made.line.first <= when <= made.line.last]
    if beyond:
        yield (
            f"The points are of {made.line.first} to {made.line.last}: what is said of other dates takes the pace to "
            "stay as it was, which no interval here covers."
        )
