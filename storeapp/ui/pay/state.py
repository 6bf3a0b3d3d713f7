"""What the payment shows: one frozen value, the same for the cashier's sheet and the customer's screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from storeapp.domain.money import ZERO, Money
from storeapp.domain.tender import Tender, TenderKind
from storeapp.errors import Refused

# "scan" stands for every company that takes money for a scanned code: the code itself says which
Way = Literal["scan", "cash", "code_manual", "card", "stored_value", "points", "coupon", "on_account"]
# ready: the cashier acts; asking: the provider is asked; unclear: it never said; late: it took the money when nobody
# waited any more; giving_back: what it took is being given back; saving: the sale is being written
Step = Literal["ready", "asking", "unclear", "late", "giving_back", "saving"]


@dataclass(eq=False)
class WayClosed(Refused):
    """This basket cannot be paid that way: `reason` is a closed word (`no_member`, `nothing_there`, `no_provider`)."""

    way: str
    reason: str
    word = "way_closed"


@dataclass(eq=False)
class MoreThanThere(Refused):
    """At most `most_fen` of this basket can be paid that way."""

    most_fen: int
    word = "more_than_there"


@dataclass(eq=False)
class VoucherTwice(Refused):
    """The voucher `number` lies on the counter already."""

    number: str
    word = "voucher_twice"


@dataclass(eq=False)
class VoucherWorthMissing(Refused):
    """Nobody said what the voucher is worth: what it pays stands on it, and is not simply all that is due."""

    word = "voucher_worth_missing"


@dataclass(eq=False)
class TotalMoved(Refused):
    """The basket lay so long that it costs `now_fen`, and no more the `before_fen` both screens told."""

    before_fen: int
    now_fen: int
    word = "total_moved"


@dataclass(frozen=True, slots=True)
class Offered:
    """A way to pay: `most` in all, None without an end; `closed` is a closed word when there is nothing to take.

    `points` are all she may spend, each worth `each`; `principal` and `bonus` are the two parts of a stored value.
    """

    way: Way
    most: Money | None = None
    closed: str = ""
    points: int = 0
    each: Money = ZERO
    principal: Money = ZERO
    bonus: Money = ZERO


@dataclass(frozen=True, slots=True)
class Given:
    """A tender on the counter. What a provider took under `trade_number` is taken away by giving it back there."""

    tender: Tender
    trade_number: str = ""

    @property
    def is_by_provider(self) -> bool:
        return bool(self.trade_number)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a provider is being asked for, since when; `wants_password` once the customer's phone asks for one."""

    kind: TenderKind
    amount: Money
    seconds: int = 0
    wants_password: bool = False
    is_reversing: bool = False
    trade_number: str = ""


@dataclass(frozen=True, slots=True)
class PayState:
    """`left` is still to be paid, `due` the same in this way: rounded for cash, no more than is there for points.

    `typed` is the amount as it stands in the field, `proof` the card slip or the voucher's number. `change` is known
    once what is typed covers the due, `missing` while it does not. `refused` says why the last try failed, `said`
    what the provider answered (a closed word). `points` are those the amount typed, or all that is due, would take,
    `gives_back` what an exchange gives back instead.
    """

    way: Way = "cash"
    offers: tuple[Offered, ...] = (Offered("cash"), Offered("code_manual"))
    total: Money = ZERO
    left: Money = ZERO
    due: Money = ZERO
    given: tuple[Given, ...] = ()
    typed: str = ""
    proof: str = ""
    change: Money | None = None
    missing: Money | None = None
    quick: tuple[Money, ...] = ()
    step: Step = "ready"
    asked: Asked | None = None
    refused: Refused | None = None
    said: str = ""
    is_open: bool = False
    points: int = 0
    gives_back: Money = ZERO

    @property
    def tenders(self) -> tuple[Tender, ...]:
        return tuple(given.tender for given in self.given)

    @property
    def asks(self) -> Money:
        """What is still to pay in the way that is open: in cash it may be rounded."""
        return self.due if self.way == "cash" else self.left

    @property
    def here(self) -> Offered:
        """The way that is open."""
        return next((offer for offer in self.offers if offer.way == self.way), Offered(self.way))

    @property
    def is_unknown(self) -> bool:
        """Nobody may take this money another way meanwhile."""
        return self.step == "unclear" or (self.asked is not None and self.asked.is_reversing)
