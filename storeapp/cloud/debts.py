"""Points she owed and paid twice, at two tills that did not hear each other: they are hers again."""

from __future__ import annotations

from uuid import uuid4

from storeapp.cloud import members
from storeapp.cloud.posting import Posting
from storeapp.domain.ledger import Leg, Txn, debt_account, points_account

PAID_TWICE = "debt.returned"


def give_back(posting: Posting) -> None:
    """Gives back what this transaction paid of points that were owed no more; before it is finished."""
    prefix = debt_account("")
    paid = [name for (name, _), amount in posting.moved().items() if amount > 0 and name.startswith(prefix)]
    if not paid:
        return
    for (name, _), over in sorted(posting.held(paid).items()):
        if over <= 0:
            continue
        member_id = name.removeprefix(prefix)
        legs = (Leg(name, "pts", -over), Leg(points_account(member_id), "pts", over))
        txn = Txn(str(uuid4()), PAID_TWICE, posting.now_text(), legs, member_id)
        posting.txn(txn)
        posting.tell_txn(members.homes(posting, member_id), txn)
