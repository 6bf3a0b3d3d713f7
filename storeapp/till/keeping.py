"""Keeping: who has not been here for as long as the owner keeps members is forgotten, as if she had asked for it.

What she paid in or owes keeps her, and so does working here. A till of a cloud does not see what she buys at other
tills, and forgets nobody by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from storeapp.domain.ledger import points_account, principal_account
from storeapp.domain.member import UnknownMember
from storeapp.till import members
from storeapp.till.members import CardLeft, DebtLeft, ValueLeft
from storeapp.till.moments import day_of, in_zone, local_moment, today
from storeapp.till.ports import Books, Clock, Shop

MOST = 100
"""So many a night: whatever went wrong with the clock, somebody notices before all are gone."""
_NOT_HERS = ("coupon", "written")
"""What the shop does by itself is no visit of hers."""
_VERSION_7 = 7


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many were forgotten of those who were last here before that day, and how many of them something keeps."""

    before: str
    members: int = 0
    kept: int = 0


def due(shop: Shop, *, clock: Clock) -> Forgotten:
    """Who would be forgotten now."""
    with shop.reading() as books:
        before = _before(books, clock)
        found = [who for who in _quiet(books, before) if not _was_here(books, who, before)]
        gone = [who for who in found if not _is_kept(books, who, clock)]
    return Forgotten(before.isoformat(), len(gone), len(found) - len(gone))


def forget_due(shop: Shop, *, clock: Clock, pause: Callable[[], None] = lambda: None) -> Forgotten:
    """Forgets at most a hundred of them, each in a transaction of its own."""
    with shop.reading() as books:
        before = _before(books, clock)
        found = _quiet(books, before)
    gone = kept = 0
    for member_id in found:
        if gone == MOST:
            break
        pause()
        with shop.reading() as books:
            if _was_here(books, member_id, before):
                continue
        with shop.writing() as books:
            # looked at again within the transaction: she may be standing at the counter
            if _was_here(books, member_id, before):
                continue
            if _is_kept(books, member_id, clock):
                kept += 1
                continue
            members.forget(books, member_id, at=local_moment(books, clock.now()).isoformat(), why="retention")
            gone += 1
    return Forgotten(before.isoformat(), gone, kept)


def _before(books: Books, clock: Clock) -> date:
    """The day after which everybody was here who is kept; the first of days where all are kept."""
    months = books.policy.in_force().whole("members.retention_months")
    if not months or books.device.cloud_url:
        return date.min
    on = today(books, clock)
    year, month = divmod(on.year * 12 + on.month - 1 - months, 12)
    return date(year, month + 1, min(on.day, 28))


def _quiet(books: Books, before: date) -> tuple[str, ...]:
    return books.layers.quiet_since(before) if before > date.min else ()


def _was_here(books: Books, member_id: str, before: date) -> bool:
    """Whether anything of hers happened on that day or later; what was brought along counts from when it came."""
    policy = books.policy.in_force()
    moments = [datetime.fromtimestamp((UUID(member_id).int >> 80) / 1000, UTC)] if _tells_its_time(member_id) else []
    told = books.timeline.of(member_id)
    moments += [datetime.fromtimestamp(row.at_s, UTC) for row in told if row.kind not in _NOT_HERS]
    for account in (points_account(member_id), principal_account(member_id)):
        moments += [datetime.fromisoformat(txn.at) for txn in books.ledger.history(account) if txn.kind != "expired"]
    return any(day_of(in_zone(moment, policy), policy) >= before for moment in moments)


def _tells_its_time(member_id: str) -> bool:
    return UUID(member_id).version == _VERSION_7


def _is_kept(books: Books, member_id: str, clock: Clock) -> bool:
    try:
        members.check_forgettable(books, member_id, on=today(books, clock))
    except (UnknownMember, ValueLeft, DebtLeft, CardLeft):
        return True
    return bool(books.staff.codes_of(member_id))
