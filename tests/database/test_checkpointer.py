"""The log is emptied behind the counter's back, never by who is paying."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from storeapp.database import checkpointer
from storeapp.database.connection import FILE
from storeapp.database.shop import ShopDatabase
from tests.fakes.things import a_line, a_sale, book
from tests.waiting import PATIENCE_MS, PATIENCE_S, until


def is_whole(shop: ShopDatabase) -> bool:
    """Whether a fresh look at the file alone would see everything."""
    busy, log, moved = shop._writer.execute("PRAGMA wal_checkpoint(NOOP)").fetchone()
    return not busy and log == moved


def test_what_was_sold_reaches_the_file_by_itself(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        book(books, a_sale())

    until(lambda: is_whole(shop))


def test_a_log_that_grew_long_is_cut(
    shop: ShopDatabase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    log = tmp_path / f"{FILE}-wal"
    # who reads keeps the log from beginning anew
    with shop.reading() as reader:
        assert reader.sales.last() is None
        for number in range(1, 40):
            with shop.writing() as books:
                book(books, a_sale(number, lines=[a_line(n) for n in range(1, 20)]))
    assert log.stat().st_size > 100_000

    monkeypatch.setattr(checkpointer, "LONG_LOG_BYTES", 100_000)
    with shop.writing() as books:
        book(books, a_sale(40))

    until(lambda: not log.stat().st_size)


def test_a_reader_that_takes_its_time_does_not_hold_up_a_sale(
    shop: ShopDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checkpointer, "LONG_LOG_BYTES", 0)
    monkeypatch.setattr(checkpointer, "PAUSE_S", 0.01)
    with shop.reading() as slow:
        assert slow.sales.last() is None
        # who was held up would wait for so long
        shop._writer.execute(f"PRAGMA busy_timeout = {PATIENCE_MS}")
        begun = time.monotonic()
        for number in range(1, 20):
            with shop.writing() as books:
                book(books, a_sale(number))
            time.sleep(0.01)
        took = time.monotonic() - begun
        assert slow.sales.last() is None

    assert took < PATIENCE_S / 2


def test_closing_leaves_one_file_and_no_log(shop: ShopDatabase, tmp_path: Path) -> None:
    with shop.writing() as books:
        book(books, a_sale())

    shop.close()
    shop.close()

    assert {path.name for path in tmp_path.glob(f"{FILE}*")} == {FILE}


class LateAnswer(threading.Event):
    """Says it is not set, and is the next moment: a stop asked for between two lines of the thread."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then

    def wait(self, timeout: float | None = None) -> bool:
        self.set()
        self._then()
        return False


def test_a_stop_between_two_lines_is_heard(shop: ShopDatabase, tmp_path: Path) -> None:
    made = checkpointer.Checkpointer(tmp_path / FILE, shop._connect_reader, threading.Lock())
    made._stopping = LateAnswer(made.note_commit)

    made.note_commit()
    made._thread.join(PATIENCE_S)

    assert not made._thread.is_alive()
