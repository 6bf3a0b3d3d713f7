"""The page of outreach: who is worth a word today on the left, why and with which words on the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from storeapp.domain.outreach import OUTCOMES
from storeapp.till.outreach import Letter, Morning
from storeapp.ui import people_words
from storeapp.ui.list_page import ListPage
from storeapp.ui.look import Look
from storeapp.ui.outreach.presenter import OutreachPresenter, OutreachState
from storeapp.ui.widgets import card, paint
from storeapp.ui.widgets.labels import Elided, label
from storeapp.ui.widgets.rows import Row
from storeapp.ui.window import Window
from storeapp.words import N_

COPY, HER_PAGE, NO_MORE = "Ctrl+C", "Ctrl+I", "Ctrl+K"
_SETTLE = ("Ctrl+1", "Ctrl+2", "Ctrl+3", "Ctrl+4")
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


class OutreachPage(ListPage):
    """Draws one OutreachState. `member_wanted` brings the id of the chosen one."""

    member_wanted = Signal(str)

    def __init__(self, window: Window, presenter: OutreachPresenter, *, beep: Callable[[], None]) -> None:
        look, t = window.look, window.look.t
        listed = t("Worth a word today")
        super().__init__(window, t("Outreach"), "phone", choose=presenter.choose, listed=listed, shares=(10, 12))
        self._presenter, self.beep = presenter, beep
        self._mix_words, self._mix = Elided("", "secondary", "muted"), MixMeter(look)
        below = card.column(look, margin=(16, 0, 16, 4), gap=4)
        below.addWidget(self._mix_words)
        below.addWidget(self._mix)
        self.left.addLayout(below)
        self._why = Elided("", "body", "muted")
        self.detail.addWidget(self._why)
        box = card.frame("sunken")
        self._text = label("", "name", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        card.column(look, box, margin=(16, 14, 16, 14)).addWidget(self._text, 1)
        self.detail.addWidget(box, 1)
        self._quiet = label("", "secondary", "amber", wrap=True)
        self.detail.addWidget(self._quiet)
        self._copy = self.deed(t("Copy the words"), "note", presenter.copy, key=COPY, kind="primary")
        self.detail.addWidget(self._copy)
        became = [
            self.deed(people_words.outcome(each, look.words), _ICONS[each], partial(presenter.settle, each), key=key)
            for each, key in zip(OUTCOMES, _SETTLE, strict=True)
        ]
        page = self.deed(t("Her page"), "user", self._her_page, key=HER_PAGE)
        self._no_more = self.deed(t("No more messages"), "x", presenter.end_messages, key=NO_MORE, kind="danger")
        self.add_deeds(became[:2], became[2:], (page, self._no_more))
        presenter.bind(self)

    @property
    def state(self) -> OutreachState:
        """What the page shows."""
        return self._presenter.state

    def show_state(self, state: OutreachState) -> None:
        morning = state.morning
        letters = () if morning is None else morning.letters
        self.show_rows([self._row(one) for one in letters], state.chosen)
        nobody = self.look.t("Nobody to write to today. Only members who agreed to messages are ever named here.")
        self._none.setText(self.look.t("Reading…") if morning is None else nobody)
        if morning is not None:
            self._show_mix(morning)
        if state.letter is not None and morning is not None:
            self._show_letter(state.letter, morning)
            no_more = self.look.t("No messages ever again?") if state.is_asking else self.look.t("No more messages")
            self._no_more.setText(no_more)

    def done(self, word: str) -> None:
        self.say(self.look.t(DONE[word]))

    def copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)

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
        name = f"{one.name or t('Member')} · {one.phone_masked}"
        self.show_name(name, people_words.outcome(one.due.outcome, words), _TONES[one.due.outcome])
        last = t("last here {date}").format(date=t("not known yet") if one.last_on is None else one.last_on.isoformat())
        self._why.setText(f"{people_words.reason(one.due.reason, words)} · {last}")
        self._text.setText(one.text)
        until = f"{morning.rules.quiet_until:%H:%M}"
        self._quiet.setText(t("Quiet hours: from {until} on.").format(until=until) if morning.is_quiet else "")
        self._quiet.setVisible(morning.is_quiet)
        self._copy.setEnabled(not morning.is_quiet)

    def _show_mix(self, morning: Morning) -> None:
        said = self.look.t("30 days: {count} written, selling {percent}% (at most {most}%)").format(
            count=morning.written, percent=morning.selling_percent, most=morning.rules.selling_share_percent
        )
        self._mix_words.setText(said)
        self._mix.show_mix(morning.selling_percent, morning.rules.selling_share_percent, said)
