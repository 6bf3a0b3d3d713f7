"""Refunding from a script: one return as plain data in, one result as plain data out.

The formats are public (docs: `storeapp refund`). The same id with the same content answers the first refund again.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from storeapp.domain import card_use
from storeapp.domain.money import Money
from storeapp.domain.quantity import as_decimal, quantity
from storeapp.domain.refund import Asked, NothingToRefund
from storeapp.domain.staff import SCRIPT
from storeapp.till import approvals
from storeapp.till.checkout import Order
from storeapp.till.clock import SystemPace
from storeapp.till.exchanges import Exchanged, check_paid, exchange, preview_exchange
from storeapp.till.loose_refunds import LooseOrder, Named, refund_loose
from storeapp.till.moments import local_moment
from storeapp.till.paying import Providers
from storeapp.till.ports import Clock, Ids, Pace, Shop
from storeapp.till.receipts import sale_behind
from storeapp.till.records import Attempt
from storeapp.till.refunds import Refunded, RefundOrder, Wallets, answered, refund
from storeapp.till.requests import BadRequest, an_object, fen, fingerprint, known, moment, rows_of, text
from storeapp.till.script import order_of, sale_lines
from storeapp.till.script_pay import Till, paid_by_code, sale_id_for, without_codes
from storeapp.till.staff import checked_cashier

KEYS = frozenset(
    {"id", "receipt", "lines", "reason", "restock", "approver", "cashier", "at", "kind", "in_cash"}
    | {"take", "tenders", "points", "coupons", "round"}
)
LOOSE_KEYS = frozenset({"id", "receipt", "goods", "reason", "restock", "approver", "cashier", "at"})
GOODS_KEYS = frozenset({"code", "qty", "paid_fen", "restock"})
LINE_KEYS = frozenset({"line", "qty", "restock"})
TAKE_KEYS = ("tenders", "points", "coupons", "round", "cashier", "approver")


def refund_one(
    shop: Shop,
    request: Mapping[str, Any],
    *,
    clock: Clock,
    ids: Ids,
    prints: bool = True,
    providers: Providers | None = None,
    pace: Pace | None = None,
) -> dict[str, Any]:
    """Takes one return, or exchanges it, and answers its result line; raises Refused, and then nothing changed.

    A tender with a `code` is taken through its provider first, and takes as long as the customer does.
    """
    till = Till(shop, providers or {}, clock, ids, pace or SystemPace())
    with shop.reading() as books:
        checked_cashier(books, text(request.get("cashier"), "cashier", SCRIPT))
    if "goods" in request:
        return _told(request, refund_loose(shop, _loose(request, prints=prints), clock=clock, ids=ids))
    order = _order(request, prints=prints)
    _check_moment(shop, order)
    if "take" in request:
        return _exchanged(request, _exchange(till, order, request))
    named = next((key for key in ("tenders", "points", "coupons", "round") if key in request), None)
    if named is not None:
        raise BadRequest(named, "only beside take")
    wallets = Wallets(till.providers, till.pace)
    return _told(request, refund(shop, order, clock=clock, ids=ids, wallets=wallets))


def _exchange(till: Till, back: RefundOrder, request: Mapping[str, Any]) -> Exchanged:
    take = {key: request[key] for key in TAKE_KEYS if key in request}
    rows = rows_of(request, "tenders")
    codes = [text(an_object(row, "tenders").get("code"), f"tenders[{n}].code", "") for n, row in enumerate(rows, 1)]
    with till.shop.reading() as books:
        order = order_of(books, {"lines": rows_of(request, "take"), "tenders": [], **take}, prints=False)
        approvals.check_may(books, back.cashier, "sell")
        order = replace(order, sale_id=sale_id_for(books, back.request_id, till.ids))

    codes += [""] * (len(order.tenders) - len(codes))

    wallets = Wallets(till.providers, till.pace)

    def deed(order: Order) -> Exchanged:
        return exchange(till.shop, back, order, clock=till.clock, ids=till.ids, wallets=wallets)

    if not any(codes):
        return deed(order)
    with till.shop.reading() as books:
        known = answered(books, back) is not None
    if known:
        return deed(order)
    seen = preview_exchange(till.shop, back, order, clock=till.clock, ids=till.ids, wallets=wallets)
    check_paid(seen, order)
    return paid_by_code(till, order, codes, deed)


def _order(request: Mapping[str, Any], *, prints: bool) -> RefundOrder:
    known(request, KEYS, "")
    restock = _flag(request.get("restock"), "restock", missing=True)
    rows = rows_of(request, "lines")
    if not rows and request.get("lines") is not None:
        # whoever names no line of them does not mean all of them
        raise NothingToRefund
    kind = text(request.get("kind"), "kind", "refund")
    if kind not in ("refund", "void") or (kind == "void" and "take" in request):
        raise BadRequest("kind", "refund or void, and refund beside take")
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
        request_hash=fingerprint(without_codes(request)),
        approver=text(request.get("approver"), "approver", ""),
        prints=prints,
    )


def _check_moment(shop: Shop, order: RefundOrder) -> None:
    """Raises BadRequest where a script has goods come back before they were sold; at the counter a clock may do so."""
    if order.at is None:
        return
    with shop.reading() as books:
        sale = sale_behind(books, order.receipt)
        if local_moment(books, order.at) < datetime.fromisoformat(sale.at):
            raise BadRequest("at", "no moment before the sale")


def _loose(request: Mapping[str, Any], *, prints: bool) -> LooseOrder:
    known(request, LOOSE_KEYS, "")
    restock = _flag(request.get("restock"), "restock", missing=True)
    request_id = request.get("id")
    return LooseOrder(
        goods=tuple(_named(row, n, restock=restock) for n, row in enumerate(rows_of(request, "goods"), start=1)),
        cashier=text(request.get("cashier"), "cashier", SCRIPT),
        reason=text(request.get("reason"), "reason"),
        receipt=text(request.get("receipt"), "receipt", ""),
        at=moment(request.get("at")),
        request_id=None if request_id is None else text(request_id, "id"),
        request_hash=fingerprint(request),
        approver=text(request.get("approver"), "approver", ""),
        prints=prints,
    )


def _named(row: Any, number: int, *, restock: bool) -> Named:
    where = f"goods[{number}]"
    known(an_object(row, where), GOODS_KEYS, f"{where}.")
    asked, paid = row.get("qty"), row.get("paid_fen")
    return Named(
        text(row.get("code"), f"{where}.code"),
        None if asked is None else quantity(text(asked, f"{where}.qty")),
        None if paid is None else Money(fen(paid, f"{where}.paid_fen")),
        _flag(row.get("restock"), f"{where}.restock", missing=restock),
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


def _exchanged(request: Mapping[str, Any], done: Exchanged) -> dict[str, Any]:
    sale = done.sale
    return {
        **_told(request, Refunded(done.refund, done.was_repeated, sent=done.sent, paid_out=done.paid_out)),
        "net_fen": done.net.fen,
        "exchange": {
            "receipt": sale.receipt,
            "value_fen": sum(tender.amount.fen for tender in sale.tenders if tender.kind == "exchange"),
            "total_fen": sale.total.fen,
            "due_fen": sale.due.fen,
            "change_fen": sale.change.fen,
            "points_earned": sale.points_earned,
            "points_balance": sale.points_balance,
            "lines": sale_lines(sale),
            "token": sale.token,
            "url": done.url,
        },
    }


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
        "sent": [_sent(one) for one in done.sent],
        "points_taken": made.points,
        "points_balance": made.points_balance,
        "coupons": list(made.coupons),
        **({"cards": card_use.back_data(made.cards)} if made.cards else {}),
        **({"paid_out": {"receipt": out.number, "money_fen": out.money_fen}} if (out := done.paid_out) else {}),
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


def _sent(one: Attempt) -> dict[str, Any]:
    """What a wallet's company was asked to give back, and how that stands."""
    return {
        "kind": one.tender,
        "fen": one.fen,
        "trade_number": one.trade_number,
        "state": one.state,
        "reason": one.reason,
    }
