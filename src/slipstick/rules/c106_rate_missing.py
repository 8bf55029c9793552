"""Device-time is set equal to operations without a rate.

What it finds: "235.5 TPU core-years = 2.6e22 FLOP": core-years become operations only through a rate and a
utilization, and the line has neither.

Why it matters: the step that can be wrong is the one that is not shown.

Stays silent when: a rate stands in the line, or a bare number that may be one.

Source: GShard dense in the comments on "AI and Compute trend isn't predictive of what is happening" (LessWrong, 2021).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import published_peaks
from slipstick.judging.assumptions import may_be_rate
from slipstick.judging.device_rates import cited, tera
from slipstick.judging.naming import says_utilization
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule, short
from slipstick.units import is_device, label


@rule(
    "C106",
    "rate-missing",
    bad=(
        "235.5 TPU core-years = 2.6 * 10^22 FLOP",
        "1000 GPU-hours = 3.6e20 FLOP",
        "64 A100s for 12 days at 40% utilization make 8.3e21 FLOP",
        "64 A100s for 12 days at 40 % make 8.3e21 FLOP",
    ),
    good=(
        "100 V100-days * 125e12 FLOP/s = 1.1e21 FLOP",
        "64 A100 * 312e12 * 0.3 * 86400 = 5.18e20 FLOP per day",
        "3,640 petaflop/s-days = 3.14e23 FLOP",
        "235.5 TPU core-years = 86,000 TPU core-days",
    ),
)
def rate_missing(audited: Audited) -> Iterator[Found]:
    """One note, with the rate that the claim implies."""
    reading, claim = audited.judged.reading, audited.last_claim
    if not reading.rate_missing or claim is None or not reading.stated or any(map(may_be_rate, reading.factors)):
        return
    rate = claim.value / reading.stated
    unit = label(reading.dimension)
    used = any(says_utilization(f) or (f.quantity.number.percent and not f.unit) for f in reading.factors)
    lacks = "the rate is" if used else "the rate and the utilization are"
    message = (
        f"a time is set equal to operations: {lacks} not in the line; the claim implies {short(rate)} FLOP per {unit}"
    )
    yield Found(audited.judged.written.span, message + _share(audited, rate))


_THOUSAND = 1000


def _share(audited: Audited, rate: Fraction) -> str:
    """What part of the peak the claim implies, where the devices are of a named part."""
    named = [kind_of(name) for name, exponent in audited.reading.dimension if exponent == 1 and is_device(name)]
    main = published_peaks.main_figure(named[0][1], named[0][2]) if len(named) == 1 and named[0][1] else None
    if main is None:
        return ""
    percent = rate / main.flop_per_s * 100
    share = short(percent) if percent < _THOUSAND else f"{int(round(percent, -2)):,}"
    return f", {share} % of the {tera(main.flop_per_s)} that is the peak of one ({cited(main)})"
