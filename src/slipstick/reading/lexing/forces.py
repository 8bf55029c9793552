"""Compounds in which a pound is a force: ft-lb, psf, plf, kips; and volumes by the acre."""

from __future__ import annotations

from slipstick.units import Compound, UnitTerm

_POUND = UnitTerm("pound_force")
_LENGTHS = {"foot": ("ft", "Ft", "FT", "foot", "Foot"), "inch": ("in", "In", "inch")}
_POUNDS = ("lb", "lbs", "Lb", "Lbs", "LB", "LBS", "lbf", "pound", "pounds")
FORCES: dict[str, Compound] = {
    **{
        joined: (UnitTerm(length), _POUND)
        for length, names in _LENGTHS.items()
        for name in names
        for pound in _POUNDS
        for joined in (f"{name}-{pound}", f"{pound}-{name}")
    },
    "psf": (_POUND, UnitTerm("foot", "", -2)),
    "plf": (_POUND, UnitTerm("foot", "", -1)),
    "ksi": (UnitTerm("psi", "kilo"),),
    **dict.fromkeys(("kip", "kips"), (UnitTerm("pound_force", "kilo"),)),
    **dict.fromkeys(("N-m", "N-M"), (UnitTerm("newton"), UnitTerm("meter"))),
    **{
        f"{letter}Nm": (UnitTerm("newton", p), UnitTerm("meter"))
        for letter, p in (("", ""), ("k", "kilo"), ("M", "mega"))
    },
    **dict.fromkeys(("acre-foot", "acre-feet", "acre-ft"), (UnitTerm("acre"), UnitTerm("foot"))),
}
"""Words that are a whole compound, in which a pound is a force."""
