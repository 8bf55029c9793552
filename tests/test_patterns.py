"""Patterns that are compiled at their first use are those of the standard library in all else."""

from __future__ import annotations

import re

import pytest

from slipstick.patterns import pattern


@pytest.mark.parametrize("text", ["12 GPUs", "no number", "", "7 and 8"])
def test_it_finds_what_the_compiled_one_finds(text: str) -> None:
    source = r"(\d+)\s*(\w*)"
    late, early = pattern(source, re.IGNORECASE), re.compile(source, re.IGNORECASE)
    assert [m.span() for m in late.finditer(text)] == [m.span() for m in early.finditer(text)]
    assert (late.findall(text), late.split(text), late.sub("x", text)) == (
        early.findall(text),
        early.split(text),
        early.sub("x", text),
    )
    assert [found and found.groups() for found in (late.search(text), late.match(text), late.fullmatch(text))] == [
        found and found.groups() for found in (early.search(text), early.match(text), early.fullmatch(text))
    ]
    assert late.pattern == source


def test_a_wrong_one_is_told_when_it_is_used() -> None:
    late = pattern("(")
    with pytest.raises(re.error, match="missing"):
        late.search("text")


def test_nothing_is_compiled_before(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    original = re.compile
    monkeypatch.setattr(re, "compile", lambda source, flags=0: (compiled.append(source), original(source, flags))[1])
    late = pattern("a+")
    assert compiled == []
    assert late.search("caat") is not None
    assert late.search("caat", 2) is not None
    assert compiled == ["a+"]
