"""The page of one member: what she has and is known for, what happened with her, and what she agreed to."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from storeapp.domain.card import Card
from storeapp.domain.ledger import Lot
from storeapp.ui import people_words, wording
from storeapp.ui.member.file import FilePresenter, FileState
from storeapp.ui.member.known_box import KnownBox
from storeapp.ui.notices import sentence
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import ROW_PX, Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

OLDER, NEWER, NOTE, OFFERS = "Ctrl+Right", "Ctrl+Left", "Ctrl+N", "Ctrl+E"
SETTLE, PAY_BACK, CORRECT = "Alt+D", "Alt+B", "Alt+P"
NUMBER, DATA = "F2", "F3"
REDEEM, MERGE, COUPON, BROUGHT = "Alt+L", "Alt+J", "Alt+W", "Alt+N"
_COUPONS_SHOWN = 3
DONE = {
    "offers_on": N_("She gets offers from now on."),
    "offers_off": N_("She gets no more offers."),
    "noted": N_("Noted."),
    "erased": N_("She has been erased. Her sales stay, without her."),
}


class FilePage(Page):
    """Draws one FileState. `attach_wanted` and `top_up_wanted` bring her id, `deed_wanted` a deed first."""

    attach_wanted = Signal(str)
    top_up_wanted = Signal(str)
    cards_wanted = Signal(str)
    deed_wanted = Signal(str, str)

    def __init__(self, window: Window, presenter: FilePresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Member"), "user")
        self._presenter, self.beep = presenter, beep
        self._lots = RowList(look, look.t("Cards, and points by lot"))
        self._time = RowList(look, look.t("What happened"))
        self._consents = RowList(look, look.t("Consents"))
        self._wallet = RowList(look, look.t("Coupons"))
        self._empty: list[tuple[RowList, QLabel]] = []
        self._known = KnownBox(look, presenter)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 9)
        columns.addWidget(self._middle(), 10)
        columns.addWidget(self._right(), 10)
        self.body.addLayout(columns, 1)
        presenter.bind(self)
        for key, deed in (
            (OLDER, lambda: presenter.turn(1)),
            (NEWER, lambda: presenter.turn(-1)),
            (NOTE, presenter.ask_note),
            (OFFERS, presenter.toggle_offers),
            (NUMBER, presenter.unmask),
            (DATA, presenter.take_along),
            ("Del", presenter.ask_erase),
            (look.keys.of("top_up"), self._top_her_up),
            (look.keys.of("cards"), self._her_cards),
            (SETTLE, lambda: self._want("settle")),
            (PAY_BACK, lambda: self._want("pay_back")),
            (CORRECT, lambda: self._want("correct")),
            (REDEEM, lambda: self._want("redeem")),
            (MERGE, lambda: self._want("merge")),
            (BROUGHT, lambda: self._want("brought")),
            (COUPON, lambda: self._want("coupon")),
        ):
            self.on_key(key, deed)
        self.setFocusProxy(self._attach)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        state = self._presenter.state
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and not (state.is_erasing or state.is_writing):
            self._attach.click()
        elif not is_enter:
            super().keyPressEvent(event)

    def show_state(self, state: FileState) -> None:
        _, words = self.look.t, self.look.words
        self._known.show_state(state)
        zone = self._presenter.zone
        self._time.show_rows([people_words.row_of(row, zone, words) for row in state.time.rows])
        self._wallet.show_rows([people_words.coupon_row(one, words) for one in state.wallet])
        # a few are seen at once, and her days keep the rest of the column
        shown = min(len(state.wallet), _COUPONS_SHOWN)
        self._wallet.setMaximumHeight(self.look.px(ROW_PX) * shown + 2 if shown else 0)
        self._older.setEnabled(state.time.has_more)
        self._newer.setEnabled(state.time.page > 0)
        self._lots.show_rows([*map(self._card, state.cards), *(self._lot(lot) for lot in state.file.lots)])
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
        hers = state.file.card
        self._settle.setVisible(hers.owed_fen > 0)
        self._pay_back.setVisible(hers.principal_fen + hers.bonus_fen > 0)
        self._offers.setText(_("Stop offers") if state.gets_offers else _("She wants offers"))
        self._ask_box.setVisible(not state.is_erasing)
        self._confirm_box.setVisible(state.is_erasing)
        for rows, none in self._empty:
            none.setVisible(rows.model().rowCount() == 0)
        self._digits.show_fault(sentence(state.refused, words) if state.refused is not None else "")
        if state.is_erasing:
            self._digits.edit.setFocus()

    def may_leave(self) -> bool:
        """Esc first takes back what is asked for."""
        if self._presenter.state.is_erasing or self._presenter.state.is_writing:
            self._presenter.stop_asking()
            self.setFocus()
            return False
        return True

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))
        self.setFocus()

    def kept(self, folder: str) -> None:
        self.say(self.look.t("Her data lies in {folder}.").format(folder=folder))

    def _card(self, hers: Card) -> Row:
        t = self.look.t
        until = t("until {date}").format(date=hers.until) if hers.until else t("for ever")
        left = t("{left} of {whole}").format(left=hers.left, whole=hers.kind.whole)
        return Row(hers.card_id, hers.name, until, left if hers.kind.is_times else hers.kind.tier, icon="credit-card")

    def _lot(self, lot: Lot) -> Row:
        left = self.look.t("{points} left").format(points=wording.number(lot.remaining))
        return Row(lot.lot_id, f"+{wording.number(lot.amount)}", lot.earned_at[:10], left, icon="star")

    def _left(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(16, 10, 16, 10), gap=6)
        lines.addWidget(self._known, 1)
        self._attach = KeyButton(look, _("To this basket"), "check", kind="primary")
        self._attach.clicked.connect(self._attach_her)
        top_up = KeyButton(look, _("Top up"), "wallet", action="top_up")
        top_up.clicked.connect(self._top_her_up)
        deeds = card.row(look, gap=8)
        deeds.addWidget(self._attach, 3)
        deeds.addWidget(top_up, 2)
        lines.addLayout(deeds)
        return made

    def _by_hand(self) -> QHBoxLayout:
        """What is done to her account: its sums stand on the sheets, and only what she has is offered."""
        look, _ = self.look, self.look.t
        self._settle = KeyButton(look, _("Take her debt"), cap=SETTLE)
        self._pay_back = KeyButton(look, _("Pay back"), cap=PAY_BACK)
        correct = KeyButton(look, _("Correct points"), cap=CORRECT)
        row = card.row(look, margin=(16, 0, 16, 0), gap=8)
        for button, deed, share in (
            (self._settle, "settle", 6),
            (self._pay_back, "pay_back", 6),
            (correct, "correct", 7),
        ):
            button.clicked.connect(lambda _checked=False, deed=deed: self._want(deed))
            row.addWidget(button, share)
        return row

    def _want(self, deed: str) -> None:
        self.deed_wanted.emit(deed, self._presenter.state.file.card.member.member_id)

    def _top_her_up(self) -> None:
        self.top_up_wanted.emit(self._presenter.state.file.card.member.member_id)

    def _her_cards(self) -> None:
        self.cards_wanted.emit(self._presenter.state.file.card.member.member_id)

    def _attach_her(self) -> None:
        self.attach_wanted.emit(self._presenter.state.file.card.member.member_id)

    def _middle(self) -> QFrame:
        look, _ = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 14, 1, 12), gap=8)
        self._add_list(lines, _("Coupons"), self._wallet)
        self._add_list(lines, _("What happened"), self._time)
        self._time.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._time.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        pages = card.row(look, margin=(16, 0, 16, 0), gap=8)
        self._newer = KeyButton(look, _("Newer"), "chevron-left", cap=NEWER)
        self._older = KeyButton(look, _("Older"), "chevron-right", cap=OLDER)
        for button, by in ((self._newer, -1), (self._older, 1)):
            button.clicked.connect(lambda _checked=False, by=by: self._presenter.turn(by))
            pages.addWidget(button, 1)
        lines.addLayout(pages)
        # here only a list gives way: beside the note or the erasing the page is too high for a small screen
        hers = self._by_hand()
        hers.setContentsMargins(look.px(16), 0, look.px(16), 0)
        lines.addLayout(hers)
        if self._presenter.has_referrals:
            brought = KeyButton(look, _("Whom she brought"), "users", cap=BROUGHT)
            brought.clicked.connect(lambda: self._want("brought"))
            below = card.row(look, margin=(16, 0, 16, 0), gap=8)
            below.addWidget(brought, 1)
            lines.addLayout(below)
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
        lines = card.column(look, made, margin=(1, 8, 1, 8), gap=6)
        self._add_list(lines, _("Cards, and points by lot"), self._lots)
        self._add_list(lines, _("What she agreed to"), self._consents)
        self._offers = KeyButton(look, "", "note", cap=OFFERS)
        self._offers.clicked.connect(self._presenter.toggle_offers)
        self._ask_box, self._confirm_box = self._ask(), self._confirm()
        self._redeem = KeyButton(look, _("Gifts for points"), "gift", cap=REDEEM)
        self._redeem.clicked.connect(lambda: self._want("redeem"))
        deeds = card.column(look, margin=(16, 0, 16, 0), gap=6)
        give = KeyButton(look, _("Give a coupon"), "ticket", cap=COUPON)
        give.clicked.connect(lambda: self._want("coupon"))
        gifts = card.row(look, gap=8)
        for button, is_given in ((self._redeem, self._presenter.has_gifts), (give, self._presenter.gives_coupons)):
            gifts.addWidget(button, 1)
            # only ever hidden here: shown before it has its place, it would be a window of its own
            if not is_given:
                button.hide()
        deeds.addLayout(gifts)
        merge = KeyButton(look, _("Two members…"), "users", cap=MERGE)
        merge.clicked.connect(lambda: self._want("merge"))
        whom = card.row(look, gap=8)
        whom.addWidget(self._offers, 1)
        whom.addWidget(merge, 1)
        deeds.addLayout(whom)
        hers = card.row(look, gap=8)
        for words, icon, cap, deed in (
            (_("Whole number"), "user", NUMBER, self._presenter.unmask),
            (_("Her data"), "download", DATA, self._presenter.take_along),
        ):
            button = KeyButton(look, words, icon, cap=cap)
            button.clicked.connect(deed)
            hers.addWidget(button, 1)
        deeds.addLayout(hers)
        deeds.addWidget(self._ask_box)
        deeds.addWidget(self._confirm_box)
        lines.addLayout(deeds)
        return made

    def _ask(self) -> QWidget:
        erase = KeyButton(self.look, self.look.t("Erase this member…"), "trash", kind="danger", cap="Del")
        erase.clicked.connect(self._presenter.ask_erase)
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
