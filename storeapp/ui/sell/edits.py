"""From what was typed about one line to the basket it makes."""

from __future__ import annotations

from storeapp.domain import basket as baskets
from storeapp.domain.basket import Basket
from storeapp.domain.money import Money, typed_amount
from storeapp.domain.order_discount import discounted
from storeapp.domain.priced import PricedBasket, PricedLine
from storeapp.domain.quantity import BadQuantity, quantity
from storeapp.ui.sell.state import Editing


def edited(basket: Basket, priced: PricedBasket, editing: Editing, text: str, unit: str, reason: str) -> Basket:
    """The basket with the line changed, or all of it; raises the Refused of what was typed."""
    number = editing.number
    if editing.kind == "quantity":
        return baskets.set_quantity(basket, number, quantity(text))
    if editing.kind == "price":
        return baskets.set_price(basket, number, typed_amount(text), reason)
    if editing.kind == "discount":
        return baskets.set_discount(basket, number, amount_off(editing.line, text, unit), reason)
    if editing.kind == "discount_all":
        return discounted(basket, priced, amount_off_all(priced, text, unit), reason)
    return baskets.set_note(basket, number, text.strip())


def amount_off_all(priced: PricedBasket, text: str, unit: str) -> Money:
    """Yuan, or percent of what the basket costs before coupons."""
    if unit != "%":
        return typed_amount(text)
    return _share(priced.total.fen + priced.coupon_discount.fen, text)


def amount_off(line: PricedLine, text: str, unit: str) -> Money:
    """Yuan, or percent of what the line costs without its present discount; nothing typed takes it away."""
    if not text.strip():
        return Money(0)
    if unit != "%":
        return typed_amount(text)
    base = line.gross.fen - sum(cut.amount.fen for cut in line.cuts if cut.reason == "member_price")
    return _share(base, text)


def _share(base: int, text: str) -> Money:
    percent = quantity(text)
    if percent.milli > 100_000:
        raise BadQuantity(f"{text[:20]}%")
    return Money((base * percent.milli + 50_000) // 100_000)
