"""`slipstick hardware`: names as people write them, the page, the JSON, and one line for what is not known."""

from __future__ import annotations

import json
import re
from html import unescape
from importlib.resources import files
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt

from slipstick.catalogue import hardware
from slipstick.catalogue.datasheet import sheet
from slipstick.catalogue.lookup import UnknownName, look_up
from slipstick.cli import main

SCHEMA = json.loads((files("slipstick") / "data" / "hardware.schema.json").read_text(encoding="utf-8"))
PARTS = [part.name for part in hardware.parts()]


def text_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["hardware", *arguments]) == 0
    written = capsys.readouterr()
    assert written.err == ""
    return written.out


def words_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """A page so wide that few cells break, its lines joined."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COLUMNS", "140")
        return " ".join(text_of(capsys, *arguments).split())


def record_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    record = json.loads(text_of(capsys, *arguments, "--format", "json"))
    Draft202012Validator(SCHEMA).validate(record)
    return record  # type: ignore[no-any-return]


# Names


NAMES = {
    "TPU v3": "TPU v3|TPUv3|tpu-v3|TPU3|v3|Cloud TPU v3|TPU v3s|Google TPU v3",
    "V100": "V100|V100s|V100S|NVIDIA Tesla V100 SXM2 32GB|V100 PCIe|Tesla V100",
    "A100": "A100|A100 SXM|A100-80GB|A100 (sparse)|NVIDIA A100 Tensor Core GPU|A100-SXM4-40GB",
    "H100": "H100|H100s|H100 SXM5 80GB|H100 with sparsity|NVIDIA H100 NVL",
    "RTX 4090": "4090|RTX 4090|GeForce RTX 4090",
    "Ascend 910B": "910B|Huawei Ascend 910B",
    "MI250X": "MI250X|AMD Instinct MI250X",
    "GB200": "GB200",
    "Gaudi 2": "Gaudi 2|Gaudi2|Intel Gaudi 2",
    "TPU v5p": "TPU v5p|v5p|TPUv5p",
    "TPU v7": "Ironwood|TPU7",
    "GH200": "Grace Hopper",
    "K80": "K80|Tesla K80",
}


@pytest.mark.parametrize(("words", "name"), [(w, name) for name, all_ in NAMES.items() for w in all_.split("|")])
def test_names_as_people_write_them(words: str, name: str) -> None:
    assert [part.name for part in look_up(words).parts] == [name]


@pytest.mark.parametrize(
    ("words", "name", "level"),
    [
        ("v3-8", "TPU v3", "board"),
        ("TPU v3 boards", "TPU v3", "board"),
        ("Cloud TPU v3 devices", "TPU v3", "board"),
        ("TPUv3 core", "TPU v3", "core"),
        ("TPU v3 pod", "TPU v3", "pod"),
        ("DGX A100", "A100", "node"),
        ("MI250X GCD", "MI250X", "GPU"),
        ("K80 GPU (half card)", "K80", "GPU"),
        ("GB200 superchip", "GB200", "board"),
        ("A100 pod", "A100", ""),  # the catalogue has none
        ("A100", "A100", ""),
    ],
)
def test_the_level_that_the_words_say(words: str, name: str, level: str) -> None:
    found = look_up(words)
    assert (found.parts[0].name, found.level) == (name, level)


@pytest.mark.parametrize(
    ("words", "remark"),
    [
        ("v3-32", "v3-32 is a slice of 32 cores of TPU v3, 16 chips"),  # these count cores ...
        ("v4-128", "v4-128 is a slice of 128 cores of TPU v4, 64 chips"),
        ("v6e-16", "v6e-16 is a slice of 16 chips of TPU v6e"),  # ... and these chips
        ("v5litepod-256", "v5litepod-256 is a slice of 256 chips of TPU v5e"),
    ],
)
def test_type_names_of_slices(words: str, remark: str) -> None:
    assert look_up(words).remark == remark


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("TPU v99", "no hardware named 'TPU v99'; nearest: TPU v"),
        ("RTX 4080", "no hardware named 'RTX 4080'; nearest: RTX 4090"),
        ("qwertz", "no hardware named 'qwertz'; slipstick hardware --list shows all names"),
        ("GB200 Grace Blackwell", "no hardware named 'GB200 Grace Blackwell'; nearest: GB200"),
        ("DGX-1", "'DGX-1' may be DGX-1 P100 or DGX-1 V100; expected one of them"),
        ("TPU v5", "'TPU v5' may be TPU v5e or TPU v5p; expected one of them"),
        ("Titan", "'Titan' may be Titan Black or Titan X; expected one of them"),
        ("a" * 200, "expected the name of an accelerator, such as TPU v3 or A100, not 'aaaa"),
        (" ", "expected the name of an accelerator, such as TPU v3 or A100, not ''"),
    ],
)
def test_what_is_not_known_is_one_line(capsys: pytest.CaptureFixture[str], words: str, line: str) -> None:
    assert main(["hardware", words]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert written.err.startswith(f"slipstick: {line}")


@pytest.mark.parametrize("arguments", [[], ["A100", "--list"]])
def test_a_name_or_the_list(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["hardware", *arguments]) == 2
    assert capsys.readouterr().err.startswith("slipstick: expected the name of an accelerator, or --list")


@given(st.text(max_size=120), st.none() | st.integers(1900, 2100))
def test_any_words_are_a_part_or_one_line(words: str, year: int | None) -> None:
    try:
        found = look_up(words, year)
    except UnknownName:
        return
    assert found.parts
    assert all(part.name in PARTS for part in found.parts)


@given(st.sampled_from([alias for part in hardware.parts() for alias in part.aliases]))
def test_every_name_of_the_catalogue_is_found(alias: str) -> None:
    assert alias in look_up(alias).parts[0].aliases


# A bare family


@pytest.mark.parametrize(
    ("family", "year", "name", "why"),
    [
        ("TPU", 2016, "TPU v1", "the only one that was out"),
        ("TPU", 2017, "TPU v2", "the fastest that was out"),
        ("TPU", 2018, "TPU v2", "the hardware of 2 of the 2 runs of 2018"),  # BERT, Evolved Transformer
        ("TPUs", 2019, "TPU v3", "the hardware of 2 of the 2 runs of 2019"),  # T5, Meena
        ("Cloud TPU", 2022, "TPU v4", "the hardware of 3 of the 4 runs of 2022"),
        ("GPU", 2012, "GTX 580", "the hardware of the one run of 2012"),  # AlexNet
        ("GPUs", 2020, "V100", "the hardware of the one run of 2020"),  # GPT-3
        ("NVIDIA GPU", 2022, "A100", "the hardware of 4 of the 4 runs of 2022"),
    ],
)
def test_a_bare_family_is_settled_by_its_year(family: str, year: int, name: str, why: str) -> None:
    found = look_up(family, year)
    assert [part.name for part in found.parts] == [name]
    assert why in found.remark
    assert name in found.remark


def test_a_family_before_its_first_part() -> None:
    with pytest.raises(UnknownName, match="no TPU of the catalogue was out by 2014; the first is the TPU v1 of 2015"):
        look_up("TPU", 2014)


def test_a_bare_family_without_a_year_says_what_to_add(capsys: pytest.CaptureFixture[str]) -> None:
    page = words_of(capsys, "TPU")
    assert "'TPU' is one of 9 parts; add --date, or the generation, to settle which" in page
    for part in hardware.parts():
        assert (part.name in page) == (part.family == "TPU") or part.name in {"L4", "T4", "B100"}
    assert 'What "a TPU" meant' in page
    assert "AlphaStar: a TPU is a board, a device of eight cores" in page
    record = record_of(capsys, "TPU")
    assert (record["family"], record["year"]) == ("TPU", None)
    assert len(record["parts"]) == 9
    assert {use["level"] for use in record["meanings"] if use["first_year"] == 2019} == {"board", "chip"}


def test_the_year_may_be_a_date(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, "TPU", "--date", "2019-06-24")
    assert record["parts"][0]["name"] == "TPU v3"
    assert record["year"] == 2019


# The page


def test_the_page_of_tpu_v3(capsys: pytest.CaptureFixture[str]) -> None:
    page = words_of(capsys, "TPU", "v3")
    for said in (
        "TPU of 2018; levels: core, chip, board, pod; the bare name leaves the level open",
        "v3-8 (a board)",
        "chip bf16 123 TFLOP/s* MXU, dense",
        "board bf16 420 TFLOP/s* MXU, dense",
        # 123/105 = 492/420 = 1.171
        "chip, bf16 dense: 123 TFLOP/s [3]; another figure is 105 TFLOP/s [4], 1.17 times less",
        "board, bf16 dense: 420 TFLOP/s [6]; another figure is 492 TFLOP/s [7], 1.17 times more",
        "0.125 of a board",
        "2,048 cores",
        "on demand 2.00, one year 1.26, three",
        "(listed for 4: 8.00, 5.04, 3.60)",
        "2017-2020 to assume 0.30 default, 90% interval 0.15 to 0.45",
        "AlphaStar: a TPU is a board, a device of eight cores",
        "[3] https://cloud.google.com/tpu/docs/v3",
    ):
        assert said in page


def test_cards_and_sparse_numbers_of_h100(capsys: pytest.CaptureFixture[str]) -> None:
    page = words_of(capsys, "H100")
    assert "989.4 TFLOP/s [1]; another card has 756 TFLOP/s" in page
    assert "1,979 TFLOP/s a GPU is at once int8 dense, fp8 dense and bf16 sparse" in page


def test_what_was_taken_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert "'4090' was taken for the RTX 4090" in words_of(capsys, "4090")
    assert "'v3-8' says one board" in words_of(capsys, "v3-8")


def test_a_cpu_has_the_default_of_its_setting(capsys: pytest.CaptureFixture[str]) -> None:
    assert "training on CPUs to assume 0.17" in words_of(capsys, "Xeon Phi 5110P")


@pytest.mark.parametrize("name", PARTS)
@pytest.mark.parametrize("width", ["40", "80", "140"])
def test_every_page_fits_its_width(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, name: str, width: str
) -> None:
    monkeypatch.setenv("COLUMNS", width)
    page = text_of(capsys, name)
    assert max(map(len, page.splitlines())) <= int(width)
    assert page.startswith(name)


def test_hostile_names_cannot_drive_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hardware", "\x1b[31mA100\x07"]) == 2
    assert "\x1b" not in capsys.readouterr().err


# The record


def test_the_record_has_every_part_and_every_figure(capsys: pytest.CaptureFixture[str]) -> None:
    record = record_of(capsys, "--list")
    assert [part["name"] for part in record["parts"]] == PARTS
    assert record["query"] is record["remark"] is record["level"] is None
    for part in record["parts"]:
        assert len(part["peaks"]) == len(hardware.peaks(part["name"]))
        assert list(part) == SCHEMA["$defs"]["part"]["required"]
    assert list(record) == SCHEMA["required"]


def test_the_list_has_a_line_for_every_part(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    lines = text_of(capsys, "--list").splitlines()
    assert len(lines) == len(PARTS) + 1
    for line, name in zip(lines[1:], PARTS, strict=True):
        assert line.startswith(name)


def test_the_record_of_one_part(capsys: pytest.CaptureFixture[str]) -> None:
    (part,) = record_of(capsys, "v3-8")["parts"]
    packed = {(each["container"], each["contains"]): each["number"] for each in part["packaging"]}
    assert packed[("board", "core")] == 8
    assert packed[("pod", "core")] == 2048
    board = [each for each in part["disputes"] if each["taken"]["level"] == "board"]
    assert [(each["taken"]["flop_per_s"], each["other"]["flop_per_s"]) for each in board] == [(420e12, 492e12)]
    assert board[0]["factor"] == pytest.approx(492 / 420)
    assert {price["kind"] for price in part["prices"]} == {"on demand", "spot", "one year", "three years"}
    assert part["utilization_default"]["point"] == 0.3


# The sheet


@pytest.mark.parametrize("name", PARTS)
def test_a_sheet_multiplies_out(name: str) -> None:
    """Between any two levels the direct count and the way through a third agree, and name the facts they are from."""
    packed = sheet(name).packaging
    numbers = {(each.container, each.contains): each.number for each in packed}
    several = {key for key in numbers if sum((each.container, each.contains) == key for each in packed) > 1}
    for (large, middle), outer in numbers.items():
        for (inner, small), within in numbers.items():
            if inner == middle and not {(large, middle), (large, small)} & several:
                assert numbers[large, small] == outer * within
    for each in packed:
        product = 1
        for edge in each.edges:
            product *= edge.count
        assert product == each.number


@pytest.mark.parametrize("name", PARTS)
def test_figures_that_differ_are_a_dispute_or_of_other_machines(name: str) -> None:
    """No two figures for the same thing stand on a sheet without a word about it."""
    made = sheet(name)
    told = {(d.taken, d.other) for d in made.disputes}
    for one in made.peaks:
        for other in made.peaks:
            same = one[2:6] == other[2:6] and one.default and other is not one
            if same and one.level not in ("node", "rack"):
                apart = abs(one.flop_per_s - other.flop_per_s) / min(one.flop_per_s, other.flop_per_s)
                assert ((one, other) in told) == (apart >= 0.01), (one, other)


@pytest.mark.parametrize("asked", [["TPU v3"], ["K80"], ["TPU"], ["--list"]])
def test_markdown_says_what_the_page_says(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Rendered, it has every word of the page, and a table for each of the page's."""
    rendered = MarkdownIt().enable("table").render(text_of(capsys, *asked, "--format", "markdown"))
    plain = unescape(re.sub(r"<[^>]*>", " ", rendered))
    missing = set(words_of(capsys, *asked).split()) - set(plain.split())
    assert not {word for word in missing if word.isascii() and word.isalnum()}
    assert "<table>" in rendered
