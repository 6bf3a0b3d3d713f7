"""The leader's share of a group order sheet: a stated percent of what was fetched and paid for, net of what came back.

A statement and no more, one level: nothing is booked, nobody has a share of a share, and none is for bringing people.
"""

from __future__ import annotations

from collections.abc import Iterator

from storeapp.domain.commission import Rates, Sold, Statement, statements
from storeapp.domain.group_order import Pick
from storeapp.till import group_sheets
from storeapp.till.group_sheets import Sheet
from storeapp.till.merging import current
from storeapp.till.ports import Books
from storeapp.till.staff_members import works_as


def reward_of(books: Books, found: Sheet) -> Statement | None:
    """What is due to the leader by now; None where nothing was promised, or the leader works here."""
    sheet = found.sheet
    if not sheet.reward or (sheet.leader_id is not None and works_as(books, current(books, sheet.leader_id) or "")):
        return None
    who, name = sheet.leader_id or "", group_sheets.leader_of(books, sheet)
    sold = [each for picks in found.picks.values() for pick in picks for each in _sold(books, who, pick)]
    told = statements(sold, Rates(every=sheet.reward), {who: name})
    return told[0] if told else Statement(who, name, 0, 0, ())


def _sold(books: Books, who: str, pick: Pick) -> Iterator[Sold]:
    sale = None if pick.is_void else books.sales.by_receipt(pick.receipt)
    if sale is None:
        return
    numbers = {line.line for line in pick.lines}
    for line in sale.lines:
        if line.number in numbers:
            yield Sold(who, sale.sale_id, "", line.net.fen)
    for refund in books.refunds.of_sale(sale.sale_id):
        for back in refund.lines:
            if back.line in numbers:
                yield Sold(who, refund.refund_id, "", -back.amount.fen)
