"""Points that wait: good for nothing until goods can hardly come back, then hers, once, whatever happened meanwhile."""

from __future__ import annotations

import json

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, Txn, debt_account, pending_account, points_account
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import ripening
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import card, erase
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.ripening import Ripened, ripen
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA

HER = ALICE.member_id
ON = {"points.pending_days": 7, "points.fen_each": 1, "points.lapse": "days", "points.valid_days": 30}


@pytest.fixture
def both(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA])
        for member in (ALICE, BOB):
            books.members.put(member)
    set_policies(bare, ON, clock=clock)
    return bare


def buys(shop: Shop, *, clock: StillClock, ids: CountedIds, who: str = HER, count: int = 10, points: int = 0) -> Sale:
    paid = (*((Tender("points", Money(points)),) if points else ()), Tender("cash", Money(300 * count - points)))
    line = Line(TEA, Quantity(count * 1000), price=Money(300), price_reason="x")
    order = Order(Basket((line,), member_id=who), paid, "script", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


def brings(shop: Shop, sale: Sale, count: int, *, clock: StillClock, ids: CountedIds) -> None:
    order = RefundOrder(sale.receipt, "script", "x", (Asked(1, count * 1000),), prints=False)
    refund(shop, order, clock=clock, ids=ids)


def has(shop: Shop, who: str = HER) -> tuple[int, int, int]:
    """Points, points that wait, points she owes."""
    with shop.reading() as books:
        accounts = (points_account(who), pending_account(who), debt_account(who))
        points, waiting, owed = (books.ledger.balance(name, "pts") for name in accounts)
        return points, waiting, -owed


def test_what_a_sale_earns_waits_and_pays_for_nothing(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = buys(both, clock=clock, ids=ids)

    assert (sale.points_earned, has(both)) == (30, (0, 30, 0))
    with both.reading() as books:
        assert card(books, HER, on=clock.now().date()).waiting == 30
    with pytest.raises(NotEnoughPoints):
        buys(both, points=1, clock=clock, ids=ids)


def test_it_is_hers_on_its_day_once_and_lapses_from_then_on(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    buys(both, clock=clock, ids=ids)
    clock.go_on(days=6)
    assert ripen(both, clock=clock) == Ripened()
    clock.go_on(days=1)

    assert ripen(both, clock=clock) == Ripened(1, 30)
    assert ripen(both, clock=clock) == Ripened()

    assert has(both) == (30, 0, 0)
    today = clock.now().date()
    with both.reading() as books:
        [lot] = books.ledger.lots(HER)
        told = [json.loads(e.body) for e in books.journal.after(0, limit=100) if e.type == "ledger.posted"]
    assert lot.expires_on == today.fromordinal(today.toordinal() + 30).isoformat()
    assert [one["kind"] for one in told] == ["matured"]


def test_a_clock_set_back_and_forth_gives_nothing_twice(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    buys(both, clock=clock, ids=ids)
    clock.go_on(days=400)
    assert ripen(both, clock=clock).points == 30
    clock.go_on(days=-400)
    buys(both, clock=clock, ids=ids)

    assert ripen(both, clock=clock) == Ripened()
    assert has(both) == (30, 30, 0)
    clock.go_on(days=7)
    assert ripen(both, clock=clock) == Ripened(1, 30)
    assert has(both) == (60, 0, 0)


def test_goods_that_come_back_before_take_of_what_waits(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = buys(both, clock=clock, ids=ids)
    brings(both, sale, 4, clock=clock, ids=ids)
    assert has(both) == (0, 18, 0)
    clock.go_on(days=7)

    assert ripen(both, clock=clock) == Ripened(1, 18)
    brings(both, sale, 6, clock=clock, ids=ids)

    assert has(both) == (0, 0, 0)
    assert ripen(both, clock=clock) == Ripened()


def test_goods_that_come_back_afterwards_take_of_hers_or_become_a_debt(
    both: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = buys(both, clock=clock, ids=ids)
    clock.go_on(days=7)
    ripen(both, clock=clock)
    buys(both, points=20, clock=clock, ids=ids)

    brings(both, sale, 10, clock=clock, ids=ids)

    points, waiting, owed = has(both)
    assert (points, owed) == (0, 20)
    # what waits meanwhile pays what she owes when it is hers
    clock.go_on(days=7)
    ripen(both, clock=clock)
    assert has(both) == (waiting - 20, 0, 0)


def test_all_of_it_back_before_its_day_leaves_nothing_to_ripen(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    sale = buys(both, clock=clock, ids=ids)
    brings(both, sale, 10, clock=clock, ids=ids)
    clock.go_on(days=7)

    assert ripen(both, clock=clock) == Ripened()
    assert has(both) == (0, 0, 0)


def test_the_rule_of_the_day_it_was_sold_holds(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    buys(both, clock=clock, ids=ids)
    set_policies(both, {"points.pending_days": 0}, clock=clock)
    buys(both, clock=clock, ids=ids)
    assert has(both) == (30, 30, 0)

    set_policies(both, {"points.pending_days": 365}, clock=clock)
    clock.go_on(days=7)
    assert ripen(both, clock=clock) == Ripened(1, 30)


def test_what_waits_follows_a_merge_and_ripens_under_the_name_that_stays(
    both: Shop, clock: StillClock, ids: CountedIds
) -> None:
    sale = buys(both, who=BOB.member_id, clock=clock, ids=ids)
    buys(both, clock=clock, ids=ids)
    merge(both, Merge(HER, BOB.member_id, "x", "script"), clock=clock, ids=ids)
    assert (has(both), has(both, BOB.member_id)) == ((0, 60, 0), (0, 0, 0))
    brings(both, sale, 5, clock=clock, ids=ids)
    clock.go_on(days=7)

    assert ripen(both, clock=clock) == Ripened(2, 45)
    assert (has(both), has(both, BOB.member_id)) == ((45, 0, 0), (0, 0, 0))
    brings(both, sale, 5, clock=clock, ids=ids)
    assert (has(both), has(both, BOB.member_id)) == ((30, 0, 0), (0, 0, 0))


def test_nothing_ripens_for_who_was_forgotten(both: Shop, clock: StillClock, ids: CountedIds) -> None:
    buys(both, clock=clock, ids=ids)
    erase(both, HER, clock=clock)
    clock.go_on(days=7)

    assert ripen(both, clock=clock) == Ripened()


def test_of_many_sales_the_early_ones_ripen_too(
    both: Shop, clock: StillClock, ids: CountedIds, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ripening, "_FIRST_LOOK", 2)
    for _ in range(5):
        buys(both, clock=clock, ids=ids)
    clock.go_on(days=7)

    assert ripen(both, clock=clock) == Ripened(5, 150)


@pytest.mark.parametrize("mutant", ["again", "early"])
def test_a_till_that_forgets_what_it_gave_is_found_out(
    both: Shop, clock: StillClock, ids: CountedIds, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    buys(both, clock=clock, ids=ids)
    if mutant == "early":
        monkeypatch.setattr(ripening, "_due", lambda books, member_id, _on: ripening._waiting(books, member_id))
        assert ripen(both, clock=clock).points == 30
        return
    clock.go_on(days=7)
    ripen(both, clock=clock)
    buys(both, clock=clock, ids=ids)
    names = iter(f"0192f0a0-0000-7000-8000-0000000000{n:02d}" for n in range(10, 90))
    monkeypatch.setattr(ripening, "matured_id", lambda _sale: next(names))
    # without a name of the sale the same points would come once more
    assert ripen(both, clock=clock).points == 30


def test_what_settled_nothing_before_settles_nothing_in_old_books(
    both: Shop, clock: StillClock, ids: CountedIds
) -> None:
    legs = (Leg("exp.points", "pts", -40), Leg(pending_account(HER), "pts", 40))
    with both.writing() as books:
        books.ledger.post(Txn("elsewhere", "sale", clock.now().isoformat(), legs, HER))
    clock.go_on(days=30)

    # of a sale this till did not make it does not say when it is good
    assert ripen(both, clock=clock) == Ripened()
    assert has(both) == (0, 40, 0)
