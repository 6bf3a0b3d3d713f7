"""Work in the background: its answers come home to the window's thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial

import pytest
from pytestqt.qtbot import QtBot

from storeapp.ui.tasks import Tasks
from storeapp.ui.work import InlineWork
from tests.fakes.held_work import HeldWork
from tests.waiting import PATIENCE_MS, PATIENCE_S


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_an_answer_arrives_on_the_thread_that_asked(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[tuple[int, int]] = []

    tasks.db(threading.get_ident, ok=lambda worker: told.append((worker, threading.get_ident())))

    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    worker, listener = told[0]
    assert listener == threading.get_ident()
    assert worker != listener


def test_an_error_comes_to_who_waits_for_it(qtbot: QtBot, tasks: Tasks) -> None:
    told: list[Exception] = []

    tasks.io(lambda: 1 // 0, fail=told.append)

    qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
    assert isinstance(told[0], ZeroDivisionError)


def test_an_error_nobody_waits_for_is_not_lost(qtbot: QtBot, tasks: Tasks) -> None:
    with qtbot.captureExceptions() as raised:
        tasks.io(lambda: 1 // 0)
        qtbot.waitUntil(lambda: bool(raised), timeout=PATIENCE_MS)

    assert raised[0][0] is ZeroDivisionError


def test_writes_keep_their_order(qtbot: QtBot, tasks: Tasks) -> None:
    written: list[int] = []

    for number in range(50):
        tasks.db(partial(written.append, number))
    tasks.db(lambda: None, ok=lambda _none: written.append(-1))

    qtbot.waitUntil(lambda: written[-1:] == [-1], timeout=PATIENCE_MS)
    assert written == [*range(50), -1]


def test_closing_finishes_what_is_being_written_and_drops_late_answers(qtbot: QtBot) -> None:
    tasks, may_go = Tasks(), threading.Event()
    written: list[str] = []
    told: list[object] = []

    def write() -> None:
        may_go.wait(PATIENCE_S)
        written.append("sale")

    tasks.db(write, ok=told.append)
    threading.Timer(0.05, may_go.set).start()

    tasks.close()
    qtbot.wait(20)

    assert written == ["sale"]
    assert told == []
    tasks.db(lambda: written.append("late"))
    assert written == ["sale"]


def test_the_fakes_do_the_same_without_threads() -> None:
    told: list[object] = []

    InlineWork().db(lambda: 2, ok=told.append)
    InlineWork().db(lambda: 1 // 0, fail=lambda error: told.append(type(error)))
    held = HeldWork()
    held.db(lambda: 3, ok=told.append)

    assert told == [2, ZeroDivisionError]
    held.run_next()
    assert told[-1] == 3
    with pytest.raises(ZeroDivisionError):
        InlineWork().io(lambda: 1 // 0)
