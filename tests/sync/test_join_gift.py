"""The gift of joining comes to whoever joined by a page, too: once, wherever she is heard of, and not for old news."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud import feeds
from storeapp.cloud.admin import check
from storeapp.cloud.tables.offers import coupon
from storeapp.domain.coupon import Coupon
from storeapp.till.coupon_templates import put_templates
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policy
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import Tenant, Till, new_till

SHE = "0192f0a0-0000-7000-8000-00000000a11c"
GIFT = {"id": "gift", "name": "入会礼", "amount_fen": 500, "valid_days": 9}


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    made = new_till()
    made.join(line.url, tenant.invite("2"))
    return made


@pytest.fixture
def giving(joined: Till, other: Till) -> tuple[Till, Till]:
    """Two tills of a shop that thanks for joining."""
    put_templates(joined.shop, (GIFT,), clock=joined.clock)
    set_policy(joined.shop, "coupon.on_join", "gift", clock=joined.clock)
    joined.sync()
    other.sync()
    return joined, other


def joins(
    tenant: Tenant, at: datetime, *, channel: str = "page", purpose: str = "membership", given: bool = True
) -> None:
    """She joined; the cloud tells the tills so."""
    moment = at.isoformat()
    she: dict[str, Any] = {"member_id": SHE, "phone": "13700001234", "name": "", "joined_at": moment, "tier": ""}
    said = {"member_id": SHE, "purpose": purpose, "given": given, "text_version": "1", "channel": channel, "at": moment}
    name = feeds.members_of(tenant.store_id)
    rows = [feeds.Row(name, "member", she), feeds.Row(name, "consent", said)]
    tenant.write(lambda connection: feeds.append(connection, tenant.tenant_id, rows))


def hers(till: Till) -> tuple[Coupon, ...]:
    with till.shop.reading() as books:
        return books.coupons.of_member(SHE)


def test_who_joins_by_a_page_is_given_one_and_the_same_at_every_till(giving: tuple[Till, Till], tenant: Tenant) -> None:
    joined, other = giving
    joins(tenant, joined.clock.now())

    for till in (joined, other, joined, other):
        till.sync()

    [one], [same] = hers(joined), hers(other)
    assert one == same
    assert (one.offer_id, one.member_id, one.amount.fen) == ("gift", SHE, 500)
    rows = tenant.rows(sa.select(coupon.c.coupon_id).where(coupon.c.tenant_id == tenant.tenant_id))
    assert [row.coupon_id for row in rows] == [one.coupon_id]
    assert [each for each in check.check(tenant.cloud, tenant.tenant_id)["findings"] if "coupon" in each["kind"]] == []


@pytest.mark.parametrize(
    "said",
    [{"channel": "counter"}, {"channel": "import"}, {"purpose": "marketing"}, {"given": False}],
    ids=["counter", "import", "marketing", "refused"],
)
def test_nobody_else_is_given_it_by_being_told_of(
    giving: tuple[Till, Till], tenant: Tenant, said: dict[str, Any]
) -> None:
    joined, _other = giving
    joins(tenant, joined.clock.now(), **said)

    joined.sync()

    assert hers(joined) == ()


def test_a_till_that_reads_old_news_gives_nothing(giving: tuple[Till, Till], tenant: Tenant) -> None:
    joined, _other = giving
    joins(tenant, joined.clock.now() - timedelta(days=8))

    joined.sync()

    assert hers(joined) == ()


def test_without_the_rule_nothing_is_given(joined: Till, tenant: Tenant) -> None:
    put_templates(joined.shop, (GIFT,), clock=joined.clock)
    joins(tenant, joined.clock.now())

    joined.sync()

    assert hers(joined) == ()


def test_who_signed_up_at_a_counter_has_one_at_every_till(giving: tuple[Till, Till]) -> None:
    joined, other = giving
    she = sign_up(joined.shop, SignUp("13700009999"), cashier="1007", clock=joined.clock, ids=joined.ids)

    for till in (joined, other, joined):
        till.sync()

    for till in giving:
        with till.shop.reading() as books:
            assert len(books.coupons.of_member(she.member_id)) == 1
