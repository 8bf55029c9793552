"""Measures start-up against its limits: `python tests/bench/startup.py [--runs N]`. `README.md` here says more."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

LINE = "5 days * 24 hours/day * 3600 sec/hour * 8 V100 GPU * 100*10^12 FLOP/s * 33% actual GPU utilization = 10^20 FLOP"
# Exit codes of an audit that was carried out: nothing found, something found.
CARRIED_OUT = (0, 1)


class Limit(NamedTuple):
    """At most `factor` times the median of `base`, plus `extra` seconds."""

    base: str
    factor: float
    extra: float = 0.0

    def seconds(self, medians: Mapping[str, float]) -> float:
        """The limit in seconds, given the medians of one measurement."""
        return self.factor * medians[self.base] + self.extra


LIMITS = {
    "import slipstick": Limit("bare Python", 1, 0.010),
    "slipstick --help": Limit("bare Python", 5),
    "audit one line, text": Limit("import pint, sympy, uncertainties", 0.33),
    "audit one line, json": Limit("import pint, sympy, uncertainties", 0.25),
}


def slipstick() -> list[str]:
    """The console script beside the interpreter, or `python -m slipstick` where it is not installed."""
    for name in ("slipstick", "slipstick.exe"):
        script = Path(sys.executable).parent / name
        if script.exists():
            return [str(script)]
    return [sys.executable, "-m", "slipstick"]


def programs() -> dict[str, list[str]]:
    """What is measured, by name."""
    python = [sys.executable, "-c"]
    audit = [*slipstick(), "audit", "--text", LINE, "--format"]
    return {
        "bare Python": [*python, "pass"],
        "import pint, sympy, uncertainties": [*python, "import pint, sympy, uncertainties"],
        "import slipstick": [*python, "import slipstick"],
        "slipstick --help": [*slipstick(), "--help"],
        "audit one line, text": [*audit, "text"],
        "audit one line, json": [*audit, "json"],
    }


def seconds(command: Sequence[str]) -> float:
    """Wall time of one whole process with its output in a pipe. SystemExit where it fails or prints no audit."""
    began = time.perf_counter()
    run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    taken = time.perf_counter() - began
    audits = "audit" in command
    if run.returncode not in (CARRIED_OUT if audits else (0,)) or (audits and not run.stdout):
        sys.exit(f"{command} failed with exit code {run.returncode}: {run.stderr.decode(errors='replace')[-500:]}")
    return taken


def measure(commands: Mapping[str, Sequence[str]], runs: int) -> dict[str, float]:
    """Median seconds of each command. One run of each in turn, so that a slow moment meets all of them alike."""
    for command in commands.values():
        seconds(command)  # the first run writes bytecode and fills the disk cache
    taken: dict[str, list[float]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(seconds(command))
    return {name: median(times) for name, times in taken.items()}


def broken_limits(medians: Mapping[str, float]) -> list[str]:
    """The names of what took longer than its limit."""
    return [name for name, limit in LIMITS.items() if medians[name] > limit.seconds(medians)]


def table(medians: Mapping[str, float]) -> str:
    """One line for each program: median and limit in milliseconds, and the median in bare starts."""
    bare = medians["bare Python"]
    rows = [f"{'':36}{'median':>9}{'limit':>9}{'bare starts':>13}"]
    for name, taken in medians.items():
        limit = f"{LIMITS[name].seconds(medians) * 1e3:.1f}" if name in LIMITS else ""
        mark = "  over" if name in broken_limits(medians) else ""
        rows.append(f"{name:36}{taken * 1e3:9.1f}{limit:>9}{taken / bare:13.1f}{mark}")
    return "\n".join(rows)


def main() -> int:
    """Measure, print the table in milliseconds; 1 if a limit is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="runs of each program (15)")
    medians = measure(programs(), max(1, parser.parse_args().runs))
    print(table(medians))
    return 1 if broken_limits(medians) else 0


if __name__ == "__main__":
    sys.exit(main())
