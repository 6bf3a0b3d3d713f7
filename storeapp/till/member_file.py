"""A member's file: what happened with her, what is noted of her, who looked, and how much one person may look at.

Her note and birthday stand under her own key and go with it, and so do her tags; the journal only says that they
changed, and by whom.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import BadNote
from storeapp.domain.birthday import checked_birthday
from storeapp.domain.layer import Layer
from storeapp.domain.member import UnknownMember, national
from storeapp.domain.one_line import is_one_line
from storeapp.domain.segment import checked_tags
from storeapp.domain.staff import Right
from storeapp.domain.tier import Next
from storeapp.domain.timeline import Happened
from storeapp.till import approvals, tiers
from storeapp.till.her_data import everything
from storeapp.till.moments import today
from storeapp.till.monthly_gifts import Promise, promises
from storeapp.till.ports import Books, Clock, Shop

RIGHT: Right = "personal_data"
Look = Literal["page", "phone", "export"]
NOTE_MOST = 100
PAGE = 50


@dataclass(frozen=True, slots=True)
class Known:
    """What the nights and the staff know of her; `layer` is None before her first night.

    `promised` are the monthly gifts still to come, `next_tier` is what she needs for a higher one.
    """

    layer: Layer | None
    tags: tuple[str, ...]
    promised: tuple[Promise, ...] = ()
    next_tier: Next | None = None


@dataclass(frozen=True, slots=True)
class PageOfTime:
    """Some of her timeline, the latest first; `has_more` if older things follow."""

    rows: tuple[Happened, ...]
    page: int = 0
    has_more: bool = False


def known(books: Books, member_id: str, *, on: date) -> Known:
    """Stage, rhythm and values of the last night, her tags, what her top-ups promised, and her way to the next tier."""
    member, policy = books.members.by_id(member_id), books.policy.in_force()
    nearest = None if member is None else tiers.nearest(books, member, on=on, policy=policy)
    return Known(books.layers.of(member_id), books.layers.tags_of(member_id), promises(books, member_id), nearest)


def timeline(books: Books, member_id: str, *, page: int = 0, looks: bool = False) -> PageOfTime:
    """The page of her timeline, 0 the latest; `looks` shows those who opened her file as well."""
    rows = books.timeline.of(member_id, skip=page * PAGE, most=PAGE + 1, looks=looks)
    return PageOfTime(rows[:PAGE], page, len(rows) > PAGE)


def check_look(books: Books, member_id: str, *, by: str, at: datetime, approval_id: str | None = None) -> None:
    """Whether `by` may look at one more member: so many an hour and a day, and beyond that with somebody's yes.

    Whom one looked at already is looked at again freely. Raises NeedsApproval.
    """
    if approvals.may(books, by, RIGHT) or not _is_beyond(books, member_id, by=by, at=at):
        return
    payload, now = asked(member_id, "page"), at.isoformat()
    if approval_id is None or not approvals.fits(books, RIGHT, payload, by=by, approval_id=approval_id, at=now):
        raise NeedsApproval(RIGHT, approvals.name_of(books, RIGHT, payload))


def asked(member_id: str, what: Look) -> dict[str, object]:
    """What is approved: one look at one member."""
    return {"member": member_id, "look": what}


def look(shop: Shop, member_id: str, *, by: str, clock: Clock, approval_id: str | None = None) -> None:
    """Somebody opens her file: that is on record. Raises UnknownMember, or NeedsApproval beyond the owner's measure."""
    at = clock.now()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        if books.members.by_id(member_id) is None:
            raise UnknownMember
        if _is_beyond(books, member_id, by=by, at=at):
            approvals.allow(books, RIGHT, asked(member_id, "page"), by=by, approval_id=approval_id, at=at.isoformat())
        _note_look(books, member_id, "page", by=by, at=at.isoformat())


def unmask(shop: Shop, member_id: str, *, by: str, clock: Clock, approval_id: str | None = None) -> str:
    """Her whole number, as people write it; that is on record. Raises UnknownMember or NeedsApproval."""
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        member = books.members.by_id(member_id)
        if member is None:
            raise UnknownMember
        approvals.allow(books, RIGHT, asked(member_id, "phone"), by=by, approval_id=approval_id, at=at)
        _note_look(books, member_id, "phone", by=by, at=at)
        return national(member.phone)


def hand_out(shop: Shop, member_id: str, *, by: str, clock: Clock, approval_id: str | None = None) -> dict[str, Any]:
    """Everything about her, for her; that is on record. Raises UnknownMember or NeedsApproval."""
    at = clock.now().isoformat()
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        if books.members.by_id(member_id) is None:
            raise UnknownMember
        approvals.allow(books, RIGHT, asked(member_id, "export"), by=by, approval_id=approval_id, at=at)
        _note_look(books, member_id, "export", by=by, at=at)
        return everything(books, member_id, on=today(books, clock))


def _note_look(books: Books, member_id: str, what: Look, *, by: str, at: str) -> None:
    # a page opened has no word of its own: so it was from the beginning
    books.timeline.note(member_id, "looked", by=by, at=at, detail="" if what == "page" else what)
    books.journal.append("member.looked", {"member_id": member_id, "by": by, "what": what}, at=at)


def _is_beyond(books: Books, member_id: str, *, by: str, at: datetime) -> bool:
    policy, day = books.policy.in_force(), at.replace(hour=0, minute=0, second=0, microsecond=0)
    for key, since in (("members.looks_an_hour", at - timedelta(hours=1)), ("members.looks_a_day", day)):
        seen = books.timeline.seen_by(by, since=since.isoformat())
        if member_id not in seen and len(seen) >= policy.whole(key):
            return True
    return False


def describe(
    shop: Shop, member_id: str, *, note: str, birthday: str, tags: Sequence[str], by: str, clock: Clock
) -> None:
    """Her note, birthday and tags by hand as they are to be. Raises UnknownMember, BadNote, BadBirthday or BadTag."""
    said, day, wanted = note.strip(), checked_birthday(birthday), checked_tags(tags)
    if not is_one_line(said, most=NOTE_MOST):
        raise BadNote(NOTE_MOST)
    at = clock.now().isoformat()
    with shop.writing() as books:
        member = books.members.by_id(member_id)
        if member is None:
            raise UnknownMember
        fields = ["note"] * (member.note != said) + ["birthday"] * (member.birthday != day)
        if fields:
            books.members.put(replace(member, note=said, birthday=day))
        if _tag(books, member_id, wanted, by=by, at=at):
            fields.append("tags")
        if fields:
            books.timeline.note(member_id, "changed", by=by, at=at, detail=",".join(fields))
            books.journal.append("member.noted", {"member_id": member_id, "fields": fields, "by": by}, at=at)


def _tag(books: Books, member_id: str, wanted: Sequence[str], *, by: str, at: str) -> bool:
    """Her tags become these; what is written about her stands nowhere it could not be erased."""
    has = books.layers.tags_of(member_id)
    for tag in has:
        if tag not in wanted:
            books.layers.untag(member_id, tag)
    for tag in wanted:
        if tag not in has:
            books.layers.tag([member_id], tag, by=by, at=at)
    return set(has) != set(wanted)
