"""Measures how the time of an audit grows with the text: `python tests/bench/growth.py [--most SIZE] [NAME ...]`.

Each pattern is hostile to a reader of arithmetic in its own way: one long line, one long paragraph, brackets, claims,
ranges, names, markup that never ends. An audit of twice the text may take two and a half times as long (about n to the
power 1.3), not four times.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Callable
from itertools import combinations
from math import log
from random import Random

WORST_POWER = 1.3
LEAST, MOST = 10_000, 10_000_000  # characters
LEAST_APART = 8
SHORTEST = 0.1  # seconds; less is the noise of a start
PROSE = "The model was trained for a while on many devices, and nobody wrote down how long it took. "
LINE = "8 V100 GPUs ran for 3 days: 8 GPUs * 3 days * 24 hours/day * 125 TFLOP/s * 0.3 utilization = 7.8e19 FLOP.\n"

_AUDIT = """
import sys, time, slipstick
text = sys.stdin.read()
slipstick.audit("8 GPUs * 3 days = 24 GPU-days, 2 to 3 GPUs * 4 = 10")
began = time.process_time()
slipstick.audit(text)
print(time.process_time() - began)
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


def numbered(piece: str) -> Callable[[int], str]:
    """Texts of about n characters: `piece` with another number each time."""
    return lambda n: "".join(piece.format(i) for i in range(1000, 1000 + n // len(piece)))


def mixed(seed: int) -> Callable[[int], str]:
    """Texts of about n characters of the pieces below in random order, the same for each seed."""

    def text(n: int) -> str:
        dice, size, pieces = Random(seed), 0, []
        while size < n:
            pieces.append(dice.choice(PIECES))
            size += len(pieces[-1])
        return "".join(pieces)

    return text


PIECES = (
    *"()[]{}<>=~≈*×·/^+-,.:;$%|&#_`'\"\\",
    *" \n\t",
    *("1", "42", "0.3", "1e20", "10^12", "10²³", "$5M", "30%", "2-3", "1,000", "9" * 50),
    *("**", "==", "->", "&amp;", "<b>", "\\frac{", "\\times ", "\n\n", "```", "| ", "---"),
    *(" GPUs", " days", " h", " FLOP/s", " TFLOP", " per ", " of ", " for ", " at ", " and ", " to ", " is ", " x "),
    *(" gives ", " about ", " million", "sqrt(", " A100s", " TPU v3", " utilization", " tokens", "https://a.bc/"),
)

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
    "digits": repeated("9", " * 2 = 3"),
    "digits, long numbers": repeated("1234567890" * 50 + " * "),
    "digits after a point": repeated("3", " * 2 = 3", "0."),
    "digits with commas": repeated(",123", " * 2 = 3", "1"),
    "numbers": repeated("17 "),
    "exponents": repeated("1e"),
    "powers of ten": repeated("10^2 * "),
    "powers of ten, raised": repeated("10²³ × "),
    "operators": repeated("1 + 2 * 3 - 4 / 5 × ", "1 = 1"),
    "operators alone": repeated("* "),
    "asterisks": repeated("**", " = 1", "2"),
    "asterisks, numbers": repeated("2**", "1 = 1"),
    "slashes": repeated("/", "2 = 1", "1"),
    "hyphens": repeated("-", "2 = 1", "1"),
    "signs of about": repeated("~"),
    "per": repeated(" per s", " * 2 = 4", "2 m"),
    "of": repeated("30% of "),
    "for and at": repeated("8 GPUs for 2 days at "),
    "words before a number": repeated("a ", "7 = 1", "2 * "),
    "brackets, only open": repeated("("),
    "brackets, only closed": repeated(")"),
    "brackets, nested empty": nested("(", ")", ""),
    "brackets, square open": repeated("2 * [a "),
    "brackets, square nested": nested("[", "]"),
    "brackets, curly": repeated("{1*"),
    "brackets, unlike": repeated("([1*"),
    "brackets, remarks open": repeated("1 GPU (see "),
    "products in brackets, open": repeated("(1*2 = "),
    "relations": repeated("= "),
    "relations, glued": repeated("="),
    "relations, numbers": repeated("1 = "),
    "relations, about": repeated("2*3 ≈ "),
    "relations, words": repeated("2 * 3 is about "),
    "relations, verbs": repeated("2 * 3 GPUs gives 6 GPUs and "),
    "less than": repeated("<"),
    "less than, numbers": repeated("1 < "),
    "tags, open": repeated("<b"),
    "tags": repeated("<td>2*3=6</td>"),
    "tags, nested": nested("<b>", "</b>", "2*3=6"),
    "comments, open": repeated("<!--"),
    "entities": repeated("&amp;"),
    "entities, open": repeated("&amp"),
    "entities, numbers": repeated("2 &times; 3 "),
    "dollars": repeated("$"),
    "dollars, numbers": repeated("$2 "),
    "dollars, products": repeated("$2 \\times 3$ "),
    "dollars, open": repeated("$$ 2 * 3 = 6 "),
    "fractions, open": repeated("\\frac{"),
    "fractions, nested": nested("\\frac{", "}{2}"),
    "commands": repeated("\\left( 2 \\times "),
    "backslashes": repeated("\\"),
    "code, open": repeated("`2*3 "),
    "code blocks": repeated("```\n2 * 3 = 6\n"),
    "table rows": repeated("| 2 | 3 | 6 |\n"),
    "table cells": repeated("| 2 "),
    "quoted lines": repeated("> 2 * 3 =\n"),
    "list lines": repeated("* 2\n"),
    "lines that go on": repeated("* 2 *\n", "1 = 1", "1 "),
    "lines that end in =": repeated("2 * 3 =\n"),
    "newlines": repeated("\n"),
    "newlines, returns": repeated("\r\n"),
    "newlines, numbers": repeated("1\n"),
    "blanks": repeated(" ", "* 2 = 2", "1"),
    "blanks, tabs": repeated("\t", "* 2 = 2", "1"),
    "blanks, none": repeated("a1,b*2=c;"),
    "blanks, no-break": repeated("2\u00a0*\u00a0"),
    "letters": repeated("a"),
    "letters and digits": repeated("a1"),
    "underscores": repeated("1_"),
    "addresses": repeated("https://example.org/2*3=6?q="),
    "names with numbers": repeated("RTX 8000 "),
    "names with hyphens": repeated("A100-SXM4-"),
    "makers": repeated("NVIDIA Tesla "),
    "currency": repeated("$1M-$2M "),
    "percentages": repeated("30% * "),
    "ranges": repeated("2 to 3 to "),
    "ranges, plus or minus": repeated("2 ± "),
    "multiplied devices": repeated("8 x V100 x "),
    "unlike marks": repeated("é2×"),
    "a factor a line": repeated("* 2 h\n", start="8 GPUs\n", end="= 5\n"),
    "bullets with products": repeated("* 2 * 3 h\n"),
    "comments": repeated("  # a b c\n* 2", start="6"),
    "letters told in prose": repeated("7B parameters 6ND = 2.1e22 "),
    "units in brackets": repeated("5 [m] * 3 [%] "),
    "results told next": repeated("6 * 7; this gives 42. "),
    "results told again": repeated("3 * 8 h = 24 h or 1 day (1 day) "),
    "signs": repeated("-5 * -3 - -2 "),
    "epochs, sentence without end": repeated("6 * 1.5e9 * 75e9 = 6.75e20 FLOP for 4 epochs on 75B tokens, "),
    "results, half of them right": numbered("{0}*7 = {0}1234. {0}*10 = {0}0.\n"),
    "mixed pieces": mixed(1),
    "mixed pieces, other": mixed(2),
}


def seconds(text: str, limit: float) -> float | None:
    """Processor time of one audit in a process of its own; None where it takes longer than `limit` or fails."""
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
    """The largest exponent by which the time grows between two sizes; infinite where an audit did not end.

    The sizes are at least eight times apart: over a single doubling a busy machine shows any exponent.
    """
    worst = 0.0
    for (small, before), (large, after) in combinations(zip(sizes, times, strict=True), 2):
        if before is None or after is None:
            return float("inf")
        if after > SHORTEST and large >= LEAST_APART * small:
            worst = max(worst, log(after / max(before, SHORTEST / 10)) / log(large / small))
    return worst


def sizes_up_to(most: int, step: int) -> list[int]:
    """The sizes of the texts, from the least, each `step` times the one before."""
    sizes = [LEAST]
    while sizes[-1] * step <= most:
        sizes.append(sizes[-1] * step)
    return sizes


def shortened(size: int) -> str:
    """A size as a heading: 640k, 1.28M."""
    return f"{size / 1e6:g}M" if size >= 1e6 else f"{size / 1e3:g}k"


def main() -> int:
    """Measure each pattern, print a line for it; 1 if one grows worse than it may."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help="patterns to measure (all)")
    parser.add_argument("--most", type=int, default=MOST, help=f"the largest text in characters ({MOST:,})")
    parser.add_argument("--step", type=int, default=10, choices=(2, 10), help="from one size to the next (10)")
    parser.add_argument("--limit", type=float, default=600, help="seconds that one audit may take (600)")
    given = parser.parse_args()
    if unknown := [name for name in given.names if name not in PATTERNS]:
        parser.error(f"no pattern {unknown[0]!r}; there are {', '.join(PATTERNS)}")
    sizes = sizes_up_to(given.most, given.step)
    print(f"{'':28}" + "".join(f"{shortened(size):>9}" for size in sizes) + f"{'x double':>10}", flush=True)
    failed = False
    for name in given.names or PATTERNS:
        times: list[float | None] = []
        for size in sizes:
            times.append(seconds(PATTERNS[name](size), given.limit) if None not in times else None)
        power = worst_power(times, sizes)
        failed |= power > WORST_POWER
        shown = "".join(f"{'-':>9}" if taken is None else f"{taken:9.2f}" for taken in times)
        print(f"{name:28}{shown}{2**power:10.2f}" + ("  worse" if power > WORST_POWER else ""), flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
