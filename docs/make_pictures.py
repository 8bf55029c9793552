"""Draws the pictures of docs/pictures.md into docs/pictures/: `python docs/make_pictures.py`; needs `plot`, `trend`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from slipstick import Estimate, compare, read_estimate, trend
from slipstick.plotting import density, save, scatter, tornado, waterfall

if TYPE_CHECKING:
    from matplotlib.figure import Figure

FOLDER = Path(__file__).parent / "pictures"
ALPHASTAR = (Path(__file__).parent / "examples" / "alphastar.md").read_text(encoding="utf-8").splitlines()
BOARDS, BLOG, CHIPS = (ALPHASTAR[line] for line in (7, 9, 11))


def pictures() -> dict[str, Figure]:
    """Each picture by its name."""
    run = Estimate.from_formula(
        "gpus * days * peak * utilization / overhead",
        gpus="512 A100",
        days="20 to 30 days",
        peak="312 TFLOP/s/A100",
        utilization="0.25 to 0.5",
        overhead="1.05 to 1.3",
    )
    return {
        "scatter": scatter(trend("ai-and-compute", compare=["GPT-3 @ 2021-04-08"])),
        "density": density(
            read_estimate(BOARDS),
            claim="2.02e23 FLOP",
            rivals={"counted as chips": "5.9e22 FLOP", "another reading": "2.4e24 FLOP"},
            title="AlphaStar's training compute",
        ),
        "tornado": tornado(run, title="What a month on 512 GPUs comes to"),
        "waterfall": waterfall(compare(BOARDS, BLOG), title="Two estimates of AlphaStar, twelve times apart"),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, figure in pictures().items():
        save(figure, FOLDER / f"{name}.svg")
