"""A member's account, whatever is done to it in whatever order: the books in memory, on disk and on paper agree."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from storeapp.domain.basket import Basket, Line
from storeapp.domain.ledger import (
    Leg,
    LotMove,
    Txn,
    bonus_account,
    debt_account,
    owed_account,
    pending_account,
    points_account,
    principal_account,
)
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked, Refund
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender, TenderKind
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.ports import Books, Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.ripening import ripen
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.things import ALICE, TEA
from tests.till.twin_shops import TwinShops

HER = ALICE.member_id
POINTS, DEBT, OWED, WAITS = points_account(HER), debt_account(HER), owed_account(HER), pending_account(HER)
PRINCIPAL, BONUS = principal_account(HER), bonus_account(HER)
WHOLE = {POINTS: "pts", WAITS: "pts", DEBT: "pts", OWED: "fen", PRINCIPAL: "fen", BONUS: "fen"}
ON = {
    "stored_value.enabled": True,
    "stored_value.rules": "200+50",
    "stored_value.bonus_days": 30,
    "on_account.enabled": True,
    "on_account.most_fen": 5_000,
}


@dataclass
class Paper:
    """What somebody with a pencil has written down."""

    net_points: int = 0
    value: int = 0
    owed: int = 0
    lapsed: int = 0


@dataclass
class Sold:
    sale: Sale
    left: int
    back: dict[str, int] = field(default_factory=dict)
    net_points: int = 0


class AccountMachine(TwinShops):
    def __init__(self) -> None:
        super().__init__()
        self.paper, self.sold, self.posted = Paper(), list[Sold](), 0
        for shop in self.shops:
            with shop.writing() as books:
                books.products.put([TEA])
                books.members.put(ALICE)
            set_policies(shop, ON, clock=self.clock)
        self.opens_a_lot(points=900, days=5)
        self.opens_a_lot(points=600, days=40)
        self.pays_in()

    @rule(points=st.integers(1, 900), days=st.integers(0, 40))
    def opens_a_lot(self, points: int, days: int) -> None:
        """As an import, a gift or an older sale does."""
        self.posted += 1
        until = self.clock.now().date().toordinal() + days
        lot = LotMove(POINTS, f"lot{self.posted}", points, type(self.clock.now().date()).fromordinal(until).isoformat())
        legs = (Leg("exp.points", "pts", -points), Leg(POINTS, "pts", points))
        self._post(Txn(lot.lot_id, "gift", self.clock.now().isoformat(), legs, HER, lots=(lot,)))
        self.paper.net_points += points

    @precondition(lambda self: self.paper.value < 1_000)
    @rule()
    def pays_in(self) -> None:
        order = TopUpOrder(HER, Money(20_000), "cash", "script", prints=False)
        if self.both(lambda shop, ids: top_up(shop, order, clock=self.clock, ids=ids).doc) is not None:
            self.paper.value += 25_000

    @rule(
        count=st.integers(1, 6),
        points=st.integers(0, 900),
        value=st.integers(0, 1_500),
        lent=st.integers(0, 900),
        spends=st.sampled_from([7, 6, 5, 4, 3, 2, 1, 0]),
    )
    def sells(self, count: int, points: int, value: int, lent: int, spends: int) -> None:
        asked = 300 * count
        paid: list[Tender] = []
        kinds: tuple[tuple[TenderKind, int], ...] = (("points", points), ("stored_value", value), ("on_account", lent))
        for bit, (kind, fen) in enumerate(kinds):
            part = min(fen, asked) if spends & 1 << bit else 0
            if part:
                paid.append(Tender(kind, Money(part)))
                asked -= part
        if asked:
            paid.append(Tender("cash", Money(asked)))
        line = Line(TEA, Quantity(count * 1000), price=Money(300), price_reason="x")
        order = Order(Basket((line,), member_id=HER), tuple(paid), "script", prints=False)
        over = self._over()
        sale = self.both(lambda shop, ids: checkout(shop, order, clock=self.clock, ids=ids).sale)
        if sale is None:
            return
        assert self._over() == over
        spent = {tender.kind: tender.amount.fen for tender in paid}
        self.paper.value -= spent.get("stored_value", 0)
        self.paper.owed += spent.get("on_account", 0)
        net = sale.points_earned - spent.get("points", 0)
        self.paper.net_points += net
        self.sold.append(Sold(sale, count, net_points=net))

    @precondition(lambda self: any(sold.left for sold in self.sold))
    @rule(data=st.data())
    def brings_back(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from([sold for sold in self.sold if sold.left]))
        count = data.draw(st.integers(1, sold.left))
        before = self._net_points()
        order = RefundOrder(sold.sale.receipt, "script", "x", (Asked(1, count * 1000),), prints=False)
        made: Refund | None = self.both(lambda shop, ids: refund(shop, order, clock=self.clock, ids=ids).refund)
        # a refund waits for nobody
        assert made is not None
        sold.left -= count
        for tender in made.tenders:
            sold.back[tender.kind] = sold.back.get(tender.kind, 0) + tender.amount.fen
        given = {tender.kind: tender.amount.fen for tender in made.tenders}
        self.paper.value += given.get("stored_value", 0)
        self.paper.owed -= given.get("on_account", 0)
        change = self._net_points() - before
        self.paper.net_points += change
        sold.net_points += change
        if not sold.left:
            self._is_undone(sold)

    @rule(fen=st.integers(1, 2_000))
    def pays_some_of_her_debt(self, fen: int) -> None:
        fen = min(fen, self.paper.owed)
        if not fen:
            return
        self.posted += 1
        legs = (
            *(Leg("tender.cash:1", "fen", fen), Leg("tender.on_account:1", "fen", -fen)),
            *(Leg(OWED, "fen", -fen), Leg("owed.lent", "fen", fen)),
        )
        self._post(Txn(f"debt{self.posted}", "settlement", self.clock.now().isoformat(), legs, HER))
        self.paper.owed -= fen

    @rule(days=st.sampled_from([0, 0, 1, 6]))
    def the_owner_lets_points_wait(self, days: int) -> None:
        for shop in self.shops:
            set_policies(shop, {"points.pending_days": days}, clock=self.clock)

    @rule()
    def what_waited_long_enough_is_hers(self) -> None:
        done = [ripen(shop, clock=self.clock) for shop in self.shops]
        assert done[0] == done[1]
        # again, and with the clock set back, it gives nothing twice
        self.clock.go_on(days=-1)
        assert [ripen(shop, clock=self.clock).sales for shop in self.shops] == [0, 0]
        self.clock.go_on(days=1)

    @rule()
    def what_is_over_lapses(self) -> None:
        today = self.clock.now().date().isoformat()
        with self.file.reading() as books:
            entries = [self._lapse(books, account, today) for account in books.ledger.lapsed(today)]
        for txn in entries:
            self._post(txn)

    @invariant()
    def the_three_books_agree(self) -> None:
        told = [self._told(shop) for shop in self.shops]
        assert told[0] == told[1]
        balances, lots = told[0]
        assert balances[PRINCIPAL] + balances[BONUS] == self.paper.value
        assert balances[OWED] == self.paper.owed
        assert balances[POINTS] + balances[DEBT] + balances[WAITS] == self.paper.net_points
        assert balances[DEBT] <= 0 <= min(balances[POINTS], balances[OWED], balances[WAITS])
        for account in (POINTS, PRINCIPAL, BONUS):
            assert balances[account] == sum(lot[1] for lot in lots[account])

    def _is_undone(self, sold: Sold) -> None:
        """All of it is back: every way to pay has what it took, and her points are as if nothing had been bought."""
        paid = {tender.kind: tender.amount.fen for tender in sold.sale.tenders}
        as_money = {kind: fen for kind, fen in sold.back.items() if kind in ("cash", "on_account")}
        assert sum(as_money.values()) == paid.get("cash", 0) + paid.get("on_account", 0)
        for kind in ("points", "stored_value"):
            assert sold.back.get(kind, 0) == paid.get(kind, 0)
        assert sold.net_points == 0

    def _over(self) -> list[tuple[str, int]]:
        """What is past its day, and pays for nothing any more."""
        today = self.clock.now().date().isoformat()
        lots = self._told(self.file)[1]
        return [(name, left) for rows in lots.values() for name, left, until in rows if until and until < today]

    def _lapse(self, books: Books, account: str, today: str) -> Txn:
        unit: Any = WHOLE[account]
        over = [
            lot for lot in books.ledger.lots_of(account) if lot.remaining and lot.expires_on and lot.expires_on < today
        ]
        amount = sum(lot.remaining for lot in over)
        self.posted += 1
        if unit == "pts":
            self.paper.net_points -= amount
        else:
            self.paper.value -= amount
        moves = tuple(LotMove(account, lot.lot_id, -lot.remaining) for lot in over)
        legs = (Leg(account, unit, -amount), Leg("breakage", unit, amount))
        return Txn(f"over{self.posted}", "lapse", self.clock.now().isoformat(), legs, HER, lots=moves)

    def _post(self, txn: Txn) -> None:
        for shop in self.shops:
            with shop.writing() as books:
                assert books.ledger.post(txn)

    def _net_points(self) -> int:
        with self.file.reading() as books:
            return sum(books.ledger.balance(name, "pts") for name in (POINTS, DEBT, WAITS))

    def _told(self, shop: Shop) -> tuple[dict[str, int], dict[str, list[tuple[str, int, str | None]]]]:
        with shop.reading() as books:
            balances = {name: books.ledger.balance(name, unit) for name, unit in WHOLE.items()}
            lots = {
                name: [(lot.lot_id, lot.remaining, lot.expires_on) for lot in books.ledger.lots_of(name)]
                for name in (POINTS, PRINCIPAL, BONUS)
            }
        return balances, lots


TestAccount = AccountMachine.TestCase
TestAccount.settings = settings(max_examples=30, stateful_step_count=40, deadline=None)
