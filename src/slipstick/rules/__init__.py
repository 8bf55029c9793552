"""The table of rules, one file each, by code: what each is called, and with what in a text it is loaded and asked.

`RULES` are about one calculation, `DOCUMENT_RULES` about a whole document, `SUPPRESSION_RULES` about comments,
`CALL_RULES` about what an audit is given.
"""

from __future__ import annotations

from slipstick.audited_document import AuditedDocument, DocumentRule
from slipstick.registered import Registered
from slipstick.rule import Described, Rule
from slipstick.traits import Traits

RULES: tuple[Registered[Traits, Rule], ...] = (
    Registered("C001", "claim-mismatch", lambda has: has.claim_off),
    Registered("C002", "last-digit", lambda has: has.claim_cut_off),
    Registered("C003", "power-of-ten", lambda has: has.claim_off),
    Registered("C004", "reconciling-change", lambda has: has.claim_off),
    Registered("C005", "out-of-range", lambda has: has.trouble),
    Registered("C006", "other-bracketing", lambda has: has.claim_off or has.clash),
    Registered("C007", "implied-impossible", lambda has: has.claim_off),
    Registered("C008", "first-order-differs", lambda has: has.spread),
    Registered("C009", "conversion-constant", lambda has: has.unit_ratio),
    Registered("C010", "mistyped-constant", lambda has: has.mistyped_constant),
    Registered("C011", "rate-for-count", lambda has: has.flops_as_rate and has.count_of_operations),
    Registered("C012", "day-left-out", lambda has: has.claim_open and has.count_of_operations),
    Registered("C013", "ten-with-exponent", lambda has: has.ten_with_exponent and has.claim),
    Registered(
        "C014",
        "threshold-crossed",
        lambda has: has.count_of_operations and has.claim and (has.claim_off or has.spread),
    ),
    Registered("C015", "coarse-claim", lambda has: has.claim_coarse),
    Registered("C030", "likely-cause", lambda has: has.claim_off),
    Registered("C101", "packaging-ratio", lambda has: has.device_per_device),
    Registered("C102", "peak-dispute", lambda has: has.rate_as_published),
    Registered("C103", "unknown-peak", lambda has: has.rate_unlike_published),
    Registered(
        "C104",
        "utilization-range",
        lambda has: has.excess_utilization or (has.utilization_before and has.claim and not has.unit),
    ),
    Registered(
        "C105",
        "utilization-missing",
        lambda has: (
            not (has.utilization or has.share)
            and ((has.count_of_operations and has.rate) or (has.rate_as_published and not has.count_of_operations))
        ),
    ),
    Registered("C106", "rate-missing", lambda has: has.rate_missing),
    Registered("C107", "device-level-unstated", lambda has: has.rate_as_published and has.rate_per_open_level),
    Registered("C108", "peak-of-other-level", lambda has: has.rate_unlike_published or has.rate_per_open_level),
    Registered("C109", "peak-of-other-part", lambda has: has.rate_unlike_published),
    Registered("C110", "sparse-peak", lambda has: has.rate_with_sparsity),
    Registered("C111", "format-mismatch", lambda has: has.rate_as_published),
    Registered("C112", "fast-accumulate", lambda has: has.rate_with_sparsity),
    Registered("C113", "total-per-device", lambda has: has.rate and (has.device or has.lead)),
    Registered("C114", "type-name-counts-cores", lambda has: has.type_name_near),
    Registered("C115", "more-than-a-pod", lambda has: has.tpu),
    Registered(
        "C116",
        "device-time-twice",
        lambda has: has.device_time or (has.device_hours_before and has.time and not has.device),
    ),
    Registered("C117", "device-count-missing", lambda has: has.rate_uncounted),
    Registered("C118", "levels-mixed", lambda has: has.device_left and not has.mismatch),
    Registered(
        "C119",
        "other-time-unit",
        lambda has: has.time_before and (has.time or has.claim) and (has.rate or has.large_bare_number),
    ),
    Registered("C120", "device-price-per-chip", lambda has: has.money),
    Registered("C121", "peak-of-other-variant", lambda has: has.rate_as_published and has.form_near),
    Registered("C122", "cents-as-dollars", lambda has: has.cents_before and has.claim and not has.count_of_operations),
    Registered(
        "C130",
        "utilization-twice",
        lambda has: has.utilization or (has.share and has.rate and has.count_of_operations),
    ),
    Registered("C131", "utilization-record", lambda has: has.high_utilization),
    Registered(
        "C132",
        "utilization-percent",
        lambda has: has.low_utilization or (has.device and has.count_of_operations and not has.utilization),
    ),
    Registered(
        "C133",
        "multiply-adds",
        lambda has: has.multiply_adds or (has.lead and has.count_of_operations and not has.time),
    ),
    Registered("C134", "backward-pass", lambda has: has.operations and not has.time),
    Registered("C135", "all-for-active", lambda has: has.count_of_operations and not has.time),
    Registered(
        "C136",
        "utilization-unlike-text",
        lambda has: has.lead and has.count_of_operations and has.rate_as_published,
    ),
    Registered("C137", "epochs-unlike-text", lambda has: has.lead and has.count_of_operations and not has.time),
    Registered(
        "C138",
        "count-unlike-text",
        lambda has: has.lead and has.count_of_operations and has.rate_uncounted and not has.device,
    ),
    Registered(
        "C140",
        "published-figure",
        lambda has: has.lead and has.claim and (has.count_of_operations or has.rate_missing),
    ),
    Registered("U201", "unit-mismatch", lambda has: has.mismatch or has.doubt),
    Registered("U202", "unlike-sum", lambda has: has.clash),
    Registered("U203", "unit-unstated", lambda has: has.claim and not has.unit),
    Registered("U204", "unit-inferred", lambda has: has.addition),
    Registered("U205", "reading-tie", lambda has: has.rival),
)

DOCUMENT_RULES: tuple[Registered[AuditedDocument, DocumentRule], ...] = (
    Registered("D301", "number-altered", lambda text: bool(text.calculations or text.expressions)),
    Registered("D302", "other-figure-used", lambda text: text.some_claim_is_off),
    Registered("D303", "inconsistent-results", lambda text: bool(text.calculations) and text.says_more),
    Registered("D304", "left-out-of-total", lambda text: len(text.calculations) > 2),
    Registered("D305", "rival-figure", lambda text: bool(text.calculations) and text.says_more),
    Registered("D306", "factors-carried-over", lambda text: text.holds_several and text.some_rate_is_missing),
    Registered("D307", "built-on-result", lambda text: text.some_claim_is_off),
    Registered("D308", "result-of-another", lambda text: text.some_claim_is_off and len(text.calculations) > 1),
)

SUPPRESSION_RULES: tuple[Registered[None, Rule], ...] = (
    Registered("S401", "unused-suppression", lambda _: False),
    Registered("S402", "unknown-suppression", lambda _: False),
)

CALL_RULES: tuple[Registered[None, Rule], ...] = (
    Registered("D001", "row-unreadable", lambda _: False),
    Registered("D005", "figure-unmatched", lambda _: False),
)

EVERY_RULE: tuple[Described, ...] = tuple(
    sorted((*RULES, *DOCUMENT_RULES, *SUPPRESSION_RULES, *CALL_RULES), key=lambda each: each.code)
)
"""All kinds together, by code."""
