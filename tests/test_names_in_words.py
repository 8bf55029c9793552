"""Names of hardware in several words: the words that may belong to one are not fewer than those that do."""

from __future__ import annotations

import pytest

from slipstick.catalogue import hardware
from slipstick.reading.lexing.spelling import part_at

ALIASES = [(part.name, alias) for part in hardware.parts() for alias in part.aliases]


@pytest.mark.parametrize(("name", "alias"), ALIASES)
@pytest.mark.parametrize(
    ("before", "behind"), [("", ""), ("NVIDIA ", ""), ("Google Cloud ", ""), ("", " SXM4"), ("", " PCIe 80 GB")]
)
def test_whole_name(name: str, alias: str, before: str, behind: str) -> None:
    """With its maker before it and its form factor behind, a name is taken whole; what follows is not."""
    words = f"{before}{alias}{behind}".split()
    found = part_at([*words, "for", "14"])
    assert found is not None
    assert (found[0].name, found[1]) == (name, len(words))
