"""Closing a shift: counted first, told what was expected after, and always possible, whatever the count says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from storeapp.domain.money import Money, typed_amount
from storeapp.domain.shift import Count, checked_left
from storeapp.domain.staff import Right
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.till import shifts
from storeapp.till.shift_counts import Reckoning, reckon, to_count
from storeapp.till.shift_standing import standing
from storeapp.till.shifts import Closed, to_ask
from storeapp.till.unclear import Unclear, listed
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import Saving, SavingPresenter, SavingView
from storeapp.ui.shift.counting import Counting, count_of, with_piece
from storeapp.ui.shift.opening import FloatMissing
from storeapp.words import N_

REASONS = (N_("Wrong change given"), N_("A sale was not rung up"), N_("Counted twice, no reason found"))


@dataclass(eq=False)
class DifferenceUnexplained(Refused):
    """A drawer that does not add up closes with a word on why."""

    word = "difference_unexplained"


@dataclass(frozen=True, slots=True)
class ClosingState(Saving):
    """`step`: count, then told. `others` are counted beside cash, `typed` what stands in their fields.

    `expected` is shown while counting where the owner lets it be seen. `left` is the float that stays, as typed;
    empty is all that was counted. `unclear` payments are named and block nothing.
    """

    step: Literal["count", "told"] = "count"
    counting: Counting = field(default_factory=Counting)
    others: tuple[TenderKind, ...] = ()
    typed: Mapping[TenderKind, str] = field(default_factory=dict)
    is_blind: bool = True
    expected: Mapping[TenderKind, int] = field(default_factory=dict)
    reckoning: Reckoning = field(default_factory=Reckoning)
    reason: str = ""
    left: str = ""
    unclear: tuple[Unclear, ...] = ()

    @property
    def hides_expected(self) -> bool:
        """Whoever has not counted the cash is not told what to count."""
        return self.is_blind and "cash" not in self.reckoning.differences


class ClosingView(SavingView, Protocol):
    def show_closing(self, state: ClosingState) -> None: ...


class ClosingPresenter(SavingPresenter[ClosingState]):
    """`then` gets the shift that was closed, with its Z."""

    def __init__(self, desk: Desk, cashier: str, *, ask: Ask, then: Callable[[Closed], None]) -> None:
        self._desk, self._cashier, self._ask, self._then = desk, cashier, ask, then
        self._view: ClosingView
        self._counted: dict[str, Count] = {}
        self._is_forced = False
        self._closing: dict[str, Any] | None = None
        self.state = ClosingState()

    def bind(self, view: ClosingView) -> None:
        self._view = view
        desk = self._desk
        with desk.shop.reading() as books:
            now = desk.clock.now()
            state = ClosingState(
                others=to_count(books),
                is_blind=bool(books.policy.in_force().get("shift.blind")),
                unclear=listed(books, now),
            )
            here = standing(books, now)
            self._is_forced, self._closing = here.forgotten, to_ask(books, here.shift, by=self._cashier)
        if not state.is_blind:
            state = replace(
                state, expected={row.tender: row.expected_fen for row in shifts.x_report(desk.shop).tenders}
            )
        self._show(state)

    # counting

    def count(self, denomination: int, text: str) -> None:
        self._edit(counting=with_piece(self.state.counting, denomination, text))

    def type(self, text: str) -> None:
        """The sum of the cash."""
        self._edit(counting=replace(self.state.counting, typed=text))

    def type_other(self, tender: TenderKind, text: str) -> None:
        self._edit(typed={**self.state.typed, tender: text})

    def turn(self) -> None:
        """From notes and coins to their sum, and back."""
        if self.state.step == "count":
            counting = self.state.counting
            self._edit(counting=replace(counting, by_piece=not counting.by_piece))

    def counted(self) -> None:
        """The count is whole: it is on record, and what was expected is told."""
        if self.state.counting.is_blank:
            self._refuse(FloatMissing())
        else:
            self._reckon(with_cash=True)

    def uncounted(self) -> None:
        """Goes on without counting the cash."""
        if self.state.step == "count":
            self._reckon(with_cash=False)

    # told

    def because(self, text: str) -> None:
        self._edit(reason=text)

    def leave(self, text: str) -> None:
        """What stays in the drawer for the next shift."""
        self._edit(left=text)

    def close(self) -> None:
        """Closes it; somebody agrees first where the difference is above what may pass."""
        if self._is_fit():
            self._let(self._agree)

    def close_anyway(self) -> None:
        """Nobody is here who could agree: it closes, and says so for ever."""
        if self.state.step == "told" and self._is_fit():
            self._let(self._close)

    # inside

    def _reckon(self, *, with_cash: bool) -> None:
        state, desk, by = self.state, self._desk, self._cashier
        if state.is_saving or state.step != "count":
            return
        try:
            counted: dict[str, Count] = {"cash": count_of(state.counting)} if with_cash else {}
            for tender, text in state.typed.items():
                if text.strip():
                    counted[tender] = Count(typed_amount(text).fen)
        except Refused as error:
            self._refuse(error)
            return
        self._counted = counted
        self._save(lambda: reckon(desk.shop, counted, by=by, clock=desk.clock), self._reckoned)

    def _reckoned(self, reckoning: Reckoning) -> None:
        self._show(replace(self.state, step="told", reckoning=reckoning, is_saving=False))

    def _is_fit(self) -> bool:
        state = self.state
        if state.is_saving or state.step != "told":
            return False
        try:
            if not state.reckoning.adds_up and not state.reason.strip():
                raise DifferenceUnexplained
            self._left()
        except Refused as error:
            self._refuse(error)
            return False
        return True

    def _left(self) -> Money | None:
        text = self.state.left.strip()
        if not text:
            return None
        left = typed_amount(text)
        checked_left(left, self._counted.get("cash"))
        return left

    def _let(self, then: Callable[[dict[Right, str]], None]) -> None:
        """Goes on with the approvals it has; who may close no shift asks for this one first."""
        if self._closing is None:
            then({})
        else:
            about = self.state.reason
            self._ask("close_shift", self._closing, then=lambda yes: then(_with({}, "close_shift", yes)), about=about)

    def _agree(self, given: dict[Right, str]) -> None:
        reckoning = self.state.reckoning
        if not reckoning.wants_yes:
            self._close(given)
            return
        self._ask(
            "close_difference",
            {"differences": reckoning.differences},
            then=lambda yes: self._close(_with(given, "close_difference", yes)),
            about=self.state.reason,
            amount=Money(reckoning.difference_fen),
        )

    def _close(self, given: dict[Right, str]) -> None:
        desk, by, counted, left, reason = self._desk, self._cashier, self._counted, self._left(), self.state.reason
        is_forced = self._is_forced
        self._save(
            lambda: shifts.close_shift(
                desk.shop,
                counted,
                by=by,
                reason=reason,
                left=left,
                given=given,
                forced=is_forced,
                clock=desk.clock,
                ids=desk.ids,
            ),
            self._then,
        )

    def _edit(self, **changes: Any) -> None:
        if not self.state.is_saving:
            self._show(replace(self.state, refused=None, **changes))

    def _show(self, state: ClosingState) -> None:
        self.state = state
        self._view.show_closing(state)


def _with(given: dict[Right, str], right: Right, approval_id: str | None) -> dict[Right, str]:
    return given if approval_id is None else {**given, right: approval_id}
