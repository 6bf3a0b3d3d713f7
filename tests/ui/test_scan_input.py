"""A scan works whatever has the focus, and its Enter presses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from storeapp.ui.scan_input import ScanInput
from tests.waiting import PATIENCE_MS

CODE = "6921168509256"
PLAIN = Qt.KeyboardModifier.NoModifier


def press(window: QWidget, key: Qt.Key, text: str, modifier: Qt.KeyboardModifier = PLAIN) -> None:
    """A key as the system sends it: to the window, never straight to a widget."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(window.windowHandle(), QKeyEvent(kind, key, modifier, text))


@dataclass
class Desk:
    window: QWidget
    amount: QLineEdit
    note: QPlainTextEdit
    button: QPushButton
    clicks: list[bool]
    scans: list[str]
    now_ms: int = 0

    def scan(self, code: str = CODE, gap_ms: int = 5, end: Qt.Key = Qt.Key.Key_Return) -> None:
        for char in code:
            self.now_ms += gap_ms
            press(self.window, Qt.Key.Key_Space if char == " " else Qt.Key(0x30), char)
        self.now_ms += gap_ms
        press(self.window, end, "\r")
        self.now_ms += 1000


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    window = QWidget()
    made = Desk(window, QLineEdit("12.50"), QPlainTextEdit("两份"), QPushButton("Pay"), [], [])
    layout = QVBoxLayout(window)
    for part in (made.amount, made.note, made.button):
        layout.addWidget(part)
    made.button.clicked.connect(lambda: made.clicks.append(True))
    made.button.setDefault(True)
    ear = ScanInput(qapp, clock_ms=lambda: made.now_ms)
    ear.scanned.connect(made.scans.append)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow, timeout=PATIENCE_MS)
    yield made
    ear.close()
    ear.deleteLater()


def test_a_scan_leaves_the_amount_as_it_was(desk: Desk) -> None:
    desk.amount.setFocus()
    desk.amount.setCursorPosition(2)

    desk.scan()

    assert desk.scans == [CODE]
    assert desk.amount.text() == "12.50"
    assert desk.amount.cursorPosition() == 2


def test_a_scan_leaves_a_note_as_it_was(desk: Desk) -> None:
    desk.note.setFocus()

    desk.scan(end=Qt.Key.Key_Tab)

    assert desk.scans == [CODE]
    assert desk.note.toPlainText() == "两份"
    assert desk.note.hasFocus()


def test_the_keys_of_a_scan_never_press_a_button(desk: Desk) -> None:
    desk.button.setFocus()

    desk.scan()
    desk.scan("ABC 123 DEF")

    assert desk.scans == [CODE, "ABC 123 DEF"]
    assert desk.clicks == []


def test_a_person_types_and_presses_as_ever(desk: Desk) -> None:
    desk.amount.setFocus()
    desk.amount.clear()

    desk.scan("20", gap_ms=150)
    desk.button.setFocus()
    press(desk.window, Qt.Key.Key_Space, " ")

    assert desk.scans == []
    assert desk.amount.text() == "20"
    assert desk.clicks == [True]


def test_a_busy_window_does_not_tear_a_code_in_two(desk: Desk) -> None:
    for place, char in enumerate((*CODE, "\r")):
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return if char == "\r" else Qt.Key.Key_0, PLAIN, char)
        key.setTimestamp(5000 + 3 * place)
        desk.now_ms += 400
        QApplication.sendEvent(desk.window.windowHandle(), key)

    assert desk.scans == [CODE]


def _repeated(desk: Desk, gap_ms: int) -> None:
    for place in range(10):
        desk.now_ms += gap_ms
        key = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_9, PLAIN, "9", autorep=place > 0)
        QApplication.sendEvent(desk.window.windowHandle(), key)
    desk.now_ms += gap_ms
    press(desk.window, Qt.Key.Key_Return, "\r")


def test_the_same_digit_many_times_is_a_code_though_x11_calls_it_a_held_key(desk: Desk) -> None:
    _repeated(desk, gap_ms=2)

    assert desk.scans == ["9" * 10]


def test_a_key_held_down_is_no_code(desk: Desk) -> None:
    _repeated(desk, gap_ms=30)

    assert desk.scans == []


def test_a_line_feed_ends_a_code_as_well(desk: Desk) -> None:
    for char in (*CODE, "\n"):
        desk.now_ms += 5
        press(desk.window, Qt.Key.Key_0, char)

    assert desk.scans == [CODE]


def test_two_scans_in_a_row_are_two(desk: Desk) -> None:
    desk.scan()
    desk.scan("6923644240028")

    assert desk.scans == [CODE, "6923644240028"]


def test_a_code_in_full_width_digits_is_read(desk: Desk) -> None:
    desk.amount.setFocus()

    desk.scan("６９２１１６８５０９２５６")

    assert desk.scans == [CODE]


def test_a_key_with_control_ends_what_looked_like_a_code(desk: Desk) -> None:
    desk.amount.setFocus()
    for char in CODE:
        press(desk.window, Qt.Key.Key_0, char)
    press(desk.window, Qt.Key.Key_A, "\x01", Qt.KeyboardModifier.ControlModifier)

    press(desk.window, Qt.Key.Key_Return, "\r")

    assert desk.scans == []
