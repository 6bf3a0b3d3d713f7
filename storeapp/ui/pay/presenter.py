"""Taking the money: from what is handed over, in as many parts as it takes, to a sale in the books.

A sale is written down before anybody reads "paid". Money a provider took is never forgotten: the payment cannot be
left while there is some, and writing the sale down can be tried again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from storeapp.domain.basket import Basket, CashRounding, EmptyBasket
from storeapp.domain.money import ZERO, Money, NotAnAmount
from storeapp.domain.priced import PricedBasket
from storeapp.domain.tender import TenderKind, TenderShort, cash_due
from storeapp.errors import Refused
from storeapp.till.clock import SystemPace
from storeapp.till.ports import Pace, Provider
from storeapp.till.quote import NOTHING
from storeapp.ui.approval.ask import Ask, nobody_to_ask
from storeapp.ui.desk import Desk
from storeapp.ui.pay.asking import Asking, given_of
from storeapp.ui.pay.holding import Holding
from storeapp.ui.pay.state import Given, Offered, PayState, TotalMoved, Way, WayClosed
from storeapp.ui.pay.view import PayView
from storeapp.ui.pay.wallets import Wallets
from storeapp.ui.pay.weighing import amount_of, covers, fits, tender_of, weighed
from storeapp.ui.sell import reading
from storeapp.ui.sell.presenter import SellPresenter
from storeapp.ui.sell.trade import given_back
from storeapp.ui.sell.view import PaymentRunning

if TYPE_CHECKING:
    from storeapp.till.checkout import Done
    from storeapp.till.exchanges import Exchanged

_LONG_DIGITS = 16


class PayPresenter:
    """One payment after the other for one counter. `open` begins one."""

    def __init__(
        self,
        desk: Desk,
        sell: SellPresenter,
        *,
        providers: Mapping[TenderKind, Provider] | None = None,
        pace: Pace | None = None,
        ask: Ask = nobody_to_ask,
    ) -> None:
        self._desk, self._sell = desk, sell
        sell.has_money = lambda: not self.may_be_left
        self._wallets = Wallets(desk, providers or {}, pace=pace or SystemPace())
        self._holding = Holding(desk, self)
        self.asking = Asking(desk, self._wallets, self, ask)
        self._view: PayView
        self._watcher: Callable[[PayState], None] | None = None
        self.sale_id = ""
        self._quoted = NOTHING
        self.state = PayState()

    def bind(self, view: PayView) -> None:
        self._view = view

    def watch(self, watcher: Callable[[PayState], None] | None) -> None:
        """The customer's screen follows the same value."""
        self._watcher = watcher

    @property
    def wallets(self) -> Wallets:
        """Who takes codes here: stored value is paid in by them too."""
        return self._wallets

    @property
    def cashier(self) -> str:
        return self._sell.staff.code

    @property
    def main_way(self) -> Way:
        """What the main button stands for."""
        return "scan" if self._wallets.providers else "cash"

    def open(self, way: Way) -> None:
        """Begins a payment, or changes how it is paid. Raises what keeps the basket from being paid for."""
        if self.state.step != "ready":
            raise PaymentRunning
        told_before = None if self.state.is_open else self._sell.tell_again()
        basket, found = self._sell.for_payment()
        if not self.state.is_open:
            self.sale_id = self._desk.ids.new()
        self._quoted = found
        offers = self._offers(basket, found.priced)
        here = next((offer for offer in offers if offer.way == way), None)
        if here is None or here.closed:
            raise WayClosed(way, "no_provider" if here is None else here.closed)
        self.show(replace(self.state, way=way, offers=offers, typed="", proof="", refused=None, said="", is_open=True))
        self._holding.begin(basket, self.sale_id)
        if told_before is not None:
            self._refuse(TotalMoved(told_before.fen, self._sell.state.due.fen))

    def refresh(self) -> None:
        """The basket changed under the payment: another item, another total."""
        if self.state.step != "ready":
            return
        try:
            basket, found = self._sell.for_payment()
        except Refused as error:
            if isinstance(error, EmptyBasket) and self.may_be_left:
                self._forget()  # put aside or cleared away: what was given is not for whoever comes next
            else:
                self.show(replace(self.state, refused=error))
        else:
            self._quoted = found
            self.show(replace(self.state, offers=self._offers(basket, found.priced), refused=None))
            self._holding.begin(basket, self.sale_id)

    @property
    def may_be_left(self) -> bool:
        """False while money is on its way, or taken by a provider and not yet a sale."""
        return self.state.step == "ready" and not any(given.is_by_provider for given in self.state.given)

    def leave(self) -> bool:
        """Back to the basket; False if money is on its way or taken."""
        if not self.may_be_left:
            self._view.beep()
            self._view.tell(PaymentRunning())
            return False
        self._forget()
        return True

    def type(self, text: str) -> None:
        """The amount as it stands in the field."""
        if self.state.step == "ready":
            self.show(replace(self.state, typed=text, refused=None))

    def paste(self, text: str) -> None:
        """Something was pasted that cannot be an amount: it is refused aloud, and the field stays as it was."""
        if self.state.step == "ready":
            self._refuse(NotAnAmount(text.strip()[:40]))

    def prove(self, text: str) -> None:
        """The card's slip or the voucher's number as it stands in its field."""
        if self.state.step == "ready":
            self.show(replace(self.state, proof=text, refused=None))

    def confirm(self) -> None:
        """Enter. An empty field means exactly what is due."""
        if self.state.step == "ready":
            self._attempt(lambda: self._take(amount_of(self.state)))

    def confirm_amount(self, amount: Money) -> None:
        """One of the amounts offered."""
        if self.state.step == "ready":
            self._attempt(lambda: self._take(amount))

    def remove(self, place: int) -> None:
        """Takes a tender off the counter again; what a provider took is given back there first."""
        if self.state.step != "ready" or not 0 <= place < len(self.state.given):
            return
        given = self.state.given[place]
        if given.is_by_provider:
            self.asking.give_back(given)
            return
        kept = (*self.state.given[:place], *self.state.given[place + 1 :])
        self.show(replace(self.state, given=kept, refused=None))

    def remove_last(self) -> None:
        """The tender that was given last."""
        self.remove(len(self.state.given) - 1)

    def take_scan(self, code: str) -> bool:
        """True if this is for the payment: a payment code, or the number of a voucher."""
        state = self.state
        if not state.is_open or self._is_goods(code):
            return False
        if self._wallets.is_code(code):
            if state.step == "ready":
                self._attempt(lambda: self._ask(code))
            else:
                self._view.beep()
            return True
        if state.step == "ready" and state.way in ("coupon", "card"):
            self.prove(code)
            return True
        if state.step == "ready" and state.way == "scan" and len(code) >= _LONG_DIGITS and code.isdigit():
            self._attempt(lambda: self._ask(code))
            return True
        return False

    def wants_code(self, code: str) -> bool:
        """True if a code scanned over a priced basket is a customer's, who pays with it."""
        has_goods = bool(self._sell.state.priced.lines)
        return has_goods and bool(self._wallets.providers) and self._wallets.is_code(code) and not self._is_goods(code)

    def recover(self) -> None:
        """At the start: a payment the power cut short is brought to its end with the basket that was kept."""
        left = self._wallets.left()
        self._holding.look_again(is_paying=left is not None)
        if left is None:
            return
        self._sell.tell_again(as_of=left.since)  # the price it was asked at, whatever has begun or ended meanwhile
        try:
            basket, found = self._sell.for_payment()
        except Refused:
            # no basket to finish: the list of unclear payments keeps the money in sight
            if left.open is not None and left.open.state not in ("suspense", "paid_late"):
                self._wallets.ask_again(left.open.trade_number, ok=lambda _attempt: None, fail=self._view.tell)
            return
        self.sale_id, self._quoted = left.sale_id, found
        given = tuple(map(given_of, left.paid))
        offers = self._offers(basket, found.priced)
        self.show(replace(self.state, way=self.main_way, offers=offers, given=given, is_open=True))
        self._holding.begin(basket, self.sale_id)
        self._view.open_found()
        if left.open is not None:
            self._sell.hold()
            self.asking.go_on(left)
        else:
            self._attempt(lambda: self._finish(given))

    # what the asking does to the payment

    def show(self, state: PayState) -> None:
        asked, rounding = self._asked()
        trading = self._sell.state.trading
        over = ZERO if trading is None else trading.over
        self.state = weighed(replace(state, gives_back=over), asked=asked, rounding=rounding)
        self._view.show(self.state)
        if self._watcher is not None:
            self._watcher(self.state)

    def refuse(self, error: Refused) -> None:
        self._sell.release(None)
        self._refuse(error)

    def add(self, given: Given) -> None:
        try:
            self._add(given)
        except Refused as error:
            # taken is taken, whatever the basket has become
            self._sell.release(None)
            self._view.beep()
            self.show(replace(self.state, given=(*self.state.given, given), step="ready", asked=None, refused=error))

    def take_off(self, trade_number: str) -> None:
        kept = tuple(given for given in self.state.given if given.trade_number != trade_number)
        self.show(replace(self.state, given=kept, step="ready", refused=None))

    def tell(self, error: Exception) -> None:
        self._view.tell(error)

    def done(self, word: str) -> None:
        self._view.done(word)

    def free(self) -> None:
        self._sell.release(None)

    # inside

    def _attempt(self, deed: Callable[[], None]) -> None:
        try:
            deed()
        except Refused as error:
            self._refuse(error)

    def _take(self, amount: Money) -> None:
        """`amount` in the way that is open: enough makes the sale, a part leaves the rest to pay."""
        state = self.state
        self._sell.for_payment()
        if state.way == "scan":
            if state.due.fen:
                raise TenderShort(state.due.fen)  # the provider takes money only for a scanned code
            self._save(state.given)
        else:
            self._add(Given(tender_of(state, amount)))

    def _add(self, one: Given) -> None:
        self._finish((*self.state.given, one))

    def _finish(self, given: tuple[Given, ...]) -> None:
        """Enough makes the sale; if not, what was given lies on the counter."""
        self._check_parts(given)
        _asked, rounding = self._asked()
        if covers(self.state, given, rounding):
            self._save(given)
        else:
            self._sell.release(None)
            self.show(replace(self.state, given=given, typed="", proof="", step="ready", refused=None, asked=None))

    def _check_parts(self, given: tuple[Given, ...]) -> None:
        """What the checkout would refuse is said now: later nobody could tell which part it was."""
        # loaded with the first payment, as the checkout itself
        from storeapp.till.tender_parts import check_parts

        basket, _found = self._sell.for_payment()
        tenders = tuple(one.tender for one in given)
        with self._desk.shop.reading() as books:
            check_parts(books, tenders, basket.member_id, self._quoted.priced.total, at=self._desk.clock.now())

    def _ask(self, code: str) -> None:
        kind = self._wallets.kind_for(code)
        self._sell.for_payment()
        # an amount typed for another way is not the wallet's part
        if self.state.way != "scan":
            self.show(replace(self.state, way="scan", typed=""))
        amount = fits(self.state, amount_of(self.state))
        if not amount.fen:
            raise NotAnAmount("0")
        self._sell.hold()
        self.asking.begin(kind, amount, code)

    def _save(self, given: tuple[Given, ...]) -> None:
        from storeapp.till.checkout import Order, checkout

        desk = self._desk
        basket, _found = self._sell.for_payment()
        self._sell.hold()
        self.show(replace(self.state, given=given, step="saving", refused=None, asked=None))
        order = Order(
            basket,
            tuple(one.tender for one in given),
            self._sell.staff.code,
            sale_id=self.sale_id,
            basket_id=self._sell.allowance.basket_id,
            told_at=self._quoted.at,
            approvals=self._sell.allowance.for_sale(),
        )
        exchange = self._sell.trade.deed(order)
        if exchange is not None:
            # a company may have to give money back: nobody else's writing waits for it
            desk.work.io(exchange, ok=self._exchanged, fail=self._not_saved)
            return
        desk.work.db(
            lambda: checkout(desk.shop, order, clock=desk.clock, ids=desk.ids),
            ok=self._saved,
            fail=self._not_saved,
        )

    def _saved(self, done: Done) -> None:
        self._forget()
        self._view.close()
        self._sell.release(done.sale)

    def _exchanged(self, done: Exchanged) -> None:
        self._forget()
        self._view.close()
        self._sell.release(done.sale, back=given_back(done.refund.tenders))
        if any(one.state != "refunded" for one in done.sent):
            self._view.done("giving_back_unclear")

    def _not_saved(self, error: Exception) -> None:
        # what a provider took stays given; the last part of the others can be given again
        last = self.state.given[-1:]
        kept = self.state.given if not last or last[0].is_by_provider else self.state.given[:-1]
        self.show(replace(self.state, step="ready", given=kept))
        self._sell.release(None)
        if isinstance(error, Refused):
            # a rule, a price or the goods of a promotion are not what they were: both screens say what holds now
            self._sell.refresh()
            self.refresh()
            self._refuse(error)
        else:
            self._view.tell(error)

    def _forget(self) -> None:
        self._holding.end()
        self.state = PayState(way=self.main_way)
        self._view.show(self.state)
        if self._watcher is not None:
            self._watcher(self.state)

    def _offers(self, basket: Basket, priced: PricedBasket) -> tuple[Offered, ...]:
        from storeapp.ui.pay.offering import offered

        with self._desk.shop.reading() as books:
            return offered(books, basket, priced, providers=self._wallets.providers, on=self._desk.today(books))

    def _is_goods(self, code: str) -> bool:
        with self._desk.shop.reading() as books:
            return reading.is_goods(books, code)

    def _asked(self) -> tuple[Money, CashRounding]:
        """What the basket asks for, and how its part in cash is rounded still; a shop may round the whole instead."""
        with self._desk.shop.reading() as books:
            policy = books.policy.in_force()
        step: CashRounding = policy.get("cash.rounding")
        trading = self._sell.state.trading
        if trading is not None:
            # what comes back is worked out with the whole, which was rounded there if the shop rounds it
            return trading.to_pay, "fen" if policy.rounds_all() else step
        if policy.rounds_all():
            return cash_due(self._quoted.priced.total, step), "fen"
        return self._quoted.priced.total, step

    def _refuse(self, error: Refused) -> None:
        self._view.beep()
        self.show(replace(self.state, step="ready", refused=error, asked=None))
