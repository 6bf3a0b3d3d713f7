"""Group order: what one person ordered on a sheet, at the prices of that day, and what of it was fetched.

Nothing is paid when it is ordered: the money is taken when it is fetched, as for any sale. What was fetched is the
sum of its pick-ups; one whose sale was voided never happened.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.money import Money, total
from storeapp.domain.quantity import Quantity, as_decimal, times
from storeapp.errors import Refused

Way = Literal["counter", "list"]
OrderStage = Literal["ordered", "part", "picked", "cancelled", "no_show"]
LINES_MOST = 100


@dataclass(eq=False)
class UnknownPickup(Refused):
    """No order has the pick-up code `code`."""

    code: str
    word = "unknown_pickup"


@dataclass(eq=False)
class PickupElsewhere(Refused):
    """The order of `code` was taken at another till, number `till`, and has not come here yet."""

    code: str
    till: int
    word = "pickup_elsewhere"


@dataclass(eq=False)
class OrderElsewhere(Refused):
    """The order of `code` is another till's, number `till`: here it is handed out, and nothing else."""

    code: str
    till: int
    word = "group_order_elsewhere"


@dataclass(eq=False)
class PickedUpBefore(Refused):
    """All of `code` was fetched before: at `at`, by receipt `receipt`."""

    code: str
    at: str
    receipt: str
    word = "picked_up_before"


@dataclass(eq=False)
class OrderCancelled(Refused):
    """The order of `code` was cancelled at `at`."""

    code: str
    at: str
    word = "group_order_cancelled"


@dataclass(eq=False)
class PickupNotYet(Refused):
    """What `code` stands for is not here yet: the sheet is `stage`, and it is fetched from `from_at` on."""

    code: str
    stage: str
    from_at: str
    word = "pickup_not_yet"


@dataclass(eq=False)
class PickupOver(Refused):
    """What `code` stands for was to be fetched until `until`."""

    code: str
    until: str
    word = "pickup_over"


@dataclass(eq=False)
class PickupTooMuch(Refused):
    """Of `product` in the order of `code` there are `left` left to fetch."""

    code: str
    product: str
    left: str
    word = "pickup_too_much"


@dataclass(eq=False)
class PickupInBasket(Refused):
    """The order of `code` lies in the basket already."""

    code: str
    word = "pickup_in_basket"


PICKUP_TROUBLE = (
    UnknownPickup, PickupElsewhere, PickedUpBefore, OrderCancelled, PickupNotYet, PickupOver, PickupTooMuch,
)  # fmt: skip
"""Why what a pick-up code stands for cannot be handed out now; each knows its `code`."""


@dataclass(eq=False)
class NotOnSheet(Refused):
    """The sheet `sheet` does not offer `product`."""

    sheet: str
    product: str
    word = "not_on_sheet"


@dataclass(eq=False)
class OverPersonLimit(Refused):
    """One person gets at most `most` of `product`; `left` are left for this one."""

    product: str
    most: int
    left: str
    word = "group_limit_person"


@dataclass(eq=False)
class OverSheetLimit(Refused):
    """There are `most` of `product` in all, and `left` are left."""

    product: str
    most: int
    left: str
    word = "group_limit_all"


@dataclass(eq=False)
class NobodyOrders(Refused):
    """An order needs a name of at most 40 characters, a phone or a member."""

    word = "group_nobody"


@dataclass(eq=False)
class EmptyOrder(Refused):
    """Nothing was ordered, or more lines than an order holds."""

    word = "group_order_empty"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """So much of one product, at the group's price when it was ordered."""

    code: str
    name: str
    milli: int
    price: Money

    @property
    def amount(self) -> Money:
        return times(self.price, Quantity(self.milli))


@dataclass(frozen=True, slots=True)
class GroupOrder:
    """Number `n` of its sheet. `name` and `phone` are of whoever is no member, and go when the sheet is long over."""

    order_id: str
    sheet_id: str
    n: int
    code: str
    member_id: str | None
    name: str
    phone: str
    lines: tuple[OrderLine, ...]
    at: str
    by: str
    way: Way
    cancelled_at: str = ""

    @property
    def amount(self) -> Money:
        return total(line.amount for line in self.lines)

    @property
    def who(self) -> tuple[str, str]:
        return person(self.member_id, self.phone, self.name)


def person(member_id: str | None, phone: str, name: str) -> tuple[str, str]:
    """What tells one person from another: the member, else the phone, else the name."""
    if member_id is not None:
        return ("member", member_id)
    return ("phone", phone) if phone else ("name", name)


@dataclass(frozen=True, slots=True)
class PickLine:
    """Line `line` of the receipt is so much of the order's `code`."""

    line: int
    code: str
    milli: int


@dataclass(frozen=True, slots=True)
class Pick:
    """The `n`th time something of an order was fetched, by which sale. `is_void` if that sale was taken back whole.

    Of a sale at another till `n` is 0, and `left_fen` what was paid for it there and did not come back.
    """

    order_id: str
    n: int
    sale_id: str
    receipt: str
    at: str
    lines: tuple[PickLine, ...]
    is_void: bool = False
    left_fen: int | None = None


@dataclass(frozen=True, slots=True)
class ToldOrder:
    """An order another till took, `device_id`, as the cloud tells it; its sheet once that has come."""

    order: GroupOrder
    device_id: str
    sheet: GroupSheet | None = None


def picked(picks: Iterable[Pick]) -> dict[str, int]:
    """What was fetched, in thousandths by product."""
    return _summed(line for pick in picks if not pick.is_void for line in pick.lines)


def left_of(order: GroupOrder, picks: Iterable[Pick]) -> dict[str, int]:
    """What is still to be fetched, above zero, by product."""
    gone = picked(picks)
    left = {line.code: line.milli - gone.get(line.code, 0) for line in order.lines}
    return {code: milli for code, milli in left.items() if milli > 0}


def order_stage(order: GroupOrder, picks: Sequence[Pick], *, is_over: bool) -> OrderStage:
    """How the order stands."""
    if order.cancelled_at:
        return "cancelled"
    if not left_of(order, picks):
        return "picked"
    if is_over:
        return "no_show"
    return "part" if picked(picks) else "ordered"


def merged(lines: Iterable[OrderLine]) -> tuple[OrderLine, ...]:
    """The same goods said twice are one line."""
    found: dict[str, OrderLine] = {}
    for line in lines:
        held = found.get(line.code)
        milli = line.milli if held is None else held.milli + line.milli
        found[line.code] = OrderLine(line.code, line.name, Quantity(milli).milli, line.price)
    if not 0 < len(found) <= LINES_MOST:
        raise EmptyOrder
    return tuple(found.values())


def check_limits(
    sheet: GroupSheet, lines: Sequence[OrderLine], *, mine: Mapping[str, int], all_: Mapping[str, int]
) -> None:
    """Raises NotOnSheet, OverPersonLimit or OverSheetLimit; `mine` and `all_` are what was ordered so far."""
    for line in lines:
        goods = sheet.goods_of(line.code)
        if goods is None:
            raise NotOnSheet(sheet.sheet_id, line.code)
        for most, so_far, refusal in (
            (goods.per_person, mine, OverPersonLimit),
            (goods.in_all, all_, OverSheetLimit),
        ):
            left = most * 1000 - so_far.get(line.code, 0)
            if most and line.milli > left:
                raise refusal(line.name, most, as_decimal(max(left, 0)))


def ordered(orders: Iterable[GroupOrder]) -> dict[str, int]:
    """What these orders come to, in thousandths by product; a cancelled one comes to nothing."""
    return _summed(line for order in orders if not order.cancelled_at for line in order.lines)


def _summed(lines: Iterable[OrderLine | PickLine]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line.code] = found.get(line.code, 0) + line.milli
    return found


def lines_data(lines: Iterable[OrderLine]) -> list[dict[str, Any]]:
    """The lines as the books and the journal hold them."""
    return [{"code": each.code, "name": each.name, "milli": each.milli, "price_fen": each.price.fen} for each in lines]


def lines_from(data: Iterable[Mapping[str, Any]]) -> tuple[OrderLine, ...]:
    """The lines `lines_data` wrote."""
    return tuple(OrderLine(row["code"], row["name"], row["milli"], Money(row["price_fen"])) for row in data)


def picks_data(lines: Iterable[PickLine]) -> list[list[Any]]:
    """What was fetched as the books and the journal hold it."""
    return [[each.line, each.code, each.milli] for each in lines]


def picks_from(data: Iterable[Sequence[Any]]) -> tuple[PickLine, ...]:
    """What `picks_data` wrote."""
    return tuple(PickLine(*row) for row in data)
