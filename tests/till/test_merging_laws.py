"""Merged, refunded, erased, ended and topped up in any order: books exact, nothing lies under a name that is gone."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import has_lots, points_account
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import expiring, ripening
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import erase
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import TEA, a_device

PEOPLE = tuple(
    Member(f"0192f0a0-0000-7000-8000-00000000000{n}", f"861380000000{n}", f"客{n}", "2026-09-01T10:00:00+08:00")
    for n in range(4)
)
ON = {
    "stored_value.enabled": True,
    "stored_value.rules": "100+10,200+50",
    "stored_value.bonus_days": 40,
    "points.lapse": "days",
    "points.valid_days": 30,
    "points.fen_each": 1,
    "points.pending_days": 3,
}
STEP = st.tuples(
    st.sampled_from(("buy", "spend", "back", "back", "merge", "merge", "erase", "wait", "ripen", "top_up", "pay_back")),
    st.integers(0, 3),
    st.integers(0, 40),
)


class Life:
    """Four people at one counter."""

    def __init__(self) -> None:
        self.clock, self.ids = StillClock(), CountedIds()
        self.shop, self.receipts = MemoryShop(a_device(), ids=self.ids), list[str]()
        with self.shop.writing() as books:
            books.products.put([TEA])
            for person in PEOPLE:
                books.members.put(person)
        set_policies(self.shop, ON, clock=self.clock)
        for who in range(4):
            self.does("buy", who, 9)

    def does(self, what: str, who: int, n: int) -> None:
        shop, clock, ids, hers = self.shop, self.clock, self.ids, PEOPLE[who].member_id
        if what in ("buy", "spend"):
            points = min(n, 20) if what == "spend" else 0
            asked = 300 * (1 + n) - points
            paid = (*((Tender("points", Money(points)),) if points else ()), Tender("cash", Money(asked)))
            line = Line(TEA, Quantity(1000 * (1 + n)), price=Money(300), price_reason="x")
            order = Order(Basket((line,), member_id=hers), paid, "script", prints=False)
            self.receipts.append(checkout(shop, order, clock=clock, ids=ids).sale.receipt)
        elif what == "back" and self.receipts:
            receipt = self.receipts[n % len(self.receipts)]
            order_back = RefundOrder(receipt, "script", "x", (Asked(1, 1000),), prints=False)
            refund(shop, order_back, clock=clock, ids=ids)
        elif what == "merge":
            asked_for = Merge(hers, PEOPLE[n % 4].member_id, "x", "script")
            merge(shop, asked_for, clock=clock, ids=ids)
        elif what == "erase":
            erase(shop, hers, clock=clock)
        elif what == "wait":
            clock.go_on(days=n)
            expiring.expire(shop, clock=clock)
        elif what == "ripen":
            ripening.ripen(shop, clock=clock)
        elif what == "top_up":
            top_up(shop, TopUpOrder(hers, Money(10_000), "cash", "script", prints=False), clock=clock, ids=ids)
        elif what == "pay_back":
            order_paid = PayBackOrder(hers, "customer", "x", "cash", "script", prints=False)
            pay_back(shop, order_paid, clock=clock, ids=ids)

    def is_exact(self) -> None:
        with self.shop.reading() as books:
            balances = dict(books.ledger.holding(""))
            gone, alive = books.members.merged(), [p.member_id for p in PEOPLE if books.members.by_id(p.member_id)]
            assert not set(gone) & set(alive)
            assert not set(gone.values()) & set(gone)
            for name, left in balances.items():
                if has_lots(name):
                    assert left == sum(lot.remaining for lot in books.ledger.lots_of(name)) >= 0
                assert name.rpartition(":")[2] not in gone
                assert not (name.startswith("debt.pts:") and left > 0)
                assert not (name.startswith("pts.pending:") and left < 0)
            for person in alive:
                assert books.ledger.balance(points_account(person), "pts") >= 0


@settings(max_examples=100, deadline=None)
@given(st.lists(STEP, min_size=8, max_size=30))
def test_whatever_is_done_in_whatever_order_the_books_are_exact(steps: list[tuple[str, int, int]]) -> None:
    life = Life()
    for step in steps:
        try:
            life.does(*step)
        except Refused:
            continue
        finally:
            life.is_exact()
