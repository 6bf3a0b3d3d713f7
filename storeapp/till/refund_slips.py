"""Refund slips: what the slip of a refund says, gathered from the books, now or years later."""

from __future__ import annotations

from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.exchange_slip import ticket
from storeapp.domain.ledger import bonus_account, debt_account, pending_account, points_account, principal_account
from storeapp.domain.member import masked_phone
from storeapp.domain.receipt import MemberShown, Receipt, number_behind
from storeapp.domain.refund import Refund
from storeapp.domain.refund_slip import Effects, slip
from storeapp.domain.sale import Sale
from storeapp.till.names import member_now
from storeapp.till.ports import Books
from storeapp.till.receipts import receipt_of, sale_behind
from storeapp.words import words


def paper_behind(books: Books, code: str) -> Sale | Refund:
    """The sale or the refund of a number, as typed or as scanned from a barcode; raises UnknownReceipt."""
    refund = books.refunds.by_receipt(number_behind(code, store=books.device.store))
    return sale_behind(books, code) if refund is None else refund


def paper_of(books: Books, paper: Sale | Refund, *, copy: int = 0) -> Receipt:
    """What stands on the paper of a sale or a refund; the two halves of an exchange share one."""
    if isinstance(paper, Refund):
        sale = books.sales.by_receipt(paper.exchange_receipt) if paper.exchange_receipt else None
        refund: Refund | None = paper
    else:
        sale, refund = paper, _other_half(books, paper)
    if refund is not None and sale is not None:
        said = words(books.policy.in_force().text("receipt.language"))
        back, new = slip_of_refund(books, refund, copy=copy), receipt_of(books, sale, copy=copy)
        return ticket(refund, sale, back, new, words=said)
    if refund is not None:
        return slip_of_refund(books, refund, copy=copy)
    assert sale is not None  # one of the two was handed in
    return receipt_of(books, sale, copy=copy)


def _other_half(books: Books, sale: Sale) -> Refund | None:
    """The refund whose goods paid for this sale, if they did and it is in these books."""
    refs = (tender.ref for tender in sale.tenders if tender.kind == "exchange")
    return next((refund for refund in map(books.refunds.by_receipt, refs) if refund is not None), None)


def slip_of_refund(books: Books, refund: Refund, *, copy: int = 0) -> Receipt:
    """The slip of `refund`; raises UnknownReceipt if its sale is not in the books."""
    sale = books.sales.by_receipt(refund.sale_receipt) if refund.sale_id else None
    if sale is None and refund.sale_id:
        raise UnknownReceipt(refund.sale_receipt)
    policy = books.policy.in_force()
    return slip(
        refund, sale, effects_of(books, refund, sale), policy=policy, words=words(policy.text("receipt.language")),
        copy=copy,
    )  # fmt: skip


def effects_of(books: Books, refund: Refund, sale: Sale | None) -> Effects:
    """What the ledger and the lists of approvals and coupons tell of `refund`."""
    txn = books.ledger.txn(refund.refund_id)
    moved: dict[str, tuple[int, int]] = {}
    for leg in txn.legs if txn is not None else ():
        given, taken = moved.get(leg.account, (0, 0))
        moved[leg.account] = (given + max(leg.amount, 0), taken + max(-leg.amount, 0))
    who = refund.member_id or ""
    spendable, waiting = (moved.get(name, (0, 0)) for name in (points_account(who), pending_account(who)))
    value = (moved.get(name, (0, 0)) for name in (principal_account(who), bonus_account(who)))
    found = (books.approvals.by_id(each) for each in refund.approvals)
    return Effects(
        member=_member(books, refund),
        points_taken=spendable[1] + waiting[1],
        points_given=spendable[0],
        points_owed=moved.get(debt_account(who), (0, 0))[1],
        value_given=sum(given for given, _ in value),
        next_coupon_void=refund.is_last and sale is not None and _had_promised(books, sale),
        approvers=tuple(dict.fromkeys(approval.approver for approval in found if approval is not None)),
        training=books.device.is_training,
    )


def _had_promised(books: Books, sale: Sale) -> bool:
    """Whether the receipt bore a coupon that nobody had used."""
    used = any(coupon.state == "redeemed" for coupon in books.coupons.by_receipt_token(sale.token))
    return sale.offer_id is not None and not used


def _member(books: Books, refund: Refund) -> MemberShown | None:
    member = member_now(books, refund.member_id)
    return None if member is None else MemberShown(masked_phone(member.phone), refund.points_balance)
