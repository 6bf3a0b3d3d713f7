"""Rewarding: points or a coupon given for something done, at most once, and taken back by the very legs."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID, uuid5

from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import legs_data
from storeapp.domain.money import Money
from storeapp.domain.reward import Reward
from storeapp.till import coupons
from storeapp.till.ports import Books
from storeapp.till.posting import points_in, post
from storeapp.till.reversing import taken_back

_NAMES = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a02")


@dataclass
class NamedIds:
    """Ids that follow from `name`: whoever gives the same thing again finds it given."""

    name: str
    last: int = 0

    def new(self) -> str:
        self.last += 1
        return str(uuid5(_NAMES, f"{self.name}/{self.last}"))


@dataclass(frozen=True, slots=True)
class Granted:
    """What was given: by the entry `txn_id`, and as that coupon if it is one."""

    txn_id: str
    coupon_id: str = ""


def give(books: Books, member_id: str, reward: Reward, *, name: str, purse: str, at: str, on: date) -> Granted:
    """Gives her `reward` as `name` within the caller's transaction; `purse` is the account its points come from."""
    ids = NamedIds(name)
    if reward.kind == "coupon":
        coupon_id = ids.new()
        coupon = Coupon(
            coupon_id=coupon_id,
            code=coupons.new_code(books, coupon_id),
            offer_id=purse,
            amount=Money(reward.amount),
            min_spend=Money(reward.min_spend_fen),
            valid_from=on,
            valid_until=on + timedelta(days=reward.days - 1),
            member_id=member_id,
        )
        txn_id = ids.new()
        coupons.issue(books, coupon, at=at, txn_id=txn_id)
        return Granted(txn_id, coupon_id)
    txn = points_in(books, member_id, reward.amount, out_of=purse, txn_id=ids.new(), kind=purse, at=at, on=on)
    post(books, txn)
    return Granted(txn.txn_id)


def take_back(books: Books, granted: Granted, *, name: str, kind: str, at: str, on: date) -> bool:
    """Takes it back within the caller's transaction, spent points as a debt; False for a coupon that paid already."""
    coupon = books.coupons.by_id(granted.coupon_id) if granted.coupon_id else None
    if coupon is not None and coupon.state != "issued":
        return False
    txn = taken_back(
        books,
        granted.txn_id,
        lambda original, past: [abs(leg.amount) - past[n] for n, leg in enumerate(original.legs)],
        as_id=NamedIds(name).new(),
        kind=kind,
        at=at,
        on=on,
    )
    if coupon is None:
        post(books, txn)
        return True
    books.coupons.put(replace(coupon, state="void"))
    books.ledger.post(txn)
    body = {"coupon_id": coupon.coupon_id, "member_id": coupon.member_id, "txn_id": txn.txn_id}
    books.journal.append("coupon.voided", body | {"legs": legs_data(txn.legs)}, at=at)
    return True
