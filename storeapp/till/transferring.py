"""Transferring: a member gives stored value to another, both agree, and somebody who may says yes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from storeapp.domain.approval import checked_reason
from storeapp.domain.ledger import VALUE_PREFIXES, Txn
from storeapp.domain.member_tender import NotGranted, joined_most
from storeapp.domain.merge import SameMember
from storeapp.domain.money import ZERO, Money
from storeapp.domain.sale import RequestReused
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.top_up import NAMED_MOST, StoredValueOff, ValueCapped
from storeapp.domain.value_transfer import Share, TransferNotAgreed, entry, moved, shares
from storeapp.till import approvals
from storeapp.till.deposits import deposits
from storeapp.till.moments import local_moment, today
from storeapp.till.names import known_as
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post
from storeapp.till.printing import owe_slip
from storeapp.till.requests import entry_id
from storeapp.till.top_ups import held

RIGHT: Right = "value_transfer"
_ASKED = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a05")


@dataclass(frozen=True, slots=True)
class Transfer:
    """`amount` of what the giver paid in goes to the taker. `is_agreed` if both said yes, `reason` is why.

    `approval_id` is what the window got; a script names its `approver`. `prints` False owes no paper.
    """

    giver_id: str
    taker_id: str
    amount: Money
    reason: str
    by: str
    is_agreed: bool = False
    approver: str = ""
    approval_id: str | None = None
    request_id: str | None = None
    prints: bool = True


@dataclass(frozen=True, slots=True)
class Transferred:
    """What was booked; `was_repeated` if it had been before. `jobs` is the paper it owes."""

    txn: Txn
    principal: Money
    gift: Money
    giver_has: Money
    taker_has: Money
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """What would go, before anything is done."""

    parts: tuple[Share, ...]

    @property
    def principal(self) -> Money:
        return Money(sum(part.principal_fen for part in self.parts))

    @property
    def gift(self) -> Money:
        return Money(sum(part.gift_fen for part in self.parts))


def planned(books: Books, giver_id: str, taker_id: str, amount: Money, *, clock: Clock) -> Planned:
    """What would go from the one to the other.

    Raises StoredValueOff, SameMember, UnknownMember, MemberMerged, BadTransfer, NotEnoughValue, NotGranted or
    ValueCapped.
    """
    policy = books.policy.in_force()
    if not policy.get("stored_value.enabled"):
        raise StoredValueOff
    if giver_id == taker_id:
        raise SameMember(giver_id)
    for member_id in (giver_id, taker_id):
        known_as(books, member_id)
    accounts = [prefix + giver_id for prefix in VALUE_PREFIXES]
    lots = {(name, lot.lot_id): lot for name in accounts for lot in books.ledger.lots_of(name)}
    found = Planned(
        shares(
            deposits(books, giver_id),
            lots,
            amount.fen,
            with_gift=bool(policy.get("stored_value.transfer_gift")),
            on=today(books, clock).isoformat(),
        )
    )
    gone, has = found.principal + found.gift, sum(held(books, taker_id), ZERO)
    # a till of a cloud cannot know what others are selling her just now
    if books.device.is_joined and gone > joined_most(policy):
        raise NotGranted(gone.fen, joined_most(policy).fen)
    most = min(policy.top_up_terms().most, NAMED_MOST)
    if has + gone > most:
        raise ValueCapped((has + gone).fen, most.fen, max(most - has, ZERO).fen)
    return found


def transfer(shop: Shop, asked: Transfer, *, clock: Clock, ids: Ids) -> Transferred:
    """Books it. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(asked.by)
    reason = checked_reason(asked.reason)
    with approvals.noting_misuse(shop, by=asked.by, clock=clock), shop.writing() as books:
        txn_id = entry_id(books, _ASKED, asked.request_id, ids)
        known = books.ledger.txn(txn_id)
        if known is not None:
            return _again(books, asked, known)
        check_not_own(books, asked.giver_id, asked.by, asked.approver)
        check_not_own(books, asked.taker_id, asked.by, asked.approver)
        found = planned(books, asked.giver_id, asked.taker_id, asked.amount, clock=clock)
        if not asked.is_agreed:
            raise TransferNotAgreed
        at = local_moment(books, clock.now()).isoformat()
        spent = approvals.allow_each(
            books,
            (RIGHT,),
            named(asked),
            by=asked.by,
            given={} if asked.approval_id is None else {RIGHT: asked.approval_id},
            approver=asked.approver,
            reason=reason,
            at=at,
            ids=ids,
        )
        txn = entry(asked.giver_id, asked.taker_id, found.parts, txn_id=txn_id, at=at)
        said = {"giver": asked.giver_id, "reason": reason, "by": asked.by, "approvals": list(spent), "agreed": True}
        post(books, txn, said)
        jobs = owe_slip(books, "transfer", txn.txn_id, at=at, ids=ids) if asked.prints else ()
        return _told(books, asked, txn, jobs=jobs)


def named(asked: Transfer) -> dict[str, object]:
    """What is approved when somebody else has to say yes."""
    return {"member": asked.giver_id, "to": asked.taker_id, "fen": asked.amount.fen}


def _again(books: Books, asked: Transfer, known: Txn) -> Transferred:
    """What the same request booked before; raises RequestReused if it was about somebody or something else."""
    giver, principal, _ = moved(known)
    if (giver, known.member_id, principal) != (asked.giver_id, asked.taker_id, asked.amount):
        raise RequestReused(asked.request_id or "", "")
    return _told(books, asked, known, was_repeated=True)


def _told(
    books: Books, asked: Transfer, txn: Txn, *, was_repeated: bool = False, jobs: tuple[str, ...] = ()
) -> Transferred:
    _, principal, gift = moved(txn)
    giver_has, taker_has = (sum(held(books, who), ZERO) for who in (asked.giver_id, asked.taker_id))
    return Transferred(txn, principal, gift, giver_has, taker_has, was_repeated, jobs)
