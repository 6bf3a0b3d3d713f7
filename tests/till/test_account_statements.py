"""A member's statement: every entry once, and in the end exactly what lies on her accounts."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from storeapp.domain.account_statement import Sums
from storeapp.domain.basket import Basket, Line
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.till.account_statements import statement_of
from storeapp.till.checkout import Order, checkout
from storeapp.till.debts import DebtOrder, settle_debt
from storeapp.till.members import card
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, CUP

HERS = ALICE.member_id
DAY = date(2026, 9, 28)


@pytest.fixture
def shop(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """Alice topped up, bought, brought back, took on account and paid, on five days in a row."""
    with bare.writing() as books:
        books.products.put([CUP])
        books.members.put(ALICE)
    rules = {"stored_value.enabled": True, "stored_value.rules": "200+50", "on_account.enabled": True}
    set_policies(bare, rules, clock=clock)

    def buy(way: str) -> str:
        basket = Basket((Line(CUP),), member_id=HERS)
        order = Order(basket, (Tender(way, Money(4990)),), "1007", prints=False)  # type: ignore[arg-type]  # a way
        return checkout(bare, order, clock=clock, ids=ids).sale.receipt

    top_up(bare, TopUpOrder(HERS, Money(20_000), "cash", "1007"), clock=clock, ids=ids)
    clock.go_on(days=1)
    bought = buy("stored_value")
    clock.go_on(days=1)
    refund(bare, RefundOrder(bought, "script", "faulty"), clock=clock, ids=ids)
    clock.go_on(days=1)
    buy("on_account")
    clock.go_on(days=1)
    settle_debt(bare, DebtOrder(HERS, "cash", "1007", amount=Money(1000)), clock=clock, ids=ids)
    return bare


def test_it_comes_to_what_she_has(shop: Shop) -> None:
    with shop.reading() as books:
        told = statement_of(books, HERS, since=DAY, until=DAY + timedelta(days=9))
        now = card(books, HERS, on=DAY + timedelta(days=4))

    assert [each.kind for each in told.entries] == ["topup", "sale", "refund", "sale", "settlement"]
    assert told.before == Sums()
    assert told.after == Sums(now.principal_fen, now.bonus_fen, now.points, now.owed_fen)
    assert told.after.owed_fen == 3990
    assert sum((each.moved.principal_fen for each in told.entries), 0) == now.principal_fen


@pytest.mark.parametrize("days", range(6))
def test_days_in_between_begin_where_the_days_before_ended(shop: Shop, days: int) -> None:
    middle = DAY + timedelta(days=days)
    with shop.reading() as books:
        first = statement_of(books, HERS, since=DAY, until=middle - timedelta(days=1))
        rest = statement_of(books, HERS, since=middle, until=DAY + timedelta(days=9))
        whole = statement_of(books, HERS, since=DAY, until=DAY + timedelta(days=9))

    assert (first.entries + rest.entries, rest.before, rest.after) == (whole.entries, first.after, whole.after)


def test_nobody_has_none(shop: Shop) -> None:
    with shop.reading() as books, pytest.raises(UnknownMember):
        statement_of(books, "nobody", since=DAY, until=DAY)
