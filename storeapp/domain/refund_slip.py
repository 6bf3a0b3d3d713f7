"""The slip of a refund: what came back, what goes back by each way to pay, and what became of points and coupons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from storeapp.domain.card_said import again_on
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import Policy
from storeapp.domain.quantity import as_decimal
from storeapp.domain.reason import said
from storeapp.domain.receipt import (
    Amount,
    Item,
    MemberShown,
    Receipt,
    Words,
    barcodes,
    contact_lines,
    facts_of,
    mark_of,
    training_mark,
)
from storeapp.domain.receipt_text import amount_text, printable
from storeapp.domain.refund import Refund, RefundLine
from storeapp.domain.sale import Sale, SaleLine
from storeapp.domain.tender_names import tender_name


@dataclass(frozen=True, slots=True)
class Effects:
    """What the books say of a refund beside the refund itself.

    Points and stored value (fen) as they moved; `points_owed` had been spent before and are earned again first.
    `next_coupon_void` where the receipt had promised a coupon that is good no more. `approvers` are staff codes.
    """

    member: MemberShown | None = None
    points_taken: int = 0
    points_given: int = 0
    points_owed: int = 0
    value_given: int = 0
    next_coupon_void: bool = False
    approvers: tuple[str, ...] = ()
    training: bool = False


def slip(
    refund: Refund, sale: Sale | None, effects: Effects, *, policy: Policy, words: Words, copy: int = 0
) -> Receipt:
    """What the slip of `refund` says; of goods that came without their sale there is none. `copy` counts reprints."""
    _ = words.t
    sold = {line.number: line for line in sale.lines} if sale is not None else {}
    return Receipt(
        title=printable(policy.text("shop.name")) or _("Receipt"),
        contact=contact_lines(policy, words),
        copy_mark=mark_of(copy, words, training=effects.training, kind=kind_name(refund, words)),
        facts=facts_of(refund, policy, words),
        headings=(_("Item"), _("Qty × price"), _("Amount")),
        items=tuple(_item(line, sold.get(line.line), words) for line in refund.lines),
        sums=tuple(_sums(refund, words)),
        due=Amount(_("Back to you"), refund.back, strong=True),
        payments=tuple(Amount(tender_name(tender.kind, words), tender.amount) for tender in refund.tenders),
        member=(*_member(effects, words), *again_on(refund.cards, words)),
        note="",
        invitation=None,
        privacy=(),
        footer=(training_mark(words),) if effects.training else (_("Please keep this slip with your receipt."),),
        number=refund.receipt,
        barcodes=barcodes(refund.receipt),
        details=tuple(_details(refund, effects, words)),
    )


def kind_name(refund: Refund, words: Words) -> str:
    """What the paper is called."""
    if refund.exchange_receipt:
        return words.p("slip", "EXCHANGE")
    return words.p("slip", "VOID") if refund.kind == "void" else words.p("slip", "REFUND")


def _item(line: RefundLine, sold: SaleLine | None, words: Words) -> Item:
    """A line as it was on the receipt, so much of it: the shelf's amount back, what had been taken off it kept."""
    quantity = as_decimal(line.quantity_milli)
    if line.quantity_milli % 1000:
        quantity += printable(line.unit)
    name = printable(line.name) or printable(line.code)
    if sold is None:
        return Item(name, quantity, -line.amount)
    full = line.amount
    if sold.cuts:
        full = max(full, Money(sold.gross.fen * line.quantity_milli // sold.quantity_milli))
    return Item(
        name=name,
        count=f"{quantity} × {amount_text(sold.unit_price)}",
        amount=-full,
        cuts=(Amount(_why(sold, words), full - line.amount),) if full > line.amount else (),
    )


def _why(sold: SaleLine, words: Words) -> str:
    """Why less was paid than the shelf says: the one reason, or that there were several."""
    if len(sold.cuts) > 1:
        return words.t("Discounts of the sale")
    cut = sold.cuts[0]
    if cut.reason == "member_price":
        return words.t("Member price")
    note = printable(said(cut.note, words))
    if cut.reason == "card":
        return f"{words.t('Times card')} {note}"
    if cut.reason == "coupon":
        return words.t("Coupon {code}").format(code=note)
    return f"{words.t('Discount')} {note}".strip()


def _sums(refund: Refund, words: Words) -> Iterator[Amount]:
    pieces = sum(line.quantity_milli // 1000 if line.quantity_milli % 1000 == 0 else 1 for line in refund.lines)
    goods = words.n("Brought back ({count} item)", "Brought back ({count} items)", pieces).format(count=pieces)
    yield Amount(goods, -refund.total)
    rounding = refund.total - refund.back
    if rounding != ZERO:
        yield Amount(words.t("Rounding"), rounding)


def _member(effects: Effects, words: Words) -> Iterator[tuple[str, str]]:
    _ = words.t
    if effects.member is None:
        return
    yield _("Member"), effects.member.phone_masked
    if effects.points_taken:
        yield _("Points of these goods taken back"), f"-{effects.points_taken}"
    if effects.points_owed:
        yield _("Points spent already, made up later"), f"-{effects.points_owed}"
    if effects.points_given:
        yield _("Points she had paid with"), f"+{effects.points_given}"
    if effects.value_given:
        yield _("Stored value given back"), amount_text(Money(effects.value_given))
    if effects.member.points_balance is not None:
        yield _("Points balance"), str(effects.member.points_balance)


def _details(refund: Refund, effects: Effects, words: Words) -> Iterator[tuple[str, str]]:
    _ = words.t
    yield _("Receipt of the sale"), refund.sale_receipt or _("none shown")
    yield _("Reason"), printable(said(refund.reason, words))
    if effects.approvers:
        yield _("Approved by"), printable(", ".join(effects.approvers))
    for code in refund.coupons:
        yield _("Coupon good again"), printable(code)
    if effects.next_coupon_void:
        yield _("Coupon of this receipt"), _("no longer good")
