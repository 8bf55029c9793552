"""Where a command's result goes: which format a file's name asks for, and writing it whole or not at all."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from slipstick.commands.arguments import has_color, page_width, write_now

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence
    from pathlib import Path

SUFFIXES = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".tex": "latex",
    ".sarif": "sarif",
    ".sarif.json": "sarif",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
}
"""The end of a file's name to the format that is written into it."""

FORMATS = tuple(dict.fromkeys(SUFFIXES.values()))
"""What `--format` may be."""

_FILE_WIDTH = 100


def add_output(parser: argparse.ArgumentParser, formats: Sequence[str]) -> None:
    """The options `--format`, one of `formats`, and `--output`."""
    by_name = "what to print (default: text, or by the end of the name of --output)"
    parser.add_argument("--format", choices=formats, help=by_name)
    ends = ", ".join(_ends(formats))
    to = f"write to FILE, whole or not at all; - is standard output; {ends} say the format"
    parser.add_argument("--output", metavar="FILE", default="-", help=to)


class Output:
    """Where the pieces of a result go as they come, in which `format` and encoding."""

    def __init__(self, format_: str, path: Path | None = None) -> None:
        self.format, self._path = format_, path
        self._pieces: list[str] = []

    @property
    def is_file(self) -> bool:
        """Whether it is a file of its own, rather than standard output."""
        return self._path is not None

    @property
    def encoding(self) -> str:
        """The encoding of what is written: UTF-8 in files."""
        return "utf-8" if self.is_file else getattr(sys.stdout, "encoding", None) or "utf-8"

    @property
    def width(self) -> int:
        """The width of a page in cells: the terminal's, or that of a file."""
        return _FILE_WIDTH if self.is_file else page_width()

    def has_color(self, choice: str) -> bool:
        """Whether a page has colours; a file has none."""
        return not self.is_file and has_color(choice)

    def write(self, text: str) -> None:
        """To standard output at once, to a file with all the rest."""
        if self.is_file:
            self._pieces.append(text)
        else:
            write_now(text)

    def close(self) -> None:
        """Write the file, if it is one. OutputError where the system refuses."""
        if self._path is not None:
            write_whole(self._path, "".join(self._pieces))


class OutputError(Exception):
    """A file that cannot be written; the message, one line, says why and what was expected."""


def format_for(name: str, formats: Sequence[str] = FORMATS) -> str:
    """The one of `formats` that the end of a file's name asks for, the longest end first. OutputError for none."""
    ends = _ends(formats)
    for suffix in sorted(ends, key=len, reverse=True):
        if name.casefold().endswith(suffix):
            return SUFFIXES[suffix]
    raise OutputError(f"--output {name}: no format ends like this; expected {', '.join(ends)}, or --format")


def _ends(formats: Sequence[str]) -> tuple[str, ...]:
    return tuple(suffix for suffix, each in SUFFIXES.items() if each in formats)


def opened(name: str, format_: str | None, inputs: Iterable[str], formats: Sequence[str] = FORMATS) -> Output:
    """The output called `name` (`-` is standard output), in the format given, or else the one that its end asks for.

    OutputError, before any work is done, where that file cannot be written: see `checked` and `format_for`.
    """
    if name == "-":
        return Output(format_ or "text")
    path = checked(name, inputs)
    return Output(format_ or format_for(name, formats), path)


def checked(name: str, inputs: Iterable[str], option: str = "--output") -> Path:
    """The file to write, links followed, before any work is done; `option` is the one that names it.

    OutputError for a folder, for a folder that is not there, and for one of the `inputs`, which would be lost.
    """
    from pathlib import Path

    if not name or "\0" in name:
        raise OutputError(f"{option}: no name of a file; expected one, or - for standard output")
    path = Path(os.path.realpath(name))
    if path.is_dir() or name.endswith(("/", os.sep)):
        raise OutputError(f"{option} {name}: is a directory; expected a file")
    if not path.parent.is_dir():
        missing = path.parent if Path(name).is_symlink() else Path(name).parent
        raise OutputError(f"{option} {name}: there is no directory {missing}; expected one that exists")
    if path.is_file() and any(Path(given).exists() and path.samefile(given) for given in inputs if given != "-"):
        raise OutputError(f"{option} {name}: is an input as well; expected another file")
    if option != "--output" and any(path == Path(os.path.realpath(given)) for given in inputs):
        raise OutputError(f"{option} {name}: is the file of --output as well; expected another")
    return path


def write_whole(path: Path, text: str) -> None:
    """Write `text` in UTF-8 to a file, all of it or none. OutputError where the system refuses."""
    from slipstick import whole_file

    try:
        whole_file.write_whole(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise OutputError(f"--output {path}: cannot be written ({error.strerror})") from None
