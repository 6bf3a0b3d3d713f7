"""One coupon: how it stands, what happened to it, and taking it back with a reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from storeapp.domain.approval import checked_reason
from storeapp.domain.coupon import Coupon
from storeapp.domain.staff import Staff
from storeapp.till import coupon_void
from storeapp.till.coupon_history import CouponFile
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import DeedPresenter, Saving


@dataclass(frozen=True, slots=True)
class OneState(Saving):
    """The coupon with its history."""

    file: CouponFile
    reason: str = ""

    @property
    def can_go(self) -> bool:
        """Whether there is anything to take back."""
        return self.file.stands in ("issued", "lapsed") and bool(self.file.steps)


class OnePresenter(DeedPresenter[OneState, Coupon]):
    """`ask` is for whoever may not take it back by herself; `then` gets the coupon that is void."""

    def __init__(self, desk: Desk, staff: Staff, file: CouponFile, *, ask: Ask, then: Callable[[Coupon], None]) -> None:
        super().__init__(desk, staff, OneState(file), then=then)
        self._ask = ask

    def because(self, text: str) -> None:
        self._show(replace(self.state, reason=text, refused=None))

    def confirm(self) -> None:
        """It is good no more, once somebody who may has said yes."""
        state, coupon = self.state, self.state.file.coupon
        if state.is_saving or not state.can_go:
            self._view.beep()
            return
        if not self._passes(lambda: checked_reason(state.reason)):
            return
        self._ask("give_coupon", coupon_void.asked(coupon), then=self._void, about=coupon.code, amount=coupon.amount)

    def _void(self, approval_id: str | None) -> None:
        desk, state, by = self._desk, self.state, self._staff.code
        self._save(
            lambda: coupon_void.void(
                desk.shop,
                state.file.coupon.code,
                reason=state.reason,
                clock=desk.clock,
                ids=desk.ids,
                by=by,
                approval_id=approval_id,
            ),
            self._then,
        )
