"""The catalogue changes: whole or not at all, and the journal tells the cloud."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from storeapp.domain.basket_data import product_data
from storeapp.domain.product import Product, QuickKey, UnknownCode, following
from storeapp.errors import Refused
from storeapp.till.ports import Books, Clock, Shop

ROWS_AN_EVENT = 100


@dataclass(eq=False)
class BarcodeTaken(Refused):
    """`barcode` of product `code` already rings up product `owner`."""

    code: str
    barcode: str
    owner: str
    word = "barcode_taken"


def put_products(
    shop: Shop,
    products: Sequence[Product],
    *,
    clock: Clock,
    gone: Sequence[str] = (),
    progress: Callable[[int], None] | None = None,
) -> int:
    """New and changed products, without those `gone`, in one transaction; answers how many differ from before.

    The larger units of a product follow it. Raises BarcodeTaken or BadProduct.
    """
    at = clock.now().isoformat()
    with shop.writing() as books:
        changed = [product for product in products if books.products.by_code(product.code) != product]
        changed += _followers(books, changed, {*gone, *(product.code for product in products)})
        _refuse_taken(books, changed, frozenset(gone))
        _remove(books, gone, at=at)
        for start in range(0, len(changed), ROWS_AN_EVENT):
            rows = changed[start : start + ROWS_AN_EVENT]
            books.products.put(rows)
            body = {"rows": [product_data(product) for product in rows], "gone": []}
            books.journal.append("catalogue.changed", body, at=at)
            if progress is not None:
                progress(start + len(rows))
    return len(changed)


def leaving(books: Books, codes: Sequence[str]) -> tuple[Product, ...]:
    """The products named by code or barcode, and their larger units; raises UnknownCode."""
    named: dict[str, Product] = {}
    for code in codes:
        product = books.products.by_code(code)
        if product is None:
            raise UnknownCode(code)
        named[product.code] = product
    return tuple((named | {unit.code: unit for unit in books.products.units_of(list(named))}).values())


def remove_products(shop: Shop, codes: Sequence[str], *, clock: Clock) -> tuple[Product, ...]:
    """Takes what is `leaving` off the shelf and answers it; what was sold keeps its name. Raises UnknownCode."""
    at = clock.now().isoformat()
    with shop.writing() as books:
        gone = leaving(books, codes)
        _remove(books, [product.code for product in gone], at=at)
    return gone


def _remove(books: Books, codes: Sequence[str], *, at: str) -> None:
    for start in range(0, len(codes), ROWS_AN_EVENT):
        gone = list(codes[start : start + ROWS_AN_EVENT])
        books.products.remove(gone)
        books.journal.append("catalogue.changed", {"rows": [], "gone": gone}, at=at)


def _followers(books: Books, changed: Sequence[Product], told: set[str]) -> list[Product]:
    """The larger units of products that change, where they are not told of themselves."""
    bases = {product.code: product for product in changed if not product.base}
    units = [unit for unit in books.products.units_of(list(bases)) if unit.code not in told]
    followed = [following(unit, bases[unit.base]) for unit in units]
    return [now for unit, now in zip(units, followed, strict=True) if now != unit]


def put_quick_keys(shop: Shop, keys: Sequence[QuickKey]) -> None:
    """These tiles on the selling screen. They belong to this till, so no journal entry."""
    with shop.writing() as books:
        books.products.put_quick_keys(keys)


def _refuse_taken(books: Books, products: Sequence[Product], gone: frozenset[str]) -> None:
    claims: dict[str, str] = {}
    for product in products:
        for code in product.codes:
            other = claims.setdefault(code, product.code)
            if other != product.code:
                raise BarcodeTaken(product.code, code, other)
    changing = {product.code for product in products}
    for barcode, owner in books.products.owners(claims).items():
        if owner != claims[barcode] and owner not in changing and owner not in gone:
            raise BarcodeTaken(claims[barcode], barcode, owner)
