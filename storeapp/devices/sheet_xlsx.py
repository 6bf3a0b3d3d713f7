"""Report sheets as XLSX: the figures on the first sheet, each table on one of its own."""

from __future__ import annotations

import re

from storeapp.devices.workbook import Cell, fill, new_book, saved, yuan
from storeapp.domain.money import Money
from storeapp.domain.report_sheet import Cell as Said
from storeapp.domain.report_sheet import ReportSheet

_NAME_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def sheet_xlsx(sheet: ReportSheet, title: str) -> bytes:
    """A workbook of the report. Amounts are numbers in yuan."""
    book = new_book()
    if sheet.facts or not sheet.tables:
        fill(
            book.create_sheet(_name(title)),
            ("", title, ""),
            [(one.name, _cell(one.cell), one.more) for one in sheet.facts],
        )
    for table in sheet.tables:
        rows = [[_cell(cell) for cell in row] for row in table.rows]
        fill(book.create_sheet(_name(table.title or table.head[0] or title)), table.head, rows)
    return saved(book)


def _cell(cell: Said) -> Cell:
    return yuan(cell.fen) if isinstance(cell, Money) else cell


def _name(words: str) -> str:
    """What a sheet may be called; the library tells equal names apart itself."""
    return _FORBIDDEN.sub(" ", words)[:_NAME_MOST]
