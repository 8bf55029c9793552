"""Text to reading: what was written, with spans everywhere. The tree of record."""
