"""Why: written by hand, or one of the usual reasons with the arrows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from storeapp.domain.drawer import REASON_MAX
from storeapp.ui.look import Look
from storeapp.ui.widgets.field import Field

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ReasonField(Field):
    """`edited` brings what stands in it, whoever wrote it."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.t("Reason"), most=REASON_MAX, compact=True)
        self._look = look
        self._usual: tuple[str, ...] = ()
        self._now = -1
        self.edit.installEventFilter(self)

    def show_usual(self, reasons: Sequence[str]) -> None:
        """The usual reasons, in the order the arrows bring them."""
        usual = tuple(map(self._look.t, reasons))
        if usual == self._usual:
            return
        self._usual, self._now = usual, -1
        self.set_label(self._look.t("Reason (↑ ↓ the usual ones)") if usual else self._look.t("Reason"))
        self.edit.setPlaceholderText(self._usual[0] if usual else "")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._usual:
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None:
                self._now = (max(self._now, 0) + step) % len(self._usual) if self._now >= 0 or step < 0 else 0
                self.edit.setText(self._usual[self._now])
                self.edited.emit(self._usual[self._now])
                return True
        return False
