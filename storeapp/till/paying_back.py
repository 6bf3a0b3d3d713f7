"""Giving money back through the provider that took it: noted first, never twice, never more than was taken."""

from __future__ import annotations

from dataclasses import dataclass

from storeapp.domain.attempt import REFUND_OPEN, after, heard_refund
from storeapp.domain.money import Money
from storeapp.domain.payment import Take, refund_number
from storeapp.errors import Refused
from storeapp.till.paying import Providers, answer_of, provider_of, settled
from storeapp.till.ports import Books, Clock, Ids, Pace, Provider, Shop
from storeapp.till.records import Attempt

ASK_AFTER_S = (1.0, 2.0, 5.0)
"""Pauses before each question about a refund nobody confirmed; after the last it is asked about in the background."""


@dataclass(eq=False)
class GivesBackTooMuch(Refused):
    """Of payment `trade_number` only `left_fen` can still be given back."""

    trade_number: str
    left_fen: int
    word = "gives_back_too_much"


@dataclass(eq=False)
class NothingToGiveBack(Refused):
    """Payment `trade_number` holds no money: it is `state` ("" where there is no such payment)."""

    trade_number: str
    state: str
    word = "nothing_to_give_back"


@dataclass(frozen=True, slots=True)
class GiveBack:
    """`amount` of the payment `trade_number`, for `document_id`: asked twice for one document it is given once."""

    trade_number: str
    amount: Money
    document_id: str
    by: str = ""


def refund(shop: Shop, provider: Provider, back: GiveBack, *, clock: Clock, ids: Ids, pace: Pace) -> Attempt:
    """Gives money back; answers the attempt: refunded, failed, or refund_unknown (asked about until it is known).

    Raises GivesBackTooMuch or NothingToGiveBack, and then nothing was sent.
    """
    with shop.writing() as books:
        attempt, whole = noted(books, back, clock=clock, ids=ids)
    return push(shop, provider, attempt, whole=whole, clock=clock, pace=pace)


def noted(books: Books, back: GiveBack, *, clock: Clock, ids: Ids) -> tuple[Attempt, Money]:
    """Notes the refund in the caller's transaction, before anything is sent; answers it and the whole payment."""
    payment = books.attempts.by_trade(back.trade_number)
    if payment is None or payment.state not in ("paid", "paid_late"):
        raise NothingToGiveBack(back.trade_number, "" if payment is None else payment.state)
    earlier = books.attempts.refunds_of(back.trade_number)
    for refund in earlier:
        if refund.sale_id == back.document_id and refund.state != "failed":
            return refund, Money(payment.fen)
    left_fen = payment.fen - sum(refund.fen for refund in earlier if refund.state != "failed")
    if not 0 < back.amount.fen <= left_fen:
        raise GivesBackTooMuch(back.trade_number, left_fen)
    attempt_id = ids.new()
    attempt = Attempt(
        attempt_id=attempt_id,
        sale_id=back.document_id,
        provider=payment.provider,
        fen=back.amount.fen,
        state=after("created", "send_refund"),
        at=clock.now().isoformat(),
        kind="refund",
        tender=payment.tender,
        trade_number=payment.trade_number,
        refund_number=refund_number(attempt_id),
        by=back.by,
    )
    books.attempts.put(attempt)
    return attempt, Money(payment.fen)


def push(shop: Shop, provider: Provider, attempt: Attempt, *, whole: Money, clock: Clock, pace: Pace) -> Attempt:
    """Sends a noted refund and asks about it. Sent again it bears the same number, so it is never given twice."""
    if attempt.state not in REFUND_OPEN:
        return attempt
    trade, number, amount = attempt.trade_number, attempt.refund_number, Money(attempt.fen)

    def send() -> Take:
        return provider.refund(trade, refund_number=number, amount=amount, whole=whole)

    answer = answer_of(attempt, send)
    attempt = _meet(shop, attempt, answer, clock)
    for pause in ASK_AFTER_S:
        if attempt.state not in REFUND_OPEN:
            break
        pace.wait(pause)
        answer = answer_of(attempt, lambda: provider.query_refund(trade, number))
        if answer.reason == "no_such_refund":
            answer = answer_of(attempt, send)
        attempt = _meet(shop, attempt, answer, clock)
    return attempt


def resume_refunds(shop: Shop, providers: Providers, *, clock: Clock, pace: Pace) -> tuple[Attempt, ...]:
    """Goes on with every refund whose end nobody knows; answers how they stand."""
    with shop.reading() as books:
        left = [(one, whole_of(books, one)) for one in books.attempts.open() if one.kind == "refund"]
    done = []
    for attempt, whole in left:
        provider = provider_of(attempt, providers)
        if provider is not None:
            done.append(push(shop, provider, attempt, whole=whole, clock=clock, pace=pace))
    return tuple(done)


def whole_of(books: Books, refund: Attempt) -> Money:
    """What the payment behind a refund had taken."""
    payment = books.attempts.by_trade(refund.trade_number)
    return Money(refund.fen if payment is None else payment.fen)


def _meet(shop: Shop, attempt: Attempt, answer: Take, clock: Clock) -> Attempt:
    state = after(attempt.state, heard_refund(answer))
    if (state, answer.reason) == (attempt.state, attempt.reason):
        return attempt
    with shop.writing() as books:
        now = books.attempts.by_id(attempt.attempt_id)
        if now is not None and now.state != attempt.state:
            # somebody else follows it too and was quicker
            return now
        at = clock.now().isoformat()
        changed = settled(books, attempt, state, at=at, reason=answer.reason, ref=answer.ref or attempt.ref)
        if state == "refunded":
            _close_payment(books, changed, at=at)
    return changed


def _close_payment(books: Books, refund: Attempt, *, at: str) -> None:
    """A payment that was given back wholly holds no money any more."""
    payment = books.attempts.by_trade(refund.trade_number)
    back = sum(one.fen for one in books.attempts.refunds_of(refund.trade_number) if one.state == "refunded")
    if payment is not None and payment.state in ("paid", "paid_late") and back >= payment.fen:
        settled(books, payment, after(payment.state, "refunded"), at=at)
