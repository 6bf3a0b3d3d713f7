"""Check the merges: who stands for whom follows from what was said, and nothing lies under a name that is gone."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from storeapp.cloud import merging
from storeapp.cloud.posting import Posting
from storeapp.cloud.services import Cloud
from storeapp.cloud.tables.ledgers import balance
from storeapp.cloud.tables.members import member, member_alias, member_merge
from storeapp.cloud.tables.offers import coupon
from storeapp.domain.merge import accounts, who_stays

Finding = dict[str, Any]


def move_on(cloud: Cloud, tenant_id: str) -> None:
    """Moves on what one transaction brought to a name while another was giving it up."""

    def work(connection: sa.Connection) -> None:
        late = {finding["member"] for finding in _holding(connection, tenant_id)}
        if late:
            posting = Posting(connection, tenant_id, cloud.keys, cloud.clock(), gone=late)
            merging.follow(posting)
            posting.finish()

    cloud.database.write(tenant_id, work)


def look(connection: sa.Connection, tenant_id: str) -> list[Finding]:
    """What is wrong."""
    return [*_aliases(connection, tenant_id), *_holding(connection, tenant_id), *_coupons(connection, tenant_id)]


def _aliases(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    said = sa.select(member_merge.c.gone, member_merge.c.kept).where(member_merge.c.tenant_id == tenant_id)
    words = [(row.gone, row.kept) for row in connection.execute(said)]
    people = sa.select(member.c.member_id, member.c.joined_at).where(member.c.tenant_id == tenant_id)
    named = sorted({name for pair in words for name in pair})
    joined = dict(connection.execute(people.where(member.c.member_id.in_(named))).all())
    expected: dict[str, str] = {}
    for group in _groups(words):
        stays = who_stays([pair for pair in words if pair[0] in group], {name: joined[name] for name in group})
        expected |= {name: stays for name in group if name != stays}
    kept = _kept(connection, tenant_id)
    for name in sorted(expected.keys() | kept.keys()):
        if expected.get(name) != kept.get(name):
            yield {"kind": "alias_differs", "member": name, "said": expected.get(name), "kept": kept.get(name)}


def _groups(words: list[tuple[str, str]]) -> list[set[str]]:
    of: dict[str, set[str]] = {}
    for gone, kept in words:
        both = of.get(gone, {gone}) | of.get(kept, {kept})
        of |= dict.fromkeys(both, both)
    return list({id(group): group for group in of.values()}.values())


def _kept(connection: sa.Connection, tenant_id: str) -> dict[str, str]:
    asked = sa.select(member_alias.c.gone, member_alias.c.kept).where(member_alias.c.tenant_id == tenant_id)
    return dict(connection.execute(asked).all())


def _holding(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    whose = {name: gone for gone in _kept(connection, tenant_id) for name in accounts(gone)}
    if not whose:
        return
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    asked = sa.select(balance.c.account, balance.c.amount).where(
        balance.c.tenant_id == tenant_id, balance.c.unit != "coupon", balance.c.amount != 0
    )
    for account, amount in connection.execute(asked):
        if account in whose:
            held[whose[account]][account] = int(amount)
    for gone in sorted(held):
        yield {"kind": "gone_holds", "member": gone, "accounts": held[gone]}


def _coupons(connection: sa.Connection, tenant_id: str) -> Iterator[Finding]:
    gone = _kept(connection, tenant_id)
    asked = sa.select(coupon.c.coupon_id, coupon.c.member_id).where(coupon.c.tenant_id == tenant_id)
    for row in connection.execute(asked.where(coupon.c.member_id.is_not(None)).order_by(coupon.c.coupon_id)):
        if row.member_id in gone:
            yield {"kind": "coupon_of_gone", "coupon": row.coupon_id, "member": row.member_id}
