"""Error bars: distributions of the inputs, and what they make of the result (`specs/spread.md`).

Floats without units; `error_bars` and `ranges` give them their units. Names are loaded on first use: a product of
ranges needs little of it.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import Any

    from slipstick.uncertainty.bounded import Arcsine as Arcsine
    from slipstick.uncertainty.bounded import Triangular as Triangular
    from slipstick.uncertainty.bounded import Uniform as Uniform
    from slipstick.uncertainty.constructors import between as between
    from slipstick.uncertainty.distributions import Distribution as Distribution
    from slipstick.uncertainty.distributions import Exact as Exact
    from slipstick.uncertainty.distributions import LogitNormal as LogitNormal
    from slipstick.uncertainty.distributions import LogNormal as LogNormal
    from slipstick.uncertainty.distributions import Normal as Normal
    from slipstick.uncertainty.first_order import FirstOrder as FirstOrder
    from slipstick.uncertainty.first_order import first_order as first_order
    from slipstick.uncertainty.products import monomial as monomial
    from slipstick.uncertainty.sampling import sampled as sampled
    from slipstick.uncertainty.shapes import Beta as Beta
    from slipstick.uncertainty.shapes import Empirical as Empirical
    from slipstick.uncertainty.shapes import StudentT as StudentT
    from slipstick.uncertainty.spread import Spread as Spread

_PUBLIC = {
    "Arcsine": "bounded",
    "Beta": "shapes",
    "Distribution": "distributions",
    "Empirical": "shapes",
    "Exact": "distributions",
    "FirstOrder": "first_order",
    "LogNormal": "distributions",
    "LogitNormal": "distributions",
    "Normal": "distributions",
    "Spread": "spread",
    "StudentT": "shapes",
    "Triangular": "bounded",
    "Uniform": "bounded",
    "between": "constructors",
    "first_order": "first_order",
    "monomial": "products",
    "sampled": "sampling",
}

__all__ = list(_PUBLIC)


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)
