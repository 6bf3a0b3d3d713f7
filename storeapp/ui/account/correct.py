"""Points are corrected by hand: so many more or less, why, and a second person's yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.approval import checked_reason
from storeapp.domain.ledger import points_account
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import adjusting
from storeapp.till.adjusting import Adjusted, Adjustment, adjust
from storeapp.till.moments import in_zone
from storeapp.ui.account.her import Her, her
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView


@dataclass(frozen=True, slots=True)
class CorrectState(Saving):
    """`points` is what the text comes to: more, or less below zero. `most` may move in a day."""

    her: Her
    has: int
    most: int
    text: str = ""
    points: int = 0
    reason: str = ""

    @property
    def after(self) -> int:
        return self.has + self.points

    @property
    def is_about_points(self) -> bool:
        """Whether the refusal belongs to the points, and not to the reason."""
        return self.refused is not None and self.refused.word != "approval_reason_missing"


class CorrectView(SavingView, Protocol):
    def show_state(self, state: CorrectState) -> None: ...


class CorrectPresenter(SavingPresenter[CorrectState]):
    """`ask` is for what always takes two; `then` gets what was booked."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[Adjusted], None]) -> None:
        """Raises UnknownMember."""
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        self._request = desk.ids.new()
        self._view: CorrectView
        with desk.shop.reading() as books:
            has = books.ledger.balance(points_account(member_id), "pts")
            most = books.policy.in_force().whole("points.adjust_most")
            self.state = CorrectState(her(books, member_id), has, most)

    def bind(self, view: CorrectView) -> None:
        self._view = view
        self._show(self.state)

    def type(self, text: str) -> None:
        """Points with or without a sign, as far as they are typed."""
        points = int(text) if text.lstrip("+-").isdecimal() else 0
        self._show(replace(self.state, text=text, points=points, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def check_points(self) -> bool:
        """Whether so many may move for her today; the reason is shown if not."""
        desk, asked = self._desk, self._asked()
        try:
            with desk.shop.reading() as books:
                adjusting.check(books, asked, in_zone(desk.clock.now(), books.policy.in_force()))
        except Refused as error:
            self._refuse(error)
            return False
        return True

    def confirm(self) -> None:
        """Books it, once a second person has said yes."""
        if self.state.is_saving or not self.check_points():
            return
        try:
            checked_reason(self.state.reason)
        except Refused as error:
            self._refuse(error)
            return
        asked = self._asked()
        self._ask(
            adjusting.RIGHT,
            adjusting.named(asked),
            then=lambda approval_id: self._book(replace(asked, approval_id=approval_id)),
            about=f"{self.state.her.phone} · {asked.points:+,}",
        )

    def _asked(self) -> Adjustment:
        state = self.state
        return Adjustment(state.her.member_id, state.points, state.reason, self._staff.code, request_id=self._request)

    def _book(self, asked: Adjustment) -> None:
        desk = self._desk
        self._show(replace(self.state, is_saving=True))
        desk.work.db(lambda: adjust(desk.shop, asked, clock=desk.clock, ids=desk.ids), ok=self._then, fail=self._failed)

    def _show(self, state: CorrectState) -> None:
        self.state = state
        self._view.show_state(state)
