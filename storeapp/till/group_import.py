"""A leader's list taken in: the group's own words (接龙) or a table; one order a person, and every misread line told.

The list says how things stand: the same person with the same goods again changes nothing, with other goods it is the
same order with other lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from storeapp.domain.group_list import Entry, Misread, Pasted, Unclear, is_list, named_at, read_list
from storeapp.domain.group_order import GroupOrder, OverPersonLimit, OverSheetLimit, PickedUpBefore
from storeapp.domain.group_sheet import GroupSheet
from storeapp.domain.member import BadPhone
from storeapp.domain.own_member import OwnMember
from storeapp.domain.staff import checked_code
from storeapp.errors import Refused
from storeapp.till import group_orders, group_sheets, sheet_cells
from storeapp.till.group_orders import Wanted
from storeapp.till.moments import local_moment
from storeapp.till.ports import Books, Clock, Ids, Shop
from storeapp.till.sheet_files import rows_of, text_of
from storeapp.till.sheets import BadCell, BadRows, Header, Row, table_of

ALIASES = {
    "name": ("姓名", "昵称", "群昵称", "称呼", "收货人", "顾客", "客户", "会员", "customer", "who"),
    "phone": ("手机", "手机号", "手机号码", "电话", "联系电话", "mobile", "tel"),
    "goods": ("商品", "商品名称", "品名", "货品", "编码", "条码", "商品编码", "product", "code", "item"),
    "quantity": ("数量", "份数", "件数", "qty", "count"),
}
_LINE_FAULTS = (OverPersonLimit, OverSheetLimit, PickedUpBefore, BadPhone, OwnMember)


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a list: the orders that are new, changed or the same, and the lines that are none."""

    new: tuple[GroupOrder, ...] = ()
    changed: tuple[GroupOrder, ...] = ()
    same: tuple[GroupOrder, ...] = ()
    misread: tuple[Misread, ...] = ()


class _Undone(Exception):
    """Leaves nothing behind, and brings what would have been."""

    def __init__(self, taken: Taken) -> None:
        super().__init__()
        self.taken = taken


def take_list(
    shop: Shop,
    sheet_id: str,
    data: bytes,
    *,
    by: str,
    clock: Clock,
    ids: Ids,
    dry_run: bool = False,
    skip_bad: bool = False,
) -> Taken:
    """Takes the list in, all of it or nothing; with `skip_bad` what was understood. What was not is told, not raised.

    Raises UnknownGroupSheet, GroupNotSo, NotATable, ColumnsMissing or ColumnTwice.
    """
    checked_code(by)
    try:
        with shop.writing() as books:
            now = local_moment(books, clock.now())
            taken = _taken(books, group_sheets.known(books, sheet_id), data, by=by, now=now, ids=ids)
            if dry_run or (taken.misread and not skip_bad):
                raise _Undone(taken)
            return taken
    except _Undone as undone:
        return undone.taken


def refuse_misread(taken: Taken) -> None:
    """Raises BadRows where something was not understood."""
    if taken.misread:
        raise BadRows(len({each.row for each in taken.misread}))


def read(data: bytes, goods: dict[str, str]) -> Pasted:
    """The entries of a pasted list or of a table; raises NotATable, ColumnsMissing or ColumnTwice."""
    if not data.startswith(b"PK"):
        text = text_of(data)
        if is_list(text):
            return read_list(text, goods)
    return _table(rows_of(data), goods)


def _taken(books: Books, sheet: GroupSheet, data: bytes, *, by: str, now: datetime, ids: Ids) -> Taken:
    group_orders.check_takes_orders(books, sheet, "list", now=now)
    pasted = read(data, group_sheets.names_of(books, sheet))
    misread = list(pasted.misread)
    found: dict[str, list[GroupOrder]] = {"new": [], "changed": [], "same": []}
    rows: dict[tuple[str, str], int] = {}
    before = {order.who: order for order in books.groups.orders(sheet.sheet_id) if order.way == "list"}
    for entry in pasted.entries:
        wanted = Wanted(sheet.sheet_id, entry.wants, phone=entry.phone, name=entry.name, way="list")
        try:
            who = group_orders.person_of(books, wanted)
            held = before.get(who)
            if rows.setdefault(who, entry.row) != entry.row:
                misread.append(Misread(entry.row, entry.name, "twice"))
            elif held is not None and not held.cancelled_at and _wants(held) == dict(entry.wants):
                found["same"].append(held)
            else:
                known = replace(wanted, order_id=None if held is None else held.order_id)
                made = group_orders.taken(books, known, by=by, now=now, ids=ids)
                found["new" if held is None else "changed"].append(made)
        except _LINE_FAULTS as error:
            misread.append(Misread(entry.row, _about(error, entry), error.word))
    misread.sort(key=lambda each: each.row)
    return Taken(tuple(found["new"]), tuple(found["changed"]), tuple(found["same"]), tuple(misread))


def _about(error: Refused, entry: Entry) -> str:
    return error.product if isinstance(error, OverPersonLimit | OverSheetLimit) else entry.name


def _wants(order: GroupOrder) -> dict[str, int]:
    return {line.code: line.milli for line in order.lines}


def _table(rows: Iterable[Row], goods: dict[str, str]) -> Pasted:
    """Several rows of one person are one order."""
    header, below = table_of(
        rows, ALIASES, required=("goods", "quantity"), one_of=("name", "phone"), leftmost=("name", "goods")
    )
    read = list(_entries(header, below, goods))
    people: dict[tuple[str, str], Entry] = {}
    for entry in (each for each in read if isinstance(each, Entry)):
        held = people.get((entry.name, entry.phone))
        sums = dict(() if held is None else held.wants)
        for code, milli in entry.wants:
            sums[code] = sums.get(code, 0) + milli
        people[entry.name, entry.phone] = replace(held or entry, wants=tuple(sums.items()))
    return Pasted(tuple(people.values()), tuple(each for each in read if isinstance(each, Misread)))


def _entries(header: Header, rows: Iterable[Row], goods: dict[str, str]) -> Iterator[Entry | Misread]:
    for row in rows:
        name, phone = header.text(row, "name"), header.text(row, "phone")
        said = header.text(row, "goods")
        try:
            if not name and not phone:
                raise Unclear(said, "no_name")
            if not said:
                raise Unclear(name or phone, "no_goods")
            code, end = named_at(said, 0, goods)
            if said[end:].strip() and said not in goods.values():
                raise Unclear(said, "unknown_goods")
            milli = sheet_cells.milli(header.text(row, "quantity"))
            if milli <= 0:
                raise Unclear(header.text(row, "quantity"), "no_count")
            yield Entry(row.number, name, phone, ((code, milli),))
        except BadCell:
            yield Misread(row.number, header.text(row, "quantity")[:40], "no_count")
        except Unclear as error:
            yield Misread(row.number, error.text[:40], error.reason)
