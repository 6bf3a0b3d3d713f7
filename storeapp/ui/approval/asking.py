"""The one door to an approval for every screen of the window."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from storeapp.domain.money import Money
from storeapp.domain.staff import Right, Staff
from storeapp.till import approvals
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
        self._open(right, payload, then, about, amount)

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
        self._open(right, payload, then, about, amount)

    def _open(
        self,
        right: Right,
        payload: Mapping[str, Any],
        then: Callable[[str | None], None],
        about: str,
        amount: Money | None,
    ) -> None:
        # asked now and then: a start does not wait for it
        from storeapp.ui.approval.presenter import ApprovalPresenter, Request
        from storeapp.ui.approval.screen import ApprovalSheet

        presenter = ApprovalPresenter(self._desk, self._staff(), Request(right, payload, about, amount), then=then)
        self._window.open_over(ApprovalSheet(self._window, presenter, beep=self._beep))
