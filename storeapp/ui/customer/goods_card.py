"""Goods on her own screen: the shop's name over rows she looks at and nobody moves in."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from storeapp.ui.look import Look
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import Elided
from storeapp.ui.widgets.rows import Row, RowList


class GoodsCard(QFrame):
    """`words` say what the rows are; `beside` stands beside the shop's name."""

    def __init__(self, look: Look, words: str, beside: QLabel) -> None:
        super().__init__()
        self.setProperty("kind", "card")
        self._shop = Elided("", "title")
        self._list = RowList(look, words)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        lines = card.column(look, self, margin=(1, 14, 1, 8), gap=10)
        head = card.row(look, margin=(18, 0, 18, 0))
        head.addWidget(self._shop, 1)
        head.addWidget(beside)
        lines.addLayout(head)
        lines.addWidget(self._list, 1)

    def show_goods(self, shop: str, rows: Sequence[Row]) -> None:
        self._shop.setText(shop)
        self._list.show_rows(rows)

    def show_growing(self, shop: str, rows: Sequence[Row]) -> None:
        """The last one was just rung up: it is in sight, and stands out."""
        self._shop.setText(shop)
        self._list.show_rows(rows, len(rows) - 1)
        self._list.scrollToBottom()
