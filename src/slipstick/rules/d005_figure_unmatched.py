"""A figure to compare with that no calculation has a result for.

What it finds: a figure given with `--against` whose unit is that of no calculation in the text, or of none on the line
that it is for.

Why it matters: a comparison that was asked for and silently not made looks like one that found nothing.

Stays silent when: at least one calculation was compared with the figure.

Source: specs/diagnosis.md.
"""

from __future__ import annotations

from slipstick.rule import found_elsewhere

figure_unmatched = found_elsewhere(
    "D005",
    "figure-unmatched",
    page=__doc__,
    option='--against "48 GPU-days"',
    bad=(
        "3 * 4 kg = 12 kg",
        "6 * 7e9 parameters * 2e12 tokens = 8.4e22 FLOP",
    ),
    good=(
        "12 GPUs * 4 days = 48 GPU-days",
        "12 GPUs * 4 days = 80 GPU-days",
        "3 * 4 kg = 12 kg, and 12 GPUs * 2 days = 24 GPU-days",
    ),
)
