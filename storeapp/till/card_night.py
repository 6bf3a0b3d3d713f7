"""Cards in the night: given times whose days are over leave the books, and what a membership's days earned is earned.

Each entry bears an id that follows from what it does: run again, or killed half way, it does nothing twice.
"""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID, uuid5

from storeapp.domain.card import Card, passed_fen
from storeapp.domain.card_doc import worth_account
from storeapp.domain.card_use import EARNED
from storeapp.domain.ledger import Leg, LotMove, Txn, moves_data, times_account
from storeapp.till import cards
from storeapp.till.moments import local_moment, today
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.posting import post

LAPSED, PASSED = "card.lapsed", "card.passed"
TIMES_LAPSED = "times.lapsed"
_NIGHT = UUID("3a7d1f0c-2b5e-5c46-9d0b-7f6a1c9e4b21")


def work(shop: Shop, *, clock: Clock) -> int:
    """Does what is due; answers how many cards it was about."""
    with shop.reading() as books:
        before = _lapsed_before(books, today(books, clock))
        lapsed = [name for name in books.ledger.lapsed(before) if name.startswith(times_account(""))]
        owed = [name for name, _ in books.ledger.holding(worth_account(""))]
    done = 0
    for name in (*lapsed, *owed):
        with shop.writing() as books:
            on, at = today(books, clock), local_moment(books, clock.now()).isoformat()
            # read again inside the transaction: she may be at the counter just now
            card = _sold_here(books, name.partition(":")[2])
            if card is None:
                continue
            txn = _lapse(books, card, before, at) if name.startswith(times_account("")) else _pass(card, on, at)
            said = {} if txn is None else {"reason": "expired", "lots": moves_data(txn.lots)}
            if txn is not None and post(books, txn, said):
                done += 1
    return done


def _sold_here(books: Books, card_id: str) -> Card | None:
    """A card of this till; the nights of another's are its own, and the cloud tells what they did."""
    card = cards.find_card(books, card_id)
    return None if card is None or card.sold_at else card


def _lapsed_before(books: Books, on: date) -> str:
    return (on - timedelta(days=books.policy.in_force().whole("cards.grace_days"))).isoformat()


def _lapse(books: Books, card: Card, before: str, at: str) -> Txn | None:
    """Times that were given; those she paid for stay hers, and are paid back when she asks."""
    account = times_account(card.card_id)
    over = [
        lot for lot in books.ledger.lots_of(account) if lot.remaining and lot.expires_on and lot.expires_on < before
    ]
    left = sum(lot.remaining for lot in over)
    if not left:
        return None
    name = "|".join([account, *(f"{lot.lot_id}={lot.remaining}/{lot.expires_on}" for lot in over)])
    return Txn(
        str(uuid5(_NIGHT, name)),
        LAPSED,
        at,
        (Leg(account, "times", -left), Leg(TIMES_LAPSED, "times", left)),
        card.member_id,
        lots=tuple(LotMove(account, lot.lot_id, -lot.remaining) for lot in over),
    )


def _pass(card: Card, on: date, at: str) -> Txn | None:
    """The days of a membership that are over; a card of times earns when it is used."""
    if card.kind.is_times:
        return None
    account, still = worth_account(card.card_id), card.paid_fen - passed_fen(card, on)
    earned = card.worth_fen - still
    if earned <= 0:
        return None
    legs = (Leg(account, "fen", -earned), Leg(EARNED, "fen", earned))
    return Txn(str(uuid5(_NIGHT, f"{account}|{still}")), PASSED, at, legs, card.member_id)
