"""Refunds: no more came back than was sold, and lines, tenders, ledger and drawer say the same."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

BEYOND = compiled(
    text(
        "SELECT s.receipt, l.n FROM refund r JOIN refund_line b ON b.refund = r.id JOIN sale s ON s.sale_id = r.sale_id"
        " JOIN sale_line l ON l.sale = s.id AND l.n = b.line GROUP BY s.id, l.n"
        " HAVING sum(b.quantity_milli) > l.quantity_milli OR sum(b.net_fen) > l.gross_fen - l.discount_fen"
    )
)
SUMS = compiled(
    text(
        "SELECT r.receipt, r.total_fen, (SELECT total(net_fen) FROM refund_line b WHERE b.refund = r.id), r.back_fen,"
        " (SELECT total(fen) FROM refund_tender t WHERE t.refund = r.id),"
        " (SELECT count(*) FROM ledger_txn x WHERE x.txn_id = r.refund_id) FROM refund r"
    )
)
DRAWER = compiled(
    text(
        "SELECT r.receipt, r.back_fen, -coalesce(m.moved, 0) FROM refund r"
        " LEFT JOIN (SELECT doc_id, sum(fen) AS moved FROM drawer_move WHERE doc = 'refund' GROUP BY doc_id) m"
        " ON m.doc_id = r.refund_id WHERE r.back_fen <> -coalesce(m.moved, 0)"
    )
)
UNBOOKED = compiled(
    text(
        "SELECT j.place FROM journal j WHERE j.type = 'refund'"
        " AND j.event_id NOT IN (SELECT k.event_id FROM refund r JOIN journal k ON k.place = r.id)"
    )
)
# what was brought back and what it paid for stand on one ticket
TICKETS = compiled(
    text(
        "SELECT a.name, sum(l.amount) FROM account a JOIN ledger_leg l ON l.account = a.id"
        " WHERE a.name LIKE 'tender.exchange:%' GROUP BY a.id HAVING sum(l.amount) <> 0"
    )
)


def check_refunds(work: Work) -> Iterator[Finding]:
    """Every refund against its sale and against everything it moved."""
    for receipt, line in work.each(BEYOND):
        yield Finding("refund_beyond", receipt, f"of line {line} more came back than was sold")
    for receipt, total, lines, back, tenders, txns in work.each(SUMS):
        if int(lines) != total or int(tenders) != back or back > total:
            yield Finding("refund_sums", receipt, f"total {total}, lines {int(lines)}, back {back}, {int(tenders)}")
        if total and txns != 1:
            yield Finding("refund_unposted", receipt, "not in the ledger")
    for receipt, back, moved in work.each(DRAWER):
        yield Finding("refund_drawer", receipt, f"gave back {back}, the drawer says {moved}")
    for account, left in work.each(TICKETS):
        yield Finding("exchange", account, f"{left} fen were taken in exchange and paid for nothing")
    for (place,) in work.each(UNBOOKED):
        yield Finding("refund_unbooked", str(place), "in the journal, not among the refunds")
