"""Plurals left open: "8 GPU(s)", "3.1e21 FLOP(s)"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from slipstick.markup.view import Edit

_OPEN_PLURAL = re.compile(r"(?<=[A-Za-z]{2})(?<!exp)(?<!log)(?<!sin)(?<!cos)(?<!tan)\(s\)(?![A-Za-z0-9(])")
"""A function of one letter, or with such a name, is one of s."""


def plural_edits(text: str) -> Iterator[Edit]:
    """Drop the s in brackets that ends a word."""
    for found in _OPEN_PLURAL.finditer(text):
        yield Edit(found.start(), found.end())
