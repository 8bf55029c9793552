"""The judgement of `bench/startup.py`: what it says of a program must not depend on what else the machine does."""

import random
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

_SPEC = spec_from_file_location("startup", Path(__file__).parent / "bench" / "startup.py")
startup = module_from_spec(_SPEC)
_SPEC.loader.exec_module(startup)

IMPORTS, AUDIT = "import pint, sympy, uncertainties", "audit one line, json"


def machine(seconds, speeds):
    """Runs take `seconds` divided by the speed of the moment, which is the next of `speeds`."""
    return lambda name: seconds[name] / next(speeds)


def drifting(seed):
    """A machine that is up to five times as slow for a while, from one run to the next by up to a tenth."""
    chance, slow = random.Random(seed), 1.0
    while True:
        slow = min(5.0, max(1.0, slow * chance.uniform(0.9, 1.11)))
        yield 1 / slow


def stepping(runs):
    """A machine that is half as fast from its `runs`-th run on."""
    yield from (1.0 for _ in range(runs))
    while True:
        yield 0.5


def judged(share, speeds, runs=15):
    return startup.over(startup.measure([AUDIT], runs, machine({IMPORTS: 0.5, AUDIT: share * 0.5}, speeds)))


@pytest.mark.parametrize("seed", range(20))
def test_a_machine_whose_speed_drifts_gets_the_same_judgement(seed):
    assert judged(0.24, drifting(seed)) == []
    assert judged(0.26, drifting(seed)) == [AUDIT]


@pytest.mark.parametrize("runs", range(0, 46, 5))
def test_a_machine_that_becomes_half_as_fast_gets_the_same_judgement(runs):
    assert judged(0.245, stepping(runs)) == []
    assert judged(0.255, stepping(runs)) == [AUDIT]


def test_each_run_stands_between_two_of_its_base():
    order = []

    def time_of(name):
        order.append(name)
        return len(order)

    rounds = startup.measure(startup.LIMITS, 1, time_of)
    assert order == [
        *("bare Python", "import slipstick", "bare Python", "slipstick --help", "bare Python"),
        *(IMPORTS, "audit one line, text", IMPORTS, AUDIT, IMPORTS),
    ]
    assert rounds[AUDIT] == [startup.Round(taken=9, base=9)]
    assert rounds["slipstick --help"] == [startup.Round(taken=4, base=4)]


def test_what_may_be_added_to_the_base_counts():
    limit = startup.LIMITS["import slipstick"]
    assert startup.share_of_limit(limit, [startup.Round(0.024, 0.020)]) == pytest.approx(0.8)
    assert "80.0%" in startup.table({"import slipstick": [startup.Round(0.024, 0.020)]})
