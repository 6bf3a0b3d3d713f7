"""Merging: two members who are one person become one, for good. Her lots, coupons, consents and history follow.

What still comes to the name she lost (goods of an old receipt come back, another till did not know yet) goes on to her.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid5

from storeapp.domain import merge as rules
from storeapp.domain.approval import checked_reason
from storeapp.domain.ledger import Txn, debt_account, has_lots, points_account
from storeapp.domain.member import Member, consent_data
from storeapp.domain.merge import Held, SameMember
from storeapp.domain.staff import Right, checked_code
from storeapp.till import approvals
from storeapp.till.moments import local_moment
from storeapp.till.names import known_as
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.posting import post

RIGHT: Right = "member_merge"
_MOVED = UUID("5d0c5f5e-6f1b-5d3c-9b57-2f0a2f6f0a04")


@dataclass(frozen=True, slots=True)
class Merge:
    """Who stays, who goes, why, and who says so; a script names its `approver`."""

    kept_id: str
    gone_id: str
    reason: str
    by: str
    approver: str = ""
    approval_id: str | None = None


@dataclass(frozen=True, slots=True)
class Merged:
    """The member as she is now, and what moved (None where nothing had to)."""

    member: Member
    txn: Txn | None
    coupons: int


def merge(shop: Shop, asked: Merge, *, clock: Clock, ids: Ids) -> Merged:
    """Makes one of two. Raises SameMember, MemberMerged, UnknownMember or NeedsApproval, and then nothing changed."""
    checked_code(asked.by)
    reason = checked_reason(asked.reason)
    with approvals.noting_misuse(shop, by=asked.by, clock=clock), shop.writing() as books:
        kept, gone = _both(books, asked)
        at = local_moment(books, clock.now()).isoformat()
        payload = named(asked)
        if asked.approver:
            approvals.spend_named(
                books, RIGHT, payload, by=asked.by, approver=asked.approver, reason=reason, at=at, ids=ids
            )
        else:
            approvals.allow(books, RIGHT, payload, by=asked.by, approval_id=asked.approval_id, at=at)
        _narrow(books, kept, gone, at=at)
        coupons = hand_over(books, gone, kept, by=asked.by, at=at)
        books.members.merge(gone.member_id, kept.member_id)
        books.layers.forget(gone.member_id)
        body = {"kept": kept.member_id, "gone": gone.member_id, "reason": reason, "by": asked.by, "at": at}
        books.journal.append("member.merged", body | {"coupons": coupons}, at=at)
        txn = follow(books, gone.member_id, at=at)
        now = books.members.by_id(kept.member_id)
        assert now is not None
        return Merged(now, txn, coupons)


def named(asked: Merge) -> dict[str, str]:
    """What somebody says yes to."""
    return {"kept": asked.kept_id, "gone": asked.gone_id}


def follow(books: Books, gone_id: str, *, at: str) -> Txn | None:
    """Moves on what lies under a name that is gone; within the caller's transaction. None for whoever is not gone."""
    kept = books.members.merged_into(gone_id)
    if kept is None:
        return None
    held = {name: _held(books, name, unit) for name, unit in rules.accounts(gone_id).items()}
    has = books.ledger.balance(points_account(kept), "pts")
    owes = -books.ledger.balance(debt_account(kept), "pts")
    txn = rules.entry(gone_id, kept, held, has_points=has, owes_points=owes, txn_id=_next_id(books), at=at)
    if txn is not None:
        post(books, txn, {"reason": "merged", "gone": gone_id})
    return txn


def follow_all(shop: Shop, *, clock: Clock) -> int:
    """The same for everybody who is gone, as the night does it; answers for how many something moved."""
    with shop.reading() as books:
        # where there is a cloud it moves them on: it alone hears every till
        is_alone = not books.device.cloud_url
        late = [gone for gone in books.members.merged() if is_alone and _holds(books, gone)]
    moved = 0
    for gone in late:
        with shop.writing() as books:
            at = local_moment(books, clock.now()).isoformat()
            moved += follow(books, gone, at=at) is not None
    return moved


def _next_id(books: Books) -> str:
    """An id of its own for what this till does next."""
    return str(uuid5(_MOVED, f"{books.device.device_id}|{books.device.epoch}|{books.journal.head()[0]}"))


def _both(books: Books, asked: Merge) -> tuple[Member, Member]:
    if asked.kept_id == asked.gone_id:
        raise SameMember(asked.kept_id)
    return known_as(books, asked.kept_id), known_as(books, asked.gone_id)


def hand_over(books: Books, gone: Member, kept: Member, *, by: str, at: str) -> int:
    """Coupons that are out, consents, tags and what only the other file says; answers how many coupons."""
    coupons = carry_over(books, gone.member_id, kept.member_id, by=by, at=at)
    note = "; ".join(dict.fromkeys(filter(None, (kept.note, gone.note))))
    books.members.put(
        replace(
            kept,
            name=kept.name or gone.name,
            birthday=kept.birthday or gone.birthday,
            tier=kept.tier or gone.tier,
            note=note,
            joined_at=min(kept.joined_at, gone.joined_at),
        )
    )
    return coupons


def _narrow(books: Books, kept: Member, gone: Member, *, at: str) -> None:
    """What she refused under one name is refused, though she agreed to it under the other."""
    said = (books.members.consents(kept.member_id), books.members.consents(gone.member_id))
    for no in rules.narrower(*said, at=at):
        here = replace(no, channel="counter", device=f"{books.device.store}-{books.device.till}")
        books.members.consent(kept.member_id, here)
        books.journal.append("consent.changed", {"member_id": kept.member_id, **consent_data(here)}, at=at)


def carry_over(books: Books, gone_id: str, kept_id: str, *, by: str, at: str) -> int:
    """Coupons, tags and consents bear the other name from now on; answers how many coupons are out."""
    hers = books.coupons.ever_of_member(gone_id)
    for coupon in hers:
        books.coupons.put(replace(coupon, member_id=kept_id))
    for tag in books.layers.tags_of(gone_id):
        books.layers.tag([kept_id], tag, by=by, at=at)
    for consent in books.members.consents(gone_id):
        books.members.consent(kept_id, consent)
    return sum(coupon.state == "issued" for coupon in hers)


def _held(books: Books, name: str, unit: str) -> Held:
    return Held(books.ledger.balance(name, unit), books.ledger.lots_of(name) if has_lots(name) else ())


def _holds(books: Books, member_id: str) -> bool:
    return any(books.ledger.balance(name, unit) for name, unit in rules.accounts(member_id).items())
