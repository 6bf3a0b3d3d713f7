"""Lapsing: when earned points and given value end, soonest first, with days of grace. What was paid in never does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID, uuid5

from storeapp.domain.ledger import Leg, Lot, LotMove, Txn, points_account, principal_account
from storeapp.domain.policy import Policy
from storeapp.errors import Broken

Lapse = Literal["never", "days", "year_end"]
EXPIRED = "expired"
BREAKAGE = "breakage"
_EXPIRED = UUID("0b6f6f3e-2f6a-5b0f-8a31-6a2c3d1f9e02")


@dataclass(eq=False)
class PrincipalNeverLapses(Broken):
    """Something asked for what a member paid in to lapse: `account`."""

    account: str
    word = "principal_never_lapses"


def points_until(earned_on: date, policy: Policy) -> str:
    """The last day of points earned on that day (ISO), "" if they never lapse."""
    rule: Lapse = policy.get("points.lapse")
    if rule == "days":
        return (earned_on + timedelta(days=policy.whole("points.valid_days"))).isoformat()
    if rule == "year_end":
        return date(earned_on.year + 1, 12, 31).isoformat()
    return ""


def lapsed_before(today: date, policy: Policy) -> str:
    """Lots that were good until a day before this one (ISO) lapse today: the days of grace are over."""
    return (today - timedelta(days=policy.whole("points.grace_days"))).isoformat()


def expiry(account: str, lots: Iterable[Lot], *, before: str, at: str) -> Txn | None:
    """The entry that ends what is left of the lots that were good until a day before `before`; None for nothing.

    It bears the same id wherever and however often it is made. Raises PrincipalNeverLapses.
    """
    if account.startswith(principal_account("")):
        raise PrincipalNeverLapses(account)
    over = [lot for lot in lots if lot.remaining and lot.expires_on is not None and lot.expires_on < before]
    left = sum(lot.remaining for lot in over)
    if not left:
        return None
    unit: Literal["pts", "fen"] = "pts" if account.startswith(points_account("")) else "fen"
    name = "|".join([account, *sorted(f"{lot.lot_id}={lot.remaining}" for lot in over)])
    return Txn(
        str(uuid5(_EXPIRED, name)),
        EXPIRED,
        at,
        (Leg(account, unit, -left), Leg(BREAKAGE, unit, left)),
        account.partition(":")[2],
        lots=tuple(LotMove(account, lot.lot_id, -lot.remaining) for lot in over),
    )


def ending(lots: Iterable[Lot], today: date, *, within: int) -> tuple[int, str]:
    """What ends next within so many days from `today`, and on which day; (0, "") for nothing."""
    last = (today + timedelta(days=within)).isoformat()
    soon = [lot for lot in lots if lot.remaining and lot.expires_on and today.isoformat() <= lot.expires_on <= last]
    day = min((lot.expires_on for lot in soon if lot.expires_on), default="")
    return sum(lot.remaining for lot in soon if lot.expires_on == day), day
