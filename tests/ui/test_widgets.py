"""The kit, and how it is used: each test is an example."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from storeapp.ui.look import Look
from storeapp.ui.notices import Notice
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.amount import BigAmount
from storeapp.ui.widgets.bar_chart import Bar, BarChart
from storeapp.ui.widgets.buttons import IconButton, KeyButton
from storeapp.ui.widgets.field import AmountField, Field
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.notice import NoticeBar
from storeapp.ui.widgets.overlay_bar import OverlayBar
from storeapp.ui.widgets.pad import NumberPad, PinPad
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.widgets.status_item import Status, StatusItem
from storeapp.ui.widgets.tabs import Tabs
from tests.ui import scene
from tests.waiting import PATIENCE_MS


@pytest.fixture
def look(dressed: Callable[[Look], Look]) -> Look:
    return dressed(scene.look_in("en"))


def show(qtbot: QtBot, widget: QWidget, width: int = 360, height: int = 400) -> None:
    qtbot.addWidget(widget)
    widget.resize(width, height)
    widget.show()
    widget.activateWindow()
    qtbot.waitUntil(widget.isActiveWindow, timeout=PATIENCE_MS)


def test_a_button_carries_its_key_and_gives_up_its_icon_before_its_words(qtbot: QtBot, look: Look) -> None:
    button = KeyButton(look, "Discount", "percentage", action="discount")
    show(qtbot, button)
    roomy = button.sizeHint().width()

    button.setFixedWidth(roomy - look.px(20))

    assert button.text() == "Discount"
    assert not button.clipped()
    button.setFixedWidth(button.minimumSizeHint().width() - 1)
    assert button.clipped()


@pytest.mark.parametrize(
    "words", ["拿铁十次卡 10/11 −11.90", "夏日第二件半价大促销 −1,234.50", "周三会员日零食九折 −0.05"]
)
def test_the_figure_of_a_tag_is_whole_or_not_there_at_all(look: Look, words: str) -> None:
    metrics = QFontMetrics(look.font(look.theme.type.tag))
    end = words.rsplit(" ", 1)[1]

    for room in range(metrics.horizontalAdvance(words) + 1):
        shown = paint.shortened(words, metrics, room)
        assert shown in ("…", end) or shown.endswith(f" {end}")
        assert shown == "…" or metrics.horizontalAdvance(shown) <= room
        # of 10/11 nothing, or all of it
        assert "/" in shown or "1…" not in shown
    assert shown == words


def test_a_tag_of_words_alone_gives_way_in_its_middle(look: Look) -> None:
    metrics = QFontMetrics(look.font(look.theme.type.tag))

    shown = paint.shortened("may be printed already", metrics, metrics.horizontalAdvance("may be printed"))

    assert shown.startswith("m")
    assert shown.endswith("y")
    assert "…" in shown


def test_arrows_stand_on_their_caps_as_on_the_keys() -> None:
    assert [paint.cap_words(key) for key in ("Ctrl+Left", "Ctrl+Right", "F7")] == ["Ctrl+←", "Ctrl+→", "F7"]


def test_a_button_pressed_by_mouse_leaves_the_cursor_where_it_was(qtbot: QtBot, look: Look) -> None:
    host = QWidget()
    field, button = Field(look, "Name"), KeyButton(look, "OK")
    layout = card.column(look, host, margin=8)
    layout.addWidget(field)
    layout.addWidget(button)
    show(qtbot, host)
    field.edit.setFocus()

    QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    assert field.edit.hasFocus()


def test_an_icon_alone_has_a_name(qtbot: QtBot, look: Look) -> None:
    button = IconButton(look, "x", "Close")
    show(qtbot, button)

    assert button.accessibleName() == "Close"
    assert min(button.width(), button.height()) >= 44


def test_words_too_long_are_shortened_and_whole_in_the_tool_tip(qtbot: QtBot, look: Look) -> None:
    words = Elided("A shop with a very long name indeed")
    show(qtbot, words, width=80)
    assert words.toolTip() == words.text()

    words.resize(800, 30)
    assert words.toolTip() == ""


def test_a_tone_can_change(qtbot: QtBot, look: Look) -> None:
    words = label("Ready", "secondary", "brand")
    show(qtbot, words)
    before = words.palette().color(words.foregroundRole())

    set_tone(words, "red")

    assert words.palette().color(words.foregroundRole()) != before


def test_a_field_tells_its_fault_until_it_is_typed_in(qtbot: QtBot, look: Look) -> None:
    field = Field(look, "Phone", hint="11 digits")
    show(qtbot, field)
    typed: list[str] = []
    field.edited.connect(typed.append)

    field.show_fault("Not a number")
    assert field.edit.property("fault") == "true"
    QTest.keyClicks(field.edit, "1")

    assert field.edit.property("fault") == "false"
    assert typed == ["1"]


def test_a_compact_field_says_it_in_its_label(qtbot: QtBot, look: Look) -> None:
    field = AmountField(look, "Handed over", compact=True)
    show(qtbot, field)
    before = field.sizeHint().height()

    field.show_fault("Too much")

    assert any(words.text() == "Too much" for words in field.findChildren(Elided))
    assert field.sizeHint().height() == before


@pytest.mark.parametrize("typed", ["6921168509256", "12.345", "a", "-5", "1.2.3"])
def test_an_amount_takes_no_barcode_and_no_nonsense(qtbot: QtBot, look: Look, typed: str) -> None:
    field = AmountField(look, "Amount")
    show(qtbot, field)

    QTest.keyClicks(field.edit, typed)
    field.edit.clear()
    field.edit.insert(typed)

    assert field.text() == ""


def test_the_pad_types_like_the_keyboard(qtbot: QtBot, look: Look) -> None:
    field = AmountField(look, "Amount")
    pad = NumberPad(look, field.edit)
    show(qtbot, pad)
    heard: list[str] = []
    field.edited.connect(heard.append)
    keys = {button.text() or "back": button for button in pad.findChildren(QPushButton)}

    for key in ("1", "2", ".", "5", "back", "back", "back"):
        QTest.mouseClick(keys[key], Qt.MouseButton.LeftButton)

    assert field.text() == "1"
    assert heard == ["1", "12", "12.", "12.5", "12.", "12", "1"]


def test_a_pin_is_gone_from_the_screen_once_it_was_entered(qtbot: QtBot, look: Look) -> None:
    pad = PinPad(look, "PIN")
    show(qtbot, pad)
    entered: list[str] = []
    pad.entered.connect(entered.append)

    QTest.keyClicks(pad.line, "1234")
    QTest.keyClick(pad.line, Qt.Key.Key_Return)
    QTest.keyClick(pad.line, Qt.Key.Key_Return)

    assert entered == ["1234"]
    assert pad.line.text() == ""


def test_a_list_of_rows_is_walked_and_chosen_from_another_field(qtbot: QtBot, look: Look) -> None:
    rows = RowList(look, "Members")
    show(qtbot, rows)
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)

    rows.show_rows([Row("a", "Alice", "138****0001", "120"), Row("b", "Bob", tag="Gold")])
    rows.step(1)
    rows.step(1)
    rows.choose_current()
    rows.step(-5)
    QTest.keyClick(rows, Qt.Key.Key_Return)

    assert chosen == ["b", "a"]
    assert rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Bob, Gold"


def test_a_click_chooses_once(qtbot: QtBot, look: Look) -> None:
    rows = RowList(look, "Members")
    show(qtbot, rows)
    chosen: list[str] = []
    rows.chosen.connect(chosen.append)
    rows.show_rows([Row("a", "Alice"), Row("b", "Bob")])

    place = rows.visualRect(rows.model().index(1, 0)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)

    assert chosen == ["b"]


def test_tabs_that_do_not_fit_are_turned_to(qtbot: QtBot, look: Look) -> None:
    tabs = Tabs(look)
    show(qtbot, tabs, width=300, height=50)
    names = [f"Category {number}" for number in range(8)]

    def visible() -> list[str]:
        return [tab.text() for tab in tabs.findChildren(QPushButton) if tab.isVisible() and tab.text()]

    tabs.show_tabs(names, 0)
    assert visible()[0] == "Category 0"
    assert len(visible()) < 8
    tabs.show_tabs(names, 6)

    assert "Category 6" in visible()
    tabs.resize(2000, 50)
    assert len(visible()) == 8


def test_no_name_under_a_chart_is_cut_at_its_edge(qtbot: QtBot, look: Look) -> None:
    chart = BarChart(look, "Cost a day", str)
    show(qtbot, chart, width=300, height=160)

    for days in range(1, 40):
        chart.show_bars([Bar(f"09-{day:02d}", day, f"{day}") for day in range(1, days + 1)])
        area = chart.rect().adjusted(40, 10, -4, -24)
        cells = [cell for cell, _name in chart.names(area)]
        assert all(chart.rect().contains(cell) for cell in cells)
        assert not any(one.intersects(other) for one, other in pairwise(cells))
        assert cells


def test_a_refusal_goes_by_itself_and_a_fault_waits_to_be_read(qtbot: QtBot, look: Look) -> None:
    bar = NoticeBar(look)
    show(qtbot, bar)

    bar.show_notice(Notice("The disk is full", "fault"))
    assert not bar.is_leaving
    bar.show_notice(Notice("Not an amount", "refused"))

    assert bar.is_leaving
    assert bar.accessibleName() == "Not an amount"
    bar.hide_notice()
    assert not bar.isVisible()


def test_a_status_changes_its_words_and_its_tone(qtbot: QtBot, look: Look) -> None:
    item = StatusItem(look, Status("printer", "Printer ready"))
    show(qtbot, item)

    item.show_status(Status("printer-off", "No paper", "red"))

    assert any(words.text() == "No paper" for words in item.findChildren(Elided))


def test_a_sheet_asks_to_be_closed(qtbot: QtBot, look: Look) -> None:
    sheet = Sheet(look, "Members", "users")
    sheet.body.addWidget(tag("Gold", "amber"))
    show(qtbot, sheet)
    closed: list[bool] = []
    sheet.closed.connect(lambda: closed.append(True))

    QTest.mouseClick(sheet.findChildren(KeyButton)[0], Qt.MouseButton.LeftButton)

    assert closed == [True]
    assert sheet.may_close()
    assert not sheet.take_scan("6901234567892")


def test_a_bar_over_the_edge_follows_and_drives_its_list(qtbot: QtBot, look: Look) -> None:
    area, inner = QScrollArea(), QWidget()
    inner.setFixedSize(50, 2000)
    area.setWidget(inner)
    area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    bar = OverlayBar(area)
    show(qtbot, area, 200, 300)
    assert bar.isVisible()

    area.verticalScrollBar().setValue(100)
    assert bar.value() == 100
    bar.setValue(300)

    assert area.verticalScrollBar().value() == 300
    assert bar.geometry().right() == area.width() - 1


def test_an_amount_of_any_length_is_drawn(qtbot: QtBot, look: Look) -> None:
    amount = BigAmount(look)
    show(qtbot, amount, width=150, height=60)

    amount.show_amount("¥12,345,678.90", "brand")
    picture = amount.grab().toImage()

    # its first letter is not cut off at the left edge
    edge = {picture.pixelColor(0, y).rgb() for y in range(picture.height())}
    assert len(edge) == 1
    assert amount.accessibleName() == "¥12,345,678.90"
