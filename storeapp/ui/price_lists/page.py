"""The page of price lists: the lists on the left, what the chosen one says and asks for which goods on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from storeapp.domain.price_list_version import PriceListVersion, standing
from storeapp.ui import wording
from storeapp.ui.notices import Notice, notice
from storeapp.ui.page import Page
from storeapp.ui.price_lists.presenter import PriceListsPresenter, PriceListsState
from storeapp.ui.price_lists.saying import line_row, terms_said
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

NEW, CHANGE, LIVE, END, PAPER = "Ctrl+N", "Ctrl+E", "Ctrl+G", "Ctrl+K", "Ctrl+P"
_TONES = {"live": "brand", "coming": "amber", "draft": "amber", "over": "muted"}
DONE = {
    "live": N_("The price list is live, at every till it is for."),
    "ended": N_("The price list has ended; the shelf prices hold again."),
}


class PriceListsPage(Page):
    """Draws one PriceListsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: PriceListsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Price lists"), "tag")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._list = RowList(look, look.t("Price lists"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self._none = label(
            look.t("No price list yet. {key} writes the first.").format(key=NEW), "body", "muted", wrap=True
        )
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        self._detail = self._right()
        columns.addWidget(self._detail, 14)
        self.body.addLayout(columns, 1)
        for key, deed in (
            (NEW, presenter.write_new),
            (CHANGE, presenter.change),
            (LIVE, presenter.go_live),
            (END, presenter.end),
            (PAPER, presenter.keep),
        ):
            self.on_key(key, deed)
        presenter.bind(self)

    @property
    def state(self) -> PriceListsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: PriceListsState) -> None:
        places = [place for place, row in enumerate(state.rows) if row.subject == state.chosen]
        model = self._list.selectionModel()
        blocked = model.blockSignals(True)
        self._list.show_rows([self._row(row, state) for row in state.rows], places[0] if places else 0)
        model.blockSignals(blocked)
        self._list.viewport().update()
        self._list.setVisible(bool(state.rows))
        self._none.setVisible(not state.rows)
        # keys need somebody who has the focus: an empty list hides
        self.setFocusProxy(self._list if state.rows else self._new)
        self._detail.setVisible(state.version is not None)
        if state.version is not None:
            self._show_version(state.version, state)
            self._show_deeds(state, state.version)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def kept(self, file: str) -> None:
        self._window.show_notice(Notice(self.look.t("Kept as {file}.").format(file=file), "done"))

    def _chosen(self) -> None:
        rows, row = self._presenter.state.rows, self._list.currentIndex().row()
        if 0 <= row < len(rows):
            self._presenter.choose(rows[row].subject)

    def _row(self, row: PriceListVersion, state: PriceListsState) -> Row:
        words, stands = self.look.words, standing(row, state.today)
        count = len(row.data.get("prices", ()))
        return Row(
            row.subject,
            row.name,
            words.t("version {number} · {at}").format(number=row.number, at=wording.moment(row.changed_at)),
            words.n("{count} product", "{count} products", count).format(count=wording.number(count)),
            tag=wording.standing(stands, words),
            tag_tone=_TONES[stands],
        )

    def _show_version(self, version: PriceListVersion, state: PriceListsState) -> None:
        _, stands = self.look.t, standing(version, state.today)
        self._name.setText(version.name)
        self._state.setText(wording.standing(stands, self.look.words))
        set_tone(self._state, _TONES[stands])
        terms = state.terms
        said = (_("Written by a newer program."),) if terms is None else terms_said(terms, self.look.words)
        self._said.setText(_("; ").join(said))
        doubtful = self.look.words.n(
            "{count} price brings less than the shop asks for.",
            "{count} prices bring less than the shop asks for.",
            state.doubtful,
        )
        self._doubts.setText(doubtful.format(count=wording.number(state.doubtful)))
        self._doubts.setVisible(state.doubtful > 0)
        self._lines.show_rows([line_row(line, state.floor_percent, self.look.words) for line in state.lines or ()])

    def _show_deeds(self, state: PriceListsState, version: PriceListVersion) -> None:
        _ = self.look.t
        self._change.setEnabled(state.may_decide and state.terms is not None)
        self._live.setEnabled(state.may_decide and version.state != "live" and state.terms is not None)
        self._live.setText(_("Live all the same?") if state.asking == "live" else _("Go live"))
        self._end.setEnabled(state.may_decide and version.state == "live")
        self._end.setText(_("End it now?") if state.asking == "end" else _("End"))
        self._paper.setEnabled(bool(state.lines))

    def _left(self) -> QFrame:
        made = card.frame("card")
        lines = card.column(self.look, made, margin=(1, 8, 1, 8), gap=8)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        self._new = KeyButton(self.look, self.look.t("New price list"), "plus", cap=NEW, kind="primary")
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
        self._said = label("", "body", wrap=True)
        self._doubts = label("", "body", "amber", wrap=True)
        lines.addWidget(self._said)
        lines.addWidget(self._doubts)
        deeds = card.row(look, gap=8)
        self._change = KeyButton(look, _("Change"), "edit", cap=CHANGE)
        self._live = KeyButton(look, _("Go live"), "player-play", cap=LIVE)
        self._end = KeyButton(look, _("End"), "x", cap=END, kind="danger")
        self._paper = KeyButton(look, _("Price changes as PDF"), "printer", cap=PAPER)
        for button, deed, room in (
            (self._change, self._presenter.change, 4),
            (self._live, self._presenter.go_live, 4),
            (self._end, self._presenter.end, 4),
            (self._paper, self._presenter.keep, 6),
        ):
            button.clicked.connect(deed)
            deeds.addWidget(button, room)
        lines.addLayout(deeds)
        self._lines = RowList(look, _("Goods and their new prices"))
        lines.addWidget(self._lines, 1)
        return made
