r"""Units in the macros of LaTeX's siunitx package: `\kilo\watt\hour` is kWh."""

from __future__ import annotations

import re

_PREFIXES = dict(
    zip(
        """quecto ronto yocto zepto atto femto pico nano micro milli centi deci deca hecto kilo mega giga tera peta exa
    zetta yotta ronna quetta kibi mebi gibi tebi pebi exbi""".split(),
        "q r y z a f p n µ m c d da h k M G T P E Z Y R Q Ki Mi Gi Ti Pi Ei".split(),
        strict=True,
    )
)
# Days are written out: "d" is more often a name than a unit.
_UNITS = dict(
    pair.split(":")
    for pair in """ampere:A candela:cd kelvin:K gram:g kilogram:kg metre:m meter:m mole:mol second:s becquerel:Bq
    degreeCelsius:°C celsius:°C coulomb:C farad:F gray:Gy hertz:Hz henry:H joule:J katal:kat lumen:lm lux:lx
    newton:N ohm:Ω pascal:Pa radian:rad siemens:S sievert:Sv steradian:sr tesla:T volt:V watt:W weber:Wb bar:bar
    bel:B decibel:dB dalton:Da day:day electronvolt:eV hectare:ha hour:h litre:L liter:L minute:min tonne:t
    bit:bit byte:B percent:% degree:° dollar:USD flop:FLOP FLOP:FLOP flops:FLOPS FLOPS:FLOPS km:km cm:cm mm:mm
    um:µm nm:nm kg:kg mg:mg ms:ms us:µs ns:ns kW:kW MW:MW GW:GW kWh:kWh Hz:Hz kHz:kHz MHz:MHz GHz:GHz kJ:kJ
    MJ:MJ eV:eV GeV:GeV TeV:TeV""".split()
)
_POWERS = {"squared": "^2", "cubed": "^3"}
_NEXT_POWERS = {"square": "^2", "cubic": "^3"}
_PIECE = re.compile(r"\\(?P<name>[A-Za-z]+)(?:\{(?P<argument>[^{}]{0,20})\})?|(?P<other>[^\\]+|\\.?)")


def unit_text(written: str) -> str:
    """A unit as it is printed: macros joined by `/` and `-`, abbreviations (`kW.h`, `m.s^{-1}`) with the same."""
    done: list[str] = []
    joint = prefix = power = ""
    for piece in _PIECE.finditer(written):
        name = piece["name"]
        if name is None:
            done.append(_abbreviated(piece["other"]))
        elif name == "per":
            joint = "/"
        elif name in _PREFIXES:
            prefix += _PREFIXES[name]
        elif name in _NEXT_POWERS:
            power = _NEXT_POWERS[name]
        elif name in _POWERS:
            done.append(_POWERS[name])
        elif name in ("tothe", "raiseto"):
            done.append(f"^{piece['argument'] or ''}")
        elif name != "of":
            unit = prefix + _UNITS.get(name, name) + power
            done.append(_joined(done, joint, unit))
            joint = prefix = power = ""
    return "".join(done)


def _joined(done: list[str], joint: str, unit: str) -> str:
    if joint or not done:
        return joint + unit
    return unit if unit == "h" and done[-1][-1:] in "WA" else f"-{unit}"


def _abbreviated(written: str) -> str:
    """Letters as they are; a full stop or a tie between units is a joint."""
    return re.sub(r"[{}\\\s]", "", re.sub(r"(?<=[\w}])[.~](?=[A-Za-z\\])", "-", written))
