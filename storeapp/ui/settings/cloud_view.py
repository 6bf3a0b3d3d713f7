"""The section of the cloud."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from storeapp.ui import wording
from storeapp.ui.look import Look
from storeapp.ui.notices import notice
from storeapp.ui.settings.cloud import CloudForm, CloudPresenter
from storeapp.ui.settings.section import Section
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import Elided, Picture, label
from storeapp.ui.window import Window

_LOOK_MS = 2000


class CloudSection(Section):
    """Draws one CloudForm."""

    def __init__(self, window: Window, presenter: CloudPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window, beep=beep)
        self._presenter = presenter
        column = card.column(self._look, self, gap=14)
        self._state, self._form = self._state_box(self._look), self._join_form(self._look)
        column.addWidget(self._state)
        column.addWidget(self._form)
        column.addStretch(1)
        self._again = QTimer(self)
        self._again.timeout.connect(presenter.refresh)
        self._again.start(_LOOK_MS)
        presenter.bind(self)
        self.setFocusProxy(self._url)

    def show_state(self, state: CloudForm) -> None:
        _, words = self._look.t, self._look.words
        self._form.setVisible(not state.joined)
        self._sync.setVisible(bool(state.joined))
        icon, tone = ("cloud-check", "brand") if state.joined and state.news.is_online else ("cloud-off", "muted")
        self._icon.show_icon(icon, tone)
        place = _("Till {till} of store {store}").format(till=state.till, store=state.store)
        self._where.setText(state.joined or _("This shop stands on its own"))
        alone = _("It needs no cloud to sell. A chain, or a page behind the QR code, does.")
        self._place.setText(place if state.joined else alone)
        self._unsent.setText(self._waiting(state))
        last = state.news.last_ok_at
        self._last.setText(wording.clock(last) if last is not None else "—")
        self._fault.setText(wording.cloud_word(state.news.word, words))
        for row in self._facts:
            row.setVisible(bool(state.joined))
        refused = notice(state.refused, words).words if state.refused is not None else ""
        self._code.show_fault(refused)
        self._url.set_text(state.url)
        self._code.set_text(state.code)
        self._join.setEnabled(bool(state.url.strip() and state.code.strip()) and not state.is_busy)
        self._join.setText(_("Joining…") if state.is_busy else _("Join the cloud"))

    def done(self, word: str) -> None:
        _ = self._look.t
        said = {"joined": _("Joined. What was sold so far goes up now."), "syncing": _("Asking the cloud now.")}[word]
        self.say(said)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._presenter.state.joined:
            self._presenter.join()
        else:
            super().keyPressEvent(event)

    def _waiting(self, state: CloudForm) -> str:
        if not state.unsent:
            return self._look.t("nothing")
        count = wording.number(state.unsent)
        if state.unsent_age is None or state.unsent_age < timedelta(minutes=1):
            return count
        age = wording.age(state.unsent_age, self._look.words)
        return self._look.t("{count}, oldest {age}").format(count=count, age=age)

    def _state_box(self, look: Look) -> QFrame:
        _ = look.t
        made = card.frame("sunken")
        lines = card.column(look, made, margin=18, gap=12)
        head = card.row(look, gap=14)
        self._icon = Picture(look, "cloud", "muted", 34)
        self._where, self._place = Elided("", "total"), label("", "secondary", "muted", wrap=True)
        words = card.column(look, gap=2)
        words.addWidget(self._where)
        words.addWidget(self._place)
        head.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(words, 1)
        lines.addLayout(head)
        self._unsent, self._last, self._fault = (Elided("", "body", strong=True) for _place in range(3))
        self._facts: list[QWidget] = []
        for words_, value in (
            (_("Not sent yet"), self._unsent),
            (_("Last contact"), self._last),
            (_("Last trouble"), self._fault),
        ):
            host = QWidget()
            row = card.row(look, host, gap=12)
            name = label(words_, "body", "muted")
            name.setFixedWidth(look.px(150))
            row.addWidget(name)
            row.addWidget(value, 1)
            lines.addWidget(host)
            self._facts.append(host)
        self._sync = KeyButton(look, _("Sync now"), "refresh")
        self._sync.clicked.connect(self._presenter.sync)
        lines.addWidget(self._sync)
        return made

    def _join_form(self, look: Look) -> QWidget:
        _ = look.t
        made = QWidget()
        lines = card.column(look, made, gap=12)
        self._url = Field(look, _("Address of the cloud"), hint=_("such as https://shop.example.cn"), most=200)
        self._code = Field(look, _("Invite code"), most=40)
        self._url.edited.connect(self._presenter.type_url)
        self._code.edited.connect(self._presenter.type_code)
        self._join = KeyButton(look, "", "cloud-upload", kind="primary")
        self._join.clicked.connect(self._presenter.join)
        for part in (self._url, self._code, self._join):
            lines.addWidget(part)
        return made
