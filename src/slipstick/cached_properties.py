"""Properties that are computed when first read, and kept.

As `functools.cached_property`, without the lock that Python 3.11 still takes at every first reading, which makes it
several times slower. Threads that read one at the same time may each compute it; all have the value that came first.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Owner = TypeVar("Owner")
Value = TypeVar("Value")


class cached_property(Generic[Owner, Value]):  # noqa: N801 (named as the one that it stands for)
    """A property of an object with a `__dict__`: the value stands there from the first reading on."""

    def __init__(self, compute: Callable[[Owner], Value]) -> None:
        self.compute, self.name = compute, compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type[Any]) -> cached_property[Owner, Value]: ...

    @overload
    def __get__(self, instance: Owner, owner: type[Any]) -> Value: ...

    def __get__(self, instance: Owner | None, owner: type[Any]) -> cached_property[Owner, Value] | Value:
        if instance is None:
            return self
        first: Value = instance.__dict__.setdefault(self.name, self.compute(instance))
        return first
