"""Price changes under an open basket: seen, and taken only when somebody takes them."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.price_change import PriceChange, at_new_prices, price_changes
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity
from tests.domain.goods import APPLE, CUP, TEA

DEARER = replace(TEA, price=Money(400), stock_milli=7000)


def shelf(*products: Product) -> dict[str, Product]:
    return {product.code: product for product in products}


def test_a_line_whose_product_costs_something_else_is_told() -> None:
    basket = Basket((Line(CUP), Line(TEA, Quantity(2000))))

    changes = price_changes(basket, shelf(CUP, DEARER).get)

    assert changes == (PriceChange(2, TEA.name, Money(350), Money(400)),)


def test_taking_the_new_price_changes_that_line_alone_and_settles_it() -> None:
    basket = Basket((Line(CUP, note="blue"), Line(TEA, Quantity(2000), discount=Money(50), discount_reason="x")))

    renewed = at_new_prices(basket, shelf(CUP, DEARER).get)

    assert renewed.lines[0] is basket.lines[0]
    assert renewed.lines[1] == replace(basket.lines[1], product=DEARER)
    assert price_changes(renewed, shelf(CUP, DEARER).get) == ()


def test_another_member_price_is_a_change_too() -> None:
    cheaper = replace(TEA, member_price=Money(280))

    assert [change.number for change in price_changes(Basket((Line(TEA),)), shelf(cheaper).get)] == [1]


def test_what_is_not_about_the_price_is_no_change() -> None:
    moved = replace(TEA, name="乌龙茶 新装", stock_milli=3)

    assert price_changes(Basket((Line(TEA),)), shelf(moved).get) == ()


def test_a_price_by_hand_a_scale_label_and_goods_that_left_keep_theirs() -> None:
    lines = (
        Line(TEA, price=Money(100), price_reason="x"),
        Line(APPLE, Quantity(300), label_price=Money(380)),
        Line(CUP),
    )
    dearer = shelf(DEARER, replace(APPLE, price=Money(9999)))

    assert price_changes(Basket(lines), dearer.get) == ()
    assert at_new_prices(Basket(lines), dearer.get).lines == lines
