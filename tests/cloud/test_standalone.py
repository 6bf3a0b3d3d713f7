"""Shops that sold before they knew a cloud: their receipts' own codes, redeemed once however the news arrives."""

from datetime import date
from uuid import uuid4

import pytest

from storeapp.cloud.admin import check
from storeapp.cloud.tables.journals import alarm, quarantine
from storeapp.cloud.tables.offers import coupon
from storeapp.domain import capture
from tests.cloud.test_pages import result, tap
from tests.cloud.tills import AT, sale_body

KEY = capture.CaptureKey(2, 0, 4711, bytes(range(32)))
TOKEN = capture.mint(KEY, seq=1, day=date(2026, 9, 28))
CODE = capture.redeem_code(TOKEN, KEY)


def issued(coupon_id, code=CODE, member_id=None):
    return {
        "coupon_id": coupon_id,
        "code": code,
        "offer_id": "back-10",
        "amount_fen": 1000,
        "min_spend_fen": 0,
        "valid_from": "2026-09-29",
        "valid_until": "2026-10-28",
        "member_id": member_id,
        "receipt_token": TOKEN,
        "txn_id": str(uuid4()),
        "legs": [
            {"account": f"coupon:{coupon_id}", "unit": "coupon", "amount": 1},
            {"account": "coupon.issued", "unit": "coupon", "amount": -1},
        ],
    }


def use(coupon_id):
    return {"coupon_id": coupon_id, "code": CODE, "fen": 1000, "offer_id": "back-10"}


@pytest.fixture
def till(shop):
    till = shop.till()
    till.make_offer()
    till.event("sale", sale_body(8213, token=TOKEN))
    return till


@pytest.mark.parametrize("is_issued_first", [True, False])
def test_a_printed_code_redeemed_without_a_cloud_is_one_coupon(shop, till, is_issued_first):
    coupon_id = str(uuid4())
    told = [
        ("coupon.issued", issued(coupon_id)),
        ("sale", sale_body(5000, token=till.token(), coupons=[use(coupon_id)])),
    ]
    for type_, body in told if is_issued_first else reversed(told):
        till.event(type_, body)
    till.push()

    assert shop.rows(quarantine) == []
    assert [(row["state"], row["code"]) for row in shop.rows(coupon)] == [("redeemed", CODE)]
    assert shop.balance(f"coupon:{coupon_id}") == 0
    assert check.check(shop.cloud, shop.tenant)["findings"] == []


def test_two_tills_that_redeemed_one_code_both_keep_their_sale_and_the_owner_hears_of_it(shop, till):
    other = shop.till("2")
    for each in (till, other):
        coupon_id = str(uuid4())
        each.event("coupon.issued", issued(coupon_id))
        each.event("sale", sale_body(5000, token=each.token(), coupons=[use(coupon_id)]))
        each.push()

    assert shop.rows(quarantine) == []
    assert len(shop.rows(coupon)) == 1
    assert shop.balance("rev.sales") == -18_213
    assert {row["kind"] for row in shop.rows(alarm)} == {"coupon_twice"}
    told = check.check(shop.cloud, shop.tenant)
    assert (told["findings"], [one["kind"] for one in told["alarms"]]) == ([], ["coupon_twice"])


def test_a_receipt_whose_code_was_redeemed_has_no_second_coupon_on_its_page(shop, till):
    coupon_id = str(uuid4())
    till.event("coupon.issued", issued(coupon_id), at=AT)
    till.event("sale", sale_body(5000, token=till.token(), coupons=[use(coupon_id)]))
    till.push()

    scan = tap(shop, TOKEN)

    assert len(shop.rows(coupon)) == 1
    assert "one coupon a receipt" in result(shop, scan).text


def test_a_coupon_nobody_ever_issued_is_named(shop, till):
    till.event("sale", sale_body(5000, token=till.token(), coupons=[use(str(uuid4()))]))
    flags = till.push().json()["flags"]

    assert [flag["code"] for flag in flags] == ["coupon_unknown"]
    assert "coupon_unknown" in [told["kind"] for told in check.check(shop.cloud, shop.tenant)["findings"]]


def voided(coupon_id):
    legs = [
        {"account": f"coupon:{coupon_id}", "unit": "coupon", "amount": -1},
        {"account": "coupon.issued", "unit": "coupon", "amount": 1},
    ]
    return {"coupon_id": coupon_id, "member_id": None, "txn_id": str(uuid4()), "legs": legs}


def test_a_coupon_a_till_took_back_is_void_for_every_till(shop, till):
    coupon_id = str(uuid4())
    till.event("coupon.issued", issued(coupon_id))
    till.event("coupon.voided", voided(coupon_id))
    till.push()

    assert shop.rows(quarantine) == []
    assert [row["state"] for row in shop.rows(coupon)] == ["void"]
    assert shop.balance(f"coupon:{coupon_id}") == 0
    assert check.check(shop.cloud, shop.tenant)["findings"] == []


def test_a_coupon_that_paid_elsewhere_stays_spent_when_it_is_taken_back(shop, till):
    coupon_id = str(uuid4())
    till.event("coupon.issued", issued(coupon_id))
    till.event("sale", sale_body(5000, token=till.token(), coupons=[use(coupon_id)]))
    till.event("coupon.voided", voided(coupon_id))
    till.push()

    assert [row["state"] for row in shop.rows(coupon)] == ["redeemed"]
    assert {row["kind"] for row in shop.rows(alarm)} == {"coupon_spent"}
    assert check.check(shop.cloud, shop.tenant)["findings"] == []


def test_a_coupon_nobody_told_of_yet_is_not_taken_back_but_waits(shop, till):
    till.event("coupon.voided", voided(str(uuid4())))
    till.push()

    assert len(shop.rows(quarantine)) == 1
    assert shop.rows(coupon) == []
