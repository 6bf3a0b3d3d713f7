"""What promotions still want: one calm line for the cashier to say, never a question that stops her."""

from __future__ import annotations

from storeapp.domain.money import Money
from storeapp.domain.pricing import PricedBasket
from storeapp.ui import wording
from storeapp.words import Words


def nearly(priced: PricedBasket, words: Words) -> str:
    """A gift already earned goes before a promotion nearly reached; nothing at all is an empty line."""
    if priced.gifts:
        gift = priced.gifts[0]
        said = words.t("Gift to add: {code} × {count} ({name})")
        return said.format(code=gift.code, count=gift.count, name=gift.promotion.name)
    if not priced.hints:
        return ""
    hint = priced.hints[0]
    if hint.missing_fen:
        said = words.t("{amount} more for {name}")
        return said.format(amount=wording.money(Money(hint.missing_fen)), name=hint.promotion.name)
    return words.t("{count} more pcs for {name}").format(count=hint.missing_count, name=hint.promotion.name)
