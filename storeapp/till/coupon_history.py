"""One coupon by its code: how it stands, whose it is, what it was given for, and everything that moved it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_grant import Grant
from storeapp.domain.coupon_hold import Hold
from storeapp.domain.ledger import coupon_account
from storeapp.domain.member import masked_phone
from storeapp.till import coupon_holds, coupons
from storeapp.till.moments import today
from storeapp.till.ports import Books, Clock, Ids, Shop

_MOST = 30


@dataclass(frozen=True, slots=True)
class Step:
    """`kind` of entry moved it at that moment; a sale or refund is told by its receipt."""

    at: str
    kind: str
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class CouponFile:
    """`held` while another basket has it; `grant` where this till gave it by a template. The latest step first."""

    coupon: Coupon
    phone_masked: str
    on: date
    grant: Grant | None
    held: Hold | None
    steps: tuple[Step, ...]

    @property
    def stands(self) -> str:
        """`issued`, `reserved`, `redeemed`, `void`, or `lapsed`."""
        return _stands(self.coupon, self.held is not None, self.on)


@dataclass(frozen=True, slots=True)
class InWallet:
    """One of her coupons; `stands` as it does in a CouponFile."""

    coupon: Coupon
    stands: str


def wallet(books: Books, member_id: str, *, on: date, now: datetime) -> tuple[InWallet, ...]:
    """All coupons she has or had: those she may use first, the soonest to lapse before the others."""
    found = [
        InWallet(each, _stands(each, held_elsewhere(books, each.code, now=now) is not None, on))
        for each in books.coupon_grants.wallet(member_id)
    ]
    may = sorted((one for one in found if one.stands in ("issued", "reserved")), key=lambda one: one.coupon.valid_until)
    return (*may, *(one for one in found if one not in may))


def _stands(coupon: Coupon, is_held: bool, on: date) -> str:
    if coupon.state != "issued":
        return coupon.state
    if is_held:
        return "reserved"
    return "lapsed" if coupon.valid_until < on else "issued"


def coupon_file(shop: Shop, code: str, *, clock: Clock, ids: Ids) -> CouponFile:
    """Raises UnknownCoupon, or CouponUsed for a receipt's code that brought nothing."""
    with shop.reading() as books:
        found = coupons.look_up(books, code, member_id=None, ids=ids).coupon
        member = None if found.member_id is None else books.members.by_id(found.member_id)
        return CouponFile(
            found,
            "" if member is None else masked_phone(member.phone),
            today(books, clock),
            books.coupon_grants.of_coupon(found.coupon_id),
            held_elsewhere(books, found.code, now=clock.now()),
            _steps(books, found.coupon_id),
        )


def held_elsewhere(books: Books, code: str, *, now: datetime) -> Hold | None:
    """Who has it reserved, whoever that is."""
    if coupon_holds.is_free(books, code, holder="", now=now):
        return None
    return books.coupon_holds.of_code(code)


def _steps(books: Books, coupon_id: str) -> tuple[Step, ...]:
    sold = dict(books.coupon_grants.sales_with(coupon_id))
    moved = books.ledger.history(coupon_account(coupon_id), limit=_MOST)
    return tuple(Step(txn.at, txn.kind, sold.get(txn.txn_id, "")) for txn in moved)
