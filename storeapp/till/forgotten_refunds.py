"""What comes back to somebody who had herself forgotten: her account is closed, and the drawer gives what she paid in.

Goods she had paid for with her own come back by the very legs of their sale, onto an account nobody can use any more.
What is principal there is paid out at once, as a document of its own; what was given on top goes with it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from storeapp.domain.ledger import LotMove, bonus_account, principal_account
from storeapp.domain.refund import Refund
from storeapp.domain.value_doc import ValueDoc
from storeapp.till.names import current, member_now
from storeapp.till.numbering import headed
from storeapp.till.ports import Books, Ids
from storeapp.till.top_ups import ValueDone, held, written


def pay_out(books: Books, made: Refund, *, prints: bool, ids: Ids) -> ValueDone | None:
    """Pays out what this refund brought back to a closed account; None where there is nothing, or she is a member."""
    if made.member_id is None or member_now(books, made.member_id) is not None:
        return None
    member_id = current(books, made.member_id)
    principal, bonus = held(books, member_id)
    if principal.fen <= 0:
        return None
    at, day = datetime.fromisoformat(made.at), date.fromisoformat(made.business_date)
    number, head = headed(books, at, day, by=made.cashier)
    doc = ValueDoc(
        **head,
        doc_id=ids.new(),
        number=number,
        kind="topup_refund",
        member_id=member_id,
        money_fen=principal.fen,
        tender="cash",
        principal_fen=principal.fen,
        bonus_fen=bonus.fen,
        principal_after=0,
        bonus_after=0,
        cause="customer",
        reason=made.receipt,
        training=books.device.is_training,
    )
    return written(books, doc, request_hash="", prints=prints, ids=ids, moves=tuple(_all_of(books, member_id)))


def _all_of(books: Books, member_id: str) -> Iterator[LotMove]:
    for account in (principal_account(member_id), bonus_account(member_id)):
        for lot in books.ledger.lots_of(account):
            if lot.remaining:
                yield LotMove(account, lot.lot_id, -lot.remaining)
