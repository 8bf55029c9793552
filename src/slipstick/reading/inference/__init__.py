"""Units that the writer left unsaid, conversions done by hand, and the choices that a text leaves open."""
