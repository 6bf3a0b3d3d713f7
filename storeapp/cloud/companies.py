"""Companies: whoever holds the customers' wallets, as one shop's keys speak to them."""

from collections.abc import Callable, Mapping
from typing import Protocol

from storeapp.domain.money import Money
from storeapp.domain.payment import Take


class Company(Protocol):
    """A wallet's company, as its client speaks to it. Not knowing is an answer."""

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take: ...
    def query(self, trade_number: str) -> Take: ...
    def reverse(self, trade_number: str) -> Take: ...
    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take: ...
    def query_refund(self, trade_number: str, refund_number: str) -> Take: ...


Makers = Mapping[str, Callable[[Mapping[str, str]], Company]]
"""For each provider what makes its client from one shop's keys."""
