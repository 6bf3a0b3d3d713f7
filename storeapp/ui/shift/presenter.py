"""The page of shifts: the open one so far, those that were closed with their Z, and what is done with the drawer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from storeapp.domain.drawer import CashKind
from storeapp.domain.shift_report import ShiftReport
from storeapp.domain.staff import NotAllowed, Staff
from storeapp.till import shifts
from storeapp.till.shift_slip import owe_shift
from storeapp.till.shift_standing import standing
from storeapp.till.shifts import Closed
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.closing import ClosingPresenter
from storeapp.ui.shift.moving import MovePresenter


@dataclass(frozen=True, slots=True)
class ShiftState:
    """`report` is the open shift so far, or the Z that is looked at; None before the first shift.

    `hides_expected` while the owner wants a blind count and nobody who reads reports is here. `number` of `latest`.
    """

    report: ShiftReport | None = None
    number: int = 0
    latest: int = 0
    is_open: bool = False
    is_forgotten: bool = False
    hides_expected: bool = False
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def shows_open(self) -> bool:
        """Whether the shift in sight is the open one."""
        return self.is_open and self.number == self.latest


class ShiftView(Protocol):
    def show_state(self, state: ShiftState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...
    def done(self, word: str, number: int = 0) -> None:
        """A cash kind, `closed` with the number of the Z, or `printing`."""
        ...

    def kept(self, file: str) -> None:
        """The report is in that file."""
        ...


class ShiftPresenter:
    """`moved` tells the frame and the printer that something happened; `keep_pdf` writes a report and says where."""

    def __init__(
        self,
        desk: Desk,
        staff: Staff,
        *,
        ask: Ask,
        moved: Callable[[], None] = lambda: None,
        keep_pdf: Callable[[int | None], str] = lambda _number: "",
    ) -> None:
        self._desk, self._staff, self._ask, self._moved, self._keep_pdf = desk, staff, ask, moved, keep_pdf
        self._view: ShiftView
        self.state = ShiftState()

    def bind(self, view: ShiftView) -> None:
        self._view = view
        self.refresh()

    def refresh(self, number: int = 0) -> None:
        """The open shift, else the last one; or the one with that number."""
        desk = self._desk
        with desk.shop.reading() as books:
            here, last = standing(books, desk.clock.now()), books.shifts.last()
            names = {who.code: who.name for who in books.staff.every()}
            is_blind = bool(books.policy.in_force().get("shift.blind"))
        latest = 0 if last is None else last.number
        shown = number or latest
        self.state = replace(
            self.state,
            number=shown,
            latest=latest,
            is_open=here.shift is not None,
            is_forgotten=here.forgotten,
            names=names,
        )
        hides = self.state.shows_open and is_blind and not self._staff.may("reports")
        self._show(replace(self.state, hides_expected=hides))
        if shown:
            # two thousand sales take their time
            desk.work.io(lambda: shifts.report_of(desk.shop, shown), ok=self._read, fail=self._view.tell)

    def turn(self, by: int) -> None:
        """To an earlier shift, or a later one."""
        number = self.state.number + by
        if 1 <= number <= self.state.latest:
            self.refresh(number)
        else:
            self._view.beep()

    def print_it(self) -> None:
        """The X, or one more copy of the Z."""
        desk = self._desk
        if not self._may_read():
            return
        number = self._wanted
        desk.work.db(
            lambda: owe_shift(desk.shop, number, clock=desk.clock, ids=desk.ids),
            ok=lambda _job: self._done("printing"),
            fail=self._view.tell,
        )

    def keep_as_pdf(self) -> None:
        """The report in sight, as a file in the shop's folder of reports."""
        if self._may_read():
            number, keep, view = self._wanted, self._keep_pdf, self._view
            self._desk.work.io(lambda: keep(number), ok=view.kept, fail=view.tell)

    def move(self, kind: CashKind) -> MovePresenter | None:
        """What takes the amount and the reason; None where no shift is open to book it in."""
        if not self.state.is_open:
            self._view.beep()
            return None
        return MovePresenter(self._desk, self._staff.code, kind, ask=self._ask, then=self._after_move)

    def close(self) -> ClosingPresenter | None:
        """What takes the count."""
        if not self.state.is_open:
            self._view.beep()
            return None
        return ClosingPresenter(self._desk, self._staff.code, ask=self._ask, then=self._after_close)

    # inside

    @property
    def _wanted(self) -> int | None:
        """The Z in sight; None for the X of the open shift."""
        return None if self.state.shows_open else self.state.number

    def _may_read(self) -> bool:
        """Whether the report in sight may be read; says itself why not."""
        state = self.state
        if state.number and not state.hides_expected:
            return True
        self._view.beep()
        if state.number:
            self._view.tell(NotAllowed("reports", self._staff.role))
        return False

    def _after_move(self, kind: CashKind) -> None:
        self._done(kind)
        self.refresh()

    def _after_close(self, closed: Closed) -> None:
        self._done("closed", closed.report.z_number)
        self.refresh(closed.shift.number)

    def _done(self, word: str, number: int = 0) -> None:
        self._moved()
        self._view.done(word, number)

    def _read(self, report: ShiftReport) -> None:
        if report.number == self.state.number:
            self._show(replace(self.state, report=report))

    def _show(self, state: ShiftState) -> None:
        self.state = state
        self._view.show_state(state)
