"""Time and memory of large graphs of uncertain quantities: `python tests/bench/graphs.py [--python PATH]`.

Four shapes, each of growing size, in a process of its own. `README.md` here says more.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import math
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from spread import megabytes

SIZES = (1_000, 10_000, 100_000)
FEW = (10, 15, 20)  # what a library can still do which doubles its work with each diamond, or draws row by row
Z = 1.6448536269514722  # normal score of 95 %
SECONDS = 120.0  # for one shape of one size
MEMORY = 4 * 2**30  # bytes of address space
MOST_GROWTH = 1.15  # exponent of time and memory between the two largest sizes
FLOOR = 50.0  # MB; below it, memory is that of the process and not of the graph
INSTALL = "pip install uncertainties squigglepy GTC"


class Program(NamedTuple):
    """How a library makes a quantity from mean and standard deviation, and reads the relative deviations of many."""

    leaf: Callable[[float, float], Any]
    read: Callable[[Sequence[Any]], list[float]]


Shape = Callable[[int, Callable[[float, float], Any]], list[Any]]


def chain(n: int, leaf: Callable[[float, float], Any]) -> list[Any]:
    """A product of n factors, one after the other."""
    x = leaf(1, 1e-3)
    for _ in range(n - 1):
        x = x * leaf(1, 1e-3)
    return [x]


def totals(n: int, leaf: Callable[[float, float], Any]) -> list[Any]:
    """n terms, and every partial sum is read."""
    sums = [leaf(1, 0.1)]
    for _ in range(n - 1):
        sums.append(sums[-1] + leaf(1, 0.1))
    return sums


def diamonds(n: int, leaf: Callable[[float, float], Any]) -> list[Any]:
    """Each of n steps uses the last one twice."""
    x = leaf(1, 0.1)
    for _ in range(n):
        x = x * 0.5 + x * 0.5
    return [x]


def table(n: int, leaf: Callable[[float, float], Any]) -> list[Any]:
    """n rows that share a utilization, each read, and their total."""
    utilization = leaf(0.3, 0.03)
    rows = [leaf(2, 0.2) * utilization for _ in range(n)]
    total = rows[0]
    for row in rows[1:]:
        total = total + row
    return [*rows, total]


SHAPES: dict[str, tuple[Shape, Callable[[int], float]]] = {
    "chain": (chain, lambda n: math.sqrt(math.expm1(n * math.log1p(1e-6)))),
    "running totals": (totals, lambda n: 0.1 / math.sqrt(n)),
    "diamonds": (diamonds, lambda n: 0.1),
    "shared utilization": (table, lambda n: math.sqrt((1 + 0.01 / n) * 1.01 - 1)),
}
"""By name: the shape, and the exact relative standard deviation of its last quantity by its size."""
SMALL_TOO = ("diamonds", "shared utilization")


def slipstick() -> Program:
    """Estimates, all read from the same draws."""
    from slipstick.estimates.combining import estimate_from
    from slipstick.estimates.error_bars import spreads
    from slipstick.estimates.ranges import normal

    return Program(
        lambda mean, sd: estimate_from(normal(mean, sd)),
        lambda many: [(s.high - s.low) / (2 * Z * s.median) for s in spreads(many)],
    )


def first_order() -> Program:
    """The uncertainties package."""
    from uncertainties import ufloat

    return Program(ufloat, lambda many: [x.std_dev / x.nominal_value for x in many])


def gtc() -> Program:
    """The GUM Tree Calculator."""
    import GTC

    return Program(GTC.ureal, lambda many: [GTC.uncertainty(x) / GTC.value(x) for x in many])


def squigglepy() -> Program:
    """1,000 draws of each quantity that is read, one at a time: it has no other way."""
    import numpy as np
    import squigglepy as sq

    def width(x: Any) -> float:
        low, median, high = np.percentile(sq.sample(x, n=1000), [5, 50, 95])
        return float((high - low) / (2 * Z * median))

    return Program(lambda mean, sd: sq.norm(mean=mean, sd=sd), lambda many: [width(x) for x in many])


PROGRAMS: dict[str, tuple[Callable[[], Program], str]] = {
    "slipstick": (slipstick, "slipstick"),
    "uncertainties": (first_order, "uncertainties"),
    "GTC": (gtc, "GTC"),
    "squigglepy": (squigglepy, "squigglepy"),
}
"""By name: what makes the program, and the module that it needs."""


def child(name: str, shape: str, size: int) -> Any:
    """Seconds, megabytes and the last relative deviation of one graph in this process; a text where it fails."""
    import resource

    make, module = PROGRAMS[name]
    if importlib.util.find_spec(module) is None:
        return "not installed"
    program, build = make(), SHAPES[shape][0]
    program.read(build(3, program.leaf))  # pays for imports
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    before, began = megabytes(reset=True)[0], time.perf_counter()
    try:
        last = program.read(build(size, program.leaf))[-1]
    except (RecursionError, MemoryError) as error:
        return type(error).__name__
    return {"seconds": time.perf_counter() - began, "MB": megabytes()[1] - before, "deviation": last}


def measured(name: str, shape: str, size: int, python: str, limit: float) -> Any:
    """The figures of one graph in a process of its own, or a text that says why there are none."""
    command = [sys.executable if name == "slipstick" else python, __file__, "--child", name, shape, str(size)]
    try:
        run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=limit)
    except subprocess.TimeoutExpired:
        return f"over {limit:.0f} s"
    if run.returncode:
        return f"failed: {(run.stderr.splitlines() or [f'signal {-run.returncode}'])[-1][:60]}"
    return json.loads(run.stdout.splitlines()[-1])


def growth(before: Any, after: Any, sizes: tuple[int, int], figure: str, floor: float) -> float | None:
    """The power of the size with which a figure grows; None where it is too small to tell."""
    if not (isinstance(before, dict) and isinstance(after, dict)) or after[figure] < floor:
        return None
    return math.log(after[figure] / max(before[figure], floor / 100)) / math.log(sizes[1] / sizes[0])


def report(shape: str, name: str, sizes: Sequence[int], given: argparse.Namespace) -> list[str]:
    """Measure one program over the sizes, print them, and say what of its growth is too much."""
    found: dict[int, Any] = {}
    for size in sizes:
        result = found[size] = measured(name, shape, size, given.python, given.seconds)
        line = f"{shape:20}{name:15}{size:>8}"
        if isinstance(result, dict):
            exact = SHAPES[shape][1](size)
            off = "" if abs(result["deviation"] / exact - 1) < 0.1 else "  wrong"
            print(
                f"{line}{result['seconds']:10.3f} s{result['MB']:9.1f} MB{result['deviation']:12.5f}{exact:12.5f}{off}",
                flush=True,
            )
        else:
            print(f"{line}   {result}", flush=True)
            break
    last = sizes[-2:]
    powers = [
        growth(found.get(last[0]), found.get(last[1]), (last[0], last[1]), figure, floor)
        for figure, floor in (("seconds", 0.1), ("MB", FLOOR))
    ]
    if name != "slipstick":
        return []
    if not isinstance(found.get(last[1]), dict):
        return [f"{shape}: {found.get(last[1]) or 'not reached'}"]
    return [f"{shape}: grows as n^{power:.2f}" for power in powers if power is not None and power > MOST_GROWTH]


def main() -> int:
    """Measure all shapes and programs; 1 with `--strict` where slipstick grows faster than its graph."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the other libraries")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="time for one shape of one size (120)")
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest size (100000)")
    parser.add_argument("--only", action="append", choices=PROGRAMS, help="this program (all of them)")
    parser.add_argument("--shape", action="append", choices=SHAPES, help="this shape (all of them)")
    parser.add_argument("--strict", action="store_true", help="exit code 1 if something wanted is missed")
    parser.add_argument("--child", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        print(json.dumps(child(given.child[0], given.child[1], int(given.child[2]))))
        return 0
    sizes = [size for size in SIZES if size <= given.most]
    print(f"{'shape':20}{'program':15}{'size':>8}{'time':>12}{'memory':>12}{'deviation':>12}{'exact':>12}")
    missed = []
    for shape in given.shape or SHAPES:
        for name in given.only or PROGRAMS:
            missed += report(shape, name, [*FEW, *sizes] if shape in SMALL_TOO else sizes, given)
    print(f"for what is not installed: {INSTALL}, in any environment, and --python with its interpreter")
    print("\n".join(["", *(f"missed: {line}" for line in missed)]) if missed else "\nslipstick grows with its graphs")
    return 1 if missed and given.strict else 0


if __name__ == "__main__":
    sys.exit(main())
