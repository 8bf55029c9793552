"""A number is taken for hours, and the text beside gives it in days; or the other way round.

What it finds: a bare number that its conversion makes one unit of time ("13 * 3600", 13 hours), where the text before
gives this very number in another one ("13 days") and nowhere in that one.

Why it matters: a lost 24, or one too many, is a factor of 24, and the arithmetic is right all the same.

Stays silent when: the text gives the number in no unit of time, or in the unit of the conversion as well, or counts as
many devices, or the number has its unit written beside it.

Source: the definition of the units.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.device_counts import stated_counts
from slipstick.finding import Confidence
from slipstick.patterns import pattern
from slipstick.reading.arithmetic import plain_number
from slipstick.reading.digits import significant_digits
from slipstick.reading.interpretation import ReadFactor
from slipstick.rule import Audited, Found, rule
from slipstick.units import UnitTerm, table

_READ_AS = pattern(r"read as a number of (\w+)s, from")


@rule(
    "C119",
    "other-time-unit",
    bad=(
        "We trained for 13 days on 64 A100s. 64 * 3.12e14 * 13 * 3600 * 0.3 = 2.8e20",
        "Training took 36 hours on 8 V100 GPUs: 8 * 1.25e14 FLOP/s * 36 * 24 * 3600 * 0.3 = 9.33e20 FLOP",
    ),
    good=(
        "We trained for 13 days on 64 A100s. 64 * 3.12e14 * 13 * 24 * 3600 * 0.3 = 6.7e21",
        "We trained for 13 hours on 64 A100s. 64 * 3.12e14 * 13 * 3600 * 0.3 = 2.8e20",
        "Of the 13 days an epoch took 13 hours on an A100. 3.12e14 FLOP/s * 13 * 3600 * 0.3 = 4.4e18",
        "We trained for 24 hours on 24 V100s. 24 * 1.25e14 * 24 * 3600 * 0.3 = 7.8e19",
        "Over 8 days it used 8 V100s. 8 * 1.25e14 FLOP/s * 36 * 3600 * 0.3 = 3.9e19 FLOP",
    ),
)
def other_time_unit(audited: Audited) -> Iterator[Found]:
    """One note for each such number."""
    for factor in audited.reading.factors:
        taken = next((m.group(1) for note in factor.notes if (m := _READ_AS.match(note))), "")
        stated = _stated(audited, factor) if taken else set()
        if len(stated) != 1 or taken in stated:
            continue
        unit = stated.pop()
        times = table().factor(UnitTerm(unit)) / table().factor(UnitTerm(taken))
        number = plain_number(factor.value)
        message = (
            f"{number} is taken for {taken}s, as its conversion says, and the text gives {number} {unit}s; with these "
            f"the estimate is {audited.becomes(times ** int(factor.exponent))}"
        )
        yield Found(factor.quantity.span, message, confidence=Confidence.MEDIUM)


def _stated(audited: Audited, factor: ReadFactor) -> set[str]:
    """The units of time in which the text before gives the number of a factor; none where it may count devices too."""
    start = audited.judged.written.span.start
    before = stated_counts(audited.stated, start, {significant_digits(factor.value)})
    same = [count for count in before if count.value == factor.value]
    return set() if any(count.device for count in same) else {count.time for count in same}
