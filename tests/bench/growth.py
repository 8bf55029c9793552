"""Measures how the time of an audit grows with the text: `python tests/bench/growth.py [--most BYTES] [NAME ...]`.

Each pattern is hostile to a reader of arithmetic in its own way: one long line, one long paragraph, brackets, claims,
ranges, names. An audit of ten times the text may take twenty times as long (about n to the power 1.3), not a hundred.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from math import log

WORST_POWER = 1.3
SIZES = (10_000, 100_000, 1_000_000)
SHORTEST = 0.1  # seconds; less is the noise of a start
PROSE = "The model was trained for a while on many devices, and nobody wrote down how long it took. "
LINE = "8 V100 GPUs ran for 3 days: 8 GPUs * 3 days * 24 hours/day * 125 TFLOP/s * 0.3 utilization = 7.8e19 FLOP.\n"

_AUDIT = """
import sys, time, slipstick
text = sys.stdin.read()
slipstick.audit("8 GPUs * 3 days = 24 GPU-days, 2 to 3 GPUs * 4 = 10")
began = time.perf_counter()
slipstick.audit(text)
print(time.perf_counter() - began)
"""


def repeated(piece: str, end: str = "", start: str = "") -> Callable[[int], str]:
    """Texts of about n characters: `start`, then `piece` as often as fits, then `end`."""
    return lambda n: start + piece * (n // len(piece)) + end


def nested(left: str, right: str, middle: str = "1") -> Callable[[int], str]:
    """Texts of about n characters with brackets in brackets."""
    return lambda n: left * (n // len(left + right)) + middle + right * (n // len(left + right))


def distinct(between: str) -> Callable[[int], str]:
    """Texts of about n characters with a new noun at each factor or term."""

    def text(n: int) -> str:
        nouns = ("".join(chr(ord("a") + int(digit)) for digit in str(i)) for i in range(n // 12))
        return between.join(f"1 q{noun}" for noun in nouns) + " = 3"

    return text


PATTERNS: dict[str, Callable[[int], str]] = {
    "prose": repeated(PROSE),
    "prose and calculations": repeated(PROSE * 8 + LINE + "\n"),
    "calculations, one paragraph": repeated(LINE),
    "calculations, own paragraphs": repeated(LINE + "\n"),
    "product": repeated("1*", "1 = 1"),
    "product with blanks": repeated("1 x ", "1 = 1"),
    "product, digits that grow": repeated("1.0001*0.9999*", "1 = 1"),
    "quotient": repeated("3/3/", "1 = 1"),
    "sum": repeated("1+", "1 = 5"),
    "sum, digits that grow": repeated("1/7 + 1/11 + ", "1 = 5"),
    "difference": repeated("1 - ", "1 = 3"),
    "dashes": repeated("1-2-"),
    "ranges, product": repeated("1 to 2 * ", "1 = 1"),
    "ranges, sum": repeated("2 to 3 GPUs + ", "1 GPU = 3 GPUs"),
    "utilizations": repeated("0.3 utilization * ", "2 FLOP/s * 3 s = 3 FLOP"),
    "conversions": repeated("2 days * 24 * 3600 * ", "2 FLOP/s = 3 FLOP"),
    "units": repeated("/s", " * 2 = 4", "2 m"),
    "unlike things, product": distinct(" * "),
    "unlike things, sum": distinct(" + "),
    "scales": repeated("million ", "* 1 = 3", "1 "),
    "claims, one line": repeated("1*2=2; "),
    "claims, chain": repeated("1*2=", "2"),
    "claims, lines": repeated("1*1=1\n"),
    "restatements": repeated("1e9 tokens = 1000 million tokens.\n"),
    "arrows": repeated("1*1 -> "),
    "brackets, open": repeated("2*("),
    "brackets, nested": nested("(1*", ")"),
    "brackets, row": repeated("(1+1)*", "1 = 1"),
    "brackets with units": repeated("(1*1) GPU * ", "1 = 1"),
    "roots": nested("sqrt(", ")"),
    "powers": repeated("1^", "1 = 1"),
    "means": repeated("geomean 2 and "),
    "names": repeated("TPU v3 "),
    "remarks": repeated("(b)", " * 2 = 3", "1 a"),
    "lists": repeated("[0.1, 0.2, 0.3],\n"),
    "not read": repeated("3 * foo, "),
}


def seconds(text: str, limit: float) -> float | None:
    """Time of one audit in a process of its own; None where it takes longer than `limit` or fails."""
    command = [sys.executable, "-X", "utf8", "-c", _AUDIT]
    try:
        run = subprocess.run(command, input=text, capture_output=True, timeout=limit, check=True, encoding="utf-8")
    except subprocess.TimeoutExpired:
        return None
    except subprocess.CalledProcessError as error:
        print(error.stderr[-500:], file=sys.stderr)
        return None
    return float(run.stdout)


def worst_power(times: list[float | None], sizes: list[int]) -> float:
    """The largest exponent by which the time grows from one size to the next; infinite where an audit did not end."""
    worst = 0.0
    for small, large, before, after in zip(sizes, sizes[1:], times, times[1:], strict=False):
        if before is None or after is None:
            return float("inf")
        if after > SHORTEST:
            worst = max(worst, log(after / max(before, SHORTEST / 10)) / log(large / small))
    return float("inf") if None in times else worst


def main() -> int:
    """Measure each pattern, print a line for it; 1 if one grows worse than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="patterns to measure (all)")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest text in characters (1,000,000)")
    parser.add_argument("--limit", type=float, default=600, help="seconds that one audit may take (600)")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in PATTERNS]:
        parser.error(f"no pattern {unknown[0]!r}; there are {', '.join(PATTERNS)}")
    sizes = [size for size in SIZES if size <= given.most]
    print(f"{'':32}" + "".join(f"{size:>12,}" for size in sizes) + f"{'power':>8}", flush=True)
    failed = False
    for name in given.names or PATTERNS:
        times: list[float | None] = []
        for size in sizes:
            times.append(seconds(PATTERNS[name](size), given.limit) if None not in times else None)
        power = worst_power(times, sizes)
        failed |= power > WORST_POWER
        shown = "".join(f"{'-':>12}" if taken is None else f"{taken:12.2f}" for taken in times)
        print(f"{name:32}{shown}{power:8.2f}" + ("  worse" if power > WORST_POWER else ""), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
