"""A payment provider that takes no money: for the demo shop, for training and for tests.

The last digit of the payment code tells it how to behave, so that a person at the till can call up every case:
7 asks for a password once and is then paid, 8 is refused for want of money, 9 stays unknown until asked twice,
anything else is paid. Only a demo shop may be paid this way; checkout refuses its tenders elsewhere.
"""

from __future__ import annotations

from storeapp.domain.money import Money
from storeapp.domain.payment import Take


class SimulatedProvider:
    """Remembers its trades, so that the same trade number always means the same payment."""

    name = "simulated"

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._codes: dict[str, str] = {}
        self.taken: dict[str, Money] = {}

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        """Pretends to charge `amount`; a repeated trade number answers the first one's state."""
        if trade_number not in self._codes:
            self._codes[trade_number] = code
            self._asked[trade_number] = 0
            self.taken[trade_number] = amount
        return self._answer(trade_number)

    def query(self, trade_number: str) -> Take:
        """The state of a trade; one it never heard of was refused."""
        if trade_number not in self._codes:
            return Take("refused", reason="no_such_trade")
        self._asked[trade_number] += 1
        return self._answer(trade_number)

    def _answer(self, trade_number: str) -> Take:
        ending, asked = self._codes[trade_number][-1:], self._asked[trade_number]
        if ending == "8":
            self.taken.pop(trade_number, None)
            return Take("refused", reason="not_enough_money")
        if ending == "7" and asked < 1:
            return Take("waiting", reason="password")
        if ending == "9" and asked < 2:
            return Take("unknown", reason="no_answer")
        return Take("paid", ref=f"SIM{trade_number[-12:]}")
