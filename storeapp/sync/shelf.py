"""Shelf: the products of a batch of rows, brought onto the till's own shelf at once.

A code rings up one product. When two claim it, the one told last has it, and a product's own code beats a barcode.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import replace

from storeapp.domain.product import Product
from storeapp.errors import Refused
from storeapp.sync import bodies
from storeapp.till.ports import Books
from storeapp.wire.messages import FeedRow

log = logging.getLogger(__name__)


def put(books: Books, rows: Iterable[FeedRow]) -> None:
    """Writes what differs from what is there, within the caller's transaction."""
    last = _last(rows)
    gone = [code for code, product in last.items() if product is None]
    if gone:
        books.products.remove(gone)
    told = _one_each([product for product in last.values() if product is not None])
    changed = [product for product in told if books.products.by_code(product.code) != product]
    if changed:
        books.products.put(_made_room(books, changed))


def _last(rows: Iterable[FeedRow]) -> dict[str, Product | None]:
    """By code, what the last row says of it; None for what has left."""
    last: dict[str, Product | None] = {}
    for row in rows:
        if row.t == "product.gone":
            last[bodies.read(row, bodies.GoneBody).code] = None
            continue
        said = bodies.read(row, bodies.ProductBody)
        try:
            product = said.product()
        except Refused as error:
            log.warning("product row %d is left out: %s", row.seq, error.word)
            continue
        last.pop(said.code, None)
        last[said.code] = product
    return last


def _one_each(products: Sequence[Product]) -> list[Product]:
    """The same products, a code claimed by two left to the later one."""
    own = {product.code for product in products}
    claimed: set[str] = set()
    found = []
    for product in reversed(products):
        barcodes = tuple(
            code for code in product.barcodes if code == product.code or (code not in own and code not in claimed)
        )
        claimed.update(barcodes)
        found.append(replace(product, barcodes=barcodes))
    return found[::-1]


def _made_room(books: Books, products: Sequence[Product]) -> list[Product]:
    """Takes the codes of these products away from others on the shelf; returns them as they can be put."""
    claimed = {code: product.code for product in products for code in product.codes}
    lost: dict[str, set[str]] = {}
    kept_by_others = set()
    for code, owner in books.products.owners(claimed).items():
        if owner == claimed[code]:
            continue
        if code == owner:
            kept_by_others.add(code)
        else:
            lost.setdefault(owner, set()).add(code)
    for owner, codes in lost.items():
        held = books.products.by_code(owner)
        if held is not None:
            log.warning("product %s loses codes to others", owner)
            books.products.put([replace(held, barcodes=tuple(c for c in held.barcodes if c not in codes))])
    return [
        replace(product, barcodes=tuple(c for c in product.barcodes if c == product.code or c not in kept_by_others))
        for product in products
    ]
