"""Ringing up: from a code to a line of the basket."""

from __future__ import annotations

import unicodedata

from storeapp.domain.barcode import ScaleLabel, read_scale_label
from storeapp.domain.basket import Line, check_pieces
from storeapp.domain.money import ZERO, Money
from storeapp.domain.policy import Policy
from storeapp.domain.product import CODE_MAX, Product, UnknownCode
from storeapp.domain.quantity import ONE, BadQuantity, Quantity, is_measure, weight_behind
from storeapp.till.ports import Books


def normal_code(text: str) -> str:
    """A scanned or typed code as it is stored: full-width digits made plain, blanks gone."""
    return unicodedata.normalize("NFKC", text).strip()


def ring_up(books: Books, code: str, policy: Policy, *, quantity: Quantity | None = None, line: int = 1) -> Line:
    """The line `code` stands for: a product's code, a barcode, or a scale's label. Raises UnknownCode.

    `quantity` of a scale's label is a number of packets that all carry it; raises BadQuantity for a part of one, and
    PartOfAPiece for a part of what is sold by the piece, by the number `line` it has for who asks.
    """
    wanted = normal_code(code)
    if not 0 < len(wanted) <= CODE_MAX:
        raise UnknownCode(wanted[:CODE_MAX])
    product = books.products.by_code(wanted)
    if product is not None:
        check_pieces(product, quantity or ONE, line=line)
        return Line(product, quantity or ONE, rung_as=wanted)
    label = read_scale_label(wanted, policy.layouts())
    weighed = None if label is None else _labelled(books, wanted, label)
    if label is None or weighed is None:
        raise UnknownCode(wanted)
    return _off_label(weighed, wanted, label, quantity or ONE)


def by_measure(books: Books, code: str, unit: str) -> bool:
    """Whether the product `code`, sold in `unit`, is weighed, poured or cut; else it is sold by the piece."""
    product = books.products.by_code(code)
    return is_measure(unit) or (product is not None and product.weighed)


def _off_label(product: Product, code: str, label: ScaleLabel, packets: Quantity) -> Line:
    """The line of so many packets that all carry this label."""
    if not packets.is_whole:
        # half a packet has another weight and another price than the label says
        raise BadQuantity(str(packets))
    count = packets.milli // 1000
    if label.weight is not None:
        return Line(product, Quantity(label.weight.milli * count), rung_as=code)
    price = Money((label.price or ZERO).fen * count)
    # the weight stays with the line should its price be changed by hand
    return Line(product, weight_behind(price, product.price) or packets, rung_as=code, label_price=price)


def _labelled(books: Books, code: str, label: ScaleLabel) -> Product | None:
    """A scale knows a product by its item number, alone or with the label's prefix before it."""
    prefix = code[: len(code) - 1 - len(label.item) - 5]
    return books.products.by_code(label.item) or books.products.by_code(prefix + label.item)
