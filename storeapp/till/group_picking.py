"""Picking up: a code fills the basket with what was ordered, at the group's prices, and it is handed out once.

The order is fetched by the very transaction that makes the sale; what was fetched before cannot be fetched again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from storeapp.domain import basket as baskets
from storeapp.domain import pickup_code
from storeapp.domain.basket import LINES_MAX, Basket, BasketFull, Line, check_pieces
from storeapp.domain.group_order import (
    GroupOrder,
    OrderCancelled,
    OrderElsewhere,
    Pick,
    PickedUpBefore,
    PickLine,
    PickupElsewhere,
    PickupInBasket,
    PickupNotYet,
    PickupOver,
    PickupTooMuch,
    UnknownPickup,
    left_of,
    picks_data,
)
from storeapp.domain.group_sheet import GroupSheet, stage
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import Quantity, as_decimal
from storeapp.domain.sale import Sale
from storeapp.domain.terms import GroupPrice
from storeapp.till import group_sheets
from storeapp.till.names import current
from storeapp.till.ports import Books

_GONE = ("draft", "planned", "open", "closed", "bought")


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that may be handed out now, and what of it: thousandths by product."""

    order: GroupOrder
    left: dict[str, int]


def behind(books: Books, text: str) -> GroupOrder:
    """The order of a code; raises BadPickupCode, UnknownPickup, or PickupElsewhere for one that has not come here."""
    return _behind(books, text)[0]


def own_behind(books: Books, text: str) -> GroupOrder:
    """The same of an order this till took; raises OrderElsewhere for another till's."""
    order = behind(books, text)
    if books.groups.order(order.order_id) is None:
        raise OrderElsewhere(order.code, pickup_code.till_of(order.code))
    return order


def waiting(books: Books, text: str, *, now: datetime) -> Waiting:
    """What may be handed out for this code at that moment; raises what `behind` does, or why it may not be."""
    order, sheet = _behind(books, text)
    if order.cancelled_at:
        raise OrderCancelled(order.code, order.cancelled_at)
    picks = books.groups.picks(order.order_id)
    left = left_of(order, picks)
    if not left:
        last = [pick for pick in picks if not pick.is_void][-1]
        raise PickedUpBefore(order.code, last.at, last.receipt)
    is_now = stage(sheet, now)
    if is_now == "over":
        raise PickupOver(order.code, min(sheet.pickup_until, now).isoformat())
    if is_now in _GONE or now < sheet.pickup_from:
        raise PickupNotYet(order.code, is_now, sheet.pickup_from.isoformat())
    return Waiting(order, left)


def fill(
    books: Books, basket: Basket, text: str, *, now: datetime, wants: Sequence[tuple[str, int]] | None = None
) -> Basket:
    """The basket with the order's goods, or with what of them is wanted now. A member's order brings her along.

    Raises what `waiting` does, PickupInBasket, PickupTooMuch, UnknownCode or BasketFull.
    """
    found = waiting(books, text, now=now)
    code = found.order.code
    if code in basket.pickups:
        raise PickupInBasket(code)
    asked = found.left if wants is None else _asked(books, wants)
    _check(found, asked)
    lines = tuple(_line(books, code, product, milli) for product, milli in asked.items())
    for number, line in enumerate(() if wants is None else lines, start=1):
        check_pieces(line.product, line.quantity, line=number)
    if len(basket.lines) + len(lines) > LINES_MAX:
        raise BasketFull(LINES_MAX)
    member_id = current(books, found.order.member_id)
    if basket.member_id is None and member_id is not None and books.members.by_id(member_id) is not None:
        basket = baskets.attach_member(basket, member_id)
    return replace(basket, lines=(*basket.lines, *lines))


def prices(books: Books, basket: Basket) -> dict[tuple[str, str], GroupPrice]:
    """What was agreed for the goods in this basket."""
    found = {}
    for code in basket.pickups:
        known = _known(books, code)
        if known is not None:
            order, sheet = known
            for line in order.lines:
                found[code, line.code] = GroupPrice(line.price, sheet.name, sheet.sheet_id)
    return found


def check(books: Books, basket: Basket, *, now: datetime) -> None:
    """Raises why something of a group order in this basket cannot be handed out now."""
    for code in basket.pickups:
        _check(waiting(books, code, now=now), _by_product(basket, code))


def note(books: Books, basket: Basket, sale: Sale) -> None:
    """What the sale hands out is fetched, within the caller's transaction."""
    for code in basket.pickups:
        order = behind(books, code)
        lines = tuple(
            PickLine(number, line.product.code, line.quantity.milli)
            for number, line in enumerate(basket.lines, start=1)
            if line.pickup == code
        )
        n = len(books.groups.picks(order.order_id)) + 1
        pick = Pick(order.order_id, n, sale.sale_id, sale.receipt, sale.at, lines)
        books.groups.add_pick(pick)
        said = {"order_id": order.order_id, "sheet_id": order.sheet_id, "n": n}
        of = {"sale_id": sale.sale_id, "receipt": sale.receipt, "lines": picks_data(lines), "actor": sale.cashier}
        books.journal.append("group_order.picked", said | of, at=sale.at)


def _behind(books: Books, text: str) -> tuple[GroupOrder, GroupSheet]:
    code = pickup_code.normal(text)
    found = _known(books, code)
    if found is not None:
        return found
    if not pickup_code.is_of_till(code, books.device.capture_key.till_number):
        raise PickupElsewhere(code, pickup_code.till_of(code))
    raise UnknownPickup(code)


def _known(books: Books, code: str) -> tuple[GroupOrder, GroupSheet] | None:
    """The order of a normal code with its sheet: this till's own, or one of another till that has come with both."""
    own = books.groups.by_code(code)
    if own is not None:
        return own, group_sheets.known(books, own.sheet_id)
    told = books.groups.elsewhere.by_code(code)
    return None if told is None or told.sheet is None else (told.order, told.sheet)


def _check(found: Waiting, asked: dict[str, int]) -> None:
    names = {line.code: line.name for line in found.order.lines}
    for product, milli in asked.items():
        left = found.left.get(product, 0)
        if milli > left:
            raise PickupTooMuch(found.order.code, names.get(product, product[:40]), as_decimal(left))


def _asked(books: Books, wants: Sequence[tuple[str, int]]) -> dict[str, int]:
    owners = books.products.owners([code for code, _milli in wants])
    asked: dict[str, int] = {}
    for code, milli in wants:
        own = owners.get(code)
        if own is None:
            raise UnknownCode(code[:40])
        asked[own] = asked.get(own, 0) + Quantity(milli).milli
    return asked


def _by_product(basket: Basket, code: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in basket.lines:
        if line.pickup == code:
            found[line.product.code] = found.get(line.product.code, 0) + line.quantity.milli
    return found


def _line(books: Books, code: str, product_code: str, milli: int) -> Line:
    product = books.products.by_code(product_code)
    if product is None:
        raise UnknownCode(product_code[:40])
    return Line(product, Quantity(milli), rung_as=product_code, pickup=code)
