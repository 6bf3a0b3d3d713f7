"""Coupons that are reserved: no other basket of this till takes one that is being paid with, or lies put aside.

A hold is an entry of the ledger, and ends by the reversal of it in the very transaction of what ends it: the sale, the
payment that is left, the basket that is taken back. Its lease ends it too, except while money is on its way. A till
that hears of nothing may redeem the coupon all the same: that is found by the cloud.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from storeapp.domain.basket import Basket
from storeapp.domain.coupon_hold import COUNTER, RELEASED, RESERVED, CouponReserved, Hold, legs, legs_back, parked
from storeapp.domain.ledger import Txn
from storeapp.till.ports import Books, Clock, Ids, Shop

PAYING = timedelta(minutes=30)
"""How long a payment that nobody goes on with holds its coupons."""
_OVER = ("failed", "reversed", "refunded")


def check(books: Books, codes: Iterable[str], *, holder: str, now: datetime) -> None:
    """Raises CouponReserved for the first of these coupons that another basket holds."""
    for code in codes:
        held = books.coupon_holds.of_code(code)
        if held is not None and held.holder != holder and _stands(books, held, now):
            raise CouponReserved(code, held.where, held.until)


def is_free(books: Books, code: str, *, holder: str, now: datetime) -> bool:
    """Whether no other basket holds it."""
    held = books.coupon_holds.of_code(code)
    return held is None or held.holder == holder or not _stands(books, held, now)


def reserve(
    books: Books, basket: Basket, *, holder: str, now: datetime, lease: timedelta, ids: Ids, sale_id: str = ""
) -> None:
    """The holder has the basket's coupons and no others, within the caller's transaction; raises CouponReserved."""
    codes = dict.fromkeys(filter(None, map(_code, basket.coupon_codes)))
    check(books, codes, holder=holder, now=now)
    release(books, books.coupon_holds.of_holder(holder), now=now, ids=ids)
    for code in codes:
        held = books.coupon_holds.of_code(code)
        if held is not None:
            release(books, (held,), now=now, ids=ids)
        _put(books, Hold(code, holder, (now + lease).isoformat(), sale_id=sale_id), now=now, ids=ids)


def spend(books: Books, codes: Iterable[str], *, holder: str, now: datetime, ids: Ids) -> None:
    """The holder sells: whatever it holds is let go of, and what ran out on these codes, before the sale takes them."""
    lapsed = filter(None, map(books.coupon_holds.of_code, codes))
    held = {each.code: each for each in (*books.coupon_holds.of_holder(holder), *lapsed)}
    release(books, held.values(), now=now, ids=ids)


def release(books: Books, held: Iterable[Hold], *, now: datetime, ids: Ids) -> None:
    """These are free again, within the caller's transaction."""
    for each in tuple(held):
        books.coupon_holds.drop(each.code)
        if each.txn_id:
            back = legs_back(each.coupon_id)
            txn = Txn(ids.new(), RELEASED, now.isoformat(), back, reverses=each.txn_id, parts=(1, 1))
            books.ledger.post(txn)


def put_aside(books: Books, basket: Basket, parked_id: str, *, now: datetime, ids: Ids) -> None:
    """The basket keeps its coupons while it lies there, within the caller's transaction; one it has lost is lost."""
    release(books, books.coupon_holds.of_holder(COUNTER), now=now, ids=ids)
    mine = [code for code in filter(None, map(_code, basket.coupon_codes)) if is_free(books, code, holder="", now=now)]
    hours = books.policy.in_force().whole("coupon.parked_hours")
    if mine and hours:
        kept, lease = replace(basket, coupon_codes=tuple(mine)), timedelta(hours=hours)
        reserve(books, kept, holder=parked(parked_id), now=now, lease=lease, ids=ids)


def taken_back(books: Books, parked_id: str, *, now: datetime, ids: Ids) -> None:
    """The basket that was put aside is at the counter again, or gone."""
    release(books, books.coupon_holds.of_holder(parked(parked_id)), now=now, ids=ids)


def reserve_at_counter(shop: Shop, basket: Basket, *, sale_id: str, clock: Clock, ids: Ids) -> None:
    """Paying begins: the coupons of the basket are its own. Raises CouponReserved."""
    with shop.writing() as books:
        reserve(books, basket, holder=COUNTER, now=clock.now(), lease=PAYING, ids=ids, sale_id=sale_id)


def let_go(shop: Shop, holder: str, *, clock: Clock, ids: Ids, unless_paying: bool = False) -> None:
    """Whatever it holds is free again; `unless_paying` keeps what money is on its way for."""
    with shop.reading() as books:
        if not books.coupon_holds.of_holder(holder):
            return
    with shop.writing() as books:
        held = books.coupon_holds.of_holder(holder)
        if unless_paying:
            held = tuple(each for each in held if not _money_is_on_its_way(books, each.sale_id))
        release(books, held, now=clock.now(), ids=ids)


def sweep(shop: Shop, *, is_paying: bool, clock: Clock, ids: Ids) -> int:
    """Lets go of what nobody holds any more: a payment that did not go on after a start, leases that ran out."""
    with shop.reading() as books:
        if not books.coupon_holds.every():
            return 0
    with shop.writing() as books:
        now = clock.now()
        there = {COUNTER} if is_paying else set()
        there |= {parked(each.parked_id) for each in books.baskets.parked()}
        ended = [held for held in books.coupon_holds.every() if _has_ended(books, held, there, now)]
        release(books, ended, now=now, ids=ids)
        return len(ended)


def _has_ended(books: Books, held: Hold, there: set[str], now: datetime) -> bool:
    if held.where != "script" and held.holder not in there:
        return True
    return not _stands(books, held, now)


def _stands(books: Books, held: Hold, now: datetime) -> bool:
    return held.lasts(now) or _money_is_on_its_way(books, held.sale_id)


def _money_is_on_its_way(books: Books, sale_id: str) -> bool:
    tries = books.attempts.of_document(sale_id) if sale_id else ()
    return any(each.kind == "take" and not each.used_by and each.state not in _OVER for each in tries)


def _put(books: Books, hold: Hold, *, now: datetime, ids: Ids) -> None:
    coupon = books.coupons.by_code(hold.code)
    if coupon is not None and coupon.state == "issued":
        txn = Txn(ids.new(), RESERVED, now.isoformat(), legs(coupon.coupon_id))
        books.ledger.post(txn)
        hold = Hold(hold.code, hold.holder, hold.until, coupon.coupon_id, txn.txn_id, hold.sale_id)
    books.coupon_holds.put(hold)


def _code(text: str) -> str | None:
    # a start sweeps the holds, of which there are hardly ever any: it loads no coupons
    from storeapp.domain.coupon import UnknownCoupon, normal_code

    try:
        return normal_code(text)
    except UnknownCoupon:
        return None
