"""Pricing: every cut has its line, nothing goes below zero, nothing is lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import (
    Basket,
    Line,
    NoSuchLine,
    ReasonMissing,
    add,
    attach_coupon,
    attach_member,
    remove,
    set_discount,
    set_note,
    set_price,
    set_quantity,
)
from storeapp.domain.basket_data import as_data, from_data
from storeapp.domain.coupon import Coupon, CouponNeedsMore, CouponNotHers, CouponNotValid, CouponUsed, usable
from storeapp.domain.money import Money, total
from storeapp.domain.pricing import DiscountExceedsLine, price
from storeapp.domain.product import Product
from storeapp.domain.quantity import PartOfAPiece, Quantity, quantity
from storeapp.domain.terms import MemberTerms, Terms
from tests.domain.goods import APPLE, BAG, CUP, MEMBER, STRANGER, TEA

FIVE_OFF = Coupon("c1", "7F3K9Q2M", "offer-1", Money(500), Money(1000), date(2026, 9, 29), date(2026, 10, 28))

LINES = st.builds(
    lambda fen, milli, member, discount: Line(
        Product("p", "p", Money(fen), member_price=None if member is None else Money(min(member, fen))),
        Quantity(milli),
        discount=Money(discount),
    ),
    st.integers(0, 50_000),
    st.integers(1, 20_000),
    st.none() | st.integers(0, 50_000),
    st.just(0),
)


def test_the_same_product_again_raises_its_quantity() -> None:
    basket = add(add(Basket(), Line(TEA)), Line(TEA))

    assert [line.quantity for line in basket.lines] == [quantity("2")]


def test_weighed_goods_and_touched_lines_stay_lines_of_their_own() -> None:
    basket = add(add(Basket(), Line(APPLE, quantity("0.5"))), Line(APPLE, quantity("0.7")))
    basket = add(set_note(add(basket, Line(TEA)), 3, "cold"), Line(TEA))

    assert len(basket.lines) == 4


def test_a_member_pays_the_member_price_and_sees_why() -> None:
    priced = price(Basket((Line(TEA, quantity("2")),)), MEMBER)

    assert priced.total == Money(600)
    assert [(cut.reason, cut.amount) for cut in priced.lines[0].cuts] == [("member_price", Money(100))]


def test_a_stranger_pays_the_shelf_price() -> None:
    assert price(Basket((Line(TEA),)), STRANGER).total == Money(350)


def test_a_price_given_by_hand_beats_the_member_price() -> None:
    basket = set_price(Basket((Line(TEA),)), 1, Money(320), "damaged")

    assert price(basket, MEMBER).total == Money(320)


def test_the_amount_on_a_scale_label_is_the_truth() -> None:
    priced = price(Basket((Line(APPLE, label_price=Money(351)),)), STRANGER)

    assert priced.total == Money(351)
    assert str(priced.lines[0].quantity) == "0.274"


def test_a_packet_with_a_label_is_weighed_again_by_hand_whatever_its_unit() -> None:
    packet = replace(APPLE, weighed=False, unit="")
    basket = set_quantity(Basket((Line(packet, label_price=Money(351)),)), 1, quantity("0.274"))

    assert price(set_quantity(basket, 1, quantity("0.3")), STRANGER).total == Money(384)
    with pytest.raises(PartOfAPiece):
        set_quantity(Basket((Line(packet),)), 1, quantity("0.3"))


def test_a_discount_larger_than_its_line_is_refused() -> None:
    basket = set_discount(Basket((Line(BAG),)), 1, Money(31), "friendly")

    with pytest.raises(DiscountExceedsLine) as refusal:
        price(basket, STRANGER)
    assert refusal.value.facts() == {"line": 1, "line_fen": 30, "discount_fen": 31}


def test_discounts_and_prices_need_a_reason() -> None:
    basket = Basket((Line(BAG),))

    with pytest.raises(ReasonMissing):
        set_discount(basket, 1, Money(5), " ")
    with pytest.raises(ReasonMissing):
        set_price(basket, 1, Money(5), "")


def test_a_coupon_is_spread_over_the_lines() -> None:
    priced = price(Basket((Line(CUP), Line(TEA))), Terms(coupons=(FIVE_OFF,)))

    assert priced.total == Money(2750)
    assert [line.net.fen for line in priced.lines] == [2454, 296]
    assert priced.coupon_discount == Money(500)


@given(st.lists(LINES, min_size=1, max_size=30), st.booleans(), st.integers(1, 2000))
def test_nothing_is_lost_and_nothing_goes_below_zero(lines: list[Line], is_member: bool, coupon_fen: int) -> None:
    coupon = Coupon("c", "7F3K9Q2M", "o", Money(coupon_fen), Money(0), date(2026, 1, 1), date(2026, 12, 31))

    priced = price(Basket(tuple(lines)), Terms(member=MemberTerms() if is_member else None, coupons=(coupon,)))

    assert priced.total == total(line.net for line in priced.lines)
    assert priced.goods - priced.discount == priced.total
    assert all(line.net.fen >= 0 for line in priced.lines)
    assert priced.coupon_discount == priced.cut_by("coupon")


@pytest.mark.parametrize(
    ("coupon", "on", "goods", "member", "refusal"),
    [
        (FIVE_OFF, date(2026, 9, 28), Money(5000), None, CouponNotValid),
        (FIVE_OFF, date(2026, 10, 29), Money(5000), None, CouponNotValid),
        (FIVE_OFF, date(2026, 10, 1), Money(999), None, CouponNeedsMore),
    ],
)
def test_a_coupon_says_why_it_cannot_be_used(
    coupon: Coupon, on: date, goods: Money, member: str | None, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        usable(coupon, on=on, goods=goods, member_id=member)


def test_a_used_or_foreign_coupon_is_refused() -> None:
    with pytest.raises(CouponUsed):
        usable(replace(FIVE_OFF, state="redeemed"), on=date(2026, 10, 1), goods=Money(5000), member_id=None)
    with pytest.raises(CouponNotHers):
        usable(replace(FIVE_OFF, member_id="alice"), on=date(2026, 10, 1), goods=Money(5000), member_id="bob")


def test_a_line_that_is_not_there_is_refused() -> None:
    with pytest.raises(NoSuchLine):
        remove(Basket(), 1)
    with pytest.raises(NoSuchLine):
        set_quantity(Basket((Line(TEA),)), 2, quantity("1"))


def test_letting_go_of_a_member_lets_go_of_her_coupons() -> None:
    basket = attach_coupon(attach_member(Basket((Line(TEA),)), "alice"), "7F3K9Q2M")

    assert attach_member(basket, None).coupon_codes == ()


def test_an_unfinished_basket_reads_back_as_it_was() -> None:
    basket = Basket(
        (Line(TEA, quantity("2"), note="冰"), Line(APPLE, label_price=Money(351)), Line(BAG, price=Money(20))),
        ("6999999999999",),
        "alice",
        ("7F3K9Q2M",),
        "袋子另装",
    )

    assert from_data(as_data(basket)) == basket
