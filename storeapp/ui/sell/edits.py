"""From what was typed about one line to the basket it makes."""

from __future__ import annotations

from storeapp.domain import basket as baskets
from storeapp.domain.basket import Basket
from storeapp.domain.money import Money, from_yuan
from storeapp.domain.pricing import PricedLine
from storeapp.domain.quantity import BadQuantity, quantity
from storeapp.domain.staff import Staff, require
from storeapp.ui.sell.state import Editing


def edited(basket: Basket, editing: Editing, text: str, unit: str, reason: str, *, staff: Staff) -> Basket:
    """The basket with the line changed; raises the Refused of what was typed."""
    number = editing.number
    if editing.kind == "quantity":
        return baskets.set_quantity(basket, number, quantity(text))
    if editing.kind == "price":
        require(staff, "change_price")
        return baskets.set_price(basket, number, from_yuan(text), reason)
    if editing.kind == "discount":
        require(staff, "discount")
        return baskets.set_discount(basket, number, amount_off(editing.line, text, unit), reason)
    return baskets.set_note(basket, number, text.strip())


def amount_off(line: PricedLine, text: str, unit: str) -> Money:
    """Yuan, or percent of what the line costs without its present discount; nothing typed takes it away."""
    if not text.strip():
        return Money(0)
    if unit != "%":
        return from_yuan(text)
    percent = quantity(text)
    if percent.milli > 100_000:
        raise BadQuantity(f"{text[:20]}%")
    base = line.gross.fen - sum(cut.amount.fen for cut in line.cuts if cut.reason == "member_price")
    return Money((base * percent.milli + 50_000) // 100_000)
