"""The page of one member: what she has on the left, where it came from, and what she agreed to on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QLabel, QVBoxLayout, QWidget

from storeapp.domain.coupon import Coupon
from storeapp.domain.ledger import Lot
from storeapp.ui import wording
from storeapp.ui.member.file import FilePresenter, FileState
from storeapp.ui.notices import Notice, notice, sentence
from storeapp.ui.page import Page
from storeapp.ui.sell.member_card import Avatar, Figure
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

DONE = {
    "offers_on": N_("She gets offers from now on."),
    "offers_off": N_("She gets no more offers."),
    "erased": N_("She has been erased. Her sales stay, without her."),
}


class FilePage(Page):
    """Draws one FileState. `attach_wanted` brings her id."""

    attach_wanted = Signal(str)

    def __init__(self, window: Window, presenter: FilePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Member"), "user")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._lots, self._coupons = RowList(look, look.t("Points by lot")), RowList(look, look.t("Coupons"))
        self._consents = RowList(look, look.t("Consents"))
        self._empty: list[tuple[RowList, QLabel]] = []
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        columns.addWidget(self._listed(look.t("Coupons"), self._coupons, look.t("Points by lot"), self._lots), 10)
        columns.addWidget(self._right(), 10)
        self.body.addLayout(columns, 1)
        presenter.bind(self)
        self.setFocusProxy(self._attach)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._presenter.state.is_erasing:
            self._attach.click()
        else:
            super().keyPressEvent(event)

    def show_state(self, state: FileState) -> None:
        _, words = self.look.t, self.look.words
        hers = state.file.card
        self._avatar.show_name(hers.member.name or "会")
        self._name.setText(hers.member.name or _("Member"))
        joined = _("since {date}").format(date=hers.member.joined_at[:10])
        self._who.setText(" · ".join(part for part in (state.phone_masked, hers.member.tier, joined) if part))
        self._points.show_number(wording.number(hers.points))
        self._worth.show_number(wording.number(len(hers.coupons)))
        self._coupons.show_rows([self._coupon(coupon) for coupon in hers.coupons])
        self._lots.show_rows([self._lot(lot) for lot in state.file.lots])
        self._consents.show_rows(
            [
                Row(
                    str(place),
                    _("Membership") if said.purpose == "membership" else _("Offers"),
                    f"{wording.channel(said.channel, words)} · {_('text {version}').format(version=said.text_version)}",
                    _("Yes") if said.given else _("No"),
                    said.at[:10],
                    icon="check" if said.given else "x",
                )
                for place, said in enumerate(sorted(state.file.consents, key=lambda said: said.at, reverse=True))
            ]
        )
        self._offers.setText(_("Stop offers") if state.gets_offers else _("She wants offers"))
        self._ask_box.setVisible(not state.is_erasing)
        self._confirm_box.setVisible(state.is_erasing)
        for rows, none in self._empty:
            none.setVisible(rows.model().rowCount() == 0)
        self._digits.show_fault(sentence(state.refused, words) if state.refused is not None else "")
        if state.is_erasing:
            self._digits.edit.setFocus()

    def may_leave(self) -> bool:
        """Esc first takes back the question whether to erase."""
        if self._presenter.state.is_erasing:
            self._presenter.stop_erasing()
            self.setFocus()
            return False
        return True

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def _coupon(self, coupon: Coupon) -> Row:
        _ = self.look.t
        spend = wording.money(coupon.min_spend).removesuffix(".00")
        title = _("From {amount}").format(amount=spend) if coupon.min_spend.fen else _("No minimum")
        until = _("until {date}").format(date=coupon.valid_until.isoformat())
        return Row(coupon.coupon_id, title, until, wording.money(coupon.amount), coupon.code, icon="ticket")

    def _lot(self, lot: Lot) -> Row:
        _ = self.look.t
        left = _("{points} left").format(points=wording.number(lot.remaining))
        return Row(lot.lot_id, f"+{wording.number(lot.amount)}", lot.earned_at[:10], left, icon="star")

    def _left(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=18, gap=14)
        self._avatar = Avatar(look)
        self._name, self._who = Elided("", "title"), label("", "secondary", "muted", wrap=True)
        names = card.column(look, gap=2)
        names.addWidget(self._name)
        names.addWidget(self._who)
        head = card.row(look, gap=14)
        head.addWidget(self._avatar)
        head.addLayout(names, 1)
        lines.addLayout(head)
        self._points, self._worth = Figure(look, _("Points")), Figure(look, _("Coupons"))
        figures = card.row(look, gap=10)
        figures.addWidget(self._points, 1)
        figures.addWidget(self._worth, 1)
        lines.addLayout(figures)
        lines.addStretch(1)
        self._attach = KeyButton(look, _("To this basket"), "check", kind="primary")
        self._attach.clicked.connect(self._attach_her)
        lines.addWidget(self._attach)
        return made

    def _attach_her(self) -> None:
        self.attach_wanted.emit(self._presenter.state.file.card.member.member_id)

    def _listed(self, upper: str, first: RowList, lower: str, second: RowList) -> QFrame:
        made = card.frame("card")
        lines = card.column(self.look, made, margin=(1, 14, 1, 10), gap=8)
        for words, rows in ((upper, first), (lower, second)):
            self._add_list(lines, words, rows)
        return made

    def _add_list(self, lines: QVBoxLayout, words: str, rows: RowList) -> None:
        """A list to read, not to choose from; it says so when there is nothing."""
        side = self.look.px(16)
        head, none = label(words, "name", strong=True), label(self.look.t("Nothing yet."), "secondary", "faint")
        for part in (head, none):
            part.setContentsMargins(side, 0, side, 0)
        rows.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._empty.append((rows, none))
        for part in (head, none):
            lines.addWidget(part)
        lines.addWidget(rows, 1)

    def _right(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 14, 1, 16), gap=10)
        self._add_list(lines, _("What she agreed to"), self._consents)
        self._offers = KeyButton(look, "", "note", cap="Ctrl+E")
        self._offers.clicked.connect(self._presenter.toggle_offers)
        self.on_key("Ctrl+E", self._presenter.toggle_offers)
        self._ask_box, self._confirm_box = self._ask(), self._confirm()
        deeds = card.column(look, margin=(16, 0, 16, 0), gap=10)
        deeds.addWidget(self._offers)
        deeds.addWidget(self._ask_box)
        deeds.addWidget(self._confirm_box)
        lines.addLayout(deeds)
        return made

    def _ask(self) -> QWidget:
        erase = KeyButton(self.look, self.look.t("Erase this member…"), "trash", kind="danger", cap="Del")
        erase.clicked.connect(self._presenter.ask_erase)
        self.on_key("Del", self._presenter.ask_erase)
        return erase

    def _confirm(self) -> QWidget:
        look, _ = self.look, self.look.t
        host = card.frame("fault")
        lines = card.column(look, host, margin=12, gap=8)
        said = _("Her phone and name are destroyed and cannot be brought back. Her points and coupons are lost.")
        lines.addWidget(label(said, "secondary", "red", wrap=True))
        self._digits = Field(look, _("Her phone's last four digits, to confirm"), most=4, compact=True)
        lines.addWidget(self._digits)
        gone = KeyButton(look, _("Erase for ever"), "trash", kind="danger")
        gone.clicked.connect(lambda: self._presenter.erase(self._digits.text()))
        self._digits.submitted.connect(lambda: self._presenter.erase(self._digits.text()))
        lines.addWidget(gone)
        return host
