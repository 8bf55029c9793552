"""Plants slips in right calculations and counts how many are found: `python tests/bench/slips.py [TEXTS KEY]`.

`README.md` here says what is planted and when a slip counts as found.
"""

from __future__ import annotations

import argparse
import json
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from causes import Cause, cause_row, causes_of, right_causes
from labelled import Labelled, corpus, every_own_note, sides_of
from meanings import ADJUSTED, MEANINGS
from planting import ARITHMETIC, MEANING, NOTHING_LEFT, Slip, slips

LEAST_FLAGGED = 0.97
MOST_WRONGLY_FLAGGED = 0.005
LOUD = ("warning", "error")
LEAST_MEANING_FLAGGED = 0.95
LEAST_CAUSE_FIRST = 0.80
KINDS = (*ARITHMETIC, *MEANINGS, *MEANING, NOTHING_LEFT)
STATES = ("flagged", "unknown", "passed", "not read")
"""What became of a slip: a warning or error; else a verdict unknown; else none; or no calculation was read there."""


class Read(NamedTuple):
    """A calculation as the program read it."""

    start: int
    end: int
    value: float | None
    verdicts: tuple[str, ...]
    loud: tuple[str, ...]
    meanings: tuple[str, ...] = ()
    causes: tuple[Cause, ...] = ()


class Outcome(NamedTuple):
    """What became of a slip, what was read in its place, and what had been read there without it."""

    slip: Slip
    state: str
    read: list[Read]
    right: list[Read]

    @property
    def factor(self) -> float | None:
        """What leads from the value that was read to the right one; of an edit of the claim, to that claim."""
        was, now = (next((r.value for r in read if r.value), None) for read in (self.right, self.read))
        in_claim = self.slip.in_claim
        return float(self.slip.factor) if in_claim and self.slip.factor else was / now if was and now else None


def audited(texts: Sequence[str], command: str | None) -> Iterator[list[Read]]:
    """The calculations in each text, through the Python interface, or by one run of a command with its arguments."""
    if command is not None:
        yield from _by_command(texts, command)
        return
    from slipstick import audit
    from slipstick.formats.json import record

    for text in texts:
        yield [_from_json(calculation) for calculation in record(audit(text))["calculations"]]


def _by_command(texts: Sequence[str], command: str) -> Iterator[list[Read]]:
    options = ["--text-column", "text", "--id-column", "id", "--format", "jsonl", "--fail-on", "never"]
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "slips.jsonl"
        rows = (json.dumps({"id": number, "text": text}) + "\n" for number, text in enumerate(texts))
        table.write_text("".join(rows), encoding="utf-8")
        run = [*shlex.split(command), "audit", str(table), *options]
        done = subprocess.run(run, capture_output=True, check=False, encoding="utf-8")
    if done.returncode:
        sys.exit(f"{command} failed with exit code {done.returncode}: {done.stderr[-500:]}")
    for line in done.stdout.splitlines():
        yield [_from_json(calculation) for calculation in json.loads(line)["calculations"]]


def _from_json(found: dict[str, Any]) -> Read:
    verdicts = tuple(claim["verdict"] for claim in found["claims"])
    loud = tuple(finding["name"] for finding in found["findings"] if finding["severity"] in LOUD)
    meanings = tuple(finding["code"] for finding in found["findings"] if finding["code"].startswith("C1"))
    causes = causes_of(found.get("diagnosis", []))
    return Read(found["start"], found["end"], found["value"], verdicts, loud, meanings, causes)


def at_place(read: list[Read], start: int, end: int) -> list[Read]:
    """The calculations that overlap a place by half of the shorter of the two."""
    near = []
    for found in read:
        common = min(end, found.end) - max(start, found.start)
        if common > 0 and 2 * common >= min(end - start, found.end - found.start):
            near.append(found)
    return near


def state_of(near: list[Read]) -> str:
    """One of STATES."""
    if not near:
        return "not read"
    if any(found.loud for found in near):
        return "flagged"
    return "unknown" if any("unknown" in found.verdicts for found in near) else "passed"


@cache
def sparse_peaks() -> list[tuple[tuple[str, ...], Fraction, Fraction]]:
    """The names of each part with a dense peak and the sparse one that the catalogue has beside it."""
    from slipstick.catalogue import hardware

    found = set()
    for part in hardware.parts():
        peaks = hardware.peaks(part.name)
        for sparse in (peak for peak in peaks if peak.sparse):
            for dense in peaks:
                alike = (dense.level, dense.number_format) == (sparse.level, sparse.number_format)
                if not dense.sparse and alike and 1.8 < sparse.flop_per_s / dense.flop_per_s < 2.2:
                    found.add((part.aliases, dense.flop_per_s, sparse.flop_per_s))
    return sorted(found)


def peaks_named_in(text: str) -> list[tuple[Fraction, Fraction]]:
    """Dense and sparse peaks of the parts that a text names: of another part nobody could tell them apart."""
    plain = text.lower().replace(" ", "").replace("-", "")
    return [
        (dense, sparse)
        for names, dense, sparse in sparse_peaks()
        if any(name.lower().replace(" ", "").replace("-", "") in plain for name in names)
    ]


def planted(labels: Sequence[Labelled], seed: int) -> tuple[list[Slip], Counter[str]]:
    """All slips, and how many clean calculations could not be used or only in their claim."""
    found: list[Slip] = []
    notes: Counter[str] = Counter()
    for label in labels:
        sides = sides_of(label)
        if sides is None:
            notes["no slip planted (a bound, a range, or the claim is not told from the labelled value)"] += 1
            continue
        notes["planted in the claim only (the factors were not followed)"] += sides.expression is None
        found += slips(label, sides, seed, peaks_named_in(label.text))
    return found, notes


def outcomes(found: Sequence[Slip], command: str | None) -> list[Outcome]:
    """What the audit says about each slip."""
    texts = list(dict.fromkeys(slip.label.text for slip in found))
    right = dict(zip(texts, audited(texts, command), strict=True))
    result = []
    for slip, read in zip(found, audited([slip.text for slip in found], command), strict=True):
        near, was = at_place(read, *slip.span), at_place(right[slip.label.text], slip.label.start, slip.label.end)
        result.append(Outcome(slip, state_of(near), near, was))
    return result


def wrongly_flagged(labels: Sequence[Labelled], command: str | None) -> list[tuple[Labelled, list[Read]]]:
    """The clean calculations that a warning or error stands on in the unmodified text."""
    texts = list(dict.fromkeys(label.text for label in labels))
    read = dict(zip(texts, audited(texts, command), strict=True))
    near = ((label, at_place(read[label.text], label.start, label.end)) for label in labels)
    return [(label, found) for label, found in near if state_of(found) == "flagged"]


def figures(done: Sequence[Outcome], kinds: Sequence[str]) -> dict[str, Any]:
    """Counts by state and the share that is flagged, over some kinds."""
    states = Counter(outcome.state for outcome in done if outcome.slip.kind in kinds)
    planted_in_all = states.total()
    share = states["flagged"] / planted_in_all if planted_in_all else None
    return {"planted": planted_in_all, **{state: states[state] for state in STATES}, "share": share}


def cause_counts(done: Sequence[Outcome]) -> Counter[str]:
    """Of the slips that a claim shows to be off: whether the first explanation is the planted one."""
    counted: Counter[str] = Counter()
    for outcome in done:
        off = [found for found in outcome.read if "off" in found.verdicts]
        if outcome.slip.factor is None or outcome.state != "flagged" or not off or outcome.factor is None:
            continue
        first, named, listed = right_causes(outcome.slip.kind, outcome.factor, off[0].causes)
        counted.update({"diagnosable": 1, "first": first, "named": named, "listed": listed})
    return counted


def told(done: Sequence[Outcome], clean: dict[str, set[str]]) -> dict[str, int]:
    """Of the slips whose result was adjusted: how many get a finding of the catalogue that the right text lacks."""
    new = [{code for found in each.read for code in found.meanings} - clean[each.slip.label.text] for each in done]
    return {"planted": len(done), "told": sum(map(bool, new))}


def row(name: str, counts: dict[str, Any]) -> str:
    """A line of the table."""
    share = "" if counts["share"] is None else f"{counts['share']:9.1%}"
    return f"{name:28}{counts['planted']:9}" + "".join(f"{counts[state]:9}" for state in STATES) + share


def shown(outcome: Outcome) -> str:
    """A slip that is not flagged: the calculation before and after, and what was read."""
    label, (start, end) = outcome.slip.label, outcome.slip.span
    read = ", ".join(f"{found.value if found.value is None else format(found.value, '.6g')} "
                     f"{'/'.join(found.verdicts)} {' '.join(sorted(c.names)[0] for c in found.causes[:3])}"
                     for found in outcome.read)  # fmt: skip
    before, after = (
        " ".join(text.split()) for text in (label.text[label.start : label.end], outcome.slip.text[start:end])
    )
    return f"  {label.note}: {outcome.state} {read}\n    before {before}\n    after  {after}"


def parsed() -> argparse.Namespace:
    """The arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="?", type=Path, help="texts, .jsonl with id and text (the repository's notes)")
    parser.add_argument("key", nargs="?", type=Path, help="their labels, .json")
    parser.add_argument("--command", help="a slipstick to run in place of the Python interface")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of places (1)")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of the table")
    parser.add_argument(
        "--show", type=int, default=0, metavar="N", help="print N slips of each kind that are not flagged"
    )
    given = parser.parse_args()
    if (given.texts is None) != (given.key is None):
        parser.error("TEXTS needs a KEY")
    return given


def main() -> int:
    """Plant, audit, print; 1 if fewer are found or more is flagged wrongly than may be."""
    given = parsed()
    labels = [label for label in (corpus(given.texts, given.key) if given.texts else every_own_note()) if label.clean]
    found, notes = planted(labels, given.seed)
    done, wrong = outcomes(found, given.command), wrongly_flagged(labels, given.command)
    of_kind = {kind: [each for each in done if each.slip.kind == kind] for kind in (*KINDS, *ADJUSTED.values())}
    clean = clean_codes(labels, given.command)
    causes = {kind: cause_counts(of_kind[kind]) for kind in (*ARITHMETIC, *MEANINGS)}
    result = {
        "kinds": {kind: figures(done, [kind]) for kind in KINDS},
        "arithmetic": figures(done, ARITHMETIC),
        "meaning": figures(done, MEANINGS),
        "causes": {**causes, "all": sum(causes.values(), Counter())},
        "adjusted": {kind: told(of_kind[name], clean) for kind, name in ADJUSTED.items()},
        "clean": {"calculations": len(labels), "flagged": len(wrong), "share": len(wrong) / max(1, len(labels))},
        "notes": notes,
    }
    if given.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print_all(result, done, wrong, given.show)
    return 0 if is_enough(result) else 1


def clean_codes(labels: Sequence[Labelled], command: str | None) -> dict[str, set[str]]:
    """The findings of the catalogue on each right text."""
    texts = list(dict.fromkeys(label.text for label in labels))
    read = audited(texts, command)
    return {text: {code for each in found for code in each.meanings} for text, found in zip(texts, read, strict=True)}


def is_enough(result: dict[str, Any]) -> bool:
    """Whether as many slips are found, and as many causes, and as little flagged wrongly, as has to be."""
    groups = [(result["arithmetic"], LEAST_FLAGGED), (result["meaning"], LEAST_MEANING_FLAGGED)]
    flagged = all(not counts["planted"] or counts["share"] >= least for counts, least in groups)
    causes = result["causes"]["all"]
    first = causes["first"] >= LEAST_CAUSE_FIRST * causes["diagnosable"]
    return flagged and first and result["arithmetic"]["planted"] > 0 and result["clean"]["share"] < MOST_WRONGLY_FLAGGED


def print_all(result: dict[str, Any], done: list[Outcome], wrong: list[tuple[Labelled, list[Read]]], show: int) -> None:
    """The table, and the slips that were not flagged."""
    print(f"{'':28}{'planted':>9}" + "".join(f"{state:>9}" for state in STATES) + f"{'share':>9}")
    for kind in ARITHMETIC:
        print(row(kind, result["kinds"][kind]))
    print(row("arithmetic, all kinds", result["arithmetic"]))
    print("meaning or units alone:")
    for kind in (*MEANINGS, *MEANING, NOTHING_LEFT):
        print(row(kind, result["kinds"][kind]))
    print(row("meaning, result as it was", result["meaning"]))
    print(f"\n{'cause, of those flagged':28}{'off':>9}{'first':>9}{'named':>9}{'listed':>9}")
    for kind, counted in result["causes"].items():
        print(cause_row(kind, counted))
    print(f"\n{'result adjusted':28}{'planted':>9}{'told':>9}")
    for kind, counts in result["adjusted"].items():
        print(f"{kind:28}{counts['planted']:9}{counts['told']:9}")
    clean = result["clean"]
    print(f"clean: {clean['calculations']} calculations, {clean['flagged']} flagged wrongly ({clean['share']:.1%})")
    for words, count in result["notes"].items():
        print(f"{count} clean ones: {words}")
    for label, near in wrong:
        names = ", ".join(name for found in near for name in found.loud)
        print(f"  {label.note}: {names}: {' '.join(label.text[label.start : label.end].split())}")
    for kind in (*ARITHMETIC, *MEANINGS, *MEANING) if show else ():
        missed = [outcome for outcome in done if outcome.slip.kind == kind and outcome.state != "flagged"]
        print(f"\n{kind}: {len(missed)} not flagged", *map(shown, missed[:show]), sep="\n")
        others = [outcome for outcome in done if outcome.slip.kind == kind and is_other_cause(outcome)]
        print(f"{kind}: {len(others)} with another cause first", *map(shown, others[:show]), sep="\n")


def is_other_cause(outcome: Outcome) -> bool:
    """Whether the first explanation is not the planted one."""
    counted = cause_counts([outcome])
    return bool(counted["diagnosable"]) and not counted["first"]


if __name__ == "__main__":
    sys.exit(main())
