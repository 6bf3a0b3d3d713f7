"""A refund against the checkout of the very sale it takes back, turn about in the same run."""

from __future__ import annotations

import random
from functools import partial
from pathlib import Path

from storeapp.bench.measure import Figure, median, p99, timed
from storeapp.bench.shop import Measured, measured_shop
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Done, Order, checkout
from storeapp.till.quoting import quote
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.selling import ring_up

LINES = 60
ROUNDS, COLD = 60, 5


def refund_figures(folder: Path, *, rounds: int = ROUNDS) -> list[Figure]:
    """The refund of a whole sale of 60 lines, and of half of one: points, drawer, ledger, journal and slip."""
    with measured_shop(folder / "shop", products=2_000, members=500) as shop:
        chance = random.Random(23)
        sold: list[float] = []
        whole: list[float] = []
        half: list[float] = []
        for n in range(rounds + COLD):
            for back, times in (((), whole), (tuple(Asked(line, 1000) for line in range(1, LINES, 2)), half)):
                took, sale = _sale(shop, chance)
                order = RefundOrder(sale.receipt, "1007", "unwanted", back)
                gave = timed(partial(refund, shop.shop, order, clock=shop.clock, ids=shop.ids))
                if n >= COLD:
                    sold.append(took)
                    times.append(gave)
    middle = median(sold)
    return [
        Figure(f"refund of {LINES} lines, median", median(whole) / middle, "x", 2.0, middle, _note(whole)),
        Figure(f"refund of {LINES // 2} of them, median", median(half) / middle, "x", 2.0, middle, _note(half)),
    ]


def _note(times: list[float]) -> str:
    return f"{median(times):.2f} ms, p99 {p99(times):.2f} ms"


def _sale(shop: Measured, chance: random.Random) -> tuple[float, Sale]:
    """How long the checkout of a new basket took, and its sale."""
    with shop.shop.reading() as books:
        policy = books.policy.in_force()
        lines: tuple[Line, ...] = tuple(ring_up(books, code, policy) for code in chance.sample(shop.codes, LINES))
        basket = Basket(lines, member_id=chance.choice(shop.member_ids))
        due = quote(books, basket, at=shop.clock.now(), ids=shop.ids).priced.total
    order = Order(basket, (Tender("cash", Money(due.fen)),), cashier="1007")
    done: list[Done] = []
    took = timed(lambda: done.append(checkout(shop.shop, order, clock=shop.clock, ids=shop.ids)))
    return took, done[0].sale
