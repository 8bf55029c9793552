"""A baseline hides what is known and nothing else, and survives edits that do not touch a calculation."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slipstick import Source, audit
from slipstick.baseline import Baseline, BaselineError, Entry, Known, dumps, found_in, read, source_name, write
from slipstick.cli import main

OFF, SUM = "12 GPUs * 4 days = 80 GPU-days", "5 kg * 3 = 18 kg"
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, above which no configuration is looked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".git").mkdir()
    return tmp_path


def run(*arguments: str) -> int:
    return main(["audit", *arguments])


def reports(capsys: Capture) -> list[dict[str, object]]:
    made = json.loads(capsys.readouterr().out)
    return made if isinstance(made, list) else [made]


class TestCommand:
    def test_what_is_known_is_hidden_and_does_not_fail(self, folder: Path, capsys: Capture) -> None:
        (folder / "post.md").write_text(f"{OFF}\n", encoding="utf-8")
        assert run("post.md") == 1
        assert run("post.md", "--write-baseline", "known.json") == 0
        assert capsys.readouterr().err == "slipstick: known.json: 1 finding recorded\n"
        assert run("post.md", "--baseline", "known.json", "--format", "json") == 0
        (made,) = reports(capsys)
        assert made["suppressed"]["baseline"] == {"C001": 1}  # type: ignore[index]
        (calculation,) = made["calculations"]  # type: ignore[misc]
        assert (calculation["findings"], calculation["claims"][0]["verdict"]) == ([], "off")

    def test_edits_elsewhere_change_nothing_and_what_is_new_fails(self, folder: Path, capsys: Capture) -> None:
        post = folder / "post.md"
        post.write_text(f"{OFF}\n", encoding="utf-8")
        run("post.md", "--write-baseline", "known.json")
        post.write_text(f"A new beginning.\n\nSo\n  {OFF.replace(' * ', '   *  ')}, we think.\n", encoding="utf-8")
        assert run("post.md", "--baseline", "known.json") == 0
        post.write_text(f"{OFF}\n\n{OFF}\n", encoding="utf-8")  # once more than is known
        assert run("post.md", "--baseline", "known.json") == 1
        post.write_text(f"{OFF}\n\n{SUM}\n", encoding="utf-8")
        assert run("post.md", "--baseline", "known.json") == 1

    def test_stale_findings_are_counted_for_the_sources_that_were_read(self, folder: Path, capsys: Capture) -> None:
        for name in ("a.md", "b.md"):
            (folder / name).write_text(f"{OFF}\n\n{SUM}\n", encoding="utf-8")
        run("a.md", "b.md", "--write-baseline", "known.json")
        (folder / "a.md").write_text("12 GPUs * 4 days = 48 GPU-days\n", encoding="utf-8")
        capsys.readouterr()
        assert run("a.md", "--baseline", "known.json") == 0
        message = "slipstick: known.json: 2 known findings were not found again; --write-baseline writes it anew\n"
        assert capsys.readouterr().err == message

    def test_the_same_file_is_known_from_any_folder(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        (folder / "posts").mkdir()
        (folder / "posts/a.md").write_text(OFF, encoding="utf-8")
        run("posts/a.md", "--write-baseline", "known.json")
        monkeypatch.chdir(folder / "posts")
        assert run("a.md", "--baseline", "../known.json") == 0
        assert run(str(folder / "posts/a.md"), "--baseline", "../known.json") == 0

    def test_rows_are_known_by_their_ids(self, folder: Path) -> None:
        rows = [{"id": 1, "text": OFF}, {"id": "b", "text": OFF}, {"id": None, "text": OFF}]
        lines = [json.dumps(row) for row in rows]
        (folder / "notes.jsonl").write_text("\n".join(lines), encoding="utf-8")
        table = ("notes.jsonl", "--text-column", "text", "--id-column", "id")
        assert run(*table, "--write-baseline", "known.json") == 0
        (folder / "notes.jsonl").write_text("\n".join(reversed(lines)), encoding="utf-8")
        assert run(*table, "--baseline", "known.json") == 0
        (folder / "notes.jsonl").write_text("\n".join([*lines, json.dumps({"id": 2, "text": OFF})]), encoding="utf-8")
        assert run(*table, "--baseline", "known.json") == 1

    def test_what_is_hidden_otherwise_is_not_recorded(self, folder: Path) -> None:
        text = f"{OFF} <!-- slipstick: allow C001 -->\n\n{SUM}\n\n2e21 FLOP + 300 USD = 2e21 FLOP\n"
        (folder / "post.md").write_text(text, encoding="utf-8")
        run("post.md", "--ignore", "U202", "--write-baseline", "known.json")
        recorded = json.loads((folder / "known.json").read_text(encoding="utf-8"))["findings"]
        assert [(each["code"], each["text"]) for each in recorded] == [("C001", SUM)]

    def test_it_may_be_written_anew_over_itself_and_before_it_exists(self, folder: Path, capsys: Capture) -> None:
        (folder / "post.md").write_text(OFF, encoding="utf-8")
        both = ("--baseline", "known.json", "--write-baseline", "known.json")
        assert run("post.md", *both) == 0
        first = (folder / "known.json").read_bytes()
        assert run("post.md", *both) == 0
        assert (folder / "known.json").read_bytes() == first

    def test_an_input_that_cannot_be_used_leaves_the_old_one(self, folder: Path, capsys: Capture) -> None:
        (folder / "known.json").write_text("old", encoding="utf-8")
        (folder / "post.md").write_text(OFF, encoding="utf-8")
        assert run("post.md", "none.md", "--write-baseline", "known.json") == 2
        assert (folder / "known.json").read_text(encoding="utf-8") == "old"
        assert "known.json: not written, since not every input could be used" in capsys.readouterr().err

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (None, "known.json: cannot be read (No such file or directory)"),
            ("{", "known.json: not JSON"),
            ("[]", "known.json: no baseline of schema slipstick-baseline/1"),
            ('{"schema": "slipstick-baseline/2", "findings": []}', "known.json: no baseline of schema"),
            ('{"schema": "slipstick-baseline/1"}', "known.json: finding 1 is no object"),
            ('{"schema": "slipstick-baseline/1", "findings": [{}]}', "known.json: finding 1 has no source"),
        ],
    )
    def test_what_is_no_baseline(self, folder: Path, capsys: Capture, content: str | None, message: str) -> None:
        if content is not None:
            (folder / "known.json").write_text(content, encoding="utf-8")
        assert run("--text", OFF, "--baseline", "known.json") == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert err.startswith(f"slipstick: {message}")
        assert err.endswith("; expected a file that --write-baseline wrote\n")
        assert err.count("\n") == 1


class TestFile:
    def test_nothing_is_left_beside_it_and_a_failure_leaves_it(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        path = folder / "known.json"
        write(path, Known({Entry("a.md", None, "C001", OFF): 1}))
        before = path.read_bytes()

        def full(_: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(BaselineError, match=r"known.json: cannot be written \(No space left on device\)"):
            write(path, Known())
        assert path.read_bytes() == before
        assert {each.name for each in folder.iterdir()} == {".git", "known.json"}

    def test_a_link_stays_a_link(self, folder: Path) -> None:
        (folder / "real.json").write_text("old", encoding="utf-8")
        (folder / "known.json").symlink_to("real.json")
        write(folder / "known.json", Known())
        assert (folder / "known.json").is_symlink()
        assert json.loads((folder / "real.json").read_text(encoding="utf-8"))["findings"] == []

    @given(
        st.dictionaries(
            st.builds(
                Entry,
                st.text(st.characters(exclude_categories=())),
                st.none() | st.integers() | st.text() | st.floats(allow_nan=False, allow_infinity=False),
                st.sampled_from(["C001", "U202"]),
                st.text(),
            ),
            st.integers(1, 5),
        )
    )
    def test_it_is_read_as_it_was_written_in_one_order(self, tmp_path_factory: object, known: dict[Entry, int]) -> None:
        assert dumps(Known(known)) == dumps(Known(dict(reversed(known.items()))))
        path = tmp_path_factory.getbasetemp() / "known.json"  # type: ignore[attr-defined]
        write(path, Known(known))
        assert read(path)._left == Known(known)

    def test_each_finding_is_a_line(self) -> None:
        entries = [Entry("a.md", row, "C001", text) for row in (None, 10, 9, "b") for text in ("y", "x")]
        lines = dumps(Known(dict.fromkeys(entries, 2))).splitlines()
        assert len(lines) == len(entries) + 5
        assert [json.loads(line.rstrip(","))["id"] for line in lines[3:-2]] == [None, None, 9, 9, 10, 10, "b", "b"]

    def test_what_is_found_is_known(self) -> None:
        report = audit(Source(f"{OFF}\n\n{SUM} <!-- slipstick: allow zebra -->", "posts/a.md"))
        known = Known(found_in(report, Path("posts")))
        assert {entry.source for entry in known} == {"a.md"}
        assert {entry.text for entry in known} == {OFF, SUM, "zebra"}
        hidden = Baseline(Path("posts"), known).hides(report)
        assert hidden.worst() is None
        assert dict(hidden.suppressed.baseline) == {"C001": 2, "S402": 1}

    def test_streams_keep_their_names(self) -> None:
        assert source_name("<stdin>", Path("x")) == "<stdin>"
