"""What the intervals of a line that bends are made of, held against fits of statsmodels and plain simulation."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from scipy.stats import chi2
from statsmodels.api import OLS

from slipstick.trends import breaks, calibrating, scattering
from slipstick.trends.lines import Allowances, Fit, LogLine
from slipstick.trends.points import decimal_year
from slipstick.trends.regression import Data, design

LEVEL = 0.9


def data_of(size: int, change: float, seed: int = 1) -> Data:
    draws = np.random.default_rng(seed)
    x = np.sort(draws.uniform(-5, 5, size))
    y = x + change * np.maximum(0, x - 1) + draws.normal(size=size)
    return Data(x, y, np.zeros(size))


def worst_of(x: np.ndarray, y: np.ndarray, grid: list[float], asked: tuple[str, float], true: float) -> float:
    """By how much the best fit with the true answer is worse than the best of all, each of them by least squares."""
    what, at = asked
    free, bound = [], []
    for bend in grid:
        columns = design(x, bend)
        free.append(OLS(y, columns).fit().ssr)
        if what == "after":  # b + c = true, so that b = true - c
            rest, known = columns[:, [0, 2]] - columns[:, [1, 1]] * [0, 1], true * columns[:, 1]
        else:  # a + b * at + c * max(0, at - bend) = true
            rest = columns[:, 1:] - [at, max(0.0, at - bend)]
            known = np.full(len(x), true)
        bound.append(OLS(y - known, rest).fit().ssr)
    return min(bound) - min(free)


@pytest.mark.parametrize(("asked", "number"), [(("after", 0.0), 2), (("height", 0.0), -1)])
def test_what_is_allowed_is_what_chance_does_to_fits_of_its_own(asked: tuple[str, float], number: int) -> None:
    """39 series: statsmodels' fits give the same 36th of the excesses, scaled by what each leaves."""
    data = data_of(14, 2.0)
    grid = breaks.bends(data.x)[::12]
    best = breaks.bent(data, grid, LEVEL)
    allowed = calibrating.allowances(data, grid, best, LEVEL, 39, seed=7)
    line = best.fits[0]
    a, b, c = line.coefficients
    assert line.bend is not None
    middle = design(data.x, line.bend) @ [a, b, c]
    spread = np.sqrt(best.scale.variances[0] * line.misfit / (data.size - 4))
    at = max(data.x) + 4 * np.ptp(data.x)
    true = b + c if asked[0] == "after" else a + b * at + c * (at - line.bend)
    excesses = []
    (errors,) = breaks.draws(data.size, 39, 7)
    for series in (middle[:, None] + spread * errors).T:
        least = min(OLS(series, design(data.x, bend)).fit().ssr for bend in grid)
        excesses.append(worst_of(data.x, series, grid, (asked[0], at), true) / (least / line.misfit))
    found = allowed.slopes[1] if number == 2 else allowed.heights[number][1]
    assert found == pytest.approx(sorted(excesses)[35], rel=1e-6)


def test_each_question_has_an_allowance_of_its_own() -> None:
    """A slight break: its date needs more than Student's t squared, a pace and a height need less than the date."""
    data = data_of(30, 1.0)
    grid = breaks.bends(data.x)
    best = breaks.bent(data, grid, LEVEL)
    allowed = calibrating.allowances(data, grid, best, LEVEL)
    assert allowed.bend > best.scale.allowance
    assert max(*allowed.slopes, allowed.height(20.0)) < allowed.bend
    assert allowed == calibrating.allowances(data, grid, best, LEVEL)


def test_a_height_between_two_times_has_what_is_allowed_between_them() -> None:
    allowed = Allowances(1.0, (2.0, 3.0), ((-1.0, 4.0), (0.0, 6.0), (4.0, 2.0)))
    found = [allowed.height(x) for x in (-9.0, -1.0, -0.5, 0.0, 1.0, 4.0, 9.0)]
    assert found == [4.0, 4.0, 5.0, 6.0, 5.0, 2.0, 2.0]
    assert Allowances.all_alike(5.0).height(3.0) == 5.0


def test_the_interval_of_a_date_ends_between_two_dates_of_the_grid() -> None:
    """Misfits 0, 1 and 4 years apart: 2 is allowed, a third of the way from 1 to 4."""
    misfits = {-2.0: 4.0, -1.0: 1.0, 0.0: 0.0, 1.0: 1.0, 2.0: 1.5}
    covariance = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
    fits = tuple(sorted((Fit(at, (0.0, 1.0, 1.0), covariance, m) for at, m in misfits.items()), key=lambda f: f.misfit))
    day = date(2010, 1, 1)
    line = LogLine(fits, Allowances(2.0, (2.0, 2.0), ((0.0, 2.0),)), 1.0, 1.7, 1.7, 2010.0, "FLOP", LEVEL, day, day)
    low, high = line.bends()
    assert low is not None
    assert high is not None
    assert decimal_year(low) == pytest.approx(2010 - 4 / 3, abs=0.003)
    assert decimal_year(high) == pytest.approx(2012, abs=0.003)  # the grid ends there


@pytest.mark.parametrize("freedom", [5, 6, 18])
def test_weights_are_right_on_average(freedom: int) -> None:
    """The mean of 1 / variance over the sums of squares S that chance gives, of a true variance 1: 1 by S / (f - 2)."""
    nodes = (np.arange(200_000) + 0.5) / 200_000
    sums = chi2.ppf(nodes, freedom)
    assert np.mean(scattering.expected_for_weights(freedom) / sums) == pytest.approx(1.0, abs=0.005)
    assert np.mean(freedom / sums) == pytest.approx(freedom / (freedom - 2), rel=0.005)
