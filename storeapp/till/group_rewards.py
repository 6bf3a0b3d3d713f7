"""The leader's share of a group order sheet: a stated percent of what was fetched and paid for, net of what came back.

Of what was fetched at other tills the cloud tells how much was paid and stayed.

A statement and no more, one level: nothing is booked, nobody has a share of a share, and none is for bringing people.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from storeapp.domain.commission import Rates, Sold, Statement, statements
from storeapp.domain.group_order import Pick
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.sale import Sale
from storeapp.till import group_sheets
from storeapp.till.group_sheets import Sheet
from storeapp.till.members import masked_of
from storeapp.till.names import current
from storeapp.till.ports import Books
from storeapp.till.staff_members import works_as


def reward_of(books: Books, found: Sheet) -> Statement | None:
    """What is due to the leader by now; None where nothing was promised, or the leader works here."""
    sheet = found.sheet
    if not _is_due(books, sheet):
        return None
    who, name = sheet.leader_id or "", group_sheets.leader_of(books, sheet)
    sold = [each for picks in found.picks.values() for pick in picks for each in _sold(books, who, pick)]
    told = statements(sold, Rates(every=sheet.reward), {who: name})
    return told[0] if told else Statement(who, name, 0, 0, ())


def of_lines(books: Books, lines: Iterable[tuple[Sold, Sale, int]]) -> tuple[Statement, ...]:
    """What these lines bring the leaders, a share for every sheet; each line with its sale and its number there."""
    led = {
        (pick.sale_id, line.line): sheet
        for sheet, picks in _picks_here(books)
        if _is_due(books, sheet)
        for pick in picks
        for line in pick.lines
    }
    sold, keys = [], dict[GroupSheet, str]()
    for each, sale, number in lines:
        sheet = led.get((sale.sale_id, number))
        if sheet is not None:
            # two tills may call a sheet alike
            key = keys.setdefault(sheet, str(len(keys)))
            sold.append(replace(each, who=_leader(books, sheet), category=key))
    sheets = {key: sheet for sheet, key in keys.items()}
    rates = Rates(categories={key: sheet.reward for key, sheet in sheets.items()})
    return tuple(_named(books, told, sheets) for told in statements(sold, rates, {}))


def _picks_here(books: Books) -> Iterator[tuple[GroupSheet, tuple[Pick, ...]]]:
    """What was fetched on the sheets of this till, and what of other tills' was fetched here."""
    for sheet in books.groups.sheets():
        for picks in books.groups.picks_of(sheet.sheet_id).values():
            yield sheet, picks
    for sheet, pick in books.groups.elsewhere.handed_out():
        yield sheet, (pick,)


def _is_due(books: Books, sheet: GroupSheet) -> bool:
    if not sheet.reward:
        return False
    return sheet.leader_id is None or not works_as(books, current(books, sheet.leader_id))


def _leader(books: Books, sheet: GroupSheet) -> str:
    """The member, or the name of a leader who is none; of another till's sheet, which names nobody, the sheet's."""
    return sheet.leader_name or sheet.name if sheet.leader_id is None else current(books, sheet.leader_id)


def _named(books: Books, told: Statement, sheets: dict[str, GroupSheet]) -> Statement:
    """The statement with the names of its sheets, and of its leader: masked, where that is a member."""
    shares = tuple(replace(share, category=sheets[share.category].name) for share in told.shares)
    is_member = sheets[told.shares[0].category].leader_id is not None
    if is_member:
        return replace(told, name=masked_of(books, told.who), shares=shares)
    return replace(told, who="", name=told.who, shares=shares)


def _sold(books: Books, who: str, pick: Pick) -> Iterator[Sold]:
    if pick.is_void:
        return
    if pick.left_fen is not None:
        yield Sold(who, pick.sale_id, "", pick.left_fen)
        return
    sale = books.sales.by_receipt(pick.receipt)
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
