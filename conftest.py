"""Runs the examples in the Markdown pages, and sets how long Hypothesis may look.

A ```python block is a doctest (or, without `>>>`, code that must not raise); blocks of one page share their names. A
```console block holds `$ slipstick ...` lines, each followed by what it prints. `specs/README.md` says it in full.
"""

from __future__ import annotations

import contextlib
import difflib
import doctest
import io
import os
import re
import shlex
from pathlib import Path
from typing import NamedTuple
from unittest import mock

from hypothesis import settings
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser

ROOT = Path(__file__).parent
EXIT_CODE = re.compile(r"\s#\s*exit\s+(?P<code>\d+)\s*$")

# No deadline: the first example pays for imports. An ordinary run tries the same examples every time, so that a failure
# is the change's; HYPOTHESIS_PROFILE=nightly looks for new ones, and long.
settings.register_profile("ordinary", deadline=None, derandomize=True)
settings.register_profile("nightly", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ordinary"))


class Command(NamedTuple):
    """One `$` line of a console block, the exit code that it promises and the output below it."""

    line: str
    code: int
    output: str

    @property
    def arguments(self) -> list[str]:
        return shlex.split(self.line, comments=True)


def commands(block: str) -> list[Command]:
    """The commands of a console block, in order. ValueError where it does not begin with one."""
    head, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    if head.strip() or not parts:
        raise ValueError("a console block begins with a line `$ slipstick ...`")
    found = []
    for part in parts:
        line, _, output = part.partition("\n")
        code = EXIT_CODE.search(line)
        found.append(Command(line, int(code["code"]) if code else 0, output))
    return found


def run_slipstick(arguments: list[str]) -> tuple[int, str]:
    """Exit code and everything printed (standard output and error together, as on a terminal 80 columns wide)."""
    from slipstick.cli import main

    # A real text stream over bytes: the command may write to its `buffer` or change its encoding.
    printed = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)
    environment = {"COLUMNS": "80", "NO_COLOR": "1"}
    with (
        mock.patch.dict(os.environ, environment),
        contextlib.chdir(ROOT),
        contextlib.redirect_stdout(printed),
        contextlib.redirect_stderr(printed),
    ):
        try:
            code = main(arguments)
        except SystemExit as stop:  # how argparse leaves after --help and --version
            code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        printed.flush()
    return code, printed.buffer.getvalue().decode("utf-8")  # type: ignore[attr-defined]


def without_trailing_blanks(text: str) -> str:
    """`text` without blanks at the ends of its lines and blank lines at its end, which editors remove from pages."""
    return "".join(f"{line.rstrip()}\n" for line in text.rstrip().splitlines())


def difference(command: Command, code: int, printed: str) -> str:
    """What a command did that its example does not say; empty if they agree."""
    want, got = without_trailing_blanks(command.output), without_trailing_blanks(printed)
    problems = [] if code == command.code else [f"exit code {code}, expected {command.code}"]
    if not doctest.OutputChecker().check_output(want, got, doctest.ELLIPSIS):
        problems += difflib.unified_diff(want.splitlines(), got.splitlines(), "expected", "printed", lineterm="")
    return "\n".join([f"$ {command.line}", *problems]) if problems else ""


def run_console(example: Example) -> str:
    """Evaluate one console block: the differences, which Sybil reports with file and line."""
    problems = []
    for command in commands(example.parsed):
        program, *arguments = command.arguments
        if program != "slipstick":
            raise ValueError(f"a console block runs slipstick, not {program!r}; a ```text block is not run")
        problems.append(difference(command, *run_slipstick(arguments)))
    return "\n".join(filter(None, problems))


pytest_collect_file = Sybil(
    parsers=[
        PythonCodeBlockParser(doctest_optionflags=doctest.ELLIPSIS),
        CodeBlockParser(language="console", evaluator=run_console),
    ],
    patterns=["specs/*.md", "docs/*.md", "docs/**/*.md", "README.md"],
    excludes=["specs/README.md"],
).pytest()
