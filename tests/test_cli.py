"""The command: what it prints, its exit codes, and one clear line for a wrong call."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from slipstick import __version__
from slipstick.cli import main
from slipstick.commands import COMMANDS

HOLDS, OFF, SLIGHTLY_OFF, CUT_OFF = "12 * 4 = 48", "12 * 4 = 80", "100 * 3 = 305", "2 * 1.28 = 2.5"
SCHEMA = json.loads((files("slipstick") / "data" / "report.schema.json").read_text(encoding="utf-8"))
COMMAND = [sys.executable, "-m", "slipstick"]
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def table(tmp_path: Path) -> str:
    path = tmp_path / "notes.jsonl"
    rows = [{"id": 3, "text": HOLDS}, {"id": "b", "text": "no sums"}, {"id": 2.5}, {"id": None, "text": OFF}]
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(path)


def standard_input(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


class TestExitCodes:
    @pytest.mark.parametrize(
        ("text", "fail_on", "code"),
        [
            (HOLDS, "error", 0),
            (OFF, "error", 1),
            (OFF, "note", 1),
            (OFF, "never", 0),
            (SLIGHTLY_OFF, "error", 0),
            (SLIGHTLY_OFF, "warning", 1),
            (CUT_OFF, "warning", 0),
            (CUT_OFF, "note", 1),
            ("no numbers here", "note", 0),
        ],
    )
    def test_the_least_severity_that_fails(self, text: str, fail_on: str, code: int) -> None:
        assert main(["audit", "--text", text, "--fail-on", fail_on]) == code

    def test_a_bad_file_does_not_stop_the_others(self, tmp_path: Path, capsys: Capture) -> None:
        good, bad = tmp_path / "good.md", tmp_path / "none.md"
        good.write_text(HOLDS, encoding="utf-8")
        assert main(["audit", str(bad), str(good), "--format", "json"]) == 2
        out, err = capsys.readouterr()
        assert [made["source"] for made in json.loads(out)] == [str(good)]
        assert err == f"slipstick: {bad}: cannot be read (No such file or directory); expected a text file or a table\n"

    @pytest.mark.parametrize(
        ("text", "problem"),
        [
            (
                '{"cells": [{"cell_type": "markdown", "source": ["6 * 7 = 42"]}]',
                "its JSON is broken at line 1, column 64",
            ),
            ("", "it is empty"),
            ('{"worksheets": []}', "its JSON has no nbformat and list of cells"),
        ],
    )
    def test_a_broken_notebook_is_said_to_be_one(
        self, text: str, problem: str, tmp_path: Path, capsys: Capture
    ) -> None:
        notebook = tmp_path / "broken.ipynb"
        notebook.write_text(text, encoding="utf-8")
        assert main(["audit", str(notebook)]) == 2
        assert capsys.readouterr() == ("", f"slipstick: {notebook}: cannot be read as a notebook: {problem}\n")

    def test_an_interrupt_is_quiet(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        def interrupted(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("slipstick.pipeline.audit", interrupted)
        assert main(["audit", "--text", HOLDS]) == 130
        assert capsys.readouterr() == ("", "")


class TestErrorsOfTheProgram:
    @pytest.fixture(autouse=True)
    def _broken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def broken(*_: object) -> None:
            raise AssertionError("two\nlines")

        monkeypatch.setattr("slipstick.pipeline.audit", broken)
        monkeypatch.delenv("SLIPSTICK_TRACEBACK", raising=False)

    def test_one_line_and_exit_code_2(self, capsys: Capture) -> None:
        assert main(["audit", "--text", HOLDS]) == 2
        message = "internal error: AssertionError: two lines (SLIPSTICK_TRACEBACK=1 shows where)"
        assert capsys.readouterr() == ("", f"slipstick: {message}\n")

    def test_raised_when_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("SLIPSTICK_TRACEBACK", "1")
        with pytest.raises(AssertionError, match="two"):
            main(["audit", "--text", HOLDS])


class TestWrongCalls:
    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            ([], f"expected a command: {', '.join([*COMMANDS][:-1])} or {[*COMMANDS][-1]}; see slipstick --help"),
            (
                ["check"],
                f"expected a command: {', '.join([*COMMANDS][:-1])} or {[*COMMANDS][-1]}, not 'check'; see slipstick",
            ),
            (["cost"], "expected AMOUNT; see slipstick cost --help"),
            (["audit"], "nothing to audit; expected files, - for standard input, or --text"),
            (["audit", "a.md", "--text", "x"], "both --text and files; expected one of them"),
            (["audit", "--text", "x", "--text-column", "t"], "--text-column with --text; expected a table"),
            (["audit", "a.csv", "--id-column", "i"], "--id-column without --text-column; expected both"),
            (["audit", "a.csv"], "a.csv: is a table; expected --text-column with the column"),
            (["audit", "a.md", "--text-column", "t"], "a.md: --text-column needs a table; expected a file .csv"),
            (["audit", "-", "--text-column", "t"], "-: --text-column needs a table"),
            (["audit", "--bogus", "a.md"], "unknown option --bogus"),
            (["audit", "--text", "x", "--format", "xml"], "argument --format: invalid choice: 'xml'"),
            (["audit", "--text", "x", "--utilization", "0.5..0.2"], "expected one like 0.2..0.5"),
            (["audit", "--text", "x", "--utilization", "20..50"], "expected one like 0.2..0.5"),
            (["audit", "--text", "x", "--utilization", "abc"], "'abc' is no range of fractions"),
            (["audit", "--text", "x", "--utilization", "0.2.."], "'0.2..' is no range of fractions"),
            (["audit", "--text", "x", "--utilization", "0.2..1"], "'0.2..1' is no range of fractions"),
            (["audit", "--text", "x", "--utilization", "1e-999999999"], "is no range of fractions"),
            (["audit", "--text", "x", "--date", "2021-13"], "'2021-13' is no date; expected one like 2021,"),
            (["audit", "--text", "x", "--date", "2021-02-31"], "'2021-02-31' is no date; expected one like 2021,"),
            (["audit", "--text", "x", "--date", "0000"], "'0000' is no date"),
            (["audit", "--text", "x", "--date", "٢٠٢١"], "'٢٠٢١' is no date"),
            (["audit", "--text", "x", "--max-size", "٣"], "'٣' is no size"),
            (["audit", "--text", "x", "--utilization", "٠.٢..٠.٥"], "is no range of fractions"),
            (["audit", "2 * 3 = 6"], "2 * 3 = 6: there is no such file; a text itself goes after --text"),
            (["audit", "a.md", ""], "the name of a file is empty; expected files, or - for standard input"),
            (["audit", "--text", "x", "--max-size", "3X"], "'3X' is no size; expected bytes like 5000, or 5k"),
            (["audit", "--text", "xyz", "--max-size", "2"], "--text: more than --max-size, 2 bytes"),
            (["audit", "line\nbreak\x1b.md"], r"line break\x1b.md: cannot be read (No such file or directory)"),
        ],
    )
    def test_one_line_says_what_was_expected(self, arguments: list[str], message: str, capsys: Capture) -> None:
        assert main(arguments) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith("slipstick: ")
        assert message in err
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        ("size", "limit"), [("47", 47), ("5k", 5000), ("1.5KiB", 1536), ("10MB", 10**7), ("64 mib", 2**26), ("2B", 2)]
    )
    def test_sizes(self, size: str, limit: int, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "long.md"
        with path.open("wb") as file:
            file.truncate(limit + 1)
        assert main(["audit", str(path), "--max-size", size]) == 2
        assert f"{limit + 1:,} bytes, more than --max-size, {limit:,} bytes" in capsys.readouterr().err


class TestOutput:
    def test_json_is_one_object_for_one_text_and_an_array_for_several(self, tmp_path: Path, capsys: Capture) -> None:
        path = tmp_path / "a.md"
        path.write_text(f"So {HOLDS}.", encoding="utf-8")
        main(["audit", str(path), "--format", "json"])
        one = json.loads(capsys.readouterr().out)
        # Files may stand before and after an option.
        main(["audit", str(path), "--format", "json", str(path)])
        assert json.loads(capsys.readouterr().out) == [one, one]
        jsonschema.validate(one, SCHEMA)
        (calculation,) = one["calculations"]
        assert (calculation["start"], calculation["end"], calculation["value"]) == (3, 14, 48)

    def test_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: Capture) -> None:
        standard_input(monkeypatch, b"\xef\xbb\xbf" + OFF.encode())
        assert main(["audit", "-", "--format", "json"]) == 1
        made = json.loads(capsys.readouterr().out)
        assert (made["source"], made["calculations"][0]["start"]) == ("<stdin>", 0)

    @pytest.mark.parametrize("form", ["json", "jsonl"])
    def test_a_table_gives_one_object_a_row_in_order(self, table: str, form: str, capsys: Capture) -> None:
        main(["audit", table, "--text-column", "text", "--id-column", "id", "--format", form])
        out = capsys.readouterr().out
        rows = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
        for row in rows:
            jsonschema.validate(row, SCHEMA)
        assert [row["id"] for row in rows] == [3, "b", 2.5, None]
        assert [len(row["calculations"]) for row in rows] == [1, 0, 0, 1]
        assert [finding["name"] for row in rows for finding in row["findings"]] == ["row-unreadable"]
        assert {row["source"] for row in rows} == {table}

    def test_the_page_of_a_table_shows_rows_with_something_in_them(self, table: str, capsys: Capture) -> None:
        assert main(["audit", table, "--text-column", "text", "--id-column", "id"]) == 1
        out = capsys.readouterr().out
        assert [line for line in out.splitlines() if line.startswith("─── ")] == [
            f"─── {table}: id 3",
            f"─── {table}: id 2.5",
            f"─── {table}: row 4",
        ]
        assert "4 rows: 2 calculations read" in out
        assert "1 holds, 1 off, 0 unknown" in out

    def test_utilization_and_date_reach_the_audit(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from fractions import Fraction

        from slipstick import pipeline

        seen = []
        audit = pipeline.audit
        monkeypatch.setattr(
            pipeline, "audit", lambda source, settings: seen.append(settings) or audit(source, settings)
        )
        main(["audit", "--text", HOLDS, "--utilization", "0.2..0.5", "--date", "2021-04-08"])
        main(["audit", "--text", HOLDS, "--utilization", ".3"])
        main(["audit", "--text", HOLDS])
        assert [(given.utilization, given.year) for given in seen] == [
            ((Fraction(1, 5), Fraction(1, 2)), 2021),
            ((Fraction(3, 10), Fraction(3, 10)), None),
            (None, None),
        ]

    def test_colour(self, capsys: Capture) -> None:
        for choice, colored in (("auto", False), ("never", False), ("always", True)):
            main(["audit", "--text", HOLDS, "--color", choice])
            assert ("\x1b[" in capsys.readouterr().out) is colored

    @pytest.mark.parametrize("arguments", [["--version"], ["audit", "--version"]])
    def test_version(self, arguments: list[str], capsys: Capture) -> None:
        assert main(arguments) == 0
        assert capsys.readouterr().out == f"slipstick {__version__}\n"


class TestProcess:
    """What only a process of its own can show."""

    def test_help_loads_nothing_that_it_does_not_need(self) -> None:
        program = (
            "import sys; from slipstick.cli import main; main(['audit', '--help']); "
            "print(*{'slipstick.pipeline', 'slipstick.report', 'rich', 'json', 'dataclasses'} & set(sys.modules))"
        )
        run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
        assert "--fail-on" in run.stdout
        assert run.stdout.endswith("unusable.\n\n")

    @pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
    @pytest.mark.parametrize("form", ["text", "json", "jsonl"])
    def test_any_character_is_printed_in_any_locale(self, form: str, encoding: str, tmp_path: Path) -> None:
        path = tmp_path / "t.jsonl"
        path.write_text(json.dumps({"text": f"\ud800 価格 é 💰 {OFF}"}), encoding="ascii")
        command = [*COMMAND, "audit", str(path), "--text-column", "text", "--format", form]
        environment = {**os.environ, "PYTHONIOENCODING": encoding}
        run = subprocess.run(command, capture_output=True, env=environment, check=False)
        assert (run.returncode, run.stderr) == (1, b"")
        out = run.stdout.decode(encoding)
        if form == "text":
            assert ("✗ off" if encoding == "utf-8" else "x off") in out
        else:
            made = json.loads(out)
            assert (made[0] if form == "json" else made)["calculations"][0]["start"] == 9

    def test_a_reader_that_leaves_is_no_error(self, tmp_path: Path) -> None:
        path = tmp_path / "many.csv"
        path.write_text("text\n" + "12 * 4 = 48\n" * 2000, encoding="utf-8")
        command = [*COMMAND, "audit", str(path), "--text-column", "text", "--format", "jsonl"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
            assert process.stdout is not None
            assert process.stderr is not None
            process.stdout.readline()
            process.stdout.close()
            complaint = process.stderr.read()
        assert (process.returncode, complaint) == (141, b"")

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
    @pytest.mark.parametrize("closed", ["2>&-", ">&-", ">&- 2>&-"])
    def test_an_error_with_a_closed_stream(self, closed: str) -> None:
        command = f"exec '{sys.executable}' -m slipstick audit --bogus {closed}"
        run = subprocess.run(["sh", "-c", command], capture_output=True, check=False)
        assert (run.returncode, run.stdout) == (2, b"")
        assert bool(run.stderr) is ("2>&-" not in closed)

    @pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
    def test_a_full_disk_is_one_line(self) -> None:
        with Path("/dev/full").open("w") as full:
            run = subprocess.run([*COMMAND, "audit", "--text", HOLDS], stdout=full, stderr=subprocess.PIPE, check=False)
        assert run.returncode == 2
        assert run.stderr == b"slipstick: the output cannot be written (No space left on device)\n"

    @pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
    def test_a_long_table_shows_its_progress_on_a_terminal_only(self, tmp_path: Path) -> None:
        path = tmp_path / "many.csv"
        path.write_text("text\n" + "12 * 4 = 48\n" * 201, encoding="utf-8")
        command = [*COMMAND, "audit", str(path), "--text-column", "text", "--format", "jsonl"]
        quiet = subprocess.run(command, capture_output=True, check=True)
        ours, theirs = os.openpty()
        on_terminal = subprocess.run(command, stdout=subprocess.PIPE, stderr=theirs, check=True)
        os.close(theirs)
        shown = os.read(ours, 1 << 16)
        os.close(ours)
        assert quiet.stderr == b""
        assert b"auditing" in shown
        assert on_terminal.stdout == quiet.stdout
        assert len(quiet.stdout.splitlines()) == 201
