"""Coupons the owner gives: they count as they say, once, and a file with a fault gives none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import CouponNotHers, CouponUsed, CouponWithoutGoods
from storeapp.domain.coupon_terms import BadCouponTerms
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_issue import CouponGivenBefore, issue_coupons
from storeapp.till.requests import BadRequest
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB

FIVE = {"offer": "autumn", "amount_fen": 500, "valid_until": "2026-10-31"}
FIFTH = {"offer": "fifth", "valid_until": "2026-10-31", "terms": {"kind": "percent", "percent_off": 20}}
GIFT = {
    "offer": "gift",
    "valid_until": "2026-10-31",
    "min_spend_fen": 300,
    "terms": {"kind": "item", "price_fen": 0, "scope": {"codes": [TEA.code]}},
}


@pytest.fixture
def stocked(shop: MemoryShop) -> MemoryShop:
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
    return shop


def given(shop: MemoryShop, clock: StillClock, ids: CountedIds, *rows: dict[str, Any], by: str = "") -> list[str]:
    return [coupon.code for coupon in issue_coupons(shop, rows, clock=clock, ids=ids, by=by)]


def sold(shop: MemoryShop, clock: StillClock, ids: CountedIds, code: str, *, member: str | None = None) -> Sale:
    basket = Basket((Line(TEA), Line(CUP)), member_id=member, coupon_codes=(code,))
    order = Order(basket, (Tender("cash", Money(10_000)),), "1007", prints=False)
    return checkout(shop, order, clock=clock, ids=ids).sale


@pytest.mark.parametrize(("row", "off"), [(FIVE, 500), (FIFTH, 650), (GIFT, 350)])
def test_a_coupon_counts_as_it_says_and_once(
    stocked: MemoryShop, clock: StillClock, ids: CountedIds, row: dict[str, Any], off: int
) -> None:
    [code] = given(stocked, clock, ids, row)

    sale = sold(stocked, clock, ids, code)

    assert [use.amount.fen for use in sale.coupons] == [off]
    with pytest.raises(CouponUsed):
        sold(stocked, clock, ids, code)


def test_a_coupon_is_never_spent_for_nothing(stocked: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    gift, five, more = given(stocked, clock, ids, GIFT, FIVE | {"offer": "a"}, FIVE | {"offer": "b"})

    def sell(*codes: str, line: Line) -> Sale:
        order = Order(Basket((line,), coupon_codes=codes), (Tender("cash", Money(10_000)),), "1007", prints=False)
        return checkout(stocked, order, clock=clock, ids=ids).sale

    # the gift's goods are not in the basket; nothing is left for the second five
    for codes, line in (((gift,), Line(CUP)), ((five, more), Line(TEA))):
        with pytest.raises(CouponWithoutGoods) as refused:
            sell(*codes, line=line)
        assert refused.value.code == codes[-1]

    assert sold(stocked, clock, ids, gift).coupons[0].amount == TEA.price
    assert sell(more, line=Line(TEA)).coupons[0].amount == TEA.price


def test_many_at_once_each_with_a_code_of_its_own(stocked: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    codes = given(stocked, clock, ids, FIVE | {"count": 200})

    assert len(set(codes)) == 200
    with stocked.reading() as books:
        told = [entry for entry in books.journal.after(0, limit=500) if entry.type == "coupon.issued"]
    assert [json.loads(entry.body)["code"] for entry in told] == codes


def test_a_members_coupon_is_hers_and_she_gets_one_of_an_offer(
    stocked: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    [code] = given(stocked, clock, ids, FIVE | {"member": "13800000001"})

    with pytest.raises(CouponNotHers):
        sold(stocked, clock, ids, code, member=BOB.member_id)
    with pytest.raises(CouponGivenBefore):
        given(stocked, clock, ids, FIVE | {"member": "13912345678"}, FIVE | {"member": "13800000001"})
    # and of the file that was refused nothing is left
    assert len(given(stocked, clock, ids, FIVE | {"member": "13912345678"})) == 1


@pytest.mark.parametrize(
    ("row", "kind", "where"),
    [
        (FIVE | {"offer": "a b"}, BadRequest, "[1].offer"),
        (FIVE | {"amount_fen": 0}, BadRequest, "[1].amount_fen"),
        (FIVE | {"amount_fen": -1}, BadRequest, "[1].amount_fen"),
        (FIVE | {"amount_fen": "5"}, BadRequest, "[1].amount_fen"),
        (FIVE | {"min_spend_fen": 10**12}, BadRequest, "[1].min_spend_fen"),
        (GIFT | {"amount_fen": 5}, BadRequest, "[1].amount_fen"),
        (FIVE | {"valid_until": "2026-09-27"}, BadRequest, "[1].valid_until"),
        (FIVE | {"valid_until": "2036-09-27"}, BadRequest, "[1].valid_until"),
        (FIVE | {"valid_until": "soon"}, BadRequest, "[1].valid_until"),
        (FIVE | {"valid_from": "2026-11-01"}, BadRequest, "[1].valid_until"),
        (FIVE | {"count": 1001}, BadRequest, "[1].count"),
        (FIVE | {"count": 2, "member": "13800000001"}, BadRequest, "[1].count"),
        (FIVE | {"colour": "red"}, BadRequest, "[1].colour"),
        (FIVE | {"terms": {"kind": "lottery"}}, BadCouponTerms, "kind"),
        (FIVE | {"member": "13800000099"}, UnknownMember, ""),
    ],
)
def test_what_cannot_be_is_told_and_nothing_is_given(
    stocked: MemoryShop, clock: StillClock, ids: CountedIds, row: dict[str, Any], kind: type[Refused], where: str
) -> None:
    with pytest.raises(kind) as refused:
        given(stocked, clock, ids, row, FIVE)

    assert where in (getattr(refused.value, "where", ""), getattr(refused.value, "field", ""))
    with stocked.reading() as books:
        assert not [entry for entry in books.journal.after(0) if entry.type == "coupon.issued"]


def test_a_cashier_gives_no_coupons_away(stocked: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with stocked.writing() as books:
        books.staff.put(Staff("1007", "小李", "cashier"))

    with pytest.raises(NotAllowed):
        given(stocked, clock, ids, FIVE, by="1007")


def test_a_code_that_is_taken_is_not_given_again(stocked: MemoryShop, clock: StillClock) -> None:
    first, again = CountedIds(), CountedIds()
    [code] = given(stocked, clock, first, FIVE)
    clock.go_on(days=1)

    with stocked.writing() as books:
        [held] = [books.coupons.by_code(code)]
        assert held is not None
        books.coupons.put(replace(held, coupon_id="other", valid_until=held.valid_until + timedelta(days=1)))
    [other] = given(stocked, clock, again, FIVE)

    assert other != code
