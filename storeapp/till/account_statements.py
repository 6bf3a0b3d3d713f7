"""Account statements: a member's, gathered from the ledger, which must come to what lies on her accounts now."""

from __future__ import annotations

from datetime import date, datetime

from storeapp.domain.account_statement import Movement, Statement, Sums, moved_by, statement
from storeapp.domain.ledger import bonus_account, owed_account, points_account, principal_account
from storeapp.domain.member import UnknownMember
from storeapp.till.card_history import history_of
from storeapp.till.moments import day_of, in_zone
from storeapp.till.ports import Books

_EVERY = 1_000_000


def statement_of(books: Books, member_id: str, *, since: date, until: date) -> Statement:
    """Hers, both days in it; raises UnknownMember."""
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    policy, moved, told = books.policy.in_force(), dict[str, Sums](), dict[str, tuple[str, str]]()
    for name in (principal_account, bonus_account, points_account, owed_account):
        for txn in books.ledger.history(name(member_id), limit=_EVERY):
            moved[txn.txn_id], told[txn.txn_id] = moved_by(txn, member_id), (txn.at, txn.kind)
    # one sale may take of two cards
    for move in history_of(books, member_id):
        sums = Sums(times=move.times, cards_fen=move.worth_fen)
        moved[move.txn_id] = moved.get(move.txn_id, Sums()) + sums
        told.setdefault(move.txn_id, (move.at, move.kind))
    dated = sorted((datetime.fromisoformat(at), txn_id, kind) for txn_id, (at, kind) in told.items())
    days = ((day_of(in_zone(at, policy), policy).isoformat(), txn_id, kind) for at, txn_id, kind in dated)
    movements = [Movement(txn_id, kind, day, moved[txn_id]) for day, txn_id, kind in days]
    return statement(movements, since=since.isoformat(), until=until.isoformat())
