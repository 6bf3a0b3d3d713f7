"""Account PDF: a member's statement on A4, as many pages as it takes."""

from __future__ import annotations

from storeapp.devices.pdf_sheet import INNER, MARGIN, ROW, PdfSheet, pdf_of, yuan_text
from storeapp.domain.account_statement import Statement
from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.money import Money
from storeapp.words import Words

_DAY_PX = 74


def account_pdf(told: Statement, *, who: str, shop: str, till: str, words: Words) -> bytes:
    """The same statement always gives the same bytes."""
    return pdf_of(
        _Sheet,
        lambda sheet: sheet.fill(told),
        name=told.until,
        title=words.t("Statement for {who}, since {day}").format(who=who, day=told.since),
        day=told.until,
        shop=shop,
        till=till,
        words=words,
    )


class _Sheet(PdfSheet):
    """What she has now, then every entry with what she had after it."""

    def fill(self, told: Statement) -> None:
        _ = self.words.t
        self.boxes(
            (
                (_("Principal"), yuan_text(Money(told.after.principal_fen))),
                (_("Bonus"), yuan_text(Money(told.after.bonus_fen))),
                (_("Points"), f"{told.after.points:,}"),
                (_("On account"), yuan_text(Money(told.after.owed_fen))),
            )
        )
        self.title(_("Movements"), MARGIN)
        edges = tuple(MARGIN + INNER - 90 * place for place in (3, 2, 1, 0))
        names = (_("Principal"), _("Bonus"), _("Points"), _("On account"))
        for edge, name in zip(edges, names, strict=True):
            self.right(edge, self.y + 6, name, 10, bold=True)
        if not told.entries:
            self.y -= ROW
            self.text(MARGIN, self.y + 6, _("Nothing moved in these days."), 10)
        for each in told.entries:
            self.keep(ROW)
            self.y -= ROW
            self.text(MARGIN, self.y + 6, each.day, 10)
            self.text(MARGIN + _DAY_PX, self.y + 6, kind_of_entry(each.kind, self.words), 10)
            moved = each.moved
            shown = (
                yuan_text(Money(moved.principal_fen)) if moved.principal_fen else "",
                yuan_text(Money(moved.bonus_fen)) if moved.bonus_fen else "",
                f"{moved.points:+,}" if moved.points else "",
                yuan_text(Money(moved.owed_fen)) if moved.owed_fen else "",
            )
            for edge, text in zip(edges, shown, strict=True):
                self.right(edge, self.y + 6, text, 10)
            self.rule(MARGIN, MARGIN + INNER)
