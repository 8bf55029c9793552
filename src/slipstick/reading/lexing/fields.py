"""Letters that mean something else in one field: the m of so many thousandths of a processor, the b of bases.

"40 pods × 250m CPU = 10 cores", "600M reads × 150 bp / 3.1 Gb = 29x". The letter is written out as the number it scales
by, so that a base, or a processor, is what is counted. Beside money "bp" are basis points.
"""

from __future__ import annotations

from slipstick.reading.lexing.cutting import Token

PODS = frozenset("pod pods kubernetes k8s replicas".split())
_GENOMES = frozenset("genome genomes exome reads".split())
BASES = frozenset(("bp", "genome", "genomes", "exome"))
_SPEEDS = frozenset(("kt", "kts", "kn"))
_DISTANCES = frozenset(("nm", "NM"))
_SAILING = {**dict.fromkeys(_SPEEDS, "knot"), **dict.fromkeys(_DISTANCES, "nmi")}
_PROCESSORS = frozenset("cpu cpus vcpu vcpus core cores".split())
_MONEY = frozenset("$€£")
_POINTS = frozenset(("point", "points"))
_BASES = {
    f"{letter}{base}": scale
    for letter, scale in (("k", "thousand"), ("M", "million"), ("G", "billion"), ("T", "trillion"))
    for base in ("b", "bp")
}


def with_letters_of_fields(tokens: list[Token]) -> list[Token]:
    """The tokens, with letters of a field that the text is of written out."""
    said = {token.lower for token in tokens}
    processors = not PODS.isdisjoint(said) and not _PROCESSORS.isdisjoint(said)
    bases = not BASES.isdisjoint(said)
    money = not _MONEY.isdisjoint(said) and _GENOMES.isdisjoint(said)
    words = {token.text for token in tokens} if not _SPEEDS.isdisjoint(said) else frozenset[str]()
    sails = not words.isdisjoint(_SPEEDS) and not words.isdisjoint(_DISTANCES)
    found = tokens[:1]
    for i, token in enumerate(tokens[1:], 1):
        if found[-1].lower == "basis" and token.lower in _POINTS and tokens[i - 2].kind == "number":
            found[-1] = found[-1].saying("basispoints", end=token.end)
        elif token.kind != "word" or tokens[i - 1].kind != "number":
            found.append(token)
        elif bases and token.text in _BASES:
            found.append(token.saying(_BASES[token.text]))
        elif sails and token.text in _SAILING:
            found.append(token.saying(_SAILING[token.text]))
        elif money and token.text == "bp" and tokens[i - 1].text.isdigit():
            found.append(token.saying("basispoints"))
        elif processors and token.text == "m" and token.glued and _counts_processors(tokens[i + 1]):
            found += [token.saying("thousandths"), token.saying("core")]
        else:
            found.append(token)
    return _with_cores(found) if len(found) > len(tokens) else found


def _with_cores(tokens: list[Token]) -> list[Token]:
    """The tokens, with the processors that thousandths are counted of called cores, and told once: "250m CPU"."""
    found: list[Token] = []
    for token in tokens:
        if token.lower not in _PROCESSORS:
            found.append(token)
        elif not found or found[-1].text != "core":
            found.append(token.saying("core"))
    return found


def _counts_processors(after: Token) -> bool:
    """Whether no other thing is counted behind the m, and no hours: "500m requests", "2m core-hours"."""
    return after.kind != "word" or after.lower in _PROCESSORS
