"""Cards in the cloud: every till is told of each, and times that two tills took are levelled once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier, BrokenBarrierError
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from storeapp.cloud.admin import check, tenants
from storeapp.cloud.app import make_app
from storeapp.cloud.projector import cards
from storeapp.cloud.tables.cards import card_doc
from storeapp.cloud.tables.journals import alarm, quarantine
from storeapp.cloud.tables.ledgers import ledger_txn
from storeapp.domain import card_use
from storeapp.domain.card_doc import CardDoc, body
from storeapp.domain.card_kind import CardKind
from storeapp.domain.card_use import CardUse, Covered
from storeapp.domain.ledger import LotMove, legs_data, times_account
from storeapp.domain.money import Money
from tests.cloud.tills import AT
from tests.waiting import PATIENCE_S

KIND = CardKind("T2", "两次卡", Money(1_000), goods=("6901234567892",), times=2)
NUMBER = "S01-1-20260928-0009"


@pytest.fixture
def tills(shop):
    return shop.till("1"), shop.till("2")


def sells(till, member_id, **more):
    """Sold before it joined, when the till had another name."""
    card_id = str(uuid4())
    said = {"member_id": member_id, "kind": KIND, "money_fen": 1_000, "times": 2, "worth_fen": 1_000, **more}
    doc = CardDoc(
        doc_id=card_id, number=NUMBER, number_in_day=9, deed="card_sold", store="S09", till="9", cashier="1007",
        business_date="2026-09-28", at=AT, card_id=card_id, tender="cash", reason="her own words", **said,
    )  # fmt: skip
    till.event("card_sold", body(doc))
    return card_id


def takes(till, card_id, times, *, member_id, receipt, before=2):
    """Goods for nothing but times of the card, at what they are worth as this till knows it."""
    lots = (LotMove(times_account(card_id), card_id, -times),)
    use = CardUse(
        card_id, "两次卡", NUMBER, 2, before, before - times, 500 * times, (Covered(1, times, 600),), "", lots
    )
    legs = legs_data(card_use.legs(use))
    sale_id = str(uuid4())
    ledger = {"txn_id": sale_id, "kind": "sale", "legs": legs}
    said = {"tenders": [], "change_fen": 0, "cards": card_use.body([use]), "ledger": ledger, "sale_id": sale_id}
    return till.sale(0, member_id=member_id, receipt=receipt, **said)


def told(till, type_):
    return [row["body"] for row in till.feed(till.members_feed) if row["t"] == type_]


def alarms(shop):
    return [(row["kind"], row["facts"]) for row in check.check(shop.cloud, shop.tenant)["alarms"]]


def are_sound(shop, card_id):
    """What is left and what is owed, with nothing found to be wrong."""
    assert check.check(shop.cloud, shop.tenant)["findings"] == []
    return shop.balance(times_account(card_id)), shop.balance(f"card.worth:{card_id}")


def test_a_card_is_told_before_its_entry_and_without_anybodys_words(shop, tills):
    one, other = tills
    she = one.join()
    card_id = sells(one, she)
    one.push()

    rows = [row["t"] for row in other.feed(other.members_feed)]
    [card] = told(other, "card")
    assert rows[-2:] == ["card", "ledger"]
    assert (card["card_id"], card["store"], card["till"], card["kind"]["name"]) == (card_id, "S01", "1", "两次卡")
    assert "her own words" not in repr(card)
    takes(other, card_id, 1, member_id=she, receipt="S01-2-20260928-0001")
    other.push()
    assert told(one, "ledger")[-1]["lots"] == [{"account": times_account(card_id), "lot_id": card_id, "amount": -1}]
    assert are_sound(shop, card_id) == (1, 500)


@pytest.mark.parametrize("first", [0, 1])
def test_two_tills_that_took_the_last_time_are_levelled_once_and_told(shop, tills, first):
    she = tills[0].join()
    card_id = sells(tills[0], she)
    tills[0].push()
    n = len(tills[0].entries)
    for till, number in zip(tills, "12", strict=True):
        takes(till, card_id, 2, member_id=she, receipt=f"S01-{number}-20260928-0001")

    # said twice it is done once
    for till in (tills[first], tills[1 - first], tills[first], tills[1 - first]):
        assert till.push(1 if till is tills[1] else n + 1).status_code == 200

    assert are_sound(shop, card_id) == (-2, 0)
    second = f"S01-{2 - first}-20260928-0001"
    facts = {"card": NUMBER, "card_id": card_id, "times": 2, "receipts": [second]}
    assert alarms(shop) == [("card_overdrawn", facts)]
    levelled = [row for row in told(tills[0], "ledger") if row["kind"] == "card.levelled"]
    assert [[leg["amount"] for leg in row["legs"]] for row in levelled] == [[1_000, -1_000]]
    assert shop.balance("cards.earned") == 1_000


def test_without_levelling_more_is_earned_than_was_paid(shop, tills, monkeypatch):
    monkeypatch.setattr("storeapp.cloud.projector.cards.settle", lambda _work: None)
    she = tills[0].join()
    card_id = sells(tills[0], she)
    tills[0].push()
    for till, number in zip(tills, "12", strict=True):
        takes(till, card_id, 2, member_id=she, receipt=f"S01-{number}-20260928-0001")
    tills[0].push(3)
    tills[1].push()

    findings = check.check(shop.cloud, shop.tenant)["findings"]
    assert findings == [{"kind": "card_owed", "card": NUMBER, "times": -2, "fen": -1_000}]


def test_a_card_waits_for_whoever_has_not_been_told_of_and_is_levelled_when_it_comes(shop, tills):
    one, other = tills
    she = other.join()
    card_id = sells(one, she)
    one.push()
    assert [row["error"] for row in shop.rows(quarantine)] == ["member_missing"]
    takes(other, card_id, 2, member_id=she, receipt="S01-2-20260928-0001")
    other.push()
    # nobody knows yet what it was a use of
    assert (shop.balance(f"card.worth:{card_id}"), shop.rows(alarm, kind="card_overdrawn")) == (-1_000, [])

    assert are_sound(shop, card_id) == (0, 0)
    assert [row["card_id"] for row in shop.rows(card_doc)] == [card_id]
    assert "card.levelled" not in {row["kind"] for row in shop.rows(ledger_txn)}


def test_what_a_membership_owes_is_left_to_its_nights(shop, tills):
    one, _ = tills
    she = one.join()
    gold = CardKind("GOLD", "金卡会员", Money(1_000), form="membership", months=12, tier="金卡")
    card_id = sells(one, she, kind=gold, times=0, since="2026-09-28", until="2027-09-27")
    one.push()

    assert are_sound(shop, card_id) == (0, 1_000)


def test_a_store_that_knew_her_by_another_name_hears_of_her_cards_when_both_are_one(shop, tills):
    one, _ = tills
    tenants.store_add(shop.cloud, shop.tenant, "S02", "北门店")
    far = shop.till("3", store="S02")
    she, there = one.join("13800000001"), far.join("13800000002")
    card_id = sells(one, she)
    one.push()
    far.push()
    assert told(far, "card") == []

    one.event("member.merged", {"kept": she, "gone": there})
    one.push()

    rows = [
        (row["t"], row["body"].get("card_id")) for row in far.feed(far.members_feed) if row["t"] in ("card", "ledger")
    ]
    assert rows == [("card", card_id), ("ledger", None)]
    takes(far, card_id, 1, member_id=there, receipt="S02-3-20260928-0001")
    far.push()
    assert are_sound(shop, card_id) == (1, 500)


@pytest.mark.parametrize("has_lock", [True, False])
def test_two_batches_at_one_moment_are_levelled_by_the_second(shop, tills, monkeypatch, has_lock):
    she = tills[0].join()
    card_id = sells(tills[0], she)
    tills[0].push()
    for till, number in zip(tills, "12", strict=True):
        takes(till, card_id, 2, member_id=she, receipt=f"S01-{number}-20260928-0001")
    at_once, plain = Barrier(2), cards.standing
    # SQLite has one writer at a time, whatever is locked; the second comes only when the first has gone
    is_level = has_lock or shop.cloud.database.engine.dialect.name == "sqlite"

    def together(*args):
        with suppress(BrokenBarrierError):
            at_once.wait(timeout=1 if is_level else PATIENCE_S)
        return plain(*args)

    monkeypatch.setattr(cards, "standing", together)
    if not has_lock:
        monkeypatch.setattr(cards, "_lock", lambda *_: None)

    with TestClient(make_app(shop.cloud)) as second, ThreadPoolExecutor(2) as pool:
        tills[1].client = second
        pushed = [pool.submit(tills[0].push, 3), pool.submit(tills[1].push)]
        assert [each.result(PATIENCE_S).status_code for each in pushed] == [200, 200]

    monkeypatch.setattr(cards, "standing", plain)
    assert shop.balance(f"card.worth:{card_id}") == (0 if is_level else -1_000)
