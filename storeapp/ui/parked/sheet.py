"""The sheet of parked baskets: Enter brings one back, Del twice drops it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from storeapp.domain.money import Money
from storeapp.till.records import Parked
from storeapp.ui import wording
from storeapp.ui.notices import notice
from storeapp.ui.parked.presenter import ParkedPresenter, ParkedState
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet import DeletingSheet
from storeapp.ui.window import Window


class ParkedSheet(DeletingSheet):
    """Draws one ParkedState. `dropped` when there is one less."""

    dropped = Signal()

    def __init__(self, window: Window, presenter: ParkedPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Parked"), "player-pause")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._list = RowList(look, _("Parked baskets"))
        self._list.chosen.connect(presenter.choose)
        self._list.selectionModel().currentChanged.connect(lambda *_: presenter.stop_asking())
        self._none = label(_("No basket is parked."), "body", "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._drop = KeyButton(look, _("Drop"), "trash", cap="Del", kind="danger")
        self._drop.clicked.connect(lambda: presenter.drop(self.current()))
        self._recall = KeyButton(look, _("Bring back"), "player-play", kind="primary")
        self._recall.clicked.connect(self._list.choose_current)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._none, 1)
        self.body.addWidget(self._drop)
        self.body.addWidget(self._recall)
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._list

    def current(self) -> str:
        """The id of the basket that is chosen, "" for none."""
        row = self._list.currentIndex().row()
        waiting = self._presenter.state.parked
        return waiting[row].parked_id if 0 <= row < len(waiting) else ""

    def delete_pressed(self) -> None:
        self._presenter.drop(self.current())

    def show_state(self, state: ParkedState) -> None:
        _, names = self.look.t, dict(state.names)
        here = self._list.currentIndex().row()
        blocked = self._list.selectionModel().blockSignals(True)
        self._list.show_rows([self._row(basket, names, state.asking) for basket in state.parked], max(0, here))
        self._list.selectionModel().blockSignals(blocked)
        self._list.viewport().update()
        self._list.setVisible(bool(state.parked))
        self._none.setVisible(not state.parked)
        for button in (self._drop, self._recall):
            button.setEnabled(bool(state.parked))
        self._drop.setText(_("Drop it for good?") if state.asking else _("Drop"))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def gone(self) -> None:
        self.dropped.emit()

    def _row(self, basket: Parked, names: dict[str, str], asking: str) -> Row:
        _ = self.look.t
        lines = self.look.words.n("{count} line", "{count} lines", basket.lines).format(count=basket.lines)
        who = names.get(basket.cashier, basket.cashier)
        # by its goods a basket is told from another of the same minute
        goods = _(", ").join(line["product"]["name"] for line in basket.data["lines"][:3])
        tag = _("Del once more drops it") if basket.parked_id == asking else ""
        return Row(
            basket.parked_id,
            basket.label or goods,
            f"{wording.moment_clock(basket.parked_at)} · {who}",
            wording.money(Money(basket.total_fen)),
            lines,
            tag=tag,
            tag_tone="red",
        )
