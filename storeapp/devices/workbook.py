"""Workbook: reports as XLSX. Amounts are numbers in yuan, texts are never formulas."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Cell = str | int | Decimal | None
_MONEY = "#,##0.00"


def new_book() -> Workbook:
    """A workbook without a sheet."""
    # openpyxl takes a tenth of a second to load, and few reports become a workbook
    from openpyxl import Workbook

    book = Workbook()
    first = book.active
    assert first is not None
    book.remove(first)
    return book


def saved(book: Workbook) -> bytes:
    """The workbook as a file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def fill(sheet: Worksheet, names: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
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
