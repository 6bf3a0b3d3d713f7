"""Value refunds: stored value is paid back, by the cause that is said, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from storeapp.domain.business_day import receipt_number
from storeapp.domain.ledger import Lot, bonus_account, principal_account
from storeapp.domain.lots import parts_of
from storeapp.domain.member import UnknownMember
from storeapp.domain.member_tender import NotGranted, joined_most
from storeapp.domain.one_line import is_one_line
from storeapp.domain.policy import Policy
from storeapp.domain.sale import Sale, UnknownReceipt
from storeapp.domain.staff import Right, checked_code
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_doc import Cause, ValueDoc
from storeapp.domain.value_refund import Deposit, NothingToPayBack, PayBackReasonMissing, Plan, plan
from storeapp.till import approvals, drawer
from storeapp.till.moments import day_of, in_zone
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.top_ups import ValueDone, check_tender, held, repeated, written

REASON_MAX = 100
EXPIRED = "expired"
"""What lapsed was not had by her."""


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


def deposits(books: Books, member_id: str) -> tuple[Deposit, ...]:
    """All she ever paid in, oldest first; raises UnknownMember."""
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    ledger = books.ledger
    hers = {lot.lot_id: lot for lot in ledger.lots_of(principal_account(member_id))}
    gifts = {lot.lot_id: lot for lot in ledger.lots_of(bonus_account(member_id))}
    extra, lapsed, paid_back = _extra(books, member_id), *_left_without_goods(books, member_id)
    found = []
    for lot_id in hers.keys() | gifts.keys():
        paid, gift = hers.get(lot_id), gifts.get(lot_id)
        doc = books.values.by_id(parts_of(lot_id)[0])
        amounts = [lot.amount if lot else 0 for lot in (paid, gift)]
        left = [lot.remaining if lot else 0 for lot in (paid, gift)]
        spent = max(sum(amounts) - sum(left) - lapsed[lot_id] - paid_back[lot_id], 0)
        found.append(
            Deposit(
                lot_id=lot_id,
                number="" if doc is None else doc.number,
                paid_on=_paid_on(books, doc, paid or gift),
                tender=None if doc is None else doc.tender,
                paid_fen=amounts[0],
                given_fen=amounts[1],
                principal_left=left[0],
                bonus_left=left[1],
                spent_fen=spent,
                list_fen=spent + extra[lot_id],
                was_paid_back=paid_back[lot_id] > 0,
            )
        )
    return tuple(sorted(found, key=lambda each: (each.paid_on, each.number, each.lot_id)))


def planned(books: Books, member_id: str, cause: Cause, *, on: date, only: Sequence[str] = ()) -> Plan:
    """What she would get, before anything is done. Raises UnknownMember, or UnknownReceipt for a number not hers."""
    hers = deposits(books, member_id)
    for number in only:
        if number not in {each.number for each in hers}:
            raise UnknownReceipt(number[:60])
    return plan(hers, cause, on=on, days=books.policy.in_force().whole("stored_value.return_days"), only=only)


def pay_back(shop: Shop, order: PayBackOrder, *, clock: Clock, ids: Ids) -> ValueDone:
    """Pays her. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    reason = order.reason.strip()
    if not reason or not is_one_line(reason, most=REASON_MAX):
        raise PayBackReasonMissing
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is not None:
            return ValueDone(known, was_repeated=True)
        check_not_own(books, order.member_id, order.cashier)
        policy = books.policy.in_force()
        at = in_zone(clock.now(), policy)
        day = day_of(at, policy)
        check_tender(books, order.tender)
        made = planned(books, order.member_id, order.cause, on=day, only=order.only)
        if made.money.fen <= 0:
            raise NothingToPayBack(order.cause)
        _check_grant(books, made, policy)
        given = _allowed(books, order, made, at=clock.now().isoformat(), ids=ids)
        doc = _doc(books, order, made, at=at, day=day, ids=ids, allowed=given)
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


def _paid_on(books: Books, doc: ValueDoc | None, lot: Lot | None) -> str:
    if doc is not None:
        return doc.business_date
    policy = books.policy.in_force()
    moment = datetime.fromisoformat("1970-01-01" if lot is None else lot.earned_at)
    return day_of(in_zone(moment, policy), policy).isoformat()


def _extra(books: Books, member_id: str) -> defaultdict[str, int]:
    """By lot: what the goods it paid for cost before discounts, beyond what she paid for them."""
    found: defaultdict[str, int] = defaultdict(int)
    accounts = (principal_account(member_id), bonus_account(member_id))
    for sale in books.values.spent_by(member_id):
        beyond, paid = _listed(sale) - sale.total.fen, sale.total.fen
        if beyond <= 0 or paid <= 0:
            continue
        used: defaultdict[str, int] = defaultdict(int)
        for txn_id in (sale.sale_id, *books.ledger.reversals(sale.sale_id)):
            for move in books.ledger.moves(txn_id):
                if move.account in accounts:
                    used[move.lot_id] -= move.amount
        for lot_id, fen in used.items():
            found[lot_id] += max(fen, 0) * beyond // paid
    return found


def _listed(sale: Sale) -> int:
    return sum(line.shelf_price.fen * line.quantity_milli // 1000 for line in sale.lines)


def _left_without_goods(books: Books, member_id: str) -> tuple[defaultdict[str, int], defaultdict[str, int]]:
    """By lot: what lapsed, and what was paid back before."""
    lapsed: defaultdict[str, int] = defaultdict(int)
    paid_back: defaultdict[str, int] = defaultdict(int)
    accounts = (principal_account(member_id), bonus_account(member_id))
    entries = {txn.txn_id: txn for account in accounts for txn in books.ledger.history(account, limit=100_000)}
    for txn in entries.values():
        if txn.kind in (EXPIRED, "topup_refund"):
            into = lapsed if txn.kind == EXPIRED else paid_back
            for move in books.ledger.moves(txn.txn_id):
                if move.account in accounts:
                    into[move.lot_id] -= move.amount
    return lapsed, paid_back


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
    device, (principal, bonus) = books.device, held(books, order.member_id)
    number = books.sales.next_in_day(day.isoformat())
    return ValueDoc(
        doc_id=ids.new(),
        number=receipt_number(device.store, device.till, day, number),
        number_in_day=number,
        kind="topup_refund",
        store=device.store,
        till=device.till,
        cashier=order.cashier,
        business_date=day.isoformat(),
        at=at.isoformat(),
        member_id=order.member_id,
        money_fen=made.money.fen,
        tender=order.tender,
        principal_fen=made.principal_fen,
        bonus_fen=made.bonus_fen,
        principal_after=principal.fen - made.principal_fen,
        bonus_after=bonus.fen - made.bonus_fen,
        cause=order.cause,
        reason=order.reason.strip(),
        of=tuple(part.deposit.number or part.deposit.lot_id for part in made.parts),
        request_id=order.request_id,
        shift_id=drawer.shift_at(books, at.isoformat()),
        approvals=allowed,
        training=device.is_training,
    )
