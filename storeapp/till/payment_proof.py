"""The proof of a payment: a sale may count a provider's money once, and only money that was taken for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from storeapp.domain.attempt import OPEN, UNSETTLED
from storeapp.domain.money import Money
from storeapp.domain.sale import PaymentOverride
from storeapp.domain.tender import BY_PROVIDER, Tender
from storeapp.errors import Refused
from storeapp.till.paying import PaymentOpen, PaymentUnsettled
from storeapp.till.ports import Books


@dataclass(eq=False)
class PaymentNotProven(Refused):
    """No payment proves the tender `kind` with number `ref`.

    `reason`: no_such_payment, not_paid, other_kind, other_amount, other_sale, given_back, used or twice.
    """

    kind: str
    ref: str
    reason: str
    word = "payment_not_proven"


def spend(books: Books, tenders: Sequence[Tender], *, sale_id: str | None) -> None:
    """Marks the payments behind `tenders` as used by this sale, in its own transaction.

    Raises PaymentNotProven, and PaymentOpen or PaymentUnsettled while other money of this sale is unaccounted for.
    """
    named: set[str] = set()
    for tender in tenders:
        if tender.kind not in BY_PROVIDER:
            continue
        if tender.ref in named:
            raise PaymentNotProven(tender.kind, tender.ref, "twice")
        named.add(tender.ref)
        _spend(books, tender, sale_id)
    if sale_id is None:
        return
    for attempt in books.attempts.of_document(sale_id):
        if attempt.kind == "take" and attempt.state in OPEN:
            raise PaymentOpen(attempt.trade_number, attempt.state)
        is_left = attempt.kind == "take" and attempt.state == "paid" and not attempt.used_by
        if (is_left and not _goes_back(books, attempt.trade_number)) or (
            attempt.state in UNSETTLED and not attempt.approver
        ):
            raise PaymentUnsettled(attempt.trade_number, attempt.state)


def marked(books: Books, tenders: Sequence[Tender]) -> tuple[Tender, ...]:
    """The same, with the mark on what was paid on the shop's own code although this shop charges codes itself.

    It is taken so while the relay is away: the cashier has looked at a phone, and no company has answered.
    """
    policy = books.policy.in_force()
    if all(policy.text(f"pay.{wallet}") == "none" for wallet in ("wechat", "alipay", "unionpay")):
        return tuple(tenders)
    return tuple(replace(tender, is_unverified=True) if tender.kind == "code_manual" else tender for tender in tenders)


def overrides(books: Books, sale_id: str | None) -> tuple[PaymentOverride, ...]:
    """What a manager decided about payments of this sale that nobody was sure of; after `spend`."""
    found = () if sale_id is None else books.attempts.of_document(sale_id)
    return tuple(
        PaymentOverride(
            one.tender,
            Money(one.fen),
            one.trade_number,
            "accept" if one.state == "paid" else "other_means",
            one.approver,
        )
        for one in found
        if one.kind == "take" and one.approver and (one.used_by == sale_id or one.state in UNSETTLED)
    )


def _spend(books: Books, tender: Tender, sale_id: str | None) -> None:
    attempt = books.attempts.by_trade(tender.ref)
    if attempt is None:
        if tender.kind == "simulated":
            return  # a demo shop's script pretends without asking anybody
        raise PaymentNotProven(tender.kind, tender.ref, "no_such_payment")
    for is_wrong, reason in (
        (attempt.tender != tender.kind, "other_kind"),
        (attempt.sale_id != sale_id, "other_sale"),
        (attempt.fen != tender.amount.fen, "other_amount"),
        (attempt.state != "paid", "not_paid"),
        (attempt.used_by != "", "used"),
        (_goes_back(books, tender.ref), "given_back"),
    ):
        if is_wrong:
            raise PaymentNotProven(tender.kind, tender.ref, reason)
    books.attempts.put(replace(attempt, used_by=attempt.sale_id))


def _goes_back(books: Books, trade_number: str) -> bool:
    return any(refund.state != "failed" for refund in books.attempts.refunds_of(trade_number))
