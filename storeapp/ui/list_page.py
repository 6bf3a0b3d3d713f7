"""A page of a list: what there is on the left, the chosen one on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window


class ListPage(Page):
    """The arrows choose: `choose` gets the id of the row they reach. `listed` says what the rows are.

    Fill `left` below the rows and `detail` below the name of the chosen one; `above` stands over the rows.
    """

    def __init__(
        self,
        window: Window,
        title: str,
        icon: str,
        *,
        choose: Callable[[str], None],
        listed: str = "",
        above: QWidget | None = None,
        shares: tuple[int, int] = (9, 14),
    ) -> None:
        super().__init__(window, title, icon)
        look, self._choose = self.look, choose
        self._ids: tuple[str, ...] = ()
        self._list = RowList(look, listed or title)
        self._list.selectionModel().currentChanged.connect(lambda *_: self._reached())
        self._none = label("", "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # keys need somebody who has the focus: an empty list hides
        self._focus_without_rows: QWidget = self._list
        left, self._detail = card.frame("card"), card.frame("card")
        self.left = card.column(look, left, margin=(1, 8, 1, 8), gap=8)
        if above is not None:
            head = card.row(look, margin=(12, 4, 12, 0))
            head.addWidget(above)
            self.left.addLayout(head)
        self.left.addWidget(self._list, 1)
        self.left.addWidget(self._none, 1)
        self.detail = card.column(look, self._detail, margin=16, gap=10)
        self._name, self._state = Elided("", "total", strong=True), tag()
        named = card.row(look, gap=10)
        named.addWidget(self._name, 1)
        named.addWidget(self._state)
        self.detail.addLayout(named)
        columns = card.row(look, gap=12)
        columns.addWidget(left, shares[0])
        columns.addWidget(self._detail, shares[1])
        self.body.addLayout(columns, 1)

    def add_writing(self, words: str, deed: Callable[[], object], *, key: str, none: str) -> None:
        """The button below the rows that writes one more; `none` is said while there are none, and names the key."""
        new = self.deed(words, "plus", deed, key=key, kind="primary")
        foot = card.row(self.look, margin=(12, 0, 12, 4))
        foot.addWidget(new)
        self.left.addLayout(foot)
        self._none.setText(none.format(key=key))
        self._focus_without_rows = new

    def add_deeds(self, *rows: Sequence[KeyButton], shares: Sequence[int] = ()) -> None:
        """Rows of buttons below what is said of the chosen one; `shares` of the width where they are not alike."""
        lines = card.column(self.look, gap=8)
        for buttons in rows:
            row = card.row(self.look, gap=8)
            for button, share in zip(buttons, shares or [1] * len(buttons), strict=True):
                row.addWidget(button, share)
            lines.addLayout(row)
        self.detail.addLayout(lines)

    def show_rows(self, rows: Sequence[Row], chosen: str) -> None:
        """With that one chosen, or else the first; without any there is nothing on the right."""
        self._ids = tuple(row.id for row in rows)
        self._list.show_quietly(rows, self._ids.index(chosen) if chosen in self._ids else 0)
        self._list.setVisible(bool(rows))
        self._none.setVisible(not rows)
        self.setFocusProxy(self._list if rows else self._focus_without_rows)
        self._detail.setVisible(bool(rows))

    def show_name(self, name: str, state: str = "", tone: str = "muted") -> None:
        """Of the chosen one: what it is called, and how it stands."""
        self._name.setText(name)
        self._state.setText(state)
        self._state.setVisible(bool(state))
        set_tone(self._state, tone)

    def _reached(self) -> None:
        row = self._list.currentIndex().row()
        if 0 <= row < len(self._ids):
            self._choose(self._ids[row])
