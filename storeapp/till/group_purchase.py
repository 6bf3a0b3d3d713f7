"""The aggregate purchase list of a group order sheet, as things stand now."""

from __future__ import annotations

from storeapp.domain.group_order import picked
from storeapp.domain.group_purchase import PurchaseList, needs_of
from storeapp.till import group_sheets, stock
from storeapp.till.moments import day_of, local_moment
from storeapp.till.ports import Books, Clock


def purchase_list(books: Books, sheet_id: str, *, clock: Clock) -> PurchaseList:
    """What was ordered, what lies in the shop and what has to be bought; raises UnknownGroupSheet."""
    now = local_moment(books, clock.now())
    found = group_sheets.whole(books, sheet_id, now=now)
    gone = picked(pick for picks in found.picks.values() for pick in picks)
    codes = {line.code for order in found.standing for line in order.lines} | {each.code for each in found.sheet.goods}
    left = stock.milli_left(books, codes, on=day_of(now, books.policy.in_force()))
    needs = needs_of(found.sheet, found.orders, picked=gone, stock=left, product_of=books.products.by_code)
    return PurchaseList(found.sheet.sheet_id, found.sheet.name, found.stage, len(found.standing), needs)
