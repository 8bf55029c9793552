"""Measures a conversion of a known pair beside pint, astropy.units and unyt, and many threads at once.

    python tests/bench/conversion.py [--runs N]

`README.md` here says more. Exit code 1 where slipstick takes 20 µs or more, or a thread gets another answer.
"""

from __future__ import annotations

import argparse
import sys
import timeit
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from statistics import median

from slipstick import convert

LIMIT = 20e-6
THREADS, EACH = 16, 100_000
PAIRS = [("mile/hour", "m/s"), ("kWh", "MJ"), ("GiB", "MB"), ("psi", "Pa")]


def by_pint() -> Callable[[], object]:
    """A quantity that is made and converted, as the others are."""
    import pint

    registry = pint.UnitRegistry()
    return lambda: registry.Quantity(65.5, "mile/hour").to("m/s")


def by_astropy() -> Callable[[], object]:
    """Units are read from the same texts."""
    from astropy import units

    return lambda: (65.5 * units.Unit("km/h")).to(units.Unit("m/s"))  # it has miles only as an extra


def by_unyt() -> Callable[[], object]:
    """Units are read from the same texts."""
    from unyt import unyt_quantity

    return lambda: unyt_quantity(65.5, "mile/hr").to("m/s")


PROGRAMS: dict[str, Callable[[], Callable[[], object]]] = {
    "slipstick, text": lambda: lambda: convert("65.5 mile/hour", "m/s"),
    "slipstick, pair": lambda: lambda: convert((65.5, "mile/hour"), "m/s"),
    "pint": by_pint,
    "astropy": by_astropy,
    "unyt": by_unyt,
}


def seconds(call: Callable[[], object], runs: int) -> float:
    """The median time of a call, warm."""
    call()
    number = max(1, int(0.02 / max(timeit.timeit(call, number=10) / 10, 1e-7)))
    return median(timeit.timeit(call, number=number) / number for _ in range(runs))


def many(pair: tuple[str, str]) -> int:
    """How many of the conversions in one thread differ from the first."""
    first = convert((7, pair[0]), pair[1])
    return sum(convert((7, pair[0]), pair[1]) != first for _ in range(EACH))


def main() -> int:
    """Print the table; 1 where something wanted is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    runs = parser.parse_args().runs
    missed = False
    for name, make in PROGRAMS.items():
        try:
            call = make()
        except ImportError:
            print(f"{name:16}  not installed")
            continue
        took = seconds(call, runs)
        package = name.partition(",")[0]
        number = version(package)
        missed |= package == "slipstick" and took >= LIMIT
        print(f"{name:16}  {number:8}  {took * 1e6:8.1f} µs")
    with ThreadPoolExecutor(THREADS) as pool:
        wrong = sum(pool.map(many, PAIRS * (THREADS // len(PAIRS))))
    print(f"{THREADS} threads x {EACH:,} conversions: {wrong} unlike the first")
    return int(missed or wrong > 0)


if __name__ == "__main__":
    sys.exit(main())
