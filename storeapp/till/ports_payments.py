"""What taking money needs from the world: a company to ask, a page to note it on, and time that passes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from storeapp.domain.money import Money
    from storeapp.domain.payment import Take
    from storeapp.domain.tender import TenderKind
    from storeapp.till.records import Attempt


class Pace(Protocol):
    """How time passes while something is waited for, passed in so that tests need not."""

    def wait(self, seconds: float) -> None: ...
    def elapsed(self) -> float:
        """Seconds that never jump, from any beginning."""
        ...


class Attempts(Protocol):
    """Tries to take money, persisted before they are sent."""

    def put(self, attempt: Attempt) -> None:
        """A new attempt, or how it stands now."""
        ...

    def open(self) -> tuple[Attempt, ...]:
        """Whose end nobody knows yet, refunds too; oldest first."""
        ...

    def unsettled(self) -> tuple[Attempt, ...]:
        """Those that wait for a manager; oldest first."""
        ...

    def unused(self) -> tuple[Attempt, ...]:
        """Paid, and no sale has used them yet."""
        ...

    def owed_back(self) -> tuple[Attempt, ...]:
        """What a company refused to give back for a refund in the books, and was not given back by another try."""
        ...

    def by_id(self, attempt_id: str) -> Attempt | None: ...
    def by_trade(self, trade_number: str) -> Attempt | None:
        """The payment with that trade number."""
        ...

    def refunds_of(self, trade_number: str) -> tuple[Attempt, ...]: ...
    def of_document(self, sale_id: str) -> tuple[Attempt, ...]:
        """Every attempt for that sale or refund, oldest first."""
        ...

    def by_code(self, code_hash: str) -> tuple[Attempt, ...]: ...
    def between(self, start: str, end: str) -> tuple[Attempt, ...]:
        """Those noted from `start` up to, without, `end` (ISO 8601, one offset), refunds too."""
        ...


class Provider(Protocol):
    """One company that takes money by a payment code. An unclear result is a state, never an exception.

    An answer names the trade number, amount and currency it is about; the deed believes no other.
    """

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> TenderKind:
        """What its money is called among the tenders."""
        ...

    def take(self, amount: Money, *, code: str, trade_number: str) -> Take:
        """Asks for `amount` from the wallet behind `code`. `trade_number` is ours and never used twice."""
        ...

    def query(self, trade_number: str) -> Take:
        """What became of it; `unknown` with reason `no_such_trade` where it never arrived."""
        ...

    def reverse(self, trade_number: str) -> Take:
        """Asks to undo it whatever became of it: `closed`, or `unknown` with `recall` when it must be asked again."""
        ...

    def refund(self, trade_number: str, *, refund_number: str, amount: Money, whole: Money) -> Take:
        """Gives back `amount` of the `whole` payment; the same `refund_number` never gives back twice."""
        ...

    def query_refund(self, trade_number: str, refund_number: str) -> Take:
        """What became of a refund."""
        ...
