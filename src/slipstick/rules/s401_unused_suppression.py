"""A comment allows what is not found.

What it finds: each rule named by a `slipstick: allow` comment that finds nothing where the comment reaches: the
calculation below it, its line, or with `allow-file` the whole text.

Why it matters: the calculation was put right, moved, or was never read; a comment that stays behind would hide the next
slip in the same place.

Stays silent when: the rule finds something there, is not run, or the comment cannot be used (`unknown-suppression`).

Source: docs/suppression.md.
"""

from __future__ import annotations

from slipstick.rule import found_elsewhere

unused_suppression = found_elsewhere(
    "S401",
    "unused-suppression",
    page=__doc__,
    bad=(
        "<!-- slipstick: allow claim-mismatch -->\n12 GPUs * 4 days = 48 GPU-days",
        "12 GPUs * 4 days = 48 GPU-days  # slipstick: allow C001, C002 -- rounded by hand",
    ),
    good=(
        "<!-- slipstick: allow claim-mismatch -->\n12 GPUs * 4 days = 80 GPU-days",
        "12 GPUs * 4 days = 80 GPU-days  # slipstick: allow C001 -- quoted as printed",
        "To hide a finding write `<!-- slipstick: allow claim-mismatch -->` before it: 12 GPUs * 4 days = 48 GPU-days",
    ),
)
