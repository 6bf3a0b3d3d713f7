"""Cards of times: sold for money that is owed, taken line by line, given back by the very lots, paid back by law."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card import Card, CardEnded, CardNotHandedOn, CardsOff, NothingOnCard, UnknownCard
from storeapp.domain.card_kind import CardKind, UnknownCardKind
from storeapp.domain.ledger import times_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.merge import SameMember
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import TextRow
from storeapp.domain.refund import Asked, Refund
from storeapp.domain.sale import RequestReused, Sale
from storeapp.domain.tender import BadTender, NotTaken, Tender
from storeapp.domain.value_refund import PayBackReasonMissing
from storeapp.errors import Refused
from storeapp.till import card_night, card_slips, cards, shifts
from storeapp.till.card_docs import CardDone
from storeapp.till.card_refunds import CardBackOrder, pay_back, would_get
from storeapp.till.card_sales import CardOrder, GiveOrder, give, sell
from storeapp.till.cards import end_kind, put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import CardLeft, erase
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.quoting import quote
from storeapp.till.refunds import RefundOrder, refund
from storeapp.words import words
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, CUP, NOODLES, TEA

TEN = CardKind("N10", "面条十次卡", Money(10_000), goods=(NOODLES.code, TEA.code), times=10, gift=2, days=30)
ORDER = CardOrder(ALICE.member_id, "N10", "cash", "1007")


class Counter:
    """A shop with its clock and its ids, and what the tests do there."""

    def __init__(self, shop: Shop, clock: StillClock, ids: CountedIds) -> None:
        self.shop, self.clock, self.ids = shop, clock, ids
        with shop.writing() as books:
            books.products.put([TEA, NOODLES, CUP])
            for member in (ALICE, BOB):
                books.members.put(member)
        set_policies(shop, {"cards.enabled": True}, clock=clock)
        put_kind(shop, TEN, clock=clock)

    def sells_card(self, **more: Any) -> CardDone:
        return sell(self.shop, replace(ORDER, **more), clock=self.clock, ids=self.ids)

    def basket(self, *counts: tuple[Any, int], **more: Any) -> Basket:
        lines = tuple(Line(product, Quantity(count * 1000)) for product, count in counts)
        return Basket(lines, **{"member_id": ALICE.member_id, **more})

    def sells(self, *counts: tuple[Any, int], **more: Any) -> Sale:
        basket = self.basket(*counts, **more)
        with self.shop.reading() as books:
            due = quote(books, basket, at=self.clock.now(), ids=self.ids).priced.total
        paid = (Tender("cash", due),) if due.fen else ()
        return checkout(self.shop, Order(basket, paid, "1007", prints=False), clock=self.clock, ids=self.ids).sale

    def brings_back(self, sale: Sale, *lines: tuple[int, int], kind: Any = "refund") -> Refund:
        asked = tuple(Asked(line, count * 1000) for line, count in lines)
        order = RefundOrder(sale.receipt, "script", "unwanted", asked, kind=kind, prints=False)
        return refund(self.shop, order, clock=self.clock, ids=self.ids).refund

    def pays_back(self, card_id: str, cause: Any = "customer", **more: Any) -> CardDone:
        order = CardBackOrder(card_id, cause, "moves away", "cash", "script", prints=False)
        return pay_back(self.shop, replace(order, **more), clock=self.clock, ids=self.ids)

    def card(self, card_id: str) -> Card:
        with self.shop.reading() as books:
            return cards.card_of(books, card_id)

    def balances(self) -> dict[str, int]:
        with self.shop.reading() as books:
            balance = books.ledger.balance
            names = ("rev.cards", "liab.cards", "cards.earned", "cards.listed", "rev.sales")
            return {name: balance(name, "fen") for name in names}


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Counter:
    return Counter(bare, clock, ids)


def test_a_card_sold_is_owed_and_is_no_turnover(counter: Counter) -> None:
    done = counter.sells_card()

    card = done.card
    assert (done.doc.number, card.left, card.gift_left, card.worth_fen, card.until) == (
        "S01-1-20260928-0001", 12, 2, 10_000, "2026-10-28",
    )  # fmt: skip
    assert counter.balances() == {
        "rev.cards": -10_000, "liab.cards": -10_000, "cards.earned": 0, "cards.listed": 0, "rev.sales": 0,
    }  # fmt: skip
    with counter.shop.reading() as books:
        assert [(move.doc, move.tender, move.fen) for move in books.drawer.of_shift(None)] == [
            ("card_sold", "cash", 10_000)
        ]
        lots = {
            lot.lot_id: (lot.remaining, lot.expires_on) for lot in books.ledger.lots_of(times_account(card.card_id))
        }
        assert lots == {card.card_id: (10, None), f"{card.card_id}#1": (2, "2026-10-28")}
        assert [job.kind for job in books.prints.queued()] == ["drawer", "card"]
        assert books.members.by_id(ALICE.member_id) == ALICE


def test_scanning_the_goods_takes_a_time_and_the_rest_is_paid(counter: Counter) -> None:
    card = counter.sells_card().card

    sale = counter.sells((NOODLES, 2), (CUP, 1))

    [used] = sale.cards
    assert (sale.total, sale.lines[0].net, sale.lines[1].net) == (CUP.price, Money(0), CUP.price)
    assert [(cut.reason, cut.note, cut.ref) for cut in sale.lines[0].cuts] == [
        ("card", "面条十次卡 10/12", card.card_id)
    ]
    assert (used.before, used.after, used.whole, used.listed_fen) == (12, 10, 12, 2 * NOODLES.price.fen)
    # times that were given go first, and earn nothing
    assert (used.earned_fen, counter.card(card.card_id).worth_fen) == (0, 10_000)
    third = counter.sells((NOODLES, 1))
    assert (third.total, third.cards[0].earned_fen, third.points_earned) == (Money(0), 1_000, 0)
    assert counter.card(card.card_id).worth_fen == 9_000


def test_the_last_time_takes_what_is_left_to_the_fen(counter: Counter) -> None:
    put_kind(counter.shop, replace(TEN, times=3, gift=0, price=Money(1_000)), clock=counter.clock)
    card = counter.sells_card().card

    earned = [counter.sells((NOODLES, 1)).cards[0].earned_fen for _ in "123"]

    assert (earned, counter.card(card.card_id).worth_fen) == ([334, 333, 333], 0)
    assert counter.sells((NOODLES, 1)).cards == ()


def test_what_no_card_is_for_is_paid_and_more_pieces_than_times_are_too(counter: Counter) -> None:
    put_kind(counter.shop, replace(TEN, times=2, gift=0), clock=counter.clock)
    counter.sells_card()

    sale = counter.sells((NOODLES, 3), (CUP, 1))

    assert (sale.lines[0].net, sale.cards[0].times) == (NOODLES.price, 2)


def test_two_cards_the_soonest_to_end_first(counter: Counter) -> None:
    put_kind(counter.shop, replace(TEN, code="EVER", name="长期卡", days=0, gift=0), clock=counter.clock)
    ever, soon = counter.sells_card(kind="EVER").card, counter.sells_card().card

    sale = counter.sells((NOODLES, 13))

    assert [(use.card_id, use.times) for use in sale.cards] == [(soon.card_id, 12), (ever.card_id, 1)]


def test_a_stranger_and_whoever_spares_her_cards_pay(counter: Counter) -> None:
    counter.sells_card()

    assert counter.sells((NOODLES, 1), member_id=None).cards == ()
    assert counter.sells((NOODLES, 1), spares_cards=True).cards == ()
    assert counter.sells((NOODLES, 1), member_id=BOB.member_id).cards == ()


@pytest.mark.parametrize("kind", ["refund", "void"])
def test_goods_back_give_the_time_back_to_the_very_lot(counter: Counter, kind: str) -> None:
    shifts.open_shift(counter.shop, by="1007", float_amount=Money(0), clock=counter.clock, ids=counter.ids)
    card = counter.sells_card().card
    sale = counter.sells((NOODLES, 3), (CUP, 1))

    back = counter.brings_back(sale, kind=kind)

    assert [(each.times, each.after) for each in back.cards] == [(3, 12)]
    assert back.back == CUP.price
    assert counter.card(card.card_id) == card
    with counter.shop.reading() as books:
        lots = {lot.lot_id: lot.remaining for lot in books.ledger.lots_of(times_account(card.card_id))}
    assert lots == {card.card_id: 10, f"{card.card_id}#1": 2}
    assert counter.balances()["cards.earned"] == 0


def test_a_part_brings_its_own_times_and_no_money(counter: Counter) -> None:
    card = counter.sells_card().card
    sale = counter.sells((NOODLES, 4), (CUP, 1))

    first = counter.brings_back(sale, (1, 1))
    cup = counter.brings_back(sale, (2, 1))

    assert (first.back, cup.back) == (Money(0), CUP.price)
    assert [each.times for each in first.cards] == [1]
    assert cup.cards == ()
    assert counter.card(card.card_id).left == 9
    counter.brings_back(sale, (1, 3))
    assert counter.card(card.card_id) == card


def test_what_a_card_takes_has_no_part_in_a_coupon(counter: Counter) -> None:
    counter.sells_card()

    sale = counter.sells((NOODLES, 1), (CUP, 1))

    assert [cut.reason for cut in sale.lines[0].cuts] == ["card"]


def test_within_the_days_of_return_times_count_for_their_share_later_for_what_they_cost(counter: Counter) -> None:
    put_kind(counter.shop, replace(TEN, gift=0, days=0), clock=counter.clock)
    card = counter.sells_card().card
    counter.sells((NOODLES, 2))

    def told() -> dict[str, int]:
        with counter.shop.reading() as books:
            on = counter.clock.now().date()
            return {str(cause): fen for cause, fen in would_get(books, counter.card(card.card_id), on=on).items()}

    assert told() == {"customer": 8_000, "shop": 8_000}
    counter.clock.go_on(days=8)
    assert told() == {"customer": 10_000 - 2 * 1_200, "shop": 8_000}
    set_policies(counter.shop, {"cards.own_wish": "share"}, clock=counter.clock)
    assert told() == {"customer": 8_000, "shop": 8_000}


def test_paid_back_it_is_empty_and_nothing_is_owed(counter: Counter) -> None:
    card = counter.sells_card().card
    sale = counter.sells((NOODLES, 3))
    done = counter.pays_back(card.card_id)

    assert (done.doc.money_fen, done.doc.times, done.doc.worth_fen) == (7_500, 9, 9_000)
    assert (done.card.left, done.card.worth_fen, done.card.was_paid_back) == (0, 0, True)
    assert counter.sells((NOODLES, 1)).cards == ()
    with pytest.raises(NothingOnCard):
        counter.pays_back(card.card_id)
    # goods that come back afterwards are a time again, and that is paid back too
    counter.brings_back(sale, (1, 1))
    assert counter.card(card.card_id).left == 1
    again = counter.pays_back(card.card_id)
    assert (again.doc.money_fen, again.card.back_fen) == (834, 8_334)


def test_after_its_days_and_the_grace_it_takes_nothing_and_what_was_paid_stays_hers(counter: Counter) -> None:
    card = counter.sells_card().card
    counter.clock.go_on(days=37)
    assert counter.sells((NOODLES, 1)).cards[0].after == 11

    counter.clock.go_on(days=1)
    assert card_night.work(counter.shop, clock=counter.clock) == 1
    assert card_night.work(counter.shop, clock=counter.clock) == 0

    assert counter.sells((NOODLES, 1)).cards == ()
    left = counter.card(card.card_id)
    assert (left.left, left.gift_left, left.worth_fen) == (10, 0, 10_000)
    assert left.state(counter.clock.now().date(), grace=7) == "ended"
    assert counter.pays_back(card.card_id).doc.money_fen == 10_000 - NOODLES.price.fen


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"kind": "nothing"}, UnknownCardKind),
        ({"member_id": "nobody"}, UnknownMember),
        ({"tender": "simulated"}, BadTender),
        ({"tender": "stored_value"}, NotTaken),
    ],
)
def test_what_is_refused_changes_nothing(counter: Counter, change: dict[str, str], refusal: type[Refused]) -> None:
    before = counter.balances()

    with pytest.raises(refusal):
        counter.sells_card(**change)

    with counter.shop.reading() as books:
        assert (books.cards.every(), counter.balances()) == ((), before)


def test_a_shop_that_sells_none_and_a_kind_that_ended_sell_nothing_and_what_is_out_stays_good(counter: Counter) -> None:
    counter.sells_card()
    end_kind(counter.shop, "N10", clock=counter.clock)
    with pytest.raises(UnknownCardKind):
        counter.sells_card()
    set_policies(counter.shop, {"cards.enabled": False}, clock=counter.clock)
    with pytest.raises(CardsOff):
        counter.sells_card()

    assert counter.sells((NOODLES, 1)).cards[0].after == 11


def test_the_same_request_sells_and_pays_back_once(counter: Counter) -> None:
    first, again = (counter.sells_card(request_id="c1", request_hash="a") for _ in "12")
    with pytest.raises(RequestReused):
        counter.sells_card(request_id="c1", request_hash="b")

    assert (again.doc, again.was_repeated) == (first.doc, True)
    back = counter.pays_back(first.card.card_id, request_id="c2", request_hash="x")
    assert counter.pays_back(first.card.card_id, request_id="c2", request_hash="x").doc == back.doc
    with counter.shop.reading() as books:
        assert len(books.cards.every()) == 2


def test_a_cashier_sells_and_only_with_a_yes_pays_back(counter: Counter) -> None:
    hired(counter.shop, "1007", "1003", clock=counter.clock)
    card = counter.sells_card().card

    with pytest.raises(NeedsApproval):
        counter.pays_back(card.card_id, cashier="1007")
    with pytest.raises(PayBackReasonMissing):
        counter.pays_back(card.card_id, reason=" ")
    assert counter.card(card.card_id) == card

    assert counter.pays_back(card.card_id, cashier="1007", approver="1003").doc.approvals != ()


def test_its_papers_say_what_is_on_it_and_what_went_off(counter: Counter) -> None:
    sold = counter.sells_card()
    back = counter.pays_back(sold.card.card_id, prints=True)

    with counter.shop.reading() as books:
        papers = [
            {f"{row.left} {row.right}".strip() for row in rows if isinstance(row, TextRow)}
            for done in (sold, back)
            for rows in [card_slips.rows_of(books, done.doc, width=48, words=words("en"))]
        ]
        assert [job.kind for job in books.prints.queued()] == ["drawer", "card"] * 2
    assert {"Card sold", "Kind of card 面条十次卡", "Times on it 10 + 2", "Takes 重庆小面"} <= papers[0]
    assert {"Good until 2026-10-28", "Way to pay Cash"} <= papers[0]
    assert {"Card paid back", "Times given up -12", "Customer's signature:"} <= papers[1]


def test_a_card_is_handed_on_only_if_the_owner_lets_it(counter: Counter) -> None:
    def hands_on(card_id: str, to: str = BOB.member_id) -> CardDone:
        order = GiveOrder(card_id, to, "a present", "script", prints=False)
        return give(counter.shop, order, clock=counter.clock, ids=counter.ids)

    kept = counter.sells_card().card
    with pytest.raises(CardNotHandedOn):
        hands_on(kept.card_id)
    put_kind(counter.shop, replace(TEN, may_be_handed_on=True), clock=counter.clock)
    card = counter.sells_card().card
    for to, refusal in ((ALICE.member_id, SameMember), ("nobody", UnknownMember)):
        with pytest.raises(refusal):
            hands_on(card.card_id, to)

    hands_on(card.card_id)

    assert counter.sells((NOODLES, 1), member_id=BOB.member_id).cards[0].card_id == card.card_id
    assert counter.sells((NOODLES, 1)).cards[0].card_id == kept.card_id
    counter.pays_back(card.card_id)
    with pytest.raises(CardEnded):
        hands_on(card.card_id, ALICE.member_id)
    with pytest.raises(UnknownCard):
        hands_on("nothing")


def test_merged_into_another_her_cards_follow_with_all_they_hold(counter: Counter) -> None:
    card = counter.sells_card().card
    sale = counter.sells((NOODLES, 1))
    asked = Merge(BOB.member_id, ALICE.member_id, "same person", "script")
    merge(counter.shop, asked, clock=counter.clock, ids=counter.ids)

    assert counter.sells((NOODLES, 2), member_id=BOB.member_id).cards[0].after == 9
    counter.brings_back(sale, (1, 1))
    assert counter.card(card.card_id).left == 10
    # the law's formula starts from what she paid, not from what was left at the merge
    assert counter.pays_back(card.card_id).doc.money_fen == 10_000 - 10_000 * 2 // 12


def test_who_is_owed_for_a_card_is_not_forgotten(counter: Counter) -> None:
    card = counter.sells_card().card
    with pytest.raises(CardLeft):
        erase(counter.shop, ALICE.member_id, clock=counter.clock)

    counter.pays_back(card.card_id)
    erase(counter.shop, ALICE.member_id, clock=counter.clock)
