"""Refunds in the cloud: counted beside the sales, held against them, and told when more came back than was sold."""

from __future__ import annotations

from uuid import uuid4

import pytest

from storeapp.cloud.admin import check, sales
from storeapp.cloud.admin.tokens import token_show
from storeapp.cloud.tables.journals import alarm
from storeapp.cloud.tables.offers import coupon
from storeapp.cloud.tables.refunds import refund, refund_line, refund_tender
from storeapp.wire import codec
from tests.cloud.tills import AT, coupon_use

TEA = "6901234567892"


@pytest.fixture
def till(shop):
    return shop.till()


def refunded(
    till,
    sale,
    fen,
    *,
    milli=1000,
    number="S01-1-20260928-0009",
    code=TEA,
    known=True,
    is_last=False,
    legs=(),
    tenders=None,
):
    """Cash back for goods of `sale`; a till that does not know the sale names its number alone."""
    refund_id = str(uuid4())
    body = {
        "refund_id": refund_id,
        "receipt": number,
        "kind": "refund",
        "sale_id": sale["sale_id"] if known else None,
        "sale_receipt": sale["receipt"],
        "cashier": "1007",
        "business_date": "2026-09-28",
        "at": AT,
        "lines": [
            {"line": 1, "code": code, "name": "绿茶", "unit": "瓶", "qty_milli": milli, "net_fen": fen, "restock": True}
        ],
        "tenders": tenders or [{"kind": "cash", "fen": fen, "ref": ""}],
        "total_fen": fen,
        "back_fen": fen,
        "points": 0,
        "reason": "坏了",
        "member_id": None,
        "is_last": is_last,
        "ledger": {
            "txn_id": refund_id,
            "kind": "refund",
            "legs": [
                {"account": "tender.cash:1", "unit": "fen", "amount": -fen},
                {"account": "rev.sales", "unit": "fen", "amount": fen},
                *legs,
            ],
        },
    }
    till.event("refund", body)
    return body


def alarms(shop):
    return [(row["kind"], codec.loads(row["facts"].encode())) for row in shop.rows(alarm)]


def test_a_refund_becomes_its_rows_and_its_ledger(shop, till):
    sale = till.sale(8213)
    refunded(till, sale, 213, milli=500)

    answer = till.push().json()

    assert answer["flags"] == []
    assert [(row["sale_id"], row["total_fen"], row["back_fen"]) for row in shop.rows(refund)] == [
        (sale["sale_id"], 213, 213)
    ]
    assert [(row["code"], row["qty_milli"], row["restock"]) for row in shop.rows(refund_line)] == [(TEA, 500, True)]
    assert [(row["kind"], row["fen"]) for row in shop.rows(refund_tender)] == [("cash", 213)]
    assert (shop.balance("tender.cash:1"), shop.balance("rev.sales")) == (8000, -8000)
    told = check.check(shop.cloud, shop.tenant)
    assert (told["ok"], told["counts"]["refunds"], told["alarms"]) == (True, 1, [])


def test_the_owners_figures_say_what_came_back(shop, till):
    other = shop.till("2")
    sale = till.sale(8213)
    refunded(other, sale, 213, known=False)
    till.push()
    other.push()

    nothing = {"count": 0, "total_fen": 0, "due_fen": 0, "refunds": 0, "refunded_fen": 0, "back_fen": 0}
    day = nothing | {"store": "S01", "business_date": "2026-09-28"}
    assert sales.sales(shop.cloud, shop.tenant)["sales"] == [
        day | {"till": "1", "count": 1, "total_fen": 8213, "due_fen": 8213},
        day | {"till": "2", "refunds": 1, "refunded_fen": 213, "back_fen": 213},
    ]


@pytest.mark.parametrize("first", ["sale", "refund"])
def test_the_same_goods_back_at_two_tills_are_told_whichever_comes_first(shop, till, first):
    other = shop.till("2")
    sale = till.sale(700)
    refunded(till, sale, 700)
    refunded(other, sale, 700, known=False, number="S01-2-20260928-0001")

    in_order = (till, other) if first == "sale" else (other, till)
    flags = [[flag["code"] for flag in each.push().json()["flags"]] for each in in_order]

    assert alarms(shop) == [
        ("over_refund", {"sale": sale["receipt"], "sold_fen": 700, "back_fen": 1400, "codes": [TEA]})
    ]
    assert flags == [[], ["over_refund"]]
    told = check.check(shop.cloud, shop.tenant)
    assert (told["ok"], [row["kind"] for row in told["alarms"]]) == (True, ["over_refund"])


def test_goods_that_were_never_on_the_receipt_are_told(shop, till):
    refunded(till, till.sale(700), 1, code="1001")
    till.push()

    assert [kind for kind, _ in alarms(shop)] == ["over_refund"]


def test_what_came_back_within_the_sale_alarms_nobody(shop, till):
    other = shop.till("2")
    sale = till.sale(700)
    refunded(till, sale, 350, milli=500)
    refunded(other, sale, 350, milli=500, known=False)
    other.push()
    till.push()

    assert alarms(shop) == []


@pytest.mark.parametrize("first", ["sale", "refund"])
def test_points_a_member_keeps_of_goods_back_at_another_till_are_told(shop, till, first):
    other = shop.till("2")
    sale = till.sale(8000, member_id=till.join())
    refunded(other, sale, 4000, milli=500, known=False)

    for each in (till, other) if first == "sale" else (other, till):
        each.push()

    assert alarms(shop) == [("points_kept", {"sale": sale["receipt"], "member_id": sale["member_id"], "points": 40})]


def test_an_undone_sale_voids_its_receipt_and_frees_its_coupon(shop, till):
    till.make_offer()
    till.push()
    offered = till.sale(8000, offer_id="back-10")
    made = {
        "coupon_id": str(uuid4()), "code": "7F3K9QWX", "offer_id": "back-10", "amount_fen": 1000,
        "min_spend_fen": 0, "valid_from": "2026-09-28", "valid_until": "2026-10-28", "member_id": None,
        "receipt_token": offered["token"], "txn_id": str(uuid4()),
    }  # fmt: skip
    issued = [
        {"account": f"coupon:{made['coupon_id']}", "unit": "coupon", "amount": 1},
        {"account": "coupon.issued", "unit": "coupon", "amount": -1},
    ]
    till.event("coupon.issued", made | {"legs": issued})
    used = till.sale(5000, coupons=(coupon_use(made),))
    back = [
        {"account": f"coupon:{made['coupon_id']}", "unit": "coupon", "amount": 1},
        {"account": "coupon.redeemed", "unit": "coupon", "amount": -1},
    ]
    till.push()
    refunded(till, used | {"receipt": "other"}, 5000, is_last=True, legs=back)
    till.push()
    between = shop.rows(coupon)[0]["state"]
    refunded(till, offered | {"receipt": "first"}, 8000, is_last=True, number="S01-1-20260928-0010")
    till.push()

    assert (between, shop.rows(coupon)[0]["state"]) == ("issued", "void")
    assert token_show(shop.cloud, offered["token"])["state"] == "void"
    assert check.check(shop.cloud, shop.tenant)["findings"] == []


def test_a_refund_that_does_not_add_up_stands_and_is_flagged(shop, till):
    body = refunded(till, till.sale(700), 350, milli=500)
    till.entries.pop()
    till.event("refund", body | {"back_fen": 340, "total_fen": 349})

    flags = {flag["code"] for flag in till.push().json()["flags"]}

    assert flags == {"money_differs", "lines_differ"}
    kinds = {finding["kind"] for finding in check.check(shop.cloud, shop.tenant)["findings"]}
    assert kinds == {"money_differs", "lines_differ"}


def test_a_coupon_redeemed_twice_stays_spent_when_the_second_sale_comes_back(shop, till):
    other, coupon_id = shop.till("2"), str(uuid4())
    made = {
        "coupon_id": coupon_id, "code": "7F3K9QWX", "offer_id": "gift", "amount_fen": 1000, "min_spend_fen": 0,
        "valid_from": "2026-09-29", "valid_until": "2026-10-28", "member_id": None, "receipt_token": "",
        "txn_id": str(uuid4()),
    }  # fmt: skip
    out = {"account": f"coupon:{coupon_id}", "unit": "coupon", "amount": 1}
    till.event("coupon.issued", made | {"legs": [out, {"account": "coupon.issued", "unit": "coupon", "amount": -1}]})
    till.sale(5000, coupons=(coupon_use(made),))
    till.push()
    second = other.sale(6000, coupons=(coupon_use(made),))
    other.push()
    before = shop.balance("loss.offline")

    back = [out, {"account": "coupon.redeemed", "unit": "coupon", "amount": -1}]
    refunded(other, second, 5000, is_last=True, legs=back)
    other.push()

    assert (before, shop.balance("loss.offline"), shop.balance(f"coupon:{coupon_id}")) == (-1, 0, 0)
    assert [row["state"] for row in shop.rows(coupon)] == ["redeemed"]
    # the till that took it for good again hears that it is not
    states = [row["body"]["state"] for row in other.feed(other.members_feed) if row["t"] == "coupon"]
    assert states == ["issued", "redeemed", "redeemed"]
    assert check.check(shop.cloud, shop.tenant)["findings"] == []
