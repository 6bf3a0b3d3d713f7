"""Account statements: a member's, gathered from the ledger, which must come to what lies on her accounts now."""

from __future__ import annotations

from datetime import date, datetime

from storeapp.domain.account_statement import Statement, statement
from storeapp.domain.ledger import bonus_account, owed_account, points_account, principal_account
from storeapp.domain.member import UnknownMember
from storeapp.till.moments import day_of, in_zone
from storeapp.till.ports import Books

_EVERY = 1_000_000


def statement_of(books: Books, member_id: str, *, since: date, until: date) -> Statement:
    """Hers, both days in it; raises UnknownMember."""
    if books.members.by_id(member_id) is None:
        raise UnknownMember
    policy, found = books.policy.in_force(), {}
    for name in (principal_account, bonus_account, points_account, owed_account):
        for txn in books.ledger.history(name(member_id), limit=_EVERY):
            found[txn.txn_id] = txn
    dated = [(datetime.fromisoformat(txn.at), txn) for txn in found.values()]
    dated.sort(key=lambda pair: (pair[0], pair[1].txn_id))
    days = [(day_of(in_zone(at, policy), policy).isoformat(), txn) for at, txn in dated]
    return statement(days, member_id, since=since.isoformat(), until=until.isoformat())
