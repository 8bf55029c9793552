"""The rules, one file each. `RULES` holds them all, by code."""

from __future__ import annotations

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
