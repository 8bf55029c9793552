"""Calls meant to break the commands: each ends in a result that is right, or in one line with exit code 2."""

from __future__ import annotations

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

import slipstick
from slipstick.cli import main


def points(folder: Path, values: list[str]) -> str:
    file = folder / "points.csv"
    rows = (f"s{n},{2010 + n}-01-01,{value} FLOP" for n, value in enumerate(values))
    file.write_text("\n".join(("name,date,value", *rows, "")), "utf-8")
    return str(file)


def test_values_that_never_change_have_no_break_and_no_pace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The rounding of log2(5) was taken for scatter, and a break found in it."""
    assert main(["trend", points(tmp_path, ["5"] * 10)]) == 0
    shown = capsys.readouterr().out
    assert "does not change" in shown
    assert "No break was looked for: all points lie on the line." in shown
    assert "changes about" not in shown


def test_scatter_beyond_the_range_of_floats_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table = points(tmp_path, [f"1e{290 * (-1) ** n}" for n in range(10)])
    assert main(["trend", table]) == 0
    assert "by a factor of more than 1e300" in " ".join(capsys.readouterr().out.split())
    assert main(["trend", table, "--format", "json"]) == 0
    json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_a_pace_beyond_the_range_of_floats(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,value\n" + "".join(f"2020-01-0{n},1e{n * 70 - 300} FLOP\n" for n in range(1, 9)), "utf-8")
    assert main(["trend", str(file)]) == 0
    assert "doubles every" in capsys.readouterr().out
    assert main(["trend", str(file), "--format", "json"]) == 0
    json.loads(capsys.readouterr().out, parse_constant=pytest.fail)


def test_draws_without_end_are_refused(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A device that never ends filled the memory."""
    monkeypatch.setattr("slipstick.commands.estimate._LARGEST", 1000)
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("no /dev/zero here")
    assert main(["estimate", "a", f"a=@{endless}"]) == 2
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert "1,000 bytes" in message


def test_a_picture_does_not_overwrite_the_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    both = str(tmp_path / "both.svg")
    call = ["--text=8 V100 * 5 days * 125 TFLOP/s * 30% = 1.3e20 FLOP", "--format", "html"]
    assert main(["audit", *call, "--output", both, "--plot", both]) == 2
    assert "is the file of --output as well" in capsys.readouterr().err
    assert not Path(both).exists()


@pytest.mark.filterwarnings("error")
def test_no_warning_of_a_library_reaches_the_reader(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["a - b", "a=factor_of(3)", "b=5 ± 1e300", "--method", "sampled", "--design", "sobol"]
    assert main(["estimate", *call]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_share_that_is_no_number_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    call = ["a - b", "a=factor_of(3)", "b=5 ± 1e300", "--method", "sampled", "--draws", "1000"]
    main(["estimate", *call])
    assert "nan" not in capsys.readouterr().out


def test_a_link_to_nowhere_names_the_folder_that_is_missing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    link = tmp_path / "page.md"
    link.symlink_to(tmp_path / "gone" / "page.md")
    assert main(["audit", "--text=5 * 3 = 15", "--output", str(link)]) == 2
    assert f"there is no directory {tmp_path / 'gone'};" in capsys.readouterr().err


@pytest.mark.parametrize("wrong", [None, b"3 * 4 = 12", 5, ["3 * 4 = 12"], {"text": "3 * 4 = 12"}])
def test_what_is_no_text_is_told_by_its_type(wrong: Any) -> None:
    for call in (slipstick.audit, slipstick.read_estimate, slipstick.read_estimates):
        with pytest.raises(TypeError, match=rf"expected a text.*, not {type(wrong).__name__}$"):
            call(wrong)
    if wrong is not None:
        with pytest.raises(TypeError, match=rf"expected Settings, such as .*, not {type(wrong).__name__}$"):
            slipstick.audit("3 * 4 = 12", wrong)


def test_a_report_is_the_same_after_a_pickle_a_copy_and_in_any_thread() -> None:
    text = "12 agents * 44 days * 420 TFLOP/s * 33% = 2e23 FLOP \U0001f600, and 5*5=26 \ud800"
    report = slipstick.audit(text)
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(report, protocol)) == report
    assert copy.deepcopy(report) == report
    with ThreadPoolExecutor(8) as pool:
        assert all(made == report for made in pool.map(slipstick.audit, [text] * 16))


@pytest.mark.parametrize("wrong", [None, 5, [5], b"points.csv"])
def test_what_is_no_table_is_told(wrong: Any) -> None:
    with pytest.raises(ValueError, match="expected the path of a table, the name of a shipped one, or rows"):
        slipstick.trend(wrong)
