"""Transactions under stress: threads, a full disk, a process killed between any two statements."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import sqlcipher3.dbapi2 as sqlcipher

from storeapp.database.connection import DiskFailed, DiskFull, meaning
from storeapp.database.shop import ShopDatabase, WritingTwice
from storeapp.errors import Unavailable
from tests.database.conftest import Opener
from tests.fakes.things import ALICE, COLA, COUPON, TEA, a_line, a_sale, book
from tests.waiting import PATIENCE_S

THREADS = 4
SALES_EACH = 10


def test_threads_take_turns_and_no_sale_is_lost(shop: ShopDatabase) -> None:
    def sell() -> None:
        for _ in range(SALES_EACH):
            with shop.writing() as books:
                book(books, a_sale(books.sales.next_in_day("2026-09-28")))

    threads = [threading.Thread(target=sell) for _ in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    with shop.reading() as books:
        assert books.sales.count_on("2026-09-28") == (THREADS * SALES_EACH, THREADS * SALES_EACH * 350)
        assert books.journal.head()[0] == THREADS * SALES_EACH
    assert shop.check() == ()


def test_a_reader_is_not_held_up_by_a_writer(shop: ShopDatabase) -> None:
    seen: list[int] = []

    def look() -> None:
        with shop.reading() as books:
            seen.append(books.products.count())

    with shop.writing() as books:
        books.products.put([TEA])
        reader = threading.Thread(target=look)
        reader.start()
        reader.join(PATIENCE_S)

    assert seen == [0]


def test_a_writing_block_inside_another_is_our_fault_and_said_so(shop: ShopDatabase) -> None:
    with pytest.raises(WritingTwice), shop.writing(), shop.writing():
        pass

    with shop.writing() as books:
        books.products.put([TEA])


def test_a_reading_block_inside_another_sees_the_same_moment(shop: ShopDatabase) -> None:
    with shop.reading() as outer, shop.reading() as inner:
        assert inner is outer

    with shop.reading() as books:
        assert books.products.count() == 0


@pytest.mark.parametrize(("left", "means"), [(4096, DiskFull), (1 << 30, DiskFailed)])
def test_a_disk_too_full_to_open_the_shop_is_told_as_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int, means: type[Unavailable]
) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(left if folder == tmp_path else 0))

    found = meaning(sqlcipher.OperationalError("disk I/O error"), tmp_path / "shop.db")

    assert type(found) is means


def test_a_full_disk_leaves_nothing_half_done_and_selling_goes_on_when_there_is_room(shop: ShopDatabase) -> None:
    with shop.writing() as books:
        book(books, a_sale(1))
    pages = shop._writer.execute("PRAGMA page_count").fetchone()[0]
    shop._writer.execute(f"PRAGMA max_page_count = {pages}")

    with pytest.raises(DiskFull), shop.writing() as books:
        for number in range(2, 500):
            book(books, a_sale(number))

    with shop.reading() as books:
        assert books.sales.count_on("2026-09-28") == (1, 350)
        assert books.journal.head()[0] == 1

    shop._writer.execute(f"PRAGMA max_page_count = {pages * 100}")
    with shop.writing() as books:
        book(books, a_sale(2))
    assert shop.check() == ()


@pytest.mark.skipif(
    os.name == "nt" or os.geteuid() != 0, reason="only root can mount a disk small enough to fill"
)  # fmt: skip
def test_a_disk_that_really_is_full_is_told_as_such(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(disk)], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount")
    try:
        told = _child("fill", disk)
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)

    assert told["refused"] == "disk_full"
    assert told["sold"] == told["stood"] > 0
    assert told["findings"] == []


def test_killed_between_any_two_statements_a_sale_is_whole_or_not_there(
    shop: ShopDatabase, tmp_path: Path, reopen: Opener
) -> None:
    with shop.writing() as books:
        books.products.put([TEA, COLA])
        books.members.put(ALICE)
        books.coupons.put(COUPON)
    shop.close()
    statements = 0
    committed = 0

    while True:
        statements += 1
        done = _child("die", tmp_path, statements)
        database = reopen()
        with database.reading() as books:
            last = books.sales.last()
            stands = books.journal.head()[0], books.sales.count_on("2026-09-28")[0], len(books.prints.queued(limit=99))
            assert len(set(stands)) == 1, f"half a sale after statement {statements}: {stands}"
            assert books.ledger.balance("rev.sales", "fen") == -stands[0] * 600
            assert (last is None) == (stands[0] == 0)
        assert database.check() == ()
        database.close()
        if done.get("finished"):
            break
        committed = stands[0]

    # journal, sale, lines, tenders, day, ledger, legs, lot, coupon, print job, basket, and BEGIN and COMMIT
    assert statements > 15
    assert committed == 0


def test_a_log_left_behind_by_a_crash_is_taken_in(shop: ShopDatabase, tmp_path: Path, reopen: Opener) -> None:
    shop.close()

    told = _child("crash", tmp_path)

    assert told["log_bytes"] > 0
    with reopen().reading() as books:
        assert books.sales.count_on("2026-09-28")[0] == told["sold"] == 5


def _child(deed: str, folder: Path, *more: int) -> dict[str, Any]:
    """Runs a deed of `victim.py` in a process of its own; what it said last, or nothing if it was killed."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.database.victim", deed, str(folder), *map(str, more)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode in (0, -9), ran.stderr
    lines = ran.stdout.strip().splitlines()
    told: dict[str, Any] = json.loads(lines[-1]) if lines else {}
    return told


def test_the_sale_that_is_killed_is_a_sale_with_everything(shop: ShopDatabase) -> None:
    """Else the exhaustive test above would prove less than it says."""
    sale = a_sale(lines=[a_line(1, TEA), a_line(2, COLA)], member=ALICE)

    assert (len(sale.lines), sale.points_earned, sale.total.fen) == (2, 6, 600)
