"""More devices than one pod of the generation has.

What it finds: a count of TPU chips, cores or boards beyond a whole pod (1,024 chips of TPU v3, 4,096 of TPU v4), and
says what the count would be if its number was one of cores.

Why it matters: 2,048 is the number of cores in a TPU v3 pod; as chips it is twice the machine.

Stays silent when: the count fits in a pod, or the generation is one whose jobs span pods as a rule (v5e and later),
unless the text says that it is one pod. Jobs over several pods exist, so it is never more than a note.

Source: data/packaging.csv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from slipstick.catalogue import hardware
from slipstick.finding import Confidence
from slipstick.judging.device_rates import counted, device_counts, device_of
from slipstick.patterns import pattern
from slipstick.reading.inference.interpretation import ReadFactor
from slipstick.reading.quantities.kinds import kind_of
from slipstick.rule import Audited, Found, rule
from slipstick.units import part_units

_ONE_POD = pattern(r"\b(?:an?|one|single|full|the|entire|whole)\s+(?:[\w-]+\s+){0,4}pod\b", re.IGNORECASE)
_POD_OF = pattern(r"\b(v\d[a-z]?)[ -]pod\b", re.IGNORECASE)
_LEVELS = frozenset(("chip", "core", "board"))
"""Devices that the words of the pod alone say the generation of."""
_LAST_OF_ONE_POD = 2021
"""The year of the last generation whose jobs mostly ran inside a pod."""


@rule(
    "C115",
    "more-than-a-pod",
    bad=(
        "On a TPU v3 pod: 2048 TPU v3 chips * 123e12 FLOP/s * 30 days * 30% = 2e23 FLOP",
        "8192 TPU v4 chips * 275e12 FLOP/s * 10 days * 40% = 7.8e23 FLOP",
        "One v4 pod: 8,192 chips * 275 TFLOP/s * 10 days * 0.4 = 7.8e23 FLOP",
    ),
    good=(
        "On a TPU v3 pod: 2048 TPU v3 cores * 61.5e12 FLOP/s * 30 days * 30% = 9.8e22 FLOP",
        "4096 TPU v4 chips * 275e12 FLOP/s * 10 days * 40% = 3.9e23 FLOP",
        "50944 TPU v5e chips * 197e12 FLOP/s * 1 day * 40% = 3.5e23 FLOP",
        "Two v4 pods: 8,192 chips * 275 TFLOP/s * 10 days * 0.4 = 7.8e23 FLOP",
        "A v4 pod has 4,096 chips. 1,024 hosts: 4,096 chips * 275 TFLOP/s * 10 days * 0.4 = 3.9e23 FLOP",
        "1,024 TPU v2 cores / 2 * 45e12 FLOP/s * 10 days * 30% = 6e21 FLOP on two pods",
    ),
)
def more_than_a_pod(audited: Audited) -> Iterator[Found]:
    """One note for each count beyond a pod."""
    for factor in device_counts(audited.reading.factors):
        name, level = part_units().get(device_of(factor), ("", ""))
        part = hardware.part(name) if name else None
        if part is None and device_of(factor) in _LEVELS:
            part, level = _part_of_pod(audited.near_by), device_of(factor)
        if part is None or part.family != "TPU" or level in ("pod", "node"):
            continue
        level = "chip" if level == "device" else level
        found = _inside(part, level)
        if found is None or factor.value <= found[0]:
            continue
        one_pod = _ONE_POD.search(audited.near_by) is not None
        if one_pod or (part.year <= _LAST_OF_ONE_POD and "pods" not in audited.near_by.lower()):
            confidence = Confidence.MEDIUM if one_pod else Confidence.LOW
            yield Found(factor.quantity.span, _message(audited, part, factor, level), confidence=confidence)


def _part_of_pod(text: str) -> hardware.Part | None:
    """The generation of the one pod that the text speaks of: "one v4 pod", where no pods are."""
    lower = text.lower()
    if "pod" not in lower or "pods" in lower:
        return None
    parts = {hardware.named(f"TPU {generation}") for generation in _POD_OF.findall(text)}
    return parts.pop() if len(parts) == 1 and _ONE_POD.search(text) else None


def _inside(part: hardware.Part, level: str) -> tuple[int, str] | None:
    """How many of a level one pod holds, and who says so."""
    found = hardware.count(part.name, "pod", level)
    return None if found is None else (found[0], found[1][0].source)


def _message(audited: Audited, part: hardware.Part, factor: ReadFactor, level: str) -> str:
    many, source = _inside(part, level) or (1, "")
    said = f"a {part.name} pod has {many:,} {level}s ({source}), and {counted(factor.value)} are counted"
    cores = _inside(part, "core")
    if level == "chip" and cores is not None and factor.value <= cores[0] and kind_of(device_of(factor))[2] == "chip":
        change = Fraction(many, cores[0])
        return (
            f"{said}; it has {cores[0]:,} cores: if they are what is meant, the estimate is {audited.becomes(change)}"
        )
    return f"{said}: at least {-(-factor.value // many)} pods"
