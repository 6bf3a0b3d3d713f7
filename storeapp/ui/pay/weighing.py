"""What is due in each way to pay, and what an amount that is being typed comes to. No state, no Qt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from storeapp.domain.basket import CashRounding
from storeapp.domain.money import ZERO, Money, NotAnAmount, total, typed_amount
from storeapp.domain.tender import Tender, TenderExceedsDue, TenderKind, TenderShort, cash_due, quick_tenders, settle
from storeapp.domain.voucher import number_of
from storeapp.errors import Refused
from storeapp.ui.pay.state import Given, MoreThanThere, Offered, PayState, VoucherTwice, VoucherWorthMissing


def left_of(asked: Money, tenders: Sequence[Tender]) -> Money:
    """What no tender covers yet, before rounding."""
    left = asked - total(tender.amount for tender in tenders)
    return left if left.fen > 0 else ZERO


def due_in(state: PayState, rounding: CashRounding) -> Money:
    """What the open way would be asked for: all that is left, or all that is there."""
    left = left_of(state.total, state.tenders)
    if state.way == "cash":
        cash = total(tender.amount for tender in state.tenders if tender.kind == "cash")
        other = total(tender.amount for tender in state.tenders if tender.kind != "cash")
        due = cash_due(state.total - other, rounding) - cash
        return due if due.fen > 0 else ZERO
    there = still_there(state.here, state.tenders)
    return left if there is None or there.fen > left.fen else there


def still_there(offer: Offered, tenders: Sequence[Tender]) -> Money | None:
    """What this way still holds after what was taken of it; None without an end."""
    if offer.most is None:
        return None
    used = total(tender.amount for tender in tenders if tender.kind == offer.way)
    there = offer.most - used
    return there if there.fen > 0 else ZERO


def weighed(state: PayState, *, asked: Money, rounding: CashRounding) -> PayState:
    """`state` with everything that follows from the total, the tenders and what is typed."""
    state = replace(state, total=asked)
    due = due_in(state, rounding)
    left, in_cash = left_of(asked, state.tenders), state.way == "cash"
    change, missing = _difference(state.typed, due if in_cash else left, in_cash=in_cash)
    return replace(
        state,
        left=left,
        due=due,
        change=change,
        missing=missing,
        quick=quick_tenders(due) if state.way == "cash" else (),
        points=_points(replace(state, due=due)),
    )


def _points(state: PayState) -> int:
    """What the amount typed, or all that is due, takes in points; a started one is a whole one."""
    each = state.here.each.fen
    try:
        return -(-amount_of(state).fen // each) if each and state.way == "points" else 0
    except Refused:
        return 0


def amount_of(state: PayState) -> Money:
    """The amount in the field; an empty field means all that is due. Raises NotAnAmount for a barcode too.

    Of a voucher it is what it is worth, and raises VoucherWorthMissing where nobody said so.
    """
    text = state.typed.strip()
    if not text and state.way == "coupon" and state.due.fen > 0:
        raise VoucherWorthMissing
    if not text:
        return state.due
    amount = typed_amount(text)
    if amount.fen < 0 or (amount.fen == 0 and state.due.fen > 0):
        raise NotAnAmount(text[:40])
    return amount


def tender_of(state: PayState, amount: Money) -> Tender:
    """`amount` in the way that is open, with what proves it; raises why it cannot be taken so."""
    way, proof = state.way, state.proof.strip()
    kind: TenderKind = "cash" if way == "scan" else way
    if way == "coupon":
        proof = number_of(proof)
        if any(tender.kind == "coupon" and tender.ref == proof for tender in state.tenders):
            raise VoucherTwice(proof)
    most = fits(state, amount)
    return Tender(kind, most, ref=proof if way in ("coupon", "card") else "")


def fits(state: PayState, amount: Money) -> Money:
    """`amount` if this way may take it; only cash may be more than what is left, and of a voucher the rest is lost."""
    there = still_there(state.here, state.tenders)
    if there is not None and amount.fen > there.fen:
        raise MoreThanThere(there.fen)
    if state.way == "coupon" and amount.fen > state.left.fen > 0:
        return state.left
    if state.way != "cash" and amount.fen > state.left.fen:
        raise TenderExceedsDue(amount.fen - state.left.fen)
    return amount


def covers(state: PayState, given: Sequence[Given], rounding: CashRounding) -> bool:
    """True if these tenders bring the payment to its end, False if more is due; raises what is wrong with them."""
    try:
        settle(state.total, tuple(one.tender for one in given), cash_rounding=rounding)
    except TenderShort:
        return False
    return True


def _difference(typed: str, due: Money, *, in_cash: bool) -> tuple[Money | None, Money | None]:
    """The change for what is typed in cash, or what stays missing; nothing for nothing."""
    try:
        over = typed_amount(typed) - due
    except Refused:
        return None, None
    if over.fen < 0:
        return None, -over
    return (over, None) if in_cash else (None, None)
