"""Report sheets as XLSX: the figures on the first sheet, each table on one of its own."""

from __future__ import annotations

from storeapp.devices.workbook import Cell, Page, workbook, yuan
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import Cell as Said
from storeapp.domain.report_sheet import ReportSheet, heading


def sheet_xlsx(sheet: ReportSheet, title: str) -> bytes:
    """A workbook of the report. Amounts are numbers in yuan."""
    pages: list[Page] = []
    if sheet.facts or not sheet.tables:
        pages.append((title, ("", title, ""), [(heading(one.name), _cell(one.cell), one.more) for one in sheet.facts]))
    for table in sheet.tables:
        rows = [[_cell(cell) for cell in row] for row in table.rows]
        pages.append((table.title or table.head[0] or title, tuple(map(heading, table.head)), rows))
    return workbook(pages)


def _cell(cell: Said) -> Cell:
    return yuan(cell.fen) if isinstance(cell, Money) else cell
