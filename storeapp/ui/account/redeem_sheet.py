"""The sheet of gifts for points: up and down, Enter, and Enter once more."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from storeapp.till.gifts import Offered
from storeapp.ui import wording
from storeapp.ui.account.deed_sheet import DeedSheet, her_box
from storeapp.ui.account.redeem import RedeemPresenter, RedeemState
from storeapp.ui.notices import sentence
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window


class RedeemSheet(DeedSheet):
    """Draws one RedeemState."""

    def __init__(self, window: Window, presenter: RedeemPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(window, _("Gifts for points"), "gift", beep=beep)
        self._presenter, state = presenter, presenter.state
        self._rows = RowList(look, _("Gifts for points"))
        self._rows.show_rows([self._row(each) for each in state.gifts])
        self._fault = label("", "secondary", "red", wrap=True)
        has = _("Has {points} points").format(points=wording.number(state.has))
        self.body.addWidget(her_box(look, state.her, has))
        self.body.addWidget(self._rows, 1)
        self.body.addWidget(self._fault)
        self.body.addWidget(self.confirm_button)
        self.steps = (self._rows, self.confirm_button)
        self._rows.chosen.connect(self._chosen)
        self._rows.selectionModel().currentChanged.connect(lambda now, _before: self._moved(now.row()))
        presenter.bind(self)

    def confirm(self) -> None:
        self._presenter.confirm()

    def check(self, step: QWidget) -> bool:
        return self._presenter.check()

    def show_state(self, state: RedeemState) -> None:
        self._fault.setText("" if state.refused is None else sentence(state.refused, self.look.words))
        self._fault.setVisible(state.refused is not None)
        said = self.look.t("Give it for {points} points").format(points=wording.number(state.gift.gift.points))
        self.confirm_button.setText(said)
        self.confirm_button.setEnabled(not state.is_saving)

    def _moved(self, row: int) -> None:
        if row >= 0:
            self._presenter.choose(self._presenter.state.gifts[row].gift.code)

    def _chosen(self, code: str) -> None:
        """Enter or a click on it; the list keeps its Enter to itself."""
        self._presenter.choose(code)
        if self._presenter.check():
            self.confirm_button.setFocus()

    def _row(self, each: Offered) -> Row:
        t = self.look.t
        left = "" if each.left is None else t("{n} left").format(n=max(each.left, 0))
        points = t("{points} points").format(points=wording.number(each.gift.points))
        tag = t("too few points") if each.is_dear else ""
        return Row(each.gift.code, each.name, left, points, tag=tag, icon="gift")
