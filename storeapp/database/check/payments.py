"""Payments: a sale's tender against the payment that proves it, and a used payment against its sale."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

UNPROVEN = compiled(
    text(
        "SELECT s.receipt, t.kind, t.fen, coalesce((SELECT sum(a.fen) FROM attempt a WHERE a.sale_id = s.sale_id"
        " AND a.used_by = s.sale_id AND a.kind = 'take' AND a.tender = t.kind AND a.state IN ('paid', 'refunded')), 0)"
        " FROM (SELECT sale, kind, sum(fen) fen FROM tender WHERE kind IN ('wechat', 'alipay', 'unionpay')"
        " GROUP BY sale, kind) t JOIN sale s ON s.id = t.sale"
    )
)
# `topup:` member `:` document: whom it was taken for may have been merged since, so that the document names another
_TOP_UP = "substr(a.used_by, 7 + instr(substr(a.used_by, 7), ':'))"
UNPAID = compiled(
    text(
        "SELECT v.number, v.tender, v.money_fen FROM value_doc v WHERE v.kind = 'topup'"
        " AND v.tender IN ('wechat', 'alipay', 'unionpay') AND (v.doc_id, v.tender, v.money_fen) NOT IN"
        f" (SELECT {_TOP_UP}, a.tender, a.fen FROM attempt a WHERE a.used_by LIKE 'topup:%' AND a.kind = 'take'"
        " AND a.state IN ('paid', 'refunded'))"
    )
)
UNCOUNTED = compiled(
    text(
        "SELECT a.trade_number, a.used_by FROM attempt a WHERE a.kind = 'take' AND a.used_by <> ''"
        " AND a.tender <> 'simulated'"
        " AND NOT EXISTS (SELECT 1 FROM sale s JOIN tender t ON t.sale = s.id"
        " WHERE s.sale_id = a.used_by AND t.kind = a.tender)"
        " AND NOT EXISTS (SELECT 1 FROM value_doc v WHERE a.used_by LIKE 'topup:%'"
        f" AND v.doc_id = {_TOP_UP} AND v.kind = 'topup' AND v.tender = a.tender"
        " AND v.money_fen = a.fen)"
    )
)
# what a company refused to give back and the drawer gave is an entry of the ledger
UNBOOKED = compiled(
    text(
        "SELECT a.refund_number, a.used_by FROM attempt a WHERE a.kind = 'refund' AND a.used_by <> ''"
        " AND NOT EXISTS (SELECT 1 FROM ledger_txn t WHERE t.txn_id = a.used_by)"
    )
)
OVER_REFUNDED = compiled(
    text(
        "SELECT a.trade_number, a.fen, sum(b.fen) FROM attempt a JOIN attempt b"
        " ON b.trade_number = a.trade_number AND b.kind = 'refund' AND b.state <> 'failed'"
        " WHERE a.kind = 'take' GROUP BY a.trade_number HAVING sum(b.fen) > a.fen"
    )
)
# what a refund gives back by a wallet was noted with it, and goes back once
UNSENT = compiled(
    text(
        "SELECT r.receipt, t.kind, t.fen, count(a.id), total(CASE WHEN a.state <> 'failed' THEN a.fen END)"
        " FROM refund_tender t JOIN refund r ON r.id = t.refund"
        " LEFT JOIN attempt a ON a.sale_id = r.refund_id AND a.kind = 'refund' AND a.tender = t.kind"
        " WHERE t.kind IN ('wechat', 'alipay', 'unionpay') GROUP BY r.id, t.kind"
        " HAVING count(a.id) = 0 OR total(CASE WHEN a.state <> 'failed' THEN a.fen END) > t.fen"
    )
)
# stored value that goes back by a wallet, likewise
VALUE_UNSENT = compiled(
    text(
        "SELECT v.number, v.tender, v.money_fen, count(a.id), total(CASE WHEN a.state <> 'failed' THEN a.fen END)"
        " FROM value_doc v LEFT JOIN attempt a ON a.sale_id = v.doc_id AND a.kind = 'refund' AND a.tender = v.tender"
        " WHERE v.kind = 'topup_refund' AND v.tender IN ('wechat', 'alipay', 'unionpay') GROUP BY v.doc_id"
        " HAVING count(a.id) = 0 OR total(CASE WHEN a.state <> 'failed' THEN a.fen END) > v.money_fen"
    )
)


def check_payments(work: Work) -> Iterator[Finding]:
    """Every payment by code against its sale, and what was given back against what was taken."""
    for receipt, kind, fen, paid_fen in work.each(UNPROVEN):
        if fen != paid_fen:
            yield Finding("payment_unproven", receipt, f"counts {fen} fen of {kind}, paid were {paid_fen}")
    for number, kind, fen in work.each(UNPAID):
        yield Finding("payment_unproven", number, f"counts {fen} fen of {kind}, and no payment proves it")
    for trade_number, sale_id in work.each(UNCOUNTED):
        yield Finding("payment_uncounted", trade_number, f"is used by {sale_id}, which does not count it")
    for number, txn_id in work.each(UNBOOKED):
        yield Finding("refund_unbooked", number, f"was given in cash by {txn_id}, which is no entry")
    for trade_number, fen, back_fen in work.each(OVER_REFUNDED):
        yield Finding("payment_over_refunded", trade_number, f"took {fen} fen and gave back {back_fen}")
    for receipt, kind, fen, tries, back_fen in (*work.each(UNSENT), *work.each(VALUE_UNSENT)):
        yield Finding(
            "refund_unsent", receipt, f"{fen} fen of {kind}: {tries} tries, {int(back_fen)} on their way or back"
        )
