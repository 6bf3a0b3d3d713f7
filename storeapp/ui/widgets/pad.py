"""Pads of digits for the finger: for amounts and for PINs."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPushButton, QSizePolicy, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label, set_tone
from storeapp.ui.widgets.line import Line

_ROWS = (("7", "8", "9"), ("4", "5", "6"), ("1", "2", "3"))


class NumberPad(QWidget):
    """Types into `line`, whose validator still has the last word. `corner` is the key at bottom left."""

    def __init__(self, look: Look, line: QLineEdit, *, corner: str = ".") -> None:
        super().__init__()
        self._line = line
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(look.px(8))
        for y, digits in enumerate(_ROWS):
            for x, digit in enumerate(digits):
                grid.addWidget(self._key(digit), y, x)
        if corner:
            grid.addWidget(self._key(corner), 3, 0)
        grid.addWidget(self._key("0"), 3, 0 if not corner else 1, 1, 1 if corner else 2)
        back = _pad_button("")
        back.setIcon(look.icon("backspace", "muted"))
        back.setIconSize(QSize(look.px(22), look.px(22)))
        back.setAccessibleName(look.t("Delete the last digit"))
        back.clicked.connect(self._backspace)
        grid.addWidget(back, 3, 2)

    def aim(self, line: QLineEdit) -> None:
        """Types there from now on."""
        self._line = line

    def _backspace(self) -> None:
        self._line.backspace()

    def _key(self, char: str) -> QPushButton:
        made = _pad_button(char)
        made.clicked.connect(lambda: self._line.insert(char))
        return made


def _pad_button(words: str) -> QPushButton:
    made = QPushButton(words)
    made.setProperty("kind", "pad")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the line keeps the cursor
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return made


class PinPad(QWidget):
    """Asks for a PIN; `entered` brings it on Enter, and the field is emptied at once."""

    entered = Signal(str)

    def __init__(self, look: Look, words: str, *, most: int = 12) -> None:
        super().__init__()
        self.line = Line()
        self.line.setProperty("kind", "amount")
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setMaxLength(most)
        self.line.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.line.setAccessibleName(words)
        self._is_secret = True
        self._asked = label(words, "secondary", "muted")
        self._asked.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._below = label("", "secondary", "red", wrap=True)
        self._below.setAlignment(Qt.AlignmentFlag.AlignCenter)
        confirm = KeyButton(look, look.t("OK"), "check", kind="primary")
        layout = card.column(look, self, gap=10)
        for part in (self._asked, self.line, self._below, NumberPad(look, self.line, corner=""), confirm):
            layout.addWidget(part)
        self.line.returnPressed.connect(self._enter)
        self.line.textEdited.connect(lambda _text: self.show_fault(""))
        confirm.clicked.connect(self._enter)
        self.setFocusProxy(self.line)

    def show_asked(self, words: str, *, is_secret: bool = True) -> None:
        """What is to be typed; a code, unlike a PIN, may be seen. Enter on nothing counts for what is no secret."""
        self._is_secret = is_secret
        self.line.setPlaceholderText(words)
        self.line.setAccessibleName(words)
        self._asked.setText(words)
        mode = QLineEdit.EchoMode.Password if is_secret else QLineEdit.EchoMode.Normal
        if self.line.echoMode() is not mode:
            self.line.clear()
            self.line.setEchoMode(mode)

    def show_fault(self, words: str) -> None:
        """Why the last PIN was refused, or how long to wait."""
        self._below.setText(words)
        set_tone(self._below, "red")

    def _enter(self) -> None:
        pin = self.line.text()
        self.line.clear()
        if pin or not self._is_secret:
            self.entered.emit(pin)
