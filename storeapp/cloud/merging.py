"""Merging: tills say that two members are one person, and the cloud says who stays.

Tills that do not hear each other may say different things. Every word is kept, and who stays is a function of all
words, never of the order they came in. What lies under a name that is gone moves on in the transaction that finds it
there, so that every till's books come to the same.
"""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

import sqlalchemy as sa

from storeapp.cloud import aliases, feeds, members
from storeapp.cloud.claims import rewards
from storeapp.cloud.database import insert, insert_new
from storeapp.cloud.posting import Posting
from storeapp.cloud.tables.cards import card_doc
from storeapp.cloud.tables.ledgers import ledger_leg, ledger_txn
from storeapp.cloud.tables.members import member, member_alias, member_merge
from storeapp.cloud.tables.offers import coupon, reward
from storeapp.cloud.tables.shops import tenant
from storeapp.domain import merge as rules
from storeapp.domain.ledger import Leg, Txn, debt_account, owed_account, points_account, principal_account
from storeapp.domain.merge import Held
from storeapp.wire import codec

MERGED = "member.merged"


def say(posting: Posting, words: Sequence[tuple[str, str]], *, at: str) -> None:
    """`(gone, kept)`: two are one person. Heard twice it is as if heard once."""
    connection, tenant_id = posting.connection, posting.tenant_id
    # two tills may say it of the same people at once
    mine = sa.select(tenant.c.tenant_id).where(tenant.c.tenant_id == tenant_id)
    connection.execute(mine.with_for_update(key_share=True)).one()
    insert_new(
        connection,
        member_merge,
        [{"tenant_id": tenant_id, "gone": gone, "kept": kept, "at": at} for gone, kept in words],
    )
    heard = all_said(connection, tenant_id, words[0][0])
    people = _people(connection, tenant_id, {name for pair in heard for name in pair})
    stays = rules.who_stays(heard, {name: row.joined_at for name, row in people.items()})
    were = {name: aliases.names(connection, tenant_id, name) for name in sorted(people)}
    stores = sorted({row.store_id for row in people.values()})
    _put_aliases(connection, tenant_id, stays, set(people) - {stays})
    posting.gone |= set(people) - {stays}
    if any(row.state == "erased" for row in people.values()):
        _forget(posting, stays)
    else:
        _narrow(posting, stays, sorted(set(were.values())))
        members.complete(posting, stays)
    _tell(posting, stays, sorted(set(people) - {stays}), at=at)
    _hand_over(posting, stays, sorted(people))
    for store_id in stores:
        _tell_past(posting, store_id, sorted(name for name, row in people.items() if row.store_id != store_id))
    members.tell_all_consents(posting, stays)


def all_said(connection: sa.Connection, tenant_id: str, name: str) -> list[tuple[str, str]]:
    """Every word about anybody who is the same person as this one."""
    said, known, new = set[tuple[str, str]](), set[str](), {name}
    while new:
        known |= new
        either = sa.or_(member_merge.c.gone.in_(sorted(new)), member_merge.c.kept.in_(sorted(new)))
        asked = sa.select(member_merge.c.gone, member_merge.c.kept).where(member_merge.c.tenant_id == tenant_id, either)
        said |= {(row.gone, row.kept) for row in connection.execute(asked)}
        new = {one for pair in said for one in pair} - known
    return sorted(said)


def _people(connection: sa.Connection, tenant_id: str, names: set[str]) -> dict[str, Any]:
    asked = sa.select(member.c.member_id, member.c.store_id, member.c.joined_at, member.c.state).where(
        member.c.tenant_id == tenant_id, member.c.member_id.in_(sorted(names))
    )
    return {row.member_id: row for row in connection.execute(asked)}


def _put_aliases(connection: sa.Connection, tenant_id: str, stays: str, gone: set[str]) -> None:
    old = sa.and_(member_alias.c.tenant_id == tenant_id, member_alias.c.gone.in_(sorted({stays, *gone})))
    connection.execute(sa.delete(member_alias).where(old))
    head = sa.and_(member.c.tenant_id == tenant_id, member.c.member_id == stays)
    connection.execute(sa.update(member).where(head).values(same_as=None))
    insert(connection, member_alias, [{"tenant_id": tenant_id, "gone": name, "kept": stays} for name in sorted(gone)])


def _forget(posting: Posting, stays: str) -> None:
    """Whoever was forgotten under one name is so under all; the owner hears of money that lies there still."""
    members.erase(posting, stays)
    accounts = [
        account(name) for name in members.names(posting, stays) for account in (principal_account, owed_account)
    ]
    held = sum(abs(amount) for (account, _), amount in posting.held(accounts).items() if amount)
    if held:
        posting.alarm("erased_with_money", {"member_id": stays, "fen": held})


def _narrow(posting: Posting, stays: str, were: Sequence[Sequence[str]]) -> None:
    """What she refused under one name is refused, though she agreed to it under another."""
    said = [members.said_by(posting, names) for names in were]
    for n, hers in enumerate(said):
        others = [one for m, each in enumerate(said) if m != n for one in each]
        for no in rules.narrower(hers, others, at=posting.now_text()):
            if not members.has_refused(posting, stays, no.purpose):
                members.record(posting, stays, no, source_id=str(uuid4()))
                members.tell_consent(posting, stays, no)


def _tell(posting: Posting, stays: str, gone: Sequence[str], *, at: str) -> None:
    for store_id in members.homes(posting, stays):
        for name in gone:
            body = {"gone": name, "kept": stays, "at": at}
            posting.tell(feeds.Row(feeds.members_of(store_id), MERGED, body))
    members.tell(posting, stays)


def _hand_over(posting: Posting, stays: str, names: Sequence[str]) -> None:
    """Her coupons, and what she has had of each offer."""
    connection, tenant_id = posting.connection, posting.tenant_id
    others = [name for name in names if name != stays]
    theirs = sa.and_(coupon.c.tenant_id == tenant_id, coupon.c.member_id.in_(others))
    found = connection.execute(sa.select(coupon.c.coupon_id).where(theirs).order_by(coupon.c.coupon_id)).scalars().all()
    connection.execute(sa.update(coupon).where(theirs).values(member_id=stays))
    for coupon_id in found:
        rewards.tell(posting, coupon_id)
    offers = sa.select(reward.c.offer_id).where(reward.c.tenant_id == tenant_id, reward.c.member_id == stays)
    had = set(connection.execute(offers).scalars())
    rows = sa.select(reward.c.offer_id, reward.c.receipt_token).where(
        reward.c.tenant_id == tenant_id, reward.c.member_id.in_(others)
    )
    for offer_id, token in connection.execute(rows.order_by(reward.c.offer_id, reward.c.receipt_token)).all():
        if offer_id not in had:
            had.add(offer_id)
            this = sa.and_(reward.c.offer_id == offer_id, reward.c.receipt_token == token)
            connection.execute(sa.update(reward).where(reward.c.tenant_id == tenant_id, this).values(member_id=stays))


def _tell_past(posting: Posting, store_id: str, names: Sequence[str]) -> None:
    """A store that knew her under one name hears what was booked at others; heard before, it is nothing new."""
    connection, tenant_id = posting.connection, posting.tenant_id
    if not names:
        return
    mine = card_doc.c.tenant_id == tenant_id
    hers = sa.select(card_doc.c.card_id).where(mine, card_doc.c.member_id.in_(names))
    cards = sa.select(card_doc.c.body).where(mine, card_doc.c.card_id.in_(hers))
    # the document of a card comes before its entry, which knows the lots by it
    for body in connection.execute(cards.order_by(card_doc.c.told_at, card_doc.c.seq)).scalars().all():
        posting.tell(feeds.Row(feeds.members_of(store_id), "card", codec.loads(body.encode("utf-8"))))
    asked = (
        sa.select(ledger_txn.c.txn_id, ledger_txn.c.kind, ledger_txn.c.at, ledger_txn.c.member_id)
        .where(ledger_txn.c.tenant_id == tenant_id, ledger_txn.c.member_id.in_(names))
        .order_by(ledger_txn.c.posted_at, ledger_txn.c.txn_id)
    )
    for row in connection.execute(asked).all():
        legs = sa.select(ledger_leg.c.account, ledger_leg.c.unit, ledger_leg.c.amount).where(
            ledger_leg.c.tenant_id == tenant_id, ledger_leg.c.txn_id == row.txn_id
        )
        told = tuple(Leg(*leg) for leg in connection.execute(legs.order_by(ledger_leg.c.n)))
        posting.tell_txn([store_id], Txn(row.txn_id, row.kind, row.at, told, member_id=row.member_id))


def follow(posting: Posting) -> None:
    """Moves on what lies under names that are gone, as far as this transaction touches them; before it is finished."""
    touched = {account.partition(":")[2] for account, _ in posting.moved()}
    looked_at = sorted({name for name in touched if len(name) == 36} | posting.gone)
    if not looked_at:
        return
    asked = sa.select(member_alias.c.gone, member_alias.c.kept).where(
        member_alias.c.tenant_id == posting.tenant_id, member_alias.c.gone.in_(looked_at)
    )
    for gone, kept in posting.connection.execute(asked.order_by(member_alias.c.gone)).all():
        _move_on(posting, gone, kept)
    posting.gone = set()


def _move_on(posting: Posting, gone: str, kept: str) -> None:
    held = posting.held([*rules.accounts(gone), *rules.accounts(kept)])
    txn = rules.entry(
        gone,
        kept,
        {name: Held(held.get((name, unit), 0)) for name, unit in rules.accounts(gone).items()},
        has_points=held.get((points_account(kept), "pts"), 0),
        owes_points=-held.get((debt_account(kept), "pts"), 0),
        txn_id=str(uuid4()),
        at=posting.now_text(),
    )
    if txn is not None:
        posting.txn(txn)
        posting.tell_txn(members.homes(posting, kept), txn)
