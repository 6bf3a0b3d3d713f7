"""Group orders in the cloud: told to the tills of the store as they stand, whichever of them is heard first."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import permutations
from uuid import uuid4

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import check, tenants
from storeapp.cloud.projector import project
from storeapp.cloud.tables.groups import group_order, group_pick
from storeapp.cloud.tables.journals import alarm
from tests.cloud.test_refunds import alarms, refunded
from tests.cloud.tills import AT

TEA, CUP = "6901234567892", "6900000000017"
LATER = "2026-09-28T12:30:00+08:00"


@pytest.fixture
def tills(shop):
    return shop.till("1"), shop.till("2")


def takes(till, order_id, *, milli=2000, at=AT, v=1, code="TG03S8PJ8B"):
    body = {
        "order_id": order_id, "sheet_id": "moon", "n": 1, "code": code, "member_id": None, "at": at,
        "lines": [{"code": TEA, "name": "绿茶", "milli": milli, "price_fen": 280}], "actor": "1007", "way": "counter",
    }  # fmt: skip
    till.event("group_order.taken", body, at=at, v=v)


def cancels(till, order_id, *, at=LATER):
    till.event("group_order.cancelled", {"order_id": order_id, "at": at, "actor": "1007"}, at=at)


def hands_out(till, order_id, receipt, *, milli=2000, fen=560):
    line = {"n": 1, "code": TEA, "name": "绿茶", "unit": "瓶", "qty_milli": milli, "unit_fen": 280, "gross_fen": fen}
    sale = till.sale(fen, receipt=receipt, lines=[line | {"discount_fen": 0, "net_fen": fen, "why": []}])
    body = {"order_id": order_id, "sheet_id": "moon", "n": 1, "sale_id": sale["sale_id"], "receipt": receipt}
    till.event("group_order.picked", body | {"lines": [[1, TEA, milli]], "actor": "1007"})
    return sale


def told(till, type_):
    return [row["body"] for row in till.feed(till.members_feed) if row["t"] == type_]


def stands(till):
    """What was told last of each pick-up."""
    return {each["receipt"]: (each["left_fen"], each["is_void"]) for each in told(till, "group.pick")}


def test_in_whatever_order_it_comes_and_however_often_it_ends_the_same(shop):
    for n, order in enumerate(permutations(range(3))):
        tills = [shop.till(f"{n}{code}") for code in "abc"]
        order_id, receipts = str(uuid4()), [f"S01-{n}{code}-20260928-0001" for code in "bc"]
        takes(tills[0], order_id, code=f"TG{n}")
        for till, receipt in zip(tills[1:], receipts, strict=True):
            hands_out(till, order_id, receipt)

        for place in (*order, *order):
            assert tills[place].push().status_code == 200

        assert len(shop.rows(group_pick, order_id=order_id)) == 2
        assert [row["code"] for row in shop.rows(group_order, order_id=order_id)] == [f"TG{n}"]
        assert told(tills[0], "group.order")[-1]["cancelled_at"] == ""
        assert {receipt: stands(tills[0])[receipt] for receipt in receipts} == dict.fromkeys(receipts, (560, False))
        [facts] = [facts for kind, facts in alarms(shop) if facts["order_id"] == order_id]
        assert (facts["codes"], sorted(facts["receipts"])) == ([TEA], receipts)
    assert {kind for kind, _facts in alarms(shop)} == {"pickup_twice"}
    assert check.check(shop.cloud, shop.tenant)["findings"] == []


def test_two_that_come_at_one_moment_do_not_miss_each_other(shop):
    tills = [shop.till(code) for code in ("1", "2", "3")]
    orders = [str(uuid4()) for _ in range(8)]
    for order_id in orders:
        takes(tills[0], order_id)
    assert tills[0].push().status_code == 200
    for place, till in enumerate(tills[1:], start=2):
        for n, order_id in enumerate(orders if place == 2 else reversed(orders), start=1):
            hands_out(till, order_id, f"S01-{place}-20260928-{n:04d}")

    with ThreadPoolExecutor(2) as pool:
        assert [answer.status_code for answer in pool.map(lambda till: till.push(), tills[1:])] == [200, 200]

    assert sorted(facts["order_id"] for _kind, facts in alarms(shop)) == sorted(orders)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (lambda c: c.execute(sa.update(group_pick).values(lines=f'[[1,"{TEA}",1]]')), "pickup_differs"),
        (lambda c: c.execute(sa.delete(alarm)), "pickup_untold"),
    ],
)
def test_the_check_sees_what_was_changed_and_what_nobody_was_told(shop, tills, audited, change, finding):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    for till, receipt in zip(tills, ("S01-1-20260928-0001", "S01-2-20260928-0001"), strict=True):
        hands_out(till, order_id, receipt)
        till.push()
    assert check.check(shop.cloud, shop.tenant)["findings"] == []

    shop.cloud.database.write(shop.tenant, change)
    for audit in audited:
        audit.findings.clear()

    assert {each["kind"] for each in check.check(shop.cloud, shop.tenant)["findings"]} == {finding}


def test_what_was_told_in_two_parts_is_not_twice(shop, tills):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    hands_out(tills[0], order_id, "S01-1-20260928-0001", milli=1500)
    hands_out(tills[1], order_id, "S01-2-20260928-0001", milli=500)

    for till in tills:
        assert till.push().json()["flags"] == []

    assert alarms(shop) == []


def test_the_second_till_is_told_of_it_by_a_flag(shop, tills):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    hands_out(tills[0], order_id, "S01-1-20260928-0001")
    tills[0].push()
    hands_out(tills[1], order_id, "S01-2-20260928-0001")

    assert [flag["code"] for flag in tills[1].push().json()["flags"]] == ["pickup_twice"]


@pytest.mark.parametrize("known", [True, False])
def test_what_came_back_is_told_to_whoever_counts_it(shop, tills, known):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    sale = hands_out(tills[1], order_id, "S01-2-20260928-0001")
    for till in tills:
        till.push()
    assert stands(tills[0]) == {"S01-2-20260928-0001": (560, False)}

    by = tills[1] if known else tills[0]
    before = len(by.entries)
    refunded(by, sale, 60, milli=200, known=known)
    by.push(before + 1)

    assert stands(tills[0]) == {"S01-2-20260928-0001": (500, False)}


def test_a_till_of_another_store_hears_nothing(shop, tills):
    tenants.store_add(shop.cloud, shop.tenant, "S02", "北门店")
    far, order_id = shop.till("1", store="S02"), str(uuid4())
    takes(tills[0], order_id)
    tills[0].push()

    assert len(told(tills[1], "group.order")) == 1
    assert told(far, "group.order") == []


def test_a_word_that_waited_in_quarantine_does_not_bring_back_what_was_cancelled_since(shop, tills, monkeypatch):
    order_id = str(uuid4())
    takes(tills[0], order_id, v=2)
    cancels(tills[0], order_id)
    tills[0].push()
    assert told(tills[1], "group.order") == []

    monkeypatch.setitem(project.NEWEST, "group_order.taken", 2)
    assert check.check(shop.cloud, shop.tenant)["replayed"] == 1

    assert [each["cancelled_at"] for each in told(tills[1], "group.order")] == [LATER]


def test_an_order_that_was_taken_again_stands_with_its_new_goods(shop, tills):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    cancels(tills[0], order_id)
    takes(tills[0], order_id, milli=3000, at=LATER)
    hands_out(tills[1], order_id, "S01-2-20260928-0001", milli=3000)
    for till in tills:
        till.push()

    last = told(tills[1], "group.order")[-1]
    assert (last["cancelled_at"], last["lines"][0]["milli"], last["device_id"]) == ("", 3000, tills[0].device_id)
    assert alarms(shop) == []


def test_handed_out_after_it_was_cancelled_is_told_the_owner(shop, tills):
    order_id = str(uuid4())
    takes(tills[0], order_id)
    cancels(tills[0], order_id)
    hands_out(tills[1], order_id, "S01-2-20260928-0001")

    tills[1].push()
    assert alarms(shop) == []
    tills[0].push()

    assert [kind for kind, _facts in alarms(shop)] == ["pickup_cancelled"]


def test_a_sheet_is_told_as_its_till_says_it(shop, tills):
    data = {"id": "moon", "name": "中秋团", "goods": [{"code": TEA, "price_fen": 280}]}
    body = {"sheet_id": "moon", "version": 2, "state": "open", "data": data, "at": AT, "actor": "1001"}
    tills[0].event("group.changed", body)
    tills[0].push()

    assert told(tills[1], "group.sheet") == [body | {"device_id": tills[0].device_id}]
