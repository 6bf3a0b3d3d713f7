"""A till that is killed or starved by the tests; run as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import sys
from dataclasses import replace
from pathlib import Path

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.money import Money
from storeapp.domain.printing import PrintJob
from storeapp.domain.sale import CouponUse
from storeapp.errors import StoreappError
from storeapp.till.ports import Books
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COLA, COUPON, TEA, a_device, a_line, a_sale, book


def sell_everything(books: Books) -> None:
    """A sale with member, coupon, print job and a basket to forget, as a checkout writes it."""
    number = books.sales.next_in_day("2026-09-28")
    sale = a_sale(number, lines=[a_line(1, TEA), a_line(2, COLA)], member=ALICE)
    use = CouponUse(COUPON.coupon_id, COUPON.code, COUPON.offer_id, Money(0))
    sale = book(books, replace(sale, coupons=(use,)), request_id=f"b{number}")
    books.coupons.put(replace(COUPON, state="redeemed"))
    books.prints.add(PrintJob(f"j{number}", "receipt", "receipt", "queued", sale.at, receipt=sale.receipt))
    books.baskets.keep_current(None)


def die(folder: Path, statements: int) -> dict[str, object]:
    """Kills itself before its statement number `statements`; with fewer statements than that it finishes."""
    shop = ShopDatabase.open(folder, clock=StillClock(), ids=CountedIds(), keystore=FileKeystore(folder / "keys"))
    seen = 0

    def count(_: str) -> None:
        nonlocal seen
        seen += 1
        if seen == statements:
            os.kill(os.getpid(), signal.SIGKILL)

    shop._writer.set_trace_callback(count)
    with shop.writing() as books:
        sell_everything(books)
    return {"finished": True}


def crash(folder: Path) -> dict[str, object]:
    """Sells five times and is gone, before anybody emptied the log."""
    shop = ShopDatabase.open(folder, clock=StillClock(), ids=CountedIds(), keystore=FileKeystore(folder / "keys"))
    for number in range(1, 6):
        with shop.writing() as books:
            book(books, a_sale(number))
    log = (folder / "shop.db-wal").stat().st_size
    print(json.dumps({"sold": 5, "log_bytes": log}), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError("unreachable")


def fill(folder: Path) -> dict[str, object]:
    """Sells until the disk is full, then looks at what stands."""
    shop = ShopDatabase.create(
        folder, device=a_device(), clock=StillClock(), ids=CountedIds(), keystore=FileKeystore(folder / "keys")
    )
    sold, refused = 0, ""
    while not refused:
        try:
            with shop.writing() as books:
                book(books, a_sale(sold + 1, lines=[a_line(n) for n in range(1, 40)]))
            sold += 1
        except StoreappError as error:
            refused = error.word
    with shop.reading() as books:
        stood = books.sales.count_on("2026-09-28")[0]
    return {"sold": sold, "stood": stood, "refused": refused, "findings": [f.word for f in shop.check()]}


if __name__ == "__main__":
    deed, where, *numbers = sys.argv[1:]
    deeds = {"die": die, "crash": crash, "fill": fill}
    print(json.dumps(deeds[deed](Path(where), *map(int, numbers))), flush=True)  # type: ignore[operator]  # one of three
