"""Group orders in the feed: the sheets and orders of the store's other tills, and what was fetched there."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import Field

from storeapp.domain import group_sheet
from storeapp.domain.group_order import GroupOrder, OrderLine, Pick, PickLine, ToldOrder
from storeapp.domain.group_sheet import BadGroupSheet, GroupSheet
from storeapp.domain.money import Money
from storeapp.domain.quantity import LARGEST_MILLI
from storeapp.sync.bodies import Body, Fen, Id, Moment, Whole, read
from storeapp.till import groups_elsewhere
from storeapp.till.ports import Books
from storeapp.wire.messages import FeedRow

SheetId = Annotated[str, Field(min_length=1, max_length=40)]
Number = Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]


class SheetBody(Body):
    sheet_id: SheetId
    version: Number
    state: Literal["draft", "open", "closed", "bought", "arrived", "over"]
    data: dict[str, Any]
    at: Moment
    actor: str = ""
    device_id: Id

    def sheet(self) -> GroupSheet:
        """Raises BadGroupSheet."""
        return group_sheet.kept(
            self.data,
            leader_name="",
            state=self.state,
            version=self.version,
            changed_at=self.at,
            by=self.actor,
            local=_aware,
        )


class OrderLineBody(Body):
    code: Id
    name: str
    milli: Annotated[int, Field(strict=True, ge=1, le=LARGEST_MILLI)]
    price_fen: Fen


class OrderBody(Body):
    order_id: Id
    sheet_id: SheetId
    n: Number
    code: Id
    member_id: Id | None = None
    lines: Annotated[list[OrderLineBody], Field(min_length=1, max_length=100)]
    at: Moment
    actor: str = ""
    way: Literal["counter", "list"]
    cancelled_at: str = ""
    device_id: Id

    def told(self) -> ToldOrder:
        lines = tuple(OrderLine(each.code, each.name, each.milli, Money(each.price_fen)) for each in self.lines)
        who = (self.member_id, "", "")
        order = GroupOrder(
            self.order_id, self.sheet_id, self.n, self.code, *who, lines, self.at, self.actor, self.way,
            self.cancelled_at,
        )  # fmt: skip
        return ToldOrder(order, self.device_id)


class PickBody(Body):
    order_id: Id
    sale_id: Id
    receipt: Id
    at: Moment
    lines: list[tuple[Whole, Id, Whole]]
    is_void: bool
    left_fen: Fen

    def pick(self) -> Pick:
        lines = tuple(PickLine(*line) for line in self.lines)
        return Pick(self.order_id, 0, self.sale_id, self.receipt, self.at, lines, self.is_void, self.left_fen)


def hear(books: Books, row: FeedRow) -> None:
    """One of their rows; raises CloudSpeaksGarbage, or BadGroupSheet for a sheet this version cannot read."""
    match row.t:
        case "group.sheet":
            said = read(row, SheetBody)
            groups_elsewhere.hear_sheet(books, said.device_id, said.sheet())
        case "group.order":
            groups_elsewhere.hear_order(books, read(row, OrderBody).told())
        case "group.pick":
            groups_elsewhere.hear_pick(books, read(row, PickBody).pick())


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise BadGroupSheet("deadline", "a moment with its offset")
    return moment
