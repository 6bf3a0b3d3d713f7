"""Nothing keeps the window's thread from its work: it writes no books and waits for nobody.

How long its work takes is a figure of `storeapp bench heartbeat`; a figure depends on the machine, these rules do not.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from storeapp.bench.shop import Measured, measured_shop
from storeapp.bench.window import Trade, opened_counter
from storeapp.database.shop import ShopDatabase

WAITS = (
    (ShopDatabase, "writing"),
    (os, "fsync"),
    (socket.socket, "connect"),
    (subprocess.Popen, "__init__"),
    (threading.Condition, "wait"),
    (time, "sleep"),
)


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What this thread, the window's, waits for from now on: `writing`, `fsync`, `connect`, ..."""
    window_thread, seen = threading.get_ident(), list[str]()

    def watched(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def called(*args: object, **kwargs: object) -> object:
            # a thread that is started is waited for until it runs, and a look that takes no time is no wait
            is_harmless = sys._getframe(2).f_code is threading.Thread.start.__code__ or args[1:] == (0,)
            if threading.get_ident() == window_thread and not is_harmless:
                seen.append(name)
            return real(*args, **kwargs)

        return called

    for owner, name in WAITS:
        monkeypatch.setattr(owner, name, watched(name, getattr(owner, name)))
    return seen


def test_an_hour_at_the_counter_waits_for_nobody(waits: list[str], tmp_path: Path) -> None:
    baskets = 6
    with measured_shop(tmp_path / "shop", products=30, members=5) as shop, opened_counter(shop) as (app, session):
        trade = Trade(session, shop, baskets)
        waits.clear()
        session.counter.sell.attach_member(shop.member_ids[0])
        while not trade.is_over:
            app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        waited = list(waits)

        assert waited == []
        with shop.shop.reading() as books:
            assert len(list(books.sales.every())) == baskets


def write(shop: Measured) -> None:
    with shop.shop.writing():
        pass


def connect(_shop: Measured) -> None:
    with socket.create_server(("127.0.0.1", 0)) as there, socket.create_connection(there.getsockname()):
        pass


def run_a_program(_shop: Measured) -> None:
    subprocess.run([sys.executable, "-c", ""], check=True)


def await_another_thread(_shop: Measured) -> None:
    threading.Event().wait(0.001)


def sleep(_shop: Measured) -> None:
    time.sleep(0.001)


@pytest.mark.parametrize(
    ("does", "seen"),
    [
        (write, "writing"),
        (connect, "connect"),
        (run_a_program, "__init__"),
        (await_another_thread, "wait"),
        (sleep, "sleep"),
    ],
)
def test_a_step_that_waits_is_seen(
    waits: list[str], tmp_path: Path, qapp: QApplication, does: Callable[[Measured], None], seen: str
) -> None:
    """The mutants: each thing the window's thread must not do, done on it."""
    with measured_shop(tmp_path / "shop", products=3, members=1) as shop:
        waits.clear()

        does(shop)

    assert seen in waits
