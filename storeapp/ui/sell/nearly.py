"""What promotions still want: one calm line to say, never a question that stops anybody."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.ui import wording
from storeapp.ui.sell.state import GiftView, NearlyView
from storeapp.words import Words


def gift_due(priced: PricedBasket, name_of: Callable[[str], str]) -> GiftView | None:
    """The first gift that was earned and does not lie in the basket yet."""
    if not priced.gifts:
        return None
    gift = priced.gifts[0]
    return GiftView(gift.code, name_of(gift.code), gift.count, gift.promotion.name)


def nearly(priced: PricedBasket) -> NearlyView | None:
    """The promotion that is nearest, and what is missing."""
    if not priced.hints:
        return None
    hint = priced.hints[0]
    return NearlyView(hint.promotion.name, Money(hint.missing_fen), hint.missing_count)


def gift_said(gift: GiftView, words: Words) -> str:
    """`Gift to add: water × 1 (water from 50 on)`."""
    said = words.t("Gift to add: {name} × {count} ({promotion})")
    return said.format(name=gift.name, count=gift.count, promotion=gift.promotion)


def nearly_said(wanted: NearlyView, words: Words) -> str:
    """`¥3.50 more for 15 off 100`."""
    if wanted.missing.fen:
        return words.t("{amount} more for {name}").format(amount=wording.money(wanted.missing), name=wanted.promotion)
    return words.t("{count} more pcs for {name}").format(count=wanted.count, name=wanted.promotion)
