"""Rows of a table that cannot be read: each is a row of the report all the same, with a finding that says why."""

from __future__ import annotations

from slipstick.finding import Severity
from slipstick.report import Report
from slipstick.rule import Found
from slipstick.rules.d001_row_unreadable import row_unreadable
from slipstick.settings import DEFAULTS, Settings
from slipstick.source import Span
from slipstick.suppression import with_late_findings
from slipstick.tables import Row


def report_of_unreadable(row: Row, settings: Settings = DEFAULTS) -> Report:
    """The report of a row with a problem: no text, and the finding, unless the settings hide it."""
    message = f"row {row.number} cannot be read: {row.problem}"
    found = Found(Span(0, 0), message, Severity.WARNING).finding(row_unreadable)
    return with_late_findings(Report(row.source), (found,), settings)
