"""The page of unclear payments: asked about again, set aside, counted or given back, each with a manager's yes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.staff import Right
from storeapp.errors import Refused
from storeapp.till.ports import Pace
from storeapp.till.records import Attempt
from storeapp.till.settling import Decision, Say, action
from storeapp.till.unclear import Unclear, listed
from storeapp.till.unclear_slip import owe_unclear
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.pay.offering import Providers
from storeapp.ui.pay.wallets import Wallets


@dataclass(frozen=True, slots=True)
class SuspenseState:
    """Oldest first. `is_asking` while the companies are asked; `settled` is how many became clear by the last try."""

    items: tuple[Unclear, ...] = ()
    selected: int = 0
    is_asking: bool = False
    settled: int | None = None
    refused: Refused | None = None

    @property
    def chosen(self) -> Unclear | None:
        return self.items[self.selected] if 0 <= self.selected < len(self.items) else None


class SuspenseView(Protocol):
    def show_state(self, state: SuspenseState) -> None: ...
    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None:
        """`given_back`, `not_given_back`, `giving_back_unclear`, `set_aside`, `accepted`, `in_cash`, `printing`."""
        ...


class SuspensePresenter:
    def __init__(self, desk: Desk, providers: Providers, *, cashier: str, ask: Ask, pace: Pace) -> None:
        self._desk, self._cashier, self._ask = desk, cashier, ask
        self._wallets = Wallets(desk, providers, pace=pace)
        self._view: SuspenseView
        self.state = SuspenseState()

    def bind(self, view: SuspenseView) -> None:
        self._view = view
        self.refresh()

    def refresh(self) -> None:
        with self._desk.shop.reading() as books:
            items = listed(books, self._desk.clock.now())
        selected = min(self.state.selected, max(0, len(items) - 1))
        self._show(replace(self.state, items=items, selected=selected))

    def select(self, place: int) -> None:
        if 0 <= place < len(self.state.items):
            self._show(replace(self.state, selected=place))

    def ask_again(self) -> None:
        """Asks the companies about everything on the list."""
        if self.state.is_asking or not self.state.items:
            return
        before = len(self.state.items)
        self._show(replace(self.state, is_asking=True, settled=None))
        self._wallets.ask_about_all(ok=lambda _done: self._asked(before), fail=self._failed)

    def accept(self) -> None:
        """The money is there: whoever looks at the company's own list has seen it."""
        self._settle("accept")

    def set_aside(self) -> None:
        """Its sale goes on without it; it stays on the list."""
        self._settle("other_means")

    def give_back(self) -> None:
        """The whole of it goes back to the customer."""
        item = self.state.chosen
        if item is None or "give_back" not in item.deeds or self._wallets.behind(item.trade_number) is None:
            return

        def go(approval_id: str | None) -> None:
            self._show(replace(self.state, is_asking=True))
            say = Say(self._cashier, approval_id=approval_id)
            self._wallets.give_all_back(item.trade_number, say, ok=self._went_back, fail=self._failed)

        self._approved("settle_suspense", item, "give_back", go)

    def give_in_cash(self) -> None:
        """What the company finally refused comes out of the drawer."""
        item = self.state.chosen
        if item is None or "in_cash" not in item.deeds or self.state.is_asking:
            return

        def go(approval_id: str | None) -> None:
            self._show(replace(self.state, is_asking=True))
            say = Say(self._cashier, approval_id=approval_id)
            self._wallets.give_in_cash(
                item.trade_number, say, ok=lambda _attempt: self._done("in_cash"), fail=self._failed
            )

        self._approved("refund_other_tender", item, "in_cash", go)

    def print_list(self) -> None:
        """The list on paper."""
        desk = self._desk
        if self.state.items:
            desk.work.db(
                lambda: owe_unclear(desk.shop, clock=desk.clock, ids=desk.ids),
                ok=lambda _job: self._view.done("printing"),
                fail=self._view.tell,
            )

    # inside

    def _settle(self, decision: Decision) -> None:
        item = self.state.chosen
        if item is None or decision not in item.deeds:
            return
        right: Right = "accept_late_payment" if item.case == "late" else "settle_suspense"
        word = "accepted" if decision == "accept" else "set_aside"

        def go(approval_id: str | None) -> None:
            say = Say(self._cashier, approval_id=approval_id)
            self._wallets.settle(
                item.trade_number, decision, say, ok=lambda _attempt: self._done(word), fail=self._failed
            )

        self._approved(right, item, decision, go)

    def _approved(self, right: Right, item: Unclear, decision: str, go: Callable[[str | None], None]) -> None:
        payload = action(item.trade_number, item.amount.fen, decision)
        self._ask(right, payload, then=go, about=item.trade_number[-6:], amount=item.amount)

    def _asked(self, before: int) -> None:
        self.refresh()
        self._show(replace(self.state, is_asking=False, settled=before - len(self.state.items)))

    def _went_back(self, refund: Attempt) -> None:
        words = {"refunded": "given_back", "failed": "not_given_back"}
        self._done(words.get(refund.state, "giving_back_unclear"))

    def _done(self, word: str) -> None:
        self._show(replace(self.state, is_asking=False))
        self.refresh()
        self._view.done(word)

    def _failed(self, error: Exception) -> None:
        self._show(replace(self.state, is_asking=False))
        self.refresh()
        self._view.tell(error)

    def _show(self, state: SuspenseState) -> None:
        self.state = state
        self._view.show_state(state)
