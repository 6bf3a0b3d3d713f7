"""The sheet that finds a member: type, arrows, Enter."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from storeapp.till.records import Found
from storeapp.ui import wording
from storeapp.ui.member.find import FindPresenter, FindState
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.field import Field
from storeapp.ui.widgets.labels import label
from storeapp.ui.widgets.rows import Row, RowList
from storeapp.ui.widgets.sheet import Sheet
from storeapp.ui.window import Window

_PAUSE_MS = 40
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class FindSheet(Sheet):
    """Draws one FindState. `page_wanted` brings the id of a member to see in full."""

    page_wanted = Signal(str)

    def __init__(self, window: Window, presenter: FindPresenter, *, beep: Callable[[], None]) -> None:
        look = window.look
        _ = look.t
        super().__init__(look, _("Find a member"), "search")
        self._presenter, self.beep = presenter, beep
        self._field = Field(look, _("Phone, last four digits, name or pinyin"), most=40)
        self._list = RowList(look, _("Members found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the field keeps the cursor; the arrows move
        self._said = label("", "secondary", "muted", wrap=True)
        self._said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(lambda: presenter.search(self._field.text()))
        self._field.edited.connect(lambda _text: self._pause.start())
        self._field.submitted.connect(self._entered)
        self._list.chosen.connect(presenter.choose)
        self.body.addWidget(self._field)
        self.body.addWidget(self._list, 1)
        self.body.addWidget(self._said, 1)
        self.body.addLayout(self._deeds())
        presenter.bind(self)

    def first_focus(self) -> QWidget:
        return self._field.edit

    def take_scan(self, code: str) -> bool:
        """A phone typed as fast as a scanner; goods go to the basket."""
        return self._presenter.take_phone(code)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self._list.step(step)

    def current(self) -> str:
        """The id of the member the arrows stand on, "" for none."""
        row = self._list.currentIndex().row()
        found = self._presenter.state.found
        return found[row].member_id if 0 <= row < len(found) else ""

    def show_state(self, state: FindState) -> None:
        _ = self.look.t
        self._list.show_rows([self._row(member) for member in state.found])
        self._list.setVisible(bool(state.found))
        self._said.setVisible(not state.found)
        if state.text:
            self._said.setText(_("Nobody found. {key} signs her up.").format(key=self.look.cap("new_member")))
        else:
            counted = self.look.words.n("{count} member so far", "{count} members so far", state.count)
            self._said.setText(counted.format(count=wording.number(state.count)))
        for button in (self._attach, self._whole):
            button.setEnabled(bool(state.found))

    def _row(self, member: Found) -> Row:
        points = wording.points(member.points, self.look.words)
        return Row(
            member.member_id,
            member.name or self.look.t("Member"),
            member.phone_masked,
            points,
            tag=member.tier,
            icon="user",
        )

    def _entered(self) -> None:
        if self._pause.isActive() or not self.current():
            self._pause.stop()
            self._presenter.choose_first(self._field.text())
        else:
            self._list.choose_current()

    def _deeds(self) -> QVBoxLayout:
        look, _ = self.look, self.look.t
        self._whole = KeyButton(look, _("Her page"), "info-circle", action="member_page")
        self._attach = KeyButton(look, _("To this basket"), "check", kind="primary")
        self._whole.clicked.connect(lambda: self.page_wanted.emit(self.current()))
        self._attach.clicked.connect(self._entered)
        made = card.column(look, gap=10)
        made.addWidget(self._whole)
        made.addWidget(self._attach)
        return made
