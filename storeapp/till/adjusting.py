"""Adjusting: points are corrected by hand, by two people, with a reason and up to a cap a day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from storeapp.domain.approval import NeedsApproval, checked_reason
from storeapp.domain.lapsing import points_until
from storeapp.domain.ledger import Leg, LotMove, Txn, points_account
from storeapp.domain.lots import available
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotEnoughPoints
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import Right, checked_code
from storeapp.errors import Refused
from storeapp.till import approvals
from storeapp.till.moments import day_of, in_zone, local_moment
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post

RIGHT: Right = "points_adjust"
KIND = "adjust"
_ASKED = UUID("3a1c7f52-5f7e-5a6c-9c0e-0c7f4a1b5d03")


@dataclass(eq=False)
class AdjustTooMuch(Refused):
    """`points` were asked for; by hand move at most `most` a member a day, and `left` of them are left."""

    points: int
    most: int
    left: int
    word = "adjust_too_much"


@dataclass(frozen=True, slots=True)
class Adjustment:
    """`points` more, or less below zero, for one member: asked by `by`, and why.

    `approval_id` is the second person's yes as the window got it; a script names its `approver` instead.
    """

    member_id: str
    points: int
    reason: str
    by: str
    approver: str = ""
    request_id: str | None = None
    approval_id: str | None = None


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What was booked; `was_repeated` if it had been before. `balance` is what she has now."""

    txn: Txn
    balance: int
    was_repeated: bool = False


def adjust(shop: Shop, asked: Adjustment, *, clock: Clock, ids: Ids) -> Adjusted:
    """Corrects her points. Raises UnknownMember, AdjustTooMuch, NotEnoughPoints, NeedsApproval or SelfApproval."""
    checked_code(asked.by)
    reason = checked_reason(asked.reason)
    with approvals.noting_misuse(shop, by=asked.by, clock=clock), shop.writing() as books:
        if books.members.by_id(asked.member_id) is None:
            raise UnknownMember
        check_not_own(books, asked.member_id, asked.by, asked.approver)
        account = points_account(asked.member_id)
        txn_id = ids.new() if asked.request_id is None else str(uuid5(_ASKED, asked.request_id))
        known = books.ledger.txn(txn_id)
        if known is not None:
            if (known.legs[0].account, known.legs[0].amount) != (account, asked.points):
                raise RequestReused(asked.request_id or "", "")
            return Adjusted(known, books.ledger.balance(account, "pts"), was_repeated=True)
        at = local_moment(books, clock.now())
        check(books, asked, at)
        txn = _txn(books, asked, txn_id, at)
        approver = _agreed(books, asked, reason, at=at.isoformat(), ids=ids)
        post(books, txn, {"reason": reason, "by": asked.by, "approver": approver})
        return Adjusted(txn, books.ledger.balance(account, "pts"))


def named(asked: Adjustment) -> dict[str, object]:
    """What the second person says yes to."""
    return {"member": asked.member_id, "points": asked.points}


def check(books: Books, asked: Adjustment, at: datetime) -> None:
    """Whether so many may move for her today. Raises AdjustTooMuch or NotEnoughPoints."""
    policy = books.policy.in_force()
    most, day = policy.whole("points.adjust_most"), day_of(at, policy)
    account, moved = points_account(asked.member_id), 0
    for txn in books.ledger.history(account, limit=200):
        if txn.kind == KIND and day_of(in_zone(datetime.fromisoformat(txn.at), policy), policy) == day:
            moved += sum(abs(leg.amount) for leg in txn.legs if leg.account == account)
    if not asked.points or abs(asked.points) > most - moved:
        raise AdjustTooMuch(asked.points, most, max(most - moved, 0))
    has = available(books.ledger.lots_of(account), day.isoformat())
    if -asked.points > has:
        raise NotEnoughPoints(-asked.points, has)


def _txn(books: Books, asked: Adjustment, txn_id: str, at: datetime) -> Txn:
    account, policy = points_account(asked.member_id), books.policy.in_force()
    legs = (Leg(account, "pts", asked.points), Leg("adjust.points", "pts", -asked.points))
    txn = Txn(txn_id, KIND, at.isoformat(), legs, asked.member_id)
    until = points_until(day_of(at, policy), policy)
    if asked.points > 0 and until:
        return replace(txn, lots=(LotMove(account, txn_id, asked.points, until),))
    return txn


def _agreed(books: Books, asked: Adjustment, reason: str, *, at: str, ids: Ids) -> str:
    """Two people, always; "" only where the shop has no second one."""
    payload = named(asked)
    if asked.approval_id is not None:
        return approvals.spend(books, RIGHT, payload, by=asked.by, approval_id=asked.approval_id, at=at)
    if not asked.approver:
        if approvals.has_second(books, asked.by) or not approvals.may(books, asked.by, RIGHT):
            raise NeedsApproval(RIGHT, approvals.name_of(books, RIGHT, payload))
        return ""
    spent = approvals.second_named(
        books, RIGHT, payload, by=asked.by, approver=asked.approver, reason=reason, at=at, ids=ids
    )
    return spent.approver
