"""The rules, one file each, by code: `RULES` about one calculation, `DOCUMENT_RULES` about a whole document."""

from __future__ import annotations

from slipstick.audited_document import DocumentRule
from slipstick.rule import Rule
from slipstick.rules.c001_claim_mismatch import claim_mismatch
from slipstick.rules.c002_last_digit import last_digit
from slipstick.rules.c003_power_of_ten import power_of_ten
from slipstick.rules.c004_reconciling_change import reconciling_change
from slipstick.rules.c005_out_of_range import out_of_range
from slipstick.rules.c006_other_bracketing import other_bracketing
from slipstick.rules.c007_implied_impossible import implied_impossible
from slipstick.rules.c008_first_order_differs import first_order_differs
from slipstick.rules.c030_likely_cause import likely_cause
from slipstick.rules.c101_packaging_ratio import packaging_ratio
from slipstick.rules.c102_peak_dispute import peak_dispute
from slipstick.rules.c103_unknown_peak import unknown_peak
from slipstick.rules.c104_utilization_range import utilization_range
from slipstick.rules.c105_utilization_missing import utilization_missing
from slipstick.rules.c106_rate_missing import rate_missing
from slipstick.rules.d301_number_altered import number_altered
from slipstick.rules.d302_other_figure_used import other_figure_used
from slipstick.rules.d303_inconsistent_results import inconsistent_results
from slipstick.rules.d304_left_out_of_total import left_out_of_total
from slipstick.rules.d305_rival_figure import rival_figure
from slipstick.rules.d306_factors_carried_over import factors_carried_over
from slipstick.rules.u201_unit_mismatch import unit_mismatch
from slipstick.rules.u202_unlike_sum import unlike_sum
from slipstick.rules.u203_unit_unstated import unit_unstated
from slipstick.rules.u204_unit_inferred import unit_inferred
from slipstick.rules.u205_reading_tie import reading_tie

RULES: tuple[Rule, ...] = (
    claim_mismatch,
    last_digit,
    power_of_ten,
    reconciling_change,
    out_of_range,
    other_bracketing,
    implied_impossible,
    first_order_differs,
    likely_cause,
    packaging_ratio,
    peak_dispute,
    unknown_peak,
    utilization_range,
    utilization_missing,
    rate_missing,
    unit_mismatch,
    unlike_sum,
    unit_unstated,
    unit_inferred,
    reading_tie,
)

DOCUMENT_RULES: tuple[DocumentRule, ...] = (
    number_altered,
    other_figure_used,
    inconsistent_results,
    left_out_of_total,
    rival_figure,
    factors_carried_over,
)

EVERY_RULE: tuple[Rule | DocumentRule, ...] = tuple(sorted((*RULES, *DOCUMENT_RULES), key=lambda each: each.code))
"""Both kinds together, by code."""
