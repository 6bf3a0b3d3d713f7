"""Fields: a label above, what is typed, and below it the reason when it is refused."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QWidget

from storeapp.domain.money import TYPED_DIGITS_MOST
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.labels import Elided, label, repolish, set_tone
from storeapp.ui.widgets.line import Line


class Field(QWidget):
    """`edit` is the line; `edited` its text, `submitted` on Enter. A compact one tells a fault in its label."""

    edited = Signal(str)
    submitted = Signal()

    def __init__(
        self, look: Look, words: str, *, hint: str = "", kind: str = "", most: int = 200, compact: bool = False
    ) -> None:
        super().__init__()
        self._hint, self._words, self._compact = hint, words, compact
        self.edit = Line()
        self.edit.setMaxLength(most)
        self.edit.setAccessibleName(words)
        if kind:
            self.edit.setProperty("kind", kind)
        self._label: QLabel = Elided(words, "secondary", "muted") if compact else label(words, "secondary", "muted")
        self._label.setBuddy(self.edit)
        self._below = label(hint, "tag", "faint", wrap=True)
        layout = card.column(look, self, gap=5)
        for part in (self._label, self.edit, self._below):
            layout.addWidget(part)
        # not before it has a parent: it would open as a window of its own and take the keys away
        self._below.setVisible(bool(hint))
        self.edit.textEdited.connect(self._edited)
        self.edit.returnPressed.connect(self.submitted)
        self.setFocusProxy(self.edit)

    def text(self) -> str:
        return self.edit.text()

    def set_text(self, text: str) -> None:
        """Shows `text` unless it stands there already, so the cursor stays where a person types."""
        if self.edit.text() != text:
            self.edit.setText(text)

    def set_label(self, words: str) -> None:
        """Another word above the field, or a hint on what to type."""
        self._words = words
        if not self._compact or self.edit.property("fault") != "true":
            self._label.setText(words)

    def show_fault(self, words: str) -> None:
        """The reason it is refused, or nothing."""
        self.edit.setProperty("fault", "true" if words else "false")
        repolish(self.edit)
        if self._compact:
            set_tone(self._label, "red" if words else "muted")
            self._label.setText(words or self._words)
            return
        set_tone(self._below, "red" if words else "faint")
        self._below.setText(words or self._hint)
        self._below.setVisible(bool(words or self._hint))

    def _edited(self, text: str) -> None:
        self.show_fault("")
        self.edited.emit(text)


class AmountField(Field):
    """Yuan, at most six digits before the point: a barcode never fits in, and is refused aloud."""

    def __init__(self, look: Look, words: str, *, hint: str = "", decimals: int = 2, compact: bool = False) -> None:
        super().__init__(look, words, hint=hint, kind="amount", compact=compact)
        tail = rf"([.]\d{{0,{decimals}}})?" if decimals else ""
        self.edit.setValidator(Digits(rf"\d{{0,{TYPED_DIGITS_MOST}}}{tail}", self))
        self.edit.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.edit.setInputMethodHints(Qt.InputMethodHint.ImhFormattedNumbersOnly)
        # with a Chinese input method on, digits would pick candidates
        self.edit.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        refused = look.t("Only an amount goes in here; a barcode is none.")
        self.edit.inputRejected.connect(lambda: self.show_fault(refused))
