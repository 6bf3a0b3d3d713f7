"""A line to type into that leaves the shop's keys alone."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

# on X11 a line edit knows the keys of Emacs; at a counter they are the shop's (print the steps, unclear payments)
_NOT_ITS_OWN = frozenset(QKeySequence.fromString(key)[0].toCombined() for key in ("Ctrl+E", "Ctrl+U", "Ctrl+K"))  # type: ignore[index]  # the stubs know no []


class Line(QLineEdit):
    """Cursor, selection, clipboard and undo are its own; keys of another editor go to the window."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.keyCombination().toCombined() in _NOT_ITS_OWN:
            event.ignore()
            return False
        return super().event(event)
