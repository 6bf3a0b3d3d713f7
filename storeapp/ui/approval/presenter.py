"""Asking for an approval: who may say yes, why, and the PIN that proves it, checked off the window's thread."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Protocol

from storeapp.domain.approval import Approval
from storeapp.domain.money import Money
from storeapp.domain.reason import REASONS, YES_REASONS
from storeapp.domain.staff import Right, Staff, UnknownStaff
from storeapp.errors import Refused
from storeapp.till import approvals, staff
from storeapp.ui.desk import Desk
from storeapp.ui.signin.presenter import may_be_pin

_ABOUT_PRICES: frozenset[str] = frozenset({"discount", "big_discount", "change_price", "below_floor"})
_OF_THE_HOUSE: frozenset[str] = frozenset(
    {
        *("open_drawer", "cash_move", "close_shift", "close_difference", "settle_suspense", "accept_late_payment"),
        *("reports", "promotions", "training", "settings", "policy", "staff"),
    }
)


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked: the right that is missing, and the action itself."""

    right: Right
    payload: Mapping[str, Any]
    about: str = ""
    amount: Money | None = None

    @property
    def reasons(self) -> tuple[str, ...]:
        return REASONS if self.right in _ABOUT_PRICES else YES_REASONS

    @property
    def likeliest(self) -> str:
        """The reason that stands there first: for what the house does itself no customer asked."""
        return "checked" if self.right in _OF_THE_HOUSE else self.reasons[0]


@dataclass(frozen=True, slots=True)
class ApprovalState:
    """`people` may say yes; `is_asking` while a PIN is checked; `refused` says why the last one failed."""

    request: Request
    people: tuple[Staff, ...] = ()
    chosen: int = 0
    reason: str = ""
    is_asking: bool = False
    refused: Refused | None = None

    @property
    def person(self) -> Staff | None:
        return self.people[self.chosen] if self.people else None


class ApprovalView(Protocol):
    def show_state(self, state: ApprovalState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...
    def gone(self) -> None:
        """Somebody said yes: the sheet goes away."""
        ...


class ApprovalPresenter:
    """`then` gets the id of the approval, once, unless the question was taken back while the PIN was checked."""

    def __init__(self, desk: Desk, asker: Staff, request: Request, *, then: Callable[[str], None]) -> None:
        self._desk, self._asker, self._then = desk, asker, then
        self._view: ApprovalView
        self._is_left = False
        self.state = ApprovalState(request, reason=request.likeliest)

    def bind(self, view: ApprovalView) -> None:
        self._view = view
        right = self.state.request.right
        here = tuple(who for who in staff.staff(self._desk.shop) if who.code != self._asker.code and who.may(right))
        # the one who is there most of the day comes first, the owner last
        people = tuple(sorted(here, key=lambda who: (who.role == "owner", who.code)))
        self._show(replace(self.state, people=people))

    def choose(self, place: int) -> None:
        if not self.state.is_asking and 0 <= place < len(self.state.people):
            self._show(replace(self.state, chosen=place, refused=None))

    def move(self, by: int) -> None:
        """Up and down the list."""
        self.choose(min(max(0, self.state.chosen + by), len(self.state.people) - 1))

    def choose_reason(self, stored: str) -> None:
        if stored in self.state.request.reasons and not self.state.is_asking:
            self._show(replace(self.state, reason=stored))

    def turn(self, by: int) -> None:
        """The next reason, or the one before."""
        reasons = self.state.request.reasons
        self.choose_reason(reasons[(reasons.index(self.state.reason) + by) % len(reasons)])

    def scan(self, code: str) -> bool:
        """True if the code is a badge or a PIN; anything else is goods, and belongs to the basket."""
        try:
            with self._desk.shop.reading() as books:
                found = staff.code_behind(books, code)
        except UnknownStaff:
            if not may_be_pin(code):
                return False
            self.enter(code)
            return True
        if not self._choose_code(found):
            self._view.beep()
            self._show(replace(self.state, refused=UnknownStaff(code[:20])))
        return True

    def enter(self, typed: str) -> None:
        """A PIN; or the code of somebody on the list, which chooses that person."""
        state, desk = self.state, self._desk
        person = state.person
        if person is None or state.is_asking or self._is_left or not typed:
            return
        # whoever is no cashier has a PIN of six digits: fewer are a code
        is_short = len(typed) < 6 and person.role != "cashier"
        if is_short and typed != person.code and self._choose_code(typed):
            return
        self._show(replace(state, is_asking=True, refused=None))
        asked, by = state.request, self._asker.code
        desk.work.db(
            lambda: approvals.grant(
                desk.shop,
                asked.right,
                asked.payload,
                approver=person.code,
                pin=typed,
                asked_by=by,
                reason=state.reason,
                clock=desk.clock,
                ids=desk.ids,
            ),
            ok=self._granted,
            fail=self._failed,
        )

    def leave(self) -> None:
        """The question is taken back: a yes that is still coming is spent on nothing."""
        self._is_left = True

    def _choose_code(self, code: str) -> bool:
        place = next((n for n, who in enumerate(self.state.people) if who.code == code), None)
        if place is None:
            return False
        self.choose(place)
        return True

    def _granted(self, given: Approval) -> None:
        if self._is_left:
            return
        self._show(replace(self.state, is_asking=False))
        self._view.gone()
        self._then(given.approval_id)

    def _failed(self, error: Exception) -> None:
        if self._is_left:
            return
        self._view.beep()
        refused = error if isinstance(error, Refused) else None
        self._show(replace(self.state, is_asking=False, refused=refused))
        if refused is None:
            self._view.tell(error)

    def _show(self, state: ApprovalState) -> None:
        self.state = state
        self._view.show_state(state)
