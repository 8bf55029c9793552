"""Measures start-up against its limits: `python tests/bench/startup.py [--runs N]`. `README.md` here says more."""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

LINE = "5 days * 24 hours/day * 3600 sec/hour * 8 V100 GPU * 100*10^12 FLOP/s * 33% actual GPU utilization = 10^20 FLOP"
# Exit codes of an audit that was carried out: nothing found, something found.
CARRIED_OUT = (0, 1)
LONGER = 3
"""How many times as many rounds judge once more what was over its limit."""


class Limit(NamedTuple):
    """At most `factor` times the time of `base` at that moment, plus `extra` seconds."""

    base: str
    factor: float
    extra: float = 0.0

    def seconds(self, base: float) -> float:
        """The limit in seconds where the base takes `base`."""
        return self.factor * base + self.extra


class Round(NamedTuple):
    """One run of a program in seconds, and the mean of the two runs of its base right before and right behind it."""

    taken: float
    base: float


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


def measure(names: Collection[str], runs: int, time_of: Callable[[str], float]) -> dict[str, list[Round]]:
    """The rounds of each program of `names`; `time_of` runs a program once.

    A machine that others use may be twice as slow a second later. So a program is compared with its base at that very
    moment: base, program, base, the next program with that base, base.
    """
    rounds: dict[str, list[Round]] = {name: [] for name in names}
    for _ in range(runs):
        for base in dict.fromkeys(LIMITS[name].base for name in names):
            before = time_of(base)
            for name in (name for name in names if LIMITS[name].base == base):
                taken, behind = time_of(name), time_of(base)
                rounds[name].append(Round(taken, (before + behind) / 2))
                before = behind
    return rounds


def share_of_limit(limit: Limit, rounds: Sequence[Round]) -> float:
    """How much of its limit a program took: the median over the rounds of its time over the limit of that moment."""
    return median(taken / limit.seconds(base) for taken, base in rounds)


def over(rounds: Mapping[str, Sequence[Round]]) -> list[str]:
    """The names of what took more than its limit."""
    return [name for name, each in rounds.items() if share_of_limit(LIMITS[name], each) > 1]


def table(rounds: Mapping[str, Sequence[Round]]) -> str:
    """One line for each program: the medians of its time, of its base's and of their ratio, and how it is judged."""
    rows = [f"{'':24}{'ms':>9}{'base, ms':>10}{'ratio':>8}{'of its limit':>14}  limit"]
    for name, each in rounds.items():
        limit = LIMITS[name]
        ms, base = (median(times) * 1e3 for times in zip(*each, strict=True))
        ratio, share = median(taken / base for taken, base in each), share_of_limit(limit, each)
        said = f"{limit.factor:g} of {limit.base}" + (f" + {limit.extra * 1e3:g} ms" if limit.extra else "")
        mark = "  OVER" if share > 1 else ""
        rows.append(f"{name:24}{ms:9.1f}{base:10.1f}{ratio:8.3f}{share:14.1%}  {said}{mark}")
    return "\n".join(rows)


def main() -> int:
    """Measure and print the table; what is over its limit once more, alone and longer. 1 if it is over again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15, help="rounds, in each of which every program runs (15)")
    runs = max(1, parser.parse_args().runs)
    commands = programs()
    for command in commands.values():
        seconds(command)  # the first run writes bytecode and fills the disk cache

    def time_of(name: str) -> float:
        return seconds(commands[name])

    rounds = measure(LIMITS, runs, time_of)
    print(table(rounds))
    if not over(rounds):
        return 0
    again = measure(over(rounds), LONGER * runs, time_of)
    print(f"\nonce more, {LONGER * runs} rounds of what was over\n{table(again)}")
    return 1 if over(again) else 0


if __name__ == "__main__":
    sys.exit(main())
