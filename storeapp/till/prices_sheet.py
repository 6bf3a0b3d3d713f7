"""The prices sheet: new prices by product from a CSV or XLSX, with every fault named by its row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from storeapp.domain.money import Money
from storeapp.domain.price_line import refusal
from storeapp.domain.price_list import PriceFault
from storeapp.till import sheet_cells as cells
from storeapp.till.ports import Books
from storeapp.till.products_sheet import ALIASES as GOODS
from storeapp.till.sheet_files import rows_of
from storeapp.till.sheets import BadCell, Cells, Header, Row, table_of

NEW_PRICE = ("新价", "新售价", "促销价", "活动价", "调后价", "执行价", "new price")
ALIASES = {"code": (*GOODS["code"], *GOODS["barcodes"]), "new": NEW_PRICE, "price": GOODS["price"]}


@dataclass(frozen=True, slots=True)
class PricesSheet:
    """The good rows by product code, and what is wrong with the others: `code` names the column at fault."""

    prices: dict[str, Money]
    faults: tuple[PriceFault, ...]


def read_prices(books: Books, data: bytes) -> PricesSheet:
    """The prices in a file; a column of new prices goes before the shelf's. Raises NotATable or ColumnsMissing."""
    header, below = table_of(
        rows_of(data), ALIASES, required=("code",), one_of=("new", "price"), leftmost=("code", "new", "price")
    )
    return _Reader(books, header).read(below)


class _Reader:
    """Reads rows under one header and remembers which row named which product."""

    def __init__(self, books: Books, header: Header) -> None:
        self._books, self._header, self._cells = books, header, Cells(header)
        self._column = "new" if header.has("new") else "price"
        self._said_by: dict[str, int] = {}

    def read(self, rows: Iterator[Row]) -> PricesSheet:
        found: dict[str, Money] = {}
        for row in rows:
            before = self._cells.count
            mark = self._header.mark(row, "code")
            code = self._cells.read(row, "code", partial(cells.code, mark=mark))
            price = self._cells.read(row, self._column, _given)
            if self._cells.count == before and code and price is not None:
                self._one(row, code, price, found)
        told = (PriceFault(one.row, one.column, one.value, one.reason, one.other) for one in self._cells.faults)
        return PricesSheet(found, tuple(told))

    def _one(self, row: Row, code: str, price: Money, found: dict[str, Money]) -> None:
        product = self._books.products.by_code(code)
        if product is None:
            self._cells.add(row, "code", code, "unknown_code")
            return
        reason = refusal(price, product)
        first = self._said_by.setdefault(product.code, row.number)
        if reason:
            self._cells.add(row, self._column, self._header.text(row, self._column), reason)
        elif first != row.number:
            self._cells.add(row, "code", code, "duplicate", str(first))
        else:
            found[product.code] = price


def _given(value: str) -> Money:
    if not value:
        raise BadCell("empty")
    return cells.amount(value)
