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


def pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern that `re.compile` gives, compiled at its first use; so a wrong one raises re.error only then."""
    return cast("re.Pattern[str]", _Uncompiled(source, flags))
