"""A coupon that is out is taken back by hand, with a reason: it is good no more, at any till that hears of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from storeapp.domain.approval import checked_reason
from storeapp.domain.coupon import Coupon, CouponUsed, UnknownCoupon, normal_code
from storeapp.domain.ledger import Leg, Txn, coupon_account, legs_data
from storeapp.domain.staff import SCRIPT
from storeapp.till import approvals, coupon_holds
from storeapp.till.ports import Books, Clock, Ids, Shop

VOID = "coupon.void"


def void(
    shop: Shop,
    code: str,
    *,
    reason: str,
    clock: Clock,
    ids: Ids,
    by: str = SCRIPT,
    approver: str = "",
    approval_id: str | None = None,
) -> Coupon:
    """Takes it back. Raises UnknownCoupon, CouponUsed, CouponReserved, ApprovalReasonMissing or what approvals do."""
    said = checked_reason(reason)
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        held = books.coupons.by_code(normal_code(code))
        if held is None:
            raise UnknownCoupon(normal_code(code))
        if held.state != "issued":
            raise CouponUsed(held.code, held.state)
        coupon_holds.check(books, (held.code,), holder="", now=clock.now())
        payload = asked(held)
        if approver:
            approvals.spend_named(books, "give_coupon", payload, by=by, approver=approver, reason=said, at=at, ids=ids)
        else:
            approvals.allow(books, "give_coupon", payload, by=by, approval_id=approval_id, at=at)
        coupon_holds.spend(books, (held.code,), holder="", now=clock.now(), ids=ids)
        return taken_away(books, held, reason=said, by=by, at=at, txn_id=ids.new())


def asked(coupon: Coupon) -> dict[str, Any]:
    """What is approved."""
    return {"void": coupon.coupon_id}


def taken_away(books: Books, held: Coupon, *, reason: str, by: str, at: str, txn_id: str) -> Coupon:
    """It is good no more, within the caller's transaction."""
    legs = (Leg(coupon_account(held.coupon_id), "coupon", -1), Leg(VOID, "coupon", 1))
    gone = replace(held, state="void")
    books.coupons.put(gone)
    books.ledger.post(Txn(txn_id, VOID, at, legs, member_id=held.member_id))
    body = {
        "coupon_id": held.coupon_id,
        "member_id": held.member_id,
        "reason": reason,
        "by": by,
        "txn_id": txn_id,
        "legs": legs_data(legs),
    }
    books.journal.append("coupon.voided", body, at=at)
    return gone
