"""Expressions to chains of equals: which side computes, which sides claim, what the letters of a formula are."""
