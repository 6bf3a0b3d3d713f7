"""Receipt layout: a receipt as rows for paper of 32 columns (58 mm) or 48 (80 mm).

No row is wider than the paper, every amount ends at the last column, and nothing is lost but what is marked with an
ellipsis. A column is 12 dots; 8 dots are a millimetre.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from storeapp.domain import code128
from storeapp.domain.printing import COLUMN_DOTS
from storeapp.domain.receipt import Amount, Invitation, Item, Receipt
from storeapp.domain.receipt_coupon import NextVisit
from storeapp.domain.receipt_text import amount_text, balanced, columns, has_rom_shape, printable, wrap

Align = Literal["left", "center"]
QR_MODULE_DOTS = 6
QR_SMALLEST_MODULE_DOTS = 4
QR_QUIET_MODULES = 4
BARCODE_MODULE_DOTS = 2
NAME_ROWS_MAX = 3
TEXT_ROWS_MAX = 8
# bytes a code of version 1, 2, 3... holds at error correction M (ISO/IEC 18004, table 7)
_QR_BYTES_M = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213, 251, 287, 331, 362, 412, 450, 504, 560, 624, 666)
_TABLE_COLUMNS = 48
_AMOUNT_CELL = 10
_GAP = 2
_AIR_DOTS = 8


@dataclass(frozen=True, slots=True)
class TextRow:
    """One printed line: `left`, blanks, and `right` at the paper's edge. Factors are 1 or 2 times the size."""

    left: str
    right: str = ""
    align: Align = "left"
    bold: bool = False
    width_factor: int = 1
    height_factor: int = 1

    @property
    def is_drawn(self) -> bool:
        """True if it holds characters no printer has: then the whole row is sent as a picture."""
        return not has_rom_shape(self.left + self.right)

    def text(self, paper_columns: int) -> str:
        """The row's characters, blanks filled in; centring is left to the printer."""
        if not self.right:
            return self.left
        gap = paper_columns // self.width_factor - columns(self.left) - columns(self.right)
        return self.left + " " * gap + self.right


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A line of hyphens from edge to edge."""


@dataclass(frozen=True, slots=True)
class QrRow:
    """A QR code at error correction M, centred; its quiet zone above and below are rows of their own."""

    data: str
    module_dots: int


@dataclass(frozen=True, slots=True)
class PictureRow:
    """A PNG fitted into a square, centred: the shop's own code as it was uploaded."""

    png: bytes
    side_dots: int = 304


@dataclass(frozen=True, slots=True)
class BarcodeRow:
    """A CODE128, centred."""

    data: str
    module_dots: int = BARCODE_MODULE_DOTS
    height_dots: int = 64


@dataclass(frozen=True, slots=True)
class FeedRow:
    """White paper."""

    dots: int


@dataclass(frozen=True, slots=True)
class CutRow:
    """The end: fed to the blade and cut, or fed to the tearing edge."""


Row = TextRow | RuleRow | QrRow | PictureRow | BarcodeRow | FeedRow | CutRow


def layout(receipt: Receipt, *, paper_columns: int) -> tuple[Row, ...]:
    """The rows of `receipt` on paper of so many columns."""
    return tuple(_rows(receipt, paper_columns))


def marked(rows: Sequence[Row], mark: str, *, paper_columns: int) -> tuple[Row, ...]:
    """Any other paper with `mark` large above it and below it, before the blade."""
    signs, end = tuple(large(mark, paper_columns)), len(rows)
    while end and isinstance(rows[end - 1], CutRow | FeedRow):
        end -= 1
    return (*signs, RuleRow(), *rows[:end], RuleRow(), *signs, *rows[end:])


def qr_module_dots(data: str, *, paper_dots: int) -> int:
    """The largest module up to 6 dots whose code fits with its quiet zone; 0 if not even 4 dots do."""
    size = len(data.encode())
    version = next((number for number, most in enumerate(_QR_BYTES_M, start=1) if size <= most), 0)
    if not version:
        return 0
    fitting = paper_dots // (17 + 4 * version + 2 * QR_QUIET_MODULES)
    return min(fitting, QR_MODULE_DOTS) if fitting >= QR_SMALLEST_MODULE_DOTS else 0


def qr_rows(data: str, *, paper_columns: int) -> tuple[Row, ...]:
    """A QR code with its quiet zone, or nothing if the paper is too narrow for it."""
    module = qr_module_dots(data, paper_dots=paper_columns * COLUMN_DOTS)
    if not module:
        return ()
    quiet = FeedRow(QR_QUIET_MODULES * module)
    return quiet, QrRow(data, module), quiet


def centred(text: str, width: int, *, bold: bool = False, most_rows: int = TEXT_ROWS_MAX) -> Iterator[Row]:
    """`text` in the middle, broken into rows."""
    for row in balanced(text, width, most_rows=most_rows):
        yield TextRow(row, align="center", bold=bold)


def large(text: str, width: int) -> Iterator[Row]:
    """Twice as wide and high in at most two rows; longer texts are only twice as high. White follows each row."""
    wide = balanced(text, width // 2)
    factor, rows = (2, wide) if len(wide) <= 2 else (1, balanced(text, width, most_rows=TEXT_ROWS_MAX))
    for row in rows:
        yield TextRow(row, align="center", bold=True, width_factor=factor, height_factor=2)
        yield FeedRow(_AIR_DOTS)


def _rows(receipt: Receipt, width: int) -> Iterator[Row]:
    yield from _head(receipt, width)
    if receipt.details:
        yield RuleRow()
        for label, value in receipt.details:
            yield from _detail(label, value, width)
    yield RuleRow()
    yield from _headings(receipt.headings, width)
    yield RuleRow()
    for item in receipt.items:
        yield from _item(item, width)
    yield RuleRow()
    yield from _money(receipt, width)
    if receipt.member:
        yield RuleRow()
        for label, value in receipt.member:
            yield TextRow(label, value)
    if receipt.note:
        yield RuleRow()
        for row in wrap(receipt.note, width, most_rows=TEXT_ROWS_MAX):
            yield TextRow(row)
    if receipt.next_visit is not None:
        yield RuleRow()
        yield from _next_visit(receipt.next_visit, width)
    if receipt.invitation is not None:
        yield RuleRow()
        yield from _invitation(receipt.invitation, width)
    for text in receipt.privacy:
        yield from centred(text, width)
    yield from _foot(receipt, width)


def _head(receipt: Receipt, width: int) -> Iterator[Row]:
    yield from large(receipt.title, width)
    for text in receipt.contact:
        yield from centred(text, width)
    if receipt.copy_mark:
        yield FeedRow(_AIR_DOTS)
        whole = receipt.copy_mark
        # each mark keeps its words together
        for mark in (whole,) if 2 * columns(whole) <= width else whole.split(" · "):
            yield from large(mark, width)
    yield RuleRow()
    (number, time, cashier, till) = (f"{label} {value}" for label, value in receipt.facts)
    if _fits(number, till, width) and _fits(time, cashier, width):
        yield TextRow(number, till)
        yield TextRow(time, cashier)
        return
    for text in (number, time):
        for row in wrap(text, width):
            yield TextRow(row)
    if _fits(cashier, till, width):
        yield TextRow(cashier, till)
        return
    for text in (cashier, till):
        for row in wrap(text, width, most_rows=2):
            yield TextRow(row)


def _detail(label: str, value: str, width: int) -> Iterator[Row]:
    if _fits(label, value, width):
        yield TextRow(label, value)
        return
    for row in wrap(f"{label} {value}", width, most_rows=TEXT_ROWS_MAX):
        yield TextRow(row)


def _fits(left: str, right: str, width: int) -> bool:
    return columns(left) + 2 + columns(right) <= width


def _headings(headings: tuple[str, str, str], width: int) -> Iterator[Row]:
    name, count, amount = headings
    if width >= _TABLE_COLUMNS:
        yield TextRow(_table_left(name, count, width), amount)
    else:
        yield TextRow(f"{name} / {count}", amount)


def _table_left(name: str, count: str, width: int) -> str:
    return name + " " * (width - _AMOUNT_CELL - columns(name) - columns(count)) + count


def _item(item: Item, width: int) -> Iterator[Row]:
    count = f"  {item.count}"
    is_table = width >= _TABLE_COLUMNS and columns(amount_text(item.amount)) < _AMOUNT_CELL
    if is_table and columns(item.name) + _GAP + columns(item.count) <= width - _AMOUNT_CELL:
        count = _table_left(item.name, item.count, width)
    else:
        for row in wrap(item.name, width, most_rows=NAME_ROWS_MAX):
            yield TextRow(row)
        if is_table and columns(item.count) <= width - _AMOUNT_CELL:
            count = _table_left("", item.count, width)
    yield from _amount(Amount(count, item.amount), width)
    for cut in item.cuts:
        yield from _amount(cut, width, indent="  ")
    for remark in item.remarks:
        for row in wrap(remark, width - 2, most_rows=TEXT_ROWS_MAX):
            yield TextRow(f"  {row}")


def _amount(line: Amount, width: int, *, indent: str = "") -> Iterator[Row]:
    """A label, and its amount at the last column of its last row."""
    room = width - len(indent) - columns(line.text) - 1
    if columns(line.label) <= room:
        yield TextRow(indent + line.label, line.text, bold=line.strong)
        return
    *above, last = wrap(line.label, room, most_rows=TEXT_ROWS_MAX)
    for row in above:
        yield TextRow(indent + row, bold=line.strong)
    yield TextRow(indent + last, line.text, bold=line.strong)


def _money(receipt: Receipt, width: int) -> Iterator[Row]:
    for line in receipt.sums:
        yield from _amount(line, width)
    label, text = receipt.due.label, f"￥{receipt.due.text}"
    factor = 2 if columns(label) + 1 + columns(text) <= width // 2 else 1
    yield FeedRow(_AIR_DOTS)
    yield TextRow(label, text, bold=True, width_factor=factor, height_factor=2)
    yield FeedRow(_AIR_DOTS)
    for line in receipt.payments:
        yield from _amount(line, width)
    for text in receipt.decided:
        for row in wrap(text, width, most_rows=TEXT_ROWS_MAX):
            yield TextRow(row)


def _invitation(invitation: Invitation, width: int) -> Iterator[Row]:
    if invitation.headline:
        yield FeedRow(_AIR_DOTS)
        yield from large(invitation.headline, width)
    if invitation.small_print:
        yield from centred(invitation.small_print, width)
    code: tuple[Row, ...] = qr_rows(invitation.qr, paper_columns=width) if invitation.qr else ()
    if invitation.picture:
        code = (FeedRow(_AIR_DOTS), PictureRow(invitation.picture), FeedRow(_AIR_DOTS))
    yield from code
    if code:
        yield from centred(invitation.under, width)
    if invitation.code:
        text = f"{invitation.code_label} {invitation.code}"
        yield from large(text, width) if invitation.code_hint else centred(text, width, bold=True)
    if invitation.code_hint:
        yield from centred(invitation.code_hint, width)


def _next_visit(coupon: NextVisit, width: int) -> Iterator[Row]:
    yield FeedRow(_AIR_DOTS)
    yield from large(coupon.name, width)
    for text in coupon.lines:
        yield from centred(text, width)
    yield FeedRow(_AIR_DOTS)
    bars = code128.first_fitting((coupon.code,), dots=width * COLUMN_DOTS, module_dots=BARCODE_MODULE_DOTS)
    if bars is not None:
        yield BarcodeRow(bars)
        yield FeedRow(_AIR_DOTS)
    yield from large(coupon.code, width)
    yield from centred(coupon.hint, width)


def _foot(receipt: Receipt, width: int) -> Iterator[Row]:
    yield RuleRow()
    for text in receipt.footer:
        yield from centred(text, width)
    barcode = code128.first_fitting(receipt.barcodes, dots=width * COLUMN_DOTS, module_dots=BARCODE_MODULE_DOTS)
    if barcode is not None:
        yield FeedRow(12)
        yield BarcodeRow(barcode)
        yield FeedRow(6)
        yield from centred(printable(receipt.number), width)
    yield CutRow()
