"""How a coupon is told: in the few letters of a ticket, and in a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.words import N_, Words

if TYPE_CHECKING:
    from storeapp.domain.coupon_terms import CouponTerms

COUPON_STATES = {
    "issued": N_("to be used"),
    "reserved": N_("reserved"),
    "redeemed": N_("redeemed"),
    "void": N_("void"),
    "lapsed": N_("lapsed"),
}


def worth(amount: Money, terms: CouponTerms, words: Words) -> str:
    """`¥5`, `−15%` (Chinese tells what is left to pay, in tenths: 8.5折), `Gift`, or `Deal`: one piece is cheaper."""
    if terms.kind == "amount":
        return short(amount)
    if terms.kind == "item":
        return words.t("Deal") if terms.price_fen else words.t("Gift")
    told = str(terms.percent)
    if words.language == "zh_CN":
        tenths, rest = divmod(100 - terms.percent, 10)
        told = f"{tenths}.{rest}" if rest else str(tenths)
    return words.t("−{off}%").format(off=told)


def condition(amount: Money, min_spend: Money, terms: CouponTerms, words: Words) -> str:
    """What it asks for, and what a percentage or a cheaper piece comes to."""
    said = []
    if terms.kind == "item" and terms.price_fen:
        said.append(words.t("one for {price}").format(price=short(Money(terms.price_fen))))
    if terms.kind == "percent" and amount:
        said.append(words.t("at most {amount}").format(amount=short(amount)))
    said.append(words.t("From {amount}").format(amount=short(min_spend)) if min_spend else words.t("No minimum"))
    return " · ".join(said)


def state(stored: str, words: Words) -> str:
    """Whether it may still be used."""
    return words.t(COUPON_STATES[stored])


def short(amount: Money) -> str:
    """`¥5`, `¥9.90`."""
    return wording.money(amount).removesuffix(".00")
