"""Error bars: distributions of the inputs, and what they make of the result (`specs/spread.md`).

Floats without units; `estimates/ranges.py` and `Estimate` give them theirs. Names are loaded on first use: an audit
needs few of the distributions.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import Any

    from slipstick.uncertainty.constructors import arcsine as arcsine
    from slipstick.uncertainty.constructors import beta as beta
    from slipstick.uncertainty.constructors import exact as exact
    from slipstick.uncertainty.constructors import factor_of as factor_of
    from slipstick.uncertainty.constructors import lognormal as lognormal
    from slipstick.uncertainty.constructors import normal as normal
    from slipstick.uncertainty.constructors import plus_minus as plus_minus
    from slipstick.uncertainty.constructors import samples as samples
    from slipstick.uncertainty.constructors import student_t as student_t
    from slipstick.uncertainty.constructors import triangular as triangular
    from slipstick.uncertainty.constructors import uniform as uniform
    from slipstick.uncertainty.distributions import Distribution as Distribution
    from slipstick.uncertainty.distributions import Exact as Exact
    from slipstick.uncertainty.distributions import LogitNormal as LogitNormal
    from slipstick.uncertainty.distributions import LogNormal as LogNormal
    from slipstick.uncertainty.distributions import Normal as Normal
    from slipstick.uncertainty.distributions import between as between
    from slipstick.uncertainty.first_order import FirstOrder as FirstOrder
    from slipstick.uncertainty.first_order import first_order_general as first_order_general
    from slipstick.uncertainty.products import monomial as monomial
    from slipstick.uncertainty.sampling import sampled as sampled
    from slipstick.uncertainty.shapes import Arcsine as Arcsine
    from slipstick.uncertainty.shapes import Beta as Beta
    from slipstick.uncertainty.shapes import Empirical as Empirical
    from slipstick.uncertainty.shapes import StudentT as StudentT
    from slipstick.uncertainty.shapes import Triangular as Triangular
    from slipstick.uncertainty.shapes import Uniform as Uniform
    from slipstick.uncertainty.spread import Spread as Spread

_MODULES = {
    "constructors": "arcsine beta exact factor_of lognormal normal plus_minus samples student_t triangular uniform",
    "distributions": "Distribution Exact LogitNormal LogNormal Normal between",
    "first_order": "FirstOrder first_order_general",
    "products": "monomial",
    "sampling": "sampled",
    "shapes": "Arcsine Beta Empirical StudentT Triangular Uniform",
    "spread": "Spread",
}
_PUBLIC = {name: module for module, names in _MODULES.items() for name in names.split()}

__all__ = [*_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
