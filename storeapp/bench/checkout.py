"""Checkout against bare sqlcipher3 writing the very same rows into a copy of the same file."""

from __future__ import annotations

import contextlib
import json
import random
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.shop import Measured, Write, measured_shop
from storeapp.database.checkpointer import Checkpointer
from storeapp.database.connection import connect
from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.quoting import quote
from storeapp.till.selling import ring_up

LINES = 10
BLOCKS, BLOCK = 8, 60


def checkout_figures(folder: Path) -> list[Figure]:
    """The commit of a sale: 10 lines, member, journal, print job."""
    with measured_shop(folder / "shop", products=2_000, members=500) as shop:
        copy = shop.shop.backup(folder / "floor.db")
        chance = random.Random(11)
        ours: list[float] = []
        floor: list[float] = []
        shop.shop.recorder.is_on = True
        with _floor(copy, shop.key) as bare:
            # turn about, so that both meet the same moods of the disk
            for block in range(BLOCKS + 1):
                orders = [_order(shop, chance) for _ in range(BLOCK)]
                shop.shop.recorder.transactions.clear()
                times = [timed(partial(_sell, shop, order)) for order in orders]
                written = list(shop.shop.recorder.transactions)
                bare_times = [timed(partial(_write, bare, writes)) for writes in written]
                if block:
                    ours += times
                    floor += bare_times
    middle = median(floor)
    return [
        Figure("checkout commit, median", median(ours) / middle, "x", 1.8, middle, f"{median(ours):.2f} ms"),
        Figure("checkout commit, p99", p99(ours) / middle, "x", 4.0, middle, f"{p99(ours):.2f} ms"),
    ]


def sell_figures(folder: Path) -> list[Figure]:
    """`storeapp sell` from file to file, per basket, against the same rows written bare."""
    with measured_shop(folder / "shop", products=2_000, members=500) as shop:
        copy = shop.shop.backup(folder / "floor.db")
        requests = folder / "baskets.jsonl"
        chance = random.Random(13)
        requests.write_text("".join(_request(shop, chance, n) for n in range(BLOCKS * BLOCK)), encoding="utf-8")
        shop.shop.recorder.is_on = True
        sell_some(shop, BLOCKS * BLOCK)
        with _floor(copy, shop.key) as bare:
            # a look at the books writes nothing and is no part of the floor
            writings = [writes for writes in shop.shop.recorder.transactions if writes]
            floor = sum(timed(partial(_write, bare, writes)) for writes in writings) / len(writings)
    nothing = folder / "nothing.jsonl"
    nothing.touch()
    starting = timed(lambda: _run_sell(nothing, folder / "shop"))
    ours = (timed(lambda: _run_sell(requests, folder / "shop")) - starting) / (BLOCKS * BLOCK)
    return [Figure("storeapp sell, a basket", ours / floor, "x", 3.0, floor, f"{1000 / ours:.0f} baskets/s")]


def sell_some(shop: Measured, count: int) -> None:
    """That many ordinary sales."""
    chance = random.Random(17)
    for _ in range(count):
        _sell(shop, _order(shop, chance))


def _order(shop: Measured, chance: random.Random) -> Order:
    with shop.shop.reading() as books:
        policy = books.policy.in_force()
        lines = tuple(ring_up(books, code, policy) for code in chance.sample(shop.codes, LINES))
        basket = Basket(lines, member_id=chance.choice(shop.member_ids))
        due = quote(books, basket, at=shop.clock.now(), ids=shop.ids).priced.total
    return Order(basket, (Tender("cash", Money(due.fen)),), cashier="1007")


def _sell(shop: Measured, order: Order) -> None:
    checkout(shop.shop, order, clock=shop.clock, ids=shop.ids)


def _request(shop: Measured, chance: random.Random, number: int) -> str:
    lines = [{"code": code, "price_fen": 500} for code in chance.sample(shop.codes, LINES)]
    tenders = [{"kind": "cash", "fen": 500 * LINES}]
    phone = chance.choice(shop.phones)[2:]
    return json.dumps({"id": f"b{number}", "member": phone, "lines": lines, "tenders": tenders}) + "\n"


def _run_sell(requests: Path, folder: Path) -> None:
    command = [sys.executable, "-m", "storeapp.cli", "sell", str(requests), "--shop", str(folder)]
    with (folder / "results.jsonl").open("wb") as results:
        subprocess.run(command, stdout=results, check=True)


@contextlib.contextmanager
def _floor(path: Path, key: bytes) -> Iterator[Any]:
    bare = connect(path, key, is_writer=True)
    checkpointer = Checkpointer(path, lambda: connect(path, key, is_writer=True), threading.Lock())
    try:
        yield bare
        checkpointer.note_commit()
    finally:
        checkpointer.stop()
        bare.close()


def _write(bare: Any, writes: list[Write]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    for text, rows in writes:
        if len(rows) == 1:
            bare.execute(text, rows[0]).fetchall()
        else:
            bare.executemany(text, rows)
    bare.execute("COMMIT")
