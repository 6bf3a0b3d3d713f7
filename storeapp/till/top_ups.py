"""Top-ups: a member pays in beforehand, in one transaction with her lots, the drawer and the paper she takes along."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from storeapp.domain import top_up as rules
from storeapp.domain.ledger import LotMove, bonus_account, principal_account
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.monthly_gift import monthly_for
from storeapp.domain.staff import checked_code
from storeapp.domain.tender import BadTender, NotTaken, Tender, TenderKind
from storeapp.domain.top_up import StoredValueOff, Terms
from storeapp.domain.value_doc import ValueDoc, body, entry
from storeapp.till import approvals, drawer, payment_proof, value_slips
from storeapp.till.moments import day_of, in_zone
from storeapp.till.names import current
from storeapp.till.numbering import headed
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.records import TOP_UP, Attempt
from storeapp.till.requests import same_request
from storeapp.till.shift_slip import issue_if_late


@dataclass(frozen=True, slots=True)
class TopUpOrder:
    """Who pays in how much, and with what. `ref` names the card slip or trade number that proves it.

    `approval_id` is what the window got; a script names its `approver` instead, and why. `prints` False owes no paper.
    `doc_id` is told where a company took the money for it: `ref` is that payment's number then.
    """

    member_id: str
    amount: Money
    tender: TenderKind
    cashier: str
    ref: str = ""
    request_id: str | None = None
    request_hash: str = ""
    approval_id: str | None = None
    approver: str = ""
    approval_reason: str = ""
    prints: bool = True
    doc_id: str = ""


@dataclass(frozen=True, slots=True)
class ValueDone:
    """The document in the books; `was_repeated` if it had been there before. `jobs` is the paper it owes.

    `sent` is how the money stands that a wallet's company gives back for it.
    """

    doc: ValueDoc
    was_repeated: bool = False
    jobs: tuple[str, ...] = ()
    sent: tuple[Attempt, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What a member holds before she pays in, and on which terms she may."""

    principal: Money
    bonus: Money
    terms: Terms

    @property
    def held(self) -> Money:
        return self.principal + self.bonus


def standing(books: Books, member_id: str) -> Standing:
    """Where she stands, or who stands for her since a merge. Raises StoredValueOff or UnknownMember."""
    policy = books.policy.in_force()
    if not policy.get("stored_value.enabled"):
        raise StoredValueOff
    member_id = current(books, member_id)
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    principal, bonus = held(books, member_id)
    return Standing(principal, bonus, policy.top_up_terms())


def held(books: Books, member_id: str) -> tuple[Money, Money]:
    """What she paid in and has left, and what is left of what was given on top."""
    balance = books.ledger.balance
    return Money(balance(principal_account(member_id), "fen")), Money(balance(bonus_account(member_id), "fen"))


def top_up(shop: Shop, order: TopUpOrder, *, clock: Clock, ids: Ids) -> ValueDone:
    """Takes the money. Raises a Refused and then nothing changed; commits before it returns."""
    checked_code(order.cashier)
    with approvals.noting_misuse(shop, by=order.cashier, clock=clock), shop.writing() as books:
        known = repeated(books, order.request_id, order.request_hash)
        if known is None and order.doc_id:
            known = books.values.by_id(order.doc_id)
        if known is not None:
            return ValueDone(known, was_repeated=True)
        now = standing(books, order.member_id)
        # whom the money was taken for may have been merged since, and it is hers who stays
        member_id = current(books, order.member_id)
        check_not_own(books, member_id, order.cashier)
        if order.doc_id:
            paid = Tender(order.tender, order.amount, ref=order.ref)
            payment_proof.spend(books, (paid,), sale_id=paid_for(order.member_id, order.doc_id))
        else:
            check_tender(books, order.tender)
        bonus = rules.checked(order.amount, now.held, now.terms)
        allowed = _allowed(books, order, at=clock.now().isoformat(), ids=ids)
        order = replace(order, member_id=member_id)
        doc = _made(books, order, now, bonus, clock=clock, ids=ids, allowed=allowed)
        return written(books, doc, request_hash=order.request_hash, prints=order.prints, ids=ids)


def repeated(books: Books, request_id: str | None, request_hash: str) -> ValueDoc | None:
    """The document this request made before; raises RequestReused if it asked for something else then."""
    return None if request_id is None else same_request(books.values.by_request(request_id), request_hash)


def check_tender(books: Books, kind: TenderKind) -> None:
    """Raises NotTaken or BadTender."""
    if kind not in rules.TAKEN:
        raise NotTaken(kind)
    # a pretended payment must never pass in a real shop
    if kind == "simulated" and not (books.device.is_demo or books.device.is_training):
        raise BadTender(kind, 0)


def paid_for(member_id: str, doc_id: str) -> str:
    """The document a payment by code is noted for: who is topped up, and by what."""
    return f"{TOP_UP}{member_id}:{doc_id}"


def asked(order: TopUpOrder) -> dict[str, object]:
    """What is approved when somebody else has to say yes."""
    return {"member": order.member_id, "fen": order.amount.fen, "tender": order.tender}


def _allowed(books: Books, order: TopUpOrder, *, at: str, ids: Ids) -> tuple[str, ...]:
    return approvals.allow_each(
        books,
        ("top_up",),
        asked(order),
        by=order.cashier,
        given={} if order.approval_id is None else {"top_up": order.approval_id},
        approver=order.approver,
        reason=order.approval_reason,
        at=at,
        ids=ids,
    )


def _made(
    books: Books,
    order: TopUpOrder,
    now: Standing,
    bonus: Money,
    *,
    clock: Clock,
    ids: Ids,
    allowed: tuple[str, ...],
) -> ValueDoc:
    policy = books.policy.in_force()
    promise = monthly_for(order.amount, now.terms.monthly)
    at = in_zone(clock.now(), policy)
    day, lasts = day_of(at, policy), policy.whole("stored_value.bonus_days")
    number, head = headed(books, at, day, by=order.cashier)
    return ValueDoc(
        **head,
        doc_id=order.doc_id or ids.new(),
        number=number,
        kind="topup",
        member_id=order.member_id,
        money_fen=order.amount.fen,
        tender=order.tender,
        principal_fen=order.amount.fen,
        bonus_fen=bonus.fen,
        principal_after=now.principal.fen + order.amount.fen,
        bonus_after=now.bonus.fen + bonus.fen,
        ref=order.ref.strip(),
        bonus_until=(day + timedelta(days=lasts)).isoformat() if lasts and bonus else "",
        request_id=order.request_id,
        approvals=allowed,
        training=books.device.is_training,
        monthly_fen=0 if promise is None else promise.each.fen,
        months=0 if promise is None else promise.months,
    )


def written(
    books: Books, doc: ValueDoc, *, request_hash: str, prints: bool, ids: Ids, moves: tuple[LotMove, ...] = ()
) -> ValueDone:
    """The document, its entry, what the drawer gained or lost by it, and the paper owed."""
    books.journal.append(doc.kind, body(doc), at=doc.at)
    books.values.add(doc, request_hash=request_hash)
    books.ledger.post(entry(doc, moves))
    drawer.note_doc(books, doc, doc.kind)
    issue_if_late(books, doc, prints=prints, ids=ids)
    return ValueDone(doc, jobs=value_slips.owe(books, doc, ids=ids) if prints else ())
