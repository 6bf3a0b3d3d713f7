"""Group XLSX: a sheet's purchase list and its orders as a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from storeapp.devices.workbook import Cell, fill, new_book, saved, yuan
from storeapp.domain.group_purchase import PurchaseList
from storeapp.words import Words


def group_xlsx(found: PurchaseList, orders: Iterable[tuple[Cell, ...]], *, words: Words) -> bytes:
    """The workbook; quantities and amounts are numbers. `orders` are rows under number, code, who, goods, how many,
    amount and state."""
    _, book = words.t, new_book()
    names = (_("Code"), _("Goods"), _("Orders"), _("Ordered"), _("Fetched"), _("In stock"), _("To buy"), _("Cost"))
    fill(book.create_sheet(_("To buy")[:31]), names, _needs(found))
    columns = ("#", _("Pick-up code"), _("Name"), _("Goods"), _("How many"), _("Amount"), _("State"))
    fill(book.create_sheet(_("Orders")[:31]), columns, orders)
    return saved(book)


def _needs(found: PurchaseList) -> Iterator[tuple[Cell, ...]]:
    for need in found.needs:
        yield (
            need.code,
            need.name,
            need.orders,
            _number(need.ordered),
            _number(need.picked),
            "" if need.stock is None else _number(need.stock),
            _number(need.to_buy),
            "" if need.cost is None else yuan(need.cost.fen),
        )


def _number(milli: int) -> Cell:
    whole, rest = divmod(milli, 1000)
    return Decimal(milli) / 1000 if rest else whole
