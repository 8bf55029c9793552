"""Pictures to put into a post: densities, tornados, waterfalls, trends; by matplotlib, which is an extra (`plot`).

Each function returns a matplotlib figure, 700 pixels wide, and `save` writes it. Names are loaded on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # as typing's own, without the time that importing typing takes
if TYPE_CHECKING:
    from typing import Any

    from slipstick.plotting.densities import density as density
    from slipstick.plotting.files import save as save
    from slipstick.plotting.files import svg as svg
    from slipstick.plotting.scatters import scatter as scatter
    from slipstick.plotting.swings import tornado as tornado
    from slipstick.plotting.waterfalls import waterfall as waterfall

_PUBLIC = {
    "density": "densities",
    "save": "files",
    "scatter": "scatters",
    "svg": "files",
    "tornado": "swings",
    "waterfall": "waterfalls",
}

__all__ = [*_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_PUBLIC[name]}"), name)


def __dir__() -> list[str]:
    return sorted(__all__)
