"""Asking a wallet's company for the money: in the background, one at a time, and what it said as a value.

The only room of the window that calls `till.paying`.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from storeapp.domain.attempt import FINAL
from storeapp.domain.money import Money
from storeapp.domain.payment import CodeUsed, NoPaymentCode, route
from storeapp.domain.tender import TenderKind
from storeapp.till import paying
from storeapp.till.paying import Asked
from storeapp.till.ports import Pace, Provider
from storeapp.till.records import Attempt
from storeapp.ui.desk import Desk
from storeapp.ui.pay.offering import Providers
from storeapp.ui.pay.state import WayClosed

_CODES_KEPT = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it: paid, refused (nothing is taken) or unclear. `trade_number` and `ref` are ours: the proof."""

    state: str
    trade_number: str = ""
    ref: str = ""
    reason: str = ""


class Wallets:
    """Which company takes a code, and the asking itself."""

    def __init__(self, desk: Desk, providers: Providers, *, pace: Pace, by: str) -> None:
        self._desk, self._providers, self._pace, self._by = desk, providers, pace, by
        self._salt = secrets.token_hex(8)
        self._tried: list[str] = []

    @property
    def providers(self) -> Providers:
        return self._providers

    def is_code(self, code: str) -> bool:
        return route(code) is not None

    def kind_for(self, code: str) -> TenderKind:
        """The kind that is taken for `code`; raises NoPaymentCode, CodeUsed or WayClosed."""
        wallet = route(code)
        if wallet is None:
            raise NoPaymentCode
        if self._hash(code) in self._tried:
            raise CodeUsed
        if wallet in self._providers:
            return wallet
        if "simulated" in self._providers:
            return "simulated"
        raise WayClosed(wallet, "no_provider")

    def ask(
        self,
        kind: TenderKind,
        amount: Money,
        code: str,
        *,
        sale_id: str,
        ok: Callable[[Answer], None],
        fail: Callable[[Exception], None],
    ) -> None:
        desk, provider = self._desk, self._providers[kind]
        self._tried = [*self._tried[-_CODES_KEPT:], self._hash(code)]

        def deed() -> Answer:
            asked = Asked(amount, code, sale_id, by=self._by)
            attempt = paying.take(desk.shop, provider, asked, clock=desk.clock, ids=desk.ids, pace=self._pace)
            return _answer(attempt)

        desk.work.io(deed, ok=ok, fail=fail)

    def ask_again(
        self, kind: TenderKind, sale_id: str, *, ok: Callable[[Answer], None], fail: Callable[[Exception], None]
    ) -> None:
        """The company never said what became of it: asks once more."""
        desk, pace, provider = self._desk, self._pace, self._providers[kind]
        desk.work.io(lambda: _once_more(desk, provider, sale_id, pace), ok=ok, fail=fail)

    def _hash(self, code: str) -> str:
        # the code itself is as good as money: it is not kept
        return hashlib.sha256(f"{self._salt}|{code}".encode()).hexdigest()


def _answer(attempt: Attempt) -> Answer:
    state = "paid" if attempt.state == "paid" else "refused" if attempt.state in FINAL else "unclear"
    said = attempt.state if attempt.state == "paid_late" else attempt.reason or attempt.state
    return Answer(state, attempt.trade_number, attempt.trade_number, said)


def _once_more(desk: Desk, provider: Provider, sale_id: str, pace: Pace) -> Answer:
    providers, clock = {provider.kind: provider}, desk.clock
    paying.resume(desk.shop, providers, clock=clock, pace=pace)
    paying.ask_suspense(desk.shop, providers, clock=clock)
    with desk.shop.reading() as books:
        return _answer(books.attempts.of_document(sale_id)[-1])
