"""Closing a shift of 2,000 sales: its Z in the books and on paper, against reading the same sales once."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

from storeapp.bench.checkout import sell_some
from storeapp.bench.measure import Figure, median, timed
from storeapp.bench.shop import measured_shop
from storeapp.database.connection import FILE, connect
from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_job import render
from storeapp.domain.money import Money
from storeapp.domain.shift import Count
from storeapp.till import printing, shifts
from storeapp.till.ports import Shop

BEFORE, SALES, LOOKS = 500, 2_000, 5
READ = "SELECT j.body FROM sale s JOIN journal j ON j.place = s.id ORDER BY s.id DESC LIMIT ?"


def shift_figures(folder: Path) -> list[Figure]:
    """X while it runs, then the close with its Z, then the bytes for the printer."""
    return figures_of(folder, before=BEFORE, sales=SALES)


def figures_of(folder: Path, *, before: int, sales: int) -> list[Figure]:
    """The same for a shift of so many `sales`, in a shop that made some `before`."""
    with measured_shop(folder / "shop", products=2_000, members=500) as shop:
        sell_some(shop, before)
        shifts.open_shift(shop.shop, by="1007", float_amount=Money(20_000), clock=shop.clock, ids=shop.ids)
        sell_some(shop, sales)
        # the receipts of the day are on paper already
        _settle_queue(shop.shop)
        floor = median([_read_once(folder / "shop", shop.key, sales) for _ in range(LOOKS)])
        so_far = median([timed(lambda: shifts.x_report(shop.shop)) for _ in range(LOOKS)])
        counted = {"cash": Count(20_000)}
        ended = timed(lambda: shifts.close_shift(shop.shop, counted, by="1007", clock=shop.clock, ids=shop.ids))
        job = printing.next_job(shop.shop)
        assert job is not None
        assert job.kind == "z"
        paper = timed(lambda: render(shop.shop, job, profile("full-80")))
    name = f"{sales:,} sales"
    return [
        Figure(f"X report of {name}", so_far, "ms", 1_000.0, floor, f"{so_far / floor:.1f} x reading them"),
        Figure(f"Z report of {name}, closed", ended, "ms", 1_000.0, floor, f"its paper {paper:.0f} ms more"),
    ]


def _settle_queue(shop: Shop) -> None:
    while (job := printing.next_job(shop)) is not None:
        printing.finish(shop, job, "done")


def _read_once(folder: Path, key: bytes, sales: int) -> float:
    with closing(connect(folder / FILE, key, is_writer=False)) as bare:
        return timed(lambda: [json.loads(body) for (body,) in bare.execute(READ, (sales,)).fetchall()])
