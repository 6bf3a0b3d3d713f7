"""Account PDF: a member's statement on A4, as many pages as it takes."""

from __future__ import annotations

from storeapp.devices.pdf_sheet import INNER, MARGIN, ROW, PdfSheet, fitted, pdf_of, yuan_text
from storeapp.domain.account_statement import Statement, Sums
from storeapp.domain.liability_words import kind_of_entry
from storeapp.domain.money import Money
from storeapp.words import Words

_DAY_PX = 62
_AMOUNT_PX = 52
"""What an amount of a few thousand yuan takes, and the gap before it."""


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
        names = [_("Principal"), _("Bonus"), _("Points"), _("On account")]
        if told.has_cards:
            names += [_("Times"), _("On cards")]
        has = tuple(zip(names, _figures(told.after, told), strict=True))
        self.boxes(has[:4])
        if told.has_cards:
            self.boxes(has[4:])
        self.title(_("Movements"), MARGIN)
        edges, size = columns(has_cards=told.has_cards)
        for edge, name in zip(edges, names, strict=True):
            self.right(edge, self.y + 6, name, size, bold=True)
        if not told.entries:
            self.y -= ROW
            self.text(MARGIN, self.y + 6, _("Nothing moved in these days."), 10)
        for each in told.entries:
            self.keep(ROW)
            self.y -= ROW
            self.text(MARGIN, self.y + 6, each.day, size)
            self.text(MARGIN + _DAY_PX, self.y + 6, named(each.kind, edges[0], size, self.words), size)
            for edge, text in zip(edges, _moved(each.moved, told), strict=True):
                self.right(edge, self.y + 6, text, size)
            self.rule(MARGIN, MARGIN + INNER)


def columns(*, has_cards: bool) -> tuple[tuple[float, ...], float]:
    """The right edges of the amounts, and the size of their letters."""
    count, width, size = (6, 48, 9.0) if has_cards else (4, 76, 10.0)
    return tuple(MARGIN + INNER - width * place for place in range(count - 1, -1, -1)), size


def named(kind: str, first_edge: float, size: float, words: Words) -> str:
    """The name of an entry, no wider than the room before the first amount."""
    return fitted(kind_of_entry(kind, words), size, first_edge - _AMOUNT_PX - MARGIN - _DAY_PX)


def _figures(sums: Sums, told: Statement) -> tuple[str, ...]:
    """What she has, in the order of the columns."""
    rest = (f"{sums.times:,}", yuan_text(Money(sums.cards_fen))) if told.has_cards else ()
    return (
        yuan_text(Money(sums.principal_fen)),
        yuan_text(Money(sums.bonus_fen)),
        f"{sums.points:,}",
        yuan_text(Money(sums.owed_fen)),
        *rest,
    )


def _moved(sums: Sums, told: Statement) -> tuple[str, ...]:
    """The same of what moved, with nothing where nothing did."""
    amounts = (sums.principal_fen, sums.bonus_fen, sums.points, sums.owed_fen, sums.times, sums.cards_fen)
    counts = {2: f"{sums.points:+,}", 4: f"{sums.times:+,}"}
    shown = (counts.get(n, yuan_text(Money(amount))) if amount else "" for n, amount in enumerate(amounts))
    return tuple(shown)[: 6 if told.has_cards else 4]
