"""Two members who are one person, as the cloud hears of it: in any order, twice, both ways, and from two stores."""

from __future__ import annotations

from itertools import permutations
from uuid import uuid4

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from storeapp.cloud.admin import check, tenants
from storeapp.cloud.tables.journals import alarm, quarantine
from storeapp.cloud.tables.ledgers import balance
from storeapp.cloud.tables.members import consent, member, member_alias
from storeapp.cloud.tables.offers import coupon
from storeapp.domain.merge import who_stays
from tests.cloud.tills import AT

OLD, NEW = "2026-09-01T10:00:00+08:00", "2026-09-20T10:00:00+08:00"
A, B, C = (f"0192f0a0-0000-7000-8000-00000000000{n}" for n in "abc")
PHONES = {A: "13800000001", B: "13900000002", C: "13700000003"}


@pytest.fixture
def tills(shop):
    return shop.till("1"), shop.till("2")


def joins(till, member_id, *, phone=None, at=OLD, marketing=None):
    said = [] if marketing is None else [yes_or_no("marketing", given=marketing[0], at=marketing[1])]
    body = {"member_id": member_id, "joined_at": at, "tier": "", "consents": said}
    till.event("member.joined", body, at=at, pii={"phone": phone or PHONES[member_id], "name": "王芳"})


def yes_or_no(purpose, *, given, at):
    return {"purpose": purpose, "text_version": "2026-11", "given": given, "channel": "counter", "at": at}


def merges(till, kept, gone, *, moves=None):
    till.event("member.merged", {"kept": kept, "gone": gone, "reason": "换号", "by": "1001", "at": AT, "coupons": 0})
    if moves:
        legs = [leg(gone, -moves), leg(kept, moves)]
        posts(till, kept, legs, kind="merge")


def leg(member_id, points):
    return {"account": f"pts:{member_id}", "unit": "pts", "amount": points}


def posts(till, member_id, legs, *, kind="opening"):
    till.event("ledger.posted", {"txn_id": str(uuid4()), "kind": kind, "member_id": member_id, "legs": legs})


def gets(till, member_id, points):
    posts(till, member_id, [leg(member_id, points), {"account": "exp.points", "unit": "pts", "amount": -points}])


def points(shop, member_id):
    return shop.balance(f"pts:{member_id}")


def alias(shop):
    return {row["gone"]: row["kept"] for row in shop.rows(member_alias)}


def told(till, type_):
    return [row["body"] for row in till.feed(till.members_feed) if row["t"] == type_]


def is_well(shop):
    answer = check.check(shop.cloud, shop.tenant)
    assert answer["findings"] == []
    return answer


def test_the_other_tills_are_told_who_stands_for_whom(shop, tills):
    one, other = tills
    joins(one, A)
    joins(one, B)
    gets(one, A, 100)
    gets(one, B, 40)
    merges(one, A, B, moves=40)
    one.push()

    assert alias(shop) == {B: A}
    assert (points(shop, A), points(shop, B)) == (140, 0)
    assert [(body["gone"], body["kept"]) for body in told(other, "member.merged")] == [(B, A)]
    # who stays is told once more behind it, for tills that left her out until now
    assert [body["member_id"] for body in told(other, "member")][-1] == A
    is_well(shop)


def test_said_twice_it_is_as_if_said_once(shop, tills):
    one, other = tills
    joins(one, A)
    joins(one, B)
    gets(one, B, 40)
    merges(one, A, B, moves=40)
    one.push()
    merges(other, A, B, moves=40)
    other.push()

    # the other till moved what it thought was there still: the books end up where they belong
    assert (points(shop, A), points(shop, B)) == (40, 0)
    assert alias(shop) == {B: A}
    is_well(shop)


@pytest.mark.parametrize("first", [0, 1])
def test_merged_both_ways_at_once_who_joined_first_stays_whoever_is_heard_first(shop, tills, first):
    joins(tills[0], B, at=NEW)
    joins(tills[0], A, at=OLD)
    gets(tills[0], A, 100)
    gets(tills[0], B, 50)
    tills[0].push()
    merges(tills[0], B, A, moves=100)
    merges(tills[1], A, B, moves=50)
    start = len(tills[0].entries) - 1

    for n in (first, 1 - first):
        tills[n].push(start if n == 0 else 1)

    assert alias(shop) == {B: A}
    assert (points(shop, A), points(shop, B)) == (150, 0)
    last = told(tills[0], "member.merged")[-1]
    assert (last["gone"], last["kept"]) == (B, A)
    is_well(shop)


def test_what_a_till_books_that_has_not_heard_moves_on(shop, tills):
    one, other = tills
    joins(one, A)
    joins(one, B)
    merges(one, A, B)
    one.push()
    other.sale(5000, member_id=B)
    gets(other, A, 5)
    other.push()

    assert (points(shop, A), points(shop, B)) == (55, 0)
    assert [body["kind"] for body in told(one, "ledger")] == ["opening", "sale", "merge"]
    is_well(shop)


def test_a_merge_waits_for_who_has_not_been_told_of(shop, tills):
    one, other = tills
    joins(other, B)
    joins(one, A)
    merges(one, A, B)
    one.push()

    assert alias(shop) == {}
    assert [row["error"] for row in shop.rows(quarantine)] == ["member_missing"]

    other.push()
    assert is_well(shop)["replayed"] == 1
    assert alias(shop) == {B: A}


def test_one_number_at_two_tills_is_one_member_who_joined_first(shop, tills):
    one, other = tills
    joins(one, B, at=NEW, phone="13800000001")
    joins(other, A, at=OLD, phone="13800000001")
    gets(one, B, 10)
    gets(other, A, 7)
    one.push()

    flags = other.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["phone_taken"]
    assert [row["kind"] for row in shop.rows(alarm)] == ["phone_taken"]
    assert alias(shop) == {B: A}
    assert (points(shop, A), points(shop, B)) == (17, 0)
    assert told(one, "member")[-1]["phone"] == "13800000001"
    is_well(shop)


@pytest.mark.parametrize("order", ["erased first", "merged first"])
@pytest.mark.parametrize("who", [A, B])
def test_erased_under_one_name_is_erased_under_all(shop, tills, order, who):
    one, other = tills
    joins(one, A)
    joins(one, B)
    one.push()
    merges(one, A, B)
    other.event("member.erased", {"member_id": who, "at": AT})

    def merged():
        one.push(3)

    for step in (other.push, merged) if order == "erased first" else (merged, other.push):
        step()

    assert {row["state"] for row in shop.rows(member)} == {"erased"}
    assert all(row["data_key"] is None and row["phone_bi"] is None for row in shop.rows(member))
    assert sorted(body["member_id"] for body in told(one, "member.erased") if "phone" not in body)[-1] == B
    assert told(one, "member") == []
    is_well(shop)


def test_the_narrower_consent_wins(shop, tills):
    one, _ = tills
    joins(one, A, marketing=(False, OLD))
    joins(one, B, marketing=(True, NEW))
    merges(one, A, B)
    one.push()

    said = [(row["subject_id"], row["given"]) for row in shop.rows(consent)]
    assert sorted(said) == [(A, False), (A, False), (B, True)]
    assert [(body["member_id"], body["given"]) for body in told(one, "consent")][-1] == (A, False)


def test_her_coupon_is_hers_under_the_name_that_stays(shop, tills):
    one, other = tills
    joins(one, A)
    joins(one, B)
    coupon_id = str(uuid4())
    legs = [
        {"account": f"coupon:{coupon_id}", "unit": "coupon", "amount": 1},
        {"account": "coupon.issued", "unit": "coupon", "amount": -1},
    ]
    body = {
        "coupon_id": coupon_id, "code": "ABCDEFGH", "offer_id": "x", "amount_fen": 100, "min_spend_fen": 0,
        "valid_from": "2026-09-28", "valid_until": "2026-10-28", "member_id": B, "receipt_token": "",
        "txn_id": str(uuid4()), "legs": legs,
    }  # fmt: skip
    one.event("coupon.issued", body)
    merges(one, A, B)
    one.push()

    assert [row["member_id"] for row in shop.rows(coupon)] == [A]
    assert told(other, "coupon")[-1]["member_id"] == A
    is_well(shop)


def test_two_stores_know_one_member_and_all_that_was_booked(shop):
    tenants.store_add(shop.cloud, shop.tenant, "S02", "分店")
    south, north = shop.till("1"), shop.till("1", store="S02")
    joins(south, A)
    gets(south, A, 30)
    joins(north, B)
    gets(north, B, 4)
    south.push()
    north.push()
    merges(north, A, B)
    north.push(3)
    gets(south, A, 1)
    south.push(3)

    for till in (south, north):
        sums = {}
        for body in told(till, "ledger"):
            sums[body["txn_id"]] = sum(leg["amount"] for leg in body["legs"] if leg["account"] == f"pts:{A}")
        assert sum(sums.values()) == 35
        assert {body["member_id"] for body in told(till, "member")} >= {A}
    is_well(shop)


def test_the_check_moves_on_what_slipped_in_and_names_what_is_wrong(shop, tills):
    one, _ = tills
    joins(one, A)
    joins(one, B)
    gets(one, B, 9)
    one.push()
    row = {"tenant_id": shop.tenant, "gone": B, "kept": A}
    shop.cloud.database.write(shop.tenant, lambda c: c.execute(sa.insert(member_alias), row))

    findings = check.check(shop.cloud, shop.tenant)["findings"]

    assert [finding["kind"] for finding in findings] == ["alias_differs"]
    assert (points(shop, A), points(shop, B)) == (9, 0)
    one.sale(100)
    shop.cloud.database.write(
        shop.tenant,
        lambda c: c.execute(
            sa.insert(balance), {"tenant_id": shop.tenant, "account": f"owed:{B}", "unit": "pts", "amount": 3}
        ),
    )
    kinds = {finding["kind"] for finding in check.check(shop.cloud, shop.tenant)["findings"]}
    assert kinds == {"alias_differs", "balance_differs", "gone_holds"}


def test_who_stays_does_not_hang_on_the_order_of_the_words():
    joined = {A: OLD, B: NEW, C: NEW}
    for words in (
        [(B, A), (A, B)],
        [(B, A), (C, B)],
        [(A, B), (B, C), (C, A)],
        [(C, A), (A, B), (B, A)],
        [(B, A), (B, C)],
    ):
        assert {who_stays(each, joined if len({n for p in words for n in p}) == 3 else {A: OLD, B: NEW})
                for each in permutations(words)} == {A}  # fmt: skip
    # two tills that agree are followed, however young who stays is
    assert who_stays([(A, B)], {A: OLD, B: NEW}) == B


@given(st.sets(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd")).filter(lambda p: p[0] != p[1]), min_size=1))
def test_who_stays_is_sent_on_to_nobody_who_is_not_sent_back(words):
    names = {name for pair in words for name in pair}
    joined = {name: f"2026-09-0{'dcba'.index(name) + 1}T10:00:00+08:00" for name in names}
    stays = who_stays(words, joined)

    behind = {stays}
    while more := {kept for gone, kept in words if gone in behind} - behind:
        behind |= more
    # whoever she would be sent on to is sent back to her
    for other in behind - {stays}:
        led = {other}
        while more := {kept for gone, kept in words if gone in led} - led:
            led |= more
        assert stays in led
