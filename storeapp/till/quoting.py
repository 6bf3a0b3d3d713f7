"""Quoting: what a basket costs under what holds now, with the coupons shown for it and what its member would earn."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from storeapp.domain.basket import Basket
from storeapp.domain.coupon import CouponWithoutGoods
from storeapp.domain.coupon_hold import COUNTER
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price, with_coupons
from storeapp.till import coupon_holds, coupons
from storeapp.till.coupons import Promise
from storeapp.till.earning import earner
from storeapp.till.moments import day_of, in_zone
from storeapp.till.ports import Books, Ids
from storeapp.till.quote import Quote
from storeapp.till.terms import terms_of


def quote(books: Books, basket: Basket, *, at: datetime, ids: Ids, holder: str = COUNTER) -> Quote:
    """Prices `basket` for its member with its coupons; raises the first rule that is broken.

    `holder` is who may have reserved them.
    """
    return quoted_for(books, hers_now(books, basket), at=at, ids=ids, holder=holder)


def quoted_for(books: Books, basket: Basket, *, at: datetime, ids: Ids, holder: str) -> Quote:
    """`quote` of a basket that is under the name its member goes by already."""
    policy = books.policy.in_force()
    moment = in_zone(at, policy)
    day = day_of(moment, policy)
    terms = terms_of(books, basket, at=moment, day=day.isoformat(), policy=policy)
    if basket.pickups:
        # a room of its own, opened when somebody fetches a group order
        from storeapp.till import group_picking

        group_picking.check(books, basket, now=moment)
    priced = price(basket, terms)
    found: tuple[Promise, ...] = ()
    if basket.coupon_codes:
        found = coupons.promises(
            books, basket.coupon_codes, lines=priced.lines, moment=moment, on=day, member_id=basket.member_id, ids=ids
        )
        coupon_holds.check(books, (promise.coupon.code for promise in found), holder=holder, now=at)
        coupons_used = tuple(promise.coupon for promise in found)
        priced = with_coupons(priced, coupons_used, floor_percent=terms.floor_percent)
        _check_worth(priced)
    return Quote(priced, found, earner(priced, terms.member, on=day, policy=policy), at)


def _check_worth(priced: PricedBasket) -> None:
    """Raises CouponWithoutGoods: a coupon is never spent for nothing, but may be shown before the first goods."""
    idle = next((coupon for coupon, worth in priced.coupons if not worth.fen), None)
    if idle is not None and priced.lines:
        raise CouponWithoutGoods(idle.code)


def hers_now(books: Books, basket: Basket) -> Basket:
    """The basket under the name she goes by: she may have been merged while it lay there."""
    kept = None if basket.member_id is None else books.members.merged_into(basket.member_id)
    return basket if kept is None else replace(basket, member_id=kept)
