"""Asking the wallets' companies in the background, and what a manager decides about what they left unclear.

The only room of the window that calls `till.paying`, `till.paying_back` and `till.settling`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from storeapp.domain.payment import NoPaymentCode, route
from storeapp.domain.tender import TenderKind
from storeapp.till import paying, paying_back, settling
from storeapp.till.paying import Asked, Providers
from storeapp.till.paying_back import GiveBack
from storeapp.till.ports import Pace, Provider
from storeapp.till.records import Attempt
from storeapp.till.settling import Decision, Say
from storeapp.ui.desk import Desk
from storeapp.ui.pay.state import WayClosed

if TYPE_CHECKING:
    from storeapp.till.top_ups import TopUpOrder, ValueDone

Ok = Callable[[Attempt], None]
Fail = Callable[[Exception], None]


@dataclass(frozen=True, slots=True)
class Left:
    """What a sale that was never written has left behind: money that was taken, and a question that is open."""

    sale_id: str
    paid: tuple[Attempt, ...] = ()
    open: Attempt | None = None

    @property
    def since(self) -> datetime:
        """When the first of it was asked for."""
        return min(datetime.fromisoformat(one.at) for one in (*self.paid, self.open) if one is not None)


class Wallets:
    """Which company takes a code, and the asking itself."""

    def __init__(self, desk: Desk, providers: Providers, *, pace: Pace) -> None:
        self._desk, self.providers, self._pace = desk, providers, pace

    def is_code(self, code: str) -> bool:
        return route(code) is not None

    def kind_for(self, code: str) -> TenderKind:
        """The kind that is taken for `code`; raises NoPaymentCode or WayClosed."""
        wallet = route(code)
        if wallet is None:
            raise NoPaymentCode
        if wallet in self.providers:
            return wallet
        if "simulated" in self.providers:
            return "simulated"
        raise WayClosed(wallet, "no_provider")

    def ask(self, kind: TenderKind, asked: Asked, *, ok: Ok, fail: Fail) -> None:
        """`fail` gets a Refused when nothing was sent."""
        desk, provider, pace = self._desk, self.providers[kind], self._pace
        desk.work.io(
            lambda: paying.take(desk.shop, provider, asked, clock=desk.clock, ids=desk.ids, pace=pace),
            ok=ok,
            fail=fail,
        )

    def top_up(self, order: TopUpOrder, code: str, *, ok: Callable[[ValueDone], None], fail: Fail) -> None:
        """Charges a code for stored value, and books it; what cannot be booked goes back."""
        # opened with the first code that is charged so
        from storeapp.till.coded_top_ups import top_up_by_code
        from storeapp.till.script_pay import Till

        desk = self._desk
        till = Till(desk.shop, self.providers, desk.clock, desk.ids, self._pace)
        desk.work.io(lambda: top_up_by_code(till, order, code), ok=ok, fail=fail)

    def ask_again(self, trade_number: str, *, ok: Ok, fail: Fail) -> None:
        """Nobody knows what became of it: asks once more, to the end."""
        desk, pace, providers = self._desk, self._pace, self.providers

        def deed() -> Attempt:
            paying.resume(desk.shop, providers, clock=desk.clock, pace=pace)
            paying.ask_suspense(desk.shop, providers, clock=desk.clock)
            return self._known(trade_number)

        desk.work.io(deed, ok=ok, fail=fail)

    def ask_about_all(self, *, ok: Callable[[None], None], fail: Fail) -> None:
        """Asks once more about everything nobody is sure of, money on its way back as well."""
        desk, pace, providers = self._desk, self._pace, self.providers

        def deed() -> None:
            paying.resume(desk.shop, providers, clock=desk.clock, pace=pace)
            paying.ask_suspense(desk.shop, providers, clock=desk.clock)
            paying_back.resume_refunds(desk.shop, providers, clock=desk.clock, pace=pace)

        desk.work.io(deed, ok=ok, fail=fail)

    def now(self, sale_id: str) -> Attempt | None:
        """How the latest question of this sale stands; quick."""
        with self._desk.shop.reading() as books:
            takes = [attempt for attempt in books.attempts.of_document(sale_id) if attempt.kind == "take"]
        return takes[-1] if takes else None

    def left(self) -> Left | None:
        """What the last start left behind, of the latest sale that was not written; quick."""
        with self._desk.shop.reading() as books:
            waiting = [one for one in (*books.attempts.open(), *books.attempts.unsettled()) if not one.approver]
            # what pays in stored value is booked by itself, and belongs to no basket
            takes = [
                one for one in (*books.attempts.unused(), *waiting) if one.kind == "take" and not one.is_for_top_up
            ]
        if not takes:
            return None
        sale_id = max(takes, key=lambda one: one.at).sale_id
        mine = [one for one in takes if one.sale_id == sale_id]
        left_open = [one for one in mine if one.state != "paid"]
        paid = tuple(one for one in mine if one.state == "paid")
        return Left(sale_id, paid, left_open[-1] if left_open else None)

    def settle(self, trade_number: str, decision: Decision, say: Say, *, ok: Ok, fail: Fail) -> None:
        desk = self._desk
        desk.work.db(
            lambda: settling.settle(desk.shop, trade_number, decision, say, clock=desk.clock, ids=desk.ids),
            ok=ok,
            fail=fail,
        )

    def give_back(self, kind: TenderKind, back: GiveBack, *, ok: Ok, fail: Fail) -> None:
        """A part that was taken for a sale nobody has written yet."""
        desk, provider, pace = self._desk, self._provider(kind), self._pace
        desk.work.io(
            lambda: paying_back.refund(desk.shop, provider, back, clock=desk.clock, ids=desk.ids, pace=pace),
            ok=ok,
            fail=fail,
        )

    def give_all_back(self, trade_number: str, say: Say, *, ok: Ok, fail: Fail) -> None:
        """A payment no sale counts goes back as a whole, with a manager's yes."""
        desk, pace = self._desk, self._pace
        provider = self.behind(trade_number)
        if provider is None:
            raise WayClosed("scan", "no_provider")
        desk.work.io(
            lambda: settling.give_back(
                desk.shop, provider, trade_number, say, clock=desk.clock, ids=desk.ids, pace=pace
            ),
            ok=ok,
            fail=fail,
        )

    def give_in_cash(self, trade_number: str, say: Say, *, ok: Ok, fail: Fail) -> None:
        """What a company refused to give back comes out of the drawer."""
        # hardly ever: a start does not load it
        from storeapp.till import owed_cash

        desk = self._desk
        desk.work.db(
            lambda: owed_cash.give_in_cash(desk.shop, trade_number, say, clock=desk.clock, ids=desk.ids),
            ok=ok,
            fail=fail,
        )

    def behind(self, trade_number: str) -> Provider | None:
        """The company that was asked under this number, if this till still has it; quick."""
        return paying.provider_of(self._known(trade_number), self.providers)

    def _provider(self, kind: TenderKind) -> Provider:
        found = self.providers.get(kind)
        if found is None:
            raise WayClosed(kind, "no_provider")
        return found

    def _known(self, trade_number: str) -> Attempt:
        with self._desk.shop.reading() as books:
            found = books.attempts.by_trade(trade_number)
        if found is None:
            raise LookupError(trade_number)
        return found
