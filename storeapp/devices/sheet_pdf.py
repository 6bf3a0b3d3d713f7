"""Report sheets as PDF: figures in boxes, then the tables, over as many pages as it takes."""

from __future__ import annotations

from storeapp.devices.pdf_sheet import INNER, MARGIN, MUTED, ROW, WIDTH, PdfSheet, fitted, pdf_of
from storeapp.domain.report_sheet import ReportSheet, SheetTable, heading, said
from storeapp.words import Words

_BOXES = 4
_SIZE, _GAP = 9.5, 14.0


def sheet_pdf(sheet: ReportSheet, title: str, *, shop: str, till: str, day: str, words: Words) -> bytes:
    """The report of the day (ISO date). The same sheet always gives the same bytes."""
    name = f"{title} {day}"
    return pdf_of(
        _Sheet, lambda page: page.fill(sheet), name=name, title=title, day=day, shop=shop, till=till, words=words
    )


class _Sheet(PdfSheet):
    """Tables whose columns are as wide as they need; where they need too much, the widest of words gives way."""

    def fill(self, sheet: ReportSheet) -> None:
        for facts in sheet.facts_in_rows(_BOXES):
            self.boxes(tuple((heading(one.name), said(one.cell)) for one in facts))
        for table in sheet.tables:
            if table.rows:
                self.table(table)
        if sheet.is_empty and sheet.nothing:
            self.text(MARGIN, self.y - ROW, sheet.nothing, 11, colour=MUTED)

    def table(self, table: SheetTable) -> None:
        self.keep(3 * ROW)
        if table.title:
            self.title(table.title, MARGIN)
        figures = frozenset(table.figures)
        rows = [tuple(said(cell) for cell in row) for row in table.rows]
        head = tuple(map(heading, table.head))
        widths = _widths([head, *rows], figures)
        self._row(head, widths, figures, is_head=True)
        for row in rows:
            if self.y - ROW < MARGIN:
                self.keep(WIDTH * 2)
                self._row(head, widths, figures, is_head=True)
            self._row(row, widths, figures)
        self.y -= 20

    def _row(
        self, row: tuple[str, ...], widths: list[float], figures: frozenset[int], *, is_head: bool = False
    ) -> None:
        self.y -= ROW
        left, colour = MARGIN, MUTED if is_head else "#101828"
        for place, (text, width) in enumerate(zip(row, widths, strict=True)):
            shown = fitted(text, _SIZE, width)
            if place in figures:
                self.right(left + width, self.y + 6, shown, _SIZE, colour=colour)
            else:
                self.text(left, self.y + 6, shown, _SIZE, colour=colour)
            left += width + _GAP
        self.rule(MARGIN, MARGIN + INNER)


def _widths(rows: list[tuple[str, ...]], figures: frozenset[int]) -> list[float]:
    wanted = [max(_wide(row[place]) for row in rows) + 2 for place in range(len(rows[0]))]
    room = INNER - _GAP * (len(wanted) - 1)
    texts = [place for place in range(len(wanted)) if place not in figures] or [0]
    widest = max(texts, key=lambda place: wanted[place])
    wanted[widest] = max(60.0, room - (sum(wanted) - wanted[widest]))
    scale = min(1.0, room / sum(wanted))
    return [width * scale for width in wanted]


def _wide(text: str) -> float:
    # deferred with the rest of the library
    from reportlab.pdfbase.pdfmetrics import stringWidth

    return float(stringWidth(text, "NotoSansSC-Bold", _SIZE))
