"""Remarks between factors: brackets that are no calculation, words that lead to the next operator.

remark = "[" ... "]" | "(" ... ")" | words that lead to the next operator
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from slipstick.reading.expressions.bracketed_factors import factor_in_bracket
from slipstick.reading.lexing.equals import verb_at
from slipstick.reading.lexing.tokens import Token

_MAX_REMARK_WORDS = 8
_MOST_PLAIN = 3
_MOST_BRACKETS = 8
"""How many brackets in a row may lead to one that is raised to a power."""
_MAX_BRACKET = 60
_MAX_TERM = 4
"""A term of a sum is told in no more tokens than that, before the share that it is."""
_BRACKETS = frozenset(("open", "close"))
_OPENING = {")": "(", "]": "[", "}": "{"}
_OPENS_ANOTHER = frozenset("with and at or so then while using for to by is are lr in on but from if when".split())
"""Words after which a new statement may begin ("8 GPUs with lr = 3e-4"), so that no remark passes over them."""


def matching_brackets(tokens: Sequence[Token], among: Iterable[int]) -> dict[int, int]:
    """Index of the closing bracket for each opening one that is closed; kinds of bracket must agree.

    `among` are the places where brackets may be, in order.
    """
    stack, found = list[int](), dict[int, int]()
    for i in [n for n in among if tokens[n].kind in _BRACKETS]:
        if tokens[i].kind == "open":
            stack.append(i)
        elif stack:
            opening = _OPENING.get(tokens[i].text)
            if tokens[stack[-1]].text == opening:
                found[stack.pop()] = i
            elif any(tokens[j].text == opening for j in stack[-8:]):
                while tokens[stack[-1]].text != opening:
                    stack.pop()
                found[stack.pop()] = i
    return found


def _is_variable(word: str) -> bool:
    """Whether a word before "=" is a name to which something is assigned: "152 MB b = [2] * 20", "5 s del_x = 3"."""
    return len(word) == 1 or "_" in word


_NUMERIC = {"number", "times", "divide", "plus", "minus", "power", "superscript", "open", "close", "percent"}


_AIMS = frozenset(("for", "to", "accounting", "because", "due"))
_PASSES = frozenset("pass passes backward backprop backpropagation gradients".split())
_CONCLUDING = frozenset("so then thus hence therefore".split())
"""Words behind which an operator goes on from something else: "10 folds so x10 → 2.4e18"."""
_BREAKS = frozenset(("newline", "comma", "stop"))
_PAUSES = frozenset(("comma", "stop"))
_CLAIMING = frozenset(("is", "gives", "yields", "equals"))
"""Verbs with which a remark may tell a result of its own."""
_BEGINNINGS = frozenset(("open", "word", "minus"))
NOTHING_TOLD = frozenset(("times", "relation", "end", "newline", "stop", "plus", "close"))
"""Kinds of tokens behind a quantity with which nothing that is told of it begins."""
_SIGNS = frozenset(("@", "#", "//"))
_MAX_COMMENT = 24
_FORMATS = frozenset("fp64 fp32 fp16 fp8 fp4 tf32 bf16 bfloat16 float16 float32 int8 int4".split())
_RAISING = frozenset(("power", "superscript"))


class Remarks:
    """Finds where the remarks behind a factor end. `closing` maps each opening bracket to its closing one."""

    def __init__(self, tokens: Sequence[Token], closing: Mapping[int, int]) -> None:
        self.tokens = tokens
        self.closing = closing
        self._calculating: set[int] = set()

    def calculating_before(self, end: int) -> list[int]:
        """The opening brackets of remarks before `end` in which something is set equal, each told once, in order."""
        if not self._calculating:
            return []
        found = sorted(i for i in self._calculating if i < end)
        self._calculating.difference_update(found)
        return found

    def calculates(self, i: int) -> None:
        """Tell that something is set equal in the bracket at `i`."""
        self._calculating.add(i)

    def is_numeric(self, i: int, words: bool = False) -> bool:
        """Whether the bracket at `i` holds a calculation and nothing else; a bare year or footnote number is none.

        With `words`, whether it holds a calculation with operators at all.
        """
        end = self.closing[i]
        if end - i > _MAX_BRACKET:
            return True
        kinds = {t.kind for t in self.tokens[i + 1 : end]}
        if kinds == {"number", "percent"} and (self._is_share_of_sum(i, end) or self._is_share_of_things(i, end)):
            return False
        if words:
            return bool(kinds & {"times", "plus", "minus", "power"})
        return kinds <= _NUMERIC and (self.tokens[i].glued or len(kinds) > 1)

    def _is_share_of_sum(self, i: int, end: int) -> bool:
        """Whether the percentage in the bracket at `i` says what share of a sum a term is: "2.1e21 (64%) + 1.2e21"."""
        near = {t.lower if t.lower == "plus" else t.kind for t in self.tokens[max(i - _MAX_TERM, 0) : i]}
        following = self.tokens[end + 1]
        return "plus" in (following.kind, following.lower) or ("plus" in near and not {"times", "divide"} & near)

    def _is_share_of_things(self, i: int, end: int) -> bool:
        """Whether the percentage in the bracket at `i` says what share the things before it are: "30 servers (15%) *".

        It may be a factor all the same: a reading that tries it takes it for one.
        """
        return self.tokens[i - 1].kind == "word" and self.tokens[end + 1].kind == "times"

    def is_factor(self, i: int) -> bool:
        """Whether the bracket at `i` begins with a number and is raised to a power, stands right behind a simple
        fraction, or leads to such a one: ½ (500 kg) (2 m/s)². Behind a unit it is a remark: 64 A100 (2 nodes)².
        """
        for _ in range(_MOST_BRACKETS):
            end = self.closing.get(i)
            signed = self.tokens[i + 1].kind == "minus"
            if (
                end is None
                or self.tokens[i - 1].kind not in ("number", "close")
                or end - i > _MAX_BRACKET
                or self.tokens[i + 1 + signed].kind != "number"
            ):
                return False
            if any(t.kind in ("relation", "newline") for t in self.tokens[i + 1 : end]):
                return False
            if self.tokens[end + 1].kind in _RAISING or self._is_behind_fraction(i):
                return True
            if self.tokens[end + 1].text != "(":
                return False
            i = end + 1
        return False

    def _is_behind_fraction(self, i: int) -> bool:
        """Whether 1/2, 1/3, ½ or the like stands before the bracket at `i`, and no unit with it."""
        before = self.tokens[i - 1]
        if before.kind != "number" or i < 1:
            return False
        if before.end - before.start == 1 and "." in before.text:
            return True
        return self.tokens[i - 2].kind == "divide" and self.tokens[i - 3].text == "1" and before.text in ("2", "3", "4")

    def at(self, i: int) -> tuple[str, int]:
        """Remarks behind a factor: brackets that are no calculation, words that lead to the next operator."""
        if self.tokens[i].kind not in _BEGINNINGS:
            return self._aside(i) if self.tokens[i].text in _SIGNS else ("", i)
        said: list[str] = []
        while self.tokens[i].kind == "open":
            after = self._bracketed_remark(i)
            if after is None:
                break
            said.extend(t.text for t in self.tokens[i + 1 : after])
            i = after
        after = self._words_to_operator(i)
        if after > i:
            said.extend(t.text for t in self.tokens[i:after])
            return self._more_remarks(said, after)
        return " ".join(said), i

    def _aside(self, i: int) -> tuple[str, int]:
        """A numeric format behind "@", or a comment at the end of a line where the next one goes on."""
        if self.tokens[i].text == "@":
            word = self.tokens[i + 1].lower
            return (word, i + 2) if word in _FORMATS else ("", i)
        j = i + 1
        if self.tokens[i].text == "//" and self.tokens[j].kind != "word" and self.tokens[j + 1].kind != "word":
            return "", i  # a division
        while j - i < _MAX_COMMENT and self.tokens[j].kind not in ("newline", "relation", "end"):
            j += 1
        goes_on = self.tokens[j].kind == "newline" and self.tokens[j + 1].kind in ("times", "divide", "relation")
        return (" ".join(t.text for t in self.tokens[i + 1 : j]), j) if goes_on else ("", i)

    def _more_remarks(self, said: list[str], i: int) -> tuple[str, int]:
        rest, after = self.at(i) if self.tokens[i].kind == "open" else ("", i)
        return " ".join([*said, rest]).strip(), after

    def _bracketed_remark(self, i: int) -> int | None:
        """Index after the remark in brackets at `i`; a square one that is never closed ends at the next "="."""
        end = self.closing.get(i)
        if self.tokens[i + 1].kind == "relation" and not self._goes_on(end) and not self._explains(i, end):
            return None  # "(= 8.4e22)": the result in brackets
        if end is not None:
            if end - i > _MAX_BRACKET:
                return None
            if self.tokens[i].text == "(" and (self.is_numeric(i) or self.is_factor(i)):
                return None
            if factor_in_bracket(self.tokens, self.closing, i) is not None:
                return None
            inside = self.tokens[i + 1 : end]
            if any(t.kind == "relation" or t.lower in _CLAIMING for t in inside):
                self._calculating.add(i)
            return end + 1
        if self.tokens[i].text != "[":
            return None
        for j in range(i + 1, min(i + 40, len(self.tokens))):
            if self.tokens[j].kind == "newline":
                return None
            if self.tokens[j].kind == "relation":
                return j
        return None

    def _words_to_operator(self, i: int) -> int:
        """Past words that lead to an operator ("of pretraining *"); to a relation only few plain ones do."""
        j = i
        while j - i < _MAX_REMARK_WORDS and (self.tokens[j].kind == "word" or self.joins_words(j)):
            j += 1
        while self.tokens[j].kind == "open" and j > i and (after := self._bracketed_remark(j)) is not None:
            j = after
        if j == i:
            return i
        if (passed := self._past_passes(i)) > i:
            return passed
        if self.tokens[j].text == "/" and self.tokens[j].glued and self.tokens[j - 1].text == "w":
            return j - 1  # "w/": with
        if self.tokens[j].text == "/" and self.tokens[j].glued and self.tokens[j + 1].kind == "word":
            return i  # "the P/B is": a word with a slash
        if self.tokens[j].kind in ("times", "divide"):
            return j if self.tokens[j - 1].lower not in _CONCLUDING else i
        if self.tokens[j - 1].lower == "times" and self.tokens[j].kind in ("number", "currency"):
            return j - 1
        after = j + 1 if self.tokens[j].kind in _BREAKS else j
        leads = "relation" if self.tokens[j].kind not in _PAUSES else "times"  # "7,987 TFLOP/s effective, x 864,000 s"
        if self.tokens[after].kind != leads or j - i > _MOST_PLAIN or _is_variable(self.tokens[j - 1].lower):
            return i
        return j if _OPENS_ANOTHER.isdisjoint([token.lower for token in self.tokens[i:j]]) else i

    def _past_passes(self, i: int) -> int:
        """Past the passes that a factor is for, where a result follows: "times 3 for the backward pass = ..."."""
        j = i + 1 if self.tokens[i].lower in _AIMS else i
        while i < j < i + _MAX_REMARK_WORDS and self.tokens[j].kind == "word":
            j += 1
            if self.tokens[j - 1].lower in _PASSES and self._claims(j):
                return j
        return i

    def _claims(self, i: int) -> bool:
        at = i + 1 if self.tokens[i].kind == "comma" else i
        return self.tokens[at].kind == "relation" or verb_at(self.tokens, at) is not None

    def _explains(self, i: int, end: int | None) -> bool:
        """Whether the bracket at `i` calculates the factor before a result: "137B (= 3.3B * 41.6) = "."""
        if end is None or self.tokens[end + 1].kind != "relation":
            return False
        return any(token.kind == "times" for token in self.tokens[i:end])

    def _goes_on(self, end: int | None) -> bool:
        return end is not None and self.tokens[end + 1].kind in ("times", "divide")

    def joins_words(self, i: int) -> bool:
        """A hyphen between words (image-text pairs)."""
        hyphen = self.tokens[i].kind == "minus" and self.tokens[i].glued
        return hyphen and self.tokens[i + 1].kind == "word" and self.tokens[i + 1].glued
