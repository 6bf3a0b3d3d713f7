"""The account side of a sale: what it did to its member's points, stored value and debt, before and after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from storeapp.domain.ledger import (
    LENT,
    REDEEMED,
    SPENT,
    Leg,
    LotMove,
    bonus_account,
    debt_account,
    moves_data,
    owed_account,
    pending_account,
    points_account,
    principal_account,
)
from storeapp.domain.points import GIVEN

if TYPE_CHECKING:
    from storeapp.domain.tier import Next


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member has at one moment: points, stored value and what she owes on account, in fen."""

    points: int = 0
    principal_fen: int = 0
    bonus_fen: int = 0
    owed_fen: int = 0


@dataclass(frozen=True, slots=True)
class AccountSide:
    """What she had `before` and `after`; of the points, `spent` paid for the goods and `earned` came in.

    `settled` of those earned went against points she owed. `lots` are those that what she spent came out of. What she
    earned is good until `points_until` ("" for ever); of what she has then, `ending` points end next, on `ending_on`.
    Where they wait, they are hers on `ripe_on`, and `waiting` wait with them; until then they settle nothing.
    Her card has `stamps` of `stamps_of` then, none of none where the shop gives no cards. `owed_points` are those she
    owes after it. `next_tier` is what she needs for a higher tier then.
    """

    before: Standing
    after: Standing
    spent: int = 0
    earned: int = 0
    settled: int = 0
    lots: tuple[LotMove, ...] = ()
    points_until: str = ""
    ending: int = 0
    ending_on: str = ""
    stamps: int = 0
    stamps_of: int = 0
    ripe_on: str = ""
    waiting: int = 0
    owed_points: int = 0
    next_tier: Next | None = None

    @property
    def principal_fen(self) -> int:
        """Principal spent."""
        return self.before.principal_fen - self.after.principal_fen

    @property
    def bonus_fen(self) -> int:
        """Bonus spent."""
        return self.before.bonus_fen - self.after.bonus_fen

    @property
    def lent_fen(self) -> int:
        """What she took on account."""
        return self.after.owed_fen - self.before.owed_fen


def legs(side: AccountSide, member_id: str) -> tuple[Leg, ...]:
    """The ledger legs of her side. What paid for the goods leaves her account; what was earned comes to it."""
    points, value = points_account(member_id), side.principal_fen + side.bonus_fen
    come_to = pending_account(member_id) if side.ripe_on else points
    rows = (
        Leg(points, "pts", -side.spent),
        Leg(REDEEMED, "pts", side.spent),
        Leg(principal_account(member_id), "fen", -side.principal_fen),
        Leg(bonus_account(member_id), "fen", -side.bonus_fen),
        Leg(SPENT, "fen", value),
        Leg(LENT, "fen", -side.lent_fen),
        Leg(owed_account(member_id), "fen", side.lent_fen),
        Leg(GIVEN, "pts", -side.earned),
        Leg(debt_account(member_id), "pts", side.settled),
        Leg(come_to, "pts", side.earned - side.settled),
    )
    return tuple(leg for leg in rows if leg.amount)


def moves(side: AccountSide, member_id: str, sale_id: str) -> tuple[LotMove, ...]:
    """The lots its entry moves: those she spent of, and the new one where what she earned will lapse."""
    came = side.earned - side.settled
    if not came or not side.points_until:
        return side.lots
    return (*side.lots, LotMove(points_account(member_id), sale_id, came, side.points_until))


def body(side: AccountSide | None) -> dict[str, Any] | None:
    """As the journal carries it."""
    if side is None:
        return None
    return {
        **(told(side) or {}),
        "points_earned": side.earned,
        "points_settled": side.settled,
        "lots": moves_data(side.lots),
        "points_until": side.points_until,
        "ending": side.ending,
        "ending_on": side.ending_on,
        "stamps": side.stamps,
        "stamps_of": side.stamps_of,
        "ripe_on": side.ripe_on,
        "waiting": side.waiting,
        "owed_points": side.owed_points,
        "next_tier": None if side.next_tier is None else asdict(side.next_tier),
    }


def from_body(data: Mapping[str, Any] | None) -> AccountSide | None:
    """What `body` wrote; None for what was sold before it was written down."""
    if data is None:
        return None
    return AccountSide(
        Standing(**data["before"]),
        Standing(**data["after"]),
        data["points_spent"],
        data["points_earned"],
        data["points_settled"],
        tuple(LotMove(row["account"], row["lot_id"], row["amount"]) for row in data["lots"]),
        # older bodies knew no end
        data.get("points_until", ""),
        data.get("ending", 0),
        data.get("ending_on", ""),
        data.get("stamps", 0),
        data.get("stamps_of", 0),
        data.get("ripe_on", ""),
        data.get("waiting", 0),
        data.get("owed_points", 0),
        _next_tier(data.get("next_tier")),
    )


def told(side: AccountSide | None) -> dict[str, Any] | None:
    """As a script is told: what she had before and after, and how many points paid."""
    if side is None:
        return None
    return {
        "before": _standing(side.before),
        "after": _standing(side.after),
        "points_spent": side.spent,
    }


def _standing(standing: Standing) -> dict[str, int]:
    return {name: getattr(standing, name) for name in Standing.__slots__}


def _next_tier(told: Mapping[str, Any] | None) -> Next | None:
    if not told:
        return None
    # most shops have no tiers: a start does not load them
    from storeapp.domain.tier import Next

    return Next(**told)
