"""What the selling presenter asks of its one view, and what it refuses by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from storeapp.errors import Refused
from storeapp.ui.sell.state import SellState


@dataclass(eq=False)
class UnknownCodesLeft(Refused):
    """`count` scanned codes are still red: something in the customer's hands is not in the basket."""

    count: int
    word = "unknown_codes_left"


@dataclass(eq=False)
class BasketInTheWay(Refused):
    """A parked basket needs a free counter."""

    word = "basket_in_the_way"


@dataclass(eq=False)
class PaymentRunning(Refused):
    """Money has been taken or is being asked for: the payment has to come to its end first."""

    word = "payment_running"


class SellView(Protocol):
    """What the presenter asks of its one view."""

    def show(self, state: SellState) -> None: ...
    def tell(self, error: Exception) -> None:
        """Something was refused or went wrong; nobody is stopped by it."""
        ...

    def done(self, word: str) -> None:
        """Something went well that is not to be seen otherwise: `parked`, `reprinting`, `recovered`,
        `exchange_recovered`, `exchange_let_go`, `risen`."""
        ...

    def beep(self) -> None: ...
