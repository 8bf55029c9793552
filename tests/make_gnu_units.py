"""Fills the column `expected` of tests/data/gnu_units.csv from GNU units (`apt-get install units`, 2.22 or later).

    python tests/make_gnu_units.py

Each row asks for `value` of a unit in another: in slipstick's spelling (`unit`, `other`) and in that of GNU units. Where
the two programs define a unit differently, `differs` names both definitions.
"""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

TABLE = Path(__file__).parent / "data" / "gnu_units.csv"


def rows() -> list[dict[str, str]]:
    """The rows of the table."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def asked(row: dict[str, str]) -> str:
    """The quantity as GNU units takes it; a temperature is a function of its value there."""
    has_value = row["gnu_unit"].startswith("temp") or row["gnu_other"].startswith("temp")
    return row["gnu_unit"] if has_value else f"{row['value']} {row['gnu_unit']}"


def expected(row: dict[str, str], program: str = "units") -> str:
    """What GNU units answers, with 17 digits. Raises RuntimeError where it has no answer."""
    command = [program, "--terse", "--output-format", "%.17g", "--", asked(row), row["gnu_other"]]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        float(answer.stdout.strip())
    except ValueError:
        raise RuntimeError(f"{asked(row)} to {row['gnu_other']}: {answer.stdout.strip()}") from None
    return answer.stdout.strip()


def main() -> None:
    """Fill the column, and write the table back."""
    every = rows()
    for row in every:
        row["expected"] = expected(row)
    with TABLE.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(every[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(every)


if __name__ == "__main__":
    main()
