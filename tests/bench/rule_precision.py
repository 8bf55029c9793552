"""Each rule's findings over labelled notes: how many by severity and confidence, how many are right or mistaken.

`python rule_precision.py` takes the repository's own notes and its slips of meaning; `python rule_precision.py
texts.jsonl key.json` any labelled set in the form of the slip benchmark. A finding is judged where the labels can:

- a text with a list of codes says which of those rules must find something in it, and which must not;
- a note with a list of names says which warnings and errors it must bring about;
- a calculation that is labelled right must not be found by a rule about its result.

What the labels leave open is listed for a reader to judge (`--show`, `--rule`).
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from labelled import OWN_NOTES, corpus, own_notes

from slipstick import Source, audit
from slipstick.finding import Finding, Severity
from slipstick.rules import RULES

SLIPS_OF_MEANING = Path(__file__).parents[1] / "data/slips_of_meaning.jsonl"
ABOUT_THE_RESULT = frozenset(("C001", "C003", "C004", "C006", "C007"))
"""Rules that find something only where a claim is off."""
WANTED = 0.9
"""A rule below this precision is to be off unless it is asked for."""


class Note(NamedTuple):
    """A text with what is known of it; None where nothing is."""

    name: str
    text: str
    codes: frozenset[str] | None = None
    loud: frozenset[str] | None = None
    right: tuple[tuple[int, int], ...] = ()
    """The places of calculations whose results are right."""
    wrong: tuple[tuple[int, int], ...] = ()


class Judged(NamedTuple):
    """A finding with its note: right, mistaken, or open."""

    note: Note
    finding: Finding
    word: str


def own() -> Iterator[Note]:
    """The repository's notes, and its slips of meaning."""
    places: dict[str, list[tuple[int, int, bool]]] = {}
    for label in own_notes():
        places.setdefault(label.text, []).append((label.start, label.end, label.clean))
    for number, line in enumerate(OWN_NOTES.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        yield _note(f"notes:{number}", row["text"], places.get(row["text"], []))._replace(
            loud=frozenset(row["findings"])
        )
    for number, line in enumerate(SLIPS_OF_MEANING.read_text(encoding="utf-8").splitlines(), 1):
        row = json.loads(line)
        yield Note(f"slips:{number}", row["text"], frozenset(row["codes"]))


def labelled(texts: Path, key: Path) -> Iterator[Note]:
    """The notes of a labelled set, those without a calculation included."""
    places: dict[str, list[tuple[int, int, bool]]] = {}
    for label in corpus(texts, key):
        places.setdefault(label.note, []).append((label.start, label.end, label.clean))
    for line in texts.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield _note(str(row["id"]), row["text"], places.get(str(row["id"]), []))


def _note(name: str, text: str, places: list[tuple[int, int, bool]]) -> Note:
    right = tuple((start, end) for start, end, clean in places if clean)
    return Note(name, text, right=right, wrong=tuple((start, end) for start, end, clean in places if not clean))


def judge(note: Note, finding: Finding, covered: frozenset[str]) -> str:
    """Whether a finding is right, mistaken, or open, by what the labels say."""
    if note.codes is not None and finding.code in covered:
        return "right" if finding.code in note.codes else "mistaken"
    if note.loud is not None and finding.severity is not Severity.NOTE:
        return "right" if finding.name in note.loud else "mistaken"
    if finding.code in ABOUT_THE_RESULT:
        if any(_overlap(finding, place) for place in note.wrong):
            return "right"
        return "mistaken" if any(_overlap(finding, place) for place in note.right) else "open"
    return "open"


def _overlap(finding: Finding, place: tuple[int, int]) -> bool:
    return finding.span.start < place[1] and place[0] < finding.span.end


def findings(notes: list[Note]) -> Iterator[Judged]:
    """Every finding in every note, judged."""
    covered = frozenset(code for note in notes for code in note.codes or ())
    for note in notes:
        report = audit(Source(note.text))
        read = (*report.calculations, *report.expressions)
        for finding in (*report.findings, *(f for made in read for f in made.findings)):
            yield Judged(note, finding, judge(note, finding, covered))


def table(found: list[Judged]) -> Iterator[dict[str, object]]:
    """One row a rule that found anything, in order of codes."""
    for rule in RULES:
        own = [each for each in found if each.finding.code == rule.code]
        if not own:
            continue
        words = Counter(each.word for each in own)
        known = words["right"] + words["mistaken"]
        yield {
            "code": rule.code,
            "name": rule.name,
            **{str(s): sum(each.finding.severity is s for each in own) for s in Severity},
            **{c: sum(each.finding.confidence == c for each in own) for c in ("high", "medium", "low")},
            **{word: words[word] for word in ("right", "mistaken", "open")},
            "precision": round(words["right"] / known, 3) if known else None,
        }


def printed(rows: list[dict[str, object]]) -> Iterator[str]:
    """The rows as a table of columns."""
    heads = list(rows[0]) if rows else []
    texts = [heads, *([("-" if row[h] is None else str(row[h])) for h in heads] for row in rows)]
    widths = [max(len(text[n]) for text in texts) for n in range(len(heads))]
    for text in texts:
        yield "  ".join(
            cell.ljust(w) if n < 2 else cell.rjust(w) for n, (cell, w) in enumerate(zip(text, widths, strict=True))
        )


def main() -> None:
    """Print the table; with `--show` the findings that the labels call mistaken or leave open."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", nargs="?", type=Path)
    parser.add_argument("key", nargs="?", type=Path)
    parser.add_argument("--rule", action="append", help="only this code; may be given several times")
    parser.add_argument("--show", type=int, default=0, help="list so many findings a rule that are mistaken or open")
    parser.add_argument("--json", action="store_true", help="print the rows as JSON, and nothing else")
    given = parser.parse_args()
    if (given.texts is None) != (given.key is None):
        parser.error("expected the texts and their key, or neither")
    notes = list(labelled(given.texts, given.key) if given.texts else own())
    found = [each for each in findings(notes) if not given.rule or each.finding.code in given.rule]
    rows = list(table(found))
    if given.json:
        sys.stdout.write(json.dumps(rows) + "\n")
        return
    print(f"{len(notes)} notes, {len(found)} findings")
    print("\n".join(printed(rows)))
    for row in rows:
        if row["precision"] is not None and float(str(row["precision"])) < WANTED:
            print(f"{row['code']} is right less than {WANTED:.0%} of the time: it should be off unless asked for")
        shown = [e for e in found if e.finding.code == row["code"] and e.word != "right"]
        for each in sorted(shown, key=lambda e: e.word)[: given.show]:
            finding = each.finding
            quoted = " ".join(finding.span.of(each.note.text).split())[:70]
            print(f"  {row['code']} {each.word} {finding.severity} {finding.confidence} {each.note.name} “{quoted}”")
            print(f"      {finding.message}")


if __name__ == "__main__":
    main()
