"""Two estimates side by side: their factors aligned by role and unit, in a ledger of ratios."""
