"""The basket: lines being rung up, each change making a new basket."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from storeapp.domain.money import ZERO, Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.product import Product
from storeapp.domain.quantity import ONE, PartOfAPiece, Quantity
from storeapp.errors import Refused

LINES_MAX = 500
NOTE_MAX = 100
DEAREST_LINE = Money(1_000_000_000)

CashRounding = Literal["fen", "jiao", "yuan"]


@dataclass(eq=False)
class NoSuchLine(Refused):
    """The basket has no line number `line`."""

    line: int
    word = "no_such_line"


@dataclass(eq=False)
class EmptyBasket(Refused):
    """There is nothing to sell."""

    word = "empty_basket"


@dataclass(eq=False)
class BasketFull(Refused):
    """A basket holds at most `most` lines."""

    most: int
    word = "basket_full"


@dataclass(eq=False)
class ReasonMissing(Refused):
    """A changed price or a discount needs a reason."""

    line: int
    word = "reason_missing"


@dataclass(eq=False)
class BadPrice(Refused):
    """A price may not be negative nor beyond what a counter sells."""

    fen: int
    word = "bad_price"


@dataclass(eq=False)
class BadNote(Refused):
    """Notes and reasons are single lines of at most `most` characters."""

    most: int
    word = "bad_note"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the basket, with the product as it was when it was rung up.

    `label_price` is the amount printed on a scale label and is the truth for the whole line.
    `price` is a unit price given by hand or by a script, with `price_reason`; `discount` is off the line.
    `pickup` is the code of the group order the goods were ordered with.
    """

    product: Product
    quantity: Quantity = ONE
    rung_as: str = ""
    label_price: Money | None = None
    price: Money | None = None
    price_reason: str = ""
    discount: Money = ZERO
    discount_reason: str = ""
    note: str = ""
    pickup: str = ""

    def __post_init__(self) -> None:
        if self.price is not None and not 0 <= self.price.fen <= DEAREST_LINE.fen:
            raise BadPrice(self.price.fen)
        if self.discount.fen < 0:
            raise BadPrice(self.discount.fen)
        for text in (self.note, self.price_reason, self.discount_reason):
            if text and not is_one_line(text, most=NOTE_MAX):
                raise BadNote(NOTE_MAX)


@dataclass(frozen=True, slots=True)
class Basket:
    """What the customer is about to pay for. Lines are numbered from 1 where people see them.

    Of a member whose cards would take goods off the bill, `spares_cards` leaves them alone this time.
    """

    lines: tuple[Line, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    member_id: str | None = None
    coupon_codes: tuple[str, ...] = ()
    note: str = ""
    spares_cards: bool = False

    def __post_init__(self) -> None:
        if self.note and not is_one_line(self.note, most=NOTE_MAX):
            raise BadNote(NOTE_MAX)

    @property
    def is_empty(self) -> bool:
        return not self.lines and not self.unknown_codes and self.member_id is None and not self.coupon_codes

    @property
    def pickups(self) -> tuple[str, ...]:
        """The group orders something of which is in the basket."""
        return tuple(dict.fromkeys(line.pickup for line in self.lines if line.pickup))

    def line(self, number: int) -> Line:
        """Line `number`, counted from 1."""
        if not 1 <= number <= len(self.lines):
            raise NoSuchLine(number)
        return self.lines[number - 1]


def add(basket: Basket, line: Line) -> Basket:
    """`line` joins the basket. The same plain product again raises the quantity of its last plain line."""
    for index in range(len(basket.lines) - 1, -1, -1):
        here = basket.lines[index]
        if _merges(here, line):
            grown = replace(here, quantity=here.quantity + line.quantity)
            return replace(basket, lines=(*basket.lines[:index], grown, *basket.lines[index + 1 :]))
    if len(basket.lines) >= LINES_MAX:
        raise BasketFull(LINES_MAX)
    return replace(basket, lines=(*basket.lines, line))


def last_touched(before: Basket, after: Basket) -> int:
    """Number of the line that differs between two baskets one `add` apart; 0 if none does."""
    for index, line in enumerate(after.lines):
        if index >= len(before.lines) or before.lines[index] != line:
            return index + 1
    return 0


def set_quantity(basket: Basket, number: int, quantity: Quantity) -> Basket:
    """Line `number` now counts `quantity`. A scale label's price is given up: the weight is now typed.

    Raises PartOfAPiece, but not where a label said what the packet weighs.
    """
    line = basket.line(number)
    if line.label_price is None and line.quantity.is_whole:
        check_pieces(line.product, quantity, line=number)
    return _with(basket, number, replace(line, quantity=quantity, label_price=None))


def set_price(basket: Basket, number: int, price: Money, reason: str) -> Basket:
    """Line `number` now costs `price` a unit, and `reason` says why."""
    if not reason.strip():
        raise ReasonMissing(number)
    return _with(basket, number, replace(basket.line(number), price=price, price_reason=reason, label_price=None))


def set_discount(basket: Basket, number: int, discount: Money, reason: str) -> Basket:
    """`discount` off line `number`; zero takes a discount away again and needs no reason."""
    if discount.fen and not reason.strip():
        raise ReasonMissing(number)
    return _with(basket, number, replace(basket.line(number), discount=discount, discount_reason=reason))


def set_note(basket: Basket, number: int, note: str) -> Basket:
    """Line `number` carries `note` to the receipt."""
    return _with(basket, number, replace(basket.line(number), note=note))


def remove(basket: Basket, number: int) -> Basket:
    """Line `number` is gone; a member or coupon stays."""
    basket.line(number)
    return replace(basket, lines=(*basket.lines[: number - 1], *basket.lines[number:]))


def note_unknown(basket: Basket, code: str) -> Basket:
    """A scanned code nothing answers to: it stays in sight until somebody deals with it."""
    return replace(basket, unknown_codes=(*basket.unknown_codes, code[:64]))


def forget_unknown(basket: Basket, index: int) -> Basket:
    """The unknown code at `index` (from 0) has been dealt with."""
    codes = basket.unknown_codes
    if not 0 <= index < len(codes):
        raise NoSuchLine(index + 1)
    return replace(basket, unknown_codes=(*codes[:index], *codes[index + 1 :]))


def attach_member(basket: Basket, member_id: str | None) -> Basket:
    """The basket belongs to this member; None lets go of her and of her coupons."""
    coupons = basket.coupon_codes if member_id is not None else ()
    return replace(basket, member_id=member_id, coupon_codes=coupons, spares_cards=False)


def spare_cards(basket: Basket, spares: bool) -> Basket:
    """Her cards take nothing of this basket; or they do again."""
    return replace(basket, spares_cards=spares)


def attach_coupon(basket: Basket, code: str) -> Basket:
    """The coupon with this code is to be used; the same code twice is once."""
    if code in basket.coupon_codes:
        return basket
    return replace(basket, coupon_codes=(*basket.coupon_codes, code))


def detach_coupon(basket: Basket, code: str) -> Basket:
    """The coupon with this code stays unused."""
    return replace(basket, coupon_codes=tuple(kept for kept in basket.coupon_codes if kept != code))


def without_pickup(basket: Basket, code: str) -> Basket:
    """What was ordered with that code is plain goods from now on."""
    lines = tuple(replace(line, pickup="") if line.pickup == code else line for line in basket.lines)
    return replace(basket, lines=lines)


def without_coupons(basket: Basket) -> Basket:
    """The same goods with no coupon."""
    return replace(basket, coupon_codes=())


def check_pieces(product: Product, quantity: Quantity, *, line: int) -> None:
    """Raises PartOfAPiece where line `line` would sell a part of what is sold by the piece."""
    if not quantity.is_whole and not product.is_by_measure:
        raise PartOfAPiece(line, str(quantity))


def _with(basket: Basket, number: int, line: Line) -> Basket:
    return replace(basket, lines=(*basket.lines[: number - 1], line, *basket.lines[number:]))


def _merges(here: Line, new: Line) -> bool:
    plain = here.label_price is None and new.label_price is None and not new.product.weighed
    untouched = here.price is None and not here.discount and not here.note
    plain_new = new.price is None and not new.discount and not new.note
    return plain and untouched and plain_new and here.product == new.product and here.pickup == new.pickup
