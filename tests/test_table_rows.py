"""Tables whose columns multiply: by the units of the header and the numbers of most rows, and by nothing less."""

from __future__ import annotations

import pytest

from slipstick import audit
from slipstick.report import Report

HEADER = "| run | GPUs | days | peak (TFLOP/s) | MFU (%) | compute [FLOP] |\n|---|---|---|---|---|---|\n"
ROWS = (
    "| a | 32 | 5 | 125 | 30 | 5.2e20 |\n",
    "| b | 64 | 5 | 125 | 30 | 1.0e21 |\n",
    "| c | 128 | 10 | 125 | 30 | 4.1e21 |\n",
)
OFF = "| d | 128 | 10 | 125 | 30 | 4.1e22 |\n"


def verdicts(report: Report) -> list[str]:
    """The verdict of every claim, in order."""
    return [claim.verdict for made in report.calculations for claim in made.claims]


def test_each_row_is_a_calculation_in_its_place() -> None:
    text = f"Our runs:\n\n{HEADER}{''.join(ROWS)}\nThe end."
    report = audit(text)
    assert [made.span.of(text) for made in report.calculations] == [row[6:-3] for row in ROWS]
    assert [made.value for made in report.calculations] == pytest.approx([5.184e20, 1.0368e21, 4.1472e21])
    assert {made.unit for made in report.calculations} == {"FLOP"}
    assert verdicts(report) == ["holds"] * 3
    assert all(made.interval is not None for made in report.calculations)
    assert report.coverage.numbers_read == report.coverage.numbers_seen == 15


def test_a_row_that_differs_from_most_is_told() -> None:
    report = audit(HEADER + "".join(ROWS) + OFF)
    assert verdicts(report) == ["holds"] * 3 + ["off"]
    assert [finding.code for finding in report.calculations[-1].findings][:1] == ["C001"]


@pytest.mark.parametrize(
    "row", ["| d | 128 | 10 | 125 | 30 | 4.1e22 |\n", "| d | 128 | 10 | 125 | 30 | 4.3e21 |\n"], ids=["ten", "little"]
)
def test_of_two_rows_one_is_off_by_a_slip(row: str) -> None:
    assert verdicts(audit(HEADER + ROWS[0] + row)) == ["holds", "off"]


def test_a_slip_in_one_of_two_rows_of_device_time() -> None:
    table = "| run | GPUs | hours | GPU-hours |\n|---|---|---|---|\n| a | 64 | 192 | 12,228 |\n| b | 8 | 24 | 192 |\n"
    assert verdicts(audit(table)) == ["off", "holds"]


def test_where_most_rows_differ_the_columns_are_no_factors() -> None:
    report = audit(HEADER + ROWS[0] + "| d | 128 | 10 | 125 | 30 | 7.9e21 |\n")
    assert report.calculations == ()
    assert [place.reason for place in report.coverage.unread] == [
        "the units of its columns multiply to that of one, and the numbers of most rows do not"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "GPUs\tdays\tpeak FLOP/s\tutilization\tFLOP\n32\t5\t125e12\t0.3\t5.2e20\n",
        "<table><tr><th>GPUs</th><th>days</th><th>TFLOP/s</th><th>MFU</th><th>FLOP</th></tr>"
        "<tr><td>32</td><td>5</td><td>125</td><td>30%</td><td>5.2e20</td></tr></table>",
        "GPUs | days | FLOP/s per GPU | util. | FLOP\n--- | --- | --- | --- | ---\n32 | 5 | 1.25e14 | 30% | ~5.2e20\n",
        "<table>\n <tr>\n  <th>GPUs</th>\n  <th>days</th>\n  <th>TFLOP/s</th>\n  <th>MFU</th>\n  <th>FLOP</th>\n"
        " </tr>\n"
        " <tr>\n  <td>32</td>\n  <td>5</td>\n  <td>125</td>\n  <td>30%</td>\n  <td>5.2e20</td>\n </tr>\n</table>\n",
        "| GPUs | days | TFLOP/s | MFU | FLOP |\n|---|---|---|---|---|\n| 32 V100 | 120 hours | 125 | 30% | 5.2e20 |\n",
        "| FLOP | number of GPUs | GPU type | days | TFLOPS | MFU |\n|---|---|---|---|---|---|\n"
        "| 5.2e20 | 32 | V100 | 5 | 125 | 30% |\n",
    ],
)
def test_tables_of_any_notation(text: str) -> None:
    (made,) = audit(text).calculations
    assert (made.value, made.unit, made.claims[0].verdict) == (pytest.approx(5.184e20), "FLOP", "holds")


def test_the_text_above_a_table_is_of_other_runs() -> None:
    prose = "An older run: 32 V100s, 5 days, 125 TFLOP/s, 30% utilization. It took 44 days.\n\n"
    table = "| GPUs | days | TFLOP/s | MFU | FLOP |\n|---|---|---|---|---|\n"
    table += "| 32 V100 | 5 | 125 | 30% | 5.2e20 |\n| 64 V100 | 5 | 125 | 30% | 1.0e21 |\n"
    report = audit(prose + table + "| 256 A100 | 21 | 312 | 40% | 1.2e23 |\n")
    assert verdicts(report) == ["holds", "holds", "off"]
    assert not {"C130", "C136", "D302"} & {finding.code for finding in report.findings}


def test_money_and_energy() -> None:
    bill = "| GPUs | hours | price ($/GPU-hour) | cost ($) |\n|---|---|---|---|\n| 32 | 10 | $2.50 | $800 |\n"
    power = "| Watts | hours | kWh |\n|---|---|---|\n| 500 | 24 | 12 |\n"
    made = [*audit(bill).calculations, *audit(power).calculations]
    assert [(each.value, each.unit) for each in made] == [(800.0, "USD"), (4.32e7, "J")]


@pytest.mark.parametrize(
    "text",
    [
        "| params | tokens | FLOP |\n|---|---|---|\n| 7e9 | 2e12 | 8.4e22 |\n",
        "| GPUs | memory per GPU | GB |\n|---|---|---|\n| 8 | 80 | 640 |\n",
        "| GPUs | days | GPU-days |\n|---|---|---|\n| 8 | 3 kg | 24 |\n",
        "| GPUs | days | GPU-days |\n|---|---|---|\n| 8 of 16 | 3 | 24 |\n",
        "| year | hours | days |\n|---|---|---|\n| 2020 | 24 | 1 |\n",
        "| GPUs | days | FLOP/s | FLOP |\n|---|---|---|---|\n| 32 | n/a | 125e12 | 5.2e20 |\n",
        "| batch | steps | tokens |\n|---|---|---|\n| 512 | 1000 | 512000 |\n",
        "| GPUs | hours | GPU-hours |\n",
        "| a | b |\n|---|---|\n| 6 | 7 |\n",
    ],
)
def test_what_the_header_does_not_say_is_not_read(text: str) -> None:
    report = audit(text)
    assert report.calculations == ()
    assert report.findings == ()


def test_a_calculation_in_a_cell_is_read_as_before() -> None:
    (made,) = audit("| run | compute |\n|---|---|\n| a | 6 * 7B * 2T = 8.4e22 |\n").calculations
    assert made.claims[0].verdict == "holds"


def test_a_hostile_table_keeps_nobody_busy() -> None:
    row = "| 3 " * 39 + "|\n"
    assert audit("| days " * 39 + "|\n" + row * 3000).calculations == ()


def test_every_row_of_a_long_table_is_read() -> None:
    rows = "".join(f"| {n} | 24 | {24 * n} |\n" for n in range(2, 702))
    report = audit(f"| Watts | hours | Wh |\n|---|---|---|\n{rows}")
    assert report.coverage.calculations == 700


BILL = "| GPUs | hours | GPU-hours | $/GPU-hour | cost ($) |\n|---|---|---|---|---|\n"


def test_two_columns_are_products_of_those_before_them() -> None:
    report = audit(BILL + "| 8 | 24 | 192 | 2 | 384 |\n| 16 | 10 | 160 | 2 | 320 |\n")
    assert [(made.value, made.unit) for made in report.calculations] == [
        (192 * 3600, "GPU*s"), (384, "USD"), (160 * 3600, "GPU*s"), (320, "USD"),
    ]  # fmt: skip
    assert report.coverage.numbers_read == report.coverage.numbers_seen == 10
    assert verdicts(report) == ["holds"] * 4


@pytest.mark.parametrize(
    ("table", "units"),
    [
        ("| GPUs | hours | GPU-hours | watts | kWh |\n|-|-|-|-|-|\n| 8 | 24 | 192 | 700 | 134.4 |\n", ["GPU*s", "J"]),
        ("GPUs\tdays\tGPU-days\tTFLOP/s\tMFU\tFLOP\n32\t5\t160\t125\t30%\t5.2e20\n", ["GPU*s", "FLOP"]),
        ("| nodes | GPUs/node | GPUs | days | GPU-days |\n|-|-|-|-|-|\n| 4 | 8 | 32 | 10 | 320 |\n", ["GPU", "GPU*s"]),
    ],
)
def test_steps_of_other_tables(table: str, units: list[str]) -> None:
    report = audit(table)
    assert ([made.unit for made in report.calculations], verdicts(report)) == (units, ["holds", "holds"])


def test_a_slip_in_the_second_product() -> None:
    rows = "| 8 | 24 | 192 | 2 | 384 |\n| 16 | 10 | 160 | 2 | 320 |\n| 64 | 10 | 640 | 2 | 12,800 |\n"
    assert verdicts(audit(BILL + rows)) == ["holds"] * 5 + ["off"]


def test_a_column_that_no_step_takes_leaves_the_table_alone() -> None:
    header = "| GPUs | hours | GPU-hours | $/GPU-hour | cost ($) | tax ($) |\n|-|-|-|-|-|-|\n"
    assert audit(header + "| 8 | 24 | 192 | 2 | 384 | 40 |\n").calculations == ()


EXPRESSIONS = (
    "| a | 6 * 7e9 * 2e12 | 8.4e22 |\n",
    "| b | 6 * 13e9 * 2e12 | 1.56e23 |\n",
    "| c | 6 * 3e9 * 1e12 | 1.8e22 |\n",
)
WRONG = ("| d | 6 * 7e9 * 1e12 | 2.4e22 |\n", "| e | 6 * 5e9 * 1e12 | 5e22 |\n", "| f | 6 * 2e9 * 1e12 | 2e22 |\n")


@pytest.mark.parametrize(("right", "wrong"), [(2, 1), (3, 1), (3, 2)])
def test_a_result_in_the_next_cell_is_told_where_most_rows_hold(right: int, wrong: int) -> None:
    report = audit("".join([*EXPRESSIONS[:right], *WRONG[:wrong]]))
    assert verdicts(report) == ["holds"] * right + ["off"] * wrong


@pytest.mark.parametrize(("right", "wrong"), [(0, 1), (0, 3), (1, 1), (2, 2), (1, 3)])
def test_else_a_border_claims_nothing(right: int, wrong: int) -> None:
    report = audit("".join([*EXPRESSIONS[:right], *WRONG[:wrong]]))
    assert verdicts(report) == ["holds"] * right


def test_rows_of_other_tables_and_other_columns_say_nothing_of_a_row() -> None:
    other_column = WRONG[0].replace("| d |", "| d | x |")
    for beside in ("\nAnd another table:\n\n" + WRONG[0], other_column):
        assert verdicts(audit("".join(EXPRESSIONS) + beside)) == ["holds"] * 3
