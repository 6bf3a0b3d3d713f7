"""The words for the group, ready to be copied: what there is, until when, and how to order. No reward for sharing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

from storeapp.domain.group_sheet import GroupGoods, GroupSheet
from storeapp.domain.money import yuan


class Sentences(Protocol):
    """Where sentences are looked up."""

    @property
    def t(self) -> Callable[[str], str]: ...


def share_text(
    sheet: GroupSheet, names: Mapping[str, str], *, shop: str, persona: str, leader: str, words: Sentences
) -> str:
    """`names` are the goods' by code, `leader` is how the group calls the leader. Without a persona the shop speaks."""
    _ = words.t
    who = _("{persona} of {shop}").format(persona=persona, shop=shop) if persona and shop else persona or shop
    rows = [_("Hello, this is {who}.").format(who=who) if who else "", _("Group order: {name}").format(name=sheet.name)]
    rows += [_goods(n, each, names, words) for n, each in enumerate(sheet.goods, start=1)]
    rows.append(_("Order until {moment}.").format(moment=f"{sheet.deadline:%m-%d %H:%M}"))
    fetched = _("Fetch it from {first} to {last}, and pay when you fetch it.")
    rows.append(fetched.format(first=f"{sheet.pickup_from:%m-%d %H:%M}", last=f"{sheet.pickup_until:%m-%d %H:%M}"))
    if leader:
        rows.append(_("Leader: {name}").format(name=leader))
    rows.append(_("To order, add a line: number, name, goods and how many."))
    return "\n".join(filter(None, rows))


def _goods(n: int, each: GroupGoods, names: Mapping[str, str], words: Sentences) -> str:
    said = f"{n}. {names.get(each.code, each.code)} ¥{yuan(each.price)}"
    return words.t("{goods} (at most {n} each)").format(goods=said, n=each.per_person) if each.per_person else said
