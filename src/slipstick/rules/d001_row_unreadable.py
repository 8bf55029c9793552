"""A row of a table cannot be read.

What it finds: a row without a text in the column that was asked for: a line that is no JSON object, a line of a CSV
that ends before the column, a number or a list where a text is expected.

Why it matters: it was not audited; in a table of a thousand rows nobody would miss it.

Stays silent when: the row has a text, or an empty cell.

Source: specs/report.md, on tables.
"""

from __future__ import annotations

from slipstick.finding import Severity
from slipstick.rule import found_elsewhere

row_unreadable = found_elsewhere(
    "D001",
    "row-unreadable",
    page=__doc__,
    severity=Severity.WARNING,
    option="--text-column note",
    bad=(
        '{"note": "12 GPUs * 4 days = 48 GPU-days"}\n{"note": 48}',
        '{"note": "12 GPUs * 4 days = 48 GPU-days"}\n{"note": "12 GPUs * 4',
    ),
    good=(
        '{"note": "12 GPUs * 4 days = 48 GPU-days"}',
        '{"note": "12 GPUs * 4 days = 48 GPU-days", "cost": 48}',
        '{"note": "12 GPUs * 4 days = 80 GPU-days"}\n{"note": "8 GPUs * 3 days = 24 GPU-days"}',
    ),
)
