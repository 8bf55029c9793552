"""The configuration: which file counts, what may stand in it, and what beats what."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from slipstick.cli import main
from slipstick.commands.configuration import _may_configure
from slipstick.commands.options import OPTIONS

OFF = "12 GPUs * 4 days = 80 GPU-days"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a folder in it, which is the current one."""
    (tmp_path / "repository/.git").mkdir(parents=True)
    (tmp_path / "repository/posts").mkdir()
    monkeypatch.chdir(tmp_path / "repository/posts")
    return tmp_path / "repository"


def settings(capsys: Capture, *arguments: str) -> dict[str, tuple[str, str]]:
    """Each key that has a value, with where it is from."""
    assert main(["audit", "--show-settings", *arguments]) == 0
    lines = [line for line in capsys.readouterr().out.splitlines() if not line.startswith("#")]
    return {key: (value, origin) for key, value, origin in map(_parts, lines)}


def _parts(line: str) -> tuple[str, str, str]:
    setting, _, origin = line.rpartition("  # ")
    key, _, value = setting.partition(" = ")
    return key, value, origin


class TestWhichFile:
    def test_the_nearest_counts_and_the_own_one_before_the_shared_one(self, folder: Path, capsys: Capture) -> None:
        (folder.parent / "slipstick.toml").write_text('fail-on = "note"')
        assert settings(capsys)["fail-on"] == ('"error"', "default")  # above the repository
        shared = folder / "pyproject.toml"
        shared.write_text('[tool.slipstick]\nfail-on = "warning"\n')
        assert settings(capsys)["fail-on"] == ('"warning"', str(shared))
        (folder / "slipstick.toml").write_text('fail-on = "never"')
        assert settings(capsys)["fail-on"] == ('"never"', str(folder / "slipstick.toml"))
        Path("pyproject.toml").write_text("[tool.ruff]\n[project]\nname = 'slipstick'\n")  # has no table of ours
        assert settings(capsys)["fail-on"] == ('"never"', str(folder / "slipstick.toml"))
        Path("slipstick.toml").write_text("")
        assert settings(capsys)["fail-on"] == ('"error"', "default")

    def test_a_given_file_and_none(self, folder: Path, capsys: Capture) -> None:
        Path("slipstick.toml").write_text('fail-on = "note"')
        Path("other.toml").write_text('fail-on = "warning"')
        assert settings(capsys, "--config", "other.toml")["fail-on"] == ('"warning"', "other.toml")
        assert settings(capsys, "--no-config")["fail-on"] == ('"error"', "default")
        assert main(["audit", "--text", OFF, "--no-config", "--config", "other.toml"]) == 2

    def test_the_command_line_beats_it(self, folder: Path, capsys: Capture) -> None:
        Path("slipstick.toml").write_text('fail-on = "never"\nignore = ["C1"]\nall = true\nformat = "json"\n')
        found = settings(capsys, "--fail-on", "note", "--ignore", "C001,U202", "--ignore", "C002", "--no-all")
        assert found["fail-on"] == ('"note"', "command line")
        assert found["ignore"] == ('["C001", "U202", "C002"]', "command line")
        assert found["all"] == ("false", "command line")
        assert found["format"] == ('"json"', "slipstick.toml")

    @pytest.mark.parametrize(
        ("content", "may"),
        [
            (b"[tool.slipstick]\n", True),
            (b'[ "tool" . slipstick ]\n', True),
            (b"tool.slipstick.all = true\n", True),
            (b"[tool]\nslipstick = {}\n", True),
            (b"tool = { slipstick = {} }\n", True),
            (b"[tool.ruff]\nsrc = ['slipstick']\n", False),
            (b"[project]\nname = 'slipstick'\n", False),
        ],
    )
    def test_a_shared_file_is_parsed_only_where_it_may_have_the_table(self, content: bytes, may: bool) -> None:
        assert _may_configure(content) is may

    def test_without_a_file_nothing_is_loaded_to_read_one(self, folder: Path) -> None:
        Path("pyproject.toml").write_text("[project]\nname = 'slipstick'\n")
        code = "import sys; from slipstick.cli import main; main(['audit', '--text', '6 * 7 = 42', '--format', 'json'])"
        seen = "print([m for m in ('tomllib', 'difflib', 'pathlib', 'slipstick.suppression') if m in sys.modules])"
        run = subprocess.run([sys.executable, "-c", f"{code}; {seen}"], capture_output=True, text=True, check=True)
        assert run.stdout.splitlines()[-1] == "[]"


class TestWhatMayStandInIt:
    def test_every_option(self, folder: Path, capsys: Capture) -> None:
        Path("slipstick.toml").write_text(
            """
            select = ["ALL"]
            ignore = ["packaging-ratio, U2", "C001"]
            fail-on = "warning"
            baseline = "known.json"
            utilization = [0.2, 0.5]
            date = 2021-04-08
            format = "jsonl"
            text-column = "note"
            id-column = "model"
            max-size = "2k"
            all = true
            show-unread = true
            color = "never"
            [per-file-ignores]
            "drafts/*" = ["C1"]
            """
        )
        found = {key: value for key, (value, origin) in settings(capsys).items() if origin == "slipstick.toml"}
        assert set(found) == set(OPTIONS)
        assert found["ignore"] == '["packaging-ratio", "U2", "C001"]'
        assert found["utilization"] == '"0.2..0.5"'
        assert (found["date"], found["max-size"]) == ("2021", "2000")
        assert found["per-file-ignores"] == '{ "drafts/*" = ["C1"] }'

    def test_what_is_printed_may_stand_in_a_file(self, folder: Path, capsys: Capture) -> None:
        Path("slipstick.toml").write_text('date = "2020"\nutilization = 0.3\n[per-file-ignores]\n"a b/*" = ["C1"]\n')
        first = settings(capsys)
        main(["audit", "--show-settings"])
        Path("again.toml").write_text(capsys.readouterr().out)
        again = settings(capsys, "--config", "again.toml")
        assert {key: value for key, (value, _) in again.items()} == {key: value for key, (value, _) in first.items()}

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            ("failon = 1", "unknown key 'failon'; the nearest is fail-on"),
            ("zebra = 1", "unknown key 'zebra'; expected one of select, ignore, per-file-ignores, fail-on"),
            ("fail-on = 'fatal'", "fail-on: expected one of note, warning, error, never, not 'fatal'"),
            ("ignore = 'C101'", "ignore: expected a list of codes or names such as [\"C101\"], not 'C101'"),
            ("ignore = ['C901']", "ignore: there is no rule 'C901'; the nearest is C101 packaging-ratio;"),
            ("select = ['']", "select: names no rule; expected codes or names with commas between them"),
            ("per-file-ignores = ['C101']", "per-file-ignores: expected a table such as"),
            (
                "utilization = true",
                'utilization: expected a range of fractions like "0.2..0.5" or [0.2, 0.5], not True',
            ),
            ("utilization = [0.5, 0.2]", "utilization: '0.5..0.2' is no range of fractions, low to high"),
            ("date = 'May'", "date: 'May' is no date; expected one like 2021, 2021-04 or 2021-04-08"),
            ("all = 1", "all: expected true or false, not 1"),
            ("baseline = ''", "baseline: expected a text, not ''"),
            ("max-size = 'big'", "max-size: 'big' is no size; expected bytes like 5000, or 5k, 10MB, 64MiB"),
            ("a = ", "not TOML (Invalid value (at end of document))"),
        ],
    )
    def test_what_is_wrong_is_one_line(self, folder: Path, capsys: Capture, content: str, message: str) -> None:
        Path("slipstick.toml").write_text(content)
        assert main(["audit", "--text", OFF]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"slipstick: slipstick.toml: {message}")
        assert err.count("\n") == 1

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            ("none.toml", None, "none.toml: cannot be read (No such file or directory)"),
            ("pyproject.toml", "[project]", "pyproject.toml: has no table [tool.slipstick]"),
            ("pyproject.toml", "tool = { slipstick = 1 }", "pyproject.toml: tool.slipstick is no table"),
            ("a.toml", "\ud800", "a.toml: not TOML ('utf-8' codec"),
        ],
    )
    def test_a_given_file_that_cannot_be_used(
        self, folder: Path, capsys: Capture, name: str, content: str | None, message: str
    ) -> None:
        if content is not None:
            Path(name).write_bytes(content.encode("utf-8", "surrogatepass"))
        assert main(["audit", "--text", OFF, "--config", name]) == 2
        assert capsys.readouterr().err.startswith(f"slipstick: {message}")


class TestWhatItDoes:
    def test_its_paths_and_patterns_are_relative_to_it(self, folder: Path, capsys: Capture) -> None:
        (folder / "pyproject.toml").write_text(
            '[tool.slipstick]\nbaseline = "known.json"\n[tool.slipstick.per-file-ignores]\n"posts/old*" = ["C001"]\n'
        )
        (folder / "known.json").write_text('{"schema": "slipstick-baseline/1", "findings": []}')
        for name in ("old.md", "new.md"):
            Path(name).write_text(OFF)
        assert main(["audit", "old.md"]) == 0
        assert "1 finding suppressed (1 ignored, 0 by comment, 0 by baseline)" in capsys.readouterr().out
        assert main(["audit", "new.md"]) == 1
        assert main(["audit", "old.md", "new.md"]) == 1

    def test_a_pattern_without_a_folder_is_for_the_files_own_name(self, folder: Path) -> None:
        (folder / "slipstick.toml").write_text('per-file-ignores = { "old.md" = ["C001"] }')
        Path("old.md").write_text(OFF)
        assert main(["audit", "old.md"]) == 0

    def test_a_column_is_for_tables_alone(self, folder: Path, capsys: Capture) -> None:
        Path("slipstick.toml").write_text('text-column = "note"\nformat = "json"\n')
        Path("a.md").write_text(OFF)
        Path("b.csv").write_text(f"note\n{OFF}\n")
        assert main(["audit", "a.md"]) == 1
        assert json.loads(capsys.readouterr().out)["source"] == "a.md"
        assert main(["audit", "--text", OFF]) == 1
        assert json.loads(capsys.readouterr().out)["source"] == "<text>"
        assert main(["audit", "b.csv"]) == 1
        assert [made["source"] for made in json.loads(capsys.readouterr().out)] == ["b.csv"]
        assert main(["audit", "a.md", "--text-column", "note"]) == 2


class TestSelection:
    @pytest.mark.parametrize(
        ("arguments", "code", "shown"),
        [
            ((), 1, {"C001"}),
            (("--select", "C0"), 1, {"C001"}),
            (("--select", "u202,C002"), 0, set()),
            (("--ignore", "claim-mismatch"), 0, set()),
            (("--select", "ALL", "--ignore", "C0"), 0, set()),
            (("--select", "U202", "--select", "claim-mismatch"), 1, {"C001"}),
            (("--select", "C001", "--ignore", "C001"), 0, set()),
        ],
    )
    def test_what_is_told(
        self, folder: Path, capsys: Capture, arguments: tuple[str, ...], code: int, shown: set[str]
    ) -> None:
        assert main(["audit", "--text", OFF, "--format", "json", *arguments]) == code
        made = json.loads(capsys.readouterr().out)
        assert {f["code"] for c in made["calculations"] for f in c["findings"]} == shown

    def test_the_page_counts_what_is_hidden_in_its_last_line(self, folder: Path, capsys: Capture) -> None:
        text = f"{OFF} <!-- slipstick: allow C001 -->\n\n{OFF}\n"
        main(["audit", "--text", text, "--ignore", "C001"])
        last = capsys.readouterr().out.splitlines()[-1]
        assert last == "2 findings suppressed (1 ignored, 1 by comment, 0 by baseline)"

    @pytest.mark.parametrize("option", ["--select", "--ignore"])
    def test_unknown_rules_are_one_line(self, folder: Path, capsys: Capture, option: str) -> None:
        assert main(["audit", "--text", OFF, option, "packaging-ration"]) == 2
        assert capsys.readouterr().err == (
            f"slipstick: argument {option}: there is no rule 'packaging-ration'; "
            "the nearest is C101 packaging-ratio; `slipstick rule --list` has them all\n"
        )
