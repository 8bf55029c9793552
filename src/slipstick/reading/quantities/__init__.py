"""Tokens to quantities: numbers, exact, with their units and the things counted."""
