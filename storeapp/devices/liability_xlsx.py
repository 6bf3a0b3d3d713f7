"""Liability XLSX: what is owed to members as a workbook, one sheet of balances and one of the day's movements."""

from __future__ import annotations

from storeapp.devices.workbook import workbook, yuan
from storeapp.domain.liability import Liability
from storeapp.domain.liability_words import kind_of_entry
from storeapp.words import Words


def liability_xlsx(report: Liability, *, words: Words) -> bytes:
    """The workbook; amounts are numbers in yuan."""
    _ = words.t
    rows = (
        (_("Principal paid in by members"), report.principal.members, yuan(report.principal.amount), None),
        (_("Bonus given to members"), report.bonus.members, yuan(report.bonus.amount), None),
        (_("Promised month by month"), None, yuan(report.promised.fen), None),
        (_("Cards that are out"), report.cards.members, yuan(report.cards.amount), None),
        (_("Points"), report.points.members, None, report.points.amount),
        (_("Points that wait"), report.pending.members, None, report.pending.amount),
        (_("What all points would pay"), None, yuan(report.points_worth.fen), None),
        (_("To be held in custody ({percent}%)").format(percent=report.custody_percent), None,
         yuan(report.custody.fen), None),
    )  # fmt: skip
    names = (f"{_('Owed on')} {report.date}", _("Members"), "¥", _("Points"))
    flows = (
        (
            kind_of_entry(flow.kind, words),
            yuan(flow.principal_fen),
            yuan(flow.bonus_fen),
            flow.points,
            flow.pending,
            yuan(flow.cards_fen),
        )
        for flow in report.flows
    )
    moved = (_("Entry"), _("Principal"), _("Bonus"), _("Points"), _("Points that wait"), _("Cards"))
    return workbook(((_("Owed to members"), names, rows), (_("Movements of the day"), moved, flows)))
