"""The page a kind of card is written on: what it is on the left, what it gives on the right; Enter saves."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QFrame

from storeapp.domain.card_kind import BadCardKind
from storeapp.ui.cards.kind_editor import MEMBERSHIP_FIELDS, TIMES_FIELDS, KindEditor, KindState
from storeapp.ui.notices import notice, sentence
from storeapp.ui.page import WritingPage
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.tick import Tick
from storeapp.ui.window import Window
from storeapp.words import N_

FIELDS = {
    "code": N_("Short name, in letters and digits"),
    "name": N_("Name on the receipt"),
    "price": N_("Price, yuan"),
    "goods": N_("Goods it takes: codes or barcodes, with commas between"),
    "times": N_("Times paid for"),
    "gift": N_("Times on top"),
    "days": N_("Days it is taken (nothing: for ever)"),
    "tier": N_("Tier it gives"),
    "months": N_("Months"),
    "template": N_("Coupon each month: the id of a template, or nothing"),
}
FAULTS = {
    "code": N_("1 to 20 letters, digits, - or _"),
    "name": N_("a line of 1 to 30 characters"),
    "price": N_("from 0.01 to 5000 yuan: the law's most for a member's card"),
    "goods": N_("at least one code the shop has, none twice"),
    "times": N_("from 1 to 1000"),
    "gift": N_("from 0 to 1000"),
    "days": N_("from 0 to 3650"),
    "tier": N_("a name of 1 to 20 characters"),
    "months": N_("from 1 to 36"),
}


class KindPage(WritingPage):
    """Tab goes from field to field."""

    def __init__(self, window: Window, presenter: KindEditor, *, beep: Callable[[], None]) -> None:
        look = window.look
        title = look.t("New kind of card") if presenter.is_new else look.t("Change a kind of card")
        super().__init__(window, title, "credit-card")
        self._presenter, self.beep = presenter, beep
        self._fields: dict[str, Field] = {name: self._field(name) for name in FIELDS}
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 1)
        columns.addWidget(self._right(), 1)
        self.body.addLayout(columns, 1)
        presenter.bind(self)
        if not presenter.is_new:
            # cards that are out are known by it
            self._fields["code"].edit.setReadOnly(True)
        self.setFocusProxy(self._form if presenter.is_new else self._fields["name"])

    @property
    def state(self) -> KindState:
        """What it shows."""
        return self._presenter.state

    @property
    def is_changed(self) -> bool:
        return self.state.is_changed

    def show_state(self, state: KindState) -> None:
        t = self.look.t
        self._form.show_chosen(state.form)
        for name, field in self._fields.items():
            field.set_text(state.texts.get(name, ""))
            said = ""
            if name == state.fault and state.refused is not None:
                is_own = isinstance(state.refused, BadCardKind) and name in FAULTS
                said = t(FAULTS[name]) if is_own else sentence(state.refused, self.look.words)
            field.show_fault(said)
            field.setVisible(name in state.fields)
        if state.fault and not state.is_saving:
            self._fields[state.fault].setFocus()
        if self._handed_on.isChecked() != state.may_be_handed_on:
            self._handed_on.setChecked(state.may_be_handed_on)
        self._handed_on.setVisible(state.form == "times")
        self._save.setEnabled(state.is_changed and not state.is_saving)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def _field(self, name: str) -> Field:
        made = Field(self.look, self.look.t(FIELDS[name]))
        made.edited.connect(lambda text, name=name: self._presenter.type(name, text))
        made.submitted.connect(self._presenter.save)
        return made

    def _left(self) -> QFrame:
        look, t, presenter = self.look, self.look.t, self._presenter
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=12)
        forms = [("times", t("Times of goods")), ("membership", t("A membership"))]
        self._form = Choice(look, t("What is sold"), forms)
        # the ring around the chosen one wants a little more than the buttons ask for
        self._form.setMinimumHeight(look.px(74))
        self._form.chosen.connect(presenter.choose_form)
        lines.addWidget(self._form)
        for name in ("code", "name", "price"):
            lines.addWidget(self._fields[name])
        lines.addStretch(1)
        said = t("A card is always a member's own. Cards that are out keep the words they were sold under.")
        lines.addWidget(label(said, "secondary", "muted", wrap=True))
        return made

    def _right(self) -> QFrame:
        look, t, presenter = self.look, self.look.t, self._presenter
        made = card.frame("card")
        lines = card.column(look, made, margin=16, gap=12)
        for name in (*TIMES_FIELDS, *MEMBERSHIP_FIELDS):
            lines.addWidget(self._fields[name])
        self._handed_on = Tick(look, t("It may be handed on to another member"))
        self._handed_on.toggled.connect(presenter.let_hand_on)
        lines.addWidget(self._handed_on)
        lines.addStretch(1)
        self._save = KeyButton(look, t("Save"), "check", cap="Enter", kind="primary")
        self._save.clicked.connect(presenter.save)
        lines.addWidget(self._save)
        return made
