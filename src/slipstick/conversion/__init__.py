"""Exact conversion between units: a quantity, the unit wanted, and the path between them with its sources."""
