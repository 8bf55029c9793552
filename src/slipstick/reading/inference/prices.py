"""Prices and other amounts that are per something without its being said: per hour, per kWh, per GPU-hour.

Every addition costs 1 and is kept as a note; none changes a number, "per million" aside (specs/counting.md).
"""

from __future__ import annotations

from slipstick.patterns import pattern
from slipstick.reading.inference.conversions import time_part
from slipstick.reading.inference.doubts import Doubt
from slipstick.reading.inference.factors import TIME_NAMES, Factor, Row, uncounted
from slipstick.reading.quantities.arithmetic import plain_number
from slipstick.units import Compound, Dimension, UnitTerm, dimension_of, is_device, table, written

_ENERGY = dimension_of((UnitTerm("joule"),))
_BYTES: Dimension = (("byte", 1),)
_SECONDS: Dimension = (("second", 1),)
_PER_MANY = pattern(r"(?:per|for each|a) (?:1 ?)?(thousand|million|billion|[kKMB])\b")
_MANY = {"thousand": 10**3, "k": 10**3, "million": 10**6, "m": 10**6, "billion": 10**9, "b": 10**9}


def add_price(row: Row, wants: Dimension | None, with_time: bool = True) -> Doubt | None:
    """A bare price, where money is claimed, is per what stands beside it: an hour, a kWh, a TB (cost 1).

    Not per a time unless `with_time`: one addition about time is enough. Returns a doubt where that unit has a prefix:
    whether $0.02 are per TB or per GB, the words do not say.
    """
    currency = next((n for n, e in wants or () if table().sections.get(n) == "money" and e == 1), "")
    if not currency or dict(wants or ()).get("second"):
        return None
    price = next((f for f in row if [t.name for t in f.unit] == [currency] and f.exponent == 1), None)
    if price is None:
        return None
    _per_many(price, row)
    rest = tuple(t for t in row.left if t.name != currency)
    per = _priced(rest)
    if per and (with_time or per[0].name not in TIME_NAMES):
        price.notes.append(f"read as a price per {_in_words(per)}")
        price.unit = (*price.unit, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in per))
        price.cost += 1
    is_open = any(t.prefix for t in per) and "kilo" not in {t.prefix for t in per}
    return Doubt(f"the price may be for another unit than {_in_words(per)}") if is_open else None


def _in_words(per: Compound) -> str:
    return written(per) if len(per) > 1 or per[0].prefix else per[0].name.replace("_", " ")


def _priced(rest: Compound) -> Compound:
    """The unit that a price is for: the one time, kWh for an energy made of watts and hours, or the one amount."""
    times = time_part(rest)
    plain = tuple(t for t in rest if not table().is_counted(t.name))
    if len(times) == 1 and len(plain) == 1:
        return (UnitTerm(times[0].name),) if times[0].exponent == 1 else ()
    if uncounted(dimension_of(rest)) == _ENERGY:
        if [(t.name, t.exponent) for t in plain] == [("watt_hour", 1)]:
            return plain
        is_kwh = len(plain) == 2
        return (UnitTerm("watt_hour", "kilo"),) if is_kwh else ()
    alone = len(plain) == 1 and plain[0].exponent == 1 and plain[0].name not in ("FLOP", "MAC", "watt")
    return plain if alone and table().sections.get(plain[0].name) != "money" else ()


def _per_many(price: Factor, row: Row) -> None:
    """`3B tokens * $0.25 per million`: the price is per million of what is counted beside it."""
    said = _PER_MANY.match(price.quantity.remark) if price.quantity else None
    counted = [n for n, e in row.dimension if table().is_counted(n) and e == 1] if said is not None else []
    if said is None or len(counted) != 1:
        return
    price.value /= _MANY[said.group(1).lower()]
    price.unit = (*price.unit, UnitTerm(counted[0], "", -1))
    price.notes.append(f"{said.group(0)} {counted[0].replace('_', ' ')}s, as stands beside it")
    price.cost += 1


def add_divided_amount(row: Row, target: Compound | None) -> None:
    """`$2.4M / $2 = 1.2M GPU-hours`, `300 liters / 20 liters = 15 days`: the divisor is for each of what is claimed.

    Two amounts of one kind leave no unit; that of the claim is what the second is per (cost 1). Not for operations,
    where a rate is missing, nor for times.
    """
    if target is None or not uncounted(dimension_of(target)) or uncounted(row.dimension):
        return
    below = [f for f in row if f.exponent == -1 and f.role == "" and uncounted(dimension_of(f.unit))]
    kind = uncounted(dimension_of(below[0].unit)) if len(below) == 1 else ()
    if len(kind) != 1 or kind[0][0] in ("second", "FLOP", "MAC"):
        return
    if not any(f.exponent == 1 and uncounted(dimension_of(f.unit)) == kind for f in row):
        return
    below[0].notes.append(f"read as {below[0].words} per {written(target)}, as the claim says")
    below[0].unit = (*below[0].unit, *(UnitTerm(t.name, t.prefix, -t.exponent) for t in target))
    below[0].cost += 1


def add_exchange_rate(row: Row, target: Compound | None) -> None:
    """`£0.9M * 1.27 = $1.14M`, `3M yuan / 7.2 = $417k`: the one bare number is the rate of exchange (cost 1)."""
    if target is None or len(row.left) != 1 or len(target) != 1 or row.left[0].exponent != 1:
        return
    own, other = row.left[0].name, target[0].name
    if own == other or any(table().sections.get(name) != "money" for name in (own, other)):
        return
    rates = row.bare(1) + row.bare(-1)
    if len(rates) == 1:
        by = rates[0].exponent
        rates[0].unit = (UnitTerm(other, "", by), UnitTerm(own, "", -by))
        below, above = (own, other) if by == 1 else (other, own)
        rates[0].notes.append(f"read as {plain_number(rates[0].value)} {above} per {below}, as the claim says")
        rates[0].cost += 1


def add_amount_each_time(row: Row, target: Compound | None) -> Doubt | None:
    """`11.25 trillion words / 240,000 = 46.9 million days`: a bare divisor is so many for each of those days (cost 1).

    The line does not say for which time, so a miss stays in doubt.
    """
    left, wanted, bare = row.left, target or (), row.bare(-1)
    if len(left) != 1 or left[0].exponent != 1 or left[0].prefix or len(bare) != 1 or len(wanted) != 1:
        return None
    thing, time = left[0].name, wanted[0].name
    if time not in TIME_NAMES or wanted[0].exponent != 1 or not table().is_counted(thing) or is_device(thing):
        return None
    words = f"{plain_number(bare[0].value)} {thing.strip('_').replace('_', ' ')}s per {time}"
    bare[0].unit = (UnitTerm(thing), UnitTerm(time, "", -1))
    bare[0].notes.append(f"read as {words}, as the claim says")
    bare[0].cost += 1
    return Doubt(f"{words} stands nowhere in the line", any_gap=True)


def add_amount_each(row: Row, target: Compound | None) -> None:
    """`32 GB / 2 = 16B parameters`: a bare divisor is the bytes (or seconds) of each thing that is claimed (cost 1)."""
    left, bare = row.left, row.bare(-1)
    if target is None or len(left) != 1 or len(target) != 1 or not bare:
        return
    plain = uncounted(dimension_of(left))
    if plain not in (_BYTES, _SECONDS):
        return
    if not table().is_counted(target[0].name) or target[0].exponent != 1 or len(bare) != 1:
        return
    converted = any(f.is_used_constant for f in row)
    each = "byte" if plain == _BYTES else "second" if converted else left[0].name
    bare[0].unit = (UnitTerm(each), UnitTerm(target[0].name, "", -1))
    bare[0].notes.append(f"read as {plain_number(bare[0].value)} {each}s per {target[0].name.replace('_', ' ')}")
    bare[0].cost += 1
