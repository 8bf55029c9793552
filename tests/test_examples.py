"""The examples in the pages are really run: a wrong one fails, with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

ROOT = Path(__file__).parents[1]


@pytest.fixture
def run_page(pytester: pytest.Pytester):
    """Runs pytest, with the repository's own conftest.py, over one page of specs/."""
    shutil.copy(ROOT / "conftest.py", pytester.path / "conftest.py")
    pytester.mkdir("specs")

    def run(page: str) -> pytest.RunResult:
        (pytester.path / "specs" / "page.md").write_text(page, encoding="utf-8")
        return pytester.runpytest("-p", "no:cacheprovider", "specs")

    return run


def test_blocks_of_a_page_share_names_in_order(run_page) -> None:
    run_page("```python\n>>> a = 6\n```\n\ntext\n\n```python\n>>> a * 7\n42\n```\n").assert_outcomes(passed=2)


def test_wrong_result_fails_with_file_and_line(run_page) -> None:
    result = run_page("# Page\n\n```python\n>>> 6 * 7\n41\n```\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*page.md, line 4, column 1 *", "*41*", "*42*"])


def test_text_blocks_are_not_run(run_page) -> None:
    run_page("```text\n>>> 1 / 0\n```\n\n```python\n>>> 1\n1\n```\n").assert_outcomes(passed=1)


def test_console_compares_output_and_exit_code(run_page) -> None:
    version = "$ slipstick --version\nslipstick ...\n"
    wrong_call = "$ slipstick --no-such-option  # exit 2\nslipstick: ...\n"
    run_page(f"```console\n{version}{wrong_call}```\n").assert_outcomes(passed=1)


def test_console_tells_wrong_output_and_wrong_exit_code(run_page) -> None:
    result = run_page("text\n\n```console\n$ slipstick --version # exit 1\nslide rule\n```\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*page.md, line 3*", "exit code 0, expected 1", "-slide rule", "+slipstick *"])


def test_console_refuses_other_programs(run_page) -> None:
    result = run_page("```console\n$ rm -r folder\n```\n")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["*a console block runs slipstick, not 'rm'*"])
