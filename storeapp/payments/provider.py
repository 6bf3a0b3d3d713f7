"""What a payment provider is to the till: something that is asked for money and may not know the answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol

from storeapp.domain.money import Money

TakeState = Literal["paid", "refused", "waiting", "unknown"]


@dataclass(frozen=True, slots=True)
class Take:
    """The answer so far: `ref` is the provider's trade number, `reason` a closed word when refused."""

    state: TakeState
    ref: str = ""
    reason: str = ""

    @property
    def is_final(self) -> bool:
        return self.state in ("paid", "refused")


class Provider(Protocol):
    """One company that takes money by a payment code. An unclear result is a state, never an exception."""

    @property
    def name(self) -> str: ...

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        """Asks for `amount` from the wallet behind `code`. `trade_number` is ours and never used twice."""
        ...

    def query(self, trade_number: str) -> Take:
        """What became of it."""
        ...
