"""The check finds what somebody did to a card behind storeapp's back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from storeapp.database.shop import ShopDatabase
from storeapp.domain import card_use
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card_kind import CardKind
from storeapp.domain.card_use import CardUse, Covered
from storeapp.domain.ledger import Txn
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.till import cards, cards_elsewhere
from storeapp.till.card_sales import CardOrder, sell
from storeapp.till.cards import put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from tests.database.conftest import Opener, Raw
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, TEA

SAID = "UPDATE journal SET body = CAST(replace(CAST(body AS TEXT), '{}', '{}') AS BLOB) WHERE type = 'sale'"
OTHER = "0192f3a0-0000-7000-8000-00000000cafe"
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


@pytest.mark.parametrize("table", ["card_doc", "card_told"])
@pytest.mark.parametrize("deed", ["DELETE FROM {}", "UPDATE {} SET number = number"])
def test_what_was_sold_stays_written(told: ShopDatabase, deed: str, table: str) -> None:
    with pytest.raises(IntegrityError, match=f"{table} is only ever added to"):
        told._writer.execute(deed.format(table))


@pytest.fixture
def told(used: ShopDatabase) -> ShopDatabase:
    """Another till sold Alice the same card a day later, and took a time of this one's; the cloud told of both."""
    with used.writing() as books:
        own = cards.cards_of(books, ALICE.member_id)[0]
        doc = books.cards.of_card(own.card_id)[0]
        doc = replace(doc, doc_id=OTHER, card_id=OTHER, number="S01-2-20260929-0001", till="2")
        for _ in range(2):
            cards_elsewhere.hear(books, doc)
            books.ledger.post(taken_elsewhere(own.card_id, 2))
    return used


def taken_elsewhere(card_id: str, times: int) -> Txn:
    use = CardUse(card_id, "", "", 2, times, 0, 250 * times, (Covered(1, times, 0),))
    return Txn("elsewhere", "sale", "2026-09-28T12:00:00+08:00", card_use.legs(use), ALICE.member_id)


def test_a_card_of_another_till_is_hers_and_is_told_once(told: ShopDatabase) -> None:
    with told.reading() as books:
        theirs = cards.card_of(books, OTHER)
        both = {card.card_id: card.sold_at for card in cards.cards_of(books, ALICE.member_id)}
        found = books.cards.by_number(theirs.number)
        assert (theirs.left, theirs.worth_fen, theirs.sold_at) == (2, 500, "S01-2")
        assert found is not None
        assert found.is_told
        assert sorted(both.values()) == ["", "S01-2"]
        assert {card.card_id for card in cards.every_card(books)} == both.keys()
    # taken at two tills, nothing is left of ours and the cloud has not levelled it yet
    assert told.check() == ()


def test_the_check_finds_a_told_card_without_its_entry(told: ShopDatabase, raw: Raw, reopen: Opener) -> None:
    told.close()
    raw(f"UPDATE ledger_txn SET txn_id = 'x' WHERE txn_id = '{OTHER}'")

    assert "card_legs" in {finding.word for finding in reopen().check()}
