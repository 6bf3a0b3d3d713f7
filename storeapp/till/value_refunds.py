"""Value refunds: stored value is paid back, by the cause that is said, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.member_tender import NotGranted, joined_most
from storeapp.domain.policy import Policy
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import BY_PROVIDER, TenderKind
from storeapp.domain.value_doc import Cause, ValueDoc
from storeapp.domain.value_refund import NothingToPayBack, Plan, checked_why, plan
from storeapp.till import approvals
from storeapp.till.deposits import deposits
from storeapp.till.moments import day_of, in_zone
from storeapp.till.numbering import headed
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.refund_wallets import Wallets, names_of, send
from storeapp.till.top_ups import ValueDone, check_tender, held, repeated, written
from storeapp.till.value_wallets import note, payments


@dataclass(frozen=True, slots=True)
class PayBackOrder:
    """Whom, why, and how she gets it. `only` are receipt numbers of top-ups; without them it is all that is left.

    `approvals` are ids the window got by right; a script names its `approver`.
    """

    member_id: str
    cause: Cause
    reason: str
    tender: TenderKind
    cashier: str
    only: tuple[str, ...] = ()
    request_id: str | None = None
    request_hash: str = ""
    approvals: tuple[tuple[Right, str], ...] = ()
    approver: str = ""
    prints: bool = True


def planned(books: Books, member_id: str, cause: Cause, *, on: date, only: Sequence[str] = ()) -> Plan:
    """What she would get, before anything is done. Raises UnknownMember, or UnknownReceipt for a number not hers."""
    hers = deposits(books, member_id)
    for number in only:
        if number not in {each.number for each in hers}:
            raise UnknownReceipt(number[:60])
    return plan(hers, cause, on=on, days=books.policy.in_force().whole("stored_value.return_days"), only=only)


def pay_back(shop: Shop, order: PayBackOrder, *, clock: Clock, ids: Ids, wallets: Wallets | None = None) -> ValueDone:
    """Pays her. Raises a Refused and then nothing changed; commits before it returns.

    `wallets` answers the companies that may have to give money back: what they did not confirm is asked about later.
    """
    done = _paid_back(shop, order, names_of(wallets), clock=clock, ids=ids)
    return replace(done, sent=send(shop, done.doc.doc_id, wallets, clock=clock))


def _paid_back(
    shop: Shop, order: PayBackOrder, companies: Mapping[TenderKind, str], *, clock: Clock, ids: Ids
) -> ValueDone:
    checked_code(order.cashier)
    order = replace(order, reason=checked_why(order.reason))
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is not None:
            return ValueDone(known, was_repeated=True)
        check_not_own(books, order.member_id, order.cashier)
        policy = books.policy.in_force()
        at = in_zone(clock.now(), policy)
        day = day_of(at, policy)
        by_wallet = order.tender in BY_PROVIDER
        if not by_wallet:
            check_tender(books, order.tender)
        made = planned(books, order.member_id, order.cause, on=day, only=order.only)
        if made.money.fen <= 0:
            raise NothingToPayBack(order.cause)
        back = payments(books, order.member_id, made, order.tender, companies) if by_wallet else ()
        _check_grant(books, made, policy)
        given = _allowed(books, order, made, at=clock.now().isoformat(), ids=ids)
        doc = _doc(books, order, made, at=at, day=day, ids=ids, allowed=given)
        note(books, doc, back, clock=clock, ids=ids)
        moves = made.moves(order.member_id)
        return written(books, doc, request_hash=order.request_hash, prints=order.prints, ids=ids, moves=moves)


def asked(order: PayBackOrder, made: Plan) -> dict[str, object]:
    """What is approved when somebody else has to say yes."""
    return {
        "member": order.member_id,
        "cause": order.cause,
        "fen": made.money.fen,
        "tender": order.tender,
        "only": list(order.only),
    }


def rights_needed(order: PayBackOrder, made: Plan) -> tuple[Right, ...]:
    """What it takes: another way than she paid is one more."""
    is_other = bool(made.tenders) and made.tenders != {order.tender}
    return ("stored_value_refund", "refund_other_tender") if is_other else ("stored_value_refund",)


def _check_grant(books: Books, made: Plan, policy: Policy) -> None:
    """A till of a cloud cannot know what others are selling her just now."""
    most, gone = joined_most(policy).fen, made.principal_fen + made.bonus_fen
    if books.device.is_joined and gone > most:
        raise NotGranted(gone, most)


def _allowed(books: Books, order: PayBackOrder, made: Plan, *, at: str, ids: Ids) -> tuple[str, ...]:
    return approvals.allow_each(
        books,
        rights_needed(order, made),
        asked(order, made),
        by=order.cashier,
        given=dict(order.approvals),
        approver=order.approver,
        reason=order.reason,
        at=at,
        ids=ids,
    )


def _doc(
    books: Books, order: PayBackOrder, made: Plan, *, at: datetime, day: date, ids: Ids, allowed: tuple[str, ...]
) -> ValueDoc:
    principal, bonus = held(books, order.member_id)
    number, head = headed(books, at, day, by=order.cashier)
    return ValueDoc(
        **head,
        doc_id=ids.new(),
        number=number,
        kind="topup_refund",
        member_id=order.member_id,
        money_fen=made.money.fen,
        tender=order.tender,
        principal_fen=made.principal_fen,
        bonus_fen=made.bonus_fen,
        principal_after=principal.fen - made.principal_fen,
        bonus_after=bonus.fen - made.bonus_fen,
        cause=order.cause,
        reason=order.reason,
        of=tuple(part.deposit.number or part.deposit.lot_id for part in made.parts),
        request_id=order.request_id,
        approvals=allowed,
        training=books.device.is_training,
    )
