"""What the window does about shifts: asks for one before the first sale, and tells of one that was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from storeapp.domain.money import Money
from storeapp.domain.shift import NoShift, Shift
from storeapp.till.shift_standing import Standing, standing
from storeapp.ui import wording
from storeapp.ui.counter import Counter
from storeapp.ui.desk import Desk
from storeapp.ui.notices import Notice, notice
from storeapp.ui.parts import Outside
from storeapp.ui.sell.view import PaymentRunning

if TYPE_CHECKING:
    from storeapp.till.shifts import Closed


class ShiftDesk:
    """Beside the counter: `arrived` when somebody has signed in, `before_pay` when money is about to be taken."""

    def __init__(self, counter: Counter, desk: Desk, outside: Outside, *, beep: Callable[[], None]) -> None:
        self._counter, self._window, self._desk, self._beep = counter, counter.window, desk, beep
        self._outside = outside
        counter.before_pay = self.before_pay

    def arrived(self) -> None:
        """Somebody is at the till: a forgotten shift is told of, and without one she is asked to open it."""
        here = self._standing()
        if self._window.sheet is not None:
            return
        if here.forgotten and here.shift is not None:
            self._forgotten(here.shift)
        elif here.must_open:
            self.open_shift()

    def before_pay(self) -> bool:
        """Whether money may be taken now; if not, the sheet that opens a shift comes up."""
        if not self._standing().must_open:
            return True
        self._beep()
        self._window.show_notice(notice(NoShift(), self._window.look.words))
        self.open_shift()
        return False

    def open(self) -> None:
        """By key: the open shift and the drawer. Where one has to be opened first, that."""
        if not self._counter.pay.may_be_left:
            self._beep()
            self._window.show_notice(notice(PaymentRunning(), self._window.look.words))
        elif self._standing().must_open and not self._is_opening():
            self.open_shift()
        else:
            self._page()

    def open_shift(self) -> None:
        """Asks for the float."""
        # seen once a day: a start does not wait for it
        from storeapp.ui.shift.opening import OpeningPresenter
        from storeapp.ui.shift.opening_sheet import OpeningSheet

        if self._is_opening():
            return
        presenter = OpeningPresenter(self._desk, self._counter.sell.staff.code, then=self._opened)
        self._window.open_sheet(OpeningSheet(self._window, presenter, beep=self._beep))

    # inside

    def _is_opening(self) -> bool:
        from storeapp.ui.shift.opening_sheet import OpeningSheet

        return isinstance(self._window.sheet, OpeningSheet)

    def _standing(self) -> Standing:
        with self._desk.shop.reading() as books:
            return standing(books, self._desk.clock.now())

    def _page(self, *, counts: bool = False) -> None:
        # a room of its own, opened a few times a day
        from storeapp.ui.shift.page import ShiftPage
        from storeapp.ui.shift.presenter import ShiftPresenter

        counter = self._counter
        presenter = ShiftPresenter(
            self._desk,
            counter.sell.staff,
            ask=counter.approvals.ask,
            moved=self._moved,
            keep_pdf=self._outside.keep_shift_pdf,
        )
        page = ShiftPage(self._window, presenter, beep=self._beep)
        page.opening.connect(self._open_from_page)
        self._window.open_page(page)
        if counts:
            page.begin_count()

    def _moved(self) -> None:
        self._counter.frame.tick()
        self._outside.look_at_prints()

    def _open_from_page(self) -> None:
        self._window.close_page()
        self.open_shift()

    def _opened(self, shift: Shift) -> None:
        self._window.close_sheet()
        self._counter.frame.tick()
        self._say(
            self._window.look.t("Shift {number} is open with {amount}.").format(
                number=shift.number, amount=wording.money(Money(shift.float_fen))
            )
        )

    def _forgotten(self, shift: Shift) -> None:
        from storeapp.ui.shift.forgotten import ForgottenPresenter
        from storeapp.ui.shift.forgotten_sheet import ForgottenSheet

        counter = self._counter
        presenter = ForgottenPresenter(
            self._desk, counter.sell.staff.code, shift, ask=counter.approvals.ask, then=self._ended
        )
        sheet = ForgottenSheet(self._window, presenter)
        sheet.count_wanted.connect(self._count_forgotten)
        self._window.open_sheet(sheet)

    def _count_forgotten(self) -> None:
        self._window.close_sheet()
        self._page(counts=True)

    def _ended(self, closed: Closed) -> None:
        """The forgotten one is closed, and today's begins."""
        self._window.close_sheet()
        self._moved()
        said = self._window.look.t("Shift {number} is closed, nobody counted it. Z {z} is being printed.")
        self._say(said.format(number=closed.shift.number, z=closed.report.z_number))
        if self._standing().must_open:
            self.open_shift()

    def _say(self, said: str) -> None:
        self._window.show_notice(Notice(said, "done"))
