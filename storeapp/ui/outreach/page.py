"""The page of outreach: who is worth a word today on the left, why and with which words on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from storeapp.domain.outreach import OUTCOMES
from storeapp.till.outreach import Letter, Morning
from storeapp.ui import people_words
from storeapp.ui.look import Look
from storeapp.ui.notices import Notice, notice
from storeapp.ui.outreach.presenter import OutreachPresenter, OutreachState
from storeapp.ui.page import Page
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, label, set_tone, tag
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.window import Window
from storeapp.words import N_

COPY, HER_PAGE, NO_MORE = "Ctrl+C", "Ctrl+I", "Ctrl+K"
DONE = {
    "copied": N_("Copied: paste it where you write to her, then say what became of it."),
    "settled": N_("Noted."),
    "ended": N_("She gets no more messages."),
}
_ICONS = {"done": "check", "replied": "arrow-back-up", "bought": "cash", "skipped": "clock"}
_TONES = {"": "amber", "done": "brand", "replied": "brand", "bought": "brand", "skipped": "muted"}


class MixMeter(QWidget):
    """How much of what was written sold something, against the most the owner wants."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._share, self._most = look, 0, 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mix(self, share: int, most: int, spoken: str) -> None:
        self._share, self._most = share, most
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(160), self._look.px(14))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, c, px = QPainter(self), self._look.theme.colours, self._look.px
        whole = self.rect().adjusted(0, px(3), 0, -px(3))
        paint.rounded(painter, whole, whole.height() / 2, c.brand)
        sold = QRect(whole.left(), whole.top(), whole.width() * self._share // 100, whole.height())
        if self._share:
            paint.rounded(painter, sold, whole.height() / 2, c.amber)
        edge = whole.left() + whole.width() * self._most // 100
        painter.fillRect(edge - 1, 0, px(2), self.height(), self._look.theme.colour("text"))


class OutreachPage(Page):
    """Draws one OutreachState. `member_wanted` brings the id of the chosen one."""

    member_wanted = Signal(str)

    def __init__(self, window: Window, presenter: OutreachPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        super().__init__(window, look.t("Outreach"), "phone")
        self._window, self._presenter, self.beep = window, presenter, beep
        self._list = RowList(look, look.t("Worth a word today"))
        self._list.selectionModel().currentChanged.connect(lambda *_: self._chosen())
        self._none = label("", "body", "muted", wrap=True)
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        columns = card.row(look, gap=12)
        columns.addWidget(self._left(), 10)
        self._detail = self._right()
        columns.addWidget(self._detail, 12)
        self.body.addLayout(columns, 1)
        presenter.bind(self)
        keys: list[tuple[str, Callable[[], object]]] = [
            (COPY, presenter.copy),
            (HER_PAGE, self._her_page),
            (NO_MORE, presenter.end_messages),
        ]
        keys += [(f"Ctrl+{n}", partial(presenter.settle, outcome)) for n, outcome in enumerate(OUTCOMES, start=1)]
        for key, deed in keys:
            self.on_key(key, deed)
        self.setFocusProxy(self._list)

    @property
    def state(self) -> OutreachState:
        """What the page shows."""
        return self._presenter.state

    def show_state(self, state: OutreachState) -> None:
        morning = state.morning
        letters = () if morning is None else morning.letters
        places = [place for place, one in enumerate(letters) if one.due.member_id == state.chosen]
        model = self._list.selectionModel()
        blocked = model.blockSignals(True)
        self._list.show_rows([self._row(one) for one in letters], places[0] if places else 0)
        if places:
            self._list.setCurrentIndex(self._list.model().index(places[0], 0))
        model.blockSignals(blocked)
        self._list.viewport().update()
        self._list.setVisible(bool(letters))
        self._none.setVisible(not letters)
        nobody = self.look.t("Nobody to write to today. Only members who agreed to messages are ever named here.")
        self._none.setText(self.look.t("Reading…") if morning is None else nobody)
        if morning is not None:
            self._show_mix(morning)
        self._detail.setVisible(state.letter is not None)
        if state.letter is not None and morning is not None:
            self._show_letter(state.letter, morning)
            no_more = self.look.t("No messages ever again?") if state.is_asking else self.look.t("No more messages")
            self._no_more.setText(no_more)

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self.look.words))

    def done(self, word: str) -> None:
        self._window.show_notice(Notice(self.look.t(DONE[word]), "done"))

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

    def _chosen(self) -> None:
        morning, row = self._presenter.state.morning, self._list.currentIndex().row()
        if morning is not None and 0 <= row < len(morning.letters):
            self._presenter.choose(morning.letters[row].due.member_id)

    def _her_page(self) -> None:
        if self._presenter.state.chosen:
            self.member_wanted.emit(self._presenter.state.chosen)

    def _row(self, one: Letter) -> Row:
        words = self.look.words
        last = "" if one.last_on is None else self.look.t("Last {date}").format(date=f"{one.last_on:%m-%d}")
        outcome = people_words.outcome(one.due.outcome, words) if one.due.outcome else ""
        return Row(
            one.due.member_id,
            one.name or self.look.t("Member"),
            people_words.reason(one.due.reason, words),
            outcome,
            last,
            icon=_ICONS.get(one.due.outcome, "user"),
        )

    def _show_letter(self, one: Letter, morning: Morning) -> None:
        t, words = self.look.t, self.look.words
        self._name.setText(f"{one.name or t('Member')}  {one.phone_masked}")
        self._state.setText(people_words.outcome(one.due.outcome, words))
        set_tone(self._state, _TONES[one.due.outcome])
        last = t("last here {date}").format(date=t("not known yet") if one.last_on is None else one.last_on.isoformat())
        self._why.setText(f"{people_words.reason(one.due.reason, words)} · {last}")
        self._text.setText(one.text)
        until = f"{morning.rules.quiet_until:%H:%M}"
        self._quiet.setText(t("Quiet hours: from {until} on.").format(until=until) if morning.is_quiet else "")
        self._quiet.setVisible(morning.is_quiet)
        self._copy.setEnabled(not morning.is_quiet)

    def _show_mix(self, morning: Morning) -> None:
        said = self.look.t("30 days: {count} written, selling {percent} % (at most {most} %)").format(
            count=morning.written, percent=morning.selling_percent, most=morning.rules.selling_share_percent
        )
        self._mix_words.setText(said)
        self._mix.show_mix(morning.selling_percent, morning.rules.selling_share_percent, said)

    def _left(self) -> QFrame:
        look = self.look
        made = card.frame("card")
        lines = card.column(look, made, margin=(1, 8, 1, 12), gap=8)
        lines.addWidget(self._list, 1)
        lines.addWidget(self._none, 1)
        self._mix_words, self._mix = Elided("", "secondary", "muted"), MixMeter(look)
        below = card.column(look, margin=(16, 0, 16, 0), gap=4)
        below.addWidget(self._mix_words)
        below.addWidget(self._mix)
        lines.addLayout(below)
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
        self._why = Elided("", "body", "muted")
        lines.addWidget(self._why)
        box = card.frame("sunken")
        self._text = label("", "name", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        card.column(look, box, margin=(16, 14, 16, 14)).addWidget(self._text, 1)
        lines.addWidget(box, 1)
        self._quiet = label("", "secondary", "amber", wrap=True)
        lines.addWidget(self._quiet)
        self._copy = KeyButton(look, _("Copy the words"), "note", kind="primary", cap=COPY)
        self._copy.clicked.connect(self._presenter.copy)
        lines.addWidget(self._copy)
        lines.addLayout(self._deeds())
        return made

    def _deeds(self) -> QVBoxLayout:
        look, _ = self.look, self.look.t
        deeds = card.column(look, gap=8)
        row = card.row(look, gap=8)
        for number, outcome in enumerate(OUTCOMES, start=1):
            said = people_words.outcome(outcome, look.words)
            made = KeyButton(look, said, _ICONS[outcome], cap=f"Ctrl+{number}")
            made.clicked.connect(lambda _checked=False, outcome=outcome: self._presenter.settle(outcome))
            row.addWidget(made, 1)
            if number == 2:
                deeds.addLayout(row)
                row = card.row(look, gap=8)
        deeds.addLayout(row)
        last = card.row(look, gap=8)
        page = KeyButton(look, _("Her page"), "user", cap=HER_PAGE)
        page.clicked.connect(self._her_page)
        self._no_more = KeyButton(look, _("No more messages"), "x", cap=NO_MORE, kind="danger")
        self._no_more.clicked.connect(self._presenter.end_messages)
        last.addWidget(page, 1)
        last.addWidget(self._no_more, 1)
        deeds.addLayout(last)
        return deeds
