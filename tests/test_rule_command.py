"""`slipstick rule`: the page of a rule, the table of all, and one line for a wrong call."""

from __future__ import annotations

import json

import pytest

from slipstick.cli import main
from slipstick.rules import EVERY_RULE
from slipstick.selection import rule_named

Capture = pytest.CaptureFixture[str]


def printed(capsys: Capture, *arguments: str) -> str:
    assert main(["rule", *arguments]) == 0
    return capsys.readouterr().out


def test_a_rule_is_known_by_code_and_by_name(capsys: Capture) -> None:
    page = printed(capsys, "C101")
    assert page == printed(capsys, "packaging-ratio") == printed(capsys, "c101")
    assert page.startswith("C101 packaging-ratio: warning, on by default\n")
    assert "> warning at “0.25”: TPU v3 has 8 cores per board" in page


@pytest.mark.parametrize("code", [made.code for made in EVERY_RULE])
def test_every_page_prints_and_fits(code: str, capsys: Capture) -> None:
    made = rule_named(code)
    assert made is not None
    page = printed(capsys, code)
    for heading in ("What it finds", "Why it matters", "Stays silent when", "Source", "Found in", "Not found in"):
        assert f"\n{heading}\n" in page
    examples = {f"  {line}" for text in (*made.bad, *made.good) for line in text.splitlines()}
    for line in page.splitlines():
        assert len(line) <= 80 or line in examples or " " not in line.strip()


def test_the_record_holds_the_page(capsys: Capture) -> None:
    record = json.loads(printed(capsys, "U202", "--format", "json"))
    assert list(record) == [
        *("schema", "code", "name", "severities", "default_on", "summary"),
        *("finds", "matters", "silent", "source", "bad", "good", "option"),
    ]
    assert record["severities"] == ["error", "note"]
    assert record["bad"][0]["said"][0]["message"] == "unlike things are added: FLOP and USD"


def test_the_table_has_every_rule_on_one_line(capsys: Capture) -> None:
    first, *rows = printed(capsys, "--list").splitlines()
    assert first.split() == ["code", "name", "severity", "default", "finds"]
    assert [row.split()[:2] for row in rows] == [[made.code, made.name] for made in EVERY_RULE]
    assert [each["code"] for each in json.loads(printed(capsys, "--list", "--format", "json"))] == [
        made.code for made in EVERY_RULE
    ]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "expected a rule such as C101 or packaging-ratio, or --list"),
        (("C101", "--list"), "expected a rule such as C101 or packaging-ratio, or --list"),
        (
            ("packaging",),
            "there is no rule 'packaging'; the nearest is C101 packaging-ratio; `slipstick rule --list` has",
        ),
        (("C10",), "'C10' stands for several rules; expected one of those that `slipstick rule --list` has"),
        (("\x1b[31m",), "there is no rule '\\x1b[31m'"),
    ],
)
def test_a_wrong_call_is_one_line(arguments: tuple[str, ...], message: str, capsys: Capture) -> None:
    assert main(["rule", *arguments]) == 2
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith(f"slipstick: {message}")
