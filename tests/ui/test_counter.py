"""The counter as a cashier has it under her hands: keys, scans, money; and as it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from storeapp.domain.money import Money
from storeapp.domain.reason import REASONS
from storeapp.domain.sale import Sale
from storeapp.payments.simulated import SimulatedProvider
from storeapp.ui.counter import Counter
from storeapp.ui.notices import Notice
from storeapp.ui.page import Page
from storeapp.ui.pay.screen import PaySheet
from storeapp.ui.pay.state import Asked
from storeapp.ui.scan_input import ScanInput
from storeapp.ui.sell.edit_sheets import EditSheet
from storeapp.ui.widgets.buttons import KeyButton
from tests.ui.conftest import OpenCounter
from tests.ui.scene import COLA, MILK, WATER, Scene
from tests.waiting import PATIENCE_MS

NOBODYS = "6999999999994"
SHEETS = ("quantity", "price", "discount", "note", "keys", "menu", "cash", "paid_by_code", "pay")


def _sold(here: Scene) -> Sale | None:
    with here.shop.reading() as books:
        return books.sales.last()


def _type(counter: Counter, text: str) -> None:
    QTest.keyClicks(counter.window.scan, text)


def _focus(counter: Counter) -> QWidget:
    return QApplication.focusWidget() or counter.window


def _key(counter: Counter, key: Qt.Key) -> None:
    QTest.keyClick(_focus(counter), key)


def _wedge(counter: Counter, code: str) -> None:
    """A scanner that types into the window."""
    for char in (*code, "\r"):
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            QApplication.sendEvent(counter.window.windowHandle(), event)


@pytest.fixture
def ear(qapp: QApplication) -> Iterator[Callable[[Counter], None]]:
    """Connects the scanner to a counter until the test ends."""
    # no time passes between its keys, however busy the machine is
    heard = ScanInput(qapp, clock_ms=lambda: 1)

    def listen(counter: Counter) -> None:
        heard.scanned.connect(counter.take_scan)

    yield listen
    heard.close()
    heard.deleteLater()


# what the hands do


def test_a_sale_by_keys_alone(open_counter: OpenCounter, here: Scene) -> None:
    counter = open_counter()

    _type(counter, WATER.code)
    _key(counter, Qt.Key.Key_Return)
    _key(counter, Qt.Key.Key_Plus)
    _key(counter, Qt.Key.Key_Space)
    QTest.keyClicks(_focus(counter), "10")
    _key(counter, Qt.Key.Key_Return)

    sale = _sold(here)
    assert sale is not None
    assert sale.due == Money(400)
    assert sale.change == Money(600)
    assert counter.window.sheet is None
    assert counter.window.scan.hasFocus()


def test_the_space_bar_types_while_the_field_holds_something(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)

    _type(counter, "a b")

    assert counter.window.sheet is None
    assert counter.window.scan.text() == "a b"


def test_delete_and_undo_act_on_the_basket_only_while_the_field_is_empty(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)
    _type(counter, "ab")
    _key(counter, Qt.Key.Key_Delete)
    assert len(counter.sell.state.priced.lines) == 1

    counter.window.scan.clear()
    _key(counter, Qt.Key.Key_Delete)
    assert counter.sell.state.is_empty
    QTest.keyClick(counter.window.scan, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert len(counter.sell.state.priced.lines) == 1


def test_the_arrows_choose_among_answers_and_enter_takes_the_chosen(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter()
    _type(counter, "gwd")
    qtbot.waitUntil(lambda: len(counter.sell.state.hits) == 2, timeout=PATIENCE_MS)
    second = counter.sell.state.hits[1].id

    _key(counter, Qt.Key.Key_Down)
    _key(counter, Qt.Key.Key_Return)

    assert [line.line.product.code for line in counter.sell.state.priced.lines] == [second]
    assert counter.window.scan.text() == ""


def test_the_arrows_walk_the_basket_when_nothing_is_searched(open_counter: OpenCounter) -> None:
    counter = open_counter()
    for code in (WATER.code, COLA.code):
        counter.sell.scan(code)

    _key(counter, Qt.Key.Key_Up)

    assert counter.sell.state.selected == 0


def test_a_number_before_the_key_is_the_quantity(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)

    _type(counter, "12")
    counter.act("quantity")

    assert str(counter.sell.state.priced.lines[0].quantity) == "12"
    assert counter.window.sheet is None


def test_a_line_is_changed_in_its_sheet_by_enter(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)

    QTest.keyClick(counter.window.scan, Qt.Key.Key_F3)
    assert isinstance(counter.window.sheet, EditSheet)
    QTest.keyClicks(_focus(counter), "1.5")
    _key(counter, Qt.Key.Key_Return)

    assert counter.sell.state.due == Money(150)
    assert counter.window.sheet is None
    assert counter.window.scan.hasFocus()


def test_a_discount_in_percent_and_its_reason_are_keys_as_well(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)

    QTest.keyClick(counter.window.scan, Qt.Key.Key_F4)
    QTest.keyClicks(_focus(counter), "10%")
    _key(counter, Qt.Key.Key_Down)
    _key(counter, Qt.Key.Key_Down)
    _key(counter, Qt.Key.Key_Up)
    _key(counter, Qt.Key.Key_Return)

    line = counter.sell.state.priced.lines[0]
    assert line.line.discount == Money(20)
    assert line.line.discount_reason == REASONS[1]


def test_what_is_unclear_is_decided_by_enter_and_f5(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)
    counter.act("pay")
    unclear = replace(counter.pay.state, step="unclear", asked=Asked("wechat", Money(200), trade_number="t"))
    said: list[str] = []
    sheet = counter.window.sheet
    assert isinstance(sheet, PaySheet)

    counter.pay.show(unclear)
    # the till locked itself meanwhile, and somebody came back to it
    counter.window.open_page(Page(counter.window, "", "check"), locked=True)
    counter.window.close_page()
    for button in sheet.findChildren(KeyButton):
        if button.isVisible() and button.cap in ("Enter", "F5"):
            button.clicked.disconnect()
            button.clicked.connect(lambda _checked=False, cap=button.cap: said.append(cap))
    for key in (Qt.Key.Key_F5, Qt.Key.Key_Return, Qt.Key.Key_F8):
        _key(counter, key)

    # whoever stands there with a queue need not walk to the buttons
    assert said == ["F5", "Enter"]
    # the key that gives back what came too late clears no basket meanwhile
    assert len(counter.sell.state.priced.lines) == 1


def test_esc_goes_back_step_by_step(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)
    counter.act("discount")
    counter.window.scan.setText("abc")

    counter.window.back()
    assert counter.window.scan.text() == ""
    assert counter.window.sheet is not None
    counter.window.back()

    assert counter.window.sheet is None
    assert counter.sell.state.editing is None


def test_one_sheet_gives_way_to_another(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)

    counter.act("price")
    counter.act("cash")

    assert isinstance(counter.window.sheet, PaySheet)
    assert counter.sell.state.editing is None


def test_what_belongs_to_another_screen_is_asked_for(open_counter: OpenCounter) -> None:
    counter = open_counter()
    wanted: list[str] = []
    counter.wanted.connect(wanted.append)

    for action in ("find_member", "new_member", "recall", "sign_out"):
        counter.act(action)

    assert wanted == ["find_member", "new_member", "recall", "sign_out"]


def test_paying_nothing_is_refused_with_a_word_and_a_beep(open_counter: OpenCounter, here: Scene) -> None:
    counter = open_counter()

    counter.act("cash")

    assert counter.window.sheet is None
    assert counter.window.notice.isVisible()
    assert here.bell.rung == 1


def test_a_locked_page_takes_no_keys_and_no_scans(open_counter: OpenCounter, here: Scene) -> None:
    counter = open_counter()
    counter.window.open_page(QWidget(), locked=True)

    counter.window.back()
    QTest.keyClick(counter.window, Qt.Key.Key_F9)
    counter.take_scan(WATER.code)

    assert counter.window.page is not None
    assert counter.sell.state.is_empty
    assert here.bell.rung == 1
    counter.window.close_page()
    assert counter.window.scan.hasFocus()


def test_the_mouse_leaves_the_cursor_in_the_scan_field(open_counter: OpenCounter) -> None:
    counter = open_counter()
    tiles = [button for button in counter.window.findChildren(QPushButton) if button.property("kind") == "tile"]

    QTest.mouseClick(tiles[0], Qt.MouseButton.LeftButton)

    assert len(counter.sell.state.priced.lines) == 1
    assert counter.window.scan.hasFocus()


def test_the_stepper_in_the_row_is_pressed_with_the_finger(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(WATER.code)
    view = next(one for one in counter.window.findChildren(QAbstractItemView) if one.model().rowCount() == 1)
    row = view.visualRect(view.model().index(0, 0))
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=row.center() + (row.topRight() - row.center()) / 2)
    plus = row.topRight() + (row.bottomLeft() - row.topLeft()) / 2
    plus.setX(row.right() - 118)

    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=plus)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=plus)

    assert int(str(counter.sell.state.priced.lines[0].quantity)) >= 3


# what the scanner does


@pytest.mark.parametrize("sheet", ["", "cash", "discount", "keys"])
def test_a_scan_is_rung_up_whatever_is_open(
    open_counter: OpenCounter, ear: Callable[[Counter], None], here: Scene, sheet: str
) -> None:
    counter = open_counter()
    ear(counter)
    counter.sell.scan(WATER.code)
    if sheet:
        counter.act(sheet)

    _wedge(counter, COLA.code)

    assert [line.line.product for line in counter.sell.state.priced.lines] == [WATER, COLA]
    assert _sold(here) is None
    if isinstance(counter.window.sheet, PaySheet):
        assert counter.pay.state.typed == ""
        assert counter.pay.state.due == Money(450)


def test_an_unknown_code_is_a_red_row_and_the_next_scan_closes_nothing(
    open_counter: OpenCounter, ear: Callable[[Counter], None], here: Scene
) -> None:
    counter = open_counter()
    ear(counter)

    _wedge(counter, NOBODYS)
    _wedge(counter, WATER.code)
    counter.act("cash")

    assert counter.sell.state.unknown_codes == (NOBODYS,)
    assert counter.window.sheet is None
    assert _sold(here) is None
    assert here.bell.rung == 2


def test_a_scan_from_a_focused_button_does_not_press_it(
    open_counter: OpenCounter, ear: Callable[[Counter], None], here: Scene
) -> None:
    counter = open_counter()
    ear(counter)
    counter.sell.scan(WATER.code)
    button = next(one for one in counter.window.findChildren(KeyButton) if one.property("kind") == "primary")
    button.setFocus(Qt.FocusReason.TabFocusReason)

    _wedge(counter, COLA.code)

    assert len(counter.sell.state.priced.lines) == 2
    assert counter.window.sheet is None


def test_the_customers_code_pays_where_there_is_a_provider(
    open_counter: OpenCounter, ear: Callable[[Counter], None], here: Scene
) -> None:
    counter = open_counter(provider=SimulatedProvider())
    ear(counter)
    counter.sell.scan(MILK.code)
    _key(counter, Qt.Key.Key_Space)

    _wedge(counter, "134567890123456781")

    sale = _sold(here)
    assert sale is not None
    assert sale.tenders[0].kind == "simulated"
    assert counter.window.sheet is None


def test_a_notice_hides_neither_the_title_of_a_page_nor_the_way_back(open_counter: OpenCounter, qtbot: QtBot) -> None:
    counter = open_counter(language="en")
    window = counter.window
    page = Page(window, "Shift and drawer", "receipt")
    window.show_notice(Notice("The clock jumped by 25 min. Check date and time.", "fault"))
    on_columns = window.notice.geometry()

    window.open_page(page)
    qtbot.wait(1)

    hidden = window.notice.geometry()
    read = [label for label in page.findChildren(QLabel) if label.text() == "Shift and drawer"]
    for part in (*read, *page.findChildren(KeyButton)):
        assert not hidden.intersects(QRect(part.mapTo(window.ground, QPoint(0, 0)), part.size()))
    window.close_page()
    assert window.notice.geometry() == on_columns
