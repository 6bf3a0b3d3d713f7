"""The page of cards: hers on the left, the kinds on sale on the right; Enter pays one back, or sells one.

A card of hers may go on to another member, where its kind lets that be.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel

from storeapp.domain.card_kind import CardKind
from storeapp.domain.money import Money
from storeapp.ui import wording
from storeapp.ui.cards.presenter import CardsPresenter, CardsState, HerCard
from storeapp.ui.notices import notice
from storeapp.ui.page import Page
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window

NEW, CHANGE, END, SPARE, FIND, HAND_ON = "Ctrl+N", "Ctrl+E", "Ctrl+K", "Ctrl+G", "F7", "Ctrl+0"
_TONES = {"open": "brand", "used_up": "muted", "ended": "amber", "paid_back": "muted"}


class CardsPage(Page):
    """`sell_wanted` brings a kind's code, `back_wanted` and `hand_on_wanted` a card's id.

    `write_wanted` brings a kind, or None for a new one.
    """

    sell_wanted = Signal(str)
    back_wanted = Signal(str)
    hand_on_wanted = Signal(str)
    write_wanted = Signal(object)
    find_wanted = Signal()

    def __init__(self, window: Window, presenter: CardsPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Cards"), "credit-card")
        self._window, self._presenter, self.beep = window, presenter, beep
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right(), 1)
        self.body.addLayout(columns, 1)
        for key, deed in (
            (NEW, lambda: self._write("")),
            (CHANGE, lambda: self._write(self._code())),
            (END, lambda: presenter.end(self._code())),
            (SPARE, presenter.toggle),
            (FIND, self.find_wanted.emit),
            (HAND_ON, self._hand_on),
        ):
            self.on_key(key, deed)
        self.on_key("Left", self._hers.setFocus, words=look.t("Her cards"))
        self.on_key("Right", self._kinds.setFocus, words=look.t("On sale"))
        presenter.bind(self)
        first = self._new if presenter.state.writes else self._find
        self.setFocusProxy(self._kinds if presenter.state.kinds else first)

    @property
    def state(self) -> CardsState:
        """What it shows."""
        return self._presenter.state

    def show_state(self, state: CardsState) -> None:
        t, chosen = self.look.t, max(self._kinds.currentIndex().row(), 0)
        self._who.setText(t("No member on this basket") if state.her is None else state.her.said)
        self._hers.show_rows([self._card(each) for each in state.cards])
        nobody = t("Find her first: a card is always a member's own.")
        none = t("She has no card yet.") if state.her is not None else nobody
        self._show_none(self._hers, self._no_card, none, is_empty=not state.cards)
        rows = [self._kind(kind, names) for kind, names in zip(state.kinds, state.names, strict=True)]
        self._kinds.show_rows(rows, min(chosen, max(len(rows) - 1, 0)))
        nothing = t("No kinds yet. The owner writes the first one with {key}.").format(key=NEW)
        self._show_none(self._kinds, self._no_kind, nothing, is_empty=not rows)
        self._off.setVisible(not state.is_on and bool(state.kinds))
        self._spare.setText(t("Use her cards again") if state.spares else t("Not with her cards this time"))
        self._spare.setVisible(bool(state.cards))
        self._on.setVisible(any(each.card.kind.may_be_handed_on and each.state == "open" for each in state.cards))
        self._find.setVisible(state.her is None)
        for button in (self._new, self._change, self._end):
            button.setVisible(state.writes)
        self._end.setText(t("Sell no more of these?") if state.ending else t("Sell no more"))

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _show_none(self, rows: RowList, none: QLabel, said: str, *, is_empty: bool) -> None:
        none.setText(said)
        none.setVisible(is_empty)
        rows.setVisible(not is_empty)

    def _code(self) -> str:
        """The kind that is chosen."""
        row = self._kinds.currentIndex().row()
        return self.state.kinds[row].code if 0 <= row < len(self.state.kinds) else ""

    def _hand_on(self) -> None:
        """The card of hers that is chosen; why another stays with her is said by who is asked."""
        row = self._hers.currentIndex().row()
        if 0 <= row < len(self.state.cards):
            self.hand_on_wanted.emit(self.state.cards[row].card.card_id)
        else:
            self.beep()

    def _write(self, code: str) -> None:
        known = self._presenter.kind(code)
        if not self.state.writes or (code and known is None):
            self.beep()
        else:
            self.write_wanted.emit(known)

    def _card(self, each: HerCard) -> Row:
        t, hers = self.look.t, each.card
        left = (
            t("{left} of {whole}").format(left=hers.left, whole=hers.kind.whole)
            if hers.kind.is_times
            else hers.kind.tier
        )
        until = t("until {date}").format(date=hers.until) if hers.until else t("for ever")
        tag, tone = wording.card_state(each.state, self.look.words), _TONES[each.state]
        if each.is_ending:
            tag, tone = t("ends soon"), "amber"
        return Row(hers.card_id, hers.name, " · ".join(each.names), left, until, tag=tag, tag_tone=tone, icon="wallet")

    def _kind(self, kind: CardKind, names: tuple[str, ...]) -> Row:
        tag = self.look.t("not sold any more") if kind.is_ended else ""
        said = self.gives(kind)
        detail = " · ".join((said, *names)) if names else said
        return Row(kind.code, kind.name, detail, wording.money(Money(kind.price.fen)), tag=tag, icon="credit-card")

    def gives(self, kind: CardKind) -> str:
        """What a kind gives, in short."""
        return wording.card_gives(kind, self.look.words)

    def _left(self) -> QFrame:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 12, 1, 12), gap=8)
        self._who = Elided("", "name", strong=True)
        self._hers = RowList(look, t("Her cards"))
        self._hers.chosen.connect(self.back_wanted.emit)
        self._no_card = label("", "body", "muted", wrap=True)
        self._spare = KeyButton(look, "", "x", cap=SPARE)
        self._spare.clicked.connect(self._presenter.toggle)
        self._on = KeyButton(look, t("Hand it on"), "users", cap=HAND_ON)
        self._on.clicked.connect(self._hand_on)
        self._find = KeyButton(look, t("Find a member"), "search", cap=FIND, kind="primary")
        self._find.clicked.connect(self.find_wanted.emit)
        hint = label(t("Enter pays the chosen card back."), "secondary", "faint")
        for part in (self._who, self._no_card, hint):
            part.setContentsMargins(look.px(16), 0, look.px(16), 0)
        lines.addWidget(self._who)
        lines.addWidget(self._no_card)
        lines.addWidget(self._hers, 1)
        lines.addStretch(0)
        lines.addWidget(hint)
        deeds = card.row(look, margin=(16, 0, 16, 0), gap=8)
        deeds.addWidget(self._find, 1)
        deeds.addWidget(self._on, 1)
        deeds.addWidget(self._spare, 1)
        lines.addLayout(deeds)
        return made

    def _right(self) -> QFrame:
        look, t = self.look, self.look.t
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 12, 1, 12), gap=8)
        title = label(t("On sale"), "name", strong=True)
        self._kinds = RowList(look, t("On sale"))
        self._kinds.chosen.connect(self.sell_wanted.emit)
        self._no_kind = label("", "body", "muted", wrap=True)
        off = t("Cards are switched off. The owner switches them on in the rules of the shop.")
        self._off = label(off, "body", "amber", wrap=True)
        hint = label(t("Enter sells the chosen one to her."), "secondary", "faint")
        for part in (title, self._no_kind, self._off, hint):
            part.setContentsMargins(look.px(16), 0, look.px(16), 0)
        lines.addWidget(title)
        lines.addWidget(self._off)
        lines.addWidget(self._no_kind)
        lines.addWidget(self._kinds, 1)
        lines.addStretch(0)
        lines.addWidget(hint)
        deeds = card.row(look, margin=(16, 0, 16, 0), gap=8)
        self._new = KeyButton(look, t("New kind"), "plus", cap=NEW)
        self._change = KeyButton(look, t("Change it"), "edit", cap=CHANGE)
        self._end = KeyButton(look, "", "x", cap=END, kind="danger")
        self._new.clicked.connect(lambda: self._write(""))
        self._change.clicked.connect(lambda: self._write(self._code()))
        self._end.clicked.connect(lambda: self._presenter.end(self._code()))
        for button in (self._new, self._change, self._end):
            deeds.addWidget(button, 1)
        lines.addLayout(deeds)
        return made
