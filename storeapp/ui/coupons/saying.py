"""A kind of coupon in plain words: what it takes off which goods, for how long, and who gets how many."""

from __future__ import annotations

from storeapp.domain.coupon_template import CouponTemplate
from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.promotions.saying import goods_said, percent_off, when_said
from storeapp.words import N_, Words

KINDS = {
    "amount": (N_("Money off"), N_("5.00 off, of goods from 30.00")),
    "percent": (N_("Some percent off"), N_("15 percent off, at most 20.00")),
    "item": (N_("A piece for a price"), N_("a cup of tea free, or for 1.00")),
}
"""Of each kind its name and an example."""
_DAYS_NAMED = 6


def said(template: CouponTemplate, goods: GoodsNames, words: Words) -> tuple[str, ...]:
    """The deed first, then each condition in a line of its own."""
    return (_deed(template, goods, words), *_conditions(template, words))


def _deed(template: CouponTemplate, goods: GoodsNames, words: Words) -> str:
    t, terms = words.t, template.terms
    what, money = goods_said(terms.scope, goods, words), wording.money(template.amount)
    if terms.kind == "percent":
        text = t("{goods}: {off}, at most {amount}") if template.amount else t("{goods}: {off}")
        return text.format(goods=what, off=percent_off(terms.percent, words), amount=money)
    if terms.kind == "item":
        text = t("{goods}: one piece for {amount}") if terms.price_fen else t("{goods}: one piece free")
        return text.format(goods=what, amount=wording.money(Money(terms.price_fen)))
    return t("{goods}: {amount} off").format(goods=what, amount=money)


def _conditions(template: CouponTemplate, words: Words) -> list[str]:
    t, terms = words.t, template.terms
    spend = wording.money(template.min_spend)
    # a piece is given to whoever spends enough; money comes off the goods the coupon is for
    least = (
        t("When all else bought is at least {amount}") if terms.kind == "item" else t("Of goods for at least {amount}")
    )
    found = [least.format(amount=spend) if template.min_spend else t("No minimum")]
    found.append(_days(template, words))
    found.extend(when_said(terms.when, words))
    if terms.not_on:
        days = [day.isoformat() for day in sorted(terms.not_on)]
        told = t(", ").join(days[:_DAYS_NAMED]) + (" …" if len(days) > _DAYS_NAMED else "")
        found.append(t("Rests on {days}").format(days=told))
    if terms.alone:
        found.append(t("Bears no other coupon beside it"))
    most = template.most_per_member
    found.append(
        t("A member gets {count} of it").format(count=most) if most else t("A member may get any number of it")
    )
    found.append(t("Costs the shop {amount} when it is used").format(amount=wording.money(template.cost)))
    return found


def _days(template: CouponTemplate, words: Words) -> str:
    t = words.t
    if template.valid_until is not None:
        if template.valid_from is None:
            return t("Good until {last}").format(last=template.valid_until)
        return t("Good from {first} to {last}").format(first=template.valid_from, last=template.valid_until)
    if template.starts_after_days:
        text = words.n(
            "Good for one day, from day {after} after it is given",
            "Good for {days} days, from day {after} after it is given",
            template.valid_days,
        )
        return text.format(days=template.valid_days, after=template.starts_after_days)
    text = words.n("Good on the day it is given", "Good for {days} days", template.valid_days)
    return text.format(days=template.valid_days)
