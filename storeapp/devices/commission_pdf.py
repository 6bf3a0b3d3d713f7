"""Commission PDF: a month's shares of staff, of members who bring others and of leaders of groups, on A4."""

from __future__ import annotations

from datetime import date, timedelta

from storeapp.devices.pdf_sheet import INNER, MARGIN, ROW, PdfSheet, fitted, pdf_of, yuan_text
from storeapp.domain.business_day import months_on
from storeapp.domain.commission import Commissions, Statement, percent
from storeapp.domain.money import Money
from storeapp.words import Words

_EDGES = tuple(MARGIN + INNER - 100 * place for place in (2, 1, 0))


def commission_pdf(report: Commissions, *, shop: str, till: str, words: Words) -> bytes:
    """As many pages as it takes. The same report always gives the same bytes."""
    last = months_on(date.fromisoformat(f"{report.month}-01"), 1) - timedelta(days=1)
    return pdf_of(
        _Sheet,
        lambda sheet: sheet.fill(report),
        name=report.month,
        title=words.t("Commissions of {month}").format(month=report.month),
        day=last.isoformat(),
        shop=shop,
        till=till,
        words=words,
    )


class _Sheet(PdfSheet):
    """What is due in all, then person by person with the categories under each."""

    def fill(self, report: Commissions) -> None:
        _ = self.words.t
        self.boxes(
            (
                (_("Due to staff"), yuan_text(Money(sum(each.fen for each in report.staff)))),
                (_("Due to members who bring others"), yuan_text(Money(sum(each.fen for each in report.promoters)))),
                (_("Due to leaders of groups"), yuan_text(Money(sum(each.fen for each in report.leaders)))),
            )
        )
        for name, found in (
            (_("Staff"), report.staff),
            (_("Members who bring others"), report.promoters),
            (_("Leaders of groups"), report.leaders),
        ):
            if not found:
                continue
            self.keep(3 * ROW)
            self.title(name, MARGIN)
            for edge, words in zip(_EDGES, (_("Sold net"), _("Percent"), _("Commission")), strict=True):
                self.right(edge, self.y + 6, words, 10, bold=True)
            for each in found:
                self._person(each)
            self.y -= 26

    def _person(self, each: Statement) -> None:
        self.keep(2 * ROW)
        who = f"{each.who} {each.name}".strip() if len(each.who) < 36 else each.name
        capped = self.words.t("capped") if each.is_capped else ""
        self._row(who, yuan_text(Money(each.net_fen)), capped, yuan_text(Money(each.fen)), bold=True)
        for share in each.shares:
            self.keep(ROW)
            name = share.category or self.words.t("without a category")
            self._row(f"    {name}", yuan_text(Money(share.net_fen)), percent(share.rate), yuan_text(Money(share.fen)))

    def _row(self, name: str, *amounts: str, bold: bool = False) -> None:
        self.y -= ROW
        self.text(MARGIN, self.y + 6, fitted(name, 10, INNER - 300), 10, bold=bold)
        for edge, text in zip(_EDGES, amounts, strict=True):
            self.right(edge, self.y + 6, text, 10, bold=bold)
        self.rule(MARGIN, MARGIN + INNER)
