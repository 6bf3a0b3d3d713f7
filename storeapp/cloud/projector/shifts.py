"""Shifts: each Z a till issued, as the till said it. The check adds it up again from the journal."""

from storeapp.cloud.projector.bodies import ZBody, ZReportBody
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.shifts import TOLD, z_report, z_tender


def closed(work: Work, event: Event, body: ZBody) -> None:
    """A Z of a shift, its own or a supplement."""
    source, report = work.source, body.report
    key = {"device_id": source.device_id, "event_id": event.event_id}
    counted = [row for row in report.tenders if row.counted_fen is not None]
    work.add(
        z_report,
        key
        | report.model_dump(include=set(TOLD))
        | {
            "store_id": source.store_id,
            "till_id": source.till_id,
            "shift_id": body.shift_id,
            "is_unapproved": report.unapproved,
            "difference_fen": sum((row.counted_fen or 0) - row.expected_fen for row in counted),
        },
    )
    for row in report.tenders:
        work.add(z_tender, key | row.model_dump())
    if not adds_up(report):
        work.flag(event, "z_differs")


def adds_up(report: ZReportBody) -> bool:
    """Whether what must be there is what came in and went out."""
    moved = report.due_fen - report.refund_fen + report.top_up_fen + report.settled_fen
    cash = report.float_fen + report.cash_in_fen - report.cash_out_fen - report.expense_fen - report.drop_fen
    return sum(row.expected_fen for row in report.tenders) == moved + cash


def settle(work: Work) -> None:
    """Writes the Zs collected."""
    work.write(z_report, z_tender)
