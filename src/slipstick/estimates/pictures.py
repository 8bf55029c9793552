"""Pictures of estimates, by matplotlib, which is an extra (`plot`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from slipstick.estimates.estimate import Estimate
    from slipstick.uncertainty import Spread

_DRAWS = 20_000
_BINS = 60
_BLUE, _GREY = "#0072B2", "#555555"  # of the palette by Okabe and Ito, which colour-blind readers can tell apart


def density(estimate: Estimate, spread: Spread) -> str:
    """The density of the result as an SVG picture, its interval shaded; empty where matplotlib is not installed."""
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return ""
    from io import StringIO

    import numpy as np

    from slipstick.estimates.error_bars import draws_of
    from slipstick.estimates.showing import formula_text

    draws = draws_of(estimate, _DRAWS)
    is_log = bool(draws.min() > 0 and spread.low > 0 and spread.high / spread.low > 5)
    low, high = np.quantile(draws, [0.001, 0.999])
    even = np.geomspace(low, high, _BINS) if is_log else np.linspace(low, high, _BINS)
    edges = np.unique([*even, spread.low, spread.high])  # so that the shaded band ends where the interval does
    widths = np.diff(np.log(edges) if is_log else edges)
    counts = np.histogram(draws, bins=edges)[0] / widths
    figure = Figure(figsize=(4.2, 1.5), layout="constrained")
    axes = figure.subplots()
    axes.stairs(counts, edges, color=_BLUE, linewidth=1)
    inside = (edges[:-1] >= spread.low) & (edges[1:] <= spread.high)
    axes.stairs(np.where(inside, counts, 0), edges, color=_BLUE, alpha=0.3, fill=True, linewidth=0)
    axes.axvline(spread.median, color=_GREY, linewidth=1)
    if is_log:
        axes.set_xscale("log")
    axes.set_yticks([])
    name = formula_text(estimate)[:40]
    axes.set_xlabel(f"{name}, {estimate.unit}" if estimate.unit != "1" else name)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    out = StringIO()
    figure.savefig(out, format="svg")
    return out.getvalue()[out.getvalue().index("<svg") :]
