"""Taking money through a provider: noted on disk before anything is sent.

A till that loses power between sending and hearing finds the attempt again at its next start and asks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.till.ports import Clock, Ids, Provider, Shop
from storeapp.till.records import Attempt

QUERIES = 9


def take(
    shop: Shop,
    provider: Provider,
    *,
    amount: Money,
    code: str,
    sale_id: str,
    clock: Clock,
    ids: Ids,
    wait: Callable[[float], None],
) -> Take:
    """Asks `provider` for `amount` and keeps asking until it knows or the queries are used up.

    `wait` sleeps that many seconds between queries. An answer that never comes leaves the attempt unsettled.
    """
    attempt = Attempt(ids.new(), sale_id, provider.name, amount.fen, "sent", clock.now().isoformat())
    _note(shop, attempt)
    answer = provider.take(amount, code=code, trade_number=attempt.attempt_id)
    for _ in range(QUERIES):
        if answer.is_final:
            break
        wait(5.0)
        answer = provider.query(attempt.attempt_id)
    _note(shop, replace(attempt, state=_kept(answer)))
    return answer


def unsettled(shop: Shop) -> tuple[Attempt, ...]:
    """Attempts whose end nobody knows."""
    with shop.reading() as books:
        return books.attempts.unsettled()


def ask_again(shop: Shop, provider: Provider) -> tuple[Attempt, ...]:
    """Asks about every unsettled attempt of `provider`; answers those that are settled now."""
    settled = []
    for attempt in unsettled(shop):
        if attempt.provider == provider.name:
            answer = provider.query(attempt.attempt_id)
            now = replace(attempt, state=_kept(answer))
            _note(shop, now)
            if answer.is_final:
                settled.append(now)
    return tuple(settled)


def _kept(answer: Take) -> str:
    """Still waiting when nobody asks any more is not knowing."""
    return answer.state if answer.is_final else "unknown"


def _note(shop: Shop, attempt: Attempt) -> None:
    with shop.writing() as books:
        books.attempts.put(attempt)
