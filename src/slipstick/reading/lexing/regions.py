"""The stretches of a text where arithmetic may stand, so that prose is scanned and not taken apart.

Every calculation, expression and unread place has a sign that can be seen from outside: a sign of equality or an
operator, or a number behind a word that multiplies ("for 14 days", "times 3"). A region is the line of such a sign, or
in long lines its sentence, with the one before and the one behind.
"""

from __future__ import annotations

import re

from slipstick.frozen import Frozen
from slipstick.patterns import pattern
from slipstick.source import Span

_NUMBER_ALONE = r"(?<=\d)\d*[,.;:)]*(?!\S)()"
_TAME_NUMBER = r"""(?<=\d)[\dA-DF-WYZa-df-wyz.,;:!?%)\]"']{0,28}(?!\S)()"""
"""A number with letters and other signs behind it that hold no operator, nor a power of ten; and no longer one."""
_SIGN = pattern(rf"[\d=≈≅≃∼≡→⇒⟶⟹＝*×·⋅∙∗✕÷⁄∕^√>](?:{_NUMBER_ALONE}|{_TAME_NUMBER}|\S*)")
_ASCII_SIGN = pattern(rf"[0-9=*^>](?:{_NUMBER_ALONE}|{_TAME_NUMBER}|\S*)")
"""What may be a sign, up to the next blank; a group takes part in a number that stands alone, another in a tame one."""
_ALONE = 1
_STRONG = pattern(r"[=≈≅≃∼≡→⇒⟶⟹＝*×·⋅∙∗✕÷⁄∕^√⁰¹²³⁴⁵⁶⁷⁸⁹⁻\d-](?:(?<![\d-])|(?<=-)>|(?<=\d)(?:\d{29}|[eE][+−-]?\d{3}))")
"""Operators and signs of equality glued to a number; and numbers so long that they may be out of bounds."""
_WEAK = pattern(r"[\d)\]][xXхХ](?!\d+B\b)[\d(]|[\d)%][/+–—−-]\$?[\d(]|[\d)]\(|\d~")
"""What is as often a size, a date or a name (256x256, 12/05, 8x7B): a sign only where a verb tells a result."""
_LOOK_BACK = 24
# Each pattern begins with one character or a set of them, so that most are passed over at the first character.
_BEFORE = pattern(
    r"(?:[/÷](?<![a-z].)|\+(?<=[\s\d)].)|[xх](?<=[\s\d)\]].)|\s[−-]|–(?<=\d\s.)|[)\]]\s?\("
    r"|[tpmsd](?<!\w.)(?:(?<=t)imes|(?<=p)lus|(?<=m)inus|(?<=m)ultiply(?:ing)?|(?<=s)qrt"
    r"|(?:(?<=m)ultiplie|(?<=d)ivide)d\s+by|(?<=m)ean(?:\s+of)?\s*:?)"
    r"|[%\d]\s+of|p(?:ercen|c)t\s+of|a(?<!\w.)verage\s+of|\d[^\n~]{0,20}~)\s*[$€£¥(\[{~]{0,3}\s*\Z"
)
_JOINING = (" for", " on", " using", " over", " at", " with", " and", " of", "@", "w/", "about", "around")
_JOIN = pattern(
    r"[@afouw](?:(?<=@)|(?<=w)/|(?<!\w.)(?:(?P<span>(?<=f)or|(?<=o)n|(?<=u)sing|(?<=o)ver)"
    r"|(?<=a)t|(?<=w)ith|(?P<and>(?<=a)nd)|(?<=o)f))"
    r"\s*(?:about|around|~)?\s*(?P<price>[$€£¥])?\Z"
)
_NUMBER_BEFORE = pattern(r"\d[^\n.;]*+(?:\.(?!\s)[^\n.;]*+)*+\Z")
_FAR = 71
"""How far before a word that joins, or at most behind a sign, the other number or the verb stands."""
_JOINING_WORDS = frozenset("for on using over at with and about around".split())
"""Words that join a number to one before, and are no operators by themselves."""
_OPERATOR_WORDS = _JOINING_WORDS | set("x х w times plus minus multiply multiplying sqrt by of mean average".split())
_LARGE = pattern(r"\d[\d.]*(?:[eE]\+?[12]\d|\s?(?:[×x*·]|\\times)\s?10)")
"""A number of operations, as it may stand behind a colon and the factors that make it."""
_THAT_IS = ("i.e.", "i.e.,")
_LEADING_WORDS = frozenset("is are makes make gives takes to cost costs".split())
_FOR_ONE = pattern(r"\d\D{1,40}? for an? (?:hour|day|week|month|year)\b")
"""One time that is told in words before a result: "500 W for a year is 4400 kWh"."""
_BETWEEN = " \t\u00a0\u2009\u202f~$€£¥([{"
"""What may stand between an operator and its number."""
_NO_OPERATORS = frozenset(("", *",.;:!?\"'’”“\n%"))
_GLUED_WORD = pattern(r"[^\w ]([^\W\d_]+)\Z")
"""A last word with a sign before it, such as a bracket."""
_RESULT = pattern(
    r"\b(?:is|are|gives?|giving|makes?|equals?|yields?|comes|totals?|works|would|will|takes?|get|or"
    r"|turns|ends|implies|suggests|amounts)\b.{0,30}?\d"
)
_BREAK = pattern(r"\n|;|\.(?=\s)")
"""Where a statement ends."""
_LONGEST_RESULT = 120
_RATE = pattern(
    r"[\d.,eE^]+\s?(?:%|percent|\S{0,12}flop|\S{0,12}ops\b|(?:\S+\s){0,2}(?:utili|mfu|hfu|effic))", re.IGNORECASE
)
_YEAR = pattern(r"(?:1[89]|20)\d\d\b(?![.,]\d)")
_NUMBER = pattern(r"\d(?<![^\W_].)(?<![^\W\d_][-.].)(?<![^\W\d_]-v.)\d*(?:[.,'’_]\d+)*")
_FACTOR_LINE = pattern(r"[ \t]{0,20}[*xX][ \t]{0,20}[\d(.$]")
_CONTINUED_LINE = pattern(r"[ \t]{0,20}[*xX=]")
"""A line that may be one factor of a product, and one that may go on with what stands above it."""
_BLANK = ("", " ", "\n", "(")
_LONG_LINE = 240
_SENTENCE_END = pattern(r"[.!?]\S?\s+(?=[A-Z\"'(\[])")
_SENTENCES = 2
"""How many ends of a sentence are passed on each side of a sign in a long line: one may be an abbreviation."""


def _beside_product(times: str, leading: str, ending: str, flags: int = 0) -> re.Pattern[str]:
    name = r"[^\W\d]\w*+"
    return pattern(
        rf"[{times}{leading}(,;:\n](?:(?<=[{times}]) ?{name}\s{{0,2}}[{times}{leading}{ending}]"
        rf"|(?<=[{leading}(,;:\n]) ?{name} ?(?:[{times}]|/ ))",
        flags,
    )


_NAMES = _beside_product("*×·⋅∙✕", "=≈~", "/→#-")
_ASCII_NAMES = _beside_product("*", "=~", "/#-", re.ASCII)
"""A name beside a sign of multiplication."""
_RESULT_SIGN = pattern(r"[=≈~→](?:(?<=[A-Za-z].)|(?<=[A-Za-z]\s.)|(?<=[A-Za-z]\s\s.))")
_ASCII_RESULT_SIGN = pattern(r"[=~](?:(?<=[A-Za-z].)|(?<=[A-Za-z]\s.)|(?<=[A-Za-z]\s\s.))")
_LETTERS = pattern(r"\d ?(?![kKMBTG]\b)[A-Za-z](?: ?[A-Z]| ?[a-z]\b){0,3}\s{0,2}\Z")
"""Letters behind a number, up to the sign of their result, of which there are far fewer than of numbers."""
_LONGEST_LETTERS = 11


class Regions(Frozen):
    """Where to read, in order and apart from each other, and how many numbers stand elsewhere."""

    spans: tuple[Span, ...]
    numbers_outside: int


def regions(text: str) -> Regions:
    """The stretches of `text` that are worth reading. Linear in the length of the text."""
    spans: list[Span] = []
    outside: list[tuple[int, re.Match[str]]] = []
    behind = end = 0
    search = (_ASCII_SIGN if text.isascii() else _SIGN).search
    while (match := search(text, behind)) is not None:
        at, behind = match.span()
        if match.lastindex is None and not text[at].isdigit():
            if not _is_operator(text, at, match.group()):
                continue
        elif not ((match.lastindex is None and _holds_sign(text, at, match.group())) or _is_beside(text, at)):
            if at >= end:
                outside.append((at, match))
            continue
        line_end = _line_end(text, at)
        start, end = _around(text, at, end, line_end)
        behind = min(end, line_end)  # the line behind may have signs, and a result in the next one
        while outside and outside[-1][0] >= start:
            outside.pop()
        if spans and start <= spans[-1].end + 1:  # nothing but a line break between them
            start = spans.pop().start
        spans.append(Span(start, end))
    return Regions(tuple(spans), sum(_numbers_at(text, match) for _, match in outside))


def _holds_sign(text: str, at: int, written: str) -> bool:
    """Whether a sign of equality or an operator stands within the characters `written` of a number at `at`."""
    if _STRONG.search(written) is not None:
        return True
    return _WEAK.search(written) is not None and _leads_to_result(text, at)


def _leads_to_result(text: str, at: int) -> bool:
    """Whether a verb with a number behind it follows `at` in the same statement."""
    end = _BREAK.search(text, at, at + _LONGEST_RESULT)
    result = _RESULT.search(text, at, end.start() if end is not None else at + _LONGEST_RESULT)
    return result is not None and result.start() < at + _FAR


def _is_operator(text: str, at: int, written: str) -> bool:
    """Whether the sign at `at` may be one of equality or an operator: no bullet, no bracket of a name."""
    if text[at] == ">":
        return text[at - 1 : at] in ("-", "–", "—")
    return not (written in "*·" and _begins_line(text, at))


def _begins_line(text: str, at: int) -> bool:
    """Whether only blanks stand before `at` in its line: a list's bullet."""
    before = text[max(0, at - _LOOK_BACK) : at].rstrip(" \t")
    return before.endswith("\n") or (not before and at <= _LOOK_BACK)


def _is_beside(text: str, at: int) -> bool:
    """Whether an operator stands before the number at `at`, or a word that joins it to a number before."""
    before = text[max(0, at - _LOOK_BACK) : at].lower()
    told = before.rstrip(_BETWEEN)
    last = told[-1:]
    if last.isalpha():  # nearly every number in prose ends here
        word = told[told.rfind(" ") + 1 :]
        if word in _JOINING_WORDS and "~" not in before:
            return _is_joined(text, at, told)
        if word in _LEADING_WORDS and " for a" in (told_of := text[max(0, at - 3 * _LOOK_BACK) : at]):
            return _FOR_ONE.search(told_of) is not None
        if word not in _OPERATOR_WORDS:
            glued = _GLUED_WORD.search(word) if not word.isalpha() else None
            if glued is None or (glued[1] not in _OPERATOR_WORDS and "~" not in before):
                return False
    elif last in _NO_OPERATORS:
        if last == ":":
            return _LARGE.match(text, at) is not None and "/s" in text[max(0, at - _LONG_LINE) : at]
        return told.endswith(_THAT_IS) and _is_behind_number(text, max(0, at - 3 * _LOOK_BACK), at - 5)
    words = told.rsplit(None, 2)  # no operator takes more than two
    begin = len(words[0]) if len(words) > 2 and "~" not in before else 0
    return _BEFORE.search(before, begin) is not None or _is_joined(text, at, told)


def _is_behind_number(text: str, start: int, end: int) -> bool:
    """Whether a number stands in `text[start:end]`, not far before the end, in the same statement."""
    return end >= start and _NUMBER_BEFORE.search(text, max(start, end - _FAR), end) is not None


def _is_joined(text: str, at: int, told: str) -> bool:
    """Whether a word that multiplies stands before the number, and a number before that."""
    if not told.endswith(_JOINING) or _YEAR.match(text, at) is not None:
        return False
    before = text[max(0, at - 4 * _LOOK_BACK) : at].lower()
    joined = _JOIN.search(before, max(0, len(before) - _LOOK_BACK))
    if joined is None or not _is_behind_number(before, 0, joined.start()):
        return False
    if joined["span"] or joined["price"] or _RATE.match(text, at) is not None:
        return True
    return not joined["and"] and _leads_to_result(text, at)


def _around(text: str, at: int, least: int, line_end: int) -> tuple[int, int]:
    """The line of a sign with a line on each side, of a long line a few sentences; it begins at `least` or later."""
    start = _line_start(text, at, least)
    begins = _CONTINUED_LINE.match(text, start) is not None
    if start > least:
        start = _line_start(text, start - 1, least)
    while begins and start > least and _FACTOR_LINE.match(text, start) is not None:
        start = _line_start(text, start - 1, least)
    stop = _line_end(text, line_end + 1)
    if at - start > _LONG_LINE:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, at - _LONG_LINE, at)]
        start = ends[-_SENTENCES] if len(ends) >= _SENTENCES else start
    if stop - at > _LONG_LINE:
        ends = [m.end() for m in _SENTENCE_END.finditer(text, at, at + _LONG_LINE)]
        stop = ends[_SENTENCES - 1] if len(ends) >= _SENTENCES else stop
    return start, stop


def _line_start(text: str, at: int, least: int) -> int:
    """Where the line of the character before `at` begins, or `least` where that is later."""
    return text.rfind("\n", least, at) + 1 or least


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _numbers_at(text: str, found: re.Match[str]) -> int:
    """How many numbers stand in the characters up to a blank; a digit in a name is none (GPT-3)."""
    start, end = found.span()
    if found.lastindex == _ALONE and text[start - 1 : start] in _BLANK:
        return 1
    return len(_NUMBER.findall(text, start, end))


def may_hold_formula(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text may hold a formula in names with a result behind it."""
    names, signs = (_ASCII_NAMES, _ASCII_RESULT_SIGN) if text.isascii() else (_NAMES, _RESULT_SIGN)
    if names.search(text, start, end) is not None:
        return True
    results = [sign.start() for sign in signs.finditer(text, start, end)]
    return any(_LETTERS.search(text, max(start, at - _LONGEST_LETTERS), at) for at in results)


_LONGEST_PARAGRAPH = 2000


def paragraph_before(text: str, at: int) -> Span:
    """What of its paragraph stands before the line at `at`, in which a formula's names may be given their numbers."""
    begin = max(0, at - _LONGEST_PARAGRAPH)
    empty = max(text.rfind(line, begin, at) for line in ("\n\n", "\n\r\n"))
    return Span(begin if empty < 0 else empty + 1, at)
