"""A comment that is meant for slipstick cannot be used.

What it finds: a `slipstick: allow` comment that names no rule, or one that there is not, with the nearest name; an HTML
comment that begins with `slipstick:` and goes on with another word than allow or allow-file.

Why it matters: its author believes that something is allowed, and it is not.

Stays silent when: every name is that of a rule, by code (`C101`) or by name (`packaging-ratio`).

Source: docs/suppression.md.
"""

from __future__ import annotations

from slipstick.rule import found_elsewhere

unknown_suppression = found_elsewhere(
    "S402",
    "unknown-suppression",
    page=__doc__,
    bad=(
        "<!-- slipstick: allow claim-missmatch -->\n12 GPUs * 4 days = 80 GPU-days",
        "<!-- slipstick: ignore C001 -->\n12 GPUs * 4 days = 80 GPU-days",
        "12 GPUs * 4 days = 80 GPU-days  % slipstick: allow",
    ),
    good=(
        "<!-- slipstick: allow c001 -->\n12 GPUs * 4 days = 80 GPU-days",
        "12 GPUs * 4 days = 80 GPU-days  % slipstick: allow claim-mismatch",
        "# slipstick: notes on the tool\n\n12 GPUs * 4 days = 48 GPU-days",
    ),
)
