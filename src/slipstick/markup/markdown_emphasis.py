"""Which runs of `*`, `_` and `~~` are marks, and which are operators or parts of names. Struck-out text is dropped."""

from __future__ import annotations

from slipstick.markup.view import Edit

_LONGEST_WORDS = 80
_BLANKS = " \t\u00a0"
_BEFORE_OPERATOR = frozenset(")]%")  # behind these, as behind a digit, a star multiplies
_CLOSING_SIGNS = frozenset(")],.;:!?")  # no emphasis begins with one
_BEHIND_OPERATOR = frozenset("([$€£¥~√")


class Emphasis:
    """Pairs runs within a paragraph. The stacks hold start and end of what is left of the runs that may open."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.edits: list[Edit] = []
        self.is_open = False  # whether there may be something to clear
        self._open: dict[str, list[tuple[int, int]]] = {"*": [], "_": [], "~": []}

    def clear(self) -> None:
        """What is still open is no emphasis."""
        self.is_open = False
        for runs in self._open.values():
            runs.clear()

    def forget(self, start: int) -> None:
        """Take back what was found from `start` on."""
        while self.edits and self.edits[-1].end > start:
            self.edits.pop()
        for runs in self._open.values():
            while runs and runs[-1][0] >= start:
                runs.pop()

    def run(self, start: int, end: int) -> None:
        """Take in a run of one sign; it may close what is open, and what is left of it may open."""
        sign = self.text[start]
        if sign == "~" and end - start != 2:
            return
        before = self.text[start - 1] if start else " "
        behind = self.text[end] if end < len(self.text) else " "
        is_open = self.is_open and self._open[sign]
        if is_open and not before.isspace() and self._may_close(sign, start, end, behind):
            start = self._close(sign, start, end)
        if start < end and not behind.isspace() and self._may_open(sign, start, end, before, behind):
            self._open[sign].append((start, end))
            self.is_open = True

    def _close(self, sign: str, start: int, end: int) -> int:
        """Pair as much of the run as there is open; returns where the rest begins."""
        runs = self._open[sign]
        while runs and start < end:
            first, last = runs.pop()
            size = 2 if min(last - first, end - start) >= 2 else 1
            if sign == "~":
                self.forget(first)
                self.edits.append(Edit(first, start + size))
            else:
                self.edits += [Edit(last - size, last), Edit(start, start + size)]
            start += size
            if last - size > first:
                runs.append((first, last - size))
            for others in self._open.values():
                while others and others[-1][0] > first:
                    others.pop()
        return start

    def _may_open(self, sign: str, start: int, end: int, before: str, behind: str) -> bool:
        if sign == "~":
            return True
        if before.isalnum() or behind in _CLOSING_SIGNS:
            return False
        if sign == "_":
            return True
        last = self._glyph_before(start)
        multiplies = last.isdigit() or last in _BEFORE_OPERATOR
        if end - start == 1:
            return not multiplies
        touches = before in _BEFORE_OPERATOR
        return not touches and not (multiplies and (behind.isdigit() or behind in _BEHIND_OPERATOR))

    def _may_close(self, sign: str, start: int, end: int, behind: str) -> bool:
        if sign == "~":
            return True
        if behind.isalnum():
            return False
        if sign == "_":
            return True
        content = self.text[self._open[sign][-1][1] : start]
        if content[:1].isalpha() and len(content) <= _LONGEST_WORDS and not any(c.isdigit() for c in content):
            return True  # words: "*Power:* 300 MW", where a factor would have a number
        following = self._glyph_behind(end) if end - start == 1 else behind
        decimals = behind == "." and self.text[end + 1 : end + 2].isdigit()  # "312e12*.3"
        return not (decimals or following.isdigit() or following in _BEHIND_OPERATOR)

    def _glyph_before(self, at: int) -> str:
        """The last character before `at` that is no blank; a blank if there is none on the line."""
        while at and self.text[at - 1] in _BLANKS:
            at -= 1
        return self.text[at - 1] if at else " "

    def _glyph_behind(self, at: int) -> str:
        while at < len(self.text) and self.text[at] in _BLANKS:
            at += 1
        return self.text[at] if at < len(self.text) else " "
