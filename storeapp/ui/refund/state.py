"""What the page of refunds shows: one frozen value, drawn as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import ZERO, Money
from storeapp.domain.reason import SCRAPPED
from storeapp.domain.refund import Asked, Refund, RefundKind
from storeapp.domain.sale import Sale, SaleLine
from storeapp.errors import Refused
from storeapp.till.records import Attempt, Found
from storeapp.till.refund_plan import Plan

# find: a receipt is looked for; lines: what is brought back of it; done: what to give the customer
Step = Literal["find", "lines", "done"]
OWN = "own"
"""The reason somebody types."""


@dataclass(frozen=True, slots=True)
class BackLine:
    """A line of the receipt: what came back `before`, and what comes back now.

    `restock` is None while the reason decides whether it goes on the shelf again.
    """

    sold: SaleLine
    before_milli: int = 0
    milli: int = 0
    restock: bool | None = None

    @property
    def left_milli(self) -> int:
        return self.sold.quantity_milli - self.before_milli

    @property
    def is_counted(self) -> bool:
        """Sold by the piece, and not by weight."""
        return self.sold.quantity_milli % 1000 == 0

    @property
    def has_mark(self) -> bool:
        return self.milli > 0 or self.restock is not None


@dataclass(frozen=True, slots=True)
class Finding:
    """What was typed, and the receipts and members it may mean; `of` is the member whose sales these are."""

    text: str = ""
    sales: tuple[Sale, ...] = ()
    members: tuple[Found, ...] = ()
    of: str = ""
    selected: int = 0
    refused: Refused | None = None

    @property
    def rows(self) -> int:
        return len(self.sales) + len(self.members)


@dataclass(frozen=True, slots=True)
class RefundState:
    """`typed` are the digits of a quantity on their way; `plan` what would go back, None while nothing is marked.

    `reason` is a stored word, OWN for `own_reason`, or ""; `is_listed` where the owner wants a word of the list.
    `refused` says what keeps it from being done, `sent` how the money stands that wallets' companies give back,
    `paid_out` what the drawer gives of it for an account that is closed.
    """

    step: Step = "find"
    finding: Finding = Finding()
    sale: Sale | None = None
    cashier: str = ""
    member: str = ""
    lines: tuple[BackLine, ...] = ()
    selected: int = 0
    typed: str = ""
    kind: RefundKind = "refund"
    in_cash: bool = False
    reason: str = ""
    own_reason: str = ""
    is_listed: bool = False
    plan: Plan | None = None
    refused: Refused | None = None
    is_saving: bool = False
    done: Refund | None = None
    sent: tuple[Attempt, ...] = ()
    paid_out: Money = ZERO

    @property
    def line(self) -> BackLine | None:
        return self.lines[self.selected] if 0 <= self.selected < len(self.lines) else None

    @property
    def is_open(self) -> bool:
        """Whether anything may still be marked: what is being written stays as it was said."""
        return self.step == "lines" and not self.is_saving

    @property
    def said(self) -> str:
        """The reason as it will be stored."""
        return self.own_reason.strip() if self.reason == OWN else self.reason

    def restocks(self, line: BackLine) -> bool:
        """Whether it goes on the shelf again: as marked, or as the reason has it."""
        return self.reason not in SCRAPPED if line.restock is None else line.restock

    @property
    def asked(self) -> tuple[Asked, ...]:
        """What is brought back, as the deed wants it."""
        return tuple(Asked(each.sold.number, each.milli, self.restocks(each)) for each in self.lines if each.milli)

    @property
    def is_spent(self) -> bool:
        """All of the receipt came back before."""
        return not any(line.left_milli for line in self.lines)

    @property
    def has_marks(self) -> bool:
        return any(line.has_mark for line in self.lines)


@dataclass(frozen=True, slots=True)
class Draft:
    """A refund that was begun and not made: kept while the page is away."""

    receipt: str
    cashier: str
    marks: tuple[tuple[int, int, bool | None], ...]
    kind: RefundKind
    in_cash: bool
    reason: str
    own_reason: str


def draft_of(state: RefundState, cashier: str) -> Draft | None:
    """What is to be kept of `state`; None where nothing was begun."""
    if state.sale is None or state.step != "lines" or not state.has_marks:
        return None
    marks = tuple((line.sold.number, line.milli, line.restock) for line in state.lines if line.has_mark)
    return Draft(state.sale.receipt, cashier, marks, state.kind, state.in_cash, state.reason, state.own_reason)
