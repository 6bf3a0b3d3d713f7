"""The gate between the real shop and the one to practise on. The basket of the real one waits where it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from storeapp.till.training_shop import PRACTISING, note_training
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.parts import Parts
from storeapp.ui.sell.view import PaymentRunning
from storeapp.words import N_

if TYPE_CHECKING:
    from storeapp.ui.training.presenter import TroublePresenter


class Gate(QObject):
    """`entered` brings the parts of the training shop, `left` asks for the real one again."""

    entered = Signal(object)
    left = Signal()

    def __init__(self, counter: Counter, parts: Parts, desk: Desk, *, beep: Callable[[], None]) -> None:
        super().__init__(counter)
        self._counter, self._window, self._parts, self._desk, self._beep = counter, counter.window, parts, desk, beep
        self._is_entering = False
        self._trouble: TroublePresenter | None = None

    def training(self) -> None:
        """In the real shop: off to practise. In the training shop: back."""
        if not self._counter.pay.may_be_left:
            self._beep()
            self._tell(PaymentRunning())
        elif self._parts.is_training:
            self.left.emit()
        elif self._parts.practise is not None and not self._is_entering:
            self._counter.approvals.ask("training", PRACTISING, then=self._enter)

    def trouble(self) -> None:
        """What may go wrong, while practising."""
        if self._parts.faults is None:
            self._beep()
            return
        # a room for who practises
        from storeapp.ui.training.presenter import TroublePresenter
        from storeapp.ui.training.sheet import TroubleSheet

        if self._trouble is None:
            # what was called up stands there when the sheet opens again
            self._trouble = TroublePresenter(self._parts.faults)
        sheet = TroubleSheet(self._window.look, self._trouble)
        sheet.left.connect(self.training)
        self._window.open_sheet(sheet)

    def _enter(self, approval_id: str | None) -> None:
        desk, by, practise = self._desk, self._counter.sell.staff.code, self._parts.practise
        if practise is None:
            return
        self._is_entering = True
        self._say(N_("Getting the training shop ready…"))

        def noted(_none: None) -> None:
            # the first time all goods are copied
            desk.work.io(lambda: practise(by), ok=self._arrived, fail=self._failed)

        desk.work.db(
            lambda: note_training(desk.shop, by=by, word="entered", clock=desk.clock, approval_id=approval_id),
            ok=noted,
            fail=self._failed,
        )

    def _arrived(self, parts: Parts) -> None:
        self._is_entering = False
        self.entered.emit(parts)

    def _failed(self, error: Exception) -> None:
        self._is_entering = False
        self._tell(error)

    def _say(self, said: str) -> None:
        self._window.show_notice(Notice(self._window.look.t(said), "done"))

    def _tell(self, error: Exception) -> None:
        self._window.show_notice(notice(error, self._window.look.words))
