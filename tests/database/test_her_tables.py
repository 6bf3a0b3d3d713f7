"""Every table with a member in it: her export tells it, and forgetting her leaves no word about her in it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from storeapp.database.connection import FILE
from storeapp.database.keystore import DATABASE_KEY, FileKeystore, key_of
from storeapp.database.shop import ShopDatabase
from storeapp.database.tables.every import metadata
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card_kind import CardKind
from storeapp.domain.feedback import Feedback
from storeapp.domain.group_order import ToldOrder
from storeapp.domain.member import Consent
from storeapp.domain.money import Money
from storeapp.domain.outreach import Candidate
from storeapp.domain.quantity import Quantity
from storeapp.domain.referral import Bought, Given, Referral
from storeapp.domain.tender import Tender
from storeapp.domain.tier import TierWord
from storeapp.till import (
    card_refunds,
    card_sales,
    cards_elsewhere,
    coupon_gifts,
    coupon_templates,
    layers,
    member_file,
    promotions,
)
from storeapp.till.card_refunds import CardBackOrder
from storeapp.till.card_sales import CardOrder
from storeapp.till.cards import put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_gifts import Goodwill
from storeapp.till.her_data import everything
from storeapp.till.members import erase
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.database.test_privacy import everything_in
from tests.fakes.grouping import opened, ordered
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA, a_sale

CLOCK = StillClock()
TODAY = CLOCK.now().date()
HER = replace(ALICE, note="爱喝无糖的", birthday="05-01")
TAG, SAID = "团长姐姐", "店员很热情呀"
WORDS = (HER.phone, "13800000001", HER.name, HER.note, HER.birthday, TAG, SAID)

# every name a column has where a member's id stands in it
NAMES = ("member_id", "gone", "kept", "newcomer_id", "referrer_id")
# which part of what she is handed tells of the rows of a table; None: it only counts what another part tells whole
TOLD: Mapping[str, str | None] = {
    "card_doc": "cards",
    "card_told": "cards",
    "consent": "consents",
    "coupon": "every_coupon",
    "coupon_grant": "every_coupon",
    "feedback": "timeline",
    "group_order": "group_orders",
    "group_order_told": "group_orders",
    "layer": "layer",
    "ledger_txn": "ledger",
    "member": "member_id",
    "member_erased": None,
    "member_merged": "merged",
    "member_note": "timeline",
    "member_tag": "tags",
    "outreach": "outreach",
    "past_sale": "sales",
    "promotion_use": None,
    "referral": "referrals",
    "referral_bought": None,
    "referral_given": "referrals",
    "referral_told": "referrals",
    "refund": "refunds",
    "sale": "sales",
    "staff_member": "staff",
    "tier_word": "tiers",
    "value_doc": "stored_value",
}
# these hold words about her, or what is thought of her: nothing of hers stays in them
EMPTIED = ("layer", "member", "member_tag")


def columns() -> dict[str, list[str]]:
    """Each table with a column where a member's id stands, and which columns these are."""
    found = {}
    for table in metadata.sorted_tables:
        hers = [column.name for column in table.columns if column.name in NAMES]
        if hers:
            found[table.name] = hers
    return found


def rows(shop: ShopDatabase, member_id: str) -> dict[str, int]:
    """How many rows of each table are about her."""
    found = {}
    for table, hers in columns().items():
        where = " OR ".join(f"{column} = ?" for column in hers)
        [(count,)] = shop._writer.execute(f"SELECT count(*) FROM {table} WHERE {where}", [member_id] * len(hers))
        found[table] = count
    return found


@pytest.fixture
def lived(shop: ShopDatabase) -> ShopDatabase:
    """She did everything once that leaves a row about her."""
    ids = CountedIds()
    set_policies(shop, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=CLOCK)
    promotions.put_promotions(
        shop, ({"id": "half", "name": "减", "kind": "nth_percent", "count": 2, "percent_off": 50},), clock=CLOCK
    )
    promotions.go_live(shop, ("half",), clock=CLOCK, unreplayed=True)
    coupon_templates.put_templates(
        shop, ({"id": "tea", "name": "茶券", "amount_fen": 100, "valid_days": 30},), clock=CLOCK
    )
    with shop.writing() as books:
        books.products.put([TEA])
        for member in (HER, BOB):
            books.members.put(member)
        books.sales.add(replace(a_sale(7, day="2026-09-01", member=HER), receipt="H-7", request_id="7"), imported=True)
    _money(shop, ids)
    _card(shop, ids)
    _people(shop)
    opened(shop, CLOCK, goods=[{"code": TEA.code, "price_fen": 280}])
    order = ordered(shop, CLOCK, ids, cups=0, member_id=HER.member_id)
    with shop.writing() as books:
        books.groups.elsewhere.put_order(ToldOrder(replace(order, order_id="o-elsewhere"), "another till"))
    layers.work_the_night(shop, clock=CLOCK)
    coupon_gifts.give_by_hand(shop, Goodwill("tea", HER.member_id, "道歉"), clock=CLOCK, ids=ids)
    member_file.describe(shop, HER.member_id, note=HER.note, birthday=HER.birthday, tags=[TAG], by="1001", clock=CLOCK)
    member_file.look(shop, HER.member_id, by="1001", clock=CLOCK)
    return shop


def _money(shop: ShopDatabase, ids: CountedIds) -> None:
    paid_in = TopUpOrder(HER.member_id, Money(20_000), "cash", "script", prints=False)
    top_up(shop, paid_in, clock=CLOCK, ids=ids)
    basket = Basket((Line(TEA, Quantity(2_000)),), member_id=HER.member_id)
    order = Order(basket, (Tender("cash", Money(10_000)),), "script", prints=False)
    first = checkout(shop, order, clock=CLOCK, ids=ids).sale
    refund(shop, RefundOrder(first.receipt, "script", "x", prints=False), clock=CLOCK, ids=ids)
    checkout(shop, order, clock=CLOCK, ids=ids)
    back = PayBackOrder(HER.member_id, "within_days", "x", "cash", "script", prints=False)
    pay_back(shop, back, clock=CLOCK, ids=ids)
    with shop.writing() as books:
        books.feedback.put(Feedback(first.token, 5, SAID, CLOCK.now().isoformat(), first.receipt, HER.member_id))


def _card(shop: ShopDatabase, ids: CountedIds) -> None:
    set_policies(shop, {"cards.enabled": True}, clock=CLOCK)
    put_kind(shop, CardKind("N10", "茶十次卡", Money(10_000), goods=(TEA.code,), times=10), clock=CLOCK)
    sold = card_sales.sell(shop, CardOrder(HER.member_id, "N10", "cash", "script"), clock=CLOCK, ids=ids).doc
    back = CardBackOrder(sold.card_id, "customer", "x", "cash", "script", prints=False)
    card_refunds.pay_back(shop, back, clock=CLOCK, ids=ids)
    with shop.writing() as books:
        for doc in books.cards.of_card(sold.card_id):
            number = doc.number.replace("S01-1", "S01-2")
            elsewhere = replace(doc, doc_id=f"{doc.doc_id}2", card_id=f"{sold.card_id}2", number=number, till="2")
            cards_elsewhere.hear(books, elsewhere)


def _people(shop: ShopDatabase) -> None:
    at = CLOCK.now().isoformat()
    with shop.writing() as books:
        books.members.consent(HER.member_id, Consent("marketing", "1", True, "counter", at, "S01-1"))
        books.outreach.put_day(TODAY, [Candidate(HER.member_id, "thanks")])
        books.tiers.say(TierWord(HER.member_id, "金卡", at, by="1001", reason="x"))
        books.staff.link("1009", HER.member_id)
        books.referrals.add(Referral(BOB.member_id, HER.member_id, at, TODAY.isoformat(), "1001", "code"))
        told = Referral("0192f0a0-0000-7000-8000-00000000ca02", HER.member_id, at, TODAY.isoformat(), "1001", "code")
        books.referrals.tell(told)
        books.referrals.bought_elsewhere(HER.member_id, Bought("s-elsewhere", TODAY.isoformat(), 500))
        books.referrals.give(Given(BOB.member_id, "referrer", HER.member_id, "points", 5, "t-5", TODAY.isoformat()))


def test_every_table_with_a_member_in_it_is_told_to_her_or_said_why_not(lived: ShopDatabase) -> None:
    assert set(columns()) == set(TOLD), "a new table with a member in it: tell it to her in her_data, then name it here"

    held = rows(lived, HER.member_id)
    # the entry that gives a coupon moves no account of hers, and the coupon is told
    held["ledger_txn"] -= held["coupon_grant"]
    with lived.reading() as books:
        hers = everything(books, HER.member_id, on=TODAY)

    assert [table for table, count in held.items() if not count] == ["member_erased", "member_merged"]
    for table, part in TOLD.items():
        if part is not None and held[table]:
            told = hers[part]
            assert told, table
            assert not isinstance(told, list) or len(told) >= held[table], table


def test_she_takes_along_why_a_coupon_was_given_and_what_she_said(lived: ShopDatabase) -> None:
    with lived.reading() as books:
        hers = everything(books, HER.member_id, on=TODAY)

    assert [(each["why"], each["reason"]) for each in hers["every_coupon"]] == [("goodwill", "道歉")]
    assert hers["staff"] == ["1009"]
    assert f"5:{SAID}" in [row["detail"] for row in hers["timeline"]]
    assert "H-7" in [sale["receipt"] for sale in hers["sales"]]


def test_nothing_is_told_twice_of_who_was_two_members(lived: ShopDatabase) -> None:
    merge(lived, Merge(BOB.member_id, HER.member_id, "同一人", "script"), clock=CLOCK, ids=CountedIds())

    with lived.reading() as books:
        hers = everything(books, BOB.member_id, on=TODAY)

    assert hers["merged"] == [HER.member_id]
    for part in ("sales", "refunds", "stored_value", "ledger", "timeline", "every_coupon", "tiers", "referrals"):
        told = [json.dumps(each, sort_keys=True) for each in hers[part]]
        assert told, part
        assert len(told) == len(set(told)), part


def test_who_is_forgotten_leaves_no_word_about_her_in_any_table(
    lived: ShopDatabase, tmp_path: Path, keys: FileKeystore
) -> None:
    before, found = rows(lived, HER.member_id), lived.check()

    erase(lived, HER.member_id, clock=CLOCK)

    after = rows(lived, HER.member_id)
    assert [table for table in EMPTIED if not before[table]] == []
    assert [table for table in EMPTIED if after[table]] == []
    held = everything_in(tmp_path / FILE, key_of(keys, DATABASE_KEY))
    assert [word for word in WORDS if word.encode() in held] == []
    assert lived.check() == found


def test_what_stays_is_all_that_was_ever_booked(lived: ShopDatabase) -> None:
    before = rows(lived, HER.member_id)

    erase(lived, HER.member_id, clock=CLOCK)

    kept = {table: count for table, count in before.items() if table not in (*EMPTIED, "member_erased")}
    assert {table: rows(lived, HER.member_id)[table] for table in kept} == kept
