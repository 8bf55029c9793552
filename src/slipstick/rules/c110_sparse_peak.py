"""A peak that holds only for sparse matrices.

What it finds: a rate that is a maker's figure with 2:4 sparsity (A100 624, H100 1,979 and 3,958, H100 PCIe 1,513, L4
242), where no dense figure of a format for training agrees.

Why it matters: the data sheets print it first; training is dense, and so are most models that are served, so the
estimate is twice too high.

Stays silent when: the text says fp8 or int8 and the number is also the dense peak of that. Where the number fits both
and no format is said (an H100 has 1,979 sparse in bf16 and dense in fp8), it is a note that names both; int8 counts so
only for tokens each second, since nothing is trained in it. It is a note as well where the text speaks of sparsity, or
the sparse figure is only worked out from the dense one.

Source: data/hardware.csv, each figure with its own source.
"""

from __future__ import annotations

from collections.abc import Iterator

from slipstick.catalogue import hardware, published_peaks
from slipstick.catalogue.precision import SIXTEEN_BIT, formats_in, says_sparse
from slipstick.finding import Confidence, Fix, Severity
from slipstick.judging.device_rates import DeviceRate, cited, is_pace, tera
from slipstick.rule import Audited, Found, rule, short

_FIRST_FP8 = 2022
"""The year of the first parts that compute in fp8, at twice the rate of bf16."""


@rule(
    "C110",
    "sparse-peak",
    bad=(
        "1024 A100 * 624e12 FLOP/s * 10 days * 40% = 2.2e23 FLOP",
        "1024 H100s * 1,979 TFLOP/s * 10 days * 40% = 7e23 FLOP",
        "An H100 in bf16 gives 1979 TFLOP/s * 40% / (2 * 7e9) = 56,543 tokens/s",
        "256 H100 PCIe * 1513 TFLOP/s * 10 days * 30% = 1e23 FLOP",
    ),
    good=(
        "1024 H100s * 1,979 TFLOP/s (FP8) * 10 days * 40% = 7e23 FLOP",
        "1024 A100 * 312e12 FLOP/s * 10 days * 40% = 1.1e23 FLOP",
        "An A100 in int8 gives 624e12 FLOP/s * 50% / (2 * 7e9) = 22,286 tokens/s",
        "An A100 gives 312 TFLOP/s * 50% / (2 * 7e9) = 11,143 tokens/s",
        "8 L40S * 362 TFLOP/s * 10 days * 30% = 7.5e20 FLOP",
        "2048 H800 * 1979 TFLOP/s * 55 days * 20%, trained in FP8",
    ),
    severities=(Severity.WARNING, Severity.NOTE),
)
def sparse_peak(audited: Audited) -> Iterator[Found]:
    """One finding for each rate that rests on sparsity."""
    for rate in audited.rates:
        sparse = [p for p in rate.own if p.sparse]
        if not sparse or any(not p.sparse and p.number_format in published_peaks.TRAINING_FORMATS for p in rate.own):
            continue
        dense = next((p for p in _dense_of(sparse[0])), None)
        said = formats_in(audited.near_by)
        also = [p for p in rate.own if not p.sparse]
        in_eight = "fp8" in said and rate.part.year >= _FIRST_FP8  # it has the same rate, whether listed or not
        if dense is not None and not in_eight and not any(p.number_format in said for p in also):
            used = [p for p in also if p.number_format != "int8" or is_pace(audited.reading.dimension)]
            yield _found(audited, rate, (sparse[0], dense), used)


def _dense_of(sparse: hardware.Peak) -> Iterator[hardware.Peak]:
    """The dense figures of the same level and format, those of half the rate first."""
    alike = [
        p
        for p in published_peaks.figures(sparse.part)
        if (p.level, p.number_format, p.sparse) == (sparse.level, sparse.number_format, False)
    ]
    yield from sorted(alike, key=lambda p: (abs(2 * p.flop_per_s - sparse.flop_per_s), not p.default))


def _found(
    audited: Audited, rate: DeviceRate, pair: tuple[hardware.Peak, hardware.Peak], also: list[hardware.Peak]
) -> Found:
    sparse, dense = pair
    change = rate.change_to(dense)
    message = (
        f"{rate.words} is the peak of {rate.part.name} with 2:4 sparsity ({sparse.number_format}, {cited(sparse)}); "
        f"the dense one is {tera(dense.flop_per_s)} ({cited(dense)}), with which the estimate is "
        f"{audited.becomes(change)}"
    )
    sixteen = formats_in(audited.near_by) & SIXTEEN_BIT
    if also and not sixteen:
        message += f"; it is also the dense peak in {also[0].number_format} ({cited(also[0])}), if the run was in that"
    number = rate.factor.quantity.number
    derived = sparse.source.startswith(published_peaks.DERIVED_SPARSE)
    if (also and not sixteen) or derived or rate.is_rounded or says_sparse(audited.near_by):
        return Found(number.span, message, confidence=Confidence.MEDIUM)
    value = None if audited.value is None else float(audited.value * change)
    return Found(number.span, message, Severity.WARNING, fix=Fix(short(number.value * change, 4), value))
