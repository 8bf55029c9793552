"""The options of `slipstick audit` that a configuration may set: what each may be, and its default."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slipstick.commands.arguments import fraction_range, rule_words, size_in_bytes, year_of
from slipstick.commands.output import FORMATS as FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

FAIL_ON = {"note": 0, "warning": 1, "error": 2, "never": 3}
"""`--fail-on` to the rank of a severity, `Severity.rank`; no severity has the last one."""

COLORS = ("auto", "always", "never")


class Option:
    """An option of a configuration; `read` makes the value that the command line would of one in TOML.

    `read` raises ValueError or ArgumentTypeError with what was expected, one line.
    """

    def __init__(self, read: Callable[[Any], Any], default: Any = None) -> None:
        self.read, self.default = read, default


def _text(value: object) -> str:
    if isinstance(value, str) and value:
        return value
    raise ValueError(f"expected a text, not {value!r}")


def _flag(value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise ValueError(f"expected true or false, not {value!r}")


def _choice(choices: Collection[str]) -> Callable[[object], str]:
    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise ValueError(f"expected one of {', '.join(choices)}, not {value!r}")

    return read


def _rules(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
        raise ValueError(f'expected a list of codes or names such as ["C101"], not {value!r}')
    return tuple(word for part in value for word in rule_words(part))


def _rules_by_file(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise ValueError(f'expected a table such as {{ "drafts/*" = ["C101"] }}, not {value!r}')
    return {pattern: _rules(rules) for pattern, rules in value.items()}


def _utilization(value: object) -> Any:
    if isinstance(value, list) and len(value) == 2 and all(_is_number(end) for end in value):
        return fraction_range(f"{value[0]}..{value[1]}")
    if isinstance(value, str) or _is_number(value):
        return fraction_range(str(value))
    raise ValueError(f'expected a range of fractions like "0.2..0.5" or [0.2, 0.5], not {value!r}')


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _date(value: object) -> int:
    return year_of(str(value))


def _size(value: object) -> int:
    return size_in_bytes(str(value))


OPTIONS = {
    "select": Option(_rules, ()),
    "ignore": Option(_rules, ()),
    "per-file-ignores": Option(_rules_by_file, {}),
    "fail-on": Option(_choice(FAIL_ON), "error"),
    "baseline": Option(_text),
    "utilization": Option(_utilization),
    "date": Option(_date),
    "format": Option(_choice(FORMATS)),
    "text-column": Option(_text),
    "id-column": Option(_text),
    "max-size": Option(_size, 64 * 2**20),
    "all": Option(_flag, False),
    "show-unread": Option(_flag, False),
    "color": Option(_choice(COLORS), "auto"),
}
"""Every key of a configuration."""
