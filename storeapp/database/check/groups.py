"""Group orders: sheets, orders and pick-ups against the journal, every pick-up against its receipt, none too much."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding, against_journal
from storeapp.database.statements.groups import PICKS
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

TOLD = compiled(text("SELECT type, body FROM journal WHERE substr(type, 1, 5) = 'group' ORDER BY place"))
SHEETS = compiled(text("SELECT sheet_id, version, state, data, changed_at, actor FROM group_sheet ORDER BY id"))
ORDERS = compiled(
    text(
        "SELECT order_id, sheet_id, n, code, member_id, lines, at, actor, way, cancelled_at"
        " FROM group_order ORDER BY id"
    )
)
SOLD = compiled(
    text(
        "SELECT s.receipt, l.n, l.code, l.quantity_milli FROM sale s JOIN sale_line l ON l.sale = s.id"
        " WHERE s.sale_id = :sale_id"
    )
)
AGREED = compiled(
    text(
        "SELECT s.receipt FROM sale s JOIN journal j ON j.place = s.id WHERE EXISTS (SELECT 1 FROM group_sheet)"
        " AND instr(j.body, '\"group_price\"') > 0"
        " AND s.sale_id NOT IN (SELECT sale_id FROM group_pick)"
    )
)
LOST = compiled(
    text(
        "SELECT order_id, n FROM group_pick WHERE order_id NOT IN (SELECT order_id FROM group_order)"
        " AND order_id NOT IN (SELECT order_id FROM group_order_told)"
    )
)
OTHERS = compiled(
    text("SELECT DISTINCT order_id FROM group_pick WHERE order_id NOT IN (SELECT order_id FROM group_order)")
)
NO_SHEET = compiled(text("SELECT code FROM group_order WHERE sheet_id NOT IN (SELECT sheet_id FROM group_sheet)"))
_ORDER = ("order_id", "sheet_id", "n", "code", "member_id", "lines", "at", "actor", "way")


def check_groups(work: Work) -> Iterator[Finding]:
    """Sheets, orders and pick-ups said twice the same; what was handed out was sold, and never more than ordered."""
    sheets: dict[str, Any] = {}
    orders: dict[str, Any] = {}
    gone: dict[str, str] = {}
    picks: dict[tuple[str, int], Any] = {}
    for type_, told in work.each(TOLD):
        body = json.loads(told)
        if type_ == "group.changed":
            sheets[body["sheet_id"]] = body
        elif type_ == "group_order.taken":
            orders[body["order_id"]] = body
            gone.pop(body["order_id"], None)
        elif type_ == "group_order.cancelled":
            gone[body["order_id"]] = body["at"]
        elif type_ == "group_order.picked":
            picks[body["order_id"], body["n"]] = body
    yield from _sheets(work, sheets)
    yield from _orders(work, orders, gone, picks)
    for (order_id,) in list(work.each(OTHERS)):
        # what was ordered is another till's to know, and may be other goods by now
        yield from _handed_out(work, order_id, picks, {})
    for order_id, n in picks:
        yield Finding("group_pick", f"{order_id}#{n}", "in the journal, not among the pick-ups")
    for order_id, n in work.each(LOST):
        yield Finding("group_pick", f"{order_id}#{n}", "is of an order that is not there")
    for (code,) in work.each(NO_SHEET):
        yield Finding("group_order", code, "is on a sheet that is not there")
    for (receipt,) in work.each(AGREED):
        yield Finding("group_pick", receipt, "was sold at a group's price, and nobody fetched an order")


def _sheets(work: Work, told: dict[str, Any]) -> Iterator[Finding]:
    for sheet_id, version, state, data, changed_at, actor in work.each(SHEETS):
        said = told.pop(sheet_id, {})
        kept = {"version": version, "state": state, "data": json.loads(data), "at": changed_at, "actor": actor}
        yield from against_journal("group_sheet", sheet_id, kept.items(), said)
    for sheet_id in told:
        yield Finding("group_sheet", sheet_id, "in the journal, not among the sheets")


def _orders(
    work: Work, told: dict[str, Any], gone: dict[str, str], picks: dict[tuple[str, int], Any]
) -> Iterator[Finding]:
    for row in list(work.each(ORDERS)):
        order_id, cancelled_at = row[0], row[-1]
        said = told.pop(order_id, {})
        kept = dict(zip(_ORDER, row[:-1], strict=True)) | {"lines": json.loads(row[5])}
        yield from against_journal("group_order", row[3], kept.items(), said)
        if gone.get(order_id, "") != cancelled_at:
            yield Finding("group_order", row[3], f"cancelled at {cancelled_at!r}, the journal disagrees")
        yield from _picked(work, order_id, kept["lines"], picks)
    for order_id in told:
        yield Finding("group_order", order_id, "in the journal, not among the orders")


def _picked(work: Work, order_id: str, lines: list[Any], told: dict[tuple[str, int], Any]) -> Iterator[Finding]:
    fetched: dict[str, int] = {}
    yield from _handed_out(work, order_id, told, fetched)
    for line in lines:
        if fetched.pop(line["code"], 0) > line["milli"]:
            yield Finding("group_order", order_id, f"more of {line['code']} was fetched than ordered")
    for code in fetched:
        yield Finding("group_order", order_id, f"{code} was fetched and not ordered")


def _handed_out(
    work: Work, order_id: str, told: dict[tuple[str, int], Any], fetched: dict[str, int]
) -> Iterator[Finding]:
    """What this till handed out of an order, against the journal and the receipts; `fetched` gets the sums."""
    for _order_id, n, sale_id, receipt, at, text_, is_void in work.all(PICKS, order_id=order_id):
        what, said, rows = f"{order_id}#{n}", told.pop((order_id, n), {}), json.loads(text_)
        if (said.get("sale_id"), said.get("receipt"), said.get("lines")) != (sale_id, receipt, rows):
            yield Finding("group_pick", what, f"of {at} is not what the journal says")
        sold = {
            (line, code): milli for number, line, code, milli in work.all(SOLD, sale_id=sale_id) if number == receipt
        }
        for line, code, milli in rows:
            if sold.get((line, code)) != milli:
                yield Finding("group_pick", what, f"line {line} of {receipt} is not {milli} of {code}")
            if not is_void:
                fetched[code] = fetched.get(code, 0) + milli
