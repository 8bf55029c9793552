"""An estimate -> Markdown, to be pasted into a thread: formula, result, remarks, the budget as a table."""

from __future__ import annotations

from collections.abc import Sequence

from slipstick.formats.markdown_text import code, escaped


def markdown(
    formula: str, result: str, remarks: Sequence[str], rows: Sequence[Sequence[str]], answers: Sequence[str]
) -> str:
    """The whole, from texts; `rows` are those of the budget, the head first; an answer has its formula below."""
    blocks = [f"{code(formula)}\n= **{escaped(result)}**"]
    if remarks:
        blocks.append("\n".join(f"- {escaped(remark)}" for remark in remarks))
    if rows:
        head, *others = map(_row, rows)
        blocks.append("\n".join([head, "|---" * len(rows[0]) + "|", *others]))
    for answer in answers:
        point, *formulas = answer.splitlines()
        blocks.append("\n".join([f"**{escaped(point)}**", *(code(each.strip()) for each in formulas)]))
    return "\n\n".join(blocks)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(escaped(cell) for cell in cells)} |"
