"""Why this price: the steps add up, from the shelf to what is asked for."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from storeapp.domain import price_steps as steps
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money, total
from storeapp.domain.priced import Cut, PricedBasket, PricedLine
from storeapp.domain.quantity import Quantity
from storeapp.domain.sale import line_sold
from storeapp.ui.why.sheet import WhySheet
from storeapp.words import words
from tests.domain.goods import APPLE, CUP, TEA
from tests.ui import scene
from tests.ui.conftest import OpenStage

EN = words("en")
CUTS = (
    Cut("coupon", Money(100), "7F3K9Q21"),
    Cut("promotion", Money(350), "买2送1", "b2g1"),
    Cut("member_price", Money(150)),
)
THREE_TEAS = PricedLine(Line(TEA, Quantity(3000)), Money(350), Quantity(3000), Money(1050), CUTS)
BY_HAND = PricedLine(Line(CUP, price=Money(2500), price_reason="damaged"), Money(2500), Quantity(1000), Money(2500))
LABELLED = PricedLine(Line(APPLE, Quantity(270), label_price=Money(350)), Money(1280), Quantity(273), Money(350))


def rows(explained: steps.Explained) -> list[tuple[str, int]]:
    return [(step.words, step.amount.fen) for step in explained.steps]


def test_the_steps_stand_in_the_order_they_apply() -> None:
    assert rows(steps.of_line(THREE_TEAS, EN)) == [
        ("Shelf price", 1050),
        ("Member price", -150),
        ("买2送1", -350),
        ("Coupon 7F3K9Q21", -100),
        ("To pay", 450),
    ]


def test_a_price_by_hand_is_a_step_with_its_reason() -> None:
    assert rows(steps.of_line(BY_HAND, EN)) == [
        ("Shelf price", 2900),
        ("Price by hand: Damaged", -400),
        ("To pay", 2500),
    ]


def test_a_scale_label_starts_from_what_it_says() -> None:
    assert rows(steps.of_line(LABELLED, EN)) == [("Shelf price", 350), ("To pay", 350)]


@pytest.mark.parametrize("priced", [THREE_TEAS, BY_HAND, LABELLED])
def test_the_steps_add_up_and_a_past_line_says_the_same(priced: PricedLine) -> None:
    now = steps.of_line(priced, EN)

    later = steps.of_sold(line_sold(1, priced), EN)

    assert total(step.amount for step in now.steps[:-1]) == now.steps[-1].amount == priced.net
    assert rows(later) == rows(now)


def test_the_basket_names_each_reason_once() -> None:
    whole = steps.of_basket(PricedBasket((THREE_TEAS, replace(THREE_TEAS))), EN)

    assert rows(whole) == [
        ("Goods", 2100),
        ("Member price", -300),
        ("买2送1", -700),
        ("Coupon 7F3K9Q21", -200),
        ("To pay", 900),
    ]


def said(sheet: WhySheet) -> list[str]:
    return [one.text() for one in sheet.findChildren(QLabel) if one.isVisible()]


def test_one_key_opens_the_sheet_the_arrows_choose_another_line_and_the_key_closes_it(open_stage: OpenStage) -> None:
    raised = open_stage(language="en")
    window = raised.counter.window
    scene.fill(raised.counter)
    raised.counter.sell.select(0)
    first, second = (line.line.product.name for line in raised.counter.sell.state.priced.lines[:2])

    raised.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    sheet = window.sheet
    assert isinstance(sheet, WhySheet)
    assert first in said(sheet)
    raised.press(Qt.Key.Key_Down)
    QApplication.processEvents()
    assert second in said(sheet)
    raised.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)

    assert window.sheet is None


def test_an_empty_basket_says_so_and_opens_no_sheet(open_stage: OpenStage) -> None:
    raised = open_stage(language="en")
    window = raised.counter.window

    raised.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)

    assert window.sheet is None
    assert "nothing to pay for" in window.notice.accessibleName()


def test_a_basket_that_is_cleared_takes_the_sheet_away(open_stage: OpenStage) -> None:
    raised = open_stage()
    scene.fill(raised.counter)
    raised.press(Qt.Key.Key_W, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(raised.counter.window.sheet, WhySheet)

    raised.counter.sell.clear()

    assert raised.counter.window.sheet is None


def test_an_empty_basket_has_no_steps(qapp: QApplication) -> None:
    sheet = WhySheet(scene.look_in("en"))

    sheet.show_state(scene.open_counter(scene.look_in("en"), scene.scene()).sell.state)

    assert Basket().is_empty
    assert not sheet._panel._shown


def test_the_steps_are_printed_from_the_sheet_and_from_a_past_receipt(open_stage: OpenStage) -> None:
    raised = open_stage()
    scene.fill(raised.counter)
    raised.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    raised.counter.act("cash")
    raised.counter.pay.type("200")
    raised.counter.pay.confirm()
    raised.screens.receipts()
    raised.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    with raised.here.shop.reading() as books:
        jobs = [job for job in books.prints.queued(limit=10) if job.kind == "why"]
        receipt = books.sales.last()
    assert receipt is not None
    assert [job.receipt for job in jobs] == ["", receipt.receipt]


def test_an_empty_basket_prints_no_steps(open_stage: OpenStage) -> None:
    raised = open_stage()

    raised.press(Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)

    with raised.here.shop.reading() as books:
        assert books.prints.queued(limit=10) == ()


def test_a_price_that_changed_under_the_basket_is_told_and_taken_with_one_key(open_stage: OpenStage) -> None:
    raised = open_stage()
    sell = raised.counter.sell
    sell.scan(scene.COLA.code)
    with raised.here.shop.writing() as books:
        books.products.put([replace(scene.COLA, price=Money(300))])

    raised.screens.outside_changed()
    assert (len(sell.state.price_changes), sell.state.due.fen) == (1, 250)
    raised.press(Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    assert (sell.state.price_changes, sell.state.due.fen) == ((), 300)
    raised.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    assert (len(sell.state.price_changes), sell.state.due.fen) == (1, 250)
