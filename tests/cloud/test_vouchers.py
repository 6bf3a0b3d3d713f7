"""Vouchers in the cloud: a number that two tills took, each without hearing of the other, is told the owner."""

from __future__ import annotations

import pytest

from storeapp.cloud.admin import check
from tests.cloud.test_refunds import alarms, refunded

NUMBER = "MT-0042"


@pytest.fixture
def tills(shop):
    return shop.till(), shop.till("2")


def paid(till, receipt, *, number=NUMBER, kind="coupon", fen=500):
    return till.sale(fen, receipt=receipt, tenders=[{"kind": kind, "fen": fen, "ref": number}], change_fen=0)


def pushed(till):
    return [flag["code"] for flag in till.push().json()["flags"]]


def test_a_voucher_taken_at_two_tills_is_told_with_both_receipts(shop, tills):
    one, two = tills
    paid(one, "S01-1-20260928-0001")
    paid(two, "S01-2-20260928-0001", fen=300)

    flags = [[flag for flag in pushed(till) if flag != "money_differs"] for till in (one, two)]

    assert flags == [[], ["voucher_twice"]]
    facts = {"number": NUMBER, "receipts": ["S01-1-20260928-0001", "S01-2-20260928-0001"], "fen": 800}
    assert alarms(shop) == [("voucher_twice", facts)]
    told = check.check(shop.cloud, shop.tenant)
    assert (told["ok"], [row["kind"] for row in told["alarms"]]) == (True, ["voucher_twice"])


def test_other_numbers_and_other_ways_to_pay_are_no_voucher_twice(shop, tills):
    one, two = tills
    paid(one, "S01-1-20260928-0001")
    paid(two, "S01-2-20260928-0001", number="MT-0043")
    paid(two, "S01-2-20260928-0002", kind="card")
    paid(two, "S01-2-20260928-0003", number="")

    for till in tills:
        till.push()

    assert alarms(shop) == []


def test_whoever_brought_everything_back_may_use_her_voucher_anywhere(shop, tills):
    one, two = tills
    sale = paid(one, "S01-1-20260928-0001")
    back = [{"kind": "coupon", "fen": 500, "ref": NUMBER}]
    refunded(one, sale, 500, is_last=True, tenders=back)
    paid(two, "S01-2-20260928-0001")

    for till in tills:
        till.push()

    assert alarms(shop) == []


def test_a_voucher_whose_worth_went_back_in_cash_stays_taken(shop, tills):
    one, two = tills
    sale = paid(one, "S01-1-20260928-0001")
    refunded(one, sale, 500, is_last=True)
    paid(two, "S01-2-20260928-0001")

    for till in tills:
        till.push()

    assert [kind for kind, _facts in alarms(shop)] == ["voucher_twice"]
