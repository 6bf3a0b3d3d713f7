"""Refunding from a script: one return as plain data in, one result as plain data out.

The formats are public (docs: `storeapp refund`). The same id with the same content answers the first refund again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from storeapp.domain.quantity import as_decimal, quantity
from storeapp.domain.refund import Asked
from storeapp.domain.staff import SCRIPT
from storeapp.till.ports import Clock, Ids, Shop
from storeapp.till.refunds import Refunded, RefundOrder, refund
from storeapp.till.requests import BadRequest, an_object, fen, fingerprint, known, moment, rows_of, text

KEYS = frozenset({"id", "receipt", "lines", "reason", "restock", "approver", "cashier", "at", "kind", "in_cash"})
LINE_KEYS = frozenset({"line", "qty", "restock"})


def refund_one(
    shop: Shop, request: Mapping[str, Any], *, clock: Clock, ids: Ids, prints: bool = True
) -> dict[str, Any]:
    """Takes one return and answers its result line; raises Refused, and then nothing changed."""
    return _told(request, refund(shop, _order(request, prints=prints), clock=clock, ids=ids))


def _order(request: Mapping[str, Any], *, prints: bool) -> RefundOrder:
    known(request, KEYS, "")
    restock = _flag(request.get("restock"), "restock", missing=True)
    rows = rows_of(request, "lines")
    kind = text(request.get("kind"), "kind", "refund")
    if kind not in ("refund", "void"):
        raise BadRequest("kind", "refund or void")
    request_id = request.get("id")
    return RefundOrder(
        receipt=text(request.get("receipt"), "receipt"),
        cashier=text(request.get("cashier"), "cashier", SCRIPT),
        reason=text(request.get("reason"), "reason"),
        lines=tuple(_asked(row, n, restock=restock) for n, row in enumerate(rows, start=1)),
        kind="void" if kind == "void" else "refund",
        restock=restock,
        in_cash=_flag(request.get("in_cash"), "in_cash", missing=False),
        at=moment(request.get("at")),
        request_id=None if request_id is None else text(request_id, "id"),
        request_hash=fingerprint(request),
        approver=text(request.get("approver"), "approver", ""),
        prints=prints,
    )


def _asked(row: Any, number: int, *, restock: bool) -> Asked:
    where = f"lines[{number}]"
    known(an_object(row, where), LINE_KEYS, f"{where}.")
    line = fen(row.get("line"), f"{where}.line")
    amount = quantity(text(row.get("qty"), f"{where}.qty"))
    return Asked(line, amount.milli, _flag(row.get("restock"), f"{where}.restock", missing=restock))


def _flag(value: Any, where: str, *, missing: bool) -> bool:
    if value is None:
        return missing
    if not isinstance(value, bool):
        raise BadRequest(where, "true or false")
    return value


def _told(request: Mapping[str, Any], done: Refunded) -> dict[str, Any]:
    made = done.refund
    return {
        "id": request.get("id"),
        "receipt": made.receipt,
        "sale": made.sale_receipt,
        "kind": made.kind,
        "total_fen": made.total.fen,
        "back_fen": made.back.fen,
        "tenders": [{"kind": tender.kind, "fen": tender.amount.fen} for tender in made.tenders],
        "points_taken": made.points,
        "points_balance": made.points_balance,
        "coupons": list(made.coupons),
        "lines": [
            {
                "line": line.line,
                "code": line.code,
                "name": line.name,
                "qty": as_decimal(line.quantity_milli),
                "back_fen": line.amount.fen,
                "restock": line.restock,
            }
            for line in made.lines
        ],
        "repeated": done.was_repeated,
    }
