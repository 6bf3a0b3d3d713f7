"""Monthly gifts, granted by the night: each on its day or as soon as the till is on again, once, and none too early.

A grant's id follows from its top-up and its number: run again, or killed half way, nothing is given twice. Nothing is
given any more once its top-up was paid back. What would lift a card over the law's limit waits until there is room.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account
from storeapp.domain.monthly_gift import MONTHS_MOST, due_by, due_on, grant_id
from storeapp.domain.top_up import NAMED_MOST
from storeapp.domain.value_doc import BONUS_COST, ValueDoc
from storeapp.till.deposits import deposits
from storeapp.till.moments import local_moment, today
from storeapp.till.names import current
from storeapp.till.ports import Books, Clock, Shop
from storeapp.till.posting import post
from storeapp.till.top_ups import held

KIND = "topup_bonus"
_LONGEST = timedelta(days=31 * (MONTHS_MOST + 1))


@dataclass(frozen=True, slots=True)
class Granted:
    """How many gifts the night gave, and how much in all."""

    gifts: int = 0
    fen: int = 0


@dataclass(frozen=True, slots=True)
class Promise:
    """What is still to come of one top-up: `left` gifts of `each_fen`, the next one on `next_on` (ISO date)."""

    number: str
    each_fen: int
    left: int
    next_on: str

    @property
    def fen(self) -> int:
        return self.each_fen * self.left


def grant_due(shop: Shop, *, clock: Clock) -> Granted:
    """Gives what is due; one commit a top-up."""
    with shop.reading() as books:
        on = today(books, clock)
        waiting = [
            doc for doc in books.values.promised(since=(on - _LONGEST).isoformat()) if any(_open(books, doc, on))
        ]
    gifts = fen = 0
    for doc in waiting:
        with shop.writing() as books:
            at = local_moment(books, clock.now()).isoformat()
            for n in tuple(_open(books, doc, on)):
                txn = _entry(books, doc, n, on=on, at=at)
                if txn is not None and post(books, txn, {"reason": "monthly", "receipt": doc.number, "nth": n}):
                    gifts, fen = gifts + 1, fen + doc.monthly_fen
    return Granted(gifts, fen)


def promises(books: Books, member_id: str) -> tuple[Promise, ...]:
    """What is still to come for her, the oldest top-up first."""
    mine = [doc for doc in books.values.of_member(member_id) if doc.months]
    if not mine:
        return ()
    ended = {each.lot_id for each in deposits(books, member_id) if each.was_paid_back}
    return tuple(told for doc in mine if doc.doc_id not in ended and (told := _promise(books, doc)) is not None)


def promised_fen(books: Books, *, on: date) -> int:
    """What all members were promised by that day and had not been given then."""
    total = 0
    for doc in books.values.promised(since=(on - _LONGEST).isoformat()):
        paid_on = date.fromisoformat(doc.business_date)
        if paid_on <= on and not _is_over(books, doc):
            total += doc.monthly_fen * (doc.months - len(due_by(paid_on, doc.months, on)))
            total += doc.monthly_fen * sum(1 for _ in _open(books, doc, on))
    return total


def _promise(books: Books, doc: ValueDoc) -> Promise | None:
    left = [n for n in range(1, doc.months + 1) if books.ledger.txn(grant_id(doc.doc_id, n)) is None]
    if not left:
        return None
    day = due_on(date.fromisoformat(doc.business_date), left[0])
    return Promise(doc.number, doc.monthly_fen, len(left), day.isoformat())


def _open(books: Books, doc: ValueDoc, on: date) -> Iterator[int]:
    """Which of its gifts are due and not given."""
    for n in due_by(date.fromisoformat(doc.business_date), doc.months, on):
        if books.ledger.txn(grant_id(doc.doc_id, n)) is None:
            yield n


def _is_over(books: Books, doc: ValueDoc) -> bool:
    """Whether she is gone, or the top-up was paid back."""
    member_id = current(books, doc.member_id)
    if books.members.by_id(member_id) is None:
        return True
    # most members never have anything paid back: their lots need not be read
    if all(each.is_top_up for each in books.values.of_member(member_id)):
        return False
    return any(each.was_paid_back for each in deposits(books, member_id) if each.lot_id == doc.doc_id)


def _entry(books: Books, doc: ValueDoc, n: int, *, on: date, at: str) -> Txn | None:
    """None for what nobody is owed any more, and for what has no room on her card yet."""
    if _is_over(books, doc):
        return None
    member_id, lasts = current(books, doc.member_id), books.policy.in_force().whole("stored_value.bonus_days")
    principal, bonus = held(books, member_id)
    if principal.fen + bonus.fen + doc.monthly_fen > NAMED_MOST.fen:
        return None
    until = (on + timedelta(days=lasts)).isoformat() if lasts else None
    txn_id, account = grant_id(doc.doc_id, n), bonus_account(member_id)
    legs = (Leg(account, "fen", doc.monthly_fen), Leg(BONUS_COST, "fen", -doc.monthly_fen))
    return Txn(txn_id, KIND, at, legs, member_id, lots=(LotMove(account, txn_id, doc.monthly_fen, until),))
