"""The pint registry of slipstick's units. Imports pint: only `units.registry` imports this, when asked."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pint

from slipstick import units
from slipstick.units import UnitTable, UnitTerm


def _restored_quantity(magnitude: Any, exponents: dict[str, Any]) -> Any:
    known = units.registry()
    return known.Quantity(magnitude, known.UnitsContainer(exponents))


def _restored_unit(exponents: dict[str, Any]) -> Any:
    known = units.registry()
    return known.Unit(known.UnitsContainer(exponents))


class _Quantity(pint.registry.Quantity[Any]):
    """A quantity that is restored into slipstick's registry, not into pint's application registry.

    numpy's whole numbers wrap around at 9.2e18, which a count of FLOP soon passes: a single one becomes Python's, an
    array of them one of floats.
    """

    def __new__(cls, value: Any, units: Any = None) -> Any:
        kind = getattr(getattr(value, "dtype", None), "kind", "")
        if kind and kind in "iu":
            value = value.astype(float) if value.ndim else int(value)
        return super().__new__(cls, value, units)

    def __reduce__(self) -> Any:
        return _restored_quantity, (self.magnitude, dict(self.unit_items()))


class _Unit(pint.registry.Unit):
    """A unit that is restored into slipstick's registry, not into pint's application registry."""

    def __reduce__(self) -> Any:
        return _restored_unit, (dict(self._units),)


class ImmutableRegistry(pint.UnitRegistry[Any]):
    """A pint registry that refuses definitions and contexts once it is built."""

    Quantity = _Quantity
    Unit = _Unit

    _sealed = False

    def _refuse(self, what: str) -> None:
        if self._sealed:
            raise TypeError(f"slipstick's unit registry is immutable: {what} is not possible")

    def define(self, definition: Any) -> None:
        """Refuse a definition at run time (TypeError)."""
        self._refuse("defining a unit")
        super().define(definition)

    def load_definitions(self, *args: Any, **kwargs: Any) -> Any:
        """Refuse loading definitions at run time (TypeError)."""
        self._refuse("loading definitions")
        return super().load_definitions(*args, **kwargs)

    def enable_contexts(self, *args: Any, **kwargs: Any) -> None:
        """Refuse contexts (TypeError): they would change every thread's conversions."""
        self._refuse("enabling a context")
        super().enable_contexts(*args, **kwargs)


def build(table: UnitTable) -> pint.UnitRegistry[Any]:
    """A sealed registry with exactly the units of `table`, exact factors kept as Python numbers."""
    registry = ImmutableRegistry(None, on_redefinition="raise", cache_folder=None)
    for line in table.definitions:
        registry.define(line)
    registry._build_cache()
    registry._sealed = True
    return registry


def product_of(known: Any, terms: Iterable[UnitTerm]) -> Any:
    """The pint unit that the terms make in a registry."""
    result = known.Unit("")
    for term in terms:
        exponent = int(term.exponent) if term.exponent.denominator == 1 else float(term.exponent)
        result = result * known.Unit(term.prefix + term.name) ** exponent
    return result
