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
        presenter = ApprovalPresenter(self._desk, asker, Request(right, payload, about, amount), then=then)
        self._window.open_over(ApprovalSheet(self._window, presenter, beep=self._beep))
