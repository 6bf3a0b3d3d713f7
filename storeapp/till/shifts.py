"""Shifts: opened with a float, closed with a count, and the money in between. Closing is always possible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from storeapp.domain import drawer as drawers
from storeapp.domain import shift as shifts
from storeapp.domain.approval import NeedsApproval
from storeapp.domain.drawer import BadCashMove, CashKind, CashMove
from storeapp.domain.money import Money
from storeapp.domain.sale import RequestReused
from storeapp.domain.shift import Closing, Count, NoShift, Shift, UnknownShift, closing_data
from storeapp.domain.shift_report import ShiftReport, as_data, from_data
from storeapp.domain.staff import Right, checked_code
from storeapp.till import approvals, drawer
from storeapp.till.moments import day_of, local_moment
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.ports_shifts import ZRow
from storeapp.till.printing import owe_drawer
from storeapp.till.shift_reports import report_so_far
from storeapp.till.shift_slip import owe_z
from storeapp.till.shift_standing import proposed_float


@dataclass(frozen=True, slots=True)
class Closed:
    """A shift that was closed, with its Z."""

    shift: Shift
    report: ShiftReport


def open_shift(shop: Shop, *, by: str, float_amount: Money | None = None, clock: Clock, ids: Ids) -> Shift:
    """A shift with this float; what the last one left if none is said. Raises ShiftIsOpen or BadCount."""
    checked_code(by)
    with shop.writing() as books:
        at = local_moment(books, clock.now())
        fen = proposed_float(books).fen if float_amount is None else float_amount.fen
        shifts.checked_float(fen)
        day = day_of(at, books.policy.in_force())
        opened = Shift(ids.new(), books.shifts.next_number(), at.isoformat(), by, day.isoformat(), fen)
        books.shifts.open(opened)
        drawer.note(
            books,
            doc="float",
            doc_id=opened.shift_id,
            tender="cash",
            fen=fen,
            at=opened.opened_at,
            shift_id=opened.shift_id,
        )
        books.journal.append("shift.opened", _opened_body(opened), at=opened.opened_at)
        return opened


def move_cash(
    shop: Shop,
    kind: CashKind,
    amount: Money,
    reason: str,
    *,
    by: str,
    clock: Clock,
    ids: Ids,
    request_id: str | None = None,
    approval_id: str | None = None,
    approver: str = "",
    opens_drawer: bool = False,
) -> CashMove:
    """Cash in, out, spent or taken to the safe. The same request again is the first one.

    `opens_drawer` owes the drawer's kick in the same transaction, for whoever stands before it. A script names its
    `approver`. Raises BadCashMove, RequestReused, or NeedsApproval for who may not move cash.
    """
    checked_code(by)
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        known = None if request_id is None else books.drawer.cash_by_request(request_id)
        if known is not None:
            if (known.kind, known.fen, known.reason) != (kind, amount.fen, reason.strip()):
                raise RequestReused(request_id or "", known.move_id)
            return known
        if kind == "no_sale":
            raise BadCashMove("kind")
        at = local_moment(books, clock.now()).isoformat()
        payload = {"kind": kind, "fen": amount.fen, "reason": reason.strip()}
        given: dict[Right, str] = {} if approval_id is None else {"cash_move": approval_id}
        _allow(books, "cash_move", payload, _Asking(by, given, approver, reason), at=at, ids=ids)
        shift_id = drawer.current_shift(books)
        move = CashMove(ids.new(), kind, amount.fen, reason.strip(), by, at, shift_id, request_id).sensible()
        books.drawer.add_cash(move)
        drawer.note(
            books, doc=kind, doc_id=move.move_id, tender="cash", fen=move.signed_fen, at=at, shift_id=move.shift_id
        )
        if opens_drawer:
            owe_drawer(books, at=at, ids=ids)
        books.journal.append("cash.moved", _cash_body(move), at=at)
        return move


def close_shift(
    shop: Shop,
    counted: Mapping[str, Count],
    *,
    by: str,
    reason: str = "",
    left: Money | None = None,
    given: Mapping[Right, str] | None = None,
    approver: str = "",
    forced: bool = False,
    prints: bool = True,
    clock: Clock,
    ids: Ids,
) -> Closed:
    """Ends the open shift with what was counted and issues its Z. Never blocked by a difference: it is on record.

    A difference above `shift.difference_fen` that nobody with the right agreed to is recorded as unapproved. `left` is
    the float that stays, the counted cash if not said. `given` are approvals by right, a script names its `approver`.
    Its paper is owed in the same transaction. Raises NoShift, BadCount or NeedsApproval.
    """
    checked_code(by)
    ask = _Asking(by, given or {}, approver, reason)
    with approvals.noting_misuse(shop, by=by, clock=clock), shop.writing() as books:
        current = books.shifts.current()
        if current is None:
            raise NoShift
        at = local_moment(books, clock.now()).isoformat()
        _allow(books, "close_shift", shifts.closing_of(current), ask, at=at, ids=ids)
        expected: dict[str, int] = dict(drawers.expected(books.drawer.of_shift(current.shift_id)).items())
        differences = {tender: count.fen - expected.get(tender, 0) for tender, count in counted.items()}
        approved_by, unapproved = _agreed(books, differences, ask, at=at, ids=ids)
        closing = Closing(
            at,
            by,
            dict(counted),
            differences,
            shifts.one_line_of(reason),
            approved_by,
            unapproved,
            forced,
            left_fen=shifts.checked_left(left, counted.get("cash")),
        )
        books.shifts.close(current.shift_id, closing)
        ended = replace(current, closing=closing)
        report = replace(report_so_far(books, ended), z_number=books.shifts.next_z())
        row = ZRow(report.z_number, ended.shift_id, 0, at, report.grand_fen, as_data(report))
        books.shifts.add_z(row)
        if prints:
            owe_z(books, row, at=at, ids=ids)
        books.journal.append("shift.closed", _closed_body(ended, report), at=at)
        return Closed(ended, report)


@dataclass(frozen=True, slots=True)
class _Asking:
    """Who does it, with which approvals by right, or by whose word a script does it, and why."""

    by: str
    given: Mapping[Right, str]
    approver: str
    reason: str


def _allow(books: Books, right: Right, payload: Mapping[str, Any], ask: _Asking, *, at: str, ids: Ids) -> str | None:
    """None where who asks may himself, else whose yes was spent; raises NeedsApproval."""
    if ask.approver:
        said = shifts.one_line_of(ask.reason)
        return approvals.allow_named(
            books, right, payload, by=ask.by, approver=ask.approver, reason=said, at=at, ids=ids
        )
    return approvals.allow(books, right, payload, by=ask.by, approval_id=ask.given.get(right), at=at)


def _agreed(books: Books, differences: Mapping[str, int], ask: _Asking, *, at: str, ids: Ids) -> tuple[str, bool]:
    """Who agreed to the difference, and whether nobody did though somebody should have."""
    most = books.policy.in_force().whole("shift.difference_fen")
    if all(abs(fen) <= most for fen in differences.values()):
        return "", False
    try:
        payload = {"differences": dict(differences)}
        approver = _allow(books, "close_difference", payload, ask, at=at, ids=ids)
    except NeedsApproval as error:
        # the close goes through all the same, and so does the note
        approvals.note_misuse(books, error, by=ask.by, at=at)
        return "", True
    return approver or ask.by, False


def to_ask(books: Books, current: Shift | None, *, by: str) -> dict[str, Any] | None:
    """What somebody has to approve before `by` closes this shift; None where `by` may himself."""
    return None if current is None or approvals.may(books, by, "close_shift") else shifts.closing_of(current)


def x_report(shop: Shop) -> ShiftReport:
    """The open shift so far; raises NoShift."""
    with shop.reading() as books:
        current = books.shifts.current()
        if current is None:
            raise NoShift
        return report_so_far(books, current)


def report_of(shop: Shop, number: int) -> ShiftReport:
    """The Z of a shift as it was issued, with what came late after it; an X if it is open. Raises UnknownShift."""
    with shop.reading() as books:
        found = books.shifts.by_number(number)
        if found is None:
            raise UnknownShift(number)
        return _last_report(books, found)


def reports_of_day(shop: Shop, business_date: str, *, number: int | None = None) -> tuple[ShiftReport, ...]:
    """Those of the shifts opened on that day; of shift `number` alone if one is named. Raises UnknownShift."""
    if number is not None:
        return (report_of(shop, number),)
    with shop.reading() as books:
        return tuple(_last_report(books, shift) for shift in books.shifts.on(business_date))


def _last_report(books: Books, shift: Shift) -> ShiftReport:
    issued = books.shifts.z_of(shift.shift_id)
    return from_data(issued[-1].data) if issued else report_so_far(books, shift)


def _opened_body(shift: Shift) -> dict[str, Any]:
    return {
        "shift_id": shift.shift_id,
        "number": shift.number,
        "opened_at": shift.opened_at,
        "by": shift.opened_by,
        "business_date": shift.business_date,
        "float_fen": shift.float_fen,
    }


def _cash_body(move: CashMove) -> dict[str, Any]:
    return {
        "move_id": move.move_id,
        "kind": move.kind,
        "fen": move.fen,
        "reason": move.reason,
        "by": move.by,
        "shift_id": move.shift_id,
    }


def _closed_body(shift: Shift, report: ShiftReport) -> dict[str, Any]:
    closing = shift.closing
    return {
        "shift_id": shift.shift_id,
        "number": shift.number,
        "closing": None if closing is None else closing_data(closing),
        "report": as_data(report),
    }


def is_forgotten(shop: Shop, *, clock: Clock) -> bool:
    """Whether the open shift should have been closed long ago."""
    with shop.reading() as books:
        current, policy = books.shifts.current(), books.policy.in_force()
        now = local_moment(books, clock.now())
    return current is not None and shifts.is_forgotten(current, now, cutoff_hour=policy.whole("day.cutoff_hour"))
