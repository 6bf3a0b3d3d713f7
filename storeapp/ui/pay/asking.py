"""One question to a wallet's company after the other, until each is clear: paid, refused, taken back, or decided about.

How a question stands is read from the books, where it was noted before it was sent: the window may close at any moment.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from storeapp.domain.money import Money
from storeapp.domain.staff import Right
from storeapp.domain.tender import TenderKind
from storeapp.errors import Refused
from storeapp.till.paying import Asked as Question
from storeapp.till.paying import tender_of
from storeapp.till.paying_back import GiveBack
from storeapp.till.records import Attempt
from storeapp.till.settling import Decision, Say, action
from storeapp.ui.approval.ask import Ask
from storeapp.ui.desk import Desk
from storeapp.ui.pay.state import Asked, Given, PayState
from storeapp.ui.pay.wallets import Left, Wallets


@dataclass(eq=False)
class PaymentRefused(Refused):
    """The provider took nothing, for `reason`."""

    reason: str
    word = "payment_refused"


class Host(Protocol):
    """The payment a question belongs to."""

    state: PayState

    @property
    def sale_id(self) -> str: ...
    @property
    def cashier(self) -> str: ...
    def show(self, state: PayState) -> None: ...
    def refuse(self, error: Refused) -> None:
        """Nothing was taken: the cashier acts again."""
        ...

    def add(self, given: Given) -> None:
        """Money that was taken lies on the counter."""
        ...

    def take_off(self, trade_number: str) -> None:
        """That money lies there no more."""
        ...

    def tell(self, error: Exception) -> None: ...
    def done(self, word: str) -> None: ...
    def free(self) -> None:
        """What was scanned meanwhile goes into the basket."""
        ...


def given_of(attempt: Attempt) -> Given:
    """The tender a paid attempt is; its own number proves it."""
    return Given(tender_of(attempt), attempt.trade_number)


class Asking:
    """At most one question is open at a time."""

    def __init__(self, desk: Desk, wallets: Wallets, host: Host, ask: Ask) -> None:
        self._desk, self._wallets, self._host, self._ask = desk, wallets, host, ask
        self._since: datetime | None = None

    def begin(self, kind: TenderKind, amount: Money, code: str) -> None:
        """Asks for the money behind a code."""
        host = self._host
        self._open(Asked(kind, amount))
        question = Question(amount, code, host.sale_id, by=host.cashier)
        self._wallets.ask(kind, question, ok=self._answered, fail=self._failed)

    def go_on(self, left: Left) -> None:
        """After a start: the question that was open when the last one ended."""
        attempt = left.open
        if attempt is None:
            return
        if attempt.state in ("suspense", "paid_late"):
            self._answered(attempt)
            return
        self._open(Asked(attempt.tender, Money(attempt.fen), trade_number=attempt.trade_number))
        self._wallets.ask_again(attempt.trade_number, ok=self._answered, fail=self._failed)

    def again(self) -> None:
        """The company never said what became of it: asks once more."""
        asked = self._host.state.asked
        if self._host.state.step == "unclear" and asked is not None:
            self._open(asked)
            self._wallets.ask_again(asked.trade_number, ok=self._answered, fail=self._failed)

    def look(self) -> None:
        """Somebody else may have heard how it ended: the books are asked, and nobody else."""
        if self._host.state.step == "unclear" and self._host.state.asked is not None:
            now = self._wallets.now(self._host.sale_id)
            if now is not None and now.state != "suspense":
                self._answered(now)

    def tick(self) -> None:
        """Every second: how long it takes already, and what the phone shows meanwhile."""
        state = self._host.state
        if state.asked is None or self._since is None or state.step != "asking":
            return
        seconds = max(0, int((self._desk.clock.now() - self._since).total_seconds()))
        now = self._wallets.now(self._host.sale_id)
        asked = replace(state.asked, seconds=seconds)
        if now is not None:
            asked = replace(
                asked,
                wants_password=now.state == "waiting",
                is_reversing=now.state == "reversing",
                trade_number=now.trade_number,
            )
        if asked != state.asked:
            self._host.show(replace(state, asked=asked))

    def accept_late(self) -> None:
        """The money came after all, when nobody waited for it any more: it counts, with a manager's yes."""
        self._decide("accept_late_payment", "accept", "late")

    def set_aside(self) -> None:
        """Nobody knows: the sale goes on without this payment, with a manager's yes, and the list keeps it."""
        self._decide("settle_suspense", "other_means", "unclear")

    def give_late_back(self) -> None:
        """The money came too late and goes back as a whole, with a manager's yes."""
        asked = self._host.state.asked
        if self._host.state.step != "late" or asked is None:
            return

        def go(approval_id: str | None) -> None:
            self._host.show(replace(self._host.state, step="giving_back"))
            say = Say(self._host.cashier, approval_id=approval_id)
            self._wallets.give_all_back(asked.trade_number, say, ok=self._late_went_back, fail=self._undecided)

        self._approved("settle_suspense", asked, "give_back", go)

    def give_back(self, given: Given) -> None:
        """A part that was taken goes back to the customer's wallet."""
        host, tender = self._host, given.tender
        back = GiveBack(given.trade_number, tender.amount, host.sale_id, by=host.cashier)
        host.show(replace(host.state, step="giving_back", refused=None))
        self._wallets.give_back(tender.kind, back, ok=self._went_back, fail=self._not_back)

    # inside

    def _open(self, asked: Asked) -> None:
        self._since = self._desk.clock.now()
        self._host.show(
            replace(self._host.state, step="asking", refused=None, said="", asked=replace(asked, seconds=0))
        )

    def _answered(self, attempt: Attempt) -> None:
        host = self._host
        asked = Asked(attempt.tender, Money(attempt.fen), trade_number=attempt.trade_number)
        if attempt.state == "paid":
            host.add(given_of(attempt))
        elif attempt.state == "paid_late":
            host.show(replace(host.state, step="late", asked=asked, said=attempt.reason))
        elif attempt.state in ("failed", "reversed", "refunded"):
            host.refuse(PaymentRefused("taken_back" if attempt.state != "failed" else attempt.reason))
        else:
            host.show(replace(host.state, step="unclear", asked=asked, said=attempt.reason))

    def _failed(self, error: Exception) -> None:
        host = self._host
        if isinstance(error, Refused):
            host.refuse(error)  # nothing was sent
            return
        now = self._wallets.now(host.sale_id)
        if now is not None:
            self._answered(now)
        host.tell(error)

    def _decide(self, right: Right, decision: Decision, step: str) -> None:
        asked = self._host.state.asked
        if self._host.state.step != step or asked is None:
            return

        def go(approval_id: str | None) -> None:
            say = Say(self._host.cashier, approval_id=approval_id)
            self._wallets.settle(asked.trade_number, decision, say, ok=self._decided, fail=self._undecided)

        self._approved(right, asked, decision, go)

    def _approved(self, right: Right, asked: Asked, decision: str, go: Callable[[str | None], None]) -> None:
        self._ask(
            right,
            action(asked.trade_number, asked.amount.fen, decision),
            then=go,
            about=asked.trade_number[-6:],
            amount=asked.amount,
        )

    def _decided(self, attempt: Attempt) -> None:
        if attempt.state == "paid":
            self._answered(attempt)
        else:
            self._host.free()
            self._host.show(replace(self._host.state, step="ready", asked=None, said=""))
            self._host.done("set_aside")

    def _undecided(self, error: Exception) -> None:
        host = self._host
        now = self._wallets.now(host.sale_id)
        if now is not None:
            self._answered(now)
        host.tell(error)

    def _late_went_back(self, refund: Attempt) -> None:
        if refund.state == "failed":
            self._undecided(PaymentRefused(refund.reason))
            return
        self._host.free()
        self._host.show(replace(self._host.state, step="ready", asked=None, said=""))
        self._host.done("given_back" if refund.state == "refunded" else "giving_back_unclear")

    def _went_back(self, refund: Attempt) -> None:
        host = self._host
        if refund.state == "failed":
            self._not_back(PaymentRefused(refund.reason))
            return
        # a sale may not count money that is perhaps on its way back
        host.take_off(refund.trade_number)
        host.done("given_back" if refund.state == "refunded" else "giving_back_unclear")

    def _not_back(self, error: Exception) -> None:
        host = self._host
        host.show(replace(host.state, step="ready"))
        host.tell(error)
