"""The house rules that no linter holds: sizes, docstrings, and no words that only an author could follow."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FUNCTION_LINES = 40
FILE_LINES = 300

# What may be larger than the rule, with the reason: "path" for a file, "path::Class.function" for a function.
# An entry that is no longer needed fails.
LARGER: dict[str, str] = {}

# Words that mean nothing to a reader of this repository: places on one machine, and how a text came about.
FOREIGN = re.compile(r"(?<![\w.:/])/(?:home|root|users|work|tmp)/|\bshared/|\bprompt(?:s|ed)?\b", re.IGNORECASE)
# "path": the reason why it may use one of them.
FOREIGN_ALLOWED = {
    ".ci/run": "says where the labelled notes are looked for",
    "tests/test_house.py": "holds the list",
}
WEB_ADDRESS = re.compile(r"https?://\S+")
TEXT_SUFFIXES = {"", ".cfg", ".csv", ".json", ".md", ".py", ".toml", ".txt"}
LEFT_BY_TOOLS = {".git", ".coverage"}
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TESTS = [*sorted((ROOT / "tests").rglob("*.py")), ROOT / "conftest.py"]
PAGES = [*sorted((ROOT / "specs").rglob("*.md")), *sorted((ROOT / "docs").rglob("*.md"))]
FENCE = re.compile(r"^[ \t]*```(.*)$", re.MULTILINE)
FENCE_LANGUAGES = {"python", "console", "text", "sh", "json", "toml", "csv", "markdown"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def texts() -> Iterator[Path]:
    """The text files that belong to the repository (not what tools leave beside them)."""
    folders = [ROOT / name for name in (".ci", "docs", "specs", "src", "tests")]
    for path in [*ROOT.iterdir(), *(inside for folder in folders for inside in folder.rglob("*"))]:
        if path.is_file() and path.suffix in TEXT_SUFFIXES and path.name not in LEFT_BY_TOOLS:
            yield path


def code_lines(text: str) -> set[int]:
    """The numbers of the lines that hold code, not only a comment or nothing."""
    ignored = {tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return {line for t in tokens if t.type not in ignored for line in range(t.start[0], t.end[0] + 1)}


def docstring_lines(node: Function) -> set[int]:
    """The numbers of the lines of a function's docstring."""
    first = node.body[0]
    if ast.get_docstring(node) is None or first.end_lineno is None:
        return set()
    return set(range(first.lineno, first.end_lineno + 1))


def definitions(node: ast.AST, prefix: str = "") -> Iterator[tuple[str, Function | ast.ClassDef]]:
    """Every class and function below `node`, outermost first, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, Function | ast.ClassDef):
            yield prefix + child.name, child
            yield from definitions(child, f"{prefix}{child.name}.")
        else:
            yield from definitions(child, prefix)


def function_sizes(text: str) -> dict[str, int]:
    """Lines of code of each function: from `def` to its end, without docstring, comments and blank lines."""
    code = code_lines(text)
    sizes = {}
    for name, node in definitions(ast.parse(text)):
        if isinstance(node, Function) and node.end_lineno is not None:
            sizes[name] = len((code & set(range(node.lineno, node.end_lineno + 1))) - docstring_lines(node))
    return sizes


def undocumented(text: str) -> list[str]:
    """The public module (""), classes, functions and methods that have no docstring."""
    tree = ast.parse(text)
    missing = [] if ast.get_docstring(tree) else [""]
    functions = {name for name, node in definitions(tree) if isinstance(node, Function)}
    for name, node in definitions(tree):
        parts = name.split(".")
        inside_function = any(".".join(parts[:n]) in functions for n in range(1, len(parts)))
        public = not any(part.startswith("_") for part in parts)
        if public and not inside_function and ast.get_docstring(node) is None:
            missing.append(name)
    return missing


def foreign_words(text: str) -> list[str]:
    """The words of `text`, web addresses aside, that mean nothing to a reader of this repository."""
    return FOREIGN.findall(WEB_ADDRESS.sub("", text))


def fence_languages(page: str) -> list[str]:
    """What follows each opening fence of a Markdown page, in order."""
    return FENCE.findall(page)[::2]


def test_sizes() -> None:
    """No function is longer than 40 lines of code and no source file longer than 300, exceptions by name aside."""
    larger = {name_of(p): n for p in SOURCES if (n := len(p.read_text("utf-8").splitlines())) > FILE_LINES}
    for path in [*SOURCES, *TESTS]:
        sizes = function_sizes(path.read_text("utf-8"))
        larger |= {f"{name_of(path)}::{name}": size for name, size in sizes.items() if size > FUNCTION_LINES}
    assert {name: size for name, size in larger.items() if name not in LARGER} == {}
    assert {name for name in LARGER if name not in larger} == set(), "exceptions that are no longer needed"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_documented(path: Path) -> None:
    """Every public module, class, function and method says what it is."""
    assert undocumented(path.read_text("utf-8")) == []


def test_no_foreign_words() -> None:
    """The repository speaks of its subject only, and of no place on somebody's machine."""
    found = {
        name_of(path): words
        for path in texts()
        if name_of(path) not in FOREIGN_ALLOWED and (words := foreign_words(path.read_text("utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_fences_have_a_known_language(path: Path) -> None:
    """A misspelt language would leave an example unrun without a word."""
    assert set(fence_languages(path.read_text("utf-8"))) <= FENCE_LANGUAGES


@pytest.mark.parametrize("path", [ROOT / "README.md", *PAGES], ids=name_of)
def test_every_fence_is_closed(path: Path) -> None:
    """An open one would swallow the headings behind it."""
    fences = re.findall(r"^(?:```+)(.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    assert [bool(language) for language in fences] == [True, False] * (len(fences) // 2)


def test_fence_languages_keep_what_a_reader_would_overlook() -> None:
    assert fence_languages("```python\n>>> 1\n```\n\n  ```pyton \n  ```\n\n```\n```\n") == ["python", "pyton ", ""]


def test_function_size_leaves_out_docstring_comments_and_blanks() -> None:
    text = 'def f(\n    a,\n):\n    """Two\n    lines."""\n\n    # why\n    return """x\ny"""\n'
    assert function_sizes(text) == {"f": 5}


def test_function_size_counts_what_is_nested() -> None:
    text = "class C:\n    def f(self):\n        def g():\n            return 1\n        return g\n"
    assert function_sizes(text) == {"C.f": 4, "C.f.g": 2}


def test_undocumented_looks_at_public_names_only() -> None:
    text = "class C:\n    '''C.'''\n    def f(self):\n        def g(): pass\n    def _h(self): pass\ndef _k(): pass\n"
    assert undocumented(text) == ["", "C.f"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("cd /home/me/project", 1),
        ("answers promptly, at https://example.org/home/x/shared/y", 0),
        ("the shell's Prompt", 1),
        ("docs/home/page.md and and/work/or", 0),
    ],
)
def test_foreign_words(text: str, found: int) -> None:
    assert len(foreign_words(text)) == found
