"""`slipstick cost --plot`: the picture of one bill, with the figures that the page prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import slipstick
from slipstick.cli import main
from slipstick.plotting import density, svg

RUN = ("3.14e23 FLOP", "--date", "2020", "--kind", "on-demand")


def test_a_bill_is_drawn_with_the_interval_that_is_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bill.svg"
    assert main(["cost", *RUN, "--hardware", "V100", "--plot", str(path)]) == 0
    printed = re.search(r"\$(\S+)M \(\$(\S+)M to \$(\S+)M\)", capsys.readouterr().out)
    assert printed is not None
    assert printed.groups() == ("6.40", "3.01", "11.2")
    drawn = path.read_text("utf-8")
    assert "3.14e23 FLOP on V100, on demand, 2020" in drawn
    assert 'id="interval"' in drawn
    bill = slipstick.cost("3.14e23 FLOP", hardware="V100", date="2020", kind="on-demand").on("V100").bill("on-demand")
    same = density(bill.estimate, spread=bill.estimate.spread(0.9), title="3.14e23 FLOP on V100, on demand, 2020")
    assert svg(same) == drawn[drawn.index("<svg") :]
    (shaded,) = [each for each in same.axes[0].collections if each.get_gid() == "interval"]
    ends = shaded.get_paths()[0].get_extents()
    assert (ends.x0, ends.x1) == pytest.approx((bill.usd.low, bill.usd.high), rel=0.01)


def test_what_money_buys_is_drawn_as_a_tornado_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "bought.png"
    call = ["cost", "$10M", "--hardware", "H100", "--date", "2024", "--kind", "on-demand"]
    assert main([*call, "--plot", str(path), "--plot-kind", "tornado", "--plot-title", "Ten million"]) == 0
    assert "what it buys" in capsys.readouterr().out
    assert path.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            RUN,
            "--plot draws one bill, and there are 2 (V100 on-demand, TPU v3 on-demand); expected --hardware and --kind",
        ),
        (("3.55e6 V100-hours", "--price", "$2/hour"), "nothing in the estimate is uncertain"),
        ((*RUN, "--hardware", "V100", "--output", "bill.svg", "--format", "text"), "is the file of --output as well"),
    ],
)
def test_no_picture_is_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: tuple[str, ...],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["cost", *arguments, "--plot", "bill.svg"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert written.err.count("\n") == 1
    assert said in written.err
    assert list(tmp_path.iterdir()) == []
