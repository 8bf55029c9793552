"""Product lines of GPUs and CPUs whose models the catalogue does not all hold: a name of one counts a device."""

from __future__ import annotations

import re
from collections.abc import Sequence

from slipstick.patterns import pattern
from slipstick.units import Compound, UnitTerm

_PRODUCT_LINES = {
    "gtx": "GPU", "rtx": "GPU", "quadro": "GPU", "titan": "GPU", "geforce": "GPU", "radeon": "GPU", "firepro": "GPU",
    "xeon": "CPU", "opteron": "CPU", "epyc": "CPU", "ryzen": "CPU", "pentium": "CPU", "threadripper": "CPU",
}  # fmt: skip
_MODEL = pattern(r"(?:phi|ti|xp|[xvz]|super|gold|silver|platinum|black|pro|rtx|[a-z]?\d{3,5}\w{0,3})", re.IGNORECASE)


def may_be_product_line(word: str) -> bool:
    """Whether a name that `product_line_at` knows begins with this word."""
    return word.lower() in _PRODUCT_LINES


def product_line_at(words: Sequence[str]) -> tuple[Compound, int] | None:
    """A product of a known line that the catalogue does not hold (RTX 8000, Titan V): a GPU or CPU of any kind."""
    if not words or not may_be_product_line(words[0]):
        return None
    length = 1
    while length < len(words) and _MODEL.fullmatch(words[length]):
        length += 1
    return ((UnitTerm(_PRODUCT_LINES[words[0].lower()]),), length) if length > 1 else None
