"""Member tenders: stored value, points and an account pay for a basket, up to what is hers and the owner allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from storeapp.domain.ledger import (
    LENT,
    REDEEMED,
    SPENT,
    Leg,
    Lot,
    LotMove,
    bonus_account,
    owed_account,
    points_account,
    principal_account,
)
from storeapp.domain.lots import available, good_on, taken
from storeapp.domain.money import ZERO, Money, split
from storeapp.domain.policy import Policy
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused

SpendingOrder = Literal["principal_first", "bonus_first", "pro_rata"]
HERS: frozenset[TenderKind] = frozenset({"stored_value", "points", "on_account"})
"""What only a member pays by: her own account moves with it, and no money does."""


@dataclass(eq=False)
class NeedsMember(Refused):
    """Only a member pays by `kind`, and the basket has none."""

    kind: str
    word = "tender_needs_member"


@dataclass(eq=False)
class NotGranted(Refused):
    """This till belongs to a cloud, which keeps her account; here it pays `most_fen` at most, not `asked_fen`."""

    asked_fen: int
    most_fen: int
    word = "not_granted"


@dataclass(eq=False)
class NotEnoughValue(Refused):
    """`asked_fen` of stored value was asked for, `held_fen` is there."""

    asked_fen: int
    held_fen: int
    word = "not_enough_value"


@dataclass(eq=False)
class NotEnoughPoints(Refused):
    """`asked` points were asked for, `held` may be spent."""

    asked: int
    held: int
    word = "not_enough_points"


@dataclass(eq=False)
class PointsOverCap(Refused):
    """Points pay at most `most_fen` of this basket; `asked_fen` was asked for."""

    asked_fen: int
    most_fen: int
    word = "points_over_cap"


@dataclass(eq=False)
class TooFewPoints(Refused):
    """Points are redeemed from `least` on."""

    least: int
    word = "too_few_points"


@dataclass(eq=False)
class OverCredit(Refused):
    """She may owe the shop `most_fen`, and owes `owed_fen`; `asked_fen` more was asked for."""

    asked_fen: int
    owed_fen: int
    most_fen: int
    word = "over_credit"


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


@dataclass(frozen=True, slots=True)
class Spend:
    """Legs of the member's side, and the lots they move."""

    legs: tuple[Leg, ...] = ()
    lots: tuple[LotMove, ...] = ()


def joined_most(policy: Policy) -> Money:
    """What all of a member's own may pay of one sale at a till of a cloud, which knows what other tills sell her."""
    return Money(policy.whole("account.joined_most_fen"))


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


def pay_by_points(holdings: Holdings, amount: Money, total: Money, policy: Policy) -> Spend:
    """Her points pay `amount` of `total`; raises PointsOverCap, TooFewPoints or NotEnoughPoints."""
    cap = points_cap(total, policy)
    if amount.fen > cap.fen:
        raise PointsOverCap(amount.fen, cap.fen)
    points, least = points_for(amount, policy), policy.whole("points.redeem_least")
    if points < least:
        raise TooFewPoints(least)
    if points > holdings.points_good:
        raise NotEnoughPoints(points, holdings.points_good)
    account = points_account(holdings.member_id)
    legs = (Leg(account, "pts", -points), Leg(REDEEMED, "pts", points))
    return Spend(legs, taken(account, good_on(holdings.points, holdings.day), points))


def pay_by_value(holdings: Holdings, amount: Money, policy: Policy) -> Spend:
    """Her stored value pays `amount`, out of principal and bonus in the owner's order; raises NotEnoughValue."""
    if amount.fen > holdings.value.fen:
        raise NotEnoughValue(amount.fen, holdings.value.fen)
    order: SpendingOrder = policy.get("stored_value.order")
    principal, bonus = parts_of_value(amount, holdings.principal_fen, holdings.bonus_fen, order=order)
    legs: list[Leg] = []
    lots: list[LotMove] = []
    for account, fen, hers in (
        (principal_account(holdings.member_id), principal, holdings.principal),
        (bonus_account(holdings.member_id), bonus, holdings.bonus),
    ):
        if fen:
            legs.append(Leg(account, "fen", -fen))
            lots.extend(taken(account, good_on(hers, holdings.day), fen))
    return Spend((*legs, Leg(SPENT, "fen", amount.fen)), tuple(lots))


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


def pay_on_account(holdings: Holdings, amount: Money, policy: Policy) -> Spend:
    """She owes the shop `amount` more; raises OverCredit."""
    most = policy.whole("on_account.most_fen")
    if amount.fen + holdings.owed.fen > most:
        raise OverCredit(amount.fen, holdings.owed.fen, most)
    return Spend((Leg(LENT, "fen", -amount.fen), Leg(owed_account(holdings.member_id), "fen", amount.fen)))


def spends(parts: Sequence[Spend]) -> Spend:
    """Several as one."""
    return Spend(tuple(leg for each in parts for leg in each.legs), tuple(move for each in parts for move in each.lots))
