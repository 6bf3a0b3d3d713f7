"""A coupon that is reserved: which basket holds it, and until when nobody else may have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.ledger import Leg, coupon_account
from storeapp.errors import Refused

RESERVED = "coupon.reserved"
"""The entry that reserves one, and the account that holds what is reserved."""
RELEASED = "coupon.released"
COUNTER = "counter"
"""Holds for the basket at the counter while it is being paid for."""


@dataclass(eq=False)
class CouponReserved(Refused):
    """Another basket holds the coupon `code`: one that is `where` (counter, parked or script), until `until`."""

    code: str
    where: str
    until: str
    word = "coupon_reserved"


@dataclass(frozen=True, slots=True)
class Hold:
    """`holder` has the coupon `code` until `until`, or as long as money for `sale_id` is on its way.

    `coupon_id` and `txn_id` are empty for a code printed on a receipt, which becomes a coupon only by being redeemed.
    """

    code: str
    holder: str
    until: str
    coupon_id: str = ""
    txn_id: str = ""
    sale_id: str = ""

    @property
    def where(self) -> str:
        """What kind of basket holds it."""
        return self.holder.partition(":")[0]

    def lasts(self, now: datetime) -> bool:
        """Whether its lease has not run out."""
        return now < datetime.fromisoformat(self.until)


def parked(parked_id: str) -> str:
    """Holds for a basket that was put aside."""
    return f"parked:{parked_id}"


def script(sale_id: str) -> str:
    """Holds for a basket a script pays for by a wallet."""
    return f"script:{sale_id}"


def legs(coupon_id: str) -> tuple[Leg, ...]:
    """What reserving it moves."""
    return (Leg(coupon_account(coupon_id), "coupon", -1), Leg(RESERVED, "coupon", 1))


def legs_back(coupon_id: str) -> tuple[Leg, ...]:
    """The very legs back."""
    return tuple(Leg(leg.account, leg.unit, -leg.amount) for leg in legs(coupon_id))
