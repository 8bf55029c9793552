"""Values that are computed when they are first asked for: what few readers of a report want to see."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Value = TypeVar("Value")


class Deferred(Generic[Value]):
    """A value by the function that computes it, called once when `value` is first read; the same for all threads.

    It is compared, hashed, printed, copied and pickled as its value is.
    """

    __slots__ = ("_compute", "_value")

    def __init__(self, compute: Callable[[], Value]) -> None:
        self._compute: Callable[[], Value] | None = compute
        self._value: Value

    @classmethod
    def known(cls, value: Value) -> Deferred[Value]:
        """A value that needs no computing."""
        return cls(lambda: value)

    @property
    def value(self) -> Value:
        """The value itself. What it was computed from is let go; threads at once may compute equal values."""
        compute = self._compute
        if compute is not None:
            self._value = compute()
            self._compute = None
        return self._value

    def __eq__(self, other: object) -> bool:
        return self.value == other.value if isinstance(other, Deferred) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.value)

    def __repr__(self) -> str:
        return repr(self.value)

    def __str__(self) -> str:
        return str(self.value)

    def __reduce__(self) -> tuple[Any, ...]:
        return Deferred.known, (self.value,)
