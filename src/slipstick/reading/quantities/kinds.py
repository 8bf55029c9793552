"""The tree of kinds of devices: which kind a generic name means, and which kinds clash."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from slipstick.catalogue import hardware
from slipstick.units import Compound, Exponent, UnitTerm, is_device, part_units, table, unit_name

_LEVELS = ("chip", "core", "board", "pod", "node")


def kind_of(name: str) -> tuple[str, str, str]:
    """(family, part, level) of a counted device; empty strings for what its name leaves unsaid."""
    if name in part_units():
        part, level = part_units()[name]
        return hardware.part(part).family, part, "" if level == "device" else level
    if name in ("GPU", "TPU", "device", "CPU"):
        return (name if name in ("GPU", "TPU") else ""), "", "GPU" if name == "GPU" else ""
    family, _, level = name.rpartition("_")
    return (family, "", level) if level in _LEVELS else ("", "", "")


def unified(names: Iterable[str]) -> dict[str, str]:
    """Generic names to the one named kind of their level among `names`; two different named kinds never unify."""
    sections = table().sections
    every = tuple([n for n in dict.fromkeys(names) if sections.get(n) == "devices"])
    return _unified(every) if every else {}


@lru_cache(maxsize=1000)
def _unified(every: tuple[str, ...]) -> dict[str, str]:
    kinds = {name: kind_of(name) for name in every}
    result: dict[str, str] = {}
    if set(every) == {"TPU", "core"} or set(every) == {"TPU", "chip"}:
        return dict.fromkeys(every, f"TPU_{every[0] if every[0] != 'TPU' else every[1]}")
    for name, (family, part, level) in kinds.items():
        if part:
            continue
        fits = {n for n, k in kinds.items() if _unifies((family, part, level), k, name, n)}
        named = {n for n in fits if kinds[n][1]}
        if len(named or fits) == 1:
            result[name] = next(iter(named or fits))
    result = _through_parts(result, kinds)
    for name, (_, part, level) in kinds.items():
        levels = {n for n in (*kinds, *result.values()) if kind_of(n)[1] == part and kind_of(n)[2]}
        if part and not level and len(levels) == 1:
            result[name] = next(iter(levels))  # "16 TPU v3 * 123 TFLOP/s per chip"
    return result


def _unifies(generic: tuple[str, str, str], other: tuple[str, str, str], name: str, other_name: str) -> bool:
    """Whether a generic name may mean the other: same level (or unsaid), same family (or unsaid), more said."""
    if name == other_name or (not other[1] and not other[0]):
        return False
    if name == "GPU" and other[0] == "TPU" and not other[1]:
        return other[2] in ("", "chip")  # said loosely
    if other_name == "TPU":
        return False
    if generic[0] and other[0] and generic[0] != other[0]:
        return name == "GPU" and bool(other[1]) and other[2] in ("", "chip")  # "TPU v3 * 123 TFLOP/s per GPU"
    if name == "device":
        return True
    if not generic[0] and not generic[2]:
        return False
    if name == "GPU" and other[0] == "GPU" and not other[2]:
        return True  # "64 MI250X * 383 TFLOP/s per GPU": whether a card or half of one, is asked elsewhere
    return generic[2] == other[2] or not generic[2] or (generic[2] == "chip" and other[2] == "GPU")


def names_in_term(names: dict[str, str], own: Sequence[str]) -> dict[str, str]:
    """What generic names mean in one term of a sum, with the names of devices in it: first what these say.

    A family that another term names is never meant: GPUs beside TPUs are added, not multiplied.
    """
    if not names:
        return unified(own)
    families = {name: (kind_of(name)[0], kind_of(meant)[0]) for name, meant in names.items()}
    alike = {n: names[n] for n, (family, other) in families.items() if not family or not other or family == other}
    return {**alike, **unified(own)}


def _through_parts(result: dict[str, str], kinds: dict[str, tuple[str, str, str]]) -> dict[str, str]:
    """A generic level without a partner takes the one part named in the line: "TPU core" beside a TPU v3 board."""
    parts = {(k[0], k[1]) for k in kinds.values() if k[1]}
    if len(parts) != 1:
        return result
    family, part = next(iter(parts))
    for name, kind in kinds.items():
        if not kind[1] and name not in result and kind[2] in _LEVELS and kind[0] in ("", family):
            specific = unit_name(part, kind[2])
            if specific in table():
                result[name] = specific
    return result


def rename(compound: Compound, names: dict[str, str]) -> Compound:
    """The compound with generic names replaced."""
    if not names:
        return compound
    return tuple(UnitTerm(names.get(t.name, t.name), t.prefix, t.exponent) for t in compound)


_BINARY = {"kilo": "kibi", "mega": "mebi", "giga": "gibi", "tera": "tebi", "peta": "pebi"}


BYTES, BYTES_AND_BITS = 1, 2


def in_binary(compound: Compound, of: int = BYTES) -> Compound:
    """The compound with the prefixes of bytes as powers of 1024, or those of bytes and bits."""
    data = ("byte", "bit")[:of]
    return tuple(t._replace(prefix=_BINARY.get(t.prefix, t.prefix)) if t.name in data else t for t in compound)


def clashing_devices(left: dict[str, Exponent]) -> bool:
    """Devices of one kind above and of another below (chips times FLOP/s per board): a packaging ratio is missing."""
    devices = {n: e for n, e in left.items() if is_device(n)}
    return any(e > 0 for e in devices.values()) and any(e < 0 for e in devices.values())
