"""Approvals: somebody with the right says yes to one action, and the deed spends that yes in its own transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from storeapp.domain.approval import Approval, NeedsApproval, SelfApproval, action_hash, checked_reason, unfit
from storeapp.domain.own_member import OwnMember
from storeapp.domain.staff import SCRIPT, NotAllowed, PinMustChange, Right, Staff, UnknownStaff, require
from storeapp.till.own_member import note_refused
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.staff import by_pin, code_behind, has_due_pin, with_rights


def grant(
    shop: Shop,
    right: Right,
    payload: Mapping[str, Any],
    *,
    approver: str,
    pin: str,
    asked_by: str,
    reason: str,
    clock: Clock,
    ids: Ids,
) -> Approval:
    """A yes to this very action on this very till, proved by `approver`'s PIN. Slow on purpose: off the UI thread.

    `approver` is a code or a badge. Raises SelfApproval, NotAllowed, PinMustChange, UnknownStaff, WrongPin,
    SignInLocked or ApprovalReasonMissing; a wrong PIN counts on the approver.
    """
    said, at = checked_reason(reason), clock.now()
    with shop.reading() as books:
        code, action = code_behind(books, approver), name_of(books, right, payload)
        lasts_s = books.policy.in_force().whole("rights.approval_seconds")
    facts = {"right": right, "action_hash": action, "approver": code, "asked_by": asked_by}

    def granted(books: Books, person: Staff) -> Approval:
        require(with_rights(books, person), right)
        if has_due_pin(books, person, clock=clock):
            raise PinMustChange(code)
        until = (at + timedelta(seconds=lasts_s)).isoformat()
        made = Approval(ids.new(), right, action, code, asked_by, said, at.isoformat(), until)
        _write(books, made)
        return made

    def failed(books: Books) -> None:
        books.journal.append("approval.refused", {**facts, "why": "wrong_pin"}, at=at.isoformat())

    try:
        if code == asked_by:
            raise SelfApproval(code)
        return by_pin(shop, code, pin, clock=clock, ok=granted, failed=failed)
    except (SelfApproval, NotAllowed, PinMustChange) as error:
        with shop.writing() as books:
            books.journal.append("approval.refused", {**facts, "why": error.word}, at=at.isoformat())
        raise


def allow(
    books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approval_id: str | None, at: str
) -> str | None:
    """Lets `by` do this, or raises NeedsApproval.

    None if `by` holds the right himself; the approver's code if an approval for this very action was spent, in
    this transaction.
    """
    if may(books, by, right):
        return None
    return spend(books, right, payload, by=by, approval_id=approval_id, at=at)


def spend(books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approval_id: str | None, at: str) -> str:
    """Spends a yes to this very action, whatever `by` may himself, and says whose it was; raises NeedsApproval."""
    action = name_of(books, right, payload)
    if approval_id is None:
        raise NeedsApproval(right, action)
    found = books.approvals.by_id(approval_id)
    why = unfit(found, right=right, action=action, by=by, at=at)
    if why is not None or found is None or not books.approvals.use(approval_id, at=at):
        raise NeedsApproval(right, action, why or "used")
    _journal_use(books, found, by=by, at=at)
    return found.approver


def has_second(books: Books, by: str) -> bool:
    """Whether there is anybody beside `by` who could say yes at all."""
    return any(person.is_active and person.code != by for person in books.staff.every())


def allow_named(
    books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approver: str, reason: str, at: str, ids: Ids
) -> str | None:
    """The same for a script, which names who approves: that person must hold the right, and it is journaled.

    Raises SelfApproval, UnknownStaff or NotAllowed; NeedsApproval if nobody is named.
    """
    spent = spend_named(books, right, payload, by=by, approver=approver, reason=reason, at=at, ids=ids)
    return None if spent is None else spent.approver


def allow_each(
    books: Books,
    needed: Iterable[Right],
    payload: Mapping[str, Any],
    *,
    by: str,
    given: Mapping[Right, str],
    approver: str,
    reason: str,
    at: str,
    ids: Ids,
) -> tuple[str, ...]:
    """Lets `by` do what needs all these rights: a script names its `approver`, the window brings what was `given`.

    The ids of the approvals that were spent; raises what `allow` and `allow_named` do.
    """
    spent: list[str] = []
    for right in needed:
        if approver:
            found = spend_named(books, right, payload, by=by, approver=approver, reason=reason, at=at, ids=ids)
            if found is not None:
                spent.append(found.approval_id)
        elif allow(books, right, payload, by=by, approval_id=given.get(right), at=at) is not None:
            spent.append(given[right])
    return tuple(spent)


def spend_named(
    books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approver: str, reason: str, at: str, ids: Ids
) -> Approval | None:
    """What `allow_named` does, with the approval it wrote down and spent; None if `by` may himself."""
    if may(books, by, right):
        return None
    if not approver:
        raise NeedsApproval(right, name_of(books, right, payload))
    return second_named(books, right, payload, by=by, approver=approver, reason=reason, at=at, ids=ids)


def second_named(
    books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approver: str, reason: str, at: str, ids: Ids
) -> Approval:
    """The yes of a second person, whatever `by` may himself. Raises SelfApproval, UnknownStaff or NotAllowed."""
    if approver == by:
        raise SelfApproval(approver)
    person = books.staff.by_code(approver)
    if person is None or not person.is_active:
        raise UnknownStaff(approver[:20])
    require(with_rights(books, person), right)
    action = name_of(books, right, payload)
    made = Approval(ids.new(), right, action, approver, by, checked_reason(reason or SCRIPT), at, at)
    _write(books, made)
    books.approvals.use(made.approval_id, at=at)
    _journal_use(books, made, by=by, at=at)
    return made


def may(books: Books, by: str, right: Right) -> bool:
    """Whether `by` holds the right himself.

    A shop with nobody on its list knows no rights. A script has the owner's hand. Whoever is not on the list, or
    is dismissed, has no more than a cashier.
    """
    person = books.staff.by_code(by)
    if person is not None and person.is_active:
        return with_rights(books, person).may(right)
    if person is None and (by == SCRIPT or not books.staff.every()):
        return True
    return right in books.policy.in_force().rights("cashier")


def check_may(books: Books, by: str, right: Right) -> None:
    """Raises NotAllowed for who may not, where nobody else can say yes to it."""
    if not may(books, by, right):
        person = books.staff.by_code(by)
        raise NotAllowed(right, "cashier" if person is None else person.role)


def fits(books: Books, right: Right, payload: Mapping[str, Any], *, by: str, approval_id: str, at: str) -> bool:
    """Whether `allow` would take this approval now; nothing is spent."""
    action = name_of(books, right, payload)
    return unfit(books.approvals.by_id(approval_id), right=right, action=action, by=by, at=at) is None


@contextmanager
def noting_misuse(shop: Shop, *, by: str, clock: Clock) -> Iterator[None]:
    """Around a deed: an approval that did not fit, and a try at one's own account, are on record all the same."""
    try:
        yield
    except OwnMember as error:
        with shop.writing() as books:
            note_refused(books, error, at=clock.now().isoformat())
        raise
    except NeedsApproval as error:
        if error.why != "missing":
            with shop.writing() as books:
                note_misuse(books, error, by=by, at=clock.now().isoformat())
        raise


def note_misuse(books: Books, error: NeedsApproval, *, by: str, at: str) -> None:
    """An approval that did not fit, on record; one that was not there is none."""
    if error.why != "missing":
        body = {"right": error.right, "action_hash": error.action_hash, "asked_by": by, "why": error.why}
        books.journal.append("approval.refused", body, at=at)


def _write(books: Books, made: Approval) -> None:
    books.approvals.add(made)
    body = {
        "approval_id": made.approval_id,
        "right": made.right,
        "action_hash": made.action_hash,
        "approver": made.approver,
        "asked_by": made.asked_by,
        "reason": made.reason,
        "expires_at": made.expires_at,
    }
    books.journal.append("approval.granted", body, at=made.at)


def _journal_use(books: Books, spent: Approval, *, by: str, at: str) -> None:
    body = {
        "approval_id": spent.approval_id,
        "right": spent.right,
        "action_hash": spent.action_hash,
        "approver": spent.approver,
        "by": by,
    }
    books.journal.append("approval.used", body, at=at)


def name_of(books: Books, right: Right, payload: Mapping[str, Any]) -> str:
    """The action with its till in it: what was allowed here is not allowed on the till beside it."""
    device = books.device
    till = {"device": device.device_id, "epoch": device.epoch, "store": device.store, "till": device.till}
    return action_hash(right, {"till": till, "action": dict(payload)})
