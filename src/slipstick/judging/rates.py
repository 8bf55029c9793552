"""Rates in FLOP/s among the factors of a reading: whose they are, and whether they are a published peak."""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware
from slipstick.catalogue.published_peaks import near
from slipstick.judging.assumptions import is_compute, measured_rate, peak_of
from slipstick.judging.device_rates import per_second
from slipstick.judging.naming import says_utilization, words_of
from slipstick.reading.inference.interpretation import Interpretation, ReadFactor
from slipstick.reading.quantities.kinds import kind_of


def named_rates(factors: tuple[ReadFactor, ...]) -> Iterator[tuple[ReadFactor, str, str]]:
    """Every rate in FLOP/s per one of a named part: the factor, the part and the level."""
    for factor in factors:
        if factor.role == "unit" or len(factor.unit) < len(("FLOP", "second", "part")):
            continue
        names = {t.name: t.exponent for t in factor.unit}
        if names.get("FLOP") != 1 or names.get("second") != -1:
            continue
        for name, exponent in names.items():
            _, part, level = kind_of(name)
            if part and level and exponent == -1:
                yield factor, part, level


def unreduced_peak(reading: Interpretation) -> tuple[ReadFactor, bool] | None:
    """The published peak of a count of operations in which no factor is a utilization, or any other fraction.

    With whether that is sure: the rate is called a peak, or is the one that the catalogue takes for the part.
    """
    rate = peak_of(reading)
    if rate is None or not is_compute(reading) or measured_rate(reading):
        return None
    kept = [f for f in reading.factors if f.role != "conversion"]
    if any((not f.unit and 0 < f.value < 1) or says_utilization(f) for f in kept):
        return None
    if "peak" in words_of(rate).lower():
        return rate, True
    found = [peak for peak in _peaks_for(rate, reading.factors) if near(peak.flop_per_s, per_second(rate))]
    return (rate, any(peak.default for peak in found)) if found else None


def _peaks_for(rate: ReadFactor, factors: tuple[ReadFactor, ...]) -> Iterator[hardware.Peak]:
    """The peaks of the part whose rate it is; where only "GPUs" are counted, those that the catalogue takes for one.

    One of another level is a peak as well, if it is above those of its own: nothing achieves as much.
    """
    per = [(part, level) for factor, part, level in named_rates(factors) if factor is rate]
    if per:
        own = hardware.peaks(*per[0])
        highest = max((peak.flop_per_s for peak in own), default=None)
        yield from own
        if highest is not None:
            yield from (peak for peak in hardware.peaks(per[0][0]) if peak.flop_per_s > highest)
        return
    families = {kind_of(t.name)[0] for f in factors for t in f.unit} - {""}
    for part in hardware.parts():
        if part.family in families:
            yield from (peak for peak in hardware.peaks(part.name) if peak.default)
