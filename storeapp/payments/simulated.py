"""A payment provider that takes no money: for the demo shop and for tests.

The last digit of the payment code tells it how to behave, so that a person at the till can call up every case:
7 asks for a password once and is then paid, 8 is refused for want of money, 9 stays unknown until asked twice,
anything else is paid. Only a demo shop may be paid this way; checkout refuses its tenders elsewhere.
"""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.domain.tender import TenderKind


class SimulatedProvider:
    """Implements `till.ports.Provider`. The same trade number always means the same payment."""

    name = "simulated"
    kind: TenderKind = "simulated"

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._codes: dict[str, str] = {}
        self._amounts: dict[str, Money] = {}
        self._closed: set[str] = set()
        self.taken: dict[str, Money] = {}
        self.given_back: dict[str, tuple[str, Money]] = {}

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        """Pretends to charge `amount`; a repeated trade number answers the first one's state."""
        if trade_number not in self._codes:
            self._codes[trade_number] = code
            self._asked[trade_number] = 0
            self._amounts[trade_number] = self.taken[trade_number] = amount
        return self._about(trade_number)

    def query(self, trade_number: str) -> Take:
        """The state of a trade."""
        if trade_number in self._closed:
            return Take("closed", trade_number=trade_number)
        if trade_number not in self._codes:
            return Take("unknown", reason="no_such_trade")
        self._asked[trade_number] += 1
        return self._about(trade_number)

    def reverse(self, trade_number: str) -> Take:
        """Undoes a trade, whether it was there or not."""
        self._closed.add(trade_number)
        self.taken.pop(trade_number, None)
        return Take("closed", trade_number=trade_number)

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        """Gives back what is left of the trade; the same number gives back once.

        A trade it does not know was pretended before the program was started anew, and was `whole`.
        """
        back = sum(fen for number, fen in self._back(trade_number) if number != refund_number)
        if back + amount.fen > whole.fen:
            return Take("failed", reason="refund_too_much")
        self.given_back[refund_number] = (trade_number, amount)
        return self.query_refund(trade_number, refund_number)

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        """The state of a refund."""
        if refund_number not in self.given_back:
            return Take("unknown", reason="no_such_refund")
        return Take("refunded", amount=self.given_back[refund_number][1], trade_number=trade_number)

    def _back(self, trade_number: str) -> list[tuple[str, int]]:
        return [(number, amount.fen) for number, (trade, amount) in self.given_back.items() if trade == trade_number]

    def _about(self, trade_number: str) -> Take:
        return replace(self._answer(trade_number), amount=self._amounts[trade_number], trade_number=trade_number)

    def _answer(self, trade_number: str) -> Take:
        ending, asked = self._codes[trade_number][-1:], self._asked[trade_number]
        if ending == "8":
            self.taken.pop(trade_number, None)
            return Take("failed", reason="not_enough_money")
        if ending == "7" and asked < 1:
            return Take("waiting", reason="password")
        if ending == "9" and asked < 2:
            return Take("unknown", reason="no_answer")
        return Take("paid", ref=f"SIM{trade_number[-12:]}")
