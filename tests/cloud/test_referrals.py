"""Who brought whom, as the cloud hears it from two tills: the first word counts, and its till is told what she buys."""

from __future__ import annotations

import pytest

from storeapp.cloud.tables.journals import alarm, quarantine
from storeapp.cloud.tables.referrals import referral
from tests.cloud.tills import AT

LATER = "2026-09-28T12:30:00+08:00"


@pytest.fixture
def tills(shop):
    return shop.till("1"), shop.till("2")


def names(till, newcomer, referrer, *, at=AT, state="named", **more):
    body = {
        "newcomer_id": newcomer, "referrer_id": referrer, "named_at": at, "named_on": at[:10], "cashier": "1007",
        "way": "code", "state": state, "why": "", "sale_id": "", "settled_at": "", **more,
    }  # fmt: skip
    till.event(f"referral.{state}", body, at=at)


def told(till, type_):
    return [row["body"] for row in till.feed(till.members_feed) if row["t"] == type_]


@pytest.mark.parametrize("first", [0, 1])
def test_the_earlier_word_counts_whichever_is_heard_first(shop, tills, first):
    a, b, new = (tills[0].join(f"1380000000{n}") for n in range(3))
    tills[0].push()
    names(tills[0], new, a)
    names(tills[1], new, b, at=LATER)

    for n in (first, 1 - first):
        tills[n].push(4 if n == 0 else 1)

    [row] = shop.rows(referral)
    assert (row["referrer_id"], row["device_id"]) == (a, tills[0].device_id)
    last = told(tills[1], "referral")[-1]
    assert (last["referrer_id"], last["device_id"], last["state"]) == (a, tills[0].device_id, "named")
    assert [each["kind"] for each in shop.rows(alarm)] == ["referred_twice"]


def test_the_till_that_named_her_is_told_what_is_left_of_a_purchase_elsewhere(shop, tills):
    one, other = tills
    old, new = one.join("13800000001"), one.join("13800000002")
    other.push()
    one.push()
    early = other.sale(3000, member_id=new)
    other.push()
    assert told(one, "referral.bought") == []
    names(one, new, old)
    own = one.sale(900, member_id=new, receipt="S01-1-20260928-0007")
    one.push(3)

    # bought before it was told of her, and told once it was; of its own purchases it knows itself
    assert [(each["sale_id"], each["left_fen"]) for each in told(one, "referral.bought")] == [(early["sale_id"], 3000)]
    assert own["sale_id"] not in repr(told(one, "referral.bought"))


def test_what_came_of_it_is_told_and_an_older_word_does_not_come_back(shop, tills):
    one, other = tills
    old, new = one.join("13800000001"), one.join("13800000002")
    names(one, new, old, state="rewarded", sale_id="s")
    names(one, new, old)
    one.push()

    assert [row["state"] for row in shop.rows(referral)] == ["rewarded"]
    assert [each["state"] for each in told(other, "referral")] == ["rewarded"]


def test_it_waits_for_whoever_has_not_been_told_of(shop, tills):
    one, other = tills
    new, old = other.join("13800000001"), one.join("13800000002")
    names(one, new, old)
    one.push()

    assert [row["error"] for row in shop.rows(quarantine)] == ["member_missing"]
    assert shop.rows(referral) == []
