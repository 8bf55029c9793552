"""Writes docs/rules.md and docs/rules/ from the rules themselves: `python docs/make_rules_page.py`."""

from __future__ import annotations

from pathlib import Path

from slipstick.formats.rule_page import markdown, markdown_table
from slipstick.rule import Described
from slipstick.rule_pages import listed, rule_page
from slipstick.rules import EVERY_RULE

DOCS = Path(__file__).parent

INTRODUCTION = """\
# Rules

What slipstick looks for in a calculation that it has read. These pages are made from the rules: edit those, then run
`python docs/make_rules_page.py`. `slipstick rule C101` prints one of them, `slipstick rule --list` this table.

An **error** is a claim that is off by more than 2 %, or a sum of unlike things. A **warning** is a meaning that text
and catalogue together prove wrong, units that do not come out, or a claim that is off by up to 2 %. A **note** is what
was inferred, assumed, disputed or left unstated. A rule that would be right less than nine times in ten is off by
default. Rules whose codes begin with D look at a whole document: one text, or one row of a table; those with S look at
the comments that hide findings ([suppression.md](suppression.md)).
"""


def pages(rules: tuple[Described, ...] = EVERY_RULE) -> dict[str, str]:
    """Every page by its path below docs/: the index, and one page a rule."""
    index = f"{INTRODUCTION}\n{markdown_table([listed(rule) for rule in rules], 'rules')}"
    return {"rules.md": index} | {f"rules/{rule.code}.md": markdown(rule_page(rule)) for rule in rules}


def main() -> None:
    """Write the pages, and remove those of rules that are gone."""
    made = pages()
    (DOCS / "rules").mkdir(exist_ok=True)
    for old in (DOCS / "rules").glob("*.md"):
        if f"rules/{old.name}" not in made:
            old.unlink()
    for name, page in made.items():
        (DOCS / name).write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
