"""slipstick audits back-of-the-envelope estimates: it reads a calculation as its author published it, checks every
unit, recomputes it with error bars, and says which single change explains a wrong number.

Names are loaded on first use, so that importing the package costs almost nothing.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import Any

    from slipstick.answers import Answer as Answer
    from slipstick.comparison.comparing import compare as compare
    from slipstick.comparison.ledger import Comparison as Comparison
    from slipstick.comparison.ledger import LedgerRow as LedgerRow
    from slipstick.error_bars import spreads as spreads
    from slipstick.estimate import Estimate as Estimate
    from slipstick.evaluation import UnitsError as UnitsError
    from slipstick.given import quantity as quantity
    from slipstick.inputs import Input as Input
    from slipstick.pipeline import audit as audit
    from slipstick.pipeline import read_estimate as read_estimate
    from slipstick.pipeline import read_estimates as read_estimates
    from slipstick.ranges import arcsine as arcsine
    from slipstick.ranges import beta as beta
    from slipstick.ranges import between as between
    from slipstick.ranges import exactly as exactly
    from slipstick.ranges import factor_of as factor_of
    from slipstick.ranges import lognormal as lognormal
    from slipstick.ranges import normal as normal
    from slipstick.ranges import plus_minus as plus_minus
    from slipstick.ranges import samples as samples
    from slipstick.ranges import student_t as student_t
    from slipstick.ranges import triangular as triangular
    from slipstick.ranges import uniform as uniform
    from slipstick.report import Report as Report
    from slipstick.rivals import agreement as agreement
    from slipstick.rivals import combine as combine
    from slipstick.settings import Settings as Settings
    from slipstick.source import Source as Source
    from slipstick.units import registry as registry

__version__ = "0.1.0"

_PUBLIC = {
    "Answer": "answers",
    "Comparison": "comparison.ledger",
    "Estimate": "estimate",
    "Input": "inputs",
    "LedgerRow": "comparison.ledger",
    "Report": "report",
    "Settings": "settings",
    "Source": "source",
    "UnitsError": "evaluation",
    "agreement": "rivals",
    "audit": "pipeline",
    "compare": "comparison.comparing",
    "quantity": "given",
    "read_estimate": "pipeline",
    "read_estimates": "pipeline",
    "registry": "units",
    "combine": "rivals",
    "spreads": "error_bars",
    "arcsine": "ranges",
    "beta": "ranges",
    "between": "ranges",
    "exactly": "ranges",
    "factor_of": "ranges",
    "lognormal": "ranges",
    "normal": "ranges",
    "plus_minus": "ranges",
    "samples": "ranges",
    "student_t": "ranges",
    "triangular": "ranges",
    "uniform": "ranges",
}

__all__ = [*_PUBLIC, "__version__"]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
