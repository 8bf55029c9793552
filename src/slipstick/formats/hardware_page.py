"""A sheet of the catalogue -> a page for the terminal, drawn with rich.

Sources are numbered where they are used and listed at the end. A figure that is taken first at its level has a star.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from slipstick.catalogue.datasheet import Dispute, Packed, Sheet
from slipstick.catalogue.device_names import Meaning
from slipstick.catalogue.hardware import Part, Peak
from slipstick.catalogue.lookup import Lookup
from slipstick.catalogue.memory import Memory
from slipstick.catalogue.published import PublishedUtilization
from slipstick.catalogue.utilization import SettingDefault, UtilizationDefault
from slipstick.formats.hardware_tables import Sources, grid, meanings_table, noted, parts_table, rate
from slipstick.formats.plain import counted, printable, shown
from slipstick.formats.price_table import price_table
from slipstick.formats.text import Look, drawn

_INDENT = 2


def sheet_page(found: Lookup, sheet: Sheet, look: Look) -> str:
    """The page of one part, as it was asked for."""
    parts: list[RenderableType] = [*_heading(found, sheet)]
    for title, section in sections(sheet):
        parts += [Text(), Text(title, style="bold"), _indented(section)]
    return drawn(parts, look)


def sections(sheet: Sheet) -> list[tuple[str, Table]]:
    """What the catalogue has of a part, table by table with its title; the sources that they number come last."""
    sources = Sources()
    every: list[tuple[str, Table | None]] = [
        ("Peaks (* is taken first at its level)", _peaks(sheet.peaks, sources)),
        ("Disputed, or easily mixed up", _lines(_confusions(sheet, sources))),
        ("Packaging", _packaging(sheet.packaging, sources)),
        ("Memory and power", _memory(sheet.memory, sources)),
        (
            f"Prices, USD an hour for one {sheet.prices[0].level}" if sheet.prices else "",
            price_table(sheet.prices, sources),
        ),
        ("Utilization", _utilization(sheet, sources)),
        (f'What "a {sheet.part.family}" meant then', meanings_table(sheet.meanings, sources)),
    ]
    return [*((title, table) for title, table in every if table is not None), ("Sources", sources.table())]


def family_page(found: Lookup, meanings: Sequence[Meaning], look: Look) -> str:
    """The page of a bare family name without a year: its generations, and what the name meant when."""
    sources = Sources()
    parts: list[RenderableType] = [_wrapped(found.remark), Text(), _indented(parts_table(found.parts))]
    uses = meanings_table(meanings, sources)
    if uses is not None:
        parts += [Text(), Text(f'What "a {found.family}" meant', style="bold"), _indented(uses)]
        parts += [Text(), Text("Sources", style="bold"), _indented(sources.table())]
    return drawn(parts, look)


def list_page(parts: Sequence[Part], look: Look) -> str:
    """All parts, a line each."""
    return drawn([parts_table(parts)], look)


def _heading(found: Lookup, sheet: Sheet) -> Iterator[RenderableType]:
    yield Text(sheet.part.name, style="bold")
    yield from (_wrapped(line) for line in names(sheet))
    yield from (_wrapped(line, "yellow") for line in remarks(found))


def names(sheet: Sheet) -> Iterator[str]:
    """What the part is, and what else it is called."""
    part = sheet.part
    meant = f"a bare name is one {part.base_level}" if part.base_level else "the bare name leaves the level open"
    yield f"{part.family} of {part.year}; levels: {', '.join(part.levels)}; {meant}"
    said = dict(sheet.level_aliases)
    others = [f"{a} (a {said[a]})" if a in said else a for a in part.aliases if a != part.name]
    if others:
        yield f"also called {', '.join(others)}"


def remarks(found: Lookup) -> Iterator[str]:
    """What is to be said of the name that was asked for."""
    if found.remark:
        yield found.remark
    if found.level:
        yield f"{found.query!r} says one {found.level}"


def _peaks(every: Iterable[Peak], sources: Sources) -> Table:
    table = grid("level", "format", "rate", "of", "source")
    for peak in every:
        density = "sparse" if peak.sparse else "dense"
        of = ", ".join(each for each in (peak.variant, peak.engine, density) if each)
        style = "bold" if peak.default else ""
        table.add_row(
            peak.level,
            peak.number_format,
            Text(rate(peak.flop_per_s, peak.number_format) + ("*" if peak.default else ""), style=style),
            noted(of, peak.note),
            sources.mark(peak.source, peak.confidence),
        )
    return table


def _confusions(sheet: Sheet, sources: Sources) -> Iterator[str]:
    for dispute in sheet.disputes:
        yield _dispute(dispute, sources)
    for same in sheet.same_numbers:
        meant = [f"{peak.number_format} {'sparse' if peak.sparse else 'dense'}" for peak in same]
        yield f"{rate(same[0].flop_per_s)} a {same[0].level} is at once {', '.join(meant[:-1])} and {meant[-1]}"


def _dispute(dispute: Dispute, sources: Sources) -> str:
    taken, other = dispute.taken, dispute.other
    what = f"{taken.level}, {taken.number_format} {'sparse' if taken.sparse else 'dense'}"
    compared = f"{shown(float(dispute.factor), 3)} times {'more' if other.flop_per_s > taken.flop_per_s else 'less'}"
    word = "another card has" if dispute.of_other_card else "another figure is"
    why = ", ".join(filter(None, (other.variant, other.note)))
    return f"{what}: {_figure(taken, sources)}; {word} {_figure(other, sources)}, {compared}" + (
        f" ({why})" * bool(why)
    )


def _figure(peak: Peak, sources: Sources) -> str:
    return f"{rate(peak.flop_per_s, peak.number_format)} {sources.mark(peak.source)}"


def _packaging(packaging: Sequence[Packed], sources: Sources) -> Table | None:
    table = grid("one", "holds", "so each is", "source")
    for each in packaging:
        share = Fraction(1, each.number)
        notes = "; ".join(edge.note for edge in each.edges if edge.note and len(each.edges) == 1)
        every = (term for edge in each.edges for term in edge.terms if len(each.edges) == 1)
        terms = ", ".join(term for term in every if term not in notes)
        through = " x ".join(str(edge.count) for edge in each.edges)
        holds = counted(each.number, each.contains) + (f" ({through})" if len(each.edges) > 1 else "")
        back = f"{shown(float(share), 4)} of a {each.container}" if each.number > 1 else ""
        marks = ", ".join(dict.fromkeys(sources.mark(edge.source, edge.confidence) for edge in each.edges))
        table.add_row(each.container, noted(holds, "; ".join(filter(None, (terms, notes)))), back, marks)
    return table if packaging else None


def _memory(memories: Sequence[Memory], sources: Sources) -> Table | None:
    table = grid("level", "memory", "bandwidth", "power", "of", "source")
    for each in memories:
        memory = f"{shown(each.bytes / 1e9, 4)} GB" if each.bytes else ""
        bandwidth = f"{shown(each.bytes_per_s / 1e9, 4)} GB/s" if each.bytes_per_s else ""
        power = f"{each.power_w:,} W" if each.power_w else ""
        mark = sources.mark(each.source, each.confidence)
        table.add_row(each.level, memory, bandwidth, power, noted(each.variant, each.note), mark)
    return table if memories else None


def _utilization(sheet: Sheet, sources: Sources) -> Table:
    table = grid("date", "run", "share", "what", "source")
    for each in sheet.utilizations:
        run = f"{each.model}, on {each.devices:,}" if each.devices else each.model
        table.add_row(
            f"{each.date:%Y-%m}",
            run,
            _share(each),
            noted(f"{each.kind}: {each.basis}", each.note),
            sources.mark(each.source, each.confidence),
        )
    default = sheet.default
    share = f"{float(default.point):.2f}"
    ends = f"default, {float(default.level):.0%} interval {float(default.low):.2f} to {float(default.high):.2f}"
    table.add_row(_era(default), "to assume", Text(share, style="bold"), ends, sources.mark(default.source))
    return table


def _era(default: UtilizationDefault | SettingDefault) -> str:
    return default.setting if isinstance(default, SettingDefault) else f"{default.first_year}-{default.last_year or ''}"


def _share(each: PublishedUtilization) -> str:
    if each.value is not None:
        return shown(float(each.value), 4)
    ends = (each.low, each.high)
    return " to ".join(shown(float(end), 4) for end in ends if end is not None)


def _lines(lines: Iterable[str]) -> Table | None:
    table = grid("", headed=False)
    for line in lines:
        table.add_row(Text(line))
    return table if table.row_count else None


def _indented(inside: RenderableType) -> Padding:
    return Padding(inside, (0, 0, 0, _INDENT))


def _wrapped(line: str, style: str = "") -> Padding:
    """A line of words, broken at the width of the page; `Text` alone would be the terminal's to break."""
    return Padding(Text(printable(line), style=style), 0)
