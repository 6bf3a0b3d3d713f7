"""What a basket costs while it is being rung up, with the coupons it deserves; and what a code stands for."""

from __future__ import annotations

from datetime import datetime

from storeapp.domain import basket as baskets
from storeapp.domain.basket import Basket
from storeapp.domain.coupon import (
    Coupon,
    CouponNeedsMore,
    CouponNotHers,
    CouponNotValid,
    CouponRests,
    CouponUsed,
    CouponWithoutGoods,
    UnknownCoupon,
    normal_code,
    usable,
)
from storeapp.domain.coupon_hold import COUNTER, CouponReserved
from storeapp.domain.member import BadPhone, UnknownMember
from storeapp.domain.pricing import goods_for, with_coupons
from storeapp.errors import Refused
from storeapp.till import coupon_holds, coupons, members
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books
from storeapp.till.quoting import quote
from storeapp.ui.desk import Desk
from storeapp.ui.sell.quoted import Quoted

_COUPON_TROUBLE = (
    CouponNeedsMore, CouponNotHers, CouponNotValid, CouponReserved, CouponRests, CouponUsed, CouponWithoutGoods,
    UnknownCoupon,
)  # fmt: skip


def quoted(desk: Desk, books: Books, basket: Basket, *, before: Basket, may_choose: bool, at: datetime) -> Quoted:
    """Prices `basket` as of `at`. What counted `before` and no longer can, coupon or member, goes; new is refused.

    `may_choose`: the member's best coupon counts by itself while none does.
    """
    if may_choose and basket.member_id is not None and not basket.coupon_codes:
        best = _best_coupon(desk, books, basket, at)
        basket = basket if best is None else baskets.attach_coupon(basket, best.code)
    let_go: list[Refused] = []
    while True:
        try:
            found = quote(books, basket, at=at, ids=desk.ids)
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
        except Refused as error:
            code = _order_in_trouble(error, before)
            if not code:
                raise
            let_go.append(error)
            basket = baskets.without_pickup(basket, code)
        else:
            return Quoted(basket, found, tuple(let_go))


def _order_in_trouble(error: Refused, before: Basket) -> str:
    """The code of a group order that counted and no longer can; "" for any other reason."""
    if not before.pickups:
        return ""
    # a room of its own, opened when somebody fetches a group order
    from storeapp.domain.group_order import PICKUP_TROUBLE, PickupTooMuch

    if isinstance(error, PICKUP_TROUBLE) and not isinstance(error, PickupTooMuch) and error.code in before.pickups:
        return error.code
    return ""


def _best_coupon(desk: Desk, books: Books, basket: Basket, at: datetime) -> Coupon | None:
    """Hers that takes off most, and of equal ones that which lapses first."""
    if basket.member_id is None or not basket.lines:
        return None
    hers = books.coupons.of_member(basket.member_id)
    # who was forgotten meanwhile is let go of by the quote
    if not hers or books.members.by_id(basket.member_id) is None:
        return None
    plain = quote(books, baskets.without_coupons(basket), at=at, ids=desk.ids).priced
    moment, day = local_moment(books, at), desk.today(books)
    best: tuple[int, Coupon] | None = None
    for coupon in hers:
        goods = goods_for(coupon, plain.lines)
        if goods.fen <= 0:
            continue
        try:
            usable(coupon, on=day, goods=goods, member_id=basket.member_id, moment=moment)
            coupon_holds.check(books, (coupon.code,), holder=COUNTER, now=moment)
        except Refused:
            continue
        worth = with_coupons(plain, (coupon,), floor_percent=None).coupon_discount.fen
        if worth and (best is None or worth > best[0]):
            best = worth, coupon
    return None if best is None else best[1]


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
    return normal_code(text)
