"""Points are corrected by hand: so many more or less, why, and a second person's yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.ledger import points_account
from storeapp.domain.staff import Staff
from storeapp.domain.typed import plain
from storeapp.till import adjusting
from storeapp.till.adjusting import Adjusted, Adjustment, adjust
from storeapp.till.moments import local_moment
from storeapp.ui.account.her import Her, her
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


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


class CorrectPresenter(DeedPresenter[CorrectState, Adjusted]):
    """`ask` is for what always takes two; `then` gets what was booked."""

    def __init__(self, desk: Desk, staff: Staff, member_id: str, *, ask: Ask, then: Callable[[Adjusted], None]) -> None:
        """Raises UnknownMember."""
        with desk.shop.reading() as books:
            has = books.ledger.balance(points_account(member_id), "pts")
            most = books.policy.in_force().whole("points.adjust_most")
            state = CorrectState(her(books, member_id), has, most)
        super().__init__(desk, staff, state, then=then)
        self._ask = ask

    def type(self, text: str) -> None:
        """Points with or without a sign, as far as they are typed."""
        said = plain(text).strip()
        points = int(said) if said.lstrip("+-").isdecimal() else 0
        self._show(replace(self.state, text=text, points=points, refused=None))

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def check_points(self) -> bool:
        """Whether so many may move for her today; the reason is shown if not."""
        desk, asked = self._desk, self._asked()

        def check() -> None:
            with desk.shop.reading() as books:
                adjusting.check(books, asked, local_moment(books, desk.clock.now()))

        return self._passes(check)

    def confirm(self) -> None:
        """Books it, once a second person has said yes."""
        state = self.state
        if state.is_saving or not self.check_points() or not self._passes(lambda: checked_reason(state.reason)):
            return
        desk, asked = self._desk, self._asked()

        def book(approval_id: str | None) -> None:
            agreed = replace(asked, approval_id=approval_id)
            self._save(lambda: adjust(desk.shop, agreed, clock=desk.clock, ids=desk.ids), self._then)

        about = f"{self.state.her.phone} · {asked.points:+,}"
        self._ask(adjusting.RIGHT, adjusting.named(asked), then=book, about=about)

    def _asked(self) -> Adjustment:
        state = self.state
        return Adjustment(state.her.member_id, state.points, state.reason, self._staff.code, request_id=self._request)
