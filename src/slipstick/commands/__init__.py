"""The commands of `slipstick`, one file each: what may follow it, and what it does."""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    import argparse
    from typing import Protocol

    class Command(Protocol):
        """What the module of a command offers; `run` returns the exit code."""

        DESCRIPTION: str
        EPILOG: str

        def add_arguments(self, parser: argparse.ArgumentParser, /) -> None:
            """Tell the parser what may follow the command."""

        def run(self, arguments: argparse.Namespace, /) -> int:
            """Do it."""


COMMANDS = {
    "audit": "check the calculations in texts and tables of texts",
    "compare": "say what makes two estimates differ, factor by factor",
    "cost": "price compute by date and kind of price, or say what money buys",
    "estimate": "compute an estimate written as a formula, with error bars",
    "hardware": "show what is known of an accelerator: peaks, packaging, prices, utilization",
    "rule": "explain a rule: what it finds and why, with examples",
    "trend": "fit the trend of a table of points: doubling time, a break, projections",
}
"""The name of each command, which is that of its module, and what it does."""


def load(name: str) -> Command:
    """The module of a command, loaded when it is called."""
    from importlib import import_module

    return import_module(f"slipstick.commands.{name}")
