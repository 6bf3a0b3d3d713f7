"""Member tenders: stored value, points and an account pay for a basket, up to what is hers and the owner allows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.ledger import Lot
from storeapp.domain.lots import available
from storeapp.domain.money import ZERO, Money, split
from storeapp.domain.policy import Policy

SpendingOrder = Literal["principal_first", "bonus_first", "pro_rata"]


@dataclass(frozen=True, slots=True)
class Holdings:
    """What a member holds on one day: all her lots, in spending order, and what she owes on account."""

    member_id: str
    day: str
    points: tuple[Lot, ...]
    principal: tuple[Lot, ...]
    bonus: tuple[Lot, ...]
    owed: Money = ZERO

    @property
    def points_good(self) -> int:
        """Points she may spend."""
        return available(self.points, self.day)

    @property
    def principal_fen(self) -> int:
        return available(self.principal, self.day)

    @property
    def bonus_fen(self) -> int:
        return available(self.bonus, self.day)

    @property
    def value(self) -> Money:
        """Stored value she may spend."""
        return Money(self.principal_fen + self.bonus_fen)


def points_cap(total: Money, policy: Policy) -> Money:
    """What points may pay of `total`; nothing while a point is worth nothing."""
    if not policy.whole("points.fen_each"):
        return ZERO
    most = total.fen * policy.whole("points.redeem_percent") // 100
    ceiling = policy.whole("points.redeem_most_fen")
    return Money(max(min(most, ceiling) if ceiling else most, 0))


def points_for(amount: Money, policy: Policy) -> int:
    """Points that pay `amount`; a started point is a whole one."""
    return -(-amount.fen // max(policy.whole("points.fen_each"), 1))


def most_by_points(holdings: Holdings, total: Money, policy: Policy) -> Money:
    """What her points may pay of `total` now."""
    points = holdings.points_good
    if points < policy.whole("points.redeem_least"):
        return ZERO
    return min(Money(points * policy.whole("points.fen_each")), points_cap(total, policy))


def most_by_value(holdings: Holdings, total: Money, policy: Policy) -> Money:
    """What her stored value may pay of `total` now."""
    if not policy.get("stored_value.enabled"):
        return ZERO
    return max(min(holdings.value, total), ZERO)


def most_on_account(holdings: Holdings, total: Money, policy: Policy) -> Money:
    """What she may still take on account of `total`."""
    if not policy.get("on_account.enabled"):
        return ZERO
    return max(min(total, Money(policy.whole("on_account.most_fen")) - holdings.owed), ZERO)


def parts_of_value(amount: Money, principal_fen: int, bonus_fen: int, *, order: SpendingOrder) -> tuple[int, int]:
    """How much of `amount` comes out of principal and how much out of bonus."""
    if order == "bonus_first":
        bonus = min(amount.fen, bonus_fen)
        return amount.fen - bonus, bonus
    if order == "principal_first" or not principal_fen + bonus_fen:
        principal = min(amount.fen, principal_fen)
        return principal, amount.fen - principal
    principal_part, bonus_part = split(amount, (principal_fen, bonus_fen))
    return principal_part.fen, bonus_part.fen
