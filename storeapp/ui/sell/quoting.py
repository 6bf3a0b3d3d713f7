"""What a basket costs while it is being rung up, with the coupons it deserves; and what a code stands for."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain import basket as baskets
from storeapp.domain.basket import Basket
from storeapp.domain.coupon import (
    Coupon,
    CouponNeedsMore,
    CouponNotHers,
    CouponNotValid,
    CouponUsed,
    UnknownCoupon,
    usable,
)
from storeapp.domain.member import BadPhone, UnknownMember
from storeapp.domain.pricing import price
from storeapp.errors import Refused
from storeapp.till import coupons, members
from storeapp.till.checkout import Quote, quote
from storeapp.till.ports import Books
from storeapp.ui.desk import Desk

_COUPON_TROUBLE = (CouponNeedsMore, CouponNotHers, CouponNotValid, CouponUsed, UnknownCoupon)


@dataclass(frozen=True, slots=True)
class Quoted:
    """The basket as it is priced. `let_go` says why coupons that counted before do so no more."""

    basket: Basket
    quote: Quote
    let_go: tuple[Refused, ...] = ()


def quoted(desk: Desk, books: Books, basket: Basket, *, before: Basket, may_choose: bool) -> Quoted:
    """Prices `basket`. What counted `before` and no longer can, coupon or member, goes; what is new is refused.

    `may_choose`: the member's best coupon counts by itself while none does.
    """
    if may_choose and basket.member_id is not None and not basket.coupon_codes:
        best = _best_coupon(desk, books, basket)
        basket = basket if best is None else baskets.attach_coupon(basket, best.code)
    let_go: list[Refused] = []
    while True:
        try:
            found = quote(books, basket, at=desk.clock.now(), ids=desk.ids)
        except _COUPON_TROUBLE as error:
            if error.code not in before.coupon_codes or error.code not in basket.coupon_codes:
                raise
            let_go.append(error)
            basket = baskets.detach_coupon(basket, error.code)
        except UnknownMember as error:
            if basket.member_id != before.member_id:
                raise
            let_go.append(error)
            basket = baskets.attach_member(basket, None)
        else:
            return Quoted(basket, found, tuple(let_go))


def _best_coupon(desk: Desk, books: Books, basket: Basket) -> Coupon | None:
    day, goods = desk.today(books), price(basket, is_member=True).total
    best: Coupon | None = None
    if goods.fen <= 0 or basket.member_id is None:
        return None
    for coupon in books.coupons.of_member(basket.member_id):
        try:
            usable(coupon, on=day, goods=goods, member_id=basket.member_id)
        except Refused:
            continue
        if best is None or coupon.amount > best.amount:
            best = coupon
    return best


def member_behind(books: Books, text: str) -> str | None:
    """The member whose whole phone number this is."""
    try:
        return members.by_phone(books, text).member_id
    except (BadPhone, UnknownMember):
        return None


def coupon_behind(desk: Desk, books: Books, text: str, member_id: str | None) -> str | None:
    """The coupon's code as it is stored, if this is one; whether it still counts is another question."""
    try:
        coupons.look_up(books, text, member_id=member_id, ids=desk.ids)
    except UnknownCoupon:
        return None
    except CouponUsed:
        pass
    return coupons.normal_code(text)
