"""Sheets of the frame: the menu, all keys at a glance, and those of the page that is open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QWidget

from storeapp.ui.keys import ACTIONS, ON_EVERY_PAGE
from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture, key_cap, label
from storeapp.ui.widgets.over import Over
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
                lines.addLayout(_line(look, look.cap(action.id), look.t(action.words)))
            lines.addSpacing(look.px(6))
        more = (
            ("↑ ↓", look.t("Choose a line")),
            ("+ −", look.t("One more, one less")),
            ("3*…", look.t("Three of what follows")),
        )
        for keys, words in more:
            lines.addLayout(_line(look, keys, words))
        lines.addStretch(1)
        self._list = _read(content, look.t("All keys"))
        self.body.addWidget(self._list, 1)

    def first_focus(self) -> QWidget | None:
        return self._list


class PageKeys(Over):
    """The keys of the page that is open, over it; Esc or any way back takes it away."""

    def __init__(self, look: Look, keys: Sequence[tuple[str, str]]) -> None:
        super().__init__(look, wide_px=420, high_px=640)
        self.setAccessibleName(look.t("Keys of this page"))
        back = KeyButton(look, look.t("Back"), action="back", kind="ghost")
        back.setSizePolicy(back.sizePolicy().Policy.Fixed, back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.closed)
        head = card.row(look, gap=10)
        head.addWidget(Picture(look, "keyboard", "brand", 22))
        head.addWidget(Elided(look.t("Keys of this page"), "total"), 1)
        head.addWidget(back)
        content = QWidget()
        lines = card.column(look, content, gap=6)
        for keys_, words in keys:
            lines.addLayout(_line(look, keys_, words))
        lines.addSpacing(look.px(6))
        lines.addWidget(label(look.t("Everywhere"), "secondary", "muted"))
        for action in ACTIONS:
            if action.id in ON_EVERY_PAGE:
                lines.addLayout(_line(look, look.cap(action.id), look.t(action.words)))
        lines.addStretch(1)
        outer = card.column(look, self, margin=(18, 12, 12, 12), gap=10)
        outer.addLayout(head)
        self._list = _read(content, look.t("Keys of this page"))
        outer.addWidget(self._list, 1)
        self.setFocusProxy(self._list)


def _line(look: Look, keys: str, words: str) -> QHBoxLayout:
    row = card.row(look, margin=(0, 2, 8, 2))
    row.addWidget(label(words, wrap=True), 1)
    row.addWidget(key_cap(keys))
    return row


def _read(content: QWidget, words: str) -> QScrollArea:
    """A list nobody chooses from: ↑ ↓ and PgDown move through it."""
    made = _scrolled(content, words)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return made


def _scrolled(content: QWidget, words: str) -> QScrollArea:
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setWidget(content)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return made
