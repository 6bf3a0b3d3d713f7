"""Paying stored value back: what a member is owed of what she paid in, by the law's two formulas.

法释〔2025〕4号: within seven days what is left of her principal, whole (14). Later what she paid less what she had:
where the shop is at fault at the ratio of paid to paid and given (18), at her own wish at prices before discounts (19);
never less than nothing (20). What she has left of the gift is given up with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from storeapp.domain.ledger import LotMove, bonus_account, principal_account
from storeapp.domain.money import Money
from storeapp.domain.one_line import is_one_line
from storeapp.domain.tender import TenderKind
from storeapp.domain.value_doc import Cause
from storeapp.errors import Refused

CAUSES: tuple[Cause, ...] = ("within_days", "customer", "shop")

REASON_MAX = 100


@dataclass(eq=False)
class NothingToPayBack(Refused):
    """Nothing is owed to her by this cause: `cause` is within_days, customer or shop."""

    cause: str
    word = "nothing_to_pay_back"


@dataclass(eq=False)
class PayBackReasonMissing(Refused):
    """Paying stored value back says why, in one line of at most 100 characters."""

    word = "pay_back_reason_missing"


def checked_why(text: str) -> str:
    """Why money is paid back, in one line; raises PayBackReasonMissing."""
    said = text.strip()
    if not said or not is_one_line(said, most=REASON_MAX):
        raise PayBackReasonMissing
    return said


@dataclass(frozen=True, slots=True)
class Deposit:
    """One top-up as it stands now: what was paid in and given, what is left of both, what she had for the rest.

    `lot_id` is the entry that brought it; `principal_lots` and `bonus_lots` hold what is left, one lot each, or several
    after a merge, with what is in them. `spent_fen` left her card for goods she kept, `list_fen` is what those cost
    before discounts. `paid_on` is its business day (ISO), `tender` how she paid, None where nobody knows.
    `was_paid_back` if it was once before.
    """

    lot_id: str
    number: str
    paid_on: str
    tender: TenderKind | None
    paid_fen: int
    given_fen: int
    principal_left: int
    bonus_left: int
    spent_fen: int
    list_fen: int
    was_paid_back: bool = False
    principal_lots: tuple[tuple[str, int], ...] = ()
    bonus_lots: tuple[tuple[str, int], ...] = ()

    def back_fen(self, cause: Cause, *, on: date, days: int) -> int:
        """What she is paid of it by this cause on that day."""
        if self.was_paid_back or cause == "within_days" or (cause == "customer" and self.is_within(on, days)):
            return self.principal_left
        if cause == "shop":
            whole = self.paid_fen + self.given_fen
            had = self.spent_fen * self.paid_fen // whole if whole else 0
            owed = max(self.paid_fen - had, 0)
            return max(owed, self.principal_left) if self.is_within(on, days) else owed
        return max(self.paid_fen - self.list_fen, 0)

    def is_within(self, on: date, days: int) -> bool:
        """Whether she may still have her principal back without a reason."""
        return on <= date.fromisoformat(self.paid_on) + timedelta(days=days)


@dataclass(frozen=True, slots=True)
class Part:
    """One top-up that is paid back, and what she gets for it."""

    deposit: Deposit
    back_fen: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What she gets by one cause, and what she gives up for it."""

    cause: Cause
    parts: tuple[Part, ...]

    @property
    def money(self) -> Money:
        return Money(sum(part.back_fen for part in self.parts))

    @property
    def principal_fen(self) -> int:
        """Principal she gives up."""
        return sum(part.deposit.principal_left for part in self.parts)

    @property
    def bonus_fen(self) -> int:
        """Gift she gives up."""
        return sum(part.deposit.bonus_left for part in self.parts)

    @property
    def tenders(self) -> frozenset[TenderKind]:
        """The ways she is known to have paid."""
        return frozenset(part.deposit.tender for part in self.parts if part.deposit.tender is not None)

    def moves(self, member_id: str) -> tuple[LotMove, ...]:
        """The lots it empties."""
        found = []
        for part in self.parts:
            hers = part.deposit
            found += [LotMove(principal_account(member_id), lot_id, -left) for lot_id, left in hers.principal_lots]
            found += [LotMove(bonus_account(member_id), lot_id, -left) for lot_id, left in hers.bonus_lots]
        return tuple(move for move in found if move.amount)


def plan(deposits: Iterable[Deposit], cause: Cause, *, on: date, days: int, only: Sequence[str] = ()) -> Plan:
    """What she gets by this cause: of the top-ups with these numbers, or of all it may be said of."""
    held = [each for each in deposits if each.principal_left or each.bonus_left]
    if only:
        held = [each for each in held if each.number in only]
    if cause == "within_days":
        held = [each for each in held if each.is_within(on, days) and each.principal_left]
    return Plan(cause, tuple(Part(each, each.back_fen(cause, on=on, days=days)) for each in held))
