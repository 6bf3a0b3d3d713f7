"""Ringing up: from a code to a line of the basket."""

from __future__ import annotations

import unicodedata

from storeapp.domain.barcode import ScaleLabel, read_scale_label
from storeapp.domain.basket import Line
from storeapp.domain.policy import Policy
from storeapp.domain.product import CODE_MAX, Product, UnknownCode
from storeapp.domain.quantity import ONE, Quantity
from storeapp.till.ports import Books


def normal_code(text: str) -> str:
    """A scanned or typed code as it is stored: full-width digits made plain, blanks gone."""
    return unicodedata.normalize("NFKC", text).strip()


def ring_up(books: Books, code: str, policy: Policy, *, quantity: Quantity | None = None) -> Line:
    """The line `code` stands for: a product's code, a barcode, or a scale's label. Raises UnknownCode."""
    wanted = normal_code(code)
    if not 0 < len(wanted) <= CODE_MAX:
        raise UnknownCode(wanted[:CODE_MAX])
    product = books.products.by_code(wanted)
    if product is not None:
        return Line(product, quantity or ONE, rung_as=wanted)
    label = read_scale_label(wanted, policy.layouts())
    weighed = None if label is None else _labelled(books, wanted, label)
    if label is None or weighed is None:
        raise UnknownCode(wanted)
    if label.weight is not None:
        return Line(weighed, label.weight, rung_as=wanted)
    return Line(weighed, quantity or ONE, rung_as=wanted, label_price=label.price)


def _labelled(books: Books, code: str, label: ScaleLabel) -> Product | None:
    """A scale knows a product by its item number, alone or with the label's prefix before it."""
    prefix = code[: len(code) - 1 - len(label.item) - 5]
    return books.products.by_code(label.item) or books.products.by_code(prefix + label.item)
