"""One coupon: how it stands, what happened to it, and taking it back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.approval import checked_reason
from storeapp.domain.coupon import Coupon
from storeapp.domain.staff import Staff
from storeapp.errors import Refused
from storeapp.till import coupon_void
from storeapp.till.coupon_history import CouponFile
from storeapp.ui.approval.presenter import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.shift.saving import Saving, SavingPresenter, SavingView


@dataclass(frozen=True, slots=True)
class OneState(Saving):
    """The coupon with its history."""

    file: CouponFile
    reason: str = ""

    @property
    def can_go(self) -> bool:
        """Whether there is anything to take back."""
        return self.file.stands in ("issued", "lapsed") and bool(self.file.steps)


class OneView(SavingView, Protocol):
    def show_state(self, state: OneState) -> None: ...


class OnePresenter(SavingPresenter[OneState]):
    """`ask` is for whoever may not take it back by herself; `then` gets the coupon that is void."""

    def __init__(self, desk: Desk, staff: Staff, file: CouponFile, *, ask: Ask, then: Callable[[Coupon], None]) -> None:
        self._desk, self._staff, self._ask, self._then = desk, staff, ask, then
        self._view: OneView
        self.state = OneState(file)

    def bind(self, view: OneView) -> None:
        self._view = view
        self._show(self.state)

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def confirm(self) -> None:
        """It is good no more, once somebody who may has said yes."""
        state, coupon = self.state, self.state.file.coupon
        if state.is_saving or not state.can_go:
            self._view.beep()
            return
        try:
            checked_reason(state.reason)
        except Refused as error:
            self._refuse(error)
            return
        self._ask("give_coupon", coupon_void.asked(coupon), then=self._void, about=coupon.code, amount=coupon.amount)

    def _void(self, approval_id: str | None) -> None:
        desk, state, by = self._desk, self.state, self._staff.code
        self._show(replace(state, is_saving=True))
        desk.work.db(
            lambda: coupon_void.void(
                desk.shop,
                state.file.coupon.code,
                reason=state.reason,
                clock=desk.clock,
                ids=desk.ids,
                by=by,
                approval_id=approval_id,
            ),
            ok=self._then,
            fail=self._failed,
        )

    def _show(self, state: OneState) -> None:
        self.state = state
        self._view.show_state(state)
