"""The drawer: what moved is what the sales took, and each Z says what its shift's movements come to."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from sqlalchemy import text

from storeapp.database.check.finding import Finding
from storeapp.database.tables.compiled import compiled
from storeapp.database.work import Work

# sales made before the drawer was kept have moved nothing
SALES = compiled(
    text(
        "SELECT s.receipt, s.due_fen, m.moved FROM sale s"
        " JOIN (SELECT doc_id, sum(fen) AS moved FROM drawer_move WHERE doc = 'sale' GROUP BY doc_id) m"
        " ON m.doc_id = s.sale_id WHERE m.moved <> s.due_fen"
    )
)
STRANGERS = compiled(
    text(
        "SELECT m.doc_id FROM drawer_move m WHERE m.doc = 'sale' AND m.doc_id NOT IN (SELECT sale_id FROM sale)"
        " UNION ALL SELECT m.doc_id FROM drawer_move m WHERE m.doc = 'float'"
        " AND m.doc_id NOT IN (SELECT shift_id FROM shift WHERE float_fen = m.fen)"
        " UNION ALL SELECT m.doc_id FROM drawer_move m WHERE m.doc IN ('cash_in', 'cash_out', 'expense', 'drop')"
        " AND m.doc_id NOT IN (SELECT move_id FROM cash_move c WHERE abs(m.fen) = c.fen)"
        " UNION ALL SELECT m.doc_id FROM drawer_move m WHERE m.doc IN ('topup', 'topup_refund')"
        " AND m.doc_id NOT IN (SELECT doc_id FROM value_doc v WHERE v.kind = m.doc AND v.tender = m.tender)"
        " UNION ALL SELECT m.doc_id FROM drawer_move m WHERE m.doc IN ('card_sold', 'card_refund')"
        " AND m.doc_id NOT IN (SELECT doc_id FROM card_doc c WHERE c.deed = m.doc AND c.tender = m.tender)"
    )
)
GAPS = compiled(text("SELECT first_z, after_z FROM number_gap"))
ZS = compiled(text("SELECT number, shift_id, data FROM z_report ORDER BY number"))
EXPECTED = compiled(text("SELECT tender, sum(fen) FROM drawer_move WHERE shift_id = :shift_id GROUP BY tender"))
LAST_Z = compiled(text("SELECT max(number) FROM z_report WHERE shift_id = :shift_id"))
ORPHAN_JOBS = compiled(
    text(
        "SELECT job_id, receipt FROM print_job"
        " WHERE kind = 'z' AND receipt NOT IN (SELECT CAST(number AS TEXT) FROM z_report)"
        " OR kind = 'x' AND receipt NOT IN (SELECT CAST(number AS TEXT) FROM shift)"
    )
)
UNSAID = compiled(
    text("SELECT number FROM shift WHERE closed_at <> '' AND shift_id NOT IN (SELECT shift_id FROM z_report)")
)


def check_drawer(work: Work) -> Iterator[Finding]:
    """Every movement against its document, every Z against its movements, and the Zs' numbers."""
    for receipt, due, moved in work.each(SALES):
        yield Finding("drawer_sale", receipt, f"moved {moved}, due {due}")
    for (doc_id,) in work.each(STRANGERS):
        yield Finding("drawer_document", doc_id, "moved money, and no such document says so")
    for (number,) in work.each(UNSAID):
        yield Finding("z_missing", str(number), "is closed and has no Z")
    for job_id, receipt in work.each(ORPHAN_JOBS):
        yield Finding("print_job", job_id, f"is for {receipt}, which was never issued")
    gaps: dict[int, int] = dict(work.all(GAPS))
    last = 0
    for number, shift_id, data in work.all(ZS):
        if _before(number, gaps) != last:
            yield Finding("z_number", str(number), f"stands after {last}")
        last = number
        # what came late changed the sums of an earlier Z; its supplement says them
        if number == work.count(LAST_Z, shift_id=shift_id):
            yield from _against(work, number, shift_id, data)


def _before(number: int, gaps: Mapping[int, int]) -> int:
    """The Z before the first of a life; a life that issued none is passed over."""
    before = gaps.get(number, number - 1)
    while before + 1 in gaps:
        before = gaps[before + 1]
    return before


def _against(work: Work, number: int, shift_id: str, data: str) -> Iterator[Finding]:
    told = {row["tender"]: row["expected_fen"] for row in json.loads(data)["tenders"] if row["expected_fen"]}
    found = {tender: fen for tender, fen in work.all(EXPECTED, shift_id=shift_id) if fen}
    if told != found:
        yield Finding("z_sums", str(number), f"says {told}, the movements come to {found}")
