"""Hands: press keys, hold a scanner and a camera at the real window. What does not come about in time is a fault."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from storeapp.demo.faults import DemoBroke
from storeapp.ui.scan_burst import ScanTiming

# a disk that is written to by others can keep a commit waiting for long
PATIENCE_S = 60.0
# longer than any scanner pauses between two keys, or a long code typed in no time would be taken for a scan
_AFTER_TYPING_MS = ScanTiming().gap_ms + 20
_SETTLE_ROUNDS = 4


def type_as_scanner(window: QWindow, code: str) -> None:
    """The code and Enter, key by key into the window, faster than anybody could."""
    # with the scanner's own stamps: however busy this machine is, its keys stay two milliseconds apart
    stamp_ms = time.monotonic_ns() // 1_000_000
    for place, char in enumerate((*code, "\r")):
        key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char)
            event.setTimestamp(stamp_ms + 2 * place)
            QCoreApplication.sendEvent(window, event)


class Hands:
    """`window` answers the window in front of the cashier, which may be another one after a change of settings.

    What breaks inside the window's own calls is put into `faults` by whoever runs it, and stops the hands.
    """

    def __init__(self, app: QApplication, window: Callable[[], QWidget]) -> None:
        self._app, self._window = app, window
        self.faults: list[BaseException] = []

    def scan(self, code: str) -> None:
        """A scanner that types the code and Enter."""
        type_as_scanner(self._handle(), code)
        self.settle()

    def key(self, keys: str) -> None:
        """`"F9"`, `"Ctrl+I"`, `"Return"`, `"Space"`, as Qt writes them."""
        pressed = QKeySequence.fromString(keys)[0]  # type: ignore[index]  # the stubs have forgotten it
        self._press(pressed.key(), pressed.keyboardModifiers())
        self.settle()

    def type(self, text: str) -> None:
        """Letters and digits by hand; Chinese as an input method delivers it."""
        if text.isascii():
            for char in text:
                QTest.keyClick(self._handle(), char)  # type: ignore[call-overload]  # the stubs know keys only
        else:
            typed = QInputMethodEvent()
            typed.setCommitString(text)
            self._app.sendEvent(self._app.focusWidget() or self._window(), typed)
        self.rest(_AFTER_TYPING_MS if len(text) >= ScanTiming().min_length else 1)

    def clear(self) -> None:
        """Empties the field that has the cursor."""
        self.key("Ctrl+A")
        self.key("Backspace")

    def enter(self, text: str = "") -> None:
        """Types, and presses Enter."""
        if text:
            self.type(text)
        self.key("Return")

    def until(self, claim: Callable[[], object], step: str) -> None:
        """Waits until the claim holds; raises DemoBroke if it never does."""
        ends_at = time.monotonic() + PATIENCE_S
        while not claim():
            if time.monotonic() > ends_at:
                raise DemoBroke(step)
            self.rest(10)

    def rest(self, pause_ms: int) -> None:
        """Lets the window live for a moment."""
        timer = QElapsedTimer()
        timer.start()
        while timer.elapsed() < pause_ms:
            self._app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            time.sleep(0.002)
        self._check()

    def settle(self) -> None:
        """Everything that is due now happens."""
        for _round in range(_SETTLE_ROUNDS):
            self._app.processEvents()
        self._check()

    def _check(self) -> None:
        if self.faults:
            raise DemoBroke(f"the window broke: {self.faults[0]!r}") from self.faults[0]

    def _press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        # at the window and not at a field: shortcuts, the scanner's ear and the focus all have their say
        QTest.keyClick(self._handle(), key, held)

    def _handle(self) -> QWindow:
        handle = self._window().windowHandle()
        if handle is None:
            raise DemoBroke("the window is not there")
        return handle


class Camera:
    """Takes pictures of windows into one folder, numbered as they come."""

    def __init__(self, hands: Hands, folder: Path) -> None:
        self._hands, self._folder = hands, folder
        self.taken: list[Path] = []
        folder.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, widget: QWidget) -> Path:
        """The widget as it is now, as `<number>-<name>.png`."""
        self._hands.rest(60)
        file = self._folder / f"{len(self.taken) + 1:02d}-{name}.png"
        picture = widget.grab()
        if picture.isNull() or not picture.save(str(file), "PNG"):
            raise DemoBroke(f"picture {name}")
        self.taken.append(file)
        return file
