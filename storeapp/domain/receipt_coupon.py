"""What customers are told of a coupon, on the receipt that carries it and in a message: its worth and its bounds."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.coupon import Coupon
from storeapp.domain.money import Money
from storeapp.domain.promotion import ALL_GOODS, When
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
    days = _("good from {first} to {last}").format(
        first=coupon.valid_from.isoformat(), last=coupon.valid_until.isoformat()
    )
    return NextVisit(
        printable(name), (*terms_said(coupon, words), days), coupon.code, _("For your next visit: show this code")
    )


def terms_said(coupon: Coupon, words: Words) -> tuple[str, ...]:
    """What it takes off (of a piece of goods the owner's name for it tells), and each bound but its days."""
    _, terms = words.t, coupon.terms
    said = []
    if terms.kind == "amount":
        said.append(_("{amount} yuan off").format(amount=_yuan(coupon.amount)))
    elif terms.kind == "percent":
        said.append(_("{percent} percent off").format(percent=terms.percent))
        if coupon.amount:
            said.append(_("at most {amount} yuan off").format(amount=_yuan(coupon.amount)))
    if coupon.min_spend:
        said.append(_("for goods of {amount} yuan or more").format(amount=_yuan(coupon.min_spend)))
    if terms.kind != "item" and terms.scope != ALL_GOODS:
        said.append(_("for certain goods only"))
    if terms.not_on or terms.when != When():
        said.append(_("on certain days or at certain hours only"))
    if terms.alone:
        said.append(_("not together with other coupons"))
    return tuple(said)


def _yuan(money: Money) -> str:
    whole, rest = divmod(money.fen, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)
