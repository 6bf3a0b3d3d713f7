"""The night: 100,000 members and two million past sales, until every member stands where her visits put her.

The sales are laid into the file row by row, without their bodies: the night reads no body.
"""

from __future__ import annotations

import random
import resource
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from storeapp.bench.measure import Figure, timed
from storeapp.bench.shop import Measured, measured_shop
from storeapp.database.books import OpenBooks
from storeapp.database.statements.sales import ADD_PAST, ADD_PAST_LINE
from storeapp.database.work import Sql
from storeapp.till import insight, layers, outreach

NIGHT_S, MEMORY_MB = 60.0, 1024.0
PRODUCTS, BATCH = 2_000, 20_000
# many rows at once answer no row numbers
_ADD_PAST = Sql(
    ADD_PAST.text.removesuffix(" RETURNING id"),
    ("id", "receipt", "request_id", "request_hash", "business_date", "at_us", "total_fen", "body", "member_id"),
)


def night_figures(folder: Path, *, members: int = 100_000, visits: int = 20) -> list[Figure]:
    """The night's work, what it holds in memory at its largest, and the reading of the owner's page."""
    with measured_shop(folder / "shop", products=PRODUCTS, members=members) as shop:
        trade(shop, visits)
        shop.shop.checkpoint()
        night_s = timed(lambda: layers.work_the_night(shop.shop, clock=shop.clock)) / 1000
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        list_s = timed(lambda: outreach.prepare(shop.shop, clock=shop.clock)) / 1000
        page_s = timed(lambda: insight.insight(shop.shop, clock=shop.clock)) / 1000
    note = f"{members:,} members, {members * visits:,} sales"
    return [
        Figure("night over all members", night_s, "s", NIGHT_S, note=note),
        Figure("memory of the process after it", peak_mb, "MB", MEMORY_MB),
        Figure("list of the morning", list_s, "s", NIGHT_S),
        Figure("page of insight read", page_s, "s", NIGHT_S),
    ]


def trade(shop: Measured, visits: int) -> None:
    """Each member comes every 10 to 60 days and buys one of her three things."""
    sales: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    for number, (sale, line) in enumerate(_rows(shop, visits), start=1):
        sales.append(sale)
        lines.append(line)
        if number % BATCH == 0:
            _write(shop, sales, lines)
    _write(shop, sales, lines)


def _rows(shop: Measured, visits: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    chance, today, number = random.Random(31), shop.clock.now().date(), 0
    for member_id in shop.member_ids:
        every, hers = chance.randint(10, 60), chance.sample(shop.codes, 3)
        away = chance.randint(0, every)
        for visit in range(visits):
            number += 1
            day = today - timedelta(days=away + every * visit + chance.randint(0, 3))
            fen = chance.randint(500, 20_000)
            sale = {
                "id": number,
                "receipt": f"H-{number}",
                "request_id": None,
                "request_hash": "",
                "business_date": day.isoformat(),
                "at_us": 0,
                "total_fen": fen,
                "body": b"",
                "member_id": member_id,
            }
            line = {"sale": number, "n": 1, "code": hers[visit % 3], "quantity_milli": 1000, "net_fen": fen}
            yield sale, line


def _write(shop: Measured, sales: list[dict[str, Any]], lines: list[dict[str, Any]]) -> None:
    with shop.shop.writing() as books:
        assert isinstance(books, OpenBooks)
        books._work.many(_ADD_PAST, sales)
        books._work.many(ADD_PAST_LINE, lines)
    sales.clear()
    lines.clear()
