"""A page of what waits for somebody: all of it on the left, the chosen one on the right, or that nothing does."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Picture, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window


class WaitingPage(Page):
    """`select` gets the place of the row the arrows reach; `nothing` is said where nothing waits. Fill `detail`."""

    def __init__(
        self, window: Window, title: str, icon: str, *, select: Callable[[int], None], nothing: str, detail_px: int
    ) -> None:
        super().__init__(window, title, icon)
        look = self.look
        self._list = RowList(look, title)
        self._list.selectionModel().currentChanged.connect(lambda index, _before: select(index.row()))
        left, right = card.frame("card"), card.frame("card")
        card.column(look, left, margin=(1, 8, 1, 8)).addWidget(self._list, 1)
        right.setFixedWidth(look.px(detail_px))
        self.detail = card.column(look, right, margin=(18, 16, 18, 16), gap=10)
        self._cards = (left, right)
        row = card.row(look, gap=12)
        row.addWidget(left, 1)
        row.addWidget(right)
        self._empty = self._nothing(nothing)
        self.body.addWidget(self._empty, 1)
        self.body.addLayout(row, 1)
        self.setFocusProxy(self._list)

    def show_waiting(self, rows: Sequence[Row], selected: int) -> None:
        """Both cards, or that nothing waits."""
        self._list.show_rows(rows, selected)
        is_any = 0 <= selected < len(rows)
        for part in self._cards:
            part.setVisible(is_any)
        self._empty.setVisible(not is_any)

    def _nothing(self, words: str) -> QWidget:
        host = QWidget()
        row = card.row(self.look, host, gap=12)
        row.addStretch(1)
        row.addWidget(Picture(self.look, "circle-check", "brand", 40))
        row.addWidget(label(words, "title"))
        row.addStretch(1)
        return host
