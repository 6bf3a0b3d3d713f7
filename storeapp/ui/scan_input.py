"""The scanner as a keyboard: caught at the window, whatever has the focus.

Only the QWindow with the focus is watched. At a widget every unaccepted key comes again for each of its parents and a
code doubles; at the application Python would be asked about every event there is.
"""

from __future__ import annotations

import time
from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget

from storeapp.ui.scan_burst import Burst, ScanTiming

_ENDS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab})
_END_SIGNS = frozenset({"\r", "\n", "\t"})  # some send a line feed, which is no key of Qt's
_FASTEST_REPEAT_MS = 15
_COMMAND = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class ScanInput(QObject):
    """Listens to whatever window has the focus, until `close`.

    The keys of a code reach the focused widget as they come, since nobody knows yet that they are a code. When the
    ending key proves it, that key is swallowed and a field gets back what it held before.
    """

    scanned = Signal(str)

    def __init__(
        self, app: QApplication, timing: ScanTiming | None = None, clock_ms: Callable[[], int] | None = None
    ) -> None:
        super().__init__(app)
        self._app = app
        self._clock_ms = clock_ms or _clock_ms
        self._burst = Burst(timing or ScanTiming())
        self._before: tuple[QWidget, str, int] | None = None
        self._swallow_release: int | None = None
        for window in app.topLevelWindows():
            self._watch(window)
        app.focusWindowChanged.connect(self._watch)

    def close(self) -> None:
        """Hears nothing any more."""
        self._app.focusWindowChanged.disconnect(self._watch)
        for window in self._app.topLevelWindows():
            window.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        if event.type() == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._released(event)
        return False

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)

    def _pressed(self, event: QKeyEvent) -> bool:
        # the system's own stamp: a window busy for a moment gets the keys late and would tear a code in two
        now_ms = event.timestamp() or self._clock_ms()
        text = event.text()
        if event.key() in _ENDS or text in _END_SIGNS:
            return self._ended(event, now_ms)
        # X11 takes the same digit twice within a millisecond for a key held down; a held key is far slower than that
        is_held = event.isAutoRepeat() and self._burst.gap_ms(now_ms) > _FASTEST_REPEAT_MS
        if event.modifiers() & _COMMAND or not text.isprintable() or not text or is_held:
            if text or event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
                self._burst.forget()
            return False
        if self._burst.add(text, now_ms):
            self._before = _content(self._app.focusWidget())
            return False
        # inside a code a blank would click a focused button and a letter would jump in a list
        return self._before is None and self._burst.length > 2

    def _ended(self, event: QKeyEvent, now_ms: int) -> bool:
        code = self._burst.finish(now_ms)
        if not code:
            return False
        self._swallow_release = event.key()
        if self._before is not None:
            _restore(*self._before)
        self.scanned.emit(code)
        return True

    def _released(self, event: QKeyEvent) -> bool:
        if self._swallow_release == event.key():
            self._swallow_release = None
            return True
        return False


def _clock_ms() -> int:
    return time.monotonic_ns() // 1_000_000


def _content(widget: QWidget | None) -> tuple[QWidget, str, int] | None:
    if isinstance(widget, QLineEdit):
        return widget, widget.text(), widget.cursorPosition()
    if isinstance(widget, QPlainTextEdit):
        return widget, widget.toPlainText(), widget.textCursor().position()
    return None


def _restore(widget: QWidget, text: str, cursor: int) -> None:
    if not shiboken6.isValid(widget):
        return
    if isinstance(widget, QLineEdit):
        widget.setText(text)
        widget.setCursorPosition(cursor)
        widget.textEdited.emit(text)  # whoever followed the typing has to follow it back
    elif isinstance(widget, QPlainTextEdit):
        widget.setPlainText(text)
        moved = widget.textCursor()
        moved.setPosition(cursor)
        widget.setTextCursor(moved)
