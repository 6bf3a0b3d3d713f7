"""Prints nobody is sure of: a person looks at the paper and decides about each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from storeapp.domain.printing import PrintJob
from storeapp.till import printing
from storeapp.ui.desk import Desk
from storeapp.ui.parts import Outside


@dataclass(frozen=True, slots=True)
class PrintsState:
    """The open questions, oldest first, and what waits for the printer."""

    asked: tuple[PrintJob, ...] = ()
    waiting: tuple[PrintJob, ...] = ()


class PrintsView(Protocol):
    def show_state(self, state: PrintsState) -> None: ...
    def tell(self, error: Exception) -> None: ...


class PrintsPresenter:
    def __init__(self, desk: Desk, outside: Outside) -> None:
        self._desk, self._outside = desk, outside
        self._view: PrintsView
        self.state = PrintsState()

    def bind(self, view: PrintsView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        with self._desk.shop.reading() as books:
            waiting = books.prints.queued(limit=20)
        self.state = PrintsState(printing.questions(self._desk.shop), waiting)
        self._view.show_state(self.state)

    def answer(self, job_id: str, *, print_again: bool) -> None:
        """It is on paper and stays as it is, or it is wanted once more."""
        if not any(job.job_id == job_id for job in self.state.asked):
            return
        desk = self._desk
        desk.work.db(
            lambda: printing.answer(desk.shop, job_id, print_again=print_again, clock=desk.clock, ids=desk.ids),
            ok=self._answered,
            fail=self._failed,
        )

    def _answered(self, _job: PrintJob | None) -> None:
        self.refresh()
        self._outside.look_at_prints()

    def _failed(self, error: Exception) -> None:
        self.refresh()
        self._view.tell(error)
