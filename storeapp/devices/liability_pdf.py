"""Liability PDF: what is owed to members at the end of a day, on one sheet of A4."""

from __future__ import annotations

from storeapp.devices.pdf_sheet import INNER, MARGIN, ROW, PdfSheet, pdf_of, yuan_text
from storeapp.domain.liability import Liability
from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.money import Money
from storeapp.words import Words


def liability_pdf(report: Liability, *, shop: str, till: str, words: Words) -> bytes:
    """One page. The same report always gives the same bytes."""
    return pdf_of(
        _Sheet,
        lambda sheet: sheet.fill(report),
        name=report.date,
        title=words.t("Owed to members"),
        day=report.date,
        shop=shop,
        till=till,
        words=words,
    )


class _Sheet(PdfSheet):
    """The balances, then how the day moved them."""

    def fill(self, report: Liability) -> None:
        _ = self.words.t
        self.boxes(
            (
                (_("Principal"), yuan_text(Money(report.principal.amount))),
                (_("Bonus"), yuan_text(Money(report.bonus.amount))),
                (_("Points"), f"{report.points.amount:,}"),
                (_("Points that wait"), f"{report.pending.amount:,}"),
            )
        )
        self.title(_("What stands behind it"), MARGIN)
        custody = _("To be held in custody ({percent}%)").format(percent=report.custody_percent)
        for name, count, text in (
            (_("Members with principal"), f"{report.principal.members:,}", yuan_text(Money(report.principal.amount))),
            (_("Members with a bonus"), f"{report.bonus.members:,}", yuan_text(Money(report.bonus.amount))),
            (_("Promised month by month"), "", yuan_text(report.promised)),
            (_("Cards that are out"), f"{report.cards.members:,}", yuan_text(Money(report.cards.amount))),
            (_("Members with points"), f"{report.points.members:,}", yuan_text(report.points_worth)),
            (custody, "", yuan_text(report.custody)),
        ):
            self.row(MARGIN, INNER, name, count, text)
        if report.filing:
            self.row(MARGIN, INNER, _("Filed as {number}").format(number=report.filing), "", "")
        self.y -= 26
        self._flows(report)

    def _flows(self, report: Liability) -> None:
        _ = self.words.t
        self.title(_("Movements of the day"), MARGIN)
        edges = tuple(MARGIN + INNER - 100 * place for place in (3, 2, 1, 0))
        for edge, name in zip(edges, (_("Principal"), _("Bonus"), _("Cards"), _("Points")), strict=True):
            self.right(edge, self.y + 6, name, 10, bold=True)
        if not report.flows:
            self.y -= ROW
            self.text(MARGIN, self.y + 6, _("Nothing moved that day."), 10)
        for flow in report.flows:
            self.keep(ROW)
            self.y -= ROW
            self.text(MARGIN, self.y + 6, kind_of_entry(flow.kind, self.words), 10)
            fens = (flow.principal_fen, flow.bonus_fen, flow.cards_fen)
            amounts = (*(yuan_text(Money(fen)) for fen in fens), f"{flow.points:,}")
            for edge, text in zip(edges, amounts, strict=True):
                self.right(edge, self.y + 6, text, 10)
            self.rule(MARGIN, MARGIN + INNER)
