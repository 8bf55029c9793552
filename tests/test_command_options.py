"""What the commands have in common: the same options under the same names, and results in files as on the screen."""

from __future__ import annotations

import argparse
import json
from fractions import Fraction
from pathlib import Path

import pytest

from slipstick.cli import _parser, main
from slipstick.commands import COMMANDS
from slipstick.commands.arguments import fraction_range

CALLS = {
    "audit": ["--text", "2 kg * 3 = 6 kg"],
    "compare": ["2 kg * 3 = 6 kg", "2 kg * 4 = 8 kg"],
    "convert": ["5 km", "m"],
    "cost": ["10 A100-hours", "--date", "2023"],
    "estimate": ["a * b", "a=1 to 2 kW", "b=3 hours"],
    "hardware": ["A100"],
    "rule": ["C101"],
    "trend": ["ai-and-compute", "--no-break"],
}
"""A call of each command that succeeds."""

ALIKE = ("--format", "--output", "--color", "--level", "--max-size", "--plot-title", "--plot-kind")
"""Options that say the same wherever they are."""


def options(command: str) -> dict[str, argparse.Action]:
    """The options of a command by name, as its help lists them."""
    subparsers = next(a for a in _parser([command])._actions if isinstance(a, argparse._SubParsersAction))
    return {name: action for action in subparsers.choices[command]._actions for name in action.option_strings}


def test_every_command_is_called_here() -> None:
    assert CALLS.keys() == COMMANDS.keys()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_says_what_it_is_for(command: str) -> None:
    assert {"--format", "--output"} <= options(command).keys()
    assert all(action.help for action in options(command).values())


@pytest.mark.parametrize("name", ALIKE)
def test_options_of_one_name_say_the_same(name: str) -> None:
    helps = {
        str(action.help).split("; .")[0].replace("tables", "inputs")  # which ends of names there are is each one's own
        for command in COMMANDS
        if (action := options(command).get(name))
    }
    helps = {text.replace("of the interval ", "of the intervals ") for text in helps}
    assert len(helps) == 1


@pytest.mark.parametrize("command", COMMANDS)
def test_formats_stand_in_one_order(command: str) -> None:
    order = list(options("audit")["--format"].choices or ())
    own = list(options(command)["--format"].choices or ())
    assert own == [name for name in order if name in own]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_file_holds_what_the_screen_shows(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, *CALLS[command], "--format", "json"]) == 0
    shown = capsys.readouterr().out
    for name, more in (("a.json", []), ("a.txt", ["--format", "json"])):
        assert main([command, *CALLS[command], *more, "--output", str(tmp_path / name)]) == 0
        assert json.loads((tmp_path / name).read_text(encoding="utf-8")) == json.loads(shown)
    assert main([command, *CALLS[command], "--output", str(tmp_path / "b.txt")]) == 0
    assert (tmp_path / "b.txt").read_text(encoding="utf-8").strip()
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("command", COMMANDS)
def test_an_end_that_asks_for_no_format(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.docx"
    assert main([command, *CALLS[command], "--output", str(path)]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"slipstick: --output {path}: no format ends like this; expected .txt, ")
    assert said.endswith(", or --format\n")
    assert not path.exists()


@pytest.mark.parametrize("text", ["0.3..0.5", "0.3 to 0.5", "0.3-0.5", "30..50%", "30% to 50 %", "30 – 50%"])
def test_a_utilization_is_written_alike_everywhere(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert fraction_range(text) == (Fraction(3, 10), Fraction(1, 2))
    assert main(["cost", "1e22 FLOP", "--hardware", "A100", "--utilization", text, "--format", "json"]) == 0
    assert '"low": 0.3,' in capsys.readouterr().out


@pytest.mark.parametrize("command", ["compare", "estimate", "trend"])
def test_picture_and_result_are_two_files(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.svg"
    path.touch()
    same = ["--output", str(path), "--format", "text", "--plot", str(path)]
    assert main([command, *CALLS[command], *same]) == 2
    assert "--plot" in capsys.readouterr().err
