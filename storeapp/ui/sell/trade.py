"""An exchange at the counter: goods come back and pay for the basket; the one difference is paid, or goes back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.domain.basket import Basket
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.staff import Right
from storeapp.domain.tender import Tender
from storeapp.errors import Refused
from storeapp.till import approvals
from storeapp.till.moments import local_moment
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk

if TYPE_CHECKING:
    from storeapp.till.checkout import Order
    from storeapp.till.exchanges import Exchanged
    from storeapp.till.refund_order import RefundOrder
    from storeapp.till.refund_plan import Plan
    from storeapp.till.refunds import Wallets


@dataclass(frozen=True, slots=True)
class Trading:
    """Goods of `receipt` worth `value` come back: `to_pay` is still missing, or `gives_back` is over.

    Both at once where she had paid with her own: that goes back to her account, and not into goods. `refused` says
    why this basket cannot be had for them.
    """

    receipt: str
    value: Money = ZERO
    to_pay: Money = ZERO
    gives_back: Money = ZERO
    refused: Refused | None = None

    @property
    def counts(self) -> Money:
        """What counts for the goods she takes."""
        return self.value - self.gives_back if self.to_pay.fen else self.value

    @property
    def over(self) -> Money:
        """What goes back where nothing is to be paid."""
        return ZERO if self.to_pay.fen else self.gives_back


class Trade:
    """One for a counter; `order` is None while nothing comes back. `made` is told when it is in the books.

    `wallets` answers the companies that may have to give money back.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._given: dict[Right, str] = {}
        self.order: RefundOrder | None = None
        self.made: Callable[[], None] = lambda: None
        self.wallets: Callable[[], Wallets | None] = lambda: None

    def begin(self, order: RefundOrder) -> None:
        self.order, self._given = order, {}

    def stop(self) -> None:
        self.order, self._given = None, {}

    def finish(self) -> None:
        """It is in the books."""
        if self.order is not None:
            self.stop()
            self.made()

    def can_be_made(self) -> bool:
        """Whether what was to come back still can, whatever is taken for it."""
        try:
            return self.order is not None and bool(self._plan(self.order).lines)
        except Refused:
            return False

    def seen(self, basket: Basket, *, told_at: datetime | None = None) -> Trading | None:
        """What is missing or over with this basket; None while nothing comes back."""
        order, desk = self.order, self._desk
        if order is None:
            return None
        # a rare room: most counters start and end a day without it
        from storeapp.till import exchanges
        from storeapp.till.checkout import Order

        try:
            plan = self._plan(order)
            if not basket.lines:
                return Trading(order.receipt, plan.back, gives_back=plan.back)
            take = Order(basket, (), order.cashier, told_at=told_at)
            found = exchanges.preview_exchange(
                desk.shop, order, take, clock=desk.clock, ids=desk.ids, wallets=self.wallets()
            )
        except Refused as error:
            return Trading(order.receipt, refused=error)
        return Trading(order.receipt, plan.back, found.to_pay, total(t.amount for t in given_back(found.plan.tenders)))

    def when_allowed(self, ask: Ask | None, then: Callable[[], None]) -> None:
        """Goes on once somebody has said yes to what comes back, where the cashier may not take it by herself."""
        order = self.order
        lacking = None if order is None else self._lacking(order)
        if order is None or lacking is None or ask is None:
            then()  # where nobody can be asked the deed itself refuses
            return
        right, plan = lacking

        def go(approval_id: str | None) -> None:
            self._given[right] = approval_id or ""
            self.when_allowed(ask, then)

        ask(right, plan.payload, then=go, about=order.receipt, amount=plan.back)

    def deed(self, take: Order) -> Callable[[], Exchanged] | None:
        """What writes the exchange as it stands now, with the tenders that pay what is missing; None without one."""
        order, desk = self.order, self._desk
        if order is None:
            return None
        from storeapp.till import exchanges

        back = replace(order, approvals=tuple((right, given) for right, given in self._given.items() if given))
        paid = replace(take, tenders=tuple(tender for tender in take.tenders if tender.amount.fen))
        wallets = self.wallets()
        return lambda: exchanges.exchange(desk.shop, back, paid, clock=desk.clock, ids=desk.ids, wallets=wallets)

    def _plan(self, order: RefundOrder) -> Plan:
        from storeapp.till.refund_plan import planned

        with self._desk.shop.reading() as books:
            at = local_moment(books, self._desk.clock.now())
            return planned(books, order, at=at, refund_id="")

    def _lacking(self, order: RefundOrder) -> tuple[Right, Plan] | None:
        """The first right nobody has said yes to yet, or whose yes has run out."""
        try:
            plan = self._plan(order)
        except Refused:
            return None  # told where it is paid
        at = self._desk.clock.now().isoformat()
        with self._desk.shop.reading() as books:
            for right in plan.missing:
                given = self._given.get(right)
                if given == "":
                    continue  # who was asked may himself; the deed has the last word
                if given is None or not approvals.fits(
                    books, right, plan.payload, by=order.cashier, approval_id=given, at=at
                ):
                    return right, plan
        return None


def given_back(tenders: tuple[Tender, ...]) -> tuple[Tender, ...]:
    """What goes back to the customer, and not into the goods she takes."""
    return tuple(tender for tender in tenders if tender.kind != "exchange")
