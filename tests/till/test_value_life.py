"""A member's money over years, in any order: topped up, spent, brought back, lapsed, corrected and paid back."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import bonus_account, points_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.tender import Tender
from storeapp.domain.top_up import NAMED_MOST
from storeapp.errors import Refused
from storeapp.till import expiring
from storeapp.till.adjusting import Adjustment, adjust
from storeapp.till.checkout import Order, checkout
from storeapp.till.deposits import deposits
from storeapp.till.liability import owed_on
from storeapp.till.moments import today
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA, a_device

HER = ALICE.member_id
ACCOUNTS = {"principal": principal_account(HER), "bonus": bonus_account(HER), "points": points_account(HER)}
ON = {
    "stored_value.enabled": True,
    "stored_value.rules": "100+10,200+50,500+150",
    "stored_value.bonus_days": 40,
    "points.lapse": "days",
    "points.valid_days": 30,
}
STEP = st.one_of(
    st.tuples(st.just("top_up"), st.integers(1, 120_000)),
    st.tuples(st.just("buy"), st.integers(1, 90)),
    st.tuples(st.just("bring"), st.integers(0, 5)),
    st.tuples(st.just("wait"), st.integers(1, 60)),
    st.tuples(st.just("adjust"), st.integers(-200, 200)),
    st.tuples(st.just("pay_back"), st.integers(0, 2)),
)


@dataclass
class Life:
    """One shop, one member, and what changed hands."""

    order: str
    clock: StillClock = field(default_factory=StillClock)
    ids: CountedIds = field(default_factory=CountedIds)
    paid_in: int = 0
    paid_back: int = 0

    def __post_init__(self) -> None:
        self.shop = MemoryShop(a_device(), ids=self.ids)
        with self.shop.writing() as books:
            books.members.put(ALICE)
        set_policies(self.shop, {**ON, "stored_value.order": self.order}, clock=self.clock)

    def do(self, deed: str, much: int) -> None:
        try:
            getattr(self, deed)(much)
        except Refused:
            return

    def top_up(self, fen: int) -> None:
        top_up(self.shop, TopUpOrder(HER, Money(fen), "cash", "1007"), clock=self.clock, ids=self.ids)
        self.paid_in += fen

    def buy(self, yuan: int) -> None:
        held = min(yuan * 100, self.balance("principal") + self.balance("bonus"))
        tenders = [Tender("stored_value", Money(held)), Tender("cash", Money(yuan * 100 - held))]
        line = Line(TEA, Quantity(yuan * 1000), price=Money(100), price_reason="x")
        paid = tuple(tender for tender in tenders if tender.amount)
        order = Order(Basket((line,), member_id=HER), paid, "1007", prints=False)
        checkout(self.shop, order, clock=self.clock, ids=self.ids)

    def bring(self, place: int) -> None:
        with self.shop.reading() as books:
            sales = list(books.sales.every())
        if place < len(sales):
            order = RefundOrder(sales[place].receipt, "script", "坏了", (Asked(1, 1000),))
            refund(self.shop, order, clock=self.clock, ids=self.ids)

    def wait(self, days: int) -> None:
        self.clock.go_on(days=days)
        expiring.expire(self.shop, clock=self.clock)

    def adjust(self, points: int) -> None:
        adjust(self.shop, Adjustment(HER, points, "纠错", "script"), clock=self.clock, ids=self.ids)

    def pay_back(self, place: int) -> None:
        cause = ("within_days", "customer", "shop")[place]
        order = PayBackOrder(HER, cause, "退卡", "cash", "script")  # type: ignore[arg-type]  # a cause
        self.paid_back += pay_back(self.shop, order, clock=self.clock, ids=self.ids).doc.money_fen

    def balance(self, name: str) -> int:
        with self.shop.reading() as books:
            return books.ledger.balance(ACCOUNTS[name], "pts" if name == "points" else "fen")

    def is_exact(self) -> None:
        with self.shop.reading() as books:
            for name, account in ACCOUNTS.items():
                unit = "pts" if name == "points" else "fen"
                assert sum(lot.remaining for lot in books.ledger.lots_of(account)) == books.ledger.balance(
                    account, unit
                )
                assert books.ledger.balance(account, unit) >= 0
            assert all(lot.expires_on is None for lot in books.ledger.lots_of(ACCOUNTS["principal"]))
            lapsed = [txn for txn in books.ledger.history(ACCOUNTS["principal"], limit=10_000) if txn.kind == "expired"]
            assert lapsed == []
            assert books.ledger.balance("rev.top_ups", "fen") == self.paid_back - self.paid_in
            report = owed_on(books, today(books, self.clock))
            owed = (report.principal.amount, report.bonus.amount, report.points.amount)
            hers = deposits(books, HER)
        assert owed == tuple(self.balance(name) for name in ACCOUNTS)
        assert self.paid_back <= self.paid_in
        assert sum(each.principal_left for each in hers) == self.balance("principal")
        assert all(each.spent_fen >= 0 for each in hers)


@settings(max_examples=40, deadline=None)
@given(
    order=st.sampled_from(("pro_rata", "principal_first", "bonus_first")),
    steps=st.lists(STEP, min_size=1, max_size=14),
)
def test_the_books_are_exact_after_every_step(order: str, steps: list[tuple[str, int]]) -> None:
    life = Life(order)

    for deed, much in steps:
        life.do(deed, much)
        life.is_exact()


@settings(max_examples=20, deadline=None)
@given(amounts=st.lists(st.integers(1, 500_000), max_size=12))
def test_topping_up_never_fills_a_card_beyond_the_law(amounts: list[int]) -> None:
    life = Life("pro_rata")

    for fen in amounts:
        life.do("top_up", fen)
        assert life.balance("principal") + life.balance("bonus") <= NAMED_MOST.fen
