"""What the page of goods without their sale shows: one frozen value, drawn as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import Money
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity
from storeapp.domain.reason import SCRAPPED
from storeapp.domain.refund import Refund
from storeapp.errors import Refused
from storeapp.till.loose_refunds import LoosePlan, Named
from storeapp.ui.refund.state import OWN


@dataclass(frozen=True, slots=True)
class LooseLine:
    """So much of one product; `paid` is what the receipt of another till says, None for what it costs today.

    `restock` is None while the reason decides whether it goes on the shelf again.
    """

    product: Product
    milli: int
    paid: Money | None = None
    restock: bool | None = None

    @property
    def is_counted(self) -> bool:
        """Sold by the piece, and not by weight."""
        return not self.product.weighed


@dataclass(frozen=True, slots=True)
class LooseState:
    """`receipt` is the number of another till, "" without one. `typed` are digits of a quantity on their way.

    With `types_paid` they are of what the receipt says was paid. `reason` is a stored word, OWN for `own_reason`, or
    ""; `refused` says what keeps it from being done.
    """

    step: Literal["goods", "done"] = "goods"
    receipt: str = ""
    lines: tuple[LooseLine, ...] = ()
    selected: int = 0
    typed: str = ""
    types_paid: bool = False
    reason: str = ""
    own_reason: str = ""
    is_listed: bool = False
    plan: LoosePlan | None = None
    refused: Refused | None = None
    is_saving: bool = False
    done: Refund | None = None

    @property
    def line(self) -> LooseLine | None:
        return self.lines[self.selected] if 0 <= self.selected < len(self.lines) else None

    @property
    def is_open(self) -> bool:
        """Whether anything may still be marked: what is being written stays as it was said."""
        return self.step == "goods" and not self.is_saving

    @property
    def said(self) -> str:
        """The reason as it will be stored."""
        return self.own_reason.strip() if self.reason == OWN else self.reason

    def restocks(self, line: LooseLine) -> bool:
        """Whether it goes on the shelf again: as marked, or as the reason has it."""
        return self.reason not in SCRAPPED if line.restock is None else line.restock

    @property
    def named(self) -> tuple[Named, ...]:
        """What is brought back, as the deed wants it."""
        return tuple(
            Named(line.product.code, Quantity(line.milli), line.paid, self.restocks(line))
            for line in self.lines
            if line.milli
        )
