"""Settling what a provider left unclear: a manager decides, the journal remembers who and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from storeapp.domain.attempt import UNSETTLED, after
from storeapp.domain.money import Money
from storeapp.domain.staff import Right
from storeapp.errors import Refused
from storeapp.till import paying_back
from storeapp.till.approvals import allow, allow_named, noting_misuse
from storeapp.till.paying import settled, told
from storeapp.till.paying_back import GiveBack, NothingToGiveBack
from storeapp.till.ports import Books, Clock, Ids, Pace, Provider, Shop
from storeapp.till.records import Attempt

Decision = Literal["accept", "other_means"]
"""accept: the money is there, the sale counts it; other_means: the sale may be paid otherwise in spite of it."""


@dataclass(eq=False)
class NothingToSettle(Refused):
    """Payment `trade_number` waits for nobody: it is `state` ("" where there is no such payment)."""

    trade_number: str
    state: str
    word = "nothing_to_settle"


@dataclass(frozen=True, slots=True)
class Say:
    """Who decides: `by` himself, a script's `approver` by name, or by an approval given at the counter."""

    by: str
    approver: str = ""
    approval_id: str | None = None
    reason: str = ""


def settle(shop: Shop, trade_number: str, decision: Decision, say: Say, *, clock: Clock, ids: Ids) -> Attempt:
    """A manager's decision about a payment that is paid_late or in suspense; answers how it stands.

    Raises NothingToSettle, and what approvals raise.
    """
    at = clock.now().isoformat()
    with noting_misuse(shop, by=say.by, clock=clock), shop.writing() as books:
        attempt = books.attempts.by_trade(trade_number)
        if attempt is None or attempt.state not in UNSETTLED:
            raise NothingToSettle(trade_number, "" if attempt is None else attempt.state)
        right: Right = "accept_late_payment" if attempt.state == "paid_late" else "settle_suspense"
        who = allowed(books, right, attempt, decision, say, at=at, ids=ids)
        if decision == "accept":
            return settled(books, attempt, after(attempt.state, "accept"), at=at, reason="accepted", approver=who)
        changed = replace(attempt, approver=who)
        books.journal.append("payment", told(changed) | {"decision": decision, "why": say.reason}, at=at)
        books.attempts.put(changed)
        return changed


def give_back(
    shop: Shop, provider: Provider, trade_number: str, say: Say, *, clock: Clock, ids: Ids, pace: Pace
) -> Attempt:
    """The whole of a payment no sale has used goes back to the customer; answers the refund's attempt.

    What a company had refused to give back for a refund is asked for once more, under another number.
    """
    at = clock.now().isoformat()
    with noting_misuse(shop, by=say.by, clock=clock), shop.writing() as books:
        refused = next((one for one in books.attempts.owed_back() if one.trade_number == trade_number), None)
        payment = refused or books.attempts.by_trade(trade_number)
        if payment is None or payment.used_by:
            raise NothingToGiveBack(trade_number, "" if payment is None else "used")
        allowed(books, "settle_suspense", payment, "give_back", say, at=at, ids=ids)
        back = GiveBack(trade_number, Money(payment.fen), payment.sale_id, by=say.by)
        attempt, whole = paying_back.noted(books, back, clock=clock, ids=ids)
    return paying_back.push(shop, provider, attempt, whole=whole, clock=clock, pace=pace)


def action(trade_number: str, fen: int, decision: str) -> dict[str, Any]:
    """What is approved: this very decision about this very payment."""
    return {"trade": trade_number, "fen": fen, "decision": decision}


def allowed(books: Books, right: Right, attempt: Attempt, decision: str, say: Say, *, at: str, ids: Ids) -> str:
    """The code of whoever lets this very decision happen; raises what approvals raise."""
    payload = action(attempt.trade_number, attempt.fen, decision)
    if say.approver:
        named = allow_named(books, right, payload, by=say.by, approver=say.approver, reason=say.reason, at=at, ids=ids)
        return named or say.by
    return allow(books, right, payload, by=say.by, approval_id=say.approval_id, at=at) or say.by
