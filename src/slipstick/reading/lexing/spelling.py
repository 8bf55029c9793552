"""From spelling to meaning, in one place: a word or a name to the units that it may stand for."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from slipstick.catalogue import hardware
from slipstick.data import read_data
from slipstick.frozen import Frozen
from slipstick.patterns import pattern
from slipstick.reading.lexing.forces import FORCES
from slipstick.units import Compound, UnitTerm, dimension_of, table, unit_name

_LETTER_PREFIXES = {
    "k": "kilo", "K": "kilo", "M": "mega", "G": "giga", "T": "tera", "P": "peta", "E": "exa", "Z": "zetta",
    "Y": "yotta",
    "t": "tera", "g": "giga", "p": "peta", "e": "exa", "z": "zetta",
    "m": "milli", "µ": "micro", "n": "nano", "c": "centi",
    "Ki": "kibi", "Mi": "mebi", "Gi": "gibi", "Ti": "tebi", "Pi": "pebi",
}  # fmt: skip
_LOWER_ONLY_FLOP = frozenset("tgpez")
_SMALL = frozenset(("m", "µ", "n", "c"))


class Spellings(Frozen):
    """The spelling table: exact spellings (short ones), any-case spellings, and stems that SI prefixes may precede."""

    exact: dict[str, str]
    any_case: dict[str, str]
    letter_stems: dict[str, str]
    word_stems: dict[str, str]


class Reading(Frozen):
    """What a spelling may mean: a count, or a rate too (FLOPS); each is a compound of units.

    `timed` is the rate that it is when a time is joined to it (petaflop-days).
    """

    count: Compound
    rate: Compound | None = None
    timed: Compound | None = None


@cache
def spellings() -> Spellings:
    """The table of `data/spellings.txt`."""
    found = Spellings({}, {}, {}, {})
    for raw in read_data("spellings.txt").splitlines():
        line = raw.split("#")[0].strip()
        if not line:
            continue
        name, _, words = line.partition(":")
        for word in words.split():
            _enter(found, name, word.replace("_", " ") if word not in ("CPU_core", "GPU_core") else word)
    return found


def _enter(into: Spellings, name: str, word: str) -> None:
    prefixed, name = name.endswith("+"), name.rstrip("+")
    if word.startswith("="):
        stem = word.lstrip("=^")
        into.exact[stem] = name
        if "^" in word:
            into.letter_stems[stem] = into.word_stems[stem.lower()] = name
        return
    if word.startswith("^"):
        into.letter_stems[word[1:]] = name
        word = word[1:]
    elif prefixed:
        into.word_stems[word.lower()] = name
    if len(word) <= 2:
        into.exact[word] = name
    else:
        into.any_case[word.lower()] = name


@lru_cache(maxsize=10_000)
def singulars(word: str) -> tuple[str, ...]:
    """The word, and what it may be the plural of, likeliest first."""
    forms = [word]
    if len(word) > 3 and word.endswith("ies"):
        forms.append(word[:-3] + "y")
    elif len(word) > 3 and word.endswith(("ches", "shes", "xes", "sses")):
        forms.append(word[:-2])
    elif len(word) > 2 and word.endswith(("s", "S")) and not word.endswith("ss"):
        forms.append(word[:-1].rstrip("'’"))
    return tuple(forms)


def _plain(word: str) -> str | None:
    known = spellings()
    for form in singulars(word):
        if form in known.exact and (form == word or len(form) > 2 or (len(word) > 2 and word.endswith("s"))):
            return known.exact[form]
        if len(form) > 2 and form.lower() in known.any_case:
            return known.any_case[form.lower()]
    return None


def _prefixed(word: str) -> UnitTerm | None:
    known = spellings()
    for form in singulars(word):
        lower = form.lower()
        for prefix in table().prefixes:
            rest = lower.removeprefix(prefix) if prefix and lower.startswith(prefix) else ""
            for stem in (rest, rest.removesuffix("s")):
                if stem in known.word_stems:
                    return UnitTerm(known.word_stems[stem], prefix)
        for letter, prefix in _LETTER_PREFIXES.items():
            name = _stem(form[len(letter) :]) if form.startswith(letter) else None
            if name and _allowed(letter, name):
                return UnitTerm(name, prefix)
    return None


def _stem(rest: str) -> str | None:
    known = spellings()
    if rest in known.letter_stems:
        return known.letter_stems[rest]
    if rest in ("Mac", "byte", "Byte"):
        return {"Mac": "MAC"}.get(rest, "byte")  # GMac; without a prefix it is a computer or a burger
    return "FLOP" if rest.lower() in ("flop", "flops") or rest in ("OP", "OPS") else None


def _allowed(letter: str, stem: str) -> bool:
    """Lower-case large prefixes only before FLOP ("tFLOP/s"); small ones never before what is counted."""
    if letter in _LOWER_ONLY_FLOP and stem != "FLOP":
        return False
    return not (letter in _SMALL and stem in ("FLOP", "byte", "bit", "token"))


_PER_SECOND, _PER_HOUR = UnitTerm("second", "", -1), UnitTerm("hour", "", -1)
_PREFIXES_OF_SYMBOLS = {**_LETTER_PREFIXES, "d": "deci", "h": "hecto"}
_PREFIXED_SYMBOLS = {
    "V": ("volt", "mkMµ"), "A": ("ampere", "mkµ"), "Ah": ("ampere_hour", "mk"), "VA": ("volt_ampere", "kM"),
    "N": ("newton", "mkM"), "L": ("liter", "mkµcd"), "l": ("liter", "mµcdh"), "bar": ("bar_of_pressure", "m"),
}  # fmt: skip
"""Symbols that a short list of prefixes may stand before: a TV is no teravolt, and ML no megalitre."""

_OF_ENERGY = {"k": "kilo", "K": "kilo", "m": "mega", "M": "mega", "g": "giga", "G": "giga", "T": "tera"}
_WHOLE_WORDS: dict[str, Compound] = {
    **dict.fromkeys(("fps", "FPS"), (UnitTerm("frame"), _PER_SECOND)),
    "bps": (UnitTerm("bit"), _PER_SECOND),
    **{f"{p}bps": (UnitTerm("bit", _LETTER_PREFIXES[p]), _PER_SECOND) for p in "kKMGT"},
    **{f"{p}iBps": (UnitTerm("byte", _LETTER_PREFIXES[p + "i"]), _PER_SECOND) for p in "MGT"},
    **{f"{p}Bps": (UnitTerm("byte", _LETTER_PREFIXES[p]), _PER_SECOND) for p in "kKMGT"},
    **dict.fromkeys(("qps", "QPS"), (UnitTerm("query"), _PER_SECOND)),
    **dict.fromkeys(("rps", "RPS"), (UnitTerm("request"), _PER_SECOND)),
    **dict.fromkeys(("tps", "TPS"), (UnitTerm("token"), _PER_SECOND)),
    **dict.fromkeys(("rpm", "RPM"), (UnitTerm("revolution"), UnitTerm("minute", "", -1))),
    **dict.fromkeys(("iops", "IOPS", "IOPs"), (UnitTerm("io_operation"), _PER_SECOND)),
    **{f"{p}IOPS": (UnitTerm("io_operation", _LETTER_PREFIXES[p]), _PER_SECOND) for p in "kKM"},
    **dict.fromkeys(("dpi", "DPI", "ppi", "PPI"), (UnitTerm("pixel"), UnitTerm("inch", "", -1))),
    **dict.fromkeys(("MP", "Mpix"), (UnitTerm("pixel", "mega"),)),
    **dict.fromkeys(("cfm", "CFM"), (UnitTerm("foot", "", 3), UnitTerm("minute", "", -1))),
    **dict.fromkeys(("gpm", "GPM"), (UnitTerm("gallon"), UnitTerm("minute", "", -1))),
    "mcg": (UnitTerm("gram", "micro"),),
    "molar": (UnitTerm("mole"), UnitTerm("liter", "", -1)),
    "mph": (UnitTerm("mile"), _PER_HOUR),
    **{f"{of[0]}pm": (UnitTerm(of), UnitTerm("minute", "", -1)) for of in ("word", "beat")},
    **dict.fromkeys(("GbE", "GigE"), (UnitTerm("bit", "giga"), _PER_SECOND)),
    **{f"{p}t": (UnitTerm("tonne", _LETTER_PREFIXES[p]),) for p in "kMG"},
    **{f"{p}g": (UnitTerm("gram", _LETTER_PREFIXES[p]),) for p in ("m", "µ", "μ", "n") if p in _LETTER_PREFIXES},
    **dict.fromkeys(("kph", "kmh"), (UnitTerm("meter", "kilo"), _PER_HOUR)),
    "mpg": (UnitTerm("mile"), UnitTerm("gallon", "", -1)),
    **dict.fromkeys(("sqm", "qm"), (UnitTerm("meter", "", 2),)),
    "sqft": (UnitTerm("foot", "", 2),),
    **{w: (UnitTerm(n, p),) for w, n, p in (("bar", "bar_of_pressure", ""), ("hPa", "pascal", "hecto"))},
    **{f"{p}pc": (UnitTerm("parsec", _LETTER_PREFIXES[p]),) for p in "kMG"},
    **dict.fromkeys(("MMBtu", "MMBTU"), (UnitTerm("btu", "mega"),)),
    "Btok": (UnitTerm("token", "giga"),),
    **{
        letter + symbol: (UnitTerm(name, _PREFIXES_OF_SYMBOLS[letter]),)
        for symbol, (name, letters) in _PREFIXED_SYMBOLS.items()
        for letter in letters
    },
    **{p + wh: (UnitTerm("watt_hour", _OF_ENERGY.get(p, "")),) for wh in ("wh", "WH") for p in ("", *_OF_ENERGY)},
    **dict.fromkeys(("ah", "AH"), (UnitTerm("ampere_hour"),)),
    **dict.fromkeys(("GPUh", "GPUhrs"), (UnitTerm("GPU"), UnitTerm("hour"))),
    **FORCES,
}
"""Words that are a whole compound."""

_WARMING = pattern(r"(?<=[gGt])CO2(?:e|eq)?$")
"""Mass of carbon dioxide: the unit is the mass."""

_PEAK_POWER = pattern(r"(?<=[kMG]W)(?:p|el?|th)$")
"""Peak, electric and thermal power: the unit is the watt."""

_POWER_IN_DIGITS = pattern(r"([a-z]{1,2})([23])")
"""Squares and cubes of lengths and times by a plain digit: m2, km2, cm3, ft3; s2."""

_RATE_WORDS = {"pfs": "peta", "tfs": "tera", "efs": "exa", "pf": "peta", "tf": "tera", "gf": "giga", "ef": "exa"}


@lru_cache(maxsize=10_000)
def unit_of(word: str) -> Reading | None:
    """The unit that one word stands for, or None. FLOPS may be a count or a rate; PF and pfs are rates."""
    lower = word.lower()
    if lower in _RATE_WORDS and (word != lower or lower in ("pfs", "tfs", "efs", "pf")):
        compound = (UnitTerm("FLOP", _RATE_WORDS[lower]), _PER_SECOND)
        return Reading(compound) if lower.endswith("s") else Reading(compound[:1], compound, compound)
    if word in _WHOLE_WORDS:
        return Reading(_WHOLE_WORDS[word])
    word = _PEAK_POWER.sub("", _WARMING.sub("", word))
    if (squared := _POWER_IN_DIGITS.fullmatch(word)) is not None:
        return _raised(unit_of("inch" if squared[1] == "in" else squared[1]), int(squared[2]))
    name = _plain(word)
    term = UnitTerm(name) if name else _prefixed(word)
    if term is None:
        return None
    if term.name != "FLOP":
        return Reading((term,))
    rate = (term, _PER_SECOND)
    return Reading((term,), rate if lower.endswith("flops") else None, rate)


def _raised(reading: Reading | None, exponent: int) -> Reading | None:
    """The square or cube of a length or a second; None of anything else."""
    if reading is None or len(reading.count) != 1 or reading.count[0].exponent != 1:
        return None
    term = reading.count[0]
    if term.name != "second" and dimension_of(reading.count) != (("meter", 1),):
        return None
    return Reading((UnitTerm(term.name, term.prefix, exponent),))


_POWER_WORDS = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}

PHRASES: dict[str, Compound] = {
    "batch size": (UnitTerm("example"), UnitTerm("step", "", -1)),
    "sequence length": (UnitTerm("token"), UnitTerm("example", "", -1)),
    "context length": (UnitTerm("token"), UnitTerm("example", "", -1)),
    **{
        f"{ton}{of}tnt": (UnitTerm("ton_of_TNT", prefix),)
        for prefix, tons in (("", "t ton tons"), ("kilo", "kt kiloton kilotons"), ("mega", "Mt megaton megatons"))
        for ton in tons.lower().split()
        for of in (" ", " of ")
    },
}
"""Two-word names of ratios."""

FRACTIONS = {
    "utilization": "utilization", "utilisation": "utilization", "mfu": "utilization", "hfu": "utilization",
    "util": "utilization",
    "efficiency": "utilization", "percent": "", "fraction": "", "share": "", "ratio": "", "factor": "",
}  # fmt: skip
"""Nouns that make a number a plain fraction, with the role that they give it."""

REPETITIONS = frozenset(("epoch", "pass", "time", "repetition", "repeat", "trial", "run", "x", "fold"))
"""Pure repetitions: they count how often, and make no new thing."""


def phrase_at(words: Sequence[str]) -> tuple[Reading, int] | None:
    """The longest unit spelled in several words at the start of `words`, and how many it took."""
    power = _POWER_WORDS.get(words[0].lower()) if len(words) > 1 else None
    if power is not None and (raised := _raised(unit_of("inch" if words[1] == "in" else words[1]), power)) is not None:
        return raised, 2
    if words[0].lower() not in phrase_beginnings():
        return None
    for length in range(min(len(words), 3), 1, -1):
        for form in singulars(" ".join(words[:length]).lower()):
            if form in PHRASES:
                return Reading(PHRASES[form]), length
            if form in spellings().any_case:
                name = spellings().any_case[form]
                rate = (UnitTerm(name), _PER_SECOND) if name == "FLOP" else None
                return Reading((UnitTerm(name),), rate), length
    return None


@cache
def phrase_beginnings() -> frozenset[str]:
    """The first words of all units that are spelled in several."""
    return frozenset([*_POWER_WORDS, *[w.split()[0] for w in (*PHRASES, *spellings().any_case) if " " in w]])


def part_at(words: Sequence[str]) -> tuple[hardware.Part, int] | None:
    """The accelerator named at the start of `words` (TPU v3, GTX 580), longest name first, and how many it took."""
    if not words or not hardware.may_begin(words[0]):
        return None
    most, longest = 1, min(len(words), hardware.longest_alias())
    while most < longest and hardware.may_go_on(words[most]):
        most += 1
    for length in range(most, 0, -1):
        if (part := hardware.named(" ".join(words[:length]))) is not None:
            return part, length
    return None


def part_unit(part: hardware.Part, level: str) -> str:
    """The unit that counts `part` at a level as its noun says it ("" where no noun said)."""
    if level in ("", "device") or (level == "GPU" and part.base_level == "GPU"):
        level = part.base_level or "device"
    if level == "chip" and "chip" not in part.levels and part.base_level == "GPU":
        level = "GPU"  # "V100 chips" are V100 GPUs
    name = unit_name(part.name, level)
    return name if name in table() else unit_name(part.name, part.base_level or "device")
