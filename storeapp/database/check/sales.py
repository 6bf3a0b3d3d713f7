"""Sales: rows against their journal bodies, lines against totals, numbers without doubles or holes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.sales import NUMBERS_SKIPPED
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work
from storeapp.domain.ledger import LENT, SPENT, bonus_account, owed_account, points_account, principal_account

ROWS = compiled(
    text(
        "SELECT s.receipt, s.sale_id, s.token, s.business_date, s.number_in_day, s.token_seq, s.cashier, s.member_id,"
        " s.request_id, s.total_fen, s.due_fen, j.type, j.body,"
        " (SELECT count(*) FROM sale_line l WHERE l.sale = s.id),"
        " (SELECT total(l.quantity_milli) FROM sale_line l WHERE l.sale = s.id),"
        " (SELECT total(l.gross_fen - l.discount_fen) FROM sale_line l WHERE l.sale = s.id),"
        " (SELECT total(t.fen) FROM tender t WHERE t.sale = s.id),"
        " (SELECT count(*) FROM ledger_txn x WHERE x.txn_id = s.sale_id)"
        " FROM sale s LEFT JOIN journal j ON j.place = s.id ORDER BY s.id"
    )
)
SAME = (
    "receipt",
    "sale_id",
    "token",
    "business_date",
    "number_in_day",
    "token_seq",
    "cashier",
    "member_id",
    "request_id",
)
OF_MEMBER = {
    "points": points_account(""),
    "principal_fen": principal_account(""),
    "bonus_fen": bonus_account(""),
    "owed_fen": owed_account(""),
}
OTHER_SIDES = {"stored_value": SPENT, "on_account": LENT}
# by its own id, because a journal that was carried over into a new epoch stands there twice
UNBOOKED = compiled(
    text(
        "SELECT j.place FROM journal j WHERE j.type = 'sale'"
        " AND j.event_id NOT IN (SELECT k.event_id FROM sale s JOIN journal k ON k.place = s.id)"
    )
)
DAYS = compiled(
    text(
        "SELECT d.business_date, d.last_number, d.sales, d.total_fen,"
        " max(coalesce(s.last, 0), coalesce(r.last, 0), coalesce(v.last, 0), coalesce(c.last, 0)),"
        " coalesce(s.sales, 0)"
        " + coalesce(p.sales, 0), coalesce(s.fen, 0) + coalesce(p.fen, 0) FROM day d"
        " LEFT JOIN (SELECT business_date, max(number_in_day) last, count(*) sales, sum(total_fen) fen"
        " FROM sale GROUP BY business_date) s USING (business_date)"
        " LEFT JOIN (SELECT business_date, count(*) sales, sum(total_fen) fen"
        " FROM past_sale GROUP BY business_date) p USING (business_date)"
        " LEFT JOIN (SELECT business_date, max(number_in_day) last FROM refund GROUP BY business_date) r"
        " USING (business_date)"
        " LEFT JOIN (SELECT business_date, max(number_in_day) last FROM value_doc GROUP BY business_date) v"
        " USING (business_date)"
        " LEFT JOIN (SELECT business_date, max(number_in_day) last FROM card_doc GROUP BY business_date) c"
        " USING (business_date)"
    )
)
PAST = compiled(
    text(
        "SELECT p.receipt, p.total_fen, coalesce(sum(l.net_fen), 0) FROM past_sale p"
        " LEFT JOIN past_line l ON l.sale = p.id GROUP BY p.id HAVING p.total_fen <> coalesce(sum(l.net_fen), 0)"
    )
)
UNCOUNTED = compiled(text("SELECT business_date FROM sale EXCEPT SELECT business_date FROM day"))
NUMBERS = compiled(
    text(
        "SELECT business_date, number_in_day FROM sale UNION ALL SELECT business_date, number_in_day FROM refund"
        " UNION ALL SELECT business_date, number_in_day FROM value_doc"
        " UNION ALL SELECT business_date, number_in_day FROM card_doc"
        " ORDER BY business_date, number_in_day"
    )
)  # fmt: skip
FLOOR = compiled(text("SELECT number_in_day, until_date FROM number_floor"))
ORPHAN_JOBS = compiled(
    text(
        "SELECT job_id, receipt FROM print_job WHERE receipt <> '' AND kind NOT IN ('x', 'z')"
        " AND receipt NOT IN (SELECT receipt FROM sale)"
        " AND receipt NOT IN (SELECT receipt FROM past_sale) AND receipt NOT IN (SELECT receipt FROM refund)"
        " AND receipt NOT IN (SELECT number FROM value_doc) AND receipt NOT IN (SELECT number FROM card_doc)"
        " AND receipt NOT IN (SELECT order_id FROM group_order)"
        " AND receipt NOT IN (SELECT txn_id FROM ledger_txn"
        " WHERE kind IN ('settlement', 'gift', 'gift.reversed', 'transfer'))"
    )
)


def check_sales(work: Work) -> Iterator[Finding]:
    """Every sale against the journal, its lines, its tenders, its day and its number."""
    for row in work.each(ROWS):
        yield from _one(row)
    for (place,) in work.each(UNBOOKED):
        yield Finding("sale_unbooked", str(place), "in the journal, not among the sales")
    for date, last, count, fen, found_last, found_count, found_fen in work.each(DAYS):
        if (last, count, fen) != (found_last, found_count, found_fen):
            kept, found = f"{count} sales, {fen} fen, last {last}", f"{found_count}, {found_fen}, {found_last}"
            yield Finding("day", date, f"kept {kept}; found {found}")
    for (date,) in work.each(UNCOUNTED):
        yield Finding("day", date, "has sales but no totals")
    for receipt, total_fen, lines_fen in work.each(PAST):
        yield Finding("past_lines", receipt, f"lines come to {lines_fen}, total is {total_fen}")
    yield from _numbers(work)
    for job_id, receipt in work.each(ORPHAN_JOBS):
        yield Finding("print_job", job_id, f"is for {receipt}, which nobody sold")


def _one(row: tuple[Any, ...]) -> Iterator[Finding]:
    receipt, *_, kind, body, _, _, _, _, _ = row
    if kind != "sale":
        yield Finding("sale_unjournaled", receipt, "its journal entry is missing")
        return
    try:
        yield from _against(json.loads(body), row)
    except (ValueError, KeyError, TypeError) as error:
        yield Finding("sale_body", receipt, f"the journal's body cannot be read: {error!r}")


def _against(told: dict[str, Any], row: tuple[Any, ...]) -> Iterator[Finding]:
    """A sale's row against the body in the journal, and that body against itself."""
    receipt, *same, total, due, _, _, lines, lines_milli, lines_fen, tenders_fen, txns = row
    for name, value in zip(SAME, (receipt, *same), strict=True):
        if told[name] != value:
            yield Finding("sale_row", receipt, f"{name} is {value!r}, the journal says {told[name]!r}")
    if (total, due) != (told["total_fen"], told["due_fen"]):
        yield Finding("sale_row", receipt, f"total {total} due {due}, the journal says otherwise")
    if lines != len(told["lines"]) or int(lines_fen) != total:
        yield Finding("sale_lines", receipt, f"{lines} lines come to {int(lines_fen)}, total is {total}")
    if int(lines_milli) != sum(line["qty_milli"] for line in told["lines"]):
        yield Finding("sale_lines", receipt, f"{int(lines_milli)} thousandths sold, the journal says otherwise")
    if int(tenders_fen) - told["change_fen"] != due:
        yield Finding("sale_tenders", receipt, f"{int(tenders_fen)} less change {told['change_fen']}, due {due}")
    if told["due_fen"] != told["total_fen"] + told["rounding_fen"]:
        yield Finding("sale_rounding", receipt, f"due {told['due_fen']} is not total and rounding")
    if sum(line["net_fen"] for line in told["lines"]) != told["total_fen"]:
        yield Finding("sale_body", receipt, "the journal's lines do not come to its total")
    if txns != 1:
        yield Finding("sale_unposted", receipt, "not in the ledger")
    yield from _account(told, receipt)


def _account(told: dict[str, Any], receipt: str) -> Iterator[Finding]:
    """What a sale says of its member's account against the legs it was posted with, and against what paid for it."""
    account = told.get("account")
    if account is None:
        return
    moved: dict[str, int] = {}
    for leg in told["ledger"]["legs"]:
        moved[leg["account"]] = moved.get(leg["account"], 0) + leg["amount"]
    for name, prefix in OF_MEMBER.items():
        change = account["after"][name] - account["before"][name]
        if change != moved.get(f"{prefix}{told['member_id']}", 0):
            yield Finding("sale_account", receipt, f"{name} changed by {change}, its legs say otherwise")
    for kind, other in OTHER_SIDES.items():
        paid = sum(tender["fen"] for tender in told["tenders"] if tender["kind"] == kind)
        if paid != abs(moved.get(other, 0)):
            yield Finding("sale_account", receipt, f"{paid} paid by {kind}, its legs say otherwise")


def _numbers(work: Work) -> Iterator[Finding]:
    """Each day's numbers go up by one from 1; only a restored file may leave a wide hole."""
    floor = work.one(FLOOR)
    day, last = "", 0
    for date, number in work.each(NUMBERS):
        if date != day:
            day, last = date, 0
        jumped = floor is not None and date <= floor[1] and number > NUMBERS_SKIPPED and number > last
        if number != last + 1 and not jumped:
            yield Finding("number", f"{date}/{number}", f"follows {last}")
        last = number
