"""Taking the money: from an amount handed over to a sale in the books.

A sale is written down before anybody reads "paid". Money a provider took is never forgotten: the panel cannot be
left while there is some, and writing the sale down can be tried again.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from storeapp.domain.basket import CashRounding
from storeapp.domain.money import ZERO, Money, from_yuan, total
from storeapp.domain.payment import Take
from storeapp.domain.pricing import PricedBasket
from storeapp.domain.tender import (
    Tender,
    TenderKind,
    TenderShort,
    cash_due,
    quick_tenders,
    settle,
)
from storeapp.errors import Refused
from storeapp.till import checkout, paying
from storeapp.till.checkout import Done, Order
from storeapp.till.ports import Provider
from storeapp.ui.desk import Desk
from storeapp.ui.pay.state import PayState
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.view import PaymentRunning

_PAYMENT_CODE = re.compile(r"(1[0-5]\d{16})|((2[5-9]|30)\d{14,22})")


@dataclass(eq=False)
class PaymentRefused(Refused):
    """The provider took nothing, for `reason`."""

    reason: str
    word = "payment_refused"


class PayView(Protocol):
    def show(self, state: PayState) -> None: ...
    def close(self) -> None:
        """The sale is in the books."""
        ...

    def tell(self, error: Exception) -> None: ...
    def beep(self) -> None: ...


class PayPresenter:
    """One payment after the other for one counter. `open` begins one."""

    def __init__(
        self,
        desk: Desk,
        sell: SellPresenter,
        *,
        provider: Provider | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._desk, self._sell, self._provider, self._wait = desk, sell, provider, wait
        self._view: PayView
        self._sale_id = ""
        self._priced = PricedBasket(())
        self.state = PayState(kinds=self.kinds)

    def bind(self, view: PayView) -> None:
        self._view = view

    @property
    def kinds(self) -> tuple[TenderKind, ...]:
        """The ways to pay this counter has; a provider comes first."""
        plain: tuple[TenderKind, ...] = ("cash", "code_manual")
        return plain if self._provider is None else ("simulated", *plain)

    @property
    def main_kind(self) -> TenderKind:
        """What the main button stands for."""
        return self.kinds[0]

    def open(self, kind: TenderKind) -> None:
        """Begins a payment, or changes how it is paid. Raises what keeps the basket from being paid for."""
        _basket, found = self._sell.for_payment()
        if self.state.step != "ready":
            raise PaymentRunning
        if not self.state.given:
            self._sale_id = self._desk.ids.new()
        self._priced = found.priced
        self._show(replace(self.state, kind=kind, typed="", refused=None, said=""))

    def refresh(self) -> None:
        """The basket changed under the payment: another item, another total."""
        if self.state.step != "ready":
            return
        try:
            _basket, found = self._sell.for_payment()
        except Refused as error:
            self._show(replace(self.state, refused=error))
        else:
            self._priced = found.priced
            self._show(replace(self.state, refused=None))

    def leave(self) -> bool:
        """Back to the basket; False if money is on its way or taken."""
        taken = any(tender.kind == "simulated" for tender in self.state.given)
        if self.state.step != "ready" or taken:
            self._view.beep()
            self._view.tell(PaymentRunning())
            return False
        self.state = PayState(kinds=self.kinds)
        return True

    def type(self, text: str) -> None:
        """The amount as it stands in the field."""
        if self.state.step == "ready":
            self._show(replace(self.state, typed=text, refused=None))

    def confirm(self) -> None:
        """Enter. An empty field means exactly what is due."""
        if self.state.step != "ready":
            return
        try:
            self._take(self._amount())
        except Refused as error:
            self._refuse(error)

    def confirm_amount(self, amount: Money) -> None:
        """One of the amounts offered."""
        if self.state.step == "ready":
            try:
                self._take(amount)
            except Refused as error:
                self._refuse(error)

    def take_scan(self, code: str) -> bool:
        """True if this is the customer's payment code and the provider is being asked for the money."""
        if self.state.kind != "simulated" or not _PAYMENT_CODE.fullmatch(code):
            return False
        if self.state.step != "ready":
            self._view.beep()
            return True
        self._ask(code)
        return True

    def ask_again(self) -> None:
        """The provider never said what became of it: asks once more."""
        provider, shop, due = self._provider, self._desk.shop, self.state.due
        if provider is None or self.state.step != "unclear":
            return
        self._show(replace(self.state, step="asking"))

        def ask() -> Take:
            for attempt in paying.ask_again(shop, provider):
                if attempt.sale_id == self._sale_id:
                    return Take("paid" if attempt.state == "paid" else "refused", ref=attempt.attempt_id)
            return Take("unknown")

        self._desk.work.io(ask, ok=lambda take: self._answered(take, due), fail=self._no_answer)

    # inside

    def _amount(self) -> Money:
        text = self.state.typed.strip()
        return from_yuan(text) if text else self.state.due

    def _take(self, amount: Money) -> None:
        """`amount` in the kind that is open: enough makes the sale, a part by code leaves the rest to pay."""
        state = self.state
        self._sell.for_payment()
        if state.kind == "simulated":
            if state.due.fen:
                raise TenderShort(state.due.fen)  # the provider takes money only for a scanned code
            self._save(state.given)
            return
        tender = Tender(state.kind, amount)
        if state.kind == "code_manual" and 0 < amount.fen < state.due.fen:
            self._show(replace(state, given=(*state.given, tender), typed="", kind="cash", refused=None))
            return
        given = (*state.given, tender)
        settle(state.total, given, cash_rounding=self._rounding())
        self._save(given)

    def _ask(self, code: str) -> None:
        desk, provider, due = self._desk, self._provider, self.state.due
        if provider is None:
            return
        self._sell.hold()
        self._show(replace(self.state, step="asking", refused=None, said=""))
        self._desk.work.io(
            lambda: paying.take(
                desk.shop,
                provider,
                amount=due,
                code=code,
                sale_id=self._sale_id,
                clock=desk.clock,
                ids=desk.ids,
                wait=self._wait,
            ),
            ok=lambda take: self._answered(take, due),
            fail=self._no_answer,
        )

    def _answered(self, take: Take, amount: Money) -> None:
        if take.state == "paid":
            self._save((*self.state.given, Tender("simulated", amount, ref=take.ref)))
        elif take.state == "refused":
            self._sell.release(None)
            self._refuse(PaymentRefused(take.reason))
        else:
            self._show(replace(self.state, step="unclear", said=take.reason or take.state))

    def _no_answer(self, error: Exception) -> None:
        self._show(replace(self.state, step="unclear", said="no_answer"))
        self._view.tell(error)

    def _save(self, given: tuple[Tender, ...]) -> None:
        desk = self._desk
        basket, _found = self._sell.for_payment()
        self._sell.hold()
        self._show(replace(self.state, given=given, step="saving", refused=None))
        order = Order(basket, given, self._sell.staff.code, sale_id=self._sale_id)
        desk.work.db(
            lambda: checkout.checkout(desk.shop, order, clock=desk.clock, ids=desk.ids),
            ok=self._saved,
            fail=self._not_saved,
        )

    def _saved(self, done: Done) -> None:
        self.state = PayState(kinds=self.kinds)
        self._view.close()
        self._sell.release(done.sale)

    def _not_saved(self, error: Exception) -> None:
        # what a provider took stays given; cash and a glance at a phone can be given again
        kept = tuple(tender for tender in self.state.given if tender.kind == "simulated")
        self._show(replace(self.state, step="ready", given=kept))
        self._sell.release(None)
        if isinstance(error, Refused):
            self._refuse(error)
        else:
            self._view.tell(error)

    def _rounding(self) -> CashRounding:
        with self._desk.shop.reading() as books:
            step: CashRounding = books.policy.in_force().get("cash.rounding")
        return step

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self._show(replace(self.state, step="ready", refused=error))

    def _show(self, state: PayState) -> None:
        asked = self._priced.total
        left = asked - total(tender.amount for tender in state.given)
        left = left if left.fen > 0 else ZERO
        due = cash_due(left, self._rounding()) if state.kind == "cash" else left
        change, missing = _weighed(state.typed, due)
        self.state = replace(
            state,
            kinds=self.kinds,
            total=asked,
            due=due,
            change=change,
            missing=missing,
            quick=quick_tenders(due) if state.kind == "cash" else (),
        )
        self._view.show(self.state)


def _weighed(typed: str, due: Money) -> tuple[Money | None, Money | None]:
    """The change for what is typed, or what is missing; nothing for nothing."""
    try:
        over = from_yuan(typed) - due
    except Refused:
        return None, None
    return (over, None) if over.fen >= 0 else (None, -over)
