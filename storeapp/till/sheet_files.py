"""Sheet files: CSV in the encodings and delimiters of this world, and Excel's XLSX, as rows of text."""

from __future__ import annotations

import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from storeapp.till.sheets import NotATable, Row, tidy

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import Cell
    from openpyxl.cell.read_only import ReadOnlyCell

FILE_MAX_BYTES = 256 * 1024 * 1024
UNPACKED_MAX_BYTES = 1024 * 1024 * 1024
CELL_MAX_CHARS = 100_000
# a few control characters, or one in so many, are accidents
CONTROL_MOST, CONTROL_SHARE = 8, 100
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = ("\t", ",", ";")
_KEPT_AS_TEXT = re.compile(r'="([^"]*)"')
_ALL_ZEROS = re.compile(r"0{2,20}")
# what the readers of archives and workbooks raise of bytes that are none; SyntaxError is the root of xml's ParseError
DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    RuntimeError,
    KeyError,
    IndexError,
    ValueError,
    TypeError,
    AttributeError,
    OSError,
    EOFError,
    SyntaxError,
)
# Excel's numbers hold fifteen digits, the rest reads 0
_EXACT_BELOW = 10**15


def rows_of(data: bytes) -> Iterator[Row]:
    """The rows of a CSV or XLSX file, blank ones included; raises NotATable, at once or on the way."""
    if len(data) > FILE_MAX_BYTES:
        raise NotATable("too_large")
    if data.startswith(_OLD_EXCEL):
        raise NotATable("old_excel")
    if data.startswith(_ZIP):
        return _xlsx_rows(data)
    return _csv_rows(text_of(data))


def text_of(data: bytes) -> str:
    """The text of a file in UTF-8, GB18030 or Excel's Unicode; raises NotATable."""
    if not data.strip():
        raise NotATable("empty")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        # what Excel calls Unicode text
        encodings = ["utf-16"]
    elif b"\0" in data:
        raise NotATable("binary")
    else:
        encodings = ["utf-8-sig", "gb18030"]
    readable = 0
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError as error:
            readable = max(readable, error.start)
            continue
        # old systems end a file with Ctrl-Z
        return _printable(text.rstrip("\x1a"))
    raise NotATable("encoding", data.count(b"\n", 0, readable) + 1)


def _printable(text: str) -> str:
    """A stray control character is its row's fault; a file full of them is no text."""
    strange = {char for char in set(text) if char < " " and char not in "\t\r\n"}
    if sum(map(text.count, strange)) > max(CONTROL_MOST, len(text) // CONTROL_SHARE):
        raise NotATable("binary")
    return text


def _csv_rows(text: str) -> Iterator[Row]:
    delimiter = _delimiter(text)
    csv.field_size_limit(CELL_MAX_CHARS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for cells in reader:
            number += 1
            marks = {place: "formula" for place, cell in enumerate(cells) if cell[:1] == "="}
            if marks:
                cells, marks = _unwrapped(cells, marks)
            yield Row(number, tuple(cells), marks)
    except csv.Error as error:
        # a quote that never closes swallows the rest of the file
        raise NotATable("damaged", number + 1) from error


def _unwrapped(cells: list[str], marks: dict[int, str]) -> tuple[list[str], dict[int, str]]:
    """`="0012"` is how Excel keeps zeros in a CSV: text, not a formula."""
    cells = list(cells)
    for place in list(marks):
        kept = _KEPT_AS_TEXT.fullmatch(cells[place])
        if kept:
            cells[place] = kept.group(1)
            del marks[place]
    return cells, marks


def _delimiter(text: str) -> str:
    """The sign that parts the header. Not the rows: there `;` also parts the barcodes of one product."""
    lines = [line for line in text[:20_000].splitlines()[:10] if line.strip()]
    # a title above the header has hardly two of them
    for least in (2, 1):
        for line in lines:
            sign = max(_DELIMITERS, key=line.count)
            if line.count(sign) >= least:
                return sign
    return ","


def _xlsx_rows(data: bytes) -> Iterator[Row]:
    # openpyxl takes a tenth of a second to load and only Excel files need it
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > UNPACKED_MAX_BYTES:
                raise NotATable("too_large")
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions it drops; only the cells matter here
            warnings.simplefilter("ignore")
            book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
            for number, cells in enumerate(_first_used(book), start=1):
                yield _xlsx_row(number, cells)
            book.close()
    except DAMAGED as error:
        raise NotATable("damaged") from error


def _first_used(book: Workbook) -> Iterator[tuple[Any, ...]]:
    """The rows of the first sheet that holds something and is not hidden: what was put away is not what is meant."""
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    for sheet in shown or book.worksheets:
        sheet.reset_dimensions()
        rows = sheet.iter_rows()
        above: list[tuple[Any, ...]] = []
        for cells in rows:
            above.append(cells)
            if any(cell.value is not None for cell in cells):
                yield from above
                yield from rows
                return


def _xlsx_row(number: int, cells: tuple[Cell | ReadOnlyCell | Any, ...]) -> Row:
    texts: list[str] = []
    marks: dict[int, str] = {}
    for place, cell in enumerate(cells):
        value = cell.value
        if value is None or isinstance(value, str):
            texts.append(value or "")
            if value and cell.data_type in ("f", "e"):
                marks[place] = "formula" if cell.data_type == "f" else "error"
            continue
        text, mark = _plain(value, cell)
        texts.append(text)
        if mark:
            marks[place] = mark
    while texts and not tidy(texts[-1]):
        texts.pop()
    return Row(number, tuple(texts), marks)


def _plain(value: object, cell: Cell | ReadOnlyCell | Any) -> tuple[str, str]:
    """A cell that is no text, as the text people see; numbers without `.0`."""
    if isinstance(value, bool):
        return ("true" if value else "false"), ""
    if isinstance(value, int | float):
        if isinstance(value, float) and not value.is_integer():
            # fifteen digits is what Excel itself shows: 0.1 + 0.2 is 0.3 there
            return f"{value:.15g}", ""
        whole = int(value)
        if abs(whole) >= _EXACT_BELOW:
            return str(whole), "digits_lost"
        zeros = _ALL_ZEROS.fullmatch(str(cell.number_format or ""))
        if zeros and whole >= 0:
            # a format of zeros only is how Excel shows a code with its zeros
            return str(whole).zfill(len(zeros.group())), ""
        return str(whole), "number"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat(), "date"
    if isinstance(value, date | time):  # a datetime is a date as well
        return value.isoformat(), "date"
    # a formula over several cells is an object of its own
    return str(getattr(value, "text", value)), "formula"
