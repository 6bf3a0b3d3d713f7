"""The coupon a receipt carries for the next visit: what it is worth, its days, and its code to be scanned."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money
from storeapp.domain.receipt_text import printable
from storeapp.domain.tender_names import Words


@dataclass(frozen=True, slots=True)
class NextVisit:
    """`name` is the owner's word for it, `lines` say what it is good for; `code` is printed as text and as bars."""

    name: str
    lines: tuple[str, ...]
    code: str
    hint: str


def next_visit(coupon: Coupon, name: str, words: Words) -> NextVisit:
    """What paper says of `coupon`, which the template called `name` gave."""
    _ = words.t
    said = []
    if coupon.terms.kind == "amount":
        said.append(_("{amount} yuan off").format(amount=_yuan(coupon.amount)))
    elif coupon.terms.kind == "percent":
        said.append(_("{percent} percent off").format(percent=coupon.terms.percent))
    if coupon.min_spend:
        said.append(_("for goods of {amount} yuan or more").format(amount=_yuan(coupon.min_spend)))
    days = _("good from {first} to {last}").format(
        first=coupon.valid_from.isoformat(), last=coupon.valid_until.isoformat()
    )
    return NextVisit(printable(name), (*said, days), coupon.code, _("For your next visit: show this code"))


def _yuan(money: Money) -> str:
    whole, rest = divmod(money.fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
