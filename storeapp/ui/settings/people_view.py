"""The section of staff: the list on the left, one person on the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from storeapp.domain.staff import Staff
from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import sentence
from storeapp.ui.settings.people import PeoplePresenter, PeopleState
from storeapp.ui.settings.section import Section
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.choice import Choice
from storeapp.ui.widgets.digits import Digits
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window


class PeopleSection(Section):
    """Draws one PeopleState."""

    def __init__(self, window: Window, presenter: PeoplePresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, beep=beep)
        self._presenter = presenter
        row = card.row(self._look, self, gap=16)
        row.addLayout(self._left(self._look), 1)
        row.addLayout(self._right(self._look), 1)
        presenter.bind(self)
        self.setFocusProxy(self._list)

    def show_state(self, state: PeopleState) -> None:
        _, words = self._look.t, self._look.words
        places = [place for place, who in enumerate(state.people) if who.code == state.code]
        rows = [
            Row(who.code, who.name, self._below(who, state), wording.role(who.role, words), icon="user")
            for who in state.people
        ]
        self._list.show_rows(rows, places[0] if places else 0)
        if state.is_new:
            self._list.clearSelection()
        self._title.setText(_("Somebody new") if state.is_new else state.name)
        self._code.set_text(state.code)
        self._code.edit.setEnabled(state.is_new)
        self._name.set_text(state.name)
        self._role.show_chosen(state.role)
        self._pin.set_text(state.pin)
        self._badge.set_text(state.badge)
        self._phone.set_text(state.phone or "")
        self._phone.edit.setPlaceholderText(_("known, and not shown") if state.has_phone else "")
        self._fault.setText(sentence(state.fault, words) if state.fault is not None else "")
        self._fault.setVisible(state.fault is not None)
        self._gone.setVisible(not state.is_new)
        self._gone.setText(_("Really? Press again") if state.asking else _("Dismiss"))
        self._save.setEnabled(state.is_changed and not state.is_saving)

    def take_scan(self, code: str) -> bool:
        """A badge is scanned as easily as typed."""
        return self._presenter.scan(code)

    def done(self, word: str) -> None:
        _ = self._look.t
        said = {"saved": _("Saved; it holds from now on."), "dismissed": _("They sign in no more.")}[word]
        self.say(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._presenter.state.is_changed:
            self._presenter.save()
        else:
            super().keyPressEvent(event)

    def _below(self, who: Staff, state: PeopleState) -> str:
        badge = f"{self._look.t('Badge')} {who.badge}" if who.badge else ""
        due = self._look.t("new PIN due") if who.code in state.due else ""
        return " · ".join(filter(None, (who.code, badge, due)))

    def _left(self, look: Look) -> QVBoxLayout:
        self._list = RowList(look, look.t("Staff"))
        self._list.chosen.connect(self._presenter.choose)
        new = KeyButton(look, look.t("Somebody new"), "user-plus", cap="Ctrl+N")
        new.clicked.connect(self.new)
        made = card.column(look, gap=10)
        made.addWidget(self._list, 1)
        made.addWidget(new)
        return made

    def new(self) -> None:
        self._presenter.new()
        self._name.edit.setFocus()

    def _right(self, look: Look) -> QVBoxLayout:
        _, presenter = look.t, self._presenter
        self._title = label("", "total")
        self._code = Field(look, _("Staff code"), most=16)
        self._name = Field(look, _("Name"), most=40)
        roles = [(stored, look.t(said)) for stored, said in wording.ROLES.items()]
        self._role = Choice(look, _("Role"), roles)
        self._pin = Field(
            look,
            _("New PIN"),
            hint=_("Cashiers at least 4 digits, everybody else 6"),
            most=12,
        )
        self._badge = Field(look, _("Badge (scan it)"), most=40)
        self._phone = Field(look, _("Own phone, so nobody serves herself"), most=16)
        self._phone.edited.connect(lambda text: presenter.type("phone", text))
        self._badge.edited.connect(lambda text: presenter.type("badge", text))
        self._pin.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._pin.edit.setValidator(Digits(r"\d{0,12}", self))
        self._code.edited.connect(lambda text: presenter.type("code", text))
        self._name.edited.connect(lambda text: presenter.type("name", text))
        self._pin.edited.connect(lambda text: presenter.type("pin", text))
        self._role.chosen.connect(presenter.choose_role)
        self._fault = label("", "secondary", "red", wrap=True)
        self._gone = KeyButton(look, "", "x", kind="danger")
        self._gone.clicked.connect(presenter.dismiss)
        self._save = KeyButton(look, _("Save"), "check", cap="Enter", kind="primary")
        self._save.clicked.connect(presenter.save)
        made = card.column(look, gap=8)
        ids = card.row(look, gap=12)
        ids.addWidget(self._code, 1)
        ids.addWidget(self._badge, 1)
        made.addWidget(self._title)
        made.addLayout(ids)
        who = card.row(look, gap=12)
        who.addWidget(self._name, 1, Qt.AlignmentFlag.AlignTop)
        who.addWidget(self._phone, 1, Qt.AlignmentFlag.AlignTop)
        made.addLayout(who)
        for part in (self._role, self._pin, self._fault):
            made.addWidget(part)
        made.addStretch(1)
        made.addWidget(self._gone)
        made.addWidget(self._save)
        return made
