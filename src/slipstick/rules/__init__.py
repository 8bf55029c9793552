"""The rules, one file each: `RULES` about one calculation, `DOCUMENT_RULES` about a whole document,
`SUPPRESSION_RULES` about comments, `CALL_RULES` about what an audit is given; `EVERY_RULE` are all of them, by code.
"""

from __future__ import annotations

from slipstick.audited_document import DocumentRule
from slipstick.rule import Described, Rule
from slipstick.rules.c001_claim_mismatch import claim_mismatch
from slipstick.rules.c002_last_digit import last_digit
from slipstick.rules.c003_power_of_ten import power_of_ten
from slipstick.rules.c004_reconciling_change import reconciling_change
from slipstick.rules.c005_out_of_range import out_of_range
from slipstick.rules.c006_other_bracketing import other_bracketing
from slipstick.rules.c007_implied_impossible import implied_impossible
from slipstick.rules.c008_first_order_differs import first_order_differs
from slipstick.rules.c009_conversion_constant import conversion_constant
from slipstick.rules.c010_mistyped_constant import mistyped_constant
from slipstick.rules.c011_rate_for_count import rate_for_count
from slipstick.rules.c012_day_left_out import day_left_out
from slipstick.rules.c013_ten_with_exponent import ten_with_exponent
from slipstick.rules.c014_threshold_crossed import threshold_crossed
from slipstick.rules.c015_coarse_claim import coarse_claim
from slipstick.rules.c030_likely_cause import likely_cause
from slipstick.rules.c101_packaging_ratio import packaging_ratio
from slipstick.rules.c102_peak_dispute import peak_dispute
from slipstick.rules.c103_unknown_peak import unknown_peak
from slipstick.rules.c104_utilization_range import utilization_range
from slipstick.rules.c105_utilization_missing import utilization_missing
from slipstick.rules.c106_rate_missing import rate_missing
from slipstick.rules.c107_device_level_unstated import device_level_unstated
from slipstick.rules.c108_peak_of_other_level import peak_of_other_level
from slipstick.rules.c109_peak_of_other_part import peak_of_other_part
from slipstick.rules.c110_sparse_peak import sparse_peak
from slipstick.rules.c111_format_mismatch import format_mismatch
from slipstick.rules.c112_fast_accumulate import fast_accumulate
from slipstick.rules.c113_total_per_device import total_per_device
from slipstick.rules.c114_type_name_counts_cores import type_name_counts_cores
from slipstick.rules.c115_more_than_a_pod import more_than_a_pod
from slipstick.rules.c116_device_time_twice import device_time_twice
from slipstick.rules.c117_device_count_missing import device_count_missing
from slipstick.rules.c118_levels_mixed import levels_mixed
from slipstick.rules.c120_device_price_per_chip import device_price_per_chip
from slipstick.rules.c130_utilization_twice import utilization_twice
from slipstick.rules.c131_utilization_record import utilization_record
from slipstick.rules.c132_utilization_percent import utilization_percent
from slipstick.rules.c133_multiply_adds import multiply_adds
from slipstick.rules.c134_backward_pass import backward_pass
from slipstick.rules.c140_published_figure import published_figure
from slipstick.rules.d001_row_unreadable import row_unreadable
from slipstick.rules.d005_figure_unmatched import figure_unmatched
from slipstick.rules.d301_number_altered import number_altered
from slipstick.rules.d302_other_figure_used import other_figure_used
from slipstick.rules.d303_inconsistent_results import inconsistent_results
from slipstick.rules.d304_left_out_of_total import left_out_of_total
from slipstick.rules.d305_rival_figure import rival_figure
from slipstick.rules.d306_factors_carried_over import factors_carried_over
from slipstick.rules.d307_built_on_result import built_on_result
from slipstick.rules.s401_unused_suppression import unused_suppression
from slipstick.rules.s402_unknown_suppression import unknown_suppression
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
    conversion_constant,
    mistyped_constant,
    rate_for_count,
    day_left_out,
    ten_with_exponent,
    threshold_crossed,
    coarse_claim,
    likely_cause,
    packaging_ratio,
    peak_dispute,
    unknown_peak,
    utilization_range,
    utilization_missing,
    rate_missing,
    device_level_unstated,
    peak_of_other_level,
    peak_of_other_part,
    sparse_peak,
    format_mismatch,
    fast_accumulate,
    total_per_device,
    type_name_counts_cores,
    more_than_a_pod,
    device_time_twice,
    device_count_missing,
    levels_mixed,
    device_price_per_chip,
    utilization_twice,
    utilization_record,
    utilization_percent,
    multiply_adds,
    backward_pass,
    published_figure,
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
    built_on_result,
)

SUPPRESSION_RULES: tuple[Rule, ...] = (unused_suppression, unknown_suppression)

CALL_RULES: tuple[Rule, ...] = (row_unreadable, figure_unmatched)

EVERY_RULE: tuple[Described, ...] = tuple(
    sorted((*RULES, *DOCUMENT_RULES, *SUPPRESSION_RULES, *CALL_RULES), key=lambda each: each.code)
)
"""All kinds together, by code."""
