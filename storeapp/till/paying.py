"""Taking money through a provider: noted on disk before anything is sent, and followed to its end.

A till that loses power between sending and hearing finds the attempt again at its next start and asks. One sale has
at most one attempt whose end is open; money is only counted for `paid`, proven by an answer that names it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from storeapp.domain.attempt import (
    FINAL,
    OPEN,
    UNSETTLED,
    AttemptState,
    Event,
    after,
    heard,
    heard_reversing,
    is_overdue,
    next_move,
    patience_of,
)
from storeapp.domain.money import Money
from storeapp.domain.payment import (
    CODE_LIFE_S,
    NOT_SENT,
    CodeUsed,
    NoPaymentCode,
    Take,
    believed,
    code_hash,
    route,
    trade_number,
)
from storeapp.domain.tender import BadTender, Tender, TenderKind
from storeapp.errors import Refused, StoreappError
from storeapp.till.ports import Books, Clock, Ids, Pace, Provider, Shop
from storeapp.till.records import Attempt

Providers = Mapping[TenderKind, Provider]


@dataclass(eq=False)
class PaymentOpen(Refused):
    """This sale is being paid for already: `trade_number` is `state`."""

    trade_number: str
    state: str
    word = "payment_open"


@dataclass(eq=False)
class PaymentUnsettled(Refused):
    """Money of this sale is unaccounted for: `trade_number` is `state`, and a manager has to settle it first."""

    trade_number: str
    state: str
    word = "payment_unsettled"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: `amount` from the wallet behind `code`, for the sale that will be `sale_id`."""

    amount: Money
    code: str
    sale_id: str
    by: str = ""


def take(shop: Shop, provider: Provider, asked: Asked, *, clock: Clock, ids: Ids, pace: Pace) -> Attempt:
    """Asks `provider` for money and follows the attempt until it is paid, failed, reversed or waits for a manager.

    Takes as long as the provider's patience and the reversal do; never call it on the screen's thread. Raises
    NoPaymentCode, CodeUsed, PaymentOpen or PaymentUnsettled, and then nothing was sent.
    """
    kind = route(asked.code)
    if kind is None or provider.kind not in (kind, "simulated"):
        raise NoPaymentCode
    if asked.amount.fen <= 0:
        raise BadTender(provider.kind, asked.amount.fen)
    with shop.writing() as books:
        attempt = _noted(books, provider, asked, clock=clock, ids=ids)
    # committed: from here on a crash finds it again
    sent = pace.elapsed()
    said = _said(lambda: provider.take(asked.amount, code=asked.code, trade_number=attempt.trade_number))
    attempt = _meet(shop, attempt, heard(attempt.state, _weighed(attempt, said), sure_s=0.0, tries=0), said, clock)
    return follow(shop, provider, attempt, age_s=pace.elapsed() - sent, clock=clock, pace=pace)


def follow(shop: Shop, provider: Provider, attempt: Attempt, *, age_s: float, clock: Clock, pace: Pace) -> Attempt:
    """Asks about an open attempt sent `age_s` ago, and has it reversed when its time is up."""
    watched, tries, patience = pace.elapsed(), 0, patience_of(attempt.provider)
    while attempt.state in OPEN:
        sure_s = pace.elapsed() - watched
        move = next_move(attempt.state, age_s=age_s + sure_s, sure_s=sure_s, patience=patience, tries=tries)
        pace.wait(move.wait_s)
        if move.deed == "query":
            answer = _query(provider, attempt)
            attempt = _meet(shop, attempt, heard(attempt.state, answer, sure_s=0.0, tries=0), answer, clock)
            if attempt.state in OPEN and is_overdue(age_s + pace.elapsed() - watched, patience):
                # the last question is asked: reversed at once, or a payment could slip in between
                attempt = _meet(shop, attempt, "deadline", answer, clock)
        elif move.deed == "reverse":
            tries += 1
            attempt = _reverse(shop, provider, attempt, tries=tries, sure_s=pace.elapsed() - watched, clock=clock)
        else:
            attempt = _meet(shop, attempt, "give_up", Take("unknown", reason=attempt.reason), clock)
    return attempt


def resume(shop: Shop, providers: Providers, *, clock: Clock, pace: Pace) -> tuple[Attempt, ...]:
    """Follows every open attempt to its end, as after a crash; answers how they stand. Before the till opens."""
    with shop.reading() as books:
        left = [attempt for attempt in books.attempts.open() if attempt.kind == "take"]
    done = []
    for attempt in left:
        provider = provider_of(attempt, providers)
        if provider is not None:
            age_s = age_of(attempt, clock.now())
            done.append(follow(shop, provider, attempt, age_s=age_s, clock=clock, pace=pace))
    return tuple(done)


def ask_suspense(shop: Shop, providers: Providers, *, clock: Clock) -> tuple[Attempt, ...]:
    """One more question about each attempt on the suspense list; answers those whose end is known now."""
    with shop.reading() as books:
        listed = [attempt for attempt in books.attempts.unsettled() if attempt.state == "suspense"]
    done = []
    for attempt in listed:
        provider = provider_of(attempt, providers)
        if provider is None:
            continue
        answer = _query(provider, attempt)
        event = heard(attempt.state, answer, sure_s=0.0, tries=0)
        if event in ("waiting", "unknown"):
            _said(partial(provider.reverse, attempt.trade_number))
            answer = _query(provider, attempt)
            # whatever stands on the list was watched for longer than a code lives
            event = heard(attempt.state, answer, sure_s=CODE_LIFE_S, tries=1)
        attempt = _meet(shop, attempt, event, answer, clock)
        if attempt.state != "suspense":
            done.append(attempt)
    return tuple(done)


def provider_of(attempt: Attempt, providers: Providers) -> Provider | None:
    """The provider that was asked, if this till still has it."""
    found = providers.get(attempt.tender)
    return found if found is not None and found.name == attempt.provider else None


def age_of(attempt: Attempt, now: datetime) -> float:
    """Seconds since it was noted; none by a clock that was put back."""
    return max(0.0, (now - datetime.fromisoformat(attempt.at)).total_seconds())


def tender_of(attempt: Attempt) -> Tender:
    """What a paid attempt counts as in a sale."""
    return Tender(attempt.tender, Money(attempt.fen), ref=attempt.trade_number)


def left_open(shop: Shop) -> tuple[Attempt, ...]:
    """Attempts whose end nobody knows."""
    with shop.reading() as books:
        return books.attempts.open()


def settled(
    books: Books, attempt: Attempt, state: AttemptState, *, at: str, reason: str = "", ref: str = "", approver: str = ""
) -> Attempt:
    """Notes the attempt in `state`; an end is told to the journal."""
    changed = replace(
        attempt, state=state, reason=reason, ref=ref or attempt.ref, approver=approver or attempt.approver
    )
    if state != attempt.state and (state in FINAL or state in UNSETTLED):
        changed = replace(changed, ended_at=at)
        books.journal.append("payment", told(changed), at=at)
    books.attempts.put(changed)
    return changed


def told(attempt: Attempt) -> dict[str, object]:
    """The journal's word about an attempt: no code, no payer."""
    body: dict[str, object] = {
        "attempt": attempt.attempt_id,
        "kind": attempt.kind,
        "provider": attempt.provider,
        "tender": attempt.tender,
        "trade": attempt.trade_number,
        "document": attempt.sale_id,
        "fen": attempt.fen,
        "state": attempt.state,
        "reason": attempt.reason,
        "ref": attempt.ref,
        "by": attempt.by,
    }
    if attempt.refund_number:
        body["refund"] = attempt.refund_number
    if attempt.approver:
        body["approver"] = attempt.approver
    return body


# inside


def _noted(books: Books, provider: Provider, asked: Asked, *, clock: Clock, ids: Ids) -> Attempt:
    for other in books.attempts.of_document(asked.sale_id):
        if other.kind == "take" and other.state in OPEN:
            raise PaymentOpen(other.trade_number, other.state)
        if other.state in UNSETTLED and not other.approver:
            raise PaymentUnsettled(other.trade_number, other.state)
    hashed = code_hash(asked.code, salt=books.device.db_uuid)
    if any(other.reason != NOT_SENT for other in books.attempts.by_code(hashed)):
        raise CodeUsed
    attempt_id = ids.new()
    attempt = Attempt(
        attempt_id=attempt_id,
        sale_id=asked.sale_id,
        provider=provider.name,
        fen=asked.amount.fen,
        state=after("created", "send"),
        at=clock.now().isoformat(),
        tender=provider.kind,
        trade_number=trade_number(attempt_id),
        code_hash=hashed,
        by=asked.by,
    )
    books.attempts.put(attempt)
    return attempt


def _reverse(shop: Shop, provider: Provider, attempt: Attempt, *, tries: int, sure_s: float, clock: Clock) -> Attempt:
    undone = _said(lambda: provider.reverse(attempt.trade_number))
    answer = _query(provider, attempt)
    event = heard_reversing(undone, answer, sure_s=sure_s, tries=tries)
    return _meet(shop, attempt, event, answer, clock)


def answer_of(attempt: Attempt, ask: Callable[[], Take]) -> Take:
    """What the provider says of this attempt, as far as it can be believed."""
    return _weighed(attempt, _said(ask))


def _query(provider: Provider, attempt: Attempt) -> Take:
    return answer_of(attempt, lambda: provider.query(attempt.trade_number))


def _weighed(attempt: Attempt, answer: Take) -> Take:
    return believed(answer, amount=Money(attempt.fen), trade_number=attempt.trade_number)


def _said(ask: Callable[[], Take]) -> Take:
    """The provider's answer; a world that is not there is one of not knowing."""
    try:
        return ask()
    except StoreappError as error:
        return Take("unknown", reason=error.word)


def _meet(shop: Shop, attempt: Attempt, event: Event, answer: Take, clock: Clock) -> Attempt:
    state = after(attempt.state, event)
    reason = "" if state == "paid" else answer.reason or attempt.reason
    if attempt.reason == "answer_differs" and state not in FINAL:
        reason = attempt.reason  # whatever else is said later: somebody has to look at it
    if (state, reason, answer.ref or attempt.ref) == (attempt.state, attempt.reason, attempt.ref):
        return attempt
    with shop.writing() as books:
        now = books.attempts.by_id(attempt.attempt_id)
        if now is not None and now.state != attempt.state:
            # somebody else follows it too and was quicker: what the books say holds
            return now
        at = clock.now().isoformat()
        return settled(books, now or attempt, state, at=at, reason=reason, ref=answer.ref or attempt.ref)
