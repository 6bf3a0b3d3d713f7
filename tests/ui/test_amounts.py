"""Wherever an amount is typed, a barcode is refused aloud and absurd change is too."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from storeapp.domain.money import Money, NotAnAmount, typed_amount
from storeapp.domain.tender import AbsurdChange
from storeapp.ui.pay.screen import PaySheet
from storeapp.ui.sell.edit_sheets import EditSheet
from storeapp.ui.settings import specs
from storeapp.ui.settings.form import PolicyForm
from storeapp.ui.widgets.field import AmountField
from tests.ui.conftest import OpenStage
from tests.ui.scene import SOY, Scene
from tests.ui.seen import Seen
from tests.ui.stage import OWNER, Stage

BARCODES = ("6902265360100", "69288040", "2100301003507", "6902265360100\n", "6902265360100.00")
SHIFT = Qt.KeyboardModifier.ShiftModifier
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.mark.parametrize("barcode", BARCODES)
def test_a_barcode_is_no_amount(barcode: str) -> None:
    with pytest.raises(NotAnAmount):
        typed_amount(barcode)


def test_an_amount_is() -> None:
    assert typed_amount("999999.99") == Money(99_999_999)
    assert typed_amount("¥12.5") == Money(1250)


def _field() -> QLineEdit:
    focused = QApplication.focusWidget()
    assert isinstance(focused, QLineEdit)
    return focused


OPENS = {
    "cash": (Qt.Key.Key_F9, None),
    "paid by code": (Qt.Key.Key_F10, None),
    "price": (Qt.Key.Key_F3, None),
    "discount": (Qt.Key.Key_F4, None),
    "whole basket": (Qt.Key.Key_F4, SHIFT),
    "quantity": (Qt.Key.Key_F2, None),
}


@pytest.mark.parametrize("box", OPENS)
@pytest.mark.parametrize("barcode", BARCODES[:2])
def test_a_pasted_barcode_stays_out_of_every_box_and_is_told(open_stage: OpenStage, box: str, barcode: str) -> None:
    on = open_stage()
    on.counter.take_scan(SOY.code)
    key, modifier = OPENS[box]
    on.press(key, *([] if modifier is None else [modifier]))
    field = _field()
    before = field.text()
    QGuiApplication.clipboard().setText(barcode)

    QTest.keyClick(field, Qt.Key.Key_V, CTRL)

    assert field.text() == before
    assert _is_told(on)


def _is_told(on: Stage) -> bool:
    sheet = on.counter.window.sheet
    assert isinstance(sheet, PaySheet | EditSheet)
    if isinstance(sheet, PaySheet) and on.counter.pay.state.refused is not None:
        return True
    return any(field.edit.property("fault") == "true" for field in sheet.findChildren(AmountField))


def test_a_setting_in_yuan_takes_no_barcode(here: Scene) -> None:
    form, seen = PolicyForm(here.desk, OWNER, specs.OFFER, saved=lambda: None), Seen()
    form.bind(seen)
    form.type("offer.min_spend_fen", BARCODES[1])
    form.save()

    assert seen.state.faults == {"offer.min_spend_fen"}


def test_absurd_change_is_refused_in_the_window(open_stage: OpenStage) -> None:
    on = open_stage()
    on.counter.take_scan(SOY.code)
    on.press(Qt.Key.Key_F9)
    on.type("99999")
    on.press(Qt.Key.Key_Return)

    assert isinstance(on.counter.pay.state.refused, AbsurdChange)
    with on.here.shop.reading() as books:
        assert books.sales.last() is None
