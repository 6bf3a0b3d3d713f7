"""Bodies of group orders: what the tills say of their sheets, of orders on them, and of what was fetched."""

from typing import Annotated, Any, Literal

from pydantic import Field

from storeapp.cloud.projector.bodies import Body, MomentText, Number, Text, Word
from storeapp.wire.messages import Uuid

SheetId = Annotated[str, Field(min_length=1, max_length=40, pattern=r"^[^\x00]*$")]


class GroupChanged(Body):
    """A group order sheet as it stands at its till."""

    sheet_id: SheetId
    version: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    state: Literal["draft", "open", "closed", "bought", "arrived", "over"]
    data: dict[str, Any]
    at: MomentText
    actor: Word = ""


class OrderLineBody(Body):
    code: Word
    name: Text
    milli: Number
    price_fen: Number


class OrderTaken(Body):
    """What somebody ordered on a sheet; it names nobody."""

    order_id: Uuid
    sheet_id: SheetId
    n: Annotated[int, Field(strict=True, ge=1, le=2**31 - 1)]
    code: Annotated[str, Field(min_length=1, max_length=20, pattern=r"^[^\x00]*$")]
    member_id: Uuid | None = None
    lines: Annotated[list[OrderLineBody], Field(min_length=1, max_length=100)]
    at: MomentText
    actor: Word = ""
    way: Literal["counter", "list"]


class OrderCancelled(Body):
    order_id: Uuid
    at: MomentText


class OrderPicked(Body):
    """What a sale fetched of an order: numbers of its lines, with product and thousandths."""

    order_id: Uuid
    sale_id: Uuid
    receipt: Word
    lines: list[tuple[Number, Word, Number]]
