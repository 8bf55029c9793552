"""The configuration of `slipstick audit`: `slipstick.toml`, or `[tool.slipstick]` in `pyproject.toml`.

The nearest file above the current folder counts; what the command line says beats it (docs/suppression.md).
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from slipstick.commands.options import Option

OWN, SHARED = "slipstick.toml", "pyproject.toml"
_LARGEST = 2**20


class ConfigurationError(Exception):
    """A configuration that cannot be used; the message, one line, names the file and the key."""


class Configuration:
    """The options that a file sets, by key, each checked; `path` is None where there is no file."""

    def __init__(self, path: str | None, values: dict[str, Any]) -> None:
        self.path, self.values = path, values

    @property
    def folder(self) -> str:
        """The folder that paths and patterns in the file are relative to."""
        return os.path.dirname(os.path.abspath(self.path)) if self.path else os.getcwd()

    def ignored_in(self, name: str | None, arguments: argparse.Namespace) -> tuple[str, ...]:
        """The rules to ignore in a file: everywhere, and by the patterns that its path or its own name matches."""
        everywhere: tuple[str, ...] = tuple(arguments.ignore)
        if not arguments.per_file_ignores or name in (None, "-"):
            return everywhere
        from fnmatch import fnmatch

        path = os.path.relpath(str(name), self.folder).replace(os.sep, "/")
        names = (path, path.rpartition("/")[2])
        here = (
            rules for pattern, rules in arguments.per_file_ignores.items() if any(fnmatch(n, pattern) for n in names)
        )
        return (*everywhere, *(word for rules in here for word in rules))


_NO_FILE = Configuration(None, {})


def configuration(given: str | None, *, none: bool) -> Configuration:
    """The configuration: the file `given`, no file where `none`, else the nearest. Raises ConfigurationError."""
    if none:
        return _NO_FILE
    if given is not None:
        table = _table(given)
        if table is None:
            raise ConfigurationError(f"{given}: has no table [tool.slipstick]")
        return Configuration(given, _checked(table, given))
    for path in _candidates():
        table = _table(path)
        if table is not None:
            return Configuration(path, _checked(table, path))
    return _NO_FILE


def _candidates() -> Iterator[str]:
    """The files to look at, nearest first: up to the folder of a repository, or the root."""
    try:
        folder = current = os.getcwd()
    except OSError:
        return  # it was removed
    while True:
        for name in (OWN, SHARED):
            path = os.path.join(folder, name)
            if os.path.isfile(path):
                yield name if folder == current else path
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return
        folder = above


def _table(path: str) -> dict[str, Any] | None:
    """The options as the file has them; None for a pyproject.toml without any."""
    try:
        with open(path, "rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror})") from None
    shared = os.path.basename(path) == SHARED
    if shared and not _may_configure(data):
        return None
    if len(data) > _LARGEST:
        raise ConfigurationError(f"{path}: more than {_LARGEST:,} bytes")
    import tomllib

    try:
        content: Any = tomllib.loads(data.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: not TOML ({error})") from None
    for key in ("tool", "slipstick") if shared else ():
        content = content.get(key) if isinstance(content, dict) else None
    if content is not None and not isinstance(content, dict):
        raise ConfigurationError(f"{path}: tool.slipstick is no table")
    return content


def _may_configure(data: bytes) -> bool:
    """Whether a pyproject.toml may have the table: most have none, and are not worth the time that parsing takes."""
    import re

    return re.search(rb"""tool["']?\s*\.\s*["']?slipstick|^\s*\[?\s*["']?tool["']?\s*[]=]""", data, re.M) is not None


def _checked(table: dict[str, Any], path: str) -> dict[str, Any]:
    from slipstick.commands.options import OPTIONS

    values = {}
    for key, value in table.items():
        option = OPTIONS.get(key)
        if option is None:
            raise ConfigurationError(f"{path}: unknown key {key!r}{_nearest(key, list(OPTIONS))}")
        values[key] = _value(option, key, value, path)
    return values


def _value(option: Option, key: str, value: Any, path: str) -> Any:
    from argparse import ArgumentTypeError

    try:
        return option.read(value)
    except (ValueError, ArgumentTypeError) as error:
        raise ConfigurationError(f"{path}: {key}: {error}") from None


def _nearest(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key.replace("_", "-"), known, n=1)
    return f"; the nearest is {close[0]}" if close else f"; expected one of {', '.join(known)}"


def resolve(arguments: argparse.Namespace) -> Configuration:
    """Give each option that the command line leaves open the value of the configuration, else its default.

    `arguments.origin` says for each key where its value is from. Raises ConfigurationError.
    """
    from slipstick.commands.options import OPTIONS

    found = configuration(arguments.config, none=arguments.no_config)
    arguments.origin = {}
    for key, option in OPTIONS.items():
        name = key.replace("-", "_")
        if getattr(arguments, name, None) is not None:
            arguments.origin[key] = "command line"
            continue
        arguments.origin[key] = (found.path or "") if key in found.values else "default"
        value = found.values.get(key, option.default)
        if key == "baseline" and key in found.values:
            value = os.path.join(found.folder, value)
        setattr(arguments, name, value)
    return found
