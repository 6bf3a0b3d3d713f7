"""Aliases: who stands for a member today, and by which names she was ever known."""

from collections import defaultdict
from collections.abc import Iterable

import sqlalchemy as sa

from storeapp.cloud.tables.members import member, member_alias


def current(connection: sa.Connection, tenant_id: str, member_id: str) -> str:
    """Herself, or whom she was merged into."""
    asked = sa.select(member_alias.c.kept).where(
        member_alias.c.tenant_id == tenant_id, member_alias.c.gone == member_id
    )
    return connection.execute(asked).scalar_one_or_none() or member_id


def names(connection: sa.Connection, tenant_id: str, member_id: str) -> tuple[str, ...]:
    """All her names, the one she goes by first."""
    now = current(connection, tenant_id, member_id)
    asked = sa.select(member_alias.c.gone).where(member_alias.c.tenant_id == tenant_id, member_alias.c.kept == now)
    return (now, *sorted(connection.execute(asked).scalars()))


def homes(connection: sa.Connection, tenant_id: str, member_ids: Iterable[str]) -> dict[str, list[str]]:
    """The stores where each of these is known, under whatever name; nobody who is unknown."""
    asked_for = sorted(set(member_ids))
    if not asked_for:
        return {}
    mine = member_alias.c.tenant_id == tenant_id
    told = sa.select(member_alias.c.gone, member_alias.c.kept)
    now = dict(connection.execute(told.where(mine, member_alias.c.gone.in_(asked_for))).all())
    stands = {name: now.get(name, name) for name in asked_for}
    heads = sorted(set(stands.values()))
    known_as = {head: {head} for head in heads}
    for gone, kept in connection.execute(told.where(mine, member_alias.c.kept.in_(heads))):
        known_as[kept].add(gone)
    every = sorted({name for each in known_as.values() for name in each})
    of_store = sa.select(member.c.member_id, member.c.store_id)
    stores = dict(
        connection.execute(of_store.where(member.c.tenant_id == tenant_id, member.c.member_id.in_(every))).all()
    )
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in asked_for:
        if name in stores:
            found[name] = sorted({stores[one] for one in known_as[stands[name]] if one in stores})
    return dict(found)
