"""A side sheet: takes the place of a column and leaves everything else in sight and usable."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture


class Sheet(QFrame):
    """Never modal. Fill `body`; `closed` asks to be taken away, by the button or by Esc.

    `left` says that somebody went back so; a deed that is done takes the sheet away by itself, and is no going back.
    A sheet that `is_kept` is only put out of sight when it is closed, since it opens with every customer.
    """

    closed = Signal()
    left = Signal()
    is_kept = False

    def __init__(self, look: Look, title: str, icon: str) -> None:
        super().__init__()
        self.look = look
        self.setProperty("kind", "card")
        self.setAccessibleName(title)
        back = KeyButton(look, look.t("Back"), action="back", kind="ghost")
        back.setSizePolicy(back.sizePolicy().Policy.Fixed, back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.closed)
        self._head = card.row(look, gap=10)
        self._head.addWidget(Picture(look, icon, "brand", 22))
        self._head.addWidget(Elided(title, "total"), 1)
        self._head.addWidget(back)
        outer = card.column(look, self, margin=(14, 8, 12, 12), gap=10)
        outer.addLayout(self._head)
        self.body: QVBoxLayout = card.column(look, gap=10)
        outer.addLayout(self.body, 1)

    def add_to_head(self, button: KeyButton) -> None:
        """Another way to go on, beside the way back: it takes no height."""
        button.setSizePolicy(button.sizePolicy().Policy.Fixed, button.sizePolicy().Policy.Fixed)
        self._head.insertWidget(self._head.count() - 1, button)

    def first_focus(self) -> QWidget | None:
        """Where typing goes when the sheet opens; None leaves it in the scan field."""
        return None

    def take_scan(self, code: str) -> bool:
        """True when the sheet itself wants the scanned code; else the basket gets it."""
        return False

    def outside_changed(self) -> None:
        """The printer, its queue, a payment or the cloud is not as it was; few show any of it."""

    def may_close(self) -> bool:
        """False keeps the sheet open: something in it has to come to its end first."""
        return True


class DeletingSheet(Sheet):
    """A sheet where Del means something of its own: the window's lines are not deleted meanwhile."""

    @abstractmethod
    def delete_pressed(self) -> None:
        """What Del does here."""

    def event(self, event: QEvent) -> bool:
        is_delete = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Delete
        if is_delete and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and not event.isAutoRepeat():
            self.delete_pressed()
        else:
            super().keyPressEvent(event)
