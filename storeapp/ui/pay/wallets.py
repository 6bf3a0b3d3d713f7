"""Asking a wallet's company for the money: in the background, one at a time, and what it said as a value.

The only room of the window that calls `till.paying`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.till import paying
from storeapp.till.ports import Provider
from storeapp.ui.desk import Desk
from storeapp.ui.pay.offering import Providers
from storeapp.ui.pay.state import WayClosed

_WECHAT = re.compile(r"1[0-5]\d{16}")
_ALIPAY = re.compile(r"(2[5-9]|30)\d{14,22}")
_UNIONPAY = re.compile(r"62\d{17}")
_CODES_KEPT = 200


@dataclass(eq=False)
class CodeUsed(Refused):
    """This payment code was tried before: the customer's phone has to show a fresh one."""

    word = "payment_code_used"


@dataclass(eq=False)
class NoPaymentCode(Refused):
    """What was scanned is no payment code."""

    word = "no_payment_code"


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of it. `trade_number` is ours, `ref` the company's."""

    state: str
    trade_number: str = ""
    ref: str = ""
    reason: str = ""


class Wallets:
    """Which company takes a code, and the asking itself."""

    def __init__(self, desk: Desk, providers: Providers, *, wait: Callable[[float], None]) -> None:
        self._desk, self._providers, self._wait = desk, providers, wait
        self._salt = secrets.token_hex(8)
        self._tried: list[str] = []

    @property
    def providers(self) -> Providers:
        return self._providers

    def is_code(self, code: str) -> bool:
        return _route(code) is not None

    def kind_for(self, code: str) -> TenderKind:
        """The kind that is taken for `code`; raises NoPaymentCode, CodeUsed or WayClosed."""
        wallet = _route(code)
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
            take = paying.take(
                desk.shop,
                provider,
                amount=amount,
                code=code,
                sale_id=sale_id,
                clock=desk.clock,
                ids=desk.ids,
                wait=self._wait,
            )
            return _answer(take, sale_id)

        desk.work.io(deed, ok=ok, fail=fail)

    def ask_again(
        self, kind: TenderKind, sale_id: str, *, ok: Callable[[Answer], None], fail: Callable[[Exception], None]
    ) -> None:
        """The company never said what became of it: asks once more."""
        shop, provider = self._desk.shop, self._providers[kind]
        self._desk.work.io(lambda: _once_more(shop, provider, sale_id), ok=ok, fail=fail)

    def _hash(self, code: str) -> str:
        # the code itself is as good as money: it is not kept
        return hashlib.sha256(f"{self._salt}|{code}".encode()).hexdigest()


def _route(code: str) -> TenderKind | None:
    if _WECHAT.fullmatch(code):
        return "wechat"
    if _ALIPAY.fullmatch(code):
        return "alipay"
    return "unionpay" if _UNIONPAY.fullmatch(code) else None


def _answer(take: Take, trade_number: str) -> Answer:
    return Answer(take.state, trade_number, take.ref, take.reason)


def _once_more(shop: object, provider: Provider, sale_id: str) -> Answer:
    for attempt in paying.ask_again(shop, provider):  # type: ignore[arg-type]
        if attempt.sale_id == sale_id:
            state = "paid" if attempt.state == "paid" else "refused"
            return Answer(state, attempt.attempt_id, attempt.attempt_id)
    return Answer("unknown")
