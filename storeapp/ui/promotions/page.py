"""The page of promotions: the list on the left, what the chosen one says and would have cost on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from storeapp.domain.money import ZERO
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.ui import wording
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.promotions.presenter import PromotionsPresenter, PromotionsState
from storeapp.ui.promotions.result_view import ResultView
from storeapp.ui.promotions.saying import said
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

NEW, CHANGE, TRY, LIVE, END = "Ctrl+N", "Ctrl+E", "Ctrl+T", "Ctrl+G", "Ctrl+K"
_LOOK_MS = 200
_TONES = {"live": "brand", "draft": "amber", "ended": "muted"}
DONE = {
    "live": N_("The promotion is live, at every till of the shop."),
    "ended": N_("The promotion has ended."),
    "tried": N_("Tried on the receipts of the last 30 days."),
}


class PromotionsPage(Page):
    """Draws one PromotionsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: PromotionsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Promotions"), "discount")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._list = RowList(look, look.t("Promotions"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self._none = label(
            look.t("No promotion yet. {key} writes the first.").format(key=NEW), "body", "muted", wrap=True
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        self._detail = self._right()
        columns.addWidget(self._detail, 14)
        self.body.addLayout(columns, 1)
        self._look_on = QTimer(self)
        self._look_on.timeout.connect(self._show_progress)
        for key, deed in (
            (NEW, presenter.write_new),
            (CHANGE, presenter.change),
            (TRY, presenter.try_out),
            (LIVE, presenter.go_live),
            (END, presenter.end),
        ):
            self.on_key(key, deed)
        presenter.bind(self)

    @property
    def state(self) -> PromotionsState:
        """What it shows."""
        return self._presenter.state

    def may_leave(self) -> bool:
        self._presenter.leave()
        return True

    def show_state(self, state: PromotionsState) -> None:
        places = [place for place, row in enumerate(state.rows) if row.promotion_id == state.chosen]
        model = self._list.selectionModel()
        blocked = model.blockSignals(True)
        self._list.show_rows([self._row(row, state) for row in state.rows], places[0] if places else 0)
        model.blockSignals(blocked)
        self._list.viewport().update()
        self._list.setVisible(bool(state.rows))
        self._none.setVisible(not state.rows)
        # keys need somebody who has the focus: an empty list hides
        self.setFocusProxy(self._list if state.rows else self._new)
        self._detail.setVisible(state.promotion is not None)
        if state.promotion is not None:
            self._show_promotion(state.promotion)
            self._show_rules(state)
            self._show_deeds(state, state.promotion)
        if state.result is not None and not state.is_trying:
            self._result.show_result(state.result)
            self._sides.setCurrentWidget(self._result)
        else:
            self._sides.setCurrentWidget(self._waiting)
        self._show_progress()
        if state.is_trying != self._look_on.isActive():
            self._look_on.start(_LOOK_MS) if state.is_trying else self._look_on.stop()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def _chosen(self) -> None:
        rows, row = self._presenter.state.rows, self._list.currentIndex().row()
        if 0 <= row < len(rows):
            self._presenter.choose(rows[row].promotion_id)

    def _row(self, row: PromotionVersion, state: PromotionsState) -> Row:
        given = None if state.given is None else state.given.get(row.promotion_id, ZERO)
        version = self.look.t("version {number} · {at}").format(number=row.number, at=wording.moment(row.changed_at))
        return Row(
            row.promotion_id,
            row.name,
            version,
            "" if given is None or not given.fen else wording.money(-given),
            "" if given is None or not given.fen else self.look.t("given so far"),
            tag=wording.promotion_state(row.state, self.look.words),
            tag_tone=_TONES[row.state],
        )

    def _show_promotion(self, row: PromotionVersion) -> None:
        self._name.setText(row.name)
        self._state.setText(wording.promotion_state(row.state, self.look.words))
        set_tone(self._state, _TONES[row.state])

    def _show_rules(self, state: PromotionsState) -> None:
        rules = state.rules
        if rules is None or state.goods is None:
            self._deed.setText("" if rules is not None else self.look.t("Written by a newer program."))
            self._conditions.setText("")
            return
        deed, *conditions = said(rules, state.goods, self.look.words)
        self._deed.setText(deed)
        self._conditions.setText(self.look.t("; ").join(conditions))

    def _show_deeds(self, state: PromotionsState, row: PromotionVersion) -> None:
        _ = self.look.t
        self._try.setText(_("Stop") if state.is_trying else _("Try on 30 days"))
        self._try.setVisible(state.may_try)
        self._change.setEnabled(state.may_decide and not state.is_trying and state.rules is not None)
        self._live.setEnabled(state.may_decide and row.state != "live" and not state.is_trying)
        self._live.setText(_("Live untried?") if state.asking == "live" else _("Go live"))
        self._end.setEnabled(state.may_decide and row.state == "live")
        self._end.setText(_("End it now?") if state.asking == "end" else _("End"))

    def _show_progress(self) -> None:
        state, progress = self._presenter.state, self._presenter.progress
        if state.is_trying:
            text = self.look.t("Trying it on the last 30 days: {percent} %").format(percent=progress.percent)
        elif not state.may_try:
            text = ""
        else:
            text = self.look.t("Not tried yet: what would it have cost over the last 30 days?")
        self._waiting_words.setText(text)

    def _left(self) -> QFrame:
        made = card.frame("card")
        lines = card.column(self.look, made, margin=(1, 8, 1, 8), gap=8)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        self._new = KeyButton(self.look, self.look.t("New promotion"), "plus", cap=NEW, kind="primary")
        self._new.clicked.connect(self._presenter.write_new)
        foot = card.row(self.look, margin=(12, 0, 12, 4))
        foot.addWidget(self._new)
        lines.addLayout(foot)
        return made

    def _right(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=10)
        head = card.row(look, gap=10)
        self._name, self._state = Elided("", "total", strong=True), tag()
        head.addWidget(self._name, 1)
        head.addWidget(self._state)
        lines.addLayout(head)
        self._deed = label("", "body", wrap=True)
        self._conditions = label("", "secondary", "muted", wrap=True)
        lines.addWidget(self._deed)
        lines.addWidget(self._conditions)
        deeds = card.row(look, gap=8)
        self._change = KeyButton(look, _("Change"), "edit", cap=CHANGE)
        self._try = KeyButton(look, _("Try on 30 days"), "refresh", cap=TRY)
        self._live = KeyButton(look, _("Go live"), "player-play", cap=LIVE)
        self._end = KeyButton(look, _("End"), "x", cap=END, kind="danger")
        for button, deed in (
            (self._change, self._presenter.change),
            (self._try, self._presenter.try_out),
            (self._live, self._presenter.go_live),
            (self._end, self._presenter.end),
        ):
            button.clicked.connect(deed)
            deeds.addWidget(button, 1)
        lines.addLayout(deeds)
        self._result, self._waiting = ResultView(look), QWidget()
        self._waiting_words = label("", "name", "muted", wrap=True)
        self._waiting_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.column(look, self._waiting).addWidget(self._waiting_words, 1)
        self._sides = QStackedWidget()
        for side in (self._result, self._waiting):
            self._sides.addWidget(side)
        lines.addWidget(self._sides, 1)
        return made
