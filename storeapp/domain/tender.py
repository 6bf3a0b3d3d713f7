"""Tenders: what the customer pays with, and whether it covers what is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from storeapp.domain.basket import CashRounding
from storeapp.domain.money import ZERO, Money, total
from storeapp.errors import Refused

TenderKind = Literal[
    "cash", "wechat", "alipay", "unionpay", "card", "code_manual", "stored_value", "points", "coupon", "on_account",
    "exchange", "simulated",
]  # fmt: skip
TENDER_KINDS: tuple[TenderKind, ...] = get_args(TenderKind)
BY_PROVIDER: frozenset[TenderKind] = frozenset({"wechat", "alipay", "unionpay", "simulated"})
"""Taken by a payment company for a scanned code: what was taken stays taken until it is given back there."""
ROUNDING_STEP: dict[CashRounding, int] = {"fen": 1, "jiao": 10, "yuan": 100}
MOST_CHANGE = Money(100_000)


@dataclass(eq=False)
class TenderShort(Refused):
    """`missing_fen` is still to be paid."""

    missing_fen: int
    word = "tender_short"


@dataclass(eq=False)
class TenderExceedsDue(Refused):
    """Only cash gives change: `over_fen` too much was taken by other means."""

    over_fen: int
    word = "tender_exceeds_due"


@dataclass(eq=False)
class AbsurdChange(Refused):
    """Nobody hands over that much: a barcode in the amount field, or a slip of the finger."""

    change_fen: int
    word = "absurd_change"


@dataclass(eq=False)
class BadTender(Refused):
    """A tender is an amount above zero of a kind this shop takes."""

    kind: str
    fen: int
    word = "bad_tender"


@dataclass(eq=False)
class NotTaken(Refused):
    """This shop does not take `kind`."""

    kind: str
    word = "tender_not_taken"


@dataclass(frozen=True, slots=True)
class Tender:
    """`amount` handed over, of one kind.

    `ref` names what proves it: a provider's trade number, a card slip, a voucher's number, the receipt of an exchange.
    `is_unverified`: nobody but the cashier has seen it, in a shop whose payment codes are charged otherwise.
    """

    kind: TenderKind
    amount: Money
    ref: str = ""
    is_unverified: bool = False

    def __post_init__(self) -> None:
        if self.kind not in TENDER_KINDS or self.amount.fen < 0:
            raise BadTender(str(self.kind), self.amount.fen)


@dataclass(frozen=True, slots=True)
class Settlement:
    """How a total was settled: `due` = total + `rounding` (never above zero), `change` handed back in cash."""

    due: Money
    rounding: Money
    change: Money


def cash_due(asked: Money, step: CashRounding) -> Money:
    """What cash has to cover of `asked`, rounded down: rounding up against the customer is a price offence."""
    size = ROUNDING_STEP[step]
    return Money(asked.fen // size * size)


def settle(
    asked: Money, tenders: Sequence[Tender], *, cash_rounding: CashRounding = "fen", rounds_all: bool = False
) -> Settlement:
    """Checks that `tenders` cover `asked`. Only the part paid in cash is rounded, only cash gives change.

    With `rounds_all` the whole is rounded once, however it is paid.
    """
    if rounds_all:
        whole = cash_due(asked, cash_rounding)
        settled = settle(whole, tenders)
        return Settlement(due=settled.due, rounding=whole - asked, change=settled.change)
    cash = total(tender.amount for tender in tenders if tender.kind == "cash")
    other = total(tender.amount for tender in tenders if tender.kind != "cash")
    if other.fen > asked.fen:
        raise TenderExceedsDue(other.fen - asked.fen)
    pays_cash = any(tender.kind == "cash" for tender in tenders)
    in_cash = cash_due(asked - other, cash_rounding) if pays_cash else asked - other
    rounding = in_cash - (asked - other)
    change = cash - in_cash
    if change.fen < 0:
        raise TenderShort(-change.fen)
    if change.fen > MOST_CHANGE.fen:
        raise AbsurdChange(change.fen)
    return Settlement(due=asked + rounding, rounding=rounding, change=change)


NOTES = (1_000, 2_000, 5_000, 10_000)


def quick_tenders(due: Money) -> tuple[Money, ...]:
    """The amounts a customer most likely hands over for `due`: exact, then what notes make of it."""
    if due.fen <= 0:
        return (ZERO,)
    likely = {due.fen}
    for note in (100, 500, *NOTES):
        likely.add(-(-due.fen // note) * note)
    return tuple(Money(fen) for fen in sorted(likely)[:6])
