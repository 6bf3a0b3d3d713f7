"""Cards: every till of her stores is told of each, and of every time it lost or got back.

The till that sold a card alone pays it back or hands it on. Times are taken at every till, and two that did not hear
each other may take the same one: both sales stand, and the shop earns no more of a card than was paid for it.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud import feeds, members
from storeapp.cloud.database import insert_new
from storeapp.cloud.projector.bodies import CardDocBody
from storeapp.cloud.projector.people import MemberMissing
from storeapp.cloud.projector.sales import tell_members
from storeapp.cloud.projector.work import Event, Work
from storeapp.cloud.tables.cards import card_doc
from storeapp.cloud.tables.ledgers import balance
from storeapp.cloud.tables.shops import store, till
from storeapp.domain.card_doc import worth_account
from storeapp.domain.card_use import EARNED
from storeapp.domain.ledger import Leg, Txn, times_account
from storeapp.wire import codec

SOLD = "card_sold"
DEEDS = (SOLD, "card_refund", "card_given")
LEVELLED = "card.levelled"
_ACCOUNTS = (times_account(""), worth_account(""))


@dataclass(frozen=True, slots=True)
class Standing:
    """A card of times once this transaction is finished; `moved` is what it does to the times."""

    card_id: str
    number: str
    member_id: str
    left: int
    worth_fen: int
    moved: int = 0

    @property
    def off_fen(self) -> int:
        """What is owed and must not be: more was earned than was paid, or nothing is left of what was paid for."""
        return self.worth_fen if self.worth_fen < 0 or self.left <= 0 else 0


def said(work: Work, event: Event, body: CardDocBody) -> None:
    """A card was sold, paid back or handed on. Its document is told before its entry, which knows the lots by it."""
    holders = [body.member_id, body.given_by] if body.given_by else [body.member_id]
    if not all(members.exists(work.posting, name) for name in holders):
        raise MemberMissing
    told = body.model_dump(exclude={"ledger"}) | _place(work)
    row = {
        "tenant_id": work.tenant_id,
        "doc_id": body.doc_id,
        "card_id": body.card_id,
        "member_id": body.member_id,
        "device_id": work.source.device_id,
        "told_at": work.now,
        "seq": event.seq,
        "deed": body.deed,
        "number": body.number,
        "body": codec.canonical(told).decode("utf-8"),
    }
    insert_new(work.connection, card_doc, [row])
    for store_id in sorted({home for name in holders for home in members.homes(work.posting, name)}):
        work.posting.tell(feeds.Row(feeds.members_of(store_id), "card", told))
    legs = tuple(leg.leg() for leg in body.ledger.legs)
    if legs:
        txn = Txn(body.ledger.txn_id, body.ledger.kind, event.at, legs, member_id=body.member_id)
        work.posting.txn(txn)
        tell_members(work, [txn])


def _place(work: Work) -> dict[str, str]:
    """The till that keeps the card, by the name it has here: another machine in its place keeps it on."""
    here = sa.and_(store.c.tenant_id == till.c.tenant_id, store.c.store_id == till.c.store_id)
    this = sa.and_(till.c.tenant_id == work.tenant_id, till.c.till_id == work.source.till_id)
    asked = sa.select(store.c.code, till.c.code.label("till_code")).select_from(till.join(store, here)).where(this)
    row = work.connection.execute(asked.where(store.c.tenant_id == work.tenant_id)).one()
    return {"store": row.code, "till": row.till_code}


def settle(work: Work) -> None:
    """Levels what is owed of the cards this batch touched, and tells the owner of times that were taken too often."""
    moved = work.posting.moved()
    touched = {name.partition(":")[2] for name, _ in moved if name.startswith(_ACCOUNTS)}
    _lock(work, touched)
    for card in standing(work.connection, work.tenant_id, touched, moved):
        if card.off_fen:
            owed, earned = worth_account(card.card_id), EARNED
            legs = (Leg(owed, "fen", -card.off_fen), Leg(earned, "fen", card.off_fen))
            txn = Txn(str(uuid4()), LEVELLED, work.posting.now_text(), legs, member_id=card.member_id)
            work.posting.txn(txn)
            tell_members(work, [txn])
        if card.left < 0 and card.moved < 0:
            used = [sold.receipt for sold in work.sold if _uses(sold.txn, card.card_id)]
            facts = {"card": card.number, "card_id": card.card_id, "times": -card.left, "receipts": used}
            work.posting.alarm("card_overdrawn", facts)


def _uses(txn: Txn, card_id: str) -> bool:
    return any(leg.account == times_account(card_id) for leg in txn.legs)


def _lock(work: Work, card_ids: Collection[str]) -> None:
    """Before a balance is looked at: of two tills' batches the second sees what the first did."""
    if card_ids:
        this = _of(work.tenant_id, card_ids)
        sold = sa.select(card_doc.c.doc_id).where(this, card_doc.c.deed == SOLD).order_by(card_doc.c.card_id)
        work.connection.execute(sold.with_for_update()).all()


def _of(tenant_id: str, card_ids: Collection[str]) -> sa.ColumnElement[bool]:
    return sa.and_(card_doc.c.tenant_id == tenant_id, card_doc.c.card_id.in_(sorted(card_ids)))


def standing(
    connection: sa.Connection, tenant_id: str, card_ids: Collection[str], moved: Mapping[tuple[str, str], int]
) -> Iterator[Standing]:
    """Cards of times among these whose documents are known, as `moved` leaves them."""
    if not card_ids:
        return
    this = _of(tenant_id, card_ids)
    sold = sa.select(card_doc.c.card_id, card_doc.c.number, card_doc.c.body).where(this, card_doc.c.deed == SOLD)
    rows = connection.execute(sold.order_by(card_doc.c.card_id)).all()
    times = [row for row in rows if codec.loads(row.body.encode("utf-8"))["times"]]
    held = sa.select(card_doc.c.card_id, card_doc.c.member_id).where(this)
    holders = dict(connection.execute(held.order_by(card_doc.c.told_at, card_doc.c.seq)).all())
    accounts = [kind(row.card_id) for row in times for kind in (times_account, worth_account)]
    asked = sa.select(balance.c.account, balance.c.unit, balance.c.amount).where(
        balance.c.tenant_id == tenant_id, balance.c.account.in_(accounts)
    )
    found = {(name, unit): int(amount) for name, unit, amount in connection.execute(asked)}
    for row in times:
        left, worth = (times_account(row.card_id), "times"), (worth_account(row.card_id), "fen")
        now = {key: found.get(key, 0) + moved.get(key, 0) for key in (left, worth)}
        yield Standing(row.card_id, row.number, holders[row.card_id], now[left], now[worth], moved.get(left, 0))
