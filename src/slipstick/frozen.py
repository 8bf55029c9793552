"""The base of frozen classes that every audit loads: fields by annotation, as `dataclasses` makes them.

That module imports `inspect` and compiles the methods of each class from text, which together is a tenth of the time
that an audit of one line takes to start. What is loaded only when asked for uses `dataclasses`.
"""

from __future__ import annotations

from typing import Any, ClassVar, TypeVar, dataclass_transform

Made = TypeVar("Made", bound="Frozen")


@dataclass_transform(frozen_default=True)
class Frozen:
    """The fields of a subclass are what its own body annotates, `ClassVar` aside, in that order.

    Two objects of one class with equal fields are equal, unless the class is declared with `eq=False`: then each is
    itself alone. `__post_init__` is called when the fields are set.
    """

    _fields: ClassVar[tuple[str, ...]] = ()
    _required: ClassVar[frozenset[str]] = frozenset()
    _least: ClassVar[int] = 0
    _is_checked: ClassVar[bool] = False

    def __init_subclass__(cls, *, eq: bool = True) -> None:
        super().__init_subclass__()
        annotated: dict[str, str] = cls.__annotations__
        cls._fields = tuple(name for name, kind in annotated.items() if not kind.startswith("ClassVar"))
        cls._required = frozenset(name for name in cls._fields if name not in cls.__dict__)
        cls._least = max([n for n, name in enumerate(cls._fields, 1) if name in cls._required], default=0)
        cls._is_checked = cls.__post_init__ is not Frozen.__post_init__
        if not eq:
            cls.__eq__, cls.__hash__ = object.__eq__, object.__hash__  # type: ignore[method-assign]

    def __init__(self, *given: Any, **named: Any) -> None:
        own = self.__dict__
        own.update(zip(self._fields, given))  # noqa: B905 (the keyword would take a seventh of all this)
        if named or not self._least <= len(given) <= len(self._fields):
            own.update(named)
            known = own.keys() <= set(self._fields) and self._required <= own.keys()
            if not known or len(own) != len(given) + len(named):
                raise TypeError(f"{type(self).__name__} takes, each once, {', '.join(self._fields)}")
        if self._is_checked:
            self.__post_init__()

    def __post_init__(self) -> None:
        """Check the fields; a subclass says how."""

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: its {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"{type(self).__name__} is frozen: its {name} cannot be deleted")

    def _values(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self._fields])

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self._values() == other._values() if type(self) is type(other) else NotImplemented

    def __hash__(self) -> int:
        return hash(self._values())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={getattr(self, name)!r}' for name in self._fields)})"


def values_of(given: Frozen) -> dict[str, Any]:
    """The fields of an object by their names."""
    return {name: getattr(given, name) for name in given._fields}


def replace(given: Made, **changes: Any) -> Made:
    """The object with other values for some fields, checked as a new one is."""
    return type(given)(**values_of(given) | changes)
