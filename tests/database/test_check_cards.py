"""The check finds what somebody did to a card behind storeapp's back."""

from __future__ import annotations

import pytest

from storeapp.database.shop import ShopDatabase
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card_kind import CardKind
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.till.card_sales import CardOrder, sell
from storeapp.till.cards import put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA

SAID = "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '{}', '{}') AS BLOB) WHERE type = 'sale'"
KIND = CardKind("TWO", "两次卡", Money(500), goods=(TEA.code,), times=2)


@pytest.fixture
def used(shop: ShopDatabase) -> ShopDatabase:
    """Alice has a card of two times and took one."""
    clock, ids = StillClock(), CountedIds(last=9_000)
    with shop.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
    set_policies(shop, {"cards.enabled": True}, clock=clock)
    put_kind(shop, KIND, clock=clock)
    sell(shop, CardOrder(ALICE.member_id, "TWO", "cash", "1007"), clock=clock, ids=ids)
    basket = Basket((Line(TEA, Quantity(1000)),), member_id=ALICE.member_id)
    checkout(shop, Order(basket, (), "1007", prints=False), clock=clock, ids=ids)
    return shop


def test_a_card_that_was_left_alone_is_in_order(used: ShopDatabase) -> None:
    assert used.check() == ()


@pytest.mark.parametrize(
    ("deed", "word"),
    [
        ("UPDATE card_doc SET money_fen = 499", "card_row"),
        ("UPDATE card_doc SET member_id = 'm'", "card_row"),
        ("UPDATE card_doc SET deed = 'card_refund'", "card_unjournaled"),
        ("UPDATE card_doc SET card_id = 'c'", "card_row"),
        ("UPDATE drawer_move SET fen = 499 WHERE doc = 'card_sold'", "card_drawer"),
        ("UPDATE drawer_move SET tender = 'card' WHERE doc = 'card_sold'", "drawer_document"),
        ("UPDATE ledger_txn SET txn_id = 'x' WHERE kind = 'card_sold'", "card_legs"),
        ("UPDATE lot SET expires_on = '2030-01-01'", "card_lapses"),
        ("UPDATE account SET balance = 0 WHERE name LIKE 'times:%'", "balance"),
        ("UPDATE lot SET remaining = 0", "card_worth"),
        ("UPDATE account SET balance = -1 WHERE name LIKE 'times.taken:%'", "card_balance"),
        ("DELETE FROM card_doc", "card_unbooked"),
        ("UPDATE card_doc SET number_in_day = 9", "number"),
        (SAID.format('"before":2', '"before":3'), "card_use"),
        (SAID.format('"reason":"card"', '"reason":"coupon"'), "card_cut"),
    ],
)  # fmt: skip
def test_the_check_finds(used: ShopDatabase, raw: Raw, reopen: Opener, deed: str, word: str) -> None:
    used.close()
    raw(deed)

    assert word in {finding.word for finding in reopen().check()}


@pytest.mark.parametrize("deed", ["DELETE FROM card_doc", "UPDATE card_doc SET money_fen = money_fen"])
def test_what_was_sold_stays_written(used: ShopDatabase, deed: str) -> None:
    with pytest.raises(Exception, match="card_doc is only ever added to"):
        used._writer.execute(deed)
