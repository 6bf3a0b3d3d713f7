"""A counter that only takes payments by code, from customers who play every script, and goes on after every crash."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, field

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.payments.fake.scripts import NAMES
from storeapp.till import paying, paying_back, settling
from storeapp.till.checkout import Order, checkout
from storeapp.till.paying import Asked
from storeapp.till.paying_back import GiveBack
from storeapp.till.ports import Clock, Ids, Pace, Provider, Shop
from storeapp.till.records import Attempt
from storeapp.till.settling import Say

THING = Product("6900000000001", "红烧牛肉面", Money(100))
FIRST: dict[TenderKind, tuple[str, int]] = {"wechat": ("13", 18), "alipay": ("28", 18), "unionpay": ("62", 19)}
SAY = Say("script", reason="bench")
# what fails is tried again with a code that works, as often as not
OFTEN = ("ok", "password", "password_for_ever", "late_success")


@dataclass
class PaymentDay:
    """The counter. What is to be done after a crash it learns from its books alone."""

    shop: Shop
    providers: Mapping[TenderKind, Provider]
    clock: Clock
    ids: Ids
    pace: Pace
    chance: random.Random
    codes: int = 0
    stuck: dict[str, str] = field(default_factory=dict)

    def customer(self) -> None:
        """One customer: she pays, or tries again, or leaves; some come back for a refund."""
        sale_id, fen = self.ids.new(), self.chance.randrange(1, 50_000)
        for _ in range(self.chance.choice((1, 1, 2))):
            attempt = self._take(sale_id, fen)
            if attempt is None or attempt.state in ("suspense", "paid_late"):
                break
            if attempt.state == "paid":
                self._sell(attempt)
                if self.chance.random() < 0.15:
                    self._refund(attempt)
                break

    def recover(self) -> None:
        """What a till does at its start, and what the manager decides about what is left."""
        paying.resume(self.shop, self.providers, clock=self.clock, pace=self.pace)
        paying_back.resume_refunds(self.shop, self.providers, clock=self.clock, pace=self.pace)
        with self.shop.reading() as books:
            unused, unsettled = books.attempts.unused(), books.attempts.unsettled()
        for attempt in unused:
            self._use_or_give_back(attempt)
        for attempt in unsettled:
            if attempt.state == "paid_late":
                self._decide(attempt)

    def clear(self) -> None:
        """The list is worked off: everything is asked about once more."""
        paying.ask_suspense(self.shop, self.providers, clock=self.clock)
        self.recover()

    def code(self, kind: TenderKind, script: str) -> str:
        """A fresh payment code that plays `script`."""
        self.codes += 1
        first, length = FIRST[kind]
        return f"{first}{self.codes:0{length - 4}d}{NAMES.index(script):02d}"

    # inside

    def _take(self, sale_id: str, fen: int) -> Attempt | None:
        kind = self.chance.choice(tuple(self.providers))
        script = self.chance.choice(NAMES if self.chance.random() < 0.7 else OFTEN)
        asked = Asked(Money(fen), self.code(kind, script), sale_id, by="1007")
        try:
            return paying.take(self.shop, self.providers[kind], asked, clock=self.clock, ids=self.ids, pace=self.pace)
        except Refused:
            return None

    def _sell(self, attempt: Attempt) -> None:
        basket = Basket((Line(THING, price=Money(attempt.fen), price_reason="bench"),))
        order = Order(basket, (paying.tender_of(attempt),), "script", sale_id=attempt.sale_id, prints=False)
        checkout(self.shop, order, clock=self.clock, ids=self.ids)

    def _use_or_give_back(self, attempt: Attempt) -> None:
        with self.shop.reading() as books:
            going = any(refund.state != "failed" for refund in books.attempts.refunds_of(attempt.trade_number))
        if going:
            return
        if self.chance.random() < 0.5:
            try:
                self._sell(attempt)
            except (paying.PaymentOpen, paying.PaymentUnsettled):
                # another try of this sale is on the list: this one goes back
                self._give_back(attempt)
        else:
            self._give_back(attempt)

    def _decide(self, attempt: Attempt) -> None:
        if self.chance.random() < 0.5:
            self._give_back(attempt)
            return
        accepted = settling.settle(self.shop, attempt.trade_number, "accept", SAY, clock=self.clock, ids=self.ids)
        self._use_or_give_back(accepted)

    def _give_back(self, attempt: Attempt) -> None:
        provider = self.providers[attempt.tender]
        try:
            settling.give_back(
                self.shop, provider, attempt.trade_number, SAY, clock=self.clock, ids=self.ids, pace=self.pace
            )
        except Refused as error:
            self.stuck[attempt.trade_number] = error.word

    def _refund(self, attempt: Attempt) -> None:
        amount = Money(self.chance.randrange(1, attempt.fen + 1))
        back = GiveBack(attempt.trade_number, amount, self.ids.new(), by="1007")
        provider = self.providers[attempt.tender]
        paying_back.refund(self.shop, provider, back, clock=self.clock, ids=self.ids, pace=self.pace)
