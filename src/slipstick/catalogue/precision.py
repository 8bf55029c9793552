"""Number formats that words say: "fp32", "bfloat16 activations", "half precision", "FP8"."""

from __future__ import annotations

import re
from functools import lru_cache

from slipstick.patterns import pattern

_FORMATS = {
    "fp64": r"fp-?64|float64|double[ -]precision",
    "fp32": r"fp-?32|float-?32|single[ -]precision|full[ -]precision|32[ -]bit",
    "tf32": r"tf-?32|tensorfloat-?32|tensor ?float",
    "fp16": r"fp-?16|float-?16|half[ -]precision|16[ -]bit|mixed[ -]precision|amp",
    "bf16": r"bf-?16|bp16|bfloat-?16|bfloats?",
    "fp8": r"fp-?8|float8|e4m3|e5m2|8[ -]bit",
    "int8": r"int-?8|w8a8|8[ -]bit",
    "fp4": r"(?:nv|mx)?fp-?4|4[ -]bit",
}
_SAID = {name: pattern(rf"(?<![a-z\d])(?:{words})(?![a-z\d])") for name, words in _FORMATS.items()}
_ANY = pattern(r"[fb]p?(?:loat)?-?\d|bfloat|tf-?32|precision|amp|int-?8|bit|e4m3|e5m2|w8a8|tensor ?float")
_SPARSE = pattern(r"\bspars(?:e|ity)|\b2:4\b|structured", re.IGNORECASE)
SIXTEEN_BIT = frozenset(("fp16", "bf16"))


@lru_cache(maxsize=1000)
def formats_in(words: str) -> frozenset[str]:
    """The number formats that a text names; mixed precision counts as fp16, which its products are."""
    lower = words.lower()
    if not _ANY.search(lower):
        return frozenset()
    return frozenset(name for name, said in _SAID.items() if said.search(lower))


def says_sparse(words: str) -> bool:
    """Whether a text speaks of sparsity."""
    return bool(_SPARSE.search(words))
