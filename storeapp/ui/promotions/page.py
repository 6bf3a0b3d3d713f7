"""The page of promotions: the list on the left, what the chosen one says and would have cost on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QWidget

from storeapp.domain.money import ZERO
from storeapp.domain.promotion_version import PromotionVersion
from storeapp.ui import wording
from storeapp.ui.list_page import ListPage
from storeapp.ui.promotions.presenter import PromotionsPresenter, PromotionsState
from storeapp.ui.promotions.result_view import ResultView
from storeapp.ui.promotions.saying import said
from storeapp.ui.widgets import card
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row
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


class PromotionsPage(ListPage):
    """Draws one PromotionsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: PromotionsPresenter, *, beep: Callable[[], None]) -> None:
        look, _ = window.look, window.look.t
        super().__init__(window, _("Promotions"), "discount", choose=presenter.choose)
        self._presenter, self.beep = presenter, beep
        none = _("No promotion yet. {key} writes the first.")
        self.add_writing(_("New promotion"), presenter.write_new, key=NEW, none=none)
        self._deed = label("", "body", wrap=True)
        self._conditions = label("", "secondary", "muted", wrap=True)
        self.detail.addWidget(self._deed)
        self.detail.addWidget(self._conditions)
        self._change = self.deed(_("Change"), "edit", presenter.change, key=CHANGE)
        self._try = self.deed(_("Try on 30 days"), "refresh", presenter.try_out, key=TRY)
        self._live = self.deed(_("Go live"), "player-play", presenter.go_live, key=LIVE)
        self._end = self.deed(_("End"), "x", presenter.end, key=END, kind="danger")
        self.add_deeds((self._change, self._try, self._live, self._end))
        self._result, self._waiting = ResultView(look), QWidget()
        self._waiting_words = label("", "name", "muted", wrap=True)
        self._waiting_words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.column(look, self._waiting).addWidget(self._waiting_words, 1)
        self._sides = QStackedWidget()
        for side in (self._result, self._waiting):
            self._sides.addWidget(side)
        self.detail.addWidget(self._sides, 1)
        self._look_on = QTimer(self)
        self._look_on.timeout.connect(self._show_progress)
        presenter.bind(self)

    @property
    def state(self) -> PromotionsState:
        """What it shows."""
        return self._presenter.state

    def may_leave(self) -> bool:
        self._presenter.leave()
        return True

    def show_state(self, state: PromotionsState) -> None:
        self.show_rows([self._row(row, state) for row in state.rows], state.chosen)
        if state.promotion is not None:
            now = state.promotion
            self.show_name(now.name, wording.promotion_state(now.state, self.look.words), _TONES[now.state])
            self._show_rules(state)
            self._show_deeds(state, now)
        if state.result is not None and not state.is_trying:
            self._result.show_result(state.result)
            self._sides.setCurrentWidget(self._result)
        else:
            self._sides.setCurrentWidget(self._waiting)
        self._show_progress()
        if state.is_trying != self._look_on.isActive():
            self._look_on.start(_LOOK_MS) if state.is_trying else self._look_on.stop()

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

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
            text = self.look.t("Trying it on the last 30 days: {percent}%").format(percent=progress.percent)
        elif not state.may_try:
            text = ""
        else:
            text = self.look.t("Not tried yet: what would it have cost over the last 30 days?")
        self._waiting_words.setText(text)
