"""Group orders elsewhere: what the cloud tells of other tills' sheets and orders, and of what was fetched there.

What this till holds itself it knows better; what it has lost with its file it hears again like anybody else's.
"""

from __future__ import annotations

from storeapp.domain.group_order import Pick, ToldOrder
from storeapp.domain.group_sheet import GroupSheet
from storeapp.till.ports import Books


def hear_sheet(books: Books, device_id: str, sheet: GroupSheet) -> None:
    """A sheet of the till `device_id`, as it stands."""
    if device_id == books.device.device_id and books.groups.sheet(sheet.sheet_id) is not None:
        return
    books.groups.elsewhere.put_sheet(device_id, sheet)


def hear_order(books: Books, told: ToldOrder) -> None:
    """An order as it stands."""
    if books.groups.order(told.order.order_id) is None:
        books.groups.elsewhere.put_order(told)


def hear_pick(books: Books, pick: Pick) -> None:
    """What a sale at another till fetched, as much of it as is left by now."""
    here = (each.sale_id for each in books.groups.picks(pick.order_id) if each.left_fen is None)
    if pick.sale_id not in here:
        books.groups.elsewhere.put_pick(pick)
