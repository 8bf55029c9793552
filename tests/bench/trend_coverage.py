"""How often the intervals of a trend hold the truth, on made-up series whose truth and noise are known.

    python tests/bench/trend_coverage.py --series 2000 --seed 1

Exit code 1 where a 90 % interval covers fewer than 88 or more than 92 in 100. Where systems do not scatter at all, more
than 92 of "one system" are no miss: a scatter cannot be found to be negative, so that the interval of one system has to
allow for more than there is.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

import numpy as np

from slipstick.trends import breaks
from slipstick.trends.fitting import Fitted, bent, straight
from slipstick.trends.lines import LogLine
from slipstick.trends.points import NINETY, TrendPoint, date_of, decimal_year

LEVEL, LEAST, MOST = 0.9, 0.88, 0.92
START, YEARS, LATER = 2008.0, 10.0, 3.0
SIMULATIONS = 99  # for every series anew; the command has more, always the same
TESTED = 500


class Case(NamedTuple):
    """Series of so many `points` at random dates of ten years.

    `before` and `after` are doublings a year, with a change at `bend` (a share of the time) where they differ;
    `scatter` is that of systems in doublings; each point's own error, in doublings too, is drawn from `own`, and its
    interval given with it.
    """

    name: str
    points: int
    before: float
    after: float
    scatter: float
    own: tuple[float, float] = (0.0, 0.0)
    bend: float = 0.5

    @property
    def has_break(self) -> bool:
        """Whether the pace changes."""
        return self.before != self.after


CASES = (
    Case("straight, no intervals", 15, 3.5, 3.5, 1.0),
    Case("straight, few points", 6, 1.0, 1.0, 0.5),
    Case("straight, intervals and scatter", 20, 3.5, 3.5, 1.0, (0.3, 1.2)),
    Case("straight, intervals are all", 20, 3.5, 3.5, 0.0, (0.3, 1.2)),
    Case("straight, little growth", 30, 0.1, 0.1, 1.0, (0.1, 0.5)),
    Case("break, no intervals", 40, 0.5, 3.5, 1.0),
    Case("break, intervals and scatter", 40, 0.5, 3.5, 1.0, (0.3, 1.2)),
    Case("break, a slowdown", 60, 4.0, 1.0, 1.0, (0.1, 0.6), 0.6),
    # A slight break: its date is anywhere, and neither pace can be known well.
    Case("break, slight", 30, 1.0, 2.0, 1.0),
    Case("straight, intervals are most", 20, 3.5, 3.5, 0.5, (0.3, 1.2)),
    Case("straight, few points and intervals", 8, 1.0, 1.0, 1.0, (0.3, 1.2)),
)


def truth(case: Case, year: float) -> float:
    """The line's logarithm at a year."""
    since = year - START
    return case.before * since + (case.after - case.before) * max(0.0, since - case.bend * YEARS)


def series(case: Case, draws: np.random.Generator) -> list[TrendPoint]:
    """One made-up series."""
    points = []
    for year in START + YEARS * np.sort(draws.random(case.points)):
        when = date_of(float(year)) or date.min
        own = float(draws.uniform(*case.own))
        middle = truth(case, decimal_year(when)) + draws.normal() * case.scatter + draws.normal() * own
        ends = [2 ** (middle + sign * NINETY * own) for sign in (-1, 1)] if own else [None, None]
        points.append(TrendPoint("", when, 2**middle, *ends))
    return points


def held(low: float | None, value: float, high: float | None) -> bool:
    """Whether an interval holds a value; an end that is not there is no bound."""
    return (low is None or low <= value) and (high is None or value <= high)


def outcomes(case: Case, draws: np.random.Generator, test_break: bool = True) -> Iterator[tuple[str, bool]]:
    """What is asked of one series, and whether the truth lies inside; with `test_break`, whether a break is found."""
    points = series(case, draws)
    made = straight(points, "FLOP", LEVEL)
    if not case.has_break:
        if test_break and case.points >= 15:
            yield "(break found)", is_bent(made)
        slope = made.segment.slope
        yield "doubling time", held(slope.low, case.after, slope.high)
        yield from projected(case, made.line, draws)
        return
    if test_break:
        yield "(break found)", is_bent(made)
    line = bent(made, breaks.bends(made.data.x), SIMULATIONS, int(draws.integers(1 << 32)))
    low, high = (decimal_year(end or date.min) for end in line.bends())
    before, after = line.slope(after=False), line.slope(after=True)
    yield "break date", low <= START + case.bend * YEARS <= high
    yield "doubling before", held(before.low, case.before, before.high)
    yield "doubling after", held(after.low, case.after, after.high)
    yield from projected(case, line, draws)


def is_bent(made: Fitted) -> bool:
    """Whether a break is found."""
    chance = breaks.largest_f(made.data, breaks.bends(made.data.x), made.scale.variances, SIMULATIONS)[1]
    return chance <= breaks.THRESHOLD


def projected(case: Case, line: LogLine, draws: np.random.Generator) -> Iterator[tuple[str, bool]]:
    """The line, and one more system, three years after the last point; and when the line reaches a value."""
    when = date_of(START + YEARS + LATER) or date.max
    value, found = truth(case, decimal_year(when)), line.at(when)
    assert found.line is not None
    assert found.system is not None
    yield "projection", held(found.line.low, 2**value, found.line.high)
    yield "one system", held(found.system.low, 2 ** (value + draws.normal() * case.scatter), found.system.high)
    if case.after > 1:
        first, last = line.reach(2**value, value).line
        yield "date of a value", (first is None or first <= when) and (last is None or when <= last)


def coverage(case: Case, number: int, seed: int = 1, test_break: bool = True) -> dict[str, float]:
    """How often each interval holds the truth; breaks are tested for in the first 500 series."""
    draws = np.random.default_rng([seed, CASES.index(case)])
    hits: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for n in range(number):
        for name, is_inside in outcomes(case, draws, test_break and n < TESTED):
            hits[name] += is_inside
            asked[name] += 1
    return {name: hits[name] / asked[name] for name in asked}


def is_wanted(case: Case, name: str, share: float, slack: float) -> bool:
    """Whether a share is what a 90 % interval promises."""
    most = 1.0 if name == "one system" and not case.scatter else MOST + slack
    return name.startswith("(") or LEAST - slack <= share <= most


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="cases whose name holds this")
    arguments = parser.parse_args()
    missed = []
    slack = 2 * math.sqrt(LEVEL * (1 - LEVEL) / arguments.series) if arguments.series < 2000 else 0.0
    for case in CASES:
        if arguments.only not in case.name:
            continue
        found = coverage(case, arguments.series, arguments.seed)
        print(f"{case.name} ({case.points} points)", flush=True)
        for name, share in found.items():
            wanted = is_wanted(case, name, share, slack)
            print(f"  {name:18} {share:7.1%}" + ("" if wanted else "  <- not 88 to 92 %"), flush=True)
            if not wanted:
                missed.append(f"{case.name}: {name}")
    print("missed: " + "; ".join(missed) if missed else "all as wanted")
    return int(bool(missed))


if __name__ == "__main__":
    sys.exit(main())
