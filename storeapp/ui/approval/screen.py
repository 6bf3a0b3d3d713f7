"""The sheet that asks somebody who may: it floats over columns and pages, and the basket stays in sight."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout

from storeapp.domain.reason import said
from storeapp.ui import wording
from storeapp.ui.approval.presenter import ApprovalPresenter, ApprovalState, Request
from storeapp.ui.notices import notice
from storeapp.ui.signin.people import PeopleList
from storeapp.ui.signin.presenter import Person
from storeapp.ui.signin.screen import PIN_MOST, fault_of
from storeapp.ui.widgets import card
from storeapp.ui.widgets.buttons import KeyButton
from storeapp.ui.widgets.labels import Elided, Picture, label
from storeapp.ui.widgets.over import Over
from storeapp.ui.widgets.pad import PinPad
from storeapp.ui.window import Window

_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
_TURNS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
_WIDE_PX, _HIGH_PX = 722, 560


class ApprovalSheet(Over):
    """Draws one ApprovalState. ↑ ↓ choose who, ← → why, and the PIN has the cursor."""

    def __init__(self, window: Window, presenter: ApprovalPresenter, *, beep: Callable[[], None]) -> None:
        super().__init__(window.look, wide_px=_WIDE_PX, high_px=_HIGH_PX)
        self._window, self._look, self._presenter, self.beep = window, window.look, presenter, beep
        look, request = self._look, presenter.state.request
        self.setAccessibleName(look.t("Approval"))
        self._people = PeopleList(look, look.t("Who may approve"))
        self._people.chosen.connect(presenter.choose)
        self._reasons: dict[str, KeyButton] = {}
        self._pad = PinPad(look, look.t("Approver's PIN"), most=PIN_MOST)
        self._pad.entered.connect(presenter.enter)
        self._pad.line.installEventFilter(self)
        outer = card.column(look, self, margin=(18, 12, 18, 16), gap=12)
        outer.addLayout(self._head(request))
        outer.addWidget(self._what(request))
        halves = card.row(look, gap=20)
        halves.addLayout(self._left(request), 1)
        halves.addLayout(self._right(), 1)
        outer.addLayout(halves, 1)
        self.setFocusProxy(self._pad)
        presenter.bind(self)

    def show_state(self, state: ApprovalState) -> None:
        people = tuple(Person(who.code, who.name, who.role) for who in state.people)
        self._people.show_people(people, state.chosen, enabled=not state.is_asking)
        for stored, chip in self._reasons.items():
            chip.setChecked(stored == state.reason)
        self._nobody.setVisible(not state.people)
        self._name.setText(state.person.name if state.person is not None else "")
        self._pad.line.setEnabled(not state.is_asking and state.person is not None)
        self._pad.show_asked(self._look.t("Checking…") if state.is_asking else self._look.t("Approver's PIN"))
        self._pad.show_fault(fault_of(state.refused, self._look))
        if not state.is_asking:
            self._pad.line.setFocus()

    def take_scan(self, code: str) -> bool:
        return self._presenter.scan(code)

    def gone(self) -> None:
        self._window.close_over()

    def taken_away(self) -> None:
        self._presenter.leave()

    def tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._look.words))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # the arrows choose; inside a PIN there is nothing to go to
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._presenter.move(_STEPS[key])
                return True
            if key in _TURNS:
                self._presenter.turn(_TURNS[key])
                return True
        return False

    def _head(self, request: Request) -> QVBoxLayout:
        look = self._look
        back = KeyButton(look, look.t("Back"), action="back", kind="ghost")
        back.setSizePolicy(back.sizePolicy().Policy.Fixed, back.sizePolicy().Policy.Fixed)
        back.clicked.connect(self.closed)
        line = card.row(look, gap=10)
        line.addWidget(Picture(look, "shield-check", "brand", 24))
        line.addWidget(Elided(look.t("Approval"), "title"), 1)
        line.addWidget(back)
        made = card.column(look)
        made.addLayout(line)
        return made

    def _what(self, request: Request) -> QFrame:
        """What is asked, and how much it is about: the one thing that catches the eye."""
        look = self._look
        made = card.frame("warning")
        line = card.row(look, made, margin=(14, 10, 14, 10), gap=12)
        texts = card.column(look, gap=2)
        texts.addWidget(Elided(wording.right(request.right, look.words), "total"))
        if request.about:
            texts.addWidget(Elided(request.about, "secondary", "muted"))
        line.addLayout(texts, 1)
        if request.amount is not None:
            line.addWidget(label(wording.money(request.amount), "title", "amber"))
        return made

    def _left(self, request: Request) -> QVBoxLayout:
        look, _ = self._look, self._look.t
        made = card.column(look, gap=8)
        made.addWidget(label(_("Why (← →)"), "secondary", "muted"))
        grid = QGridLayout()
        grid.setSpacing(look.px(8))
        for place, stored in enumerate(request.reasons):
            chip = KeyButton(look, said(stored, look.words), kind="small")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            chip.clicked.connect(lambda _checked=False, stored=stored: self._presenter.choose_reason(stored))
            grid.addWidget(chip, place // 2, place % 2)
            self._reasons[stored] = chip
        made.addLayout(grid)
        made.addWidget(label(_("Who approves (↑ ↓, code or badge)"), "secondary", "muted"))
        self._nobody = label(_("Nobody else here may do this."), "secondary", "red", wrap=True)
        made.addWidget(self._nobody)
        made.addWidget(self._people, 1)
        return made

    def _right(self) -> QVBoxLayout:
        made = card.column(self._look, gap=8)
        self._name = Elided("", "total")
        self._name.setAlignment(Qt.AlignmentFlag.AlignCenter)
        made.addWidget(self._name)
        made.addWidget(self._pad, 1)
        return made
