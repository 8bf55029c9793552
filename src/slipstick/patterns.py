"""Regular expressions that few texts need, each compiled when it is first used: an audit of a line is short."""

from __future__ import annotations

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "split", "sub")


class _Uncompiled:
    """Stands for a pattern until it is used; from then on its methods are those of the compiled one."""

    def __init__(self, source: str, flags: int) -> None:
        self._given = source, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._given)
        for each in _METHODS:
            setattr(self, each, getattr(compiled, each))
        return getattr(compiled, name)


_BEYOND_ASCII = r"(?:[^\0-\x7f]|\\u[\da-f]{4})"


def of_ascii(source: str) -> str:
    """The source of a pattern that finds the same in a text of ASCII alone, and compiles much sooner.

    One sign stands in it for all that such a text cannot hold: sets with signs beyond Latin-1 take long to compile.
    """
    return re.sub(f"{_BEYOND_ASCII}(?:-?{_BEYOND_ASCII})*", r"\\x80", source)


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that `re.compile` gives, compiled at its first use; so a wrong one raises re.error only then."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))
