"""A promotion in plain words: what it gives, on what, to whom, when and how often."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from storeapp.domain.goods_names import GoodsNames
from storeapp.domain.money import Money
from storeapp.domain.promotion import EVER, Promotion, Scope, Step, When, Whom
from storeapp.ui import wording
from storeapp.words import N_, Words

_NAMED_MOST = 3
KINDS = {
    "percent": (N_("Cheaper by percent"), N_("fruit at 10 percent off")),
    "amount": (N_("Money off each"), N_("0.50 off every can")),
    "fixed_price": (N_("Special price"), N_("9.90 each")),
    "nth_percent": (N_("Nth piece cheaper"), N_("the second at half price")),
    "buy_get": (N_("Buy and get"), N_("buy two, get one")),
    "bundle": (N_("Bundle"), N_("bread and milk for 10.00")),
    "cheapest_free": (N_("Cheapest free"), N_("of three the cheapest is free")),
    "spend_off": (N_("Spend, money off"), N_("15 off every 100")),
    "spend_percent": (N_("Spend, percent off"), N_("from 200 on 10 percent off")),
    "count_percent": (N_("Pieces, percent off"), N_("three for 20 percent off")),
    "spend_gift": (N_("Spend, a gift"), N_("a bottle of water from 50 on")),
}
"""Of each kind its name and an example."""
_WEEKDAYS = (
    N_("Monday"),
    N_("Tuesday"),
    N_("Wednesday"),
    N_("Thursday"),
    N_("Friday"),
    N_("Saturday"),
    N_("Sunday"),
)


def said(promotion: Promotion, goods: GoodsNames, words: Words) -> tuple[str, ...]:
    """The deed first, then each condition in a line of its own."""
    return (_deed(promotion, goods, words), *_conditions(promotion, goods, words))


def _deed(promotion: Promotion, goods: GoodsNames, words: Words) -> str:
    t, kind = words.t, promotion.kind
    what, money = goods_said(promotion.scope, goods, words), wording.money(Money(promotion.value))
    if kind == "percent":
        return t("{goods}: {off}").format(goods=what, off=percent_off(promotion.value, words))
    if kind == "amount":
        return t("{goods}: {amount} off each").format(goods=what, amount=money)
    if kind == "fixed_price":
        return t("{goods}: {amount} each").format(goods=what, amount=money)
    if kind == "nth_percent":
        off = percent_off(promotion.value, words)
        return t("{goods}: {off} on every piece number {count}").format(goods=what, count=promotion.count, off=off)
    if kind == "buy_get":
        return _buy_get(promotion, what, goods, words)
    if kind == "bundle":
        parts = " + ".join(f"{goods_said(part.scope, goods, words)} × {part.count}" for part in promotion.parts)
        return t("{parts}: {amount} together").format(parts=parts, amount=money)
    if kind == "cheapest_free":
        return t("{goods}: of every {count} pieces the cheapest is free").format(goods=what, count=promotion.count)
    steps = t("; ").join(_step(promotion, step, goods, words) for step in promotion.steps)
    return t("{goods}: {steps}").format(goods=what, steps=steps)


def _buy_get(promotion: Promotion, what: str, goods: GoodsNames, words: Words) -> str:
    given = words.t("of them") if promotion.get is None else goods_said(promotion.get, goods, words)
    if promotion.value == 100:
        text = words.t("{goods}: for every {count} bought {free} more {given} free")
    else:
        text = words.t("{goods}: for every {count} bought {free} more {given} {off}")
    off = percent_off(promotion.value, words)
    return text.format(goods=what, count=promotion.count, free=promotion.free, given=given, off=off)


def _step(promotion: Promotion, step: Step, goods: GoodsNames, words: Words) -> str:
    t, spent = words.t, wording.money(Money(step.at))
    if promotion.kind == "spend_percent":
        return t("from {amount} on {off}").format(amount=spent, off=percent_off(step.gives, words))
    if promotion.kind == "count_percent":
        return t("from {count} pieces on {off}").format(count=step.at, off=percent_off(step.gives, words))
    if promotion.kind == "spend_gift":
        text = t("every {amount} gives {gift} × {free}") if promotion.repeats else t("{amount} gives {gift} × {free}")
        return text.format(amount=spent, gift=goods.name(step.gift), free=step.gives)
    text = t("every {amount} takes {less} off") if promotion.repeats else t("{amount} takes {less} off")
    return text.format(amount=spent, less=wording.money(Money(step.gives)))


def percent_off(percent: int, words: Words) -> str:
    """`10 percent off`; Chinese tells what is left to pay, in tenths: 打 9 折, 打 8.5 折."""
    if percent == 100:
        return words.t("free")
    tenths, rest = divmod(100 - percent, 10)
    told = str(percent)
    if words.language == "zh_CN":
        told = f"{tenths}.{rest}" if rest else str(tenths)
    return words.t("{off} percent off").format(off=told)


def goods_said(scope: Scope, goods: GoodsNames, words: Words) -> str:
    """The goods by their names, and those it excepts."""
    if scope.everything:
        named = words.t("All goods")
    else:
        named = _some(goods.called(scope), words)
    but = goods.called(scope, but=True)
    return words.t("{goods} (not {excepted})").format(goods=named, excepted=_some(but, words)) if but else named


def _some(names: Sequence[str], words: Words) -> str:
    """The first few, and how many more."""
    told = words.t(", ").join(names[:_NAMED_MOST])
    more = len(names) - _NAMED_MOST
    if more <= 0:
        return told
    return words.n("{names} and {count} more", "{names} and {count} more", more).format(names=told, count=more)


def _conditions(promotion: Promotion, goods: GoodsNames, words: Words) -> list[str]:
    t, limits = words.t, promotion.limits
    found = [_whom(promotion, words), *when_said(promotion.when, words)]
    if promotion.min_spend_fen:
        found.append(t("Once {amount} of them are bought").format(amount=wording.money(Money(promotion.min_spend_fen))))
    if promotion.min_count:
        found.append(t("Once {count} of them are bought").format(count=promotion.min_count))
    for most, once, often in (
        (limits.per_basket, N_("Once a sale"), N_("At most {count} times a sale")),
        (limits.per_member, N_("Once a member"), N_("At most {count} times a member")),
        (limits.per_day, N_("Once a day"), N_("At most {count} times a day")),
    ):
        if most != EVER:
            found.append(t(once if most == 1 else often).format(count=most))
    if promotion.group:
        found.append(t("One of group {name} a sale").format(name=promotion.group))
    found.append(
        t("Comes on top of others, on what is left to pay")
        if promotion.stacks
        else t("Goods it is used on take no other promotion, unless that comes on top")
    )
    return found


def _whom(promotion: Promotion, words: Words) -> str:
    who = whom_said(promotion.whom, promotion.tiers, words)
    return words.t("{whom}, on the first purchase").format(whom=who) if promotion.first_purchase else who


def whom_said(whom: Whom, tiers: frozenset[str], words: Words) -> str:
    """`For members`, `For 金卡 only`."""
    t = words.t
    if whom == "all":
        return t("For everybody")
    return t("For members") if whom == "members" else t("For {tiers} only").format(tiers=t(", ").join(sorted(tiers)))


def when_said(when: When, words: Words) -> list[str]:
    """The days and hours it is on, a line each; nothing while it is always on."""
    t, found = words.t, []
    if when.first is not None and when.last is not None:
        found.append(t("From {first} to {last}").format(first=when.first, last=when.last))
    elif when.first is not None:
        found.append(t("From {first} on").format(first=when.first))
    elif when.last is not None:
        found.append(t("Until {last}").format(last=when.last))
    if when.weekdays:
        found.append(t("On {days}").format(days=t(", ").join(t(_WEEKDAYS[day - 1]) for day in sorted(when.weekdays))))
    if when.hours:
        spans = (f"{start:%H:%M}–{'24:00' if end == time(0) else f'{end:%H:%M}'}" for start, end in when.hours)
        found.append(t("Between {hours}").format(hours=t(", ").join(spans)))
    return found
