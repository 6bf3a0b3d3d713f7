"""The one door to an approval for every screen of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storeapp.domain.money import Money
from storeapp.domain.staff import Right, Staff
from storeapp.till import approvals
from storeapp.ui.approval.presenter import ApprovalPresenter, Request
from storeapp.ui.approval.screen import ApprovalSheet
from storeapp.ui.desk import Desk
from storeapp.ui.window import Window


class Approvals:
    """`ask` is an `Ask`: it opens the sheet over whatever is open, or goes on at once where nobody need be asked."""

    def __init__(self, window: Window, desk: Desk, staff: Callable[[], Staff], *, beep: Callable[[], None]) -> None:
        self._window, self._desk, self._staff, self._beep = window, desk, staff, beep

    def ask(
        self,
        right: Right,
        payload: Mapping[str, Any],
        *,
        then: Callable[[str | None], None],
        about: str = "",
        amount: Money | None = None,
    ) -> None:
        asker = self._staff()
        with self._desk.shop.reading() as books:
            may_himself = approvals.may(books, asker.code, right)
        if may_himself:
            then(None)
            return
        self._open(Request(right, payload, about, amount), then)

    def ask_second(
        self,
        right: Right,
        payload: Mapping[str, Any],
        *,
        then: Callable[[str | None], None],
        about: str = "",
        amount: Money | None = None,
    ) -> None:
        """An `Ask` for what always takes two: who asks may never go on alone, unless the shop has nobody else."""
        asker = self._staff()
        with self._desk.shop.reading() as books:
            is_alone = not approvals.has_second(books, asker.code)
        if is_alone:
            then(None)
            return
        self._open(Request(right, payload, about, amount), then)

    def _open(self, request: Request, then: Callable[[str | None], None]) -> None:
        presenter = ApprovalPresenter(self._desk, self._staff(), request, then=then)
        self._window.open_over(ApprovalSheet(self._window, presenter, beep=self._beep))
