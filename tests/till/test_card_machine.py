"""A card of times, whatever is done with it in whatever order: the books in memory, on disk and on paper agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import invariant, precondition, rule

from storeapp.domain.basket import Basket, Line
from storeapp.domain.card import Card
from storeapp.domain.card_kind import CardKind
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import card_night, cards
from storeapp.till.card_refunds import CardBackOrder, pay_back
from storeapp.till.card_sales import CardOrder, GiveOrder, give, sell
from storeapp.till.checkout import Order, checkout
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.quoting import quote
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.still import CountedIds
from tests.fakes.things import ALICE, BOB, TEA
from tests.till.twin_shops import TwinShops

KINDS = {
    "SEVEN": CardKind("SEVEN", "七次卡", Money(1_000), goods=(TEA.code,), times=7, gift=2, days=20),
    "EVER": CardKind("EVER", "三次卡", Money(997), goods=(TEA.code,), times=3, may_be_handed_on=True),
}


@dataclass
class Paper:
    """What somebody with a pencil has written down of a card: times left, had, and the money."""

    left: int
    had: int = 0
    paid: int = 0
    back: int = 0
    listed: int = 0


@dataclass
class Sold:
    sale: Sale
    left: int


class CardMachine(TwinShops):
    def __init__(self) -> None:
        super().__init__()
        self.paper: dict[str, Paper] = {}
        self.sold: list[Sold] = []
        self.her = ALICE.member_id
        for shop in self.shops:
            with shop.writing() as books:
                books.products.put([TEA])
                for member in (ALICE, BOB):
                    books.members.put(member)
            set_policies(shop, {"cards.enabled": True, "cards.grace_days": 3}, clock=self.clock)
            for kind in KINDS.values():
                cards.put_kind(shop, kind, clock=self.clock)
        self.buys("SEVEN")

    @precondition(lambda self: len(self.paper) < 4)
    @rule(kind=st.sampled_from(sorted(KINDS)))
    def buys(self, kind: str) -> None:
        order = CardOrder(self.her, kind, "cash", "script", prints=False)
        card_id = self.both(lambda shop, ids: sell(shop, order, clock=self.clock, ids=ids).card.card_id)
        assert card_id is not None
        self.paper[card_id] = Paper(KINDS[kind].whole, paid=KINDS[kind].price.fen)

    @rule(count=st.integers(1, 4), spares=st.booleans())
    def comes(self, count: int, spares: bool) -> None:
        basket = Basket((Line(TEA, Quantity(count * 1000)),), member_id=self.her, spares_cards=spares)

        def deed(shop: Shop, ids: CountedIds) -> Sale:
            with shop.reading() as books:
                due = quote(books, basket, at=self.clock.now(), ids=ids).priced.total
            paid = (Tender("cash", due),) if due.fen else ()
            return checkout(shop, Order(basket, paid, "script", prints=False), clock=self.clock, ids=ids).sale

        sale: Sale = self.both(deed)
        assert not (spares and sale.cards)
        covered = sum(use.times for use in sale.cards)
        # what no card took is paid for at her price, to the fen
        assert abs(sale.total.fen - (count - covered) * 300) <= covered
        for use in sale.cards:
            paper = self.paper[use.card_id]
            paper.left -= use.times
            paper.had += use.times
            paper.listed += use.times * TEA.price.fen
        self.sold.append(Sold(sale, count))

    @precondition(lambda self: any(sold.left for sold in self.sold))
    @rule(data=st.data())
    def brings_back(self, data: st.DataObject) -> None:
        sold = data.draw(st.sampled_from([sold for sold in self.sold if sold.left]))
        count = data.draw(st.integers(1, sold.left))
        order = RefundOrder(sold.sale.receipt, "script", "x", (Asked(1, count * 1000),), prints=False)
        made = self.both(lambda shop, ids: refund(shop, order, clock=self.clock, ids=ids).refund)
        # a refund waits for nobody
        assert made is not None
        sold.left -= count
        for back in made.cards:
            paper = self.paper[back.card_id]
            paper.left += back.times
            paper.had -= back.times
            paper.listed -= back.times * TEA.price.fen
        if not sold.left:
            self._is_undone(sold)

    @precondition(lambda self: bool(self.paper))
    @rule(data=st.data(), cause=st.sampled_from(["customer", "shop"]))
    def is_paid_back(self, data: st.DataObject, cause: Any) -> None:
        card_id = data.draw(st.sampled_from(sorted(self.paper)))
        order = CardBackOrder(card_id, cause, "x", "cash", "script", prints=False)
        done = self.both(lambda shop, ids: pay_back(shop, order, clock=self.clock, ids=ids))
        if done is None:
            return
        paper = self.paper[card_id]
        paper.back += done.doc.money_fen
        assert 0 < paper.back <= paper.paid
        assert done.doc.times == paper.left
        paper.left = 0

    @precondition(lambda self: bool(self.paper) and self.her == ALICE.member_id)
    @rule(data=st.data())
    def hands_one_on(self, data: st.DataObject) -> None:
        order = GiveOrder(data.draw(st.sampled_from(sorted(self.paper))), BOB.member_id, "x", "script", prints=False)
        self.both(lambda shop, ids: give(shop, order, clock=self.clock, ids=ids).doc)

    @precondition(lambda self: self.her == ALICE.member_id)
    @rule()
    def is_found_to_be_somebody_else(self) -> None:
        asked = Merge(BOB.member_id, ALICE.member_id, "x", "script")
        assert self.both(lambda shop, ids: merge(shop, asked, clock=self.clock, ids=ids)) is not None
        self.her = BOB.member_id

    @rule()
    def a_night(self) -> None:
        before = {card_id: self._card(card_id).left for card_id in self.paper}
        self.both(lambda shop, _ids: card_night.work(shop, clock=self.clock))
        for card_id, left in before.items():
            lapsed = left - self._card(card_id).left
            # only what was given ends by itself
            assert 0 <= lapsed <= 2
            self.paper[card_id].left -= lapsed

    @invariant()
    def the_three_books_agree(self) -> None:
        for card_id, paper in self.paper.items():
            told = [self._card(card_id, shop) for shop in self.shops]
            assert told[0] == told[1]
            card = told[0]
            assert (card.left, card.taken, card.listed_fen, card.back_fen) == (
                paper.left, paper.had, paper.listed, paper.back,
            )  # fmt: skip
            assert 0 <= card.worth_fen <= paper.paid
            assert bool(card.worth_fen) <= (card.left > card.gift_left)

    def _is_undone(self, sold: Sold) -> None:
        """All of it is back: the very cards have their times, and what was theirs of the money is owed again."""
        with self.file.reading() as books:
            posted = [books.ledger.txn(sold.sale.sale_id)]
            posted += [books.ledger.txn(each) for each in books.ledger.reversals(sold.sale.sale_id)]
        sums: dict[str, int] = {}
        for txn in posted:
            for leg in txn.legs if txn is not None else ():
                sums[leg.account] = sums.get(leg.account, 0) + leg.amount
        hers = {name: amount for name, amount in sums.items() if name.startswith(("times", "card"))}
        assert set(hers.values()) <= {0}

    def _card(self, card_id: str, shop: Shop | None = None) -> Card:
        with (shop or self.file).reading() as books:
            return cards.card_of(books, card_id)


TestCard = CardMachine.TestCase
TestCard.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)
