"""Card history: what came onto a member's cards and went off them while they were hers, oldest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from storeapp.domain.card_doc import CardDoc, worth_account
from storeapp.domain.ledger import Txn, times_account
from storeapp.domain.lots import net_on
from storeapp.till.names import names_of
from storeapp.till.ports import Books

_EVERY = 1_000_000


@dataclass(frozen=True, slots=True)
class CardMove:
    """One entry on a card: `times` and what is owed (`worth_fen`) came (above zero) or went; then `left` were on it.

    `txn_id` is the entry's, or the document's of a card that went from one member to another.
    """

    txn_id: str
    kind: str
    at: str
    card_id: str
    number: str
    name: str
    times: int
    worth_fen: int
    left: int


def history_of(books: Books, member_id: str) -> tuple[CardMove, ...]:
    """Hers and of whoever was merged into her; of a card that was handed on, what others had of it is not hers."""
    names = names_of(books, member_id)
    by_card: dict[str, list[CardDoc]] = {}
    for doc in books.cards.of_member(member_id):
        by_card.setdefault(doc.card_id, []).append(doc)
    moves = [move for docs in by_card.values() for move in _moves(books, docs, names)]
    return tuple(sorted(moves, key=lambda move: (_moment(move.at), move.txn_id)))


def _moves(books: Books, docs: Sequence[CardDoc], names: Sequence[str]) -> Iterator[CardMove]:
    sold = docs[0]
    times, worth = times_account(sold.card_id), worth_account(sold.card_id)
    found = {txn.txn_id: txn for name in (times, worth) for txn in books.ledger.history(name, limit=_EVERY)}
    given = [doc for doc in docs if doc.deed == "card_given"]
    steps: list[Txn | CardDoc] = sorted([*found.values(), *given], key=lambda step: _moment(step.at))
    holder, left, owed = sold.member_id, 0, 0

    def move(txn_id: str, kind: str, at: str, came: int, fen: int) -> CardMove:
        return CardMove(txn_id, kind, at, sold.card_id, sold.number, sold.kind.name, came, fen, max(left, 0))

    for step in steps:
        if isinstance(step, Txn):
            came, fen = net_on(times, step.legs), net_on(worth, step.legs)
            left, owed = left + came, owed + fen
            if holder in names:
                yield move(step.txn_id, step.kind, step.at, came, fen)
            continue
        was_hers, is_hers, holder = holder in names, step.member_id in names, step.member_id
        if was_hers != is_hers:
            sign = 1 if is_hers else -1
            yield move(step.doc_id, step.deed, step.at, sign * left, sign * owed)


def _moment(at: str) -> datetime:
    return datetime.fromisoformat(at)
