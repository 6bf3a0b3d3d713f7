"""The page of price lists: the lists on the left, what the chosen one says and asks for which goods on the right."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.price_list_version import PriceListVersion, standing
from storeapp.ui import wording
from storeapp.ui.list_page import ListPage
from storeapp.ui.price_lists.presenter import PriceListsPresenter, PriceListsState
from storeapp.ui.price_lists.saying import line_row, terms_said
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

NEW, CHANGE, LIVE, END, PAPER = "Ctrl+N", "Ctrl+E", "Ctrl+G", "Ctrl+K", "Ctrl+P"
_TONES = {"live": "brand", "coming": "amber", "draft": "amber", "over": "muted"}
DONE = {
    "live": N_("The price list is live, at every till it is for."),
    "ended": N_("The price list has ended; the shelf prices hold again."),
}


class PriceListsPage(ListPage):
    """Draws one PriceListsState. The arrows choose; each deed has its key on its button."""

    def __init__(self, window: Window, presenter: PriceListsPresenter, *, beep: Callable[[], None]) -> None:
        look, _ = window.look, window.look.t
        super().__init__(window, _("Price lists"), "tag", choose=presenter.choose)
        self._presenter, self.beep = presenter, beep
        none = _("No price list yet. {key} writes the first.")
        self.add_writing(_("New price list"), presenter.write_new, key=NEW, none=none)
        self._said = label("", "body", wrap=True)
        self._doubts = label("", "body", "amber", wrap=True)
        self.detail.addWidget(self._said)
        self.detail.addWidget(self._doubts)
        self._change = self.deed(_("Change"), "edit", presenter.change, key=CHANGE)
        self._live = self.deed(_("Go live"), "player-play", presenter.go_live, key=LIVE)
        self._end = self.deed(_("End"), "x", presenter.end, key=END, kind="danger")
        self._paper = self.deed(_("Price changes as PDF"), "printer", presenter.keep, key=PAPER)
        self.add_deeds((self._change, self._live, self._end, self._paper), shares=(4, 4, 4, 6))
        self._lines = RowList(look, _("Goods and their new prices"))
        self.detail.addWidget(self._lines, 1)
        presenter.bind(self)

    @property
    def state(self) -> PriceListsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: PriceListsState) -> None:
        self.show_rows([self._row(row, state) for row in state.rows], state.chosen)
        if state.version is not None:
            self._show_version(state.version, state)
            self._show_deeds(state, state.version)

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

    def kept(self, file: str) -> None:
        self.say(self.look.t("Kept as {file}.").format(file=file))

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
        self.show_name(version.name, wording.standing(stands, self.look.words), _TONES[stands])
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
