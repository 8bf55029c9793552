"""What is known of a trend once it is fitted: the public result, of plain values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from slipstick.trends.lines import LogLine, Projection, Reached, Segment
from slipstick.trends.points import Estimated, LeftOut, TrendPoint

SCHEMA = "slipstick-trend/1"


class Statement(NamedTuple):
    """A full sentence, and what it is about.

    Topics: pace, scatter, break, step, projection, reach, comparison, choice, caution.
    """

    topic: str
    text: str


@dataclass(frozen=True)
class BreakTest:
    """One line against two that meet at a date, the date being searched for."""

    found: bool
    statistic: float
    """The largest F over all dates."""
    p: float
    """How often series without a break, simulated with these dates and errors, show as large a one."""
    simulations: int
    threshold: float
    when: date
    """The best date for the break, whether or not one is found."""
    interval: tuple[date | None, date | None]
    line: LogLine
    """The line with the bend."""
    before: Segment
    after: Segment


@dataclass(frozen=True)
class Alternative:
    """The same question answered with another choice of points."""

    choice: str
    """In words: "records only", "gradient only", "without DQN"."""
    points: int
    doubling_months: Estimated | None
    is_growing: bool
    projections: tuple[Projection, ...]
    note: str = ""
    """Why there is no answer, where there is none."""


@dataclass(frozen=True)
class Comparison:
    """How far a figure lies from the line at a date."""

    name: str
    value: float
    date: date
    distance: Estimated | None
    is_within: bool


@dataclass(frozen=True)
class Step:
    """From one point to another: what really was, beside what the line would have made of that time."""

    start: TrendPoint
    end: TrendPoint
    months: float
    doublings: float
    expected: float
    """Doublings in that time at the pace of the line."""
    error: float
    """Standard deviation of `doublings` by the intervals of both points."""


@dataclass(frozen=True)
class Trend:
    """A fitted trend. Values are in `unit`, times in years and months of equal length, intervals of `level`."""

    source: str
    unit: str
    dimension: str
    unit_size: float
    """Base units (`dimension`) in one `unit`."""
    level: float
    columns: tuple[tuple[str, str], ...]
    """Which column was taken for what."""
    points: tuple[TrendPoint, ...]
    """Every row that is a point, by date; `used` says whether the line goes through it."""
    left_out: tuple[LeftOut, ...]
    """Every row that is none, with the reason."""
    choice: str
    """Which points the line goes through, in words."""
    line: LogLine
    """The line that projections and distances follow: with a bend where one was found."""
    straight: LogLine
    """The straight line through the same points."""
    segments: tuple[Segment, ...]
    """One, or two where a break was found."""
    break_test: BreakTest | None
    why_no_test: str
    r_squared: float
    residual: float
    """Standard deviation of the used points about the line, in doublings, their own errors included."""
    own_error: float
    """What the points' own intervals say of it: root mean square, in doublings."""
    projections: tuple[Projection, ...]
    reached: tuple[Reached, ...]
    comparisons: tuple[Comparison, ...]
    steps: tuple[Step, ...]
    alternatives: tuple[Alternative, ...]
    statements: tuple[Statement, ...]
    """What a reader has to know, in sentences."""

    def __str__(self) -> str:
        """What a reader has to know, a line a sentence."""
        return "\n".join(statement.text for statement in self.statements)

    @property
    def used(self) -> tuple[TrendPoint, ...]:
        """The points that the line goes through."""
        return tuple(point for point in self.points if point.used)

    def at(self, when: date) -> Projection:
        """What the line says of a date, with the interval of the line and that of one more system."""
        return self.line.at(when)
