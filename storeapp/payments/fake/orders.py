"""One order machine behind all three companies, and the book of what was really charged and given back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal

from storeapp.payments.fake.scripts import SCRIPTS, Script, named

CODE_LIFE_S = 60.0


@dataclass
class Order:
    """One trade. `charged_fen` is what left the customer's wallet, `back` what came back, by refund number."""

    company: str
    number: str
    fen: int
    wallet: str
    script: Script
    sent_at: datetime
    is_closed: bool = False
    charged_fen: int = 0
    reversed_fen: int = 0
    paid_at: datetime | None = None
    recalls: int = 0
    back: dict[str, int] = field(default_factory=dict)
    hidden: dict[str, int] = field(default_factory=dict)

    @property
    def left_fen(self) -> int:
        """What the shop still holds of it."""
        return self.charged_fen - self.reversed_fen - sum(self.back.values())

    @property
    def state(self) -> Literal["waiting", "paid", "closed"]:
        if self.is_closed:
            return "closed"
        return "paid" if self.charged_fen else "waiting"


@dataclass(frozen=True, slots=True)
class Entry:
    """One movement of money."""

    at: datetime
    company: str
    kind: Literal["charge", "reverse", "refund"]
    number: str
    refund_number: str
    fen: int


@dataclass
class Orders:
    """Every order of every company, by the virtual clock `now`.

    `directed` is the script of any code that has none of its own.
    """

    now: Callable[[], datetime]
    scripts: dict[str, str] = field(default_factory=dict)
    directed: str = ""
    book: list[Entry] = field(default_factory=list)
    _orders: dict[tuple[str, str], Order] = field(default_factory=dict)
    _spent: set[str] = field(default_factory=set)

    def pay(self, company: str, number: str, code: str, fen: int, wallet: str) -> tuple[str, Order]:
        """What the company thinks of a request: ok, duplicate or a clear no; and the order it is about."""
        known = self._orders.get((company, number))
        if known is not None:
            self._go_on(known)
            return "duplicate", known
        script = SCRIPTS[self.scripts.get(code) or self.directed or named(code)]
        order = Order(company, number, fen, wallet, script, self.now(), recalls=script.recalls)
        if script.refuses:
            return script.refuses, order
        if code in self._spent:
            return "code_used", order
        if script.arrives_after_s is not None:
            self._spent.add(code)
            self._orders[company, number] = order
            self._go_on(order)
        return "ok", order

    def find(self, company: str, number: str) -> Order | None:
        """The order as it stands now; None while it has not arrived."""
        order = self._orders.get((company, number))
        if order is None or not self._has_arrived(order):
            return None
        self._go_on(order)
        return order

    def reverse(self, company: str, number: str) -> str:
        """ok, recall or unknown_trade. What was paid goes back."""
        order = self.find(company, number)
        if order is None:
            return "unknown_trade"
        if order.recalls:
            order.recalls -= 1
            return "recall"
        if order.script.slips and not order.is_closed:
            self._charge(order)
            return "ok"
        if order.charged_fen and not order.is_closed:
            order.reversed_fen = order.left_fen
            self._note(order, "reverse", "", order.reversed_fen)
        order.is_closed = True
        return "ok"

    def refund(self, company: str, number: str, refund_number: str, fen: int) -> str:
        """ok, hidden (done, but the answer does not say so), too_much or unknown_trade; one number gives once."""
        order = self.find(company, number)
        if order is None or order.state == "waiting":
            return "unknown_trade"
        if refund_number not in order.back:
            if fen <= 0 or fen > order.left_fen:
                return "too_much"
            order.back[refund_number] = fen
            order.hidden[refund_number] = order.script.refund_hides
            self._note(order, "refund", refund_number, fen)
        elif order.back[refund_number] != fen:
            return "too_much"
        return "hidden" if self._hides(order, refund_number) else "ok"

    def find_refund(self, company: str, refund_number: str) -> tuple[Order, int] | None:
        """The order a refund belongs to and its amount; None while it is not told."""
        for order in self._orders.values():
            if order.company == company and refund_number in order.back:
                return None if self._hides(order, refund_number) else (order, order.back[refund_number])
        return None

    def net_fen(self, number: str) -> int:
        """What the shop holds under this number, at whatever company."""
        return sum(entry.fen if entry.kind == "charge" else -entry.fen for entry in self.book if entry.number == number)

    def let_arrive(self) -> None:
        """Everything that was on its way has arrived or never will, as after a long time."""
        for order in self._orders.values():
            if self._has_arrived(order):
                self._go_on(order)

    def mend(self) -> None:
        """Companies that were down or spoke nonsense answer properly from now on."""
        for order in self._orders.values():
            order.recalls = 0
            order.script = replace(order.script, fault="", always=False, currency="CNY", refund_hides=0)
            order.hidden.clear()

    def _has_arrived(self, order: Order) -> bool:
        return (self.now() - order.sent_at).total_seconds() >= (order.script.arrives_after_s or 0.0)

    def _go_on(self, order: Order) -> None:
        age = (self.now() - order.sent_at).total_seconds()
        after = order.script.paid_after_s
        if order.charged_fen or order.is_closed or after is None or not self._has_arrived(order):
            return
        if age >= after + (order.script.arrives_after_s or 0.0):
            self._charge(order)

    def _charge(self, order: Order) -> None:
        if not order.charged_fen:
            order.charged_fen, order.paid_at = order.fen + order.script.amount_off, self.now()
            self._note(order, "charge", "", order.charged_fen)

    def _hides(self, order: Order, refund_number: str) -> bool:
        left = order.hidden.get(refund_number, 0)
        order.hidden[refund_number] = max(0, left - 1)
        return left > 0

    def _note(self, order: Order, kind: Literal["charge", "reverse", "refund"], refund_number: str, fen: int) -> None:
        self.book.append(Entry(self.now(), order.company, kind, order.number, refund_number, fen))
