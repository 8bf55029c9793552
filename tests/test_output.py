"""`--output`: the format by the end of the name, and a file written whole or not at all."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from slipstick.cli import main
from slipstick.commands import output
from slipstick.commands.output import OutputError, checked, format_for, write_whole

TEXT = "12 boxes * 4 kg/box = 80 kg"


def run(*arguments: str) -> int:
    return main(["audit", "--fail-on", "never", *arguments])


@pytest.fixture
def post(tmp_path: Path) -> Path:
    path = tmp_path / "post.md"
    path.write_text(f"So {TEXT}.\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("name", "beginning"),
    [
        ("a.md", "> `12 boxes"),
        ("a.markdown", "> `12 boxes"),
        ("a.html", "<!DOCTYPE html>"),
        ("a.HTM", "<!DOCTYPE html>"),
        ("a.tex", "% Made by slipstick"),
        ("a.sarif", '{\n "$schema"'),
        ("a.sarif.json", '{\n "$schema"'),
        ("a.json", '{\n  "schema"'),
        ("a.jsonl", '{"schema"'),
        ("a.ndjson", '{"schema"'),
        ("a.txt", "<text>:1:1  product"),
    ],
)
def test_the_end_of_the_name_says_the_format(tmp_path: Path, name: str, beginning: str) -> None:
    assert run("--text", TEXT, "--output", str(tmp_path / name)) == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith(beginning)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_format_overrides_the_name(tmp_path: Path) -> None:
    run("--text", TEXT, "--format", "json", "--output", str(tmp_path / "report.txt"))
    assert json.loads((tmp_path / "report.txt").read_text(encoding="utf-8"))["schema"] == "slipstick-report/1"


def test_no_colour_in_a_file(tmp_path: Path) -> None:
    run("--text", TEXT, "--color", "always", "--output", str(tmp_path / "a.txt"))
    assert "\x1b" not in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--text", TEXT, "--format", "markdown", "--output", "-") == 0
    assert capsys.readouterr().out.startswith("> `12 boxes")


def test_exit_code_is_that_of_the_audit(tmp_path: Path) -> None:
    assert main(["audit", "--text", TEXT, "--output", str(tmp_path / "a.md")]) == 1


def test_several_texts_and_a_table_in_one_file(tmp_path: Path, post: Path) -> None:
    (tmp_path / "b.md").write_text("3 * 4 = 12", encoding="utf-8")
    table = tmp_path / "t.csv"
    table.write_text(f"id,note\nx,{TEXT}\ny,nothing\n", encoding="utf-8")
    for name in ("o.md", "o.html", "o.tex", "o.sarif", "o.json", "o.txt"):
        assert run(str(post), str(tmp_path / "b.md"), "--output", str(tmp_path / name)) == 0
        assert (
            run(str(table), "--text-column", "note", "--id-column", "id", "--output", str(tmp_path / f"t-{name}")) == 0
        )
    page = (tmp_path / "o.html").read_text(encoding="utf-8")
    assert page.count("<!DOCTYPE") == 1
    assert page.count("<section") == 2
    assert (tmp_path / "t-o.html").read_text(encoding="utf-8").count("<section") == 1
    assert "### `" in (tmp_path / "o.md").read_text(encoding="utf-8")
    assert len(json.loads((tmp_path / "o.sarif").read_text(encoding="utf-8"))["runs"]) == 1
    assert (tmp_path / "o.tex").read_text(encoding="utf-8").count("needs \\usepackage") == 1


class TestRefusals:
    @pytest.mark.parametrize(
        ("name", "said"),
        [
            ("", "--output: no name of a file"),
            ("folder", "is a directory; expected a file"),
            ("folder/", "is a directory; expected a file"),
            ("missing/a.md", "there is no directory"),
            ("a.docx", "no format ends like this; expected"),
            ("plain", "no format ends like this"),
            ("post.md", "is an input as well; expected another file"),
            ("link.md", "is an input as well"),
        ],
    )
    def test_one_line_and_nothing_written(
        self, tmp_path: Path, post: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
        name: str, said: str,
    ) -> None:  # fmt: skip
        monkeypatch.chdir(tmp_path)
        Path("folder").mkdir()
        Path("link.md").symlink_to(post)
        before = sorted(Path().iterdir()), post.read_bytes()
        assert main(["audit", "post.md", "--output", name]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        assert shown.err.count("\n") == 1
        assert said in shown.err
        assert (sorted(Path().iterdir()), post.read_bytes()) == before

    def test_of_nothing_no_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(str(tmp_path / "none.md"), "--output", str(tmp_path / "o.md")) == 2
        assert "cannot be read" in capsys.readouterr().err
        assert not (tmp_path / "o.md").exists()

    def test_the_rest_is_written_where_one_input_fails(self, tmp_path: Path, post: Path) -> None:
        assert run(str(tmp_path / "none.md"), str(post), "--output", str(tmp_path / "o.json")) == 2
        assert len(json.loads((tmp_path / "o.json").read_text(encoding="utf-8"))) == 1


class TestWholeOrNot:
    def test_a_failure_leaves_the_old_file(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = tmp_path / "o.md"
        path.write_text("old", encoding="utf-8")

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OutputError, match=r"cannot be written \(No space left on device\)"):
            write_whole(path, "new")
        assert path.read_text(encoding="utf-8") == "old"
        assert list(tmp_path.iterdir()) == [path]

    def test_nothing_is_written_before_the_end(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = output.opened(str(tmp_path / "o.md"), None, ())
        made.write("half")
        assert list(tmp_path.iterdir()) == []
        made.close()
        assert (tmp_path / "o.md").read_text(encoding="utf-8") == "half"

    def test_permissions_are_kept(self, tmp_path: Path) -> None:
        path = tmp_path / "o.md"
        path.write_text("old", encoding="utf-8")
        path.chmod(0o640)
        write_whole(path, "new")
        assert stat.S_IMODE(path.stat().st_mode) == 0o640
        assert path.read_text(encoding="utf-8") == "new"

    def test_a_new_file_has_the_permissions_of_any_other(self, tmp_path: Path) -> None:
        write_whole(tmp_path / "o.md", "new")
        (tmp_path / "other").write_text("", encoding="utf-8")
        assert (tmp_path / "o.md").stat().st_mode == (tmp_path / "other").stat().st_mode

    def test_a_link_stays_a_link(self, tmp_path: Path) -> None:
        (tmp_path / "real.md").write_text("old", encoding="utf-8")
        (tmp_path / "link.md").symlink_to(tmp_path / "real.md")
        assert run("--text", TEXT, "--output", str(tmp_path / "link.md")) == 0
        assert (tmp_path / "link.md").is_symlink()
        assert (tmp_path / "real.md").read_text(encoding="utf-8").startswith("> `")

    def test_what_is_no_ordinary_file_is_not_replaced(self) -> None:
        write_whole(Path("/dev/null"), "gone")
        assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)

    def test_lone_surrogates_do_not_stop_it(self, tmp_path: Path) -> None:
        write_whole(tmp_path / "o.txt", "a\ud800b")
        assert (tmp_path / "o.txt").read_bytes() == rb"a\ud800b"


def test_the_longest_end_counts() -> None:
    assert format_for("a.sarif.json") == "sarif"
    assert format_for("sarif.json") == "json"
    with pytest.raises(OutputError):
        format_for("md")


def test_checked_follows_links(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "real.md")
    assert checked(str(tmp_path / "link"), ()) == tmp_path / "real.md"
