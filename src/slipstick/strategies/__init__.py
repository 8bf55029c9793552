"""Hypothesis strategies: units, quantities, uncertain numbers, estimates, and calculations as people publish them.

    from hypothesis import given
    from slipstick import strategies

    @given(strategies.convertible_pairs())
    def test_there_and_back(pair):
        ...

`units`, `convertible_pairs`, `unlike_pairs` and `quantities` are for whoever converts units; `distributions` and
`estimates` for whoever computes with uncertain quantities; `published_lines` and `planted_slips` for whoever reads
calculations from text: each line has its true value, each slip its name and the factor by which it moves the result.
All shrink to the simplest, and draw nothing that is thrown away.

Needs Hypothesis (`pip install "slipstick[testing]"`).
"""

from __future__ import annotations

try:
    import hypothesis as _hypothesis  # noqa: F401
except ImportError as error:
    raise ImportError('slipstick.strategies needs Hypothesis: pip install "slipstick[testing]"') from error

from slipstick.strategies.amounts import Amount as Amount
from slipstick.strategies.amounts import distributions as distributions
from slipstick.strategies.amounts import estimates as estimates
from slipstick.strategies.amounts import quantities as quantities
from slipstick.strategies.lines import Factor as Factor
from slipstick.strategies.lines import PublishedLine as PublishedLine
from slipstick.strategies.lines import published_lines as published_lines
from slipstick.strategies.slips import SLIPS as SLIPS
from slipstick.strategies.slips import PlantedSlip as PlantedSlip
from slipstick.strategies.slips import planted_slips as planted_slips
from slipstick.strategies.unit_names import UnitPair as UnitPair
from slipstick.strategies.unit_names import convertible_pairs as convertible_pairs
from slipstick.strategies.unit_names import units as units
from slipstick.strategies.unit_names import unlike_pairs as unlike_pairs
