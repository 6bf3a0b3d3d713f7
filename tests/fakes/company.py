"""A wallet's company that takes no money, and does on request everything such companies do wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.errors import Unavailable


class CompanyAway(Unavailable):
    """Nobody answers there."""

    word = "company_away"


def _as_it_is(take: Take) -> Take:
    return take


def _nothing() -> None:
    return None


@dataclass
class FakeCompany:
    """`charged` is what was really taken; `answers` bends what is said of it; `loses` so many answers of takes."""

    charged: dict[str, Money] = field(default_factory=dict)
    refunds: dict[str, Money] = field(default_factory=dict)
    takes: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    answers: Callable[[Take], Take] = field(default=_as_it_is)
    before_take: Callable[[], None] = field(default=_nothing)
    loses: int = 0
    refuses: bool = False
    slips: bool = False
    undone: set[str] = field(default_factory=set)
    keys: dict[str, str] = field(default_factory=dict)

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        self.takes.append(trade_number)
        self.codes.append(code)
        self.before_take()
        if self.refuses:
            return Take("failed", reason="not_enough_money", trade_number=trade_number)
        self.charged[trade_number] = amount
        if self.loses:
            self.loses -= 1
            raise CompanyAway
        return self.answers(self._paid(trade_number))

    def query(self, trade_number: str) -> Take:
        self.asked.append(trade_number)
        if trade_number in self.undone:
            return Take("closed", trade_number=trade_number)
        if trade_number not in self.charged:
            return Take("unknown", reason="no_such_trade", trade_number=trade_number)
        return self.answers(self._paid(trade_number))

    def reverse(self, trade_number: str) -> Take:
        if self.slips:
            return Take("closed", trade_number=trade_number)
        if self.charged.pop(trade_number, None) is not None:
            self.undone.add(trade_number)
        return Take("closed", trade_number=trade_number)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        self.refunds.setdefault(refund_number, amount)
        return self.query_refund(trade_number, refund_number)

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        if refund_number not in self.refunds:
            return Take("unknown", reason="no_such_refund", trade_number=trade_number)
        return Take("refunded", ref="R1", amount=self.refunds[refund_number], trade_number=trade_number)

    def _paid(self, trade_number: str) -> Take:
        amount = self.charged[trade_number]
        return Take("paid", ref=f"C{trade_number[-8:]}", amount=amount, trade_number=trade_number, payer="o-payer")


def other_amount(take: Take) -> Take:
    """Says that one fen more was paid."""
    return replace(take, amount=Money(take.amount.fen + 1)) if take.amount is not None else take
