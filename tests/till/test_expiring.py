"""Points and gifts end once, after their days of grace, and every one of them is on record."""

from __future__ import annotations

import json

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account, points_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till.checkout import Order, checkout
from storeapp.till.expiring import Expired, due, expire
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, CUP, a_device

HER = ALICE.member_id
ON = {
    "points.lapse": "days",
    "points.valid_days": 30,
    "points.grace_days": 7,
    "stored_value.enabled": True,
    "stored_value.rules": "200+50",
    "stored_value.bonus_days": 20,
}

# comes back by any part
FLOUR = Product("2201", "面粉", Money(350), unit="kg", weighed=True)


@pytest.fixture
def counter(bare: Shop, clock: StillClock) -> Shop:
    return furnished(bare, clock)


def furnished(shop: Shop, clock: StillClock) -> Shop:
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
        books.products.put([FLOUR, CUP])
    set_policies(shop, ON, clock=clock)
    return shop


def buy(shop: Shop, clock: StillClock, ids: CountedIds, *, yuan: int, points: int = 0) -> Sale:
    line = Line(FLOUR, Quantity(1000), price=Money(yuan * 100), price_reason="x")
    tenders = [Tender("cash", Money(yuan * 100 - points))]
    if points:
        tenders.append(Tender("points", Money(points)))
    order = Order(Basket((line,), member_id=HER), tuple(tenders), "1007", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


def has(shop: Shop) -> int:
    with shop.reading() as books:
        return books.ledger.balance(points_account(HER), "pts")


def test_points_of_a_sale_end_after_their_days_and_the_grace(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    buy(counter, clock, ids, yuan=50)
    clock.go_on(days=20)
    buy(counter, clock, ids, yuan=8)

    clock.go_on(days=17)
    assert expire(counter, clock=clock).points == 0
    clock.go_on(days=1)
    with counter.reading() as books:
        assert due(books, clock=clock).points == 50
    ended = expire(counter, clock=clock)

    assert (ended.members, ended.points, ended.bonus_fen) == (1, 50, 0)
    assert has(counter) == 8
    assert expire(counter, clock=clock) == Expired(ended.before)
    with counter.reading() as books:
        entry = books.journal.after(0, limit=1000)[-1]
        assert entry.type == "ledger.posted"
        told = json.loads(entry.body)
        assert (told["reason"], told["member_id"], told["legs"][0]["amount"]) == ("expired", HER, -50)
        assert books.ledger.balance("breakage", "pts") == 50


def test_the_soonest_to_end_are_spent_first(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    buy(counter, clock, ids, yuan=50)
    clock.go_on(days=10)
    buy(counter, clock, ids, yuan=60)
    buy(counter, clock, ids, yuan=10, points=50)

    clock.go_on(days=28)

    assert expire(counter, clock=clock).points == 0
    assert has(counter) == 60 + 9


def test_what_a_refund_gives_back_after_the_end_is_good_for_a_week_more(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    buy(counter, clock, ids, yuan=50)
    sale = buy(counter, clock, ids, yuan=10, points=50)
    clock.go_on(days=45)
    expire(counter, clock=clock)

    refund(counter, RefundOrder(sale.receipt, "script", "坏了"), clock=clock, ids=ids)

    assert has(counter) == 50
    clock.go_on(days=14)
    assert expire(counter, clock=clock).points == 0
    clock.go_on(days=1)
    assert expire(counter, clock=clock).points == 50


def test_points_that_ended_are_not_taken_once_more_by_a_refund(
    counter: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = buy(counter, clock, ids, yuan=50)
    clock.go_on(days=20)
    buy(counter, clock, ids, yuan=8)
    clock.go_on(days=18)
    expire(counter, clock=clock)

    for part in (400, 600):
        order = RefundOrder(sale.receipt, "script", "坏了", (Asked(1, part),))
        refund(counter, order, clock=clock, ids=ids)

    assert has(counter) == 8
    with counter.reading() as books:
        assert books.ledger.balance("breakage", "pts") == 0


def test_the_gift_ends_and_what_she_paid_in_stays(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    top_up(counter, TopUpOrder(HER, Money(20_000), "cash", "1007", prints=False), clock=clock, ids=ids)
    clock.go_on(days=3650)

    assert expire(counter, clock=clock).bonus_fen == 5_000
    with counter.reading() as books:
        balances = [books.ledger.balance(name(HER), "fen") for name in (principal_account, bonus_account)]
    assert balances == [20_000, 0]


def test_what_she_paid_in_stays_even_where_its_lot_has_a_last_day(clock: StillClock, ids: CountedIds) -> None:
    shop, account = furnished(MemoryShop(a_device(), ids=ids), clock), principal_account(HER)
    legs = (Leg(account, "fen", 700), Leg("adjust.opening", "fen", -700))
    with shop.writing() as books:
        lots = (LotMove(account, "t1", 700, "2026-09-01"),)
        books.ledger.post(Txn("t1", "opening", "2026-08-01T10:00:00+08:00", legs, HER, lots=lots))

    assert expire(shop, clock=clock).members == 0
    with shop.reading() as books:
        assert books.ledger.balance(account, "fen") == 700


def test_many_members_end_in_steps(counter: Shop, clock: StillClock) -> None:
    with counter.writing() as books:
        for n in range(230):
            account = points_account(f"m{n:03d}")
            legs = (Leg(account, "pts", 3), Leg("exp.points", "pts", -3))
            lots = (LotMove(account, f"t{n}", 3, "2026-09-01"),)
            books.ledger.post(Txn(f"t{n}", "sale", "2026-08-01T10:00:00+08:00", legs, f"m{n:03d}", lots=lots))
    steps: list[int] = []

    ended = expire(counter, clock=clock, progress=steps.append)

    assert (ended.members, ended.points, steps) == (230, 690, [100, 200, 230])


def test_the_receipt_tells_what_ends_next(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    buy(counter, clock, ids, yuan=50)
    clock.go_on(days=10)
    sale = buy(counter, clock, ids, yuan=10, points=20)

    assert sale.account is not None
    assert (sale.account.ending, sale.account.ending_on) == (30, "2026-10-28")
    with counter.reading() as books:
        known = books.sales.by_receipt(sale.receipt)
        assert known == sale
        assert ("积分 2026-10-28 到期", "30") in receipt_of(books, sale).member


def test_a_shop_whose_points_never_lapse_says_nothing_of_it(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(counter, {"points.lapse": "never"}, clock=clock)
    sale = buy(counter, clock, ids, yuan=50)
    clock.go_on(days=4000)

    assert expire(counter, clock=clock).members == 0
    with counter.reading() as books:
        assert not any("到期" in label for label, _ in receipt_of(books, sale).member)
