"""Notes and coins in a grid: how many of each, and what they come to. Enter and the arrows go from one to the next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from storeapp.domain.money import Money
from storeapp.domain.shift import DENOMINATIONS
from storeapp.errors import Refused
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.shift.counting import Counting, number_of
from storeapp.ui.widgets import card
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.labels import RIGHT, Elided, label, set_tone
from storeapp.ui.widgets.line import Line

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
_NAME_PX, _SUM_PX = 44, 92
_COLUMNS = 2


class PieceLine(Line):
    """How many pieces: digits alone, few enough that no barcode fits."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setProperty("kind", "piece")
        self.setValidator(Digits(r"\d{0,6}", self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setAccessibleName(words)
        self.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        # with a Chinese input method on, digits would pick candidates
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)


class CountGrid(QWidget):
    """`counted` brings a denomination in fen and what stands in its field, `submitted` Enter in the last one.

    `asked` brings a field that has got the cursor, for the pad of digits beside it. A narrow grid tells no sums.
    """

    counted = Signal(int, str)
    submitted = Signal()
    asked = Signal(object)

    def __init__(self, look: Look, *, is_narrow: bool = False) -> None:
        super().__init__()
        self._look, self._is_narrow = look, is_narrow
        self._lines: dict[int, PieceLine] = {}
        self._sums: dict[int, Elided] = {}
        outer = card.column(look, self, gap=6)
        self._fault = Elided("", "secondary", "muted")
        outer.addWidget(self._fault)
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(10))
        grid.setVerticalSpacing(look.px(4))
        outer.addLayout(grid)
        rows = -(-len(DENOMINATIONS) // _COLUMNS)
        for place, denomination in enumerate(DENOMINATIONS):
            self._add(grid, denomination, place % rows, 4 * (place // rows))
        # air between the halves
        grid.setColumnMinimumWidth(3, look.px(0 if is_narrow else 20))
        self.show_fault("")

    @property
    def first(self) -> QLineEdit:
        return self._lines[DENOMINATIONS[0]]

    def show_counting(self, counting: Counting) -> None:
        for denomination, line in self._lines.items():
            text = counting.pieces.get(denomination, "")
            if line.text() != text:
                line.setText(text)
            self._sums[denomination].setText(self._worth(denomination, text))

    def show_fault(self, words: str) -> None:
        """Why the count is refused, or how to count."""
        set_tone(self._fault, "red" if words else "muted")
        self._fault.setText(words or self._look.t("How many of each; Enter goes on"))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and isinstance(watched, PieceLine):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._step(watched, step, is_enter=Qt.Key(event.key()) in (Qt.Key.Key_Return, Qt.Key.Key_Enter))
                return True
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, PieceLine):
            watched.selectAll()
            self.asked.emit(watched)
        return False

    def _add(self, grid: QGridLayout, denomination: int, row: int, column: int) -> None:
        px = self._look.px
        words = note(denomination)
        name = label(words, "name", strong=True)
        name.setAlignment(RIGHT)
        name.setFixedWidth(px(_NAME_PX))
        line = PieceLine(self._look.t("Pieces of {note}").format(note=words))
        line.textEdited.connect(lambda text, fen=denomination: self.counted.emit(fen, text))
        line.inputRejected.connect(
            lambda: self.show_fault(self._look.t("Only a number of pieces goes in here; a barcode is none."))
        )
        line.installEventFilter(self)
        worth = Elided("", "body", "muted")
        worth.setAlignment(RIGHT)
        worth.setFixedWidth(px(_SUM_PX))
        name.setBuddy(line)
        for place, part in enumerate((name, line) if self._is_narrow else (name, line, worth)):
            grid.addWidget(part, row, column + place)
        grid.setColumnStretch(column + 1, 1)
        self._lines[denomination], self._sums[denomination] = line, worth

    def _step(self, line: PieceLine, by: int, *, is_enter: bool) -> None:
        lines = list(self._lines.values())
        place = lines.index(line) + by
        if place >= len(lines):
            if is_enter:
                self.submitted.emit()
            return
        lines[max(0, place)].setFocus()

    def _worth(self, denomination: int, text: str) -> str:
        try:
            many = number_of(text)
        except Refused:
            return ""
        return wording.bare(Money(denomination * many)) if many else ""


def note(denomination: int) -> str:
    """`¥100`, `¥0.5`: the face of a note or coin."""
    return f"¥{denomination // 100}" if denomination >= 100 else f"¥0.{denomination // 10}"
