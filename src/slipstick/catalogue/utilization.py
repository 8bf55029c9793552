"""The utilization to assume where a text states none, by era or setting: `data/utilization.csv`, read on first use."""

from __future__ import annotations

from fractions import Fraction
from functools import cache

from slipstick.data import read_rows
from slipstick.frozen import Frozen


class UtilizationDefault(Frozen):
    """The utilization to assume in an era, as a fraction of the peak.

    `low` to `high` is an interval of probability `level`; `last_year` is None for an era that goes on.
    """

    first_year: int
    last_year: int | None
    point: Fraction
    low: Fraction
    high: Fraction
    level: Fraction
    source: str


class SettingDefault(Frozen):
    """The utilization to assume in a setting of its own, whatever the era; as `UtilizationDefault`."""

    setting: str
    point: Fraction
    low: Fraction
    high: Fraction
    level: Fraction
    source: str


@cache
def utilization_default(year: int | None) -> UtilizationDefault:
    """The default for a year, or for None that of all eras together: widest interval, median of the points.

    Years before the first era take the first.
    """
    eras = _eras()
    if year is not None:
        return next((era for era in reversed(eras) if era.first_year <= year), eras[0])
    points = sorted(era.point for era in eras)
    middle = len(points) // 2
    return UtilizationDefault(
        eras[0].first_year,
        eras[-1].last_year,
        (points[middle] + points[~middle]) / 2,
        min(era.low for era in eras),
        max(era.high for era in eras),
        eras[0].level,
        f"all eras together: published MFU and HFU since {eras[0].first_year}, widest 90 % interval; "
        "published values are biased upward",
    )


@cache
def setting_defaults() -> tuple[SettingDefault, ...]:
    """Reinforcement learning with simulators, and training on CPUs."""
    return tuple(
        SettingDefault(
            row["setting"],
            Fraction(row["point"]),
            Fraction(row["low"]),
            Fraction(row["high"]),
            Fraction(row["level"]),
            row["source"],
        )
        for row in read_rows("utilization.csv")
        if row["setting"]
    )


@cache
def _eras() -> tuple[UtilizationDefault, ...]:
    return tuple(
        UtilizationDefault(
            int(row["first_year"]),
            int(row["last_year"]) if row["last_year"] else None,
            Fraction(row["point"]),
            Fraction(row["low"]),
            Fraction(row["high"]),
            Fraction(row["level"]),
            row["source"],
        )
        for row in read_rows("utilization.csv")
        if not row["setting"]
    )
