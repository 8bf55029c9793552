"""slipstick audits back-of-the-envelope estimates: it reads a calculation as its author published it, checks every
unit, recomputes it with error bars, and says which single change explains a wrong number.

Names are loaded on first use, so that importing the package costs almost nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import Any

    from slipstick.comparison.comparing import compare as compare
    from slipstick.comparison.ledger import Comparison as Comparison
    from slipstick.comparison.ledger import LedgerRow as LedgerRow
    from slipstick.conversion.converting import Conversion as Conversion
    from slipstick.conversion.converting import convert as convert
    from slipstick.conversion.converting import convertible as convertible
    from slipstick.conversion.errors import ConversionError as ConversionError
    from slipstick.conversion.registry import known_units as known_units
    from slipstick.costs.bill import Cost as Cost
    from slipstick.costs.charging import cost as cost
    from slipstick.estimates.answers import Answer as Answer
    from slipstick.estimates.error_bars import spreads as spreads
    from slipstick.estimates.estimate import Estimate as Estimate
    from slipstick.estimates.evaluation import UnitsError as UnitsError
    from slipstick.estimates.given import quantity as quantity
    from slipstick.estimates.inputs import Input as Input
    from slipstick.estimates.ranges import arcsine as arcsine
    from slipstick.estimates.ranges import beta as beta
    from slipstick.estimates.ranges import between as between
    from slipstick.estimates.ranges import exactly as exactly
    from slipstick.estimates.ranges import factor_of as factor_of
    from slipstick.estimates.ranges import lognormal as lognormal
    from slipstick.estimates.ranges import normal as normal
    from slipstick.estimates.ranges import plus_minus as plus_minus
    from slipstick.estimates.ranges import samples as samples
    from slipstick.estimates.ranges import student_t as student_t
    from slipstick.estimates.ranges import triangular as triangular
    from slipstick.estimates.ranges import uniform as uniform
    from slipstick.estimates.rivals import agreement as agreement
    from slipstick.estimates.rivals import combine as combine
    from slipstick.pipeline import audit as audit
    from slipstick.pipeline import read_estimate as read_estimate
    from slipstick.pipeline import read_estimates as read_estimates
    from slipstick.report import Report as Report
    from slipstick.settings import Settings as Settings
    from slipstick.source import Source as Source
    from slipstick.trends.making import trend as trend
    from slipstick.trends.trend import Trend as Trend
    from slipstick.units import registry as registry

__version__ = "0.1.0"

_PUBLIC = {
    "Answer": "estimates.answers",
    "Comparison": "comparison.ledger",
    "Cost": "costs.bill",
    "Conversion": "conversion.converting",
    "ConversionError": "conversion.errors",
    "Estimate": "estimates.estimate",
    "Input": "estimates.inputs",
    "LedgerRow": "comparison.ledger",
    "Report": "report",
    "Settings": "settings",
    "Source": "source",
    "Trend": "trends.trend",
    "UnitsError": "estimates.evaluation",
    "agreement": "estimates.rivals",
    "audit": "pipeline",
    "compare": "comparison.comparing",
    "cost": "costs.charging",
    "convert": "conversion.converting",
    "convertible": "conversion.converting",
    "known_units": "conversion.registry",
    "quantity": "estimates.given",
    "read_estimate": "pipeline",
    "read_estimates": "pipeline",
    "registry": "units",
    "combine": "estimates.rivals",
    "spreads": "estimates.error_bars",
    "arcsine": "estimates.ranges",
    "beta": "estimates.ranges",
    "between": "estimates.ranges",
    "exactly": "estimates.ranges",
    "factor_of": "estimates.ranges",
    "lognormal": "estimates.ranges",
    "normal": "estimates.ranges",
    "plus_minus": "estimates.ranges",
    "samples": "estimates.ranges",
    "student_t": "estimates.ranges",
    "trend": "trends.making",
    "triangular": "estimates.ranges",
    "uniform": "estimates.ranges",
}

__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
