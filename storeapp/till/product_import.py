"""Importing products: what a sheet would change, seen before anything is written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from storeapp.domain.basket_data import product_data
from storeapp.domain.product import BadProduct, Product, following
from storeapp.till.catalogue import put_products
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.products_sheet import ProductRow, ProductsSheet
from storeapp.till.sheets import BadRows, Fault

# columns of the sheet whose field has another name
_FIELDS = {"stock": "stock_milli"}


@dataclass(frozen=True, slots=True)
class Change:
    """A known product that will differ: per field what it was and what it will be, as `product_data` writes them."""

    product: Product
    fields: tuple[tuple[str, Any, Any], ...]

    @property
    def gains_codes(self) -> bool:
        """True if it will ring up by a barcode it did not have."""
        return any(field == "barcodes" and not set(new) <= set(old) for field, old, new in self.fields)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet means for this catalogue. `faults` are the sheet's and those the catalogue adds.

    `gone` are larger units its products are sold in no more.
    """

    sheet: ProductsSheet
    new: tuple[Product, ...]
    changed: tuple[Change, ...]
    same: int
    faults: tuple[Fault, ...]
    gone: tuple[str, ...] = ()

    @property
    def bad_rows(self) -> int:
        return len({fault.row for fault in self.faults})


def plan(books: Books, sheet: ProductsSheet) -> Plan:
    """Compares the sheet with the catalogue. A known product keeps the fields the file does not speak of."""
    known = {product.code: product for product in books.products.every()}
    kept = [replace(row, product=_kept(row.product, known.get(row.product.code), sheet.given)) for row in sheet.rows]
    rows, no_units = _with_units(kept, sheet)
    faults = (*sheet.faults, *no_units, *_taken(books, sheet, rows, known))
    bad = {fault.row for fault in faults}
    good = [row.product for row in rows if row.row not in bad]
    differ = [product for product in good if known.get(product.code) != product]
    changed = tuple(
        Change(product, _differences(known[product.code], product)) for product in differ if product.code in known
    )
    new = tuple(product for product in differ if product.code not in known)
    gone = _gone(known, sheet, good)
    return Plan(sheet, new, changed, len(good) - len(differ), tuple(sorted(faults, key=lambda fault: fault.row)), gone)


def carry_out(
    shop: Shop,
    planned: Plan,
    *,
    clock: Clock,
    skip_bad: bool = False,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Writes the plan in one transaction; answers how many products were written. Raises BadRows unless `skip_bad`."""
    if planned.faults and not skip_bad:
        raise BadRows(planned.bad_rows)
    # who gives a barcode away goes before who takes it
    changed = sorted(planned.changed, key=lambda change: change.gains_codes)
    products = (*(change.product for change in changed), *planned.new)
    if not products and not planned.gone:
        return 0
    return put_products(shop, products, clock=clock, gone=planned.gone, progress=progress)


def _kept(product: Product, known: Product | None, given: frozenset[str]) -> Product:
    if known is None:
        return product
    fields = {_FIELDS.get(column, column) for column in given}
    untold = {name: getattr(known, name) for name in product_data(known) if name in _OPTIONAL and name not in fields}
    prices = {name: getattr(known, name) for name in ("member_price", "cost") if name not in fields}
    return replace(product, **untold, **prices, base=known.base, pack=known.pack)


_OPTIONAL = frozenset({"unit", "category", "barcodes", "stock_milli", "weighed", "image", "brand"})


def _with_units(rows: list[ProductRow], sheet: ProductsSheet) -> tuple[list[ProductRow], list[Fault]]:
    """Each product with the larger units its row tells of, as they follow from what is kept of it."""
    column = next((read.header for read in sheet.columns if read.column == "units"), "units")
    found, faults = [], []
    for row in rows:
        found.append(replace(row, units=()))
        for unit in row.units:
            try:
                found.append(ProductRow(row.row, following(unit, row.product)))
            except BadProduct as error:
                faults.append(Fault(row.row, column, error.value, error.reason))
    return found, faults


def _gone(known: Mapping[str, Product], sheet: ProductsSheet, good: Sequence[Product]) -> tuple[str, ...]:
    """Larger units of these products that a sheet with such a column does not tell of."""
    if "units" not in sheet.given:
        return ()
    told = {product.code for product in good}
    return tuple(code for code, product in known.items() if product.base in told and code not in told)


def _taken(books: Books, sheet: ProductsSheet, rows: list[ProductRow], known: Mapping[str, Product]) -> list[Fault]:
    """Codes that ring up another product, and codes two rows claim once kept barcodes are counted.

    A barcode may move from one row's product to another's, but not round in a circle.
    """
    column = next((read.header for read in sheet.columns if read.column == "barcodes"), "barcodes")
    code_column = next((read.header for read in sheet.columns if read.column == "code"), column)
    claims: dict[str, ProductRow] = {}
    faults = []
    for row in rows:
        for code in row.product.codes:
            first = claims.setdefault(code, row)
            if first is not row:
                faults.append(Fault(row.row, column, code, "duplicate", str(first.row)))
    products = [row.product for row in rows]
    # what the file takes off the shelf or tells of anew gives its codes away
    in_file = {product.code for product in products} | set(_gone(known, sheet, products))
    owners = books.products.owners(claims)
    moving = {code: owner for code, owner in owners.items() if owner != claims[code].product.code}
    takers = {claims[code].product.code for code in moving}
    for code, owner in moving.items():
        if owner not in in_file or owner in takers:
            row = claims[code]
            where = code_column if code == row.product.code else column
            faults.append(Fault(row.row, where, code, "barcode_taken", owner))
    return faults


def _differences(before: Product, after: Product) -> tuple[tuple[str, Any, Any], ...]:
    old, new = product_data(before), product_data(after)
    return tuple((field, old[field], new[field]) for field in new if old[field] != new[field])
