"""What the window does about shifts: asks for one before the first sale, and tells of one that was forgotten."""

from __future__ import annotations

from collections.abc import Callable

from storeapp.domain.money import Money
from storeapp.domain.shift import NoShift, Shift
from storeapp.till.shift_standing import standing
from storeapp.ui import wording
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.shift.opening import OpeningPresenter
from storeapp.ui.shift.opening_sheet import OpeningSheet


class ShiftDesk:
    """Beside the counter: `arrived` when somebody has signed in, `before_pay` when money is about to be taken."""

    def __init__(self, counter: Counter, desk: Desk, *, beep: Callable[[], None]) -> None:
        self._counter, self._window, self._desk, self._beep = counter, counter.window, desk, beep
        counter.before_pay = self.before_pay

    def arrived(self) -> None:
        """Somebody is at the till: without a shift she is asked to open one."""
        with self._desk.shop.reading() as books:
            here = standing(books, self._desk.clock.now())
        if here.must_open and self._window.sheet is None:
            self.open_shift()

    def before_pay(self) -> bool:
        """Whether money may be taken now; if not, the sheet that opens a shift comes up."""
        with self._desk.shop.reading() as books:
            here = standing(books, self._desk.clock.now())
        if not here.must_open:
            return True
        self._beep()
        self._window.show_notice(notice(NoShift(), self._window.look.words))
        self.open_shift()
        return False

    def open(self) -> None:
        """By key: the shift that is open, or the sheet that opens one."""
        self.open_shift()

    def open_shift(self) -> None:
        """Asks for the float."""
        if isinstance(self._window.sheet, OpeningSheet):
            return
        presenter = OpeningPresenter(self._desk, self._counter.sell.staff.code, then=self._opened)
        self._window.open_sheet(OpeningSheet(self._window, presenter, beep=self._beep))

    def _opened(self, shift: Shift) -> None:
        self._window.close_sheet()
        self._counter.frame.tick()
        said = self._window.look.t("Shift {number} is open with {amount}.")
        amount = wording.money(Money(shift.float_fen))
        self._window.show_notice(Notice(said.format(number=shift.number, amount=amount), "done"))
