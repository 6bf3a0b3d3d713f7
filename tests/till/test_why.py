"""Why this price, on paper: of a receipt, or of the basket at the counter."""

from __future__ import annotations

import pytest

from storeapp.devices.printer_profile import profile
from storeapp.devices.receipt_job import render
from storeapp.domain import reason
from storeapp.domain.basket import Basket, EmptyBasket, Line
from storeapp.domain.business_day import UnknownReceipt
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.receipt_layout import Row, TextRow
from storeapp.domain.receipt_text import columns
from storeapp.domain.tender import Tender
from storeapp.till import baskets
from storeapp.till.checkout import Order, checkout
from storeapp.till.why import owe_why, slip_of
from storeapp.words import words
from tests.domain.goods import CUP, TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock

ZH = words("zh_CN")
BASKET = Basket((Line(TEA, Quantity(3000)), Line(CUP, discount=Money(450), discount_reason="damaged")))


def said(rows: tuple[Row, ...], width: int) -> list[str]:
    return [row.text(width) for row in rows if isinstance(row, TextRow)]


def of_lines(rows: list[str]) -> list[str]:
    """From the first line's name to the end of the last line, without the whole."""
    first = next(place for place, row in enumerate(rows) if row.startswith(TEA.name))
    whole = next(place for place, row in enumerate(rows) if row.startswith("整"))
    return rows[first:whole]


@pytest.mark.parametrize("width", [32, 48])
def test_a_receipt_and_its_basket_give_the_same_steps(
    shop: MemoryShop, clock: StillClock, ids: CountedIds, width: int
) -> None:
    baskets.keep(shop, BASKET)
    before = owe_why(shop, "", clock=clock, ids=ids)
    with shop.reading() as books:
        open_rows = said(slip_of(books, before, width=width, ids=ids, words=ZH), width)

    sale = checkout(shop, Order(BASKET, (Tender("cash", Money(3500)),), "1007"), clock=clock, ids=ids).sale
    after = owe_why(shop, sale.receipt, clock=clock, ids=ids)
    with shop.reading() as books:
        rows = said(slip_of(books, after, width=width, ids=ids, words=ZH), width)

    assert of_lines(rows) == of_lines(open_rows)
    given = [row for row in of_lines(rows) if row.startswith(reason.said("damaged", ZH))]
    assert [row[-5:] for row in given] == ["-4.50"]
    assert rows[-1].endswith("35.00")
    assert max(columns(row) for row in rows) <= width


def test_the_printer_gets_bytes_for_it(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    baskets.keep(shop, BASKET)

    data = render(shop, owe_why(shop, "", clock=clock, ids=ids), profile("full-58"))

    assert "乌龙茶".encode("gbk") in data


def test_what_is_not_there_is_not_printed(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(UnknownReceipt):
        owe_why(shop, "S01-1-20260928-0001", clock=clock, ids=ids)
    job = owe_why(shop, "", clock=clock, ids=ids)
    with pytest.raises(EmptyBasket):
        render(shop, job, profile("full-58"))
