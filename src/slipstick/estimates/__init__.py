"""Estimates: named inputs with units and ranges under a formula; how they are made, computed, solved and shown."""
