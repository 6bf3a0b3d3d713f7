"""Group orders: taken at the counter or from the leader's list, at the sheet's prices and within its limits."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from storeapp.domain import pickup_code
from storeapp.domain.basket import check_pieces
from storeapp.domain.group_order import (
    GroupOrder,
    NobodyOrders,
    NotOnSheet,
    OrderCancelled,
    OrderLine,
    PickedUpBefore,
    Way,
    check_limits,
    lines_data,
    merged,
    ordered,
    person,
    picked,
)
from storeapp.domain.group_sheet import GroupNotSo, GroupSheet
from storeapp.domain.member import UnknownMember, normal_phone
from storeapp.domain.one_line import is_one_line
from storeapp.domain.product import UnknownCode
from storeapp.domain.quantity import Quantity
from storeapp.domain.staff import checked_code
from storeapp.till import group_sheets
from storeapp.till.group_picking import own_behind
from storeapp.till.moments import local_moment
from storeapp.till.names import current
from storeapp.till.own_member import check_not_own
from storeapp.till.ports import Books, Clock, Ids, Shop

NAME_MOST = 40


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody orders: `lines` are codes with thousandths; who it is, is a member, a phone or a name.

    `order_id` is the order it stands instead of.
    """

    sheet_id: str
    lines: tuple[tuple[str, int], ...]
    member_id: str | None = None
    phone: str = ""
    name: str = ""
    way: Way = "counter"
    order_id: str | None = None


def take(shop: Shop, wanted: Wanted, *, by: str, clock: Clock, ids: Ids) -> GroupOrder:
    """The order in the books, with its pick-up code. Raises a Refused and then nothing changed."""
    checked_code(by)
    with shop.writing() as books:
        return taken(books, wanted, by=by, now=local_moment(books, clock.now()), ids=ids)


def cancel(shop: Shop, code: str, *, by: str, clock: Clock) -> GroupOrder:
    """Nobody comes for it; raises what `own_behind` does, OrderCancelled or PickedUpBefore."""
    checked_code(by)
    with shop.writing() as books:
        order = own_behind(books, code)
        if order.cancelled_at:
            raise OrderCancelled(order.code, order.cancelled_at)
        check_untouched(books, order)
        at = local_moment(books, clock.now()).isoformat()
        gone = replace(order, cancelled_at=at)
        books.groups.put_order(gone)
        books.journal.append("group_order.cancelled", {"order_id": order.order_id, "at": at, "actor": by}, at=at)
        return gone


def taken(books: Books, wanted: Wanted, *, by: str, now: datetime, ids: Ids) -> GroupOrder:
    """The same within the caller's transaction."""
    sheet = group_sheets.known(books, wanted.sheet_id)
    check_takes_orders(books, sheet, wanted.way, now=now)
    member_id, phone, name = _who(books, wanted)
    check_not_own(books, member_id, by)
    before = None if wanted.order_id is None else books.groups.order(wanted.order_id)
    if before is not None:
        check_untouched(books, before)
    lines = merged(_line(books, sheet, code, milli, n) for n, (code, milli) in enumerate(wanted.lines, start=1))
    orders = books.groups.orders(sheet.sheet_id)
    order = _order(books, wanted, before, (member_id, phone, name), lines, n=len(orders) + 1, by=by, now=now, ids=ids)
    others = [each for each in orders if each.order_id != order.order_id]
    mine = [each for each in others if _now_of(books, each).who == order.who]
    check_limits(sheet, lines, mine=ordered(mine), all_=ordered(others))
    books.groups.put_order(order)
    books.journal.append("group_order.taken", body(order), at=order.at)
    return order


def check_takes_orders(books: Books, sheet: GroupSheet, way: Way, *, now: datetime) -> None:
    """Raises GroupNotSo. What a leader gathered before the deadline may be written down after it."""
    stage = group_sheets.stage_of(books, sheet, now)
    if stage != "open" and not (stage == "closed" and way == "list"):
        raise GroupNotSo(sheet.sheet_id, stage)


def check_untouched(books: Books, order: GroupOrder) -> None:
    """Raises PickedUpBefore where something of it was fetched."""
    picks = [pick for pick in books.groups.picks(order.order_id) if not pick.is_void]
    if picked(picks):
        raise PickedUpBefore(order.code, picks[0].at, picks[0].receipt)


def person_shown(books: Books, order: GroupOrder) -> tuple[str, str]:
    """Name and phone of whoever ordered; both empty where nobody is known any more."""
    member = None if order.member_id is None else books.members.by_id(order.member_id)
    return (order.name, order.phone) if member is None else (member.name, member.phone)


def body(order: GroupOrder) -> dict[str, Any]:
    """An order as the journal holds it: it names nobody."""
    return {
        "order_id": order.order_id,
        "sheet_id": order.sheet_id,
        "n": order.n,
        "code": order.code,
        "member_id": order.member_id,
        "lines": lines_data(order.lines),
        "at": order.at,
        "actor": order.by,
        "way": order.way,
    }


def told(books: Books, order: GroupOrder) -> dict[str, Any]:
    """An order as JSON, with what of it was fetched; whose it is stands beside it."""
    picks = books.groups.picks(order.order_id)
    gone = picked(picks)
    lines = [row | {"picked_milli": gone.get(row["code"], 0)} for row in lines_data(order.lines)]
    kept = {key: value for key, value in body(order).items() if key != "member_id"}
    receipts = [pick.receipt for pick in picks if not pick.is_void]
    return kept | {"lines": lines, "receipts": receipts, "cancelled_at": order.cancelled_at}


def person_of(books: Books, wanted: Wanted) -> tuple[str, str]:
    """Whom an order of this would be of; raises what taking it would."""
    return person(*_who(books, wanted))


def _now_of(books: Books, order: GroupOrder) -> GroupOrder:
    """The order under the name its member goes by today."""
    return order if order.member_id is None else replace(order, member_id=current(books, order.member_id))


def _who(books: Books, wanted: Wanted) -> tuple[str | None, str, str]:
    """Member, phone and name; of a member only her id is kept."""
    if wanted.member_id is not None:
        if books.members.by_id(wanted.member_id) is None:
            raise UnknownMember
        return wanted.member_id, "", ""
    name = wanted.name.strip()
    if not is_one_line(name, most=NAME_MOST) or not (name or wanted.phone):
        raise NobodyOrders
    if not wanted.phone:
        return None, "", name
    phone = normal_phone(wanted.phone)
    member = books.members.by_phone(phone)
    return (None, phone, name) if member is None else (member.member_id, "", "")


def _line(books: Books, sheet: GroupSheet, code: str, milli: int, number: int) -> OrderLine:
    own = books.products.owners([code]).get(code)
    goods = None if own is None else sheet.goods_of(own)
    product = None if own is None else books.products.by_code(own)
    if product is None:
        raise UnknownCode(code[:40])
    if goods is None:
        raise NotOnSheet(sheet.sheet_id, code[:40])
    check_pieces(product, Quantity(milli), line=number)
    return OrderLine(product.code, product.name, Quantity(milli).milli, goods.price)


def _order(
    books: Books,
    wanted: Wanted,
    before: GroupOrder | None,
    who: tuple[str | None, str, str],
    lines: tuple[OrderLine, ...],
    *,
    n: int,
    by: str,
    now: datetime,
    ids: Ids,
) -> GroupOrder:
    member_id, phone, name = who
    at = now.isoformat()
    if before is not None:
        return replace(before, lines=lines, member_id=member_id, phone=phone, name=name, at=at, by=by, cancelled_at="")
    order_id = ids.new()
    code = _new_code(books, order_id)
    return GroupOrder(order_id, wanted.sheet_id, n, code, member_id, name, phone, lines, at, by, wanted.way)


def _new_code(books: Books, order_id: str) -> str:
    number = books.device.capture_key.till_number
    for n in range(1_000):
        code = pickup_code.make(number, order_id, n=n)
        if books.groups.by_code(code) is None and not books.products.owners([code]):
            return code
    raise RuntimeError("no code is free")
