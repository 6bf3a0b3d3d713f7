"""Stored value that went to another member: the cloud keeps both balances, and both members' stores hear of it."""

from __future__ import annotations

from dataclasses import replace
from uuid import uuid4

import pytest

from storeapp.cloud.admin import check
from storeapp.domain.ledger import Lot, bonus_account, legs_data, principal_account
from storeapp.domain.value_refund import Deposit
from storeapp.domain.value_transfer import entry, shares
from tests.cloud.tills import AT


@pytest.fixture
def till(shop):
    return shop.till("1")


def paid_in(till, who, fen, gift):
    """A top-up, as a till tells of it."""
    doc_id = str(uuid4())
    legs = [
        {"account": principal_account(who), "unit": "fen", "amount": fen},
        {"account": "liab.principal", "unit": "fen", "amount": -fen},
        {"account": bonus_account(who), "unit": "fen", "amount": gift},
        {"account": "exp.bonus", "unit": "fen", "amount": -gift},
    ]
    till.event("topup", {"member_id": who, "ledger": {"txn_id": doc_id, "kind": "topup", "legs": legs}})
    lots = {
        (account, doc_id): Lot(who, doc_id, AT, amount, amount)
        for account, amount in ((principal_account(who), fen), (bonus_account(who), gift))
    }
    hers = Deposit(doc_id, "1", AT[:10], "cash", fen, gift, fen, gift, 0, 0)
    return replace(hers, principal_lots=((doc_id, fen),), bonus_lots=((doc_id, gift),)), lots


def gives(till, giver, taker, deposit, lots, fen):
    txn = entry(giver, taker, shares([deposit], lots, fen, with_gift=True, on=AT[:10]), txn_id=str(uuid4()), at=AT)
    body = {"txn_id": txn.txn_id, "kind": txn.kind, "member_id": taker, "giver": giver, "legs": legs_data(txn.legs)}
    till.event("ledger.posted", body)
    till.push()


def test_both_balances_move_and_nothing_is_off(shop, till):
    giver, taker = till.join(), till.join(phone="13700000009")
    deposit, lots = paid_in(till, giver, 20_000, 5_000)

    gives(till, giver, taker, deposit, lots, 8_000)

    held = [shop.balance(account(who)) for who in (giver, taker) for account in (principal_account, bonus_account)]
    assert held == [12_000, 3_000, 8_000, 2_000]
    answer = check.check(shop.cloud, shop.tenant)
    assert (answer["findings"], answer["alarms"]) == ([], [])


def test_another_till_hears_of_it_for_both(shop, till):
    other, giver, taker = shop.till("2"), till.join(), till.join(phone="13700000009")
    deposit, lots = paid_in(till, giver, 20_000, 5_000)

    gives(till, giver, taker, deposit, lots, 20_000)

    told = [row["body"] for row in other.feed(other.members_feed) if row["t"] == "ledger"]
    assert {body["member_id"] for body in told if body["kind"] == "transfer"} == {giver, taker}
