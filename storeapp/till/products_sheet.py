"""The products sheet: a catalogue from another system, row by row, with every fault named."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from storeapp.domain.basket import DEAREST_LINE
from storeapp.domain.money import Money
from storeapp.domain.product import CODE_MAX, BadProduct, Product
from storeapp.till import sheet_cells as cells
from storeapp.till.sheet_units import units_reader
from storeapp.till.sheets import BadCell, Cells, ColumnRead, Fault, Header, Row, table_of

UNIT_MAX, CATEGORY_MAX, IMAGE_MAX = 20, 40, 300
ALIASES: Mapping[str, tuple[str, ...]] = {
    "code": (
        "编码", "货号", "商品编码", "商品编号", "商品货号", "编号", "自编码", "店内码", "商品代码", "代码", "款号",
        "plu", "sku", "item code", "product code", "item", "product id",
    ),
    "name": (
        "品名", "商品名称", "商品名", "名称", "商品", "货品名称", "产品名称", "product name", "title", "description",
    ),
    "price": ("售价", "零售价", "价格", "单价", "销售价", "销售价格", "零售单价", "现价", "retail price", "unit price"),
    "unit": ("单位", "主单位", "计量单位", "销售单位", "uom"),
    "category": ("分类", "类别", "品类", "商品分类", "商品类别", "分类名称", "所属分类", "department"),
    "barcodes": (
        "条码", "条形码", "商品条码", "商品条形码", "国际条码", "国条码", "一品多码", "附加条码", "barcode",
        "ean", "ean13", "gtin", "upc",
    ),
    "member_price": ("会员价", "会员价格", "会员单价", "vip价", "vip price", "member"),
    "cost": ("进价", "成本", "成本价", "进货价", "采购价", "进货价格", "cost price"),
    "stock": ("库存", "库存量", "库存数量", "当前库存", "现有库存", "数量", "quantity", "qty", "inventory"),
    "weighed": ("称重", "是否称重", "称重商品", "计重", "by weight"),
    "brand": ("品牌", "商品品牌", "品牌名称", "brand name", "make"),
    "units": ("多单位", "大包装", "包装单位", "销售包装", "辅助单位", "other units", "packs"),
    "image": ("图片", "商品图片", "图片地址", "图片链接", "图", "picture", "photo", "image url"),
}  # fmt: skip
_BETWEEN_BARCODES = re.compile(r"[;；,，、|\s]+")


@dataclass(frozen=True, slots=True)
class ProductRow:
    """A product as row `row` of the file describes it, with the larger units it is sold in."""

    row: int
    product: Product
    units: tuple[Product, ...] = ()


@dataclass(frozen=True, slots=True)
class ProductsSheet:
    """What a products file says: how its columns were read, its good rows, and the faults of the others.

    `given` are the fields the file speaks of; the others of a known product stay as they are.
    """

    columns: tuple[ColumnRead, ...]
    given: frozenset[str]
    rows: tuple[ProductRow, ...]
    faults: tuple[Fault, ...]


def read_products(rows: Iterable[Row]) -> ProductsSheet:
    """Every row of the file as a product or as its faults; raises ColumnsMissing, ColumnTwice or NotATable."""
    header, below = table_of(
        rows,
        ALIASES,
        required=("name", "price"),
        one_of=("code", "barcodes"),
        many=("barcodes",),
        # systems export two numbers of their own, a long and a short name; two prices would be another matter
        leftmost=("code", "name", "category", "unit", "image", "brand"),
    )
    return _Reader(header).read(below)


class _Reader:
    """Reads rows under one header and remembers which row said which code first."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._cells = Cells(header)
        self._numbers = ShortNumbers()
        self._said_by: dict[str, int] = {}

    def read(self, rows: Iterator[Row]) -> ProductsSheet:
        read = []
        for row in rows:
            product = self._product(row)
            if product is not None:
                units = self._cells.read(row, "units", units_reader(product)) or ()
                for each in (product, *units):
                    self._claim(row, each)
                read.append(ProductRow(row.number, product, units))
        self._numbers.report(self._cells)
        bad = {fault.row for fault in self._cells.faults}
        good = tuple(row for row in read if row.row not in bad)
        given = frozenset(self._header.places) | {"code"}
        return ProductsSheet(self._header.columns, given, good, tuple(sorted(self._cells.faults, key=_by_row)))

    def _product(self, row: Row) -> Product | None:
        before, read = self._cells.count, self._cells.read
        own, barcodes = self._codes(row)
        name = read(row, "name", str)
        price = read(row, "price", _amount_given)
        unit = read(row, "unit", lambda value: cells.text(value, most=UNIT_MAX))
        category = read(row, "category", lambda value: cells.text(value, most=CATEGORY_MAX))
        member_price = read(row, "member_price", _amount_or_none)
        cost = read(row, "cost", _amount_or_none)
        stock_milli = read(row, "stock", lambda value: cells.milli(value) if value else None)
        weighed = read(row, "weighed", cells.yes_no)
        image = read(row, "image", lambda value: cells.text(value, most=IMAGE_MAX))
        brand = read(row, "brand", lambda value: cells.text(value, most=CATEGORY_MAX))
        if self._cells.count > before or price is None:
            return None
        try:
            return Product(
                code=own,
                name=name or "",
                price=price,
                unit=unit or "",
                category=category or "",
                barcodes=barcodes,
                member_price=member_price,
                cost=cost,
                stock_milli=stock_milli,
                weighed=bool(weighed),
                image=image or "",
                brand=brand or "",
            )
        except BadProduct as error:
            self._cells.add(row, error.field, error.value, error.reason)
            return None

    def _codes(self, row: Row) -> tuple[str, tuple[str, ...]]:
        """The product's own code and its barcodes; a row with barcodes only takes the first of them as its code."""
        before, marks = self._cells.count, self._header
        for column in ("code", "barcodes"):
            self._numbers.see(row, column, marks.text(row, column), marks.mark(row, column))
        own = self._cells.read(row, "code", lambda value: cells.code(value, marks.mark(row, "code"))) or ""
        read = self._cells.read(row, "barcodes", lambda value: _barcodes(value, marks.mark(row, "barcodes"))) or ()
        if self._cells.count > before:
            return "", ()
        if not own and read:
            own = read[0]
        if not own:
            self._cells.add(row, "code" if self._header.has("code") else "barcodes", "", "empty")
        return own, tuple(dict.fromkeys(barcode for barcode in read if barcode != own))

    def _claim(self, row: Row, product: Product) -> None:
        """The codes of a row are its own; a later row that says one of them again is at fault."""
        for code in product.codes:
            first = self._said_by.setdefault(code, row.number)
            if first != row.number:
                column = "code" if code == product.code and self._header.has("code") else "barcodes"
                self._cells.add(row, column, code, "duplicate", str(first))


class ShortNumbers:
    """Finds codes Excel has shortened: numbers in a column whose texts begin with zeros and are all of one length."""

    ENOUGH = 3

    def __init__(self) -> None:
        self._zero_lengths: dict[str, list[int]] = {}
        self._numbers: list[tuple[Row, str, str]] = []

    def see(self, row: Row, column: str, value: str, mark: str) -> None:
        if mark == "number":
            self._numbers.append((row, column, value))
        elif value[:1] == "0" and value.isdigit():
            self._zero_lengths.setdefault(column, []).append(len(value))

    def report(self, cells: Cells) -> None:
        """A fault for every number shorter than the texts of its column."""
        for row, column, value in self._numbers:
            lengths = self._zero_lengths.get(column, [])
            # one such text may be chance, some are a habit
            if len(lengths) >= self.ENOUGH and len(value) < min(lengths) == max(lengths):
                cells.add(row, column, value, "zeros_lost", value.zfill(min(lengths)))


def _by_row(fault: Fault) -> int:
    return fault.row


def _amount_given(value: str) -> Money:
    if not value:
        raise BadCell("empty")
    amount = cells.amount(value)
    if amount > DEAREST_LINE:
        # it could never be sold
        raise BadCell("too_large")
    return amount


def _amount_or_none(value: str) -> Money | None:
    return _amount_given(value) if value else None


def _barcodes(value: str, mark: str) -> tuple[str, ...]:
    read = tuple(cells.code(part, mark) for part in _BETWEEN_BARCODES.split(value) if part)
    for barcode in read:
        if len(barcode) > CODE_MAX:
            raise BadCell("too_long")
    return read
