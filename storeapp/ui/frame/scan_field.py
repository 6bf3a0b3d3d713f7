"""The scan field: always ready, for the scanner and for typing."""

from __future__ import annotations

from PySide6.QtCore import QKeyCombination, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Picture, key_cap, repolish
from storeapp.ui.widgets.line import Line

_SEARCH_AFTER_MS = 40  # a scanner is through by then, so its digits are not searched for one by one
# keys that also type, or bring back what was typed: they act only while the field is empty
_ACTS_WHEN_EMPTY = ("pay", "delete", "undo", "price_lists")
_STEPS: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ScanField(Line):
    """`typed` comes a moment after the last key, `entered` on Enter, `stepped` from the arrows.

    `acted` brings an action whose key also types; `counted` +1 or -1 from the plus and minus keys.
    """

    typed = Signal(str)
    entered = Signal(str)
    stepped = Signal(int)
    counted = Signal(int)
    acted = Signal(str)
    focused = Signal(bool)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._acts = {look.keys.of(action): action for action in _ACTS_WHEN_EMPTY}
        self.setProperty("kind", "bare")
        self.setMaxLength(128)
        self.setPlaceholderText(look.t("Scan, or type a name, code, pinyin initials or a member's phone"))
        self.setAccessibleName(look.t("Scan field"))
        self.setInputMethodHints(Qt.InputMethodHint.ImhLatinOnly | Qt.InputMethodHint.ImhPreferNumbers)
        # a Chinese input method would take the scanner's digits for candidates
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_SEARCH_AFTER_MS)
        self._pause.timeout.connect(lambda: self.typed.emit(self.text()))
        self.textChanged.connect(lambda _text: self._pause.start())

    def take(self) -> str:
        """The text, which is then gone."""
        text = self.text()
        self.clear()
        self._pause.stop()
        self.typed.emit("")
        return text

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if self.text() and event.text().isalnum():
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.stepped.emit(_STEPS[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._pause.stop()
            self.entered.emit(self.text())
        elif self.text() == "" and self._acts_on(event):
            event.accept()
        else:
            super().keyPressEvent(event)

    def _acts_on(self, event: QKeyEvent) -> bool:
        if event.text() in ("+", "-"):
            self.counted.emit(1 if event.text() == "+" else -1)
            return True
        modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        pressed = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()
        action = self._acts.get(pressed)
        if action is not None and not event.isAutoRepeat():
            self.acted.emit(action)
        return action is not None

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.focused.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focused.emit(False)


class ScanBox(QFrame):
    """The field with its icon and key; the edge lights up while the field listens."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setProperty("kind", "scan")
        self.setFixedHeight(look.px(52))
        self.field = ScanField(look)
        self.field.focused.connect(self._show_live)
        layout = card.row(look, self, margin=(14, 0, 12, 0), gap=12)
        layout.addWidget(Picture(look, "scan", "brand", 22))
        layout.addWidget(self.field, 1)
        layout.addWidget(key_cap(look.cap("scan_field")))

    def _show_live(self, live: bool) -> None:
        self.setProperty("live", "true" if live else "false")
        repolish(self)
