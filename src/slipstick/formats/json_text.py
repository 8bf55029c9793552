"""Plain objects -> JSON text that the output can hold."""

from __future__ import annotations

import json
from typing import Any

Record = dict[str, Any]


def json_text(content: Record, encoding: str = "utf-8", indent: int | None = 2) -> str:
    """`content` as JSON text, indented, or on one line where `indent` is None.

    Characters stand for themselves where `encoding` can hold them all, else every one beyond ASCII is escaped. Raises
    ValueError for a number that is not finite.
    """
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=indent)
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(content, ensure_ascii=True, allow_nan=False, indent=indent)
    return text
