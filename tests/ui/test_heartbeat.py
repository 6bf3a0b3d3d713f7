"""Nothing keeps the window's thread from its work for long."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from tests.ui.conftest import OpenCounter
from tests.ui.scene import ALICE, GOODS
from tests.waiting import PATIENCE_MS

BEAT_MS = 10
# twice what `storeapp bench heartbeat` promises of a quiet machine: here blocking is told from drawing
MOST_BUSY_MS = 100


class Heartbeat(QObject):
    """Beats every 10 ms on the thread that made it; `late` hears how long that thread was busy in one go.

    Counted is the thread's own work, not the time it stood still because the machine had other things to do.
    """

    def __init__(self, late: Callable[[float], None]) -> None:
        super().__init__()
        self._late = late
        self._last_s = time.thread_time()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._beat)
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        self._timer.stop()

    def _beat(self) -> None:
        now_s = time.thread_time()
        busy_ms, self._last_s = (now_s - self._last_s) * 1000, now_s
        if busy_ms > MOST_BUSY_MS:
            self._late(busy_ms)


def _work_for(seconds: float) -> None:
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        sum(range(1000))


def test_work_that_takes_too_long_is_noticed(qtbot: QtBot) -> None:
    gaps: list[float] = []
    heart = Heartbeat(gaps.append)
    qtbot.wait(30)

    _work_for(0.15)
    qtbot.waitUntil(lambda: bool(gaps), timeout=PATIENCE_MS)
    heart.stop()

    assert max(gaps) > MOST_BUSY_MS


def test_waiting_is_not_work(qtbot: QtBot) -> None:
    gaps: list[float] = []
    heart = Heartbeat(gaps.append)

    time.sleep(0.15)
    qtbot.wait(40)
    heart.stop()

    assert gaps == []


def test_an_hour_at_the_counter_never_stalls(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter()
    counter.warm_up()
    # what other tests left behind is not collected in this one's time
    gc.collect()
    gc.freeze()
    qtbot.wait(50)
    gaps: list[float] = []
    heart = Heartbeat(gaps.append)

    for sale in range(20):
        for place in range(10):
            counter.take_scan(GOODS[(sale + place) % len(GOODS)].code)
            counter.window.back()
            qtbot.wait(1)
        counter.sell.attach_member(ALICE.member_id)
        counter.act("cash")
        qtbot.wait(1)
        counter.pay.confirm()
        qtbot.wait(1)
    heart.stop()
    gc.unfreeze()

    assert gaps == []
