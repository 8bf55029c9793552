"""The spread of any expression by drawing its inputs (JCGM 101:2008, section 7).

Draws come in blocks of a fixed size, and each input of each block has a counter-based stream of its own (Philox; Salmon
and others, 2011), so that one seed gives the same result however many processes the blocks are spread over.
"""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import islice
from numbers import Integral
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from slipstick.uncertainty.correlation import Checked, Matrix, checked, root
from slipstick.uncertainty.distributions import Distribution
from slipstick.uncertainty.first_order import FirstOrder, first_order_general
from slipstick.uncertainty.running_quantiles import RunningQuantiles
from slipstick.uncertainty.scores import central_score, normal_cdf
from slipstick.uncertainty.spread import Spread

if TYPE_CHECKING:
    from slipstick.uncertainty.distribution import FloatArray

Evaluate: TypeAlias = Callable[[Sequence[Any]], Any]

BLOCK, FEWEST_DRAWS = 2**14, 2**14
MOST_DRAWS = {1: 2**20, 2: 2**20, 3: 2**24}
"""By the digits that must stand still."""

_AT_ONCE = 4
"""Blocks drawn before threads are started."""
_BEYOND = 10  # draws that must lie beyond each end, for it to be a quantile of them and not the last one
NOT_FINITE = "the result is not a finite number for some values of its inputs"
DESIGNS = {"random": "sampled", "sobol": "sobol", "latin hypercube": "latin hypercube"}


class Sampling(NamedTuple):
    """How to sample: so many draws, or as many as make the digits stand still; seed, design, number of processes."""

    draws: int | None = None
    seed: int = 0
    digits: int = 2
    design: str = "random"
    workers: int = 1

    @property
    def method(self) -> str:
        """What a spread calls it."""
        return DESIGNS.get(self.design, self.design)


class Drawn(NamedTuple):
    """Three quantiles of draws; their standard error as that of a `Spread`, the number of draws, mean and deviation."""

    low: float
    median: float
    high: float
    standard_error: float
    draws: int
    mean: float | None
    sd: float | None


def sampled(
    evaluate: Evaluate,
    inputs: Sequence[Distribution],
    *,
    level: float = 0.9,
    correlation: Matrix | None = None,
    draws: int | None = None,
    seed: int = 0,
    digits: int = 2,
    design: str = "random",
    workers: int = 1,
    first_order: FirstOrder | None = None,
) -> Spread:
    """The spread of an expression of inputs, independent ones unless their scores' correlation matrix is given.

    `evaluate` takes a sequence with an array of shape (n,) per input, element by element, or with a float per input.
    The number of draws, the digits that must stand still and the rest are as in `Sampling`.
    `first_order` is it, where it is known already; its shares are those of the spread, of the variance; equal
    where it has none. Raises ValueError as `drawn` does.
    """
    how = Sampling(draws, seed, digits, design, workers)
    within = checked(correlation, len(inputs))
    found = drawn(evaluate, inputs, level, how, within)
    linear = first_order or first_order_general(evaluate, inputs, level, within)
    uncertain = [float(x.sd > 0) for x in inputs]
    equal = tuple(x / (sum(uncertain) or 1.0) for x in uncertain)
    shares = linear.shares if linear and any(linear.shares) else equal
    ends = linear and linear[:2]
    return Spread(level, *found[:3], how.method, ends, shares, found.standard_error, found.draws, *found[5:])


def drawn(
    evaluate: Evaluate,
    inputs: Sequence[Distribution],
    level: float,
    sampling: Sampling,
    correlation: Checked | None = None,
    *,
    in_logs: bool = False,
    smoothing: float = 0.0,
    in_threads: bool = False,
) -> Drawn:
    """The three quantiles of an expression; `in_logs` says that it is the logarithm of what is asked for.

    `smoothing` is the deviation of a normal quantity beside it, which designs other than "random" do not draw.
    `in_threads` says that `evaluate` may be called by several threads at once.

    Without a number of draws it doubles, from 16,384, until the digits of low, median and high stand still: until
    twice the standard error is at most half a unit of the last of them (JCGM 101:2008, 7.9), or to 2^20 draws (2^24 for
    three digits). Raises ValueError for a level, number of draws, seed, design or number of processes that cannot be,
    and where a result is not a finite number.
    """
    checked_sampling(sampling)
    z = central_score(level)
    probabilities = (normal_cdf(-z), 0.5, normal_cdf(z))
    if sampling.design != "random":
        from slipstick.uncertainty.designs import designed

        return designed(evaluate, inputs, probabilities, sampling, correlation, in_logs=in_logs, smoothing=smoothing)
    most = sampling.draws or MOST_DRAWS[sampling.digits]
    needed = math.ceil(_BEYOND / probabilities[0])
    if needed > most:
        raise ValueError(
            f"the ends of a level of {level!r} are beyond the reach of {most:,} draws; they take {needed:,}"
        )
    wanted = sampling.draws or max(FEWEST_DRAWS, 2 ** math.ceil(math.log2(needed)))
    blocks = _results(evaluate, inputs, sampling, correlation, most, in_threads)
    first = _joined(islice(blocks, math.ceil(min(wanted, FEWEST_DRAWS) / BLOCK)))
    running = RunningQuantiles(probabilities, first, moments=not in_logs)
    while True:
        for block in islice(blocks, math.ceil((wanted - running.total) / BLOCK)):
            running.add(block)
        (low, median, high), errors = zip(*running.ends(), strict=True)
        ends = (low, median, high)
        if not all(map(math.isfinite, ends)):
            raise ValueError(NOT_FINITE)
        if running.total >= most or stands_still(ends, errors, sampling.digits, in_logs=in_logs):
            has_moments = not in_logs and math.isfinite(running.sd)
            mean, sd = (running.mean, running.sd) if has_moments else (None, None)
            error = relative_error(ends, errors, in_logs=in_logs)
            return Drawn(low, median, high, error, running.total, mean, sd)
        wanted *= 2


def checked_sampling(sampling: Sampling) -> None:
    """Raises ValueError for a way to sample that cannot be."""
    for name in ("draws", "seed", "digits", "workers"):
        number = getattr(sampling, name)
        if type(number) is not int and not isinstance(number, Integral) and not (number is None and name == "draws"):
            raise ValueError(f"{name} is a whole number, not {number!r}")
    if sampling.design not in DESIGNS:
        raise ValueError(f"expected a design of {', '.join(DESIGNS)}, not {sampling.design!r}")
    if sampling.draws is not None and not 100 <= sampling.draws <= 2**40:
        raise ValueError(f"sampling takes at least 100 draws, not {sampling.draws}")
    if sampling.digits not in MOST_DRAWS:
        raise ValueError(f"1 to 3 digits can be made to stand still, not {sampling.digits}")
    if not 0 <= sampling.seed < 2**64:
        raise ValueError(f"a seed must lie between 0 and 2^64 - 1, not {sampling.seed}")
    if not 1 <= sampling.workers <= 256:
        raise ValueError(f"expected 1 to 256 workers, not {sampling.workers}")


def _sizes(ends: Sequence[float]) -> list[float]:
    """What errors are relative to: each end; half the width where 0 lies between them."""
    width = (max(ends) - min(ends)) / 2
    has_zero = min(ends) <= 0 <= max(ends)
    return [width if has_zero else abs(end) for end in ends]


def relative_error(ends: Sequence[float], errors: Sequence[float], *, in_logs: bool) -> float:
    """The largest of the standard errors, relative to the size of its figure."""
    sizes = [1.0] * len(ends) if in_logs else _sizes(ends)
    return max((e / size for e, size in zip(errors, sizes, strict=True) if size), default=0.0)


def stands_still(ends: Sequence[float], errors: Sequence[float], digits: int, *, in_logs: bool) -> bool:
    """Whether twice each standard error is at most half a unit of the last wanted digit of its figure."""
    sizes = [10 ** (end / math.log(10) % 1) for end in ends] if in_logs else _sizes(ends)
    for error, size in zip(errors, sizes, strict=True):
        absolute = error * size if in_logs else error
        if size and 2 * absolute > 0.5 * 10.0 ** (math.floor(math.log10(size)) + 1 - digits):
            return False
    return True


def _joined(blocks: Iterable[FloatArray]) -> FloatArray:
    import numpy as np

    return np.concatenate(list(blocks))


def _results(
    evaluate: Evaluate,
    inputs: Sequence[Distribution],
    sampling: Sampling,
    correlation: Checked | None,
    most: int,
    in_threads: bool,
) -> Iterator[FloatArray]:
    """The results block by block, `most` in all; computed by several processes where so asked, else by threads."""
    sizes = [min(BLOCK, most - start) for start in range(0, most, BLOCK)]
    mixing = mixing_of(correlation)
    one = partial(result_block, evaluate, tuple(inputs), mixing, sampling.seed)
    if sampling.workers == 1:
        ahead = in_threads and len(sizes) > _AT_ONCE
        yield from _drawn_ahead(one, sizes) if ahead else map(one, range(len(sizes)), sizes)
        return
    import pickle
    from concurrent.futures import ProcessPoolExecutor

    try:
        pickle.dumps(one)
    except Exception as error:
        raise ValueError(f"the expression cannot be sent to other processes: {error}") from None
    with ProcessPoolExecutor(sampling.workers) as pool:
        for start in range(0, len(sizes), 4 * sampling.workers):  # not all at once: few may be needed
            some = range(start, min(start + 4 * sampling.workers, len(sizes)))
            yield from pool.map(one, some, [sizes[n] for n in some])


def _drawn_ahead(one: Callable[[int, int], FloatArray], sizes: Sequence[int]) -> Iterator[FloatArray]:
    """The blocks in order; after a few, the next are drawn by threads meanwhile: numpy draws without Python's lock."""
    from collections import deque
    from concurrent.futures import Future, ThreadPoolExecutor

    yield from map(one, range(_AT_ONCE), sizes)  # few draws are not worth a thread
    threads = os.cpu_count() or 1
    pool = ThreadPoolExecutor(threads)
    pending: deque[Future[FloatArray]] = deque()
    try:
        for n in range(_AT_ONCE, len(sizes)):
            pending.append(pool.submit(one, n, sizes[n]))
            if len(pending) > 2 * threads:  # so that memory does not grow with the number of draws
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    finally:  # also where the digits stand still before all blocks are drawn
        pool.shutdown(cancel_futures=True)


def mixing_of(correlation: Checked | None) -> FloatArray | None:
    """The matrix, shape (n, rank), that makes correlated scores of independent ones; None where none correlate."""
    if correlation is None:
        return None
    import numpy as np

    return np.array(root(correlation))


def result_block(
    evaluate: Evaluate,
    inputs: Sequence[Distribution],
    mixing: FloatArray | None,
    seed: int,
    block: int,
    n: int,
) -> FloatArray:
    """`n` results of one block, an array of shape (n,), infinite beyond the range of floats.

    Raises ValueError where one does not exist.
    """
    import numpy as np

    with np.errstate(all="ignore"):
        found = np.asarray(evaluate(draw_block(inputs, n, seed=seed, block=block, mixing=mixing)), dtype=np.float64)
        if found.shape != (n,):
            found = np.broadcast_to(found, (n,))
        total = found.sum()
    if np.isnan(total) and np.isnan(found).any():
        raise ValueError(NOT_FINITE)
    return found


def draw_block(
    inputs: Sequence[Distribution], n: int, *, seed: int, block: int, mixing: FloatArray | None = None
) -> list[FloatArray]:
    """The first `n` draws of one block: an array of shape (n,) per input.

    Independent of each other, unless `mixing` is a root of their scores' correlation matrix (`correlation.root`).
    """
    import numpy as np

    columns = []
    for index in range(len(inputs) if mixing is None else mixing.shape[1]):
        # The counter's highest word is the block, so that the streams of one input never overlap.
        stream = np.random.Philox(key=np.array([seed, index], np.uint64), counter=np.array([0, 0, 0, block], np.uint64))
        generator = np.random.Generator(stream)
        columns.append(inputs[index].draw(generator, n) if mixing is None else generator.standard_normal(n))
    if mixing is None:
        return columns
    return [given.values(scores) for given, scores in zip(inputs, mixing @ np.array(columns), strict=True)]
