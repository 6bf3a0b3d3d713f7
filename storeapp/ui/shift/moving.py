"""One hand in the drawer: cash in, out, spent, to the safe, or the drawer opened without a sale; with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.drawer import NEEDS_REASON, BadCashMove, CashKind, CashMove
from storeapp.domain.money import ZERO, Money, typed_amount
from storeapp.errors import Refused
from storeapp.till import printing, shifts
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.saving import Saving, SavingPresenter, SavingView
from storeapp.words import N_

# what it is most often; whoever knows better writes it
REASONS: dict[CashKind, tuple[str, ...]] = {
    "cash_in": (N_("Change from the bank"), N_("More float"), N_("Put back")),
    "cash_out": (N_("To the bank"), N_("Changed into coins"), N_("Wages")),
    "expense": (N_("Supplies"), N_("Delivery"), N_("Repairs"), N_("Meals")),
    "drop": (),
    "no_sale": (N_("Change for a customer"), N_("Counting in between"), N_("Drawer was stuck")),
}


@dataclass(frozen=True, slots=True)
class MoveState(Saving):
    """`typed` is the amount as it stands in its field; a drawer that only opens has none."""

    kind: CashKind
    typed: str = ""
    reason: str = ""

    @property
    def has_amount(self) -> bool:
        return self.kind != "no_sale"

    @property
    def needs_reason(self) -> bool:
        return self.kind in NEEDS_REASON

    @property
    def is_about_amount(self) -> bool:
        """Whether the refusal belongs to the amount, and not to the reason."""
        return not (isinstance(self.refused, BadCashMove) and self.refused.why == "reason")


class MoveView(SavingView, Protocol):
    def show_move(self, state: MoveState) -> None: ...


class MovePresenter(SavingPresenter[MoveState]):
    """`then` gets the kind once it is in the books."""

    def __init__(self, desk: Desk, cashier: str, kind: CashKind, *, ask: Ask, then: Callable[[CashKind], None]) -> None:
        self._desk, self._cashier, self._ask, self._then = desk, cashier, ask, then
        self._view: MoveView
        # pressed twice it is one
        self._request = desk.ids.new()
        self.state = MoveState(kind)

    def bind(self, view: MoveView) -> None:
        self._view = view
        self._show(self.state)

    def type(self, text: str) -> None:
        if not self.state.is_saving:
            self._show(replace(self.state, typed=text, refused=None))

    def because(self, text: str) -> None:
        if not self.state.is_saving:
            self._show(replace(self.state, reason=text, refused=None))

    def confirm(self) -> None:
        """Books it, after a yes where one is needed."""
        state = self.state
        if state.is_saving:
            return
        try:
            amount = typed_amount(state.typed) if state.has_amount else ZERO
            at = self._desk.clock.now().isoformat()
            # the domain's own word on amount and reason, before anybody is asked
            move = CashMove("", state.kind, amount.fen, state.reason.strip(), self._cashier, at).sensible()
        except Refused as error:
            self._refuse(error)
            return
        if state.kind == "no_sale":
            self._ask("open_drawer", printing.no_sale(move.reason), then=lambda yes: self._open(move, yes))
        else:
            payload = {"kind": move.kind, "fen": move.fen, "reason": move.reason}
            self._ask("cash_move", payload, then=lambda yes: self._move(move, yes), about=move.reason, amount=amount)

    # inside

    def _open(self, move: CashMove, approval_id: str | None) -> None:
        desk = self._desk
        self._save(
            lambda: printing.kick_drawer(
                desk.shop,
                cashier=move.by,
                reason=move.reason,
                clock=desk.clock,
                ids=desk.ids,
                approval_id=approval_id,
            ),
            lambda _job: self._then(move.kind),
        )

    def _move(self, move: CashMove, approval_id: str | None) -> None:
        desk, request = self._desk, self._request
        self._save(
            lambda: shifts.move_cash(
                desk.shop,
                move.kind,
                Money(move.fen),
                move.reason,
                by=move.by,
                request_id=request,
                approval_id=approval_id,
                opens_drawer=True,
                clock=desk.clock,
                ids=desk.ids,
            ),
            lambda _move: self._then(move.kind),
        )

    def _show(self, state: MoveState) -> None:
        self.state = state
        self._view.show_move(state)
