"""Words for small numbers and for parts: two, dozen, half, two thirds."""

from __future__ import annotations

_UP_TO_TWENTY = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty"
).split()
_TENS = "thirty forty fifty sixty seventy eighty ninety".split()
NUMBERS = {
    **{name: str(n) for n, name in enumerate(_UP_TO_TWENTY, 1)},
    **{name: str(n * 10) for n, name in enumerate(_TENS, 3)},
    "dozen": "12",
    "half": "1/2",
}
PARTS = {
    "half": "1/2", "one half": "1/2", "a third": "1/3", "one third": "1/3", "two thirds": "2/3", "a quarter": "1/4",
    "one quarter": "1/4", "three quarters": "3/4", "a fifth": "1/5", "a tenth": "1/10",
}  # fmt: skip
BEGINNINGS = frozenset(
    variant for name in (*NUMBERS, *PARTS, "an") for word in [name.split()[0]] for variant in (word, word.capitalize())
)
"""Words that a number in words may begin with."""
