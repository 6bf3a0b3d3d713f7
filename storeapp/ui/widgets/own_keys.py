"""Keys of one widget: while the focus is in it they are its own, whatever the window does with them elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget


class OwnKeys(QObject):
    """`deeds` maps a key as Qt writes it (`"F2"`, `"Ctrl+K"`) to what it does inside `host`."""

    def __init__(self, host: QWidget, deeds: Mapping[str, Callable[[], object]]) -> None:
        super().__init__(host)
        self._deeds = {QKeySequence.fromString(key)[0].toCombined(): deed for key, deed in deeds.items()}  # type: ignore[index]  # the stubs know no []
        host.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if not isinstance(event, QKeyEvent):
            return False
        deed = self._deeds.get(event.keyCombination().toCombined())
        if deed is None:
            return False
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        if event.type() == QEvent.Type.KeyPress and not event.isAutoRepeat():
            deed()
            return True
        return False
