"""Allowance: what this basket may be given by hand and have taken back, and the approvals given for it so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.till import approvals
from storeapp.till.baskets import TakenBack, taken_between
from storeapp.till.ports import Books
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk

if TYPE_CHECKING:
    from storeapp.till.limits import Need


@dataclass(eq=False)
class Lacks(NeedsApproval):
    """This basket `needs` what its cashier may not."""

    need: Need | None = None


class Allowance:
    """One for a counter; `start_over` with every basket. Without `ask` whatever is lacking is refused."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.ask: Ask | None = None
        self.basket_id = ""
        self.given: dict[str, str] = {}
        self.total_was_shown = False

    def start_over(self) -> None:
        self.basket_id, self.given, self.total_was_shown = self._desk.ids.new(), {}, False

    def check(self, books: Books, priced: PricedBasket, *, by: str) -> None:
        """Raises Lacks for the first right somebody has to be asked for."""
        for need in self._lacking(books, priced, by=by):
            raise Lacks(need.right, "", need=need)

    def taken_back(self, books: Books, before: Basket, after: Basket, *, by: str) -> TakenBack | None:
        """What went out of the basket although its total had been shown; raises Lacks where that needs a yes."""
        if not self.total_was_shown:
            return None
        taken = taken_between(before, after, cashier=by, basket_id=self.basket_id)
        if taken is None or approvals.may(books, by, "remove_line"):
            return taken
        approval_id, at = self.given.get("remove_line", ""), self._desk.clock.now().isoformat()
        if not approvals.fits(books, "remove_line", taken.payload, by=by, approval_id=approval_id, at=at):
            from storeapp.till.limits import Need

            raise Lacks("remove_line", "", need=Need("remove_line", taken.payload, Money(taken.fen)))
        return replace(taken, approval_id=approval_id)

    def ask_for(self, lacks: Lacks, *, about: str, then: Callable[[], None]) -> bool:
        """Asks somebody who may, and goes on; False where nobody can be asked."""
        need, ask = lacks.need, self.ask
        if need is None or ask is None:
            return False

        def given(approval_id: str | None) -> None:
            if approval_id is not None:
                self.given[need.right] = approval_id
            then()

        ask(need.right, need.payload, then=given, about=about, amount=need.amount)
        return True

    def for_sale(self) -> Mapping[str, str]:
        """The approvals for the sale, by right."""
        return dict(self.given)

    def _lacking(self, books: Books, priced: PricedBasket, *, by: str) -> tuple[Need, ...]:
        # loaded with the first basket
        from storeapp.till import limits

        at = self._desk.clock.now().isoformat()
        return limits.lacking(books, priced, basket_id=self.basket_id, by=by, given=self.given, at=at)
