"""Cards over two tills and a cloud: sold at one, taken at both, and all books come to the same."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import check
from storeapp.cloud.tables.journals import alarm
from storeapp.cloud.tables.ledgers import balance
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card import Card, CardElsewhere, UnknownCard
from storeapp.domain.card_doc import gift_lot
from storeapp.domain.card_kind import CardKind
from storeapp.domain.ledger import Leg, Txn
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.sync.bodies import LedgerBody
from storeapp.till import card_night, cards, memberships, tiers
from storeapp.till.card_refunds import CardBackOrder, pay_back
from storeapp.till.card_sales import CardOrder, GiveOrder, give, sell
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.quoting import quote
from storeapp.till.records import Cursor
from storeapp.till.refunds import RefundOrder, refund
from storeapp.wire.codec import EMPTY_SUM
from tests.domain.goods import TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_merging import PHONES, all_tell, is_one, joins
from tests.sync.world import Tenant, Till, new_till, with_another

FIVE = CardKind("T5", "五次卡", Money(1_000), goods=(TEA.code,), times=5, may_be_handed_on=True)
# given times that lapse go first
GIFT = CardKind("T1", "一送二", Money(500), goods=(TEA.code,), times=1, gift=2, days=30)


@pytest.fixture
def tills(joined: Till, line: FaultProxy, tenant: Tenant) -> tuple[Till, Till]:
    both = with_another(joined, line, tenant)
    set_policies(joined.shop, {"cards.enabled": True, "points.per_yuan": 0}, clock=joined.clock)
    for kind in (FIVE, GIFT):
        cards.put_kind(joined.shop, kind, clock=joined.clock)
    return both


def buys(till: Till, member_id: str, kind: str = "T5") -> Card:
    return sell(till.shop, CardOrder(member_id, kind, "cash", "1007"), clock=till.clock, ids=till.ids).card


def takes(till: Till, member_id: str, times: int) -> Sale:
    basket = Basket((Line(TEA, Quantity(times * 1_000)),), member_id=member_id)
    with till.shop.reading() as books:
        due = quote(books, basket, at=till.clock.now(), ids=till.ids).priced.total
    paid = (Tender("cash", due),) if due.fen else ()
    return checkout(till.shop, Order(basket, paid, "1007"), clock=till.clock, ids=till.ids).sale


def brings(till: Till, sale: Sale, times: int) -> None:
    order = RefundOrder(sale.receipt, "script", "x", (Asked(1, times * 1_000),))
    refund(till.shop, order, clock=till.clock, ids=till.ids)


def card(till: Till, card_id: str) -> Card:
    with till.shop.reading() as books:
        return cards.card_of(books, card_id)


def held(till: Till, member_id: str) -> list[tuple[str, int, int]]:
    with till.shop.reading() as books:
        return [(each.name, each.left, each.worth_fen) for each in cards.cards_of(books, member_id)]


def alarms(tenant: Tenant) -> list[dict[str, Any]]:
    mine = sa.select(alarm.c.facts).where(alarm.c.tenant_id == tenant.tenant_id, alarm.c.kind == "card_overdrawn")
    return [json.loads(row.facts) for row in tenant.rows(mine)]


def are_exact(tenant: Tenant, *tills: Till) -> None:
    """Every account of a card is the same at every till and in the cloud, and its lots hold what is left."""
    all_tell(*tills)
    told = check.check(tenant.cloud, tenant.tenant_id)
    assert told["findings"] == []
    rows = tenant.rows(sa.select(balance.c.account, balance.c.amount).where(balance.c.tenant_id == tenant.tenant_id))
    of_cards = ("times:", "times.taken:", "card.")
    in_cloud = {name: amount for name, amount in rows if name.startswith(of_cards) and amount}
    assert in_cloud
    for till in tills:
        with till.shop.reading() as books:
            here = {name: left for name, left in books.ledger.holding("") if name.startswith(of_cards) and left}
            assert here == in_cloud
            for name, left in here.items():
                if name.startswith("times:"):
                    assert sum(lot.remaining for lot in books.ledger.lots_of(name)) == max(left, 0)
            earned = books.ledger.balance("cards.earned", "fen")
            owed = sum(amount for name, amount in here.items() if name.startswith("card.worth:"))
            back = sum(each.back_fen for each in cards.every_card(books))
            # nothing is earned that was not paid, and nothing paid is lost
            assert back or earned + owed == sum(each.paid_fen for each in cards.every_card(books))


def test_a_card_sold_here_is_taken_there_and_what_came_back_there_is_on_it_again(
    tills: tuple[Till, Till], tenant: Tenant
) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    bought = buys(one, she)
    all_tell(one, other)
    assert held(other, she) == [("五次卡", 5, 1_000)]
    assert card(other, bought.card_id).sold_at == "S01-1"

    sale = takes(other, she, 3)
    all_tell(other, one)
    assert held(one, she) == held(other, she) == [("五次卡", 2, 400)]
    brings(other, sale, 1)
    all_tell(other, one)

    assert held(one, she) == held(other, she) == [("五次卡", 3, 600)]
    with one.shop.reading() as books:
        # what came back lies where it was taken from
        assert [lot.lot_id for lot in books.ledger.lots_of(f"times:{bought.card_id}")] == [bought.card_id]
    takes(one, she, 3)
    are_exact(tenant, one, other)
    assert held(other, she) == [("五次卡", 0, 0)]
    assert alarms(tenant) == []


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("kind", "times"), [("T5", 5), ("T5", 3), ("T1", 1), ("T1", 2), ("T1", 3)])
def test_two_tills_that_hear_nothing_take_the_same_times(
    tills: tuple[Till, Till], tenant: Tenant, first: int, kind: str, times: int
) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    bought = buys(one, she, kind)
    all_tell(one, other)

    sales = [takes(till, she, times) for till in tills]
    all_tell(*(tills[first], tills[1 - first]))

    assert [sale.total.fen for sale in sales] == [0, 0]
    are_exact(tenant, one, other)
    left = bought.left - 2 * times
    over = [{"card": bought.number, "card_id": bought.card_id, "times": -left, "receipts": [sales[1 - first].receipt]}]
    assert alarms(tenant) == (over if left < 0 else [])
    # whatever comes back afterwards, and whatever is taken then, the books stay exact
    brings(one, sales[0], 1)
    are_exact(tenant, one, other)
    brings(other, sales[1], times)
    are_exact(tenant, one, other)
    takes(other, she, 2)
    are_exact(tenant, one, other)


def test_where_it_was_sold_alone_it_is_paid_back_and_handed_on(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    she, he = joins(one, PHONES[0]), joins(one, PHONES[1])
    bought, gone = buys(one, she), buys(one, she)
    all_tell(one, other)
    takes(other, she, 2)
    all_tell(other, one)

    for till in (other, one):
        back = CardBackOrder(bought.card_id, "shop", "搬家", "cash", "script")
        on = GiveOrder(gone.card_id, he, "送人", "script")
        if till is other:
            with pytest.raises(CardElsewhere):
                pay_back(till.shop, back, clock=till.clock, ids=till.ids)
            with pytest.raises(CardElsewhere):
                give(till.shop, on, clock=till.clock, ids=till.ids)
        else:
            assert pay_back(till.shop, back, clock=till.clock, ids=till.ids).doc.money_fen == 600
            give(till.shop, on, clock=till.clock, ids=till.ids)
    all_tell(one, other)

    assert held(other, she) == [("五次卡", 0, 0)]
    assert card(other, bought.card_id).was_paid_back
    assert held(other, he) == held(one, he) == [("五次卡", 5, 1_000)]
    takes(other, he, 5)
    are_exact(tenant, one, other)


def test_paid_back_here_while_it_was_taken_there_is_told_the_owner(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    bought = buys(one, she)
    all_tell(one, other)

    takes(other, she, 2)
    pay_back(one.shop, CardBackOrder(bought.card_id, "shop", "x", "cash", "script"), clock=one.clock, ids=one.ids)
    are_exact(tenant, one, other)

    assert [facts["times"] for facts in alarms(tenant)] == [2]
    assert held(one, she) == held(other, she) == [("五次卡", -2, 0)]


def test_given_times_lapse_by_the_night_of_the_till_that_sold_them(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    bought = buys(one, she, "T1")
    all_tell(one, other)
    nights = []
    for till in (other, one):
        till.clock.off = timedelta(days=60)
        nights.append(card_night.work(till.shop, clock=till.clock))
        till.clock.off = timedelta()

    are_exact(tenant, one, other)

    assert nights == [0, 1]
    assert [card(till, bought.card_id).left for till in tills] == [1, 1]


def test_her_cards_stay_hers_when_two_names_become_one(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    a, b = joins(one, PHONES[0]), joins(one, PHONES[1])
    buys(one, b)
    all_tell(one, other)

    is_one(other, a, b)
    all_tell(other, one)
    takes(other, a, 1)
    are_exact(tenant, one, other)

    assert held(one, a) == held(other, a) == [("五次卡", 4, 800)]


def test_a_till_that_reads_everything_anew_comes_to_the_same(
    tills: tuple[Till, Till], tenant: Tenant, line: FaultProxy
) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    buys(one, she, "T1")
    all_tell(one, other)
    for till in tills:
        takes(till, she, 2)
    all_tell(one, other)
    # the feed begins anew for a till that joins, and once more for all
    late = new_till()
    late.join(line.url, tenant.invite("3"))
    for till in tills:
        with till.shop.writing() as books:
            books.feeds.move(Cursor(f"members:{tenant.store_id}", 0, 0, EMPTY_SUM.hex()))

    are_exact(tenant, one, other, late)

    assert held(late, she) == held(one, she) == [("一送二", -1, 0)]
    assert len(alarms(tenant)) == 1


def test_another_machine_in_the_tills_place_keeps_its_cards(
    tills: tuple[Till, Till], tenant: Tenant, line: FaultProxy
) -> None:
    one, other = tills
    she = joins(one, PHONES[0])
    bought = buys(one, she)
    all_tell(one, other)
    takes(other, she, 1)
    other.sync()

    new = new_till()
    new.join(line.url, tenant.invite("1"))
    new.sync()
    back = CardBackOrder(bought.card_id, "shop", "x", "cash", "script")

    assert card(new, bought.card_id).sold_at == ""
    assert pay_back(new.shop, back, clock=new.clock, ids=new.ids).doc.money_fen == 800
    are_exact(tenant, new, other)
    assert held(other, she) == [("五次卡", 0, 0)]


@pytest.mark.parametrize("rules", ["银卡: spend 10000", "银卡: spend 10000; 金卡: spend 90000"])
def test_a_membership_holds_at_every_till_and_ends_at_every_till(
    tills: tuple[Till, Till], tenant: Tenant, rules: str
) -> None:
    one, other = tills
    set_policies(one.shop, {"tier.rules": rules}, clock=one.clock)
    gold = CardKind("GOLD", "金卡会员", Money(9_900), form="membership", months=12, tier="金卡")
    cards.put_kind(one.shop, gold, clock=one.clock)
    she = joins(one, PHONES[0])
    bought = buys(one, she, "GOLD")
    all_tell(one, other)
    for till in (other, one, other):
        said = tiers.judge_all(till.shop, clock=till.clock), memberships.settle_all(till.shop, clock=till.clock)
        assert said == (0, 0) or till is one
        assert tier(till, she) == "金卡"
    all_tell(other, one)
    assert [tier(till, she) for till in tills] == ["金卡", "金卡"]

    back = CardBackOrder(bought.card_id, "customer", "x", "cash", "script")
    assert pay_back(one.shop, back, clock=one.clock, ids=one.ids).doc.money_fen == 9_900
    all_tell(one, other)

    assert [tier(till, she) for till in tills] == ["", ""]
    assert check.check(tenant.cloud, tenant.tenant_id)["findings"] == []


def tier(till: Till, member_id: str) -> str:
    with till.shop.reading() as books:
        found = books.members.by_id(member_id)
    assert found is not None
    return found.tier


@pytest.mark.parametrize("mutant", ["level", "lots", "once", "docs"])
def test_the_books_do_not_agree_without(
    tills: tuple[Till, Till], tenant: Tenant, monkeypatch: pytest.MonkeyPatch, mutant: str
) -> None:
    monkeypatch.setattr(*_BROKEN[mutant])
    one, other = tills
    she = joins(one, PHONES[0])

    with pytest.raises((AssertionError, UnknownCard)):
        bought = buys(one, she, "T1")
        all_tell(one, other)
        assert card(other, bought.card_id).left == 3
        sales = [takes(till, she, 3) for till in tills]
        are_exact(tenant, one, other)
        brings(other, sales[1], 3)
        all_tell(other, one)
        with one.shop.reading() as books:
            lots = {lot.lot_id for lot in books.ledger.lots_of(f"times:{bought.card_id}")}
        assert lots == {bought.card_id, gift_lot(bought.card_id)}


def _again(body: LedgerBody) -> Txn:
    """The entry under another name, so that it is booked though it is known."""
    legs = tuple(Leg(leg.account, leg.unit, leg.amount) for leg in body.legs)
    return Txn(f"{body.txn_id}!", body.kind, body.at, legs, body.member_id)


_BROKEN: dict[str, tuple[str, Any]] = {
    "level": ("storeapp.cloud.projector.cards.settle", lambda _work: None),
    "lots": ("storeapp.cloud.posting.times_moves", lambda _moves: ()),
    "once": ("storeapp.sync.bodies.LedgerBody.txn", _again),
    "docs": ("storeapp.sync.cards.hear", lambda *_: None),
}
