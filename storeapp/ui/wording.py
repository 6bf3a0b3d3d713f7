"""How amounts, quantities, times and people are written on screen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from storeapp.domain.money import Money, yuan
from storeapp.domain.pricing import Cut
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.words import N_, Words

MINUS = "−"
_WEEKDAYS = (N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"))


def money(amount: Money) -> str:
    """`¥135.28`, `−¥19.00`; no space after the sign."""
    return f"{MINUS if amount.fen < 0 else ''}¥{yuan(Money(abs(amount.fen)), grouped=True)}"


def bare(amount: Money) -> str:
    """`135.28`, for the columns of the basket."""
    return yuan(amount)


def quantity(amount: Quantity, unit: str, weighed: bool) -> str:
    """`2`, or `1.256 kg` for weighed goods."""
    return f"{amount} {unit}".strip() if weighed else str(amount)


def clock(at: datetime) -> str:
    """`14:32`; `at` is in the shop's zone."""
    return f"{at:%H:%M}"


def day(at: datetime, words: Words) -> str:
    """`9月28日 周一`, `Mon 28/9`."""
    weekday = words.t(_WEEKDAYS[at.weekday()])
    return words.t("{weekday} {day}/{month}").format(weekday=weekday, day=at.day, month=at.month)


def age(since: timedelta, words: Words) -> str:
    """How long something waits, in its largest unit: `3 min`, `2 h`, `4 days`."""
    minutes = max(0, int(since.total_seconds() // 60))
    if minutes < 1:
        return words.t("just now")
    if minutes < 60:
        return words.t("{n} min").format(n=minutes)
    if minutes < 48 * 60:
        return words.t("{n} h").format(n=minutes // 60)
    return words.t("{n} days").format(n=minutes // (24 * 60))


def number(value: int) -> str:
    """`2,486`."""
    return f"{value:,}"


def cut(taken: Cut, words: Words) -> str:
    """The tag of a cut: `会员价 −10.00`."""
    names = {
        "member_price": words.t("Member price"),
        "line_discount": words.t("Discount"),
        "coupon": words.t("Coupon"),
    }
    name = names[taken.reason]
    if taken.reason == "line_discount" and taken.note:
        name = reason(taken.note, words)
    return f"{name} {MINUS}{yuan(taken.amount)}"


# why a price was changed or a discount given: what is stored, and what people read
REASONS = {
    "damaged": N_("Damaged"),
    "short_dated": N_("Short-dated"),
    "price_match": N_("Price match"),
    "regular": N_("Regular"),
    "goodwill": N_("Goodwill"),
    "shelf_price": N_("Shelf label"),
}


def reason(stored: str, words: Words) -> str:
    """A reason as people read it; what a person wrote stays as it is."""
    return words.t(REASONS[stored]) if stored in REASONS else stored


def tender(kind: str, words: Words) -> str:
    """The name of a way to pay."""
    names = {
        "cash": words.t("Cash"),
        "code_manual": words.t("Paid by code"),
        "simulated": words.t("Scan (demo)"),
    }
    return names.get(kind, kind)


def tender_names(tenders: Sequence[Tender], words: Words) -> str:
    """`现金`, `现金 + 扫码`; each kind once, in the order it was given."""
    return " + ".join(dict.fromkeys(tender(part.kind, words) for part in tenders))
