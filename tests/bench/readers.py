"""Speed and memory beside other readers of quantities: `python tests/bench/readers.py [TEXTS] [--python PATH]`.

Each program reads the same texts in a process of its own. `README.md` here says more.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import time
import warnings
from collections.abc import Callable
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from prose import prose

OWN_NOTES = Path(__file__).parents[1] / "data/notes.jsonl"
LEAST_RATIO = 15.0  # to quantulum3, in notes per second
LEAST_PROSE = 5.0  # MB/s
PROSE_CHARACTERS = 5_000_000
ROUNDS = 3
PROSE = "slipstick, prose"
WARM_UP = 30  # notes; the first ones pay for imports, tables and patterns
INSTALL = 'pip install quantulum3 recognizers-text-number-with-unit "emoji<2"'
NUMBER_AND_UNIT = re.compile(r"\d[\d,]*(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:%|[A-Za-z]+(?:/[A-Za-z]+)*)?")

Program = Callable[[str], Any]


def slipstick() -> Program:
    """The whole audit."""
    from slipstick import audit

    return audit


def quantulum3() -> Program:
    """Its parser, without the classifier, which is an extra."""
    warnings.filterwarnings("ignore")
    from quantulum3 import parser

    return parser.parse


def recognizers() -> Program:
    """Its recognizer of dimensions in English; currencies would cost it the same again."""
    from recognizers_number_with_unit import recognize_dimension
    from recognizers_text import Culture

    return lambda text: recognize_dimension(text, Culture.English)


def one_pattern() -> Program:
    """A single pattern for a number and the word behind it: about as fast as Python can read a text at all."""
    return NUMBER_AND_UNIT.findall


PROGRAMS: dict[str, tuple[Callable[[], Program], str]] = {
    "slipstick": (slipstick, "slipstick"),
    "quantulum3": (quantulum3, "quantulum3"),
    "recognizers-text": (recognizers, "recognizers_number_with_unit"),
    "one pattern": (one_pattern, "re"),
}
"""By name: what makes the program, and the module that it needs."""


def texts_of(path: Path) -> list[str]:
    """The texts of a table."""
    return [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure_notes(program: Program, texts: list[str], notes: int, limit: float) -> tuple[float, int, int]:
    """Seconds of processor time, notes and bytes: over so many notes, or as many as fit in the time.

    Each note has its number at its end, so that none is the same text as an earlier one.
    """
    for text in texts[:WARM_UP]:
        program(text)
    done = size = 0
    began = time.process_time()
    for text in islice(cycle(texts), notes):
        numbered = f"{text}\n\nNote {done}."
        program(numbered)
        done += 1
        size += len(numbered.encode())
        if time.process_time() - began > limit:
            break
    return time.process_time() - began, done, size


def measure_prose(program: Program) -> tuple[float, int, int]:
    """The same for one long text without calculations."""
    text = prose(PROSE_CHARACTERS)
    program(prose(20_000, seed=2))
    began = time.process_time()
    program(text)
    return time.process_time() - began, 1, len(text.encode())


def peak_megabytes() -> float:
    """The largest memory that this process has held."""
    import resource

    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def child(given: argparse.Namespace) -> None:
    """Measure one program in this process and print the figures."""
    make, module = PROGRAMS[given.child]
    if importlib.util.find_spec(module) is None:
        print(json.dumps(None))
        return
    program = make()
    if given.prose:
        seconds, notes, size = measure_prose(program)
    else:
        seconds, notes, size = measure_notes(program, texts_of(given.texts), given.notes, given.seconds)
    figures = {"seconds": seconds, "notes": notes, "bytes": size, "peak MB": peak_megabytes()}
    print(json.dumps(figures | {"notes/s": notes / seconds, "MB/s": size / seconds / 1e6}))


def in_rounds(given: argparse.Namespace) -> dict[str, dict[str, float] | None]:
    """The fastest of ROUNDS for each program. All take their turn in each: the speed of a shared machine changes."""
    results: dict[str, dict[str, float] | None] = {}
    for _ in range(ROUNDS):
        for name in (*PROGRAMS, PROSE):
            found = measured(name.removesuffix(", prose"), given, *(["--prose"] if name == PROSE else []))
            before = results.get(name)
            if before is None or found is None or found["notes/s"] > before["notes/s"]:
                results[name] = found
    return results


def measured(name: str, given: argparse.Namespace, *options: str) -> dict[str, float] | None:
    """The figures of one program in a process of its own; None where it is not installed."""
    own = name in ("slipstick", "one pattern")
    command = [sys.executable if own else given.python, __file__, str(given.texts), "--child", name, *options]
    limits = ["--notes", str(given.notes // ROUNDS), "--seconds", "inf" if own else str(given.seconds / ROUNDS)]
    run = subprocess.run([*command, *limits], capture_output=True, encoding="utf-8", check=False)
    if run.returncode:
        sys.exit(f"{name} failed: {run.stderr[-500:]}")
    result: dict[str, float] | None = json.loads(run.stdout.splitlines()[-1])
    return result


def parsed() -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "texts", nargs="?", type=Path, default=OWN_NOTES, help=".jsonl with text (the repository's notes)"
    )
    parser.add_argument("--notes", type=int, default=12_000, help="notes for slipstick, the texts repeated (12000)")
    parser.add_argument("--seconds", type=float, default=20, help="time for each of the others (20)")
    parser.add_argument("--python", default=sys.executable, help="an interpreter that has the other libraries")
    parser.add_argument("--child", choices=PROGRAMS, help=argparse.SUPPRESS)
    parser.add_argument("--prose", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> int:
    """Measure all programs in turn, print the table; 1 if slipstick is slower than it may be."""
    given = parsed()
    if given.child:
        child(given)
        return 0
    results = in_rounds(given)
    reference = results["quantulum3"]
    print(f"{'':20}{'notes':>8}{'seconds':>9}{'notes/s':>11}{'MB/s':>8}{'peak MB':>9}{'x quantulum3':>14}")
    for name, found in results.items():
        print(row(name, found, reference))
    if None in results.values():
        print(f"for what is not installed: {INSTALL}, in any environment, and --python with its interpreter")
    own, long = results["slipstick"], results[PROSE]
    slow = own is None or long is None or long["MB/s"] < LEAST_PROSE
    return 1 if slow or (reference and own and own["notes/s"] < LEAST_RATIO * reference["notes/s"]) else 0


def row(name: str, found: dict[str, float] | None, reference: dict[str, float] | None) -> str:
    """A line of the table."""
    if found is None:
        return f"{name:20}{'not installed':>17}"
    ratio = found["notes/s"] / reference["notes/s"] if reference and name != PROSE else None
    return (
        f"{name:20}{found['notes']:8}{found['seconds']:9.2f}{found['notes/s']:11.1f}{found['MB/s']:8.3f}"
        f"{found['peak MB']:9.1f}" + ("" if ratio is None else f"{ratio:14.1f}")
    )


if __name__ == "__main__":
    sys.exit(main())
