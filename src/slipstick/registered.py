"""An entry of the table of rules: what is known of a rule before its file is loaded, which takes time.

The file is loaded when a text first has what the rule is about, or when its page is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar, cast

from slipstick.audited_document import DocumentRule
from slipstick.cached_properties import cached_property
from slipstick.finding import Severity
from slipstick.rule import Rule

Asked = TypeVar("Asked")
Loaded = TypeVar("Loaded", Rule, DocumentRule)


class Registered(Generic[Asked, Loaded]):
    """A rule by its code and its name; a `slipstick.rule.Described`."""

    def __init__(self, code: str, name: str, when: Callable[[Asked], bool], *, default_on: bool = True) -> None:
        self.code, self.name = code, name
        self.when = when
        """With what the rule may find something: a test that costs next to nothing, and settles most texts."""
        self.default_on = default_on
        """Whether it runs unless told otherwise; one that cannot be right nine times in ten does not."""

    @cached_property
    def rule(self) -> Loaded:
        """The rule itself, loaded: in `rules/c101_packaging_ratio.py` it is `packaging_ratio`."""
        from importlib import import_module

        word = self.name.replace("-", "_")
        return cast("Loaded", getattr(import_module(f"slipstick.rules.{self.code.lower()}_{word}"), word))

    @property
    def page(self) -> str:
        """Its page, the docstring of its file."""
        return self.rule.page

    @property
    def bad(self) -> tuple[str, ...]:
        """Texts in which it finds something."""
        return self.rule.bad

    @property
    def good(self) -> tuple[str, ...]:
        """Texts in which it finds nothing, and might have."""
        return self.rule.good

    @property
    def severities(self) -> tuple[Severity, ...]:
        """Every severity that its findings may have, the usual one first."""
        return self.rule.severities

    @property
    def option(self) -> str:
        """The option of `slipstick audit` that its examples are given with; "" for none."""
        return self.rule.option
