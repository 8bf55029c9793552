"""The resolved settings of `slipstick audit`, as TOML that could stand in a configuration, each with its origin."""

from __future__ import annotations

import json
from typing import Any

from slipstick.commands.options import OPTIONS


def settings_page(values: dict[str, Any], origin: dict[str, str], path: str | None) -> str:
    """One line a key: its value and where that is from; a key without a value is a comment. Raises nothing."""
    lines = [f"# configuration: {path}" if path else "# no configuration file"]
    for key in OPTIONS:
        value = values[key]
        if value is None:
            lines.append(f"# {key} is not set")
            continue
        lines.append(f"{key} = {_toml(_given(key, value))}  # {origin[key]}")
    return "\n".join(lines) + "\n"


def _given(key: str, value: Any) -> Any:
    """The value as one writes it."""
    if key == "utilization":
        low, high = value
        return f"{float(low):g}..{float(high):g}"
    return value


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        inside = ", ".join(f"{_toml(key)} = {_toml(each)}" for key, each in value.items())
        return f"{{ {inside} }}" if inside else "{}"
    return json.dumps(value, ensure_ascii=False)  # of texts, whole numbers, truth values and lists, as TOML has them
