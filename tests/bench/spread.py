"""The spread of a product beside other libraries: `python tests/bench/spread.py [--python PATH]`.

Each program computes the same product in a process of its own. `README.md` here says more.
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
from pathlib import Path
from typing import Any

DEVICE_SECONDS = 12 * 32 * 44 * 86_400  # AlphaStar: 12 agents, 32 devices each, 44 days
PEAK = (420e12, 492e12)  # FLOP/s of a device, 90 %: four chips of 105 to 123
UTILIZATION = (0.15, 0.45)  # 90 %
LEVELS = (0.05, 0.5, 0.95)
Z = 1.6448536269514722  # normal score of 95 %
DRAWS = 1_000_000
POINTS = 10_000  # of a Sobol sequence
SEEDS = 20
ROUNDS = 5
MOST_OF_NUMPY = 0.8  # of its time
LEAST_RATIO = 3.0  # to squigglepy
MOST_MICROSECONDS = 200.0  # of a closed form
STATUS = Path("/proc/self/status")
INSTALL = "pip install squigglepy openturns uncertainties scipy"

Ends = Sequence[float]
Program = Callable[[int, int], Ends]
"""From the number of draws and a seed to the 5th, 50th and 95th percentile."""


def normal_of(low: float, high: float) -> tuple[float, float]:
    """Mean and standard deviation of a normal with these ends of its 90 % interval."""
    return (low + high) / 2, (high - low) / (2 * Z)


LOG_PEAK = normal_of(*map(math.log, PEAK))
LOGIT_UTILIZATION = normal_of(*(math.log(u / (1 - u)) for u in UTILIZATION))


def drawn(design: str, fraction: bool) -> Program:
    """The product by drawing: lognormal factors as one, all in logs."""
    from slipstick.uncertainty import between
    from slipstick.uncertainty.sampled_products import sampled_monomial
    from slipstick.uncertainty.sampling import Sampling

    factors = [(between(*PEAK), 1.0), (between(*UTILIZATION, fraction=fraction), 1.0)]

    def run(draws: int, seed: int) -> Ends:
        return sampled_monomial(DEVICE_SECONDS, factors, sampling=Sampling(draws, seed, design=design))[1:4]

    return run


def slipstick_general() -> Program:
    """The same as any expression, not known to be a product."""
    from slipstick.uncertainty import between, sampled

    inputs = [between(*PEAK), between(*UTILIZATION, fraction=True)]
    return lambda draws, seed: sampled(lambda x: DEVICE_SECONDS * x[0] * x[1], inputs, draws=draws, seed=seed)[1:4]


def slipstick_exact() -> Program:
    """The product as a product: quadrature over the utilization, no draws."""
    from slipstick.uncertainty import between, monomial

    factors = [(between(*PEAK), 1.0), (between(*UTILIZATION, fraction=True), 1.0)]
    return lambda draws, seed: monomial(DEVICE_SECONDS, factors)[1:4]


def slipstick_closed() -> Program:
    """One uncertain factor, the utilization: closed form."""
    from slipstick.uncertainty import between, monomial

    factors = [(between(*UTILIZATION, fraction=True), 1.0)]
    return lambda draws, seed: monomial(DEVICE_SECONDS * PEAK[0], factors)[1:4]


def slipstick_lognormal() -> Program:
    """Both factors lognormal: closed form."""
    from slipstick.uncertainty import between, monomial

    factors = [(between(*PEAK), 1.0), (between(*UTILIZATION), 1.0)]
    return lambda draws, seed: monomial(DEVICE_SECONDS, factors)[1:4]


def raw_numpy() -> Program:
    """Draw both, multiply, percentiles."""
    import numpy as np

    def run(draws: int, seed: int) -> Ends:
        generator = np.random.default_rng(seed)
        peak = generator.lognormal(*LOG_PEAK, draws)
        utilization = 1 / (1 + np.exp(-generator.normal(*LOGIT_UTILIZATION, draws)))
        return np.quantile(DEVICE_SECONDS * peak * utilization, LEVELS).tolist()  # type: ignore[no-any-return]

    return run


def raw_numpy_lognormal() -> Program:
    """The same with a lognormal utilization."""
    import numpy as np

    log_utilization = normal_of(*map(math.log, UTILIZATION))

    def run(draws: int, seed: int) -> Ends:
        generator = np.random.default_rng(seed)
        peak, utilization = generator.lognormal(*LOG_PEAK, draws), generator.lognormal(*log_utilization, draws)
        return np.quantile(DEVICE_SECONDS * peak * utilization, LEVELS).tolist()  # type: ignore[no-any-return]

    return run


def scipy_sobol() -> Program:
    """A scrambled Sobol sequence through the quantile functions."""
    import warnings

    import numpy as np
    from scipy import special
    from scipy.stats import qmc

    warnings.filterwarnings("ignore", "The balance properties")

    def run(draws: int, seed: int) -> Ends:
        scores = special.ndtri(qmc.Sobol(2, seed=seed).random(draws)).T
        peak = np.exp(LOG_PEAK[0] + LOG_PEAK[1] * scores[0])
        utilization = special.expit(LOGIT_UTILIZATION[0] + LOGIT_UTILIZATION[1] * scores[1])
        return np.quantile(DEVICE_SECONDS * peak * utilization, LEVELS).tolist()  # type: ignore[no-any-return]

    return run


def squigglepy() -> Program:
    """Its lognormals for both: it has no distribution on 0 to 1 with given quantiles."""
    import numpy as np
    import squigglepy as sq

    def run(draws: int, seed: int) -> Ends:
        sq.set_seed(seed)
        product = DEVICE_SECONDS * sq.to(*PEAK) * sq.to(*UTILIZATION)
        return np.percentile(sq.sample(product, n=draws), [100 * p for p in LEVELS]).tolist()  # type: ignore[no-any-return]

    return run


def openturns() -> Program:
    """A random vector through a symbolic function."""
    import openturns as ot

    joint = ot.JointDistribution([ot.LogNormal(*LOG_PEAK, 0.0), ot.Normal(*LOGIT_UTILIZATION)])
    product = ot.SymbolicFunction(["peak", "logit"], [f"{DEVICE_SECONDS} * peak / (1 + exp(-logit))"])
    vector = ot.CompositeRandomVector(product, ot.RandomVector(joint))

    def run(draws: int, seed: int) -> Ends:
        ot.RandomGenerator.SetSeed(seed)
        sample = vector.getSample(draws)
        return [sample.computeQuantile(p)[0] for p in LEVELS]

    return run


def first_order() -> Program:
    """First order: no draws, and no asymmetry."""
    from uncertainties import ufloat

    def run(draws: int, seed: int) -> Ends:
        peak, utilization = ufloat(*normal_of(*PEAK)), ufloat(*normal_of(*UTILIZATION))
        product = DEVICE_SECONDS * peak * utilization
        return [product.n + side * Z * product.s for side in (-1, 0, 1)]

    return run


PROGRAMS: dict[str, tuple[Callable[[], Program], str, int]] = {
    "slipstick": (lambda: drawn("random", fraction=True), "slipstick", DRAWS),
    "slipstick, any formula": (slipstick_general, "slipstick", DRAWS),
    "numpy": (raw_numpy, "numpy", DRAWS),
    "scipy, Sobol": (scipy_sobol, "scipy", DRAWS),
    "openturns": (openturns, "openturns", DRAWS),
    "slipstick, lognormals": (lambda: drawn("random", fraction=False), "slipstick", DRAWS),
    "numpy, lognormals": (raw_numpy_lognormal, "numpy", DRAWS),
    "squigglepy, lognormals": (squigglepy, "squigglepy", DRAWS),
    "slipstick, 10^7": (lambda: drawn("random", fraction=True), "slipstick", 10 * DRAWS),
    "slipstick, Sobol": (lambda: drawn("sobol", fraction=True), "slipstick", POINTS),
    "slipstick, quadrature": (slipstick_exact, "slipstick", 0),
    "slipstick, closed form": (slipstick_lognormal, "slipstick", 0),
    "slipstick, one factor": (slipstick_closed, "slipstick", 0),
    "uncertainties": (first_order, "uncertainties", 0),
}
"""By name: what makes the program, the module that it needs, and its number of draws."""
ERRORS = ("numpy", "scipy, Sobol", "slipstick", "slipstick, Sobol")
CLOSED = ("slipstick, closed form", "slipstick, one factor")
OF_OWN = ("slipstick", "numpy", "scipy")  # run by this interpreter


def megabytes(reset: bool = False) -> tuple[float, float]:
    """Memory held now and at most since the last reset (where the system can: Linux)."""
    if reset:
        STATUS.with_name("clear_refs").write_text("5")
    lines = (line.split() for line in STATUS.read_text().splitlines())
    kilobytes = {words[0]: int(words[1]) for words in lines if words[0] in ("VmRSS:", "VmHWM:")}
    return kilobytes["VmRSS:"] / 1e3, kilobytes["VmHWM:"] / 1e3


def timed(program: Program, draws: int) -> dict[str, Any]:
    """Wall time of one call after a small one, and the memory that it took beyond what was held before."""
    calls = 1 if draws else 1000
    ends = program(max(draws // 100, 100), 0)
    before, began = megabytes(reset=True)[0], time.perf_counter()
    for _ in range(calls):
        ends = program(draws, 1)
    seconds = (time.perf_counter() - began) / calls
    return {"seconds": seconds, "MB": megabytes()[1] - before, "ends": list(ends), "drew": "numpy" in sys.modules}


def errors(program: Program, draws: int) -> list[float]:
    """Root mean square, over the seeds, of the relative error of each percentile."""
    exact = slipstick_exact()(0, 0)
    runs = [program(draws, seed) for seed in range(1, SEEDS + 1)]
    columns = zip(*runs, strict=True)
    return [
        math.sqrt(sum((x / true - 1) ** 2 for x in column) / SEEDS) for column, true in zip(columns, exact, strict=True)
    ]


def child(given: argparse.Namespace) -> None:
    """Measure one program in this process and print the figures."""
    make, module, draws = PROGRAMS[given.child]
    if importlib.util.find_spec(module) is None:
        print(json.dumps(None))
    else:
        print(json.dumps(errors(make(), given.errors) if given.errors else timed(make(), draws)))


def measured(name: str, python: str, *options: str) -> Any:
    """The figures of one program in a process of its own; None where it is not installed."""
    own = PROGRAMS[name][1] in OF_OWN
    command = [sys.executable if own else python, __file__, "--child", name, *options]
    run = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        sys.exit(f"{name} failed: {run.stderr[-800:]}")
    return json.loads(run.stdout.splitlines()[-1])


def speed(python: str) -> dict[str, Any]:
    """The fastest of ROUNDS for each program; all take their turn in each: the speed of a shared machine changes."""
    results: dict[str, Any] = {}
    for _ in range(ROUNDS):
        for name in PROGRAMS:
            found, before = measured(name, python), results.get(name)
            if before is None or found is None or found["seconds"] < before["seconds"]:
                results[name] = found
    return results


def limits(results: dict[str, Any], found: dict[tuple[str, int], list[float]]) -> list[str]:
    """What is missed of what is wanted."""
    own, missed = results["slipstick"], []
    for mine, other in (("slipstick", "numpy"), ("slipstick, lognormals", "numpy, lognormals")):
        ratio = results[mine]["seconds"] / results[other]["seconds"]
        if ratio > MOST_OF_NUMPY:
            missed.append(f"{mine}: {ratio:.2f} times the time of {other}, wanted {MOST_OF_NUMPY}")
    if squiggle := results["squigglepy, lognormals"]:
        ratio = squiggle["seconds"] / results["slipstick, lognormals"]["seconds"]
        if ratio < LEAST_RATIO:
            missed.append(f"{ratio:.1f} times faster than squigglepy, wanted {LEAST_RATIO}")
    growth = results["slipstick, 10^7"]["MB"] - own["MB"]
    if growth > 5:
        missed.append(f"{growth:.0f} MB more for ten times the draws, wanted none")
    if any(a > b for a, b in zip(found["slipstick, Sobol", POINTS], found["numpy", DRAWS], strict=True)):
        missed.append(f"{POINTS} Sobol points are worse than {DRAWS} plain draws")
    slow = [name for name in CLOSED if results[name]["seconds"] > MOST_MICROSECONDS / 1e6 or results[name]["drew"]]
    return missed + [f"{name}: over {MOST_MICROSECONDS:.0f} us, or numpy was loaded" for name in slow]


def row(name: str, found: Any, numpy: float) -> str:
    """A line of the table of times."""
    if found is None:
        return f"{name:23}{'not installed':>15}"
    low, median, high = found["ends"]
    return (
        f"{name:23}{PROGRAMS[name][2]:>10}{1e3 * found['seconds']:12.3f}{found['seconds'] / numpy:10.3f}"
        f"{found['MB']:8.1f}{low:13.4e}{median:12.4e}{high:12.4e}"
    )


def main() -> int:
    """Measure all programs in turn and print the tables; 1 with `--strict` if something wanted is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the other libraries")
    parser.add_argument("--strict", action="store_true", help="exit code 1 if something wanted is missed")
    parser.add_argument("--child", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("--errors", type=int, default=0, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        child(given)
        return 0
    results = speed(given.python)
    print(f"{'':23}{'draws':>10}{'ms':>12}{'x numpy':>10}{'MB':>8}{'5 %':>13}{'50 %':>12}{'95 %':>12}")
    for name, figures in results.items():
        print(row(name, figures, results["numpy"]["seconds"]))
    if None in results.values():
        print(f"for what is not installed: {INSTALL}, in any environment, and --python with its interpreter")
    wanted = [(name, n) for name in ERRORS for n in (POINTS, DRAWS) if "Sobol" not in name or n == POINTS]
    found = {(name, n): measured(name, given.python, "--errors", str(n)) for name, n in wanted}
    print(f"\nrelative error, root mean square of {SEEDS} seeds {'5 %':>14}{'50 %':>12}{'95 %':>12}")
    for (name, n), columns in found.items():
        print(f"{name:23}{n:>10}        " + "".join(f"{error:12.2e}" for error in columns))
    missed = limits(results, found)
    print("\n".join(["", *(f"missed: {line}" for line in missed)]) if missed else "\nall that is wanted is met")
    return 1 if missed and given.strict else 0


if __name__ == "__main__":
    sys.exit(main())
