"""Side sheets of the frame: the menu, and all keys at a glance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QWidget

from storeapp.ui.keys import ACTIONS
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import key_cap, label
from storeapp.ui.widgets.sheet import Sheet


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """A line of the menu. `id` comes back; `action` is set where a key does the same."""

    id: str
    words: str
    icon: str
    action: str = ""


class MenuSheet(Sheet):
    """`chosen` brings the id of an entry; the sheet is closed by then."""

    chosen = Signal(str)

    def __init__(self, look: Look, entries: Sequence[MenuEntry]) -> None:
        super().__init__(look, look.t("Menu"), "menu-2")
        self._first: KeyButton | None = None
        content = QWidget()
        lines = card.column(look, content, gap=8)
        for entry in entries:
            made = KeyButton(look, entry.words, entry.icon, action=entry.action)
            made.clicked.connect(lambda _checked=False, entry_id=entry.id: self._choose(entry_id))
            lines.addWidget(made)
            self._first = self._first or made
        lines.addStretch(1)
        self.body.addWidget(_scrolled(content, look.t("Menu")), 1)

    def first_focus(self) -> QWidget | None:
        return self._first

    def _choose(self, entry_id: str) -> None:
        self.closed.emit()
        self.chosen.emit(entry_id)


class KeysSheet(Sheet):
    """Every key and what it does."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, look.t("All keys"), "keyboard")
        content = QWidget()
        lines = card.column(look, content, gap=6)
        for group, actions in groupby(ACTIONS, key=lambda action: action.group):
            lines.addWidget(label(look.t(group), "secondary", "muted"))
            for action in actions:
                row = card.row(look, margin=(0, 2, 8, 2))
                row.addWidget(label(look.t(action.words), wrap=True), 1)
                row.addWidget(key_cap(look.cap(action.id)))
                lines.addLayout(row)
            lines.addSpacing(look.px(6))
        more = (
            ("↑ ↓", look.t("Choose a line")),
            ("+ −", look.t("One more, one less")),
            ("3*…", look.t("Three of what follows")),
        )
        for keys, words in more:
            row = card.row(look, margin=(0, 2, 8, 2))
            row.addWidget(label(words, wrap=True), 1)
            row.addWidget(key_cap(keys))
            lines.addLayout(row)
        lines.addStretch(1)
        self.body.addWidget(_scrolled(content, look.t("All keys")), 1)


def _scrolled(content: QWidget, words: str) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(content)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
