"""Quantities to expressions: the tree of products, sums, powers and brackets, as written."""
