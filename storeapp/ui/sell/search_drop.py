"""The answers to a search, under the scan field, while the field keeps the cursor."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QFrame, QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.sell.state import Hit, SellState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import ROW_PX, Row, RowList

MOST = 8
_EDGE = 4  # frame and margin


class SearchDrop(QFrame):
    """`chosen` brings the number of a hit."""

    chosen = Signal(int)

    def __init__(self, look: Look, host: QWidget) -> None:
        super().__init__(host)
        self._look, self._host = look, host
        self.setProperty("kind", "drop")
        self._list = RowList(look, look.t("Search results"))
        self._list.chosen.connect(lambda row_id: self.chosen.emit(int(row_id)))
        self._nothing = label("", "body", "muted")
        layout = card.column(look, self, margin=2, gap=0)
        layout.addWidget(self._list, 1)
        layout.addWidget(self._nothing)
        self.was_moved = False
        self._searched = ""
        self.hide()

    def show_state(self, state: SellState, under: QWidget) -> None:
        """Opens under the widget while something is searched for."""
        self.setVisible(bool(state.search))
        if not state.search or state.search != self._searched:
            self.was_moved = False
        self._searched = state.search
        if not state.search:
            return
        rows = [self._row(number, hit) for number, hit in enumerate(state.hits[:MOST])]
        self._list.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._list.show_rows(rows, 0 if not self.was_moved else self._list.currentIndex().row())
        said = self._look.t("Nothing found for “{text}”").format(text=state.search[:40])
        self._nothing.setText(said)
        self._nothing.setContentsMargins(self._look.px(16), 0, 0, 0)
        self._place(under, max(1, len(rows)))

    def step(self, by: int) -> None:
        self._list.step(by)
        self.was_moved = True

    def choose_current(self) -> None:
        self._list.choose_current()

    def _place(self, under: QWidget, rows: int) -> None:
        corner = under.mapTo(self._host, QPoint(0, under.height() + self._look.px(4)))
        room = self._host.height() - corner.y() - self._look.px(8)
        height = min(rows * self._look.px(ROW_PX) + 2 * _EDGE, room)
        self.setGeometry(corner.x(), corner.y(), under.width(), height)
        self.raise_()

    def _row(self, number: int, hit: Hit) -> Row:
        _ = self._look.t
        if hit.kind == "member":
            points = wording.points(hit.points or 0, self._look.words)
            return Row(str(number), hit.name or _("Member"), hit.detail, points, icon="user")
        price = wording.money(hit.price) if hit.price is not None else ""
        tag = ""
        if hit.member_price is not None:
            tag = _("Member {price}").format(price=wording.bare(hit.member_price))
        return Row(str(number), hit.name, hit.detail, price, tag=tag, icon="box")
