"""Laws of a converter that is used again and again: what came before, and what runs beside, changes no answer."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from random import Random
from threading import Barrier
from typing import Any

from hypothesis import strategies as st

from slipstick.laws.converter import Converter, NotSupported
from slipstick.laws.law import ONCE, Case, Cases, law, values
from slipstick.laws.numbers import exact_number, said, told_apart

_MOST_AT_ONCE = 400
_ROUNDS = 5
_SWITCH_SECONDS = 1e-5

Question = tuple[Any, Any, Any]


def _answer(of: Converter, question: Question) -> Any:
    """The answer as something that can be compared: a number, or the type of what was raised."""
    try:
        made = of.asked(*question)
    except NotSupported:
        return NotSupported
    except Exception as error:
        return type(error)
    number = exact_number(made)
    return repr(made) if number is None else number


def _told(question: Question, first: Any, then: Any, when: str) -> str:
    def as_said(answer: Any) -> str:
        return f"raises {answer.__name__}" if isinstance(answer, type) else f"gives {answer} {question[2]}"

    if not isinstance(first, type | str) and not isinstance(then, type | str):
        first, then = told_apart(first, then)
    value, start, to = question
    return f"{said(value)} {start} -> {to} {as_said(first)}, and {when} {as_said(then)}"


def _questions() -> Cases:
    def drawn(of: Converter) -> st.SearchStrategy[Case] | None:
        units = st.sampled_from([unit for members in of.kinds.values() for unit in members])
        question = st.tuples(values(of), units, units)
        several = st.lists(question, min_size=2, max_size=8).map(tuple)
        return several.map(lambda questions: Case(questions, ()))

    return Cases(lambda of: (), drawn)


@law("order independence", _questions())
def order_independence(of: Converter, case: Case) -> str | None:
    """Other conversions in between, refused ones too, change no answer: not even in its last digit."""
    first, *others = case.values
    before = _answer(of, first)
    for question in others:
        _answer(of, question)
    after = _answer(of, first)
    if before == after:
        return None
    between = ", ".join(f"{said(value)} {start} -> {to}" for value, start, to in others)
    return _told(first, before, after, f"after {between}")


@contextmanager
def _switching_often() -> Iterator[None]:
    """Lets the interpreter change threads far more often than it does: a race then shows in seconds."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(_SWITCH_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


@law("thread safety", ONCE)
def thread_safety(of: Converter, case: Case) -> str | None:
    """Many threads at once get the answers that one thread gets."""
    units = [unit for members in of.kinds.values() for unit in members]
    every = [(of.number(1), a, b) for a in units for b in units]
    questions = Random(0).sample(every, min(_MOST_AT_ONCE, len(every)))
    together = Barrier(of.threads)

    def asked(number: int) -> list[tuple[int, Any]]:
        mine = Random(number).sample(range(len(questions)), len(questions)) * _ROUNDS
        together.wait()
        return [(at, _answer(of, questions[at])) for at in mine]

    with _switching_often(), ThreadPoolExecutor(of.threads) as pool:
        answers = list(pool.map(asked, range(of.threads)))
    alone = [_answer(of, question) for question in questions]
    wrong = [(at, got) for thread in answers for at, got in thread if got != alone[at]]
    if not wrong:
        return None
    at, got = min(wrong, key=lambda found: every.index(questions[found[0]]))
    return _told(questions[at], alone[at], got, f"among {of.threads} threads")


REPETITION = (order_independence, thread_safety)
"""The laws of this page, in order."""
