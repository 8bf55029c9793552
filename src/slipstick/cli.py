"""The command `slipstick`: arguments in, a format out (`specs/report.md` states the exit codes).

Only what every call needs is imported here, and of the commands only the one that is called; `slipstick --help` starts
without the rest.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import sys
from typing import TYPE_CHECKING, Any

from slipstick import __version__
from slipstick.commands import COMMANDS, load
from slipstick.commands.arguments import UNUSABLE, complain
from slipstick.formats.plain import terminal_width

if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import NoReturn

_TRACEBACK = "SLIPSTICK_TRACEBACK"
_VERSION = f"slipstick {__version__}"
_BROKEN_PIPE, _INTERRUPTED = 141, 130
_FEW_COLLECTIONS = 300_000
_MISSING = "the following arguments are required: "
"""How argparse begins what it says of missing arguments."""


class _Help(argparse.HelpFormatter):
    """Help as wide as the terminal, found without `shutil`, which argparse would load at every call."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=terminal_width() - 2)


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are one line."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=_Help, **given)
        self._negative_number_matcher = re.compile(r"-\.?\d")  # "-40°C" and "-5..5" are quantities, and no options

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2 and one line on standard error."""
        missing = message.removeprefix(_MISSING)
        complain(message if missing == message else f"expected {missing}; see {self.prog} --help")
        raise SystemExit(UNUSABLE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command with `argv` (the process's own arguments unless given) and return its exit code.

    0: nothing at or above `--fail-on`; 1: something was; 2: the call or an input could not be used, or the program
    itself failed (raised where the environment variable `SLIPSTICK_TRACEBACK` is set).
    """
    gc.set_threshold(_FEW_COLLECTIONS)  # what is loaded stays, and looking through it again takes time
    try:
        arguments = _parsed(sys.argv[1:] if argv is None else argv)
        code = load(arguments.command).run(arguments)
        if sys.stdout is not None:
            sys.stdout.flush()
        return code
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else UNUSABLE
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        _discard_output()
        return _BROKEN_PIPE
    except OSError as error:
        _discard_output()
        complain(f"the output cannot be written ({error.strerror})")
        return UNUSABLE
    except Exception as error:
        if os.environ.get(_TRACEBACK):
            raise
        complain(f"internal error: {type(error).__name__}: {error} ({_TRACEBACK}=1 shows where)")
        return UNUSABLE
    finally:
        if argv is None:
            gc.freeze()  # the process ends: Python would look twice more through all that was loaded, and free nothing


def _discard_output() -> None:
    """Let what is still unwritten go nowhere: Python flushes it once more at its end, which must not fail again."""
    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parsed(argv: Sequence[str]) -> argparse.Namespace:
    """The arguments. argparse takes one run of files only; those after a later option come back as the rest."""
    parser = _parser(argv)
    arguments, rest = parser.parse_known_args(argv)
    unknown = [argument for argument in rest if argument.startswith("-") and argument != "-"]
    if unknown:
        parser.error(f"unknown option {unknown[0]}; `slipstick {arguments.command} --help` lists them")
    if rest and not hasattr(arguments, "files"):
        help_ = f"see {parser.prog} {arguments.command} --help"
        parser.error(f"unexpected argument {rest[0]!r}; what has spaces needs quotes; {help_}")
    if rest:
        arguments.files += rest
    return arguments


def _parser(argv: Sequence[str]) -> _Parser:
    parser = _Parser(
        prog="slipstick",
        allow_abbrev=False,
        description="Audit back-of-the-envelope estimates: units checked, recomputed with error bars, slips named.",
        epilog="Begin with: slipstick audit --text '3 boxes * 4 kg/box = 80 kg'",
    )
    parser.add_argument("--version", action="version", version=_VERSION)
    named = next((argument for argument in argv if not argument.startswith("-")), None)
    if not argv or (named is not None and named not in COMMANDS):
        *first, last = COMMANDS
        but = "" if named is None else f", not {named!r}"
        parser.error(f"expected a command: {', '.join(first)} or {last}{but}; see slipstick --help")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, help_text in COMMANDS.items():
        if name != named:  # its arguments are not asked for, and not even its name where another is
            if named is None:
                commands.add_parser(name, help=help_text)
            continue
        command = load(name)
        given = commands.add_parser(
            name, allow_abbrev=False, help=help_text, description=command.DESCRIPTION, epilog=command.EPILOG
        )
        given.add_argument("--version", action="version", version=_VERSION)
        command.add_arguments(given)
    return parser
