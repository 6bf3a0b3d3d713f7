"""What the law gives her back is the same whether her value lies under one name or was merged from several."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account, principal_account
from storeapp.domain.member import Member
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.tender import Tender
from storeapp.domain.value_refund import CAUSES, Deposit, plan
from storeapp.errors import Refused
from storeapp.till import deposits as room
from storeapp.till import expiring
from storeapp.till.checkout import Order, checkout
from storeapp.till.deposits import deposits
from storeapp.till.merging import Merge, merge
from storeapp.till.moments import today
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA, a_device

CAROL = Member("0192f0a0-0000-7000-8000-00000000ca01", "8613700000009", "李", joined_at="2026-09-28T10:00:00+08:00")
A, B = ALICE.member_id, BOB.member_id
ON = {"stored_value.enabled": True, "stored_value.rules": "100+10,200+50", "stored_value.bonus_days": 40}
X, Y = ("val.principal:x", "one"), ("val.principal:y", "two")
Step = tuple[str, str, int]
STEP = st.tuples(
    st.sampled_from(("top_up", "top_up", "buy", "buy", "back", "wait", "lapse", "pay_back")),
    st.sampled_from((A, B)),
    st.integers(0, 20),
)


class Life:
    """Two names at one counter; tea is sold below its shelf price, so that the formulas differ."""

    def __init__(self) -> None:
        self.clock, self.ids, self.receipts = StillClock(), CountedIds(), list[str]()
        self.shop = MemoryShop(a_device(), ids=self.ids)
        with self.shop.writing() as books:
            books.products.put([TEA])
            for person in (ALICE, BOB):
                books.members.put(person)
        set_policies(self.shop, ON, clock=self.clock)

    def does(self, what: str, who: str, n: int) -> None:
        shop, clock, ids = self.shop, self.clock, self.ids
        if what == "top_up":
            paid = Money(10_000 if n % 2 else 20_000)
            top_up(shop, TopUpOrder(who, paid, "cash", "script", prints=False), clock=clock, ids=ids)
        elif what == "buy":
            price, count = Money(250), 1 + n
            line = Line(TEA, Quantity(count * 1000), price=price, price_reason="x")
            tenders = (Tender("stored_value", Money(price.fen * count)),)
            order = Order(Basket((line,), member_id=who), tenders, "script", prints=False)
            self.receipts.append(checkout(shop, order, clock=clock, ids=ids).sale.receipt)
        elif what == "back" and self.receipts:
            receipt = self.receipts[n % len(self.receipts)]
            back = RefundOrder(receipt, "script", "x", (Asked(1, 1000),), prints=False)
            refund(shop, back, clock=clock, ids=ids)
        elif what == "wait":
            clock.go_on(days=n)
        elif what == "lapse":
            expiring.expire(shop, clock=clock)
        elif what == "pay_back":
            order_paid = PayBackOrder(who, "customer", "x", "cash", "script", prints=False)
            pay_back(shop, order_paid, clock=clock, ids=ids)

    def lives(self, steps: list[Step]) -> None:
        for step in steps:
            try:
                self.does(*step)
            except Refused:
                continue

    def of(self, *names: str) -> list[Deposit]:
        with self.shop.reading() as books:
            return [each for name in names for each in deposits(books, name)]

    def owed(self, *names: str) -> list[list[int]]:
        """By cause: what each top-up that holds something gives back, whoever holds it."""
        with self.shop.reading() as books:
            on = today(books, self.clock)
        return [sorted(part.back_fen for part in plan(self.of(*names), cause, on=on, days=7).parts) for cause in CAUSES]

    def merges(self) -> None:
        merge(self.shop, Merge(A, B, "x", "script"), clock=self.clock, ids=self.ids)

    def is_whole(self) -> None:
        with self.shop.reading() as books:
            lies = [books.ledger.balance(account(A), "fen") for account in (principal_account, bonus_account)]
        hers = self.of(A)
        assert lies == [sum(each.principal_left for each in hers), sum(each.bonus_left for each in hers)]
        assert all(sum(left for _, left in each.principal_lots) == each.principal_left for each in hers)


@given(st.lists(STEP, min_size=3, max_size=14), st.lists(STEP, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_merge_changes_no_sum_of_the_law(before: list[Step], after: list[Step]) -> None:
    life = Life()
    life.lives(before)
    owed = life.owed(A, B)

    life.merges()

    assert life.owed(A) == owed
    life.is_whole()
    life.lives([(what, A, n) for what, _who, n in after])
    life.is_whole()


def half_had(life: Life) -> None:
    """B pays 200 in, has 50 given, and drinks 100 of it at 2.50 a bottle instead of 3.50."""
    life.lives([("top_up", B, 0), ("buy", B, 39), ("wait", B, 20)])


def test_what_she_had_under_her_old_name_counts_at_shelf_prices() -> None:
    life = Life()
    half_had(life)
    [before] = life.of(B)

    life.merges()

    [now] = life.of(A)
    assert (now.number, now.paid_on, now.paid_fen, now.given_fen) == (before.number, "2026-09-28", 20_000, 5_000)
    assert (now.spent_fen, now.list_fen) == (before.spent_fen, before.list_fen) == (10_000, 14_000)
    done = pay_back(
        life.shop, PayBackOrder(A, "customer", "x", "cash", "script", prints=False), clock=life.clock, ids=life.ids
    )
    assert done.doc.money_fen == 6_000
    life.is_whole()


def test_the_days_of_return_run_from_the_day_she_paid() -> None:
    life = Life()
    life.lives([("top_up", B, 0), ("wait", B, 6)])
    life.merges()
    assert life.owed(A)[0] == [20_000]

    life.clock.go_on(days=2)

    assert life.owed(A)[0] == []


def test_merged_twice_it_is_the_same_top_up_still() -> None:
    life = Life()
    with life.shop.writing() as books:
        books.members.put(CAROL)
    half_had(life)
    owed = life.owed(B)
    merge(life.shop, Merge(CAROL.member_id, B, "x", "script"), clock=life.clock, ids=life.ids)

    merge(life.shop, Merge(A, CAROL.member_id, "x", "script"), clock=life.clock, ids=life.ids)

    assert life.owed(A) == owed


def test_value_that_went_to_and_fro_between_two_tills_ends_somewhere() -> None:
    """Two tills merged the two both ways, and the entry that took came before the one that gave."""
    life = Life()
    life.does("top_up", B, 1)
    his, hers = principal_account(B), principal_account(A)
    for number, out, into, fen in ((2, his, hers, 60_000), (1, hers, his, 50_000)):
        txn_id = f"0192f0a0-0000-7000-8000-00000000fe0{number}"
        legs = (Leg(out, "fen", -fen), Leg(into, "fen", fen))
        moves = (LotMove(into, txn_id, fen), LotMove(out, "", -fen))
        with life.shop.writing() as books:
            books.ledger.post(Txn(txn_id, "merge", life.clock.now().isoformat(), legs, A, lots=moves))
    life.merges()

    life.is_whole()


@pytest.mark.parametrize("before", [{X: X}, {X: Y, Y: X}])
def test_a_ring_of_lots_has_an_end(before: dict[room.Place, room.Place]) -> None:
    assert room._root(X, before) in (X, Y)


def test_who_forgets_where_lots_come_from_gives_another_sum(monkeypatch: pytest.MonkeyPatch) -> None:
    life = Life()
    half_had(life)
    owed = life.owed(B)
    life.merges()

    monkeypatch.setattr(room, "_moved", lambda *_asked: {})

    assert life.owed(A) != owed
