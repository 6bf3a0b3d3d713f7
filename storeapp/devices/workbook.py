"""Workbook: reports as XLSX. Amounts are numbers in yuan, texts are never formulas."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | None
# what a sheet is called, the names of its columns, and its rows
Page = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
_MONEY = "#,##0.00"
_NAME_MOST = 31
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")


def workbook(sheets: Iterable[Page]) -> bytes:
    """The file with these sheets; of a name only what a sheet may be called is kept, and equal ones are told apart."""
    # openpyxl takes a tenth of a second to load, and few reports become a workbook
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    for title, names, rows in sheets:
        _fill(book.create_sheet(_FORBIDDEN.sub(" ", title)[:_NAME_MOST]), names, rows)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _fill(sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """`rows` under their `names`; the first row stays in sight."""
    # deferred with the rest of the library
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append(list(names))
    for row in rows:
        sheet.append(list(row))
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for place, name in enumerate(names, start=1):
        # hanzi are as wide as two letters
        sheet.column_dimensions[get_column_letter(place)].width = max(14, 2 * len(name) + 2)
    for line in sheet.iter_rows(min_row=2):
        for cell in line:
            if isinstance(cell.value, Decimal):
                cell.number_format = _MONEY
            elif isinstance(cell.value, str):
                # a reason that begins with = is no formula
                cell.data_type = "s"
    sheet.freeze_panes = "A2"


def yuan(fen: int) -> Decimal:
    """Fen as a cell's number."""
    return Decimal(fen) / 100
