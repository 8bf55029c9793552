"""What a conversion raises."""

from __future__ import annotations


class ConversionError(ValueError):
    """A quantity or a unit that cannot be read, or units that do not convert; the message is one plain line."""
