"""A coupon on two tills that heard nothing of each other: both sales stand, and the shop's loss is told once."""

from __future__ import annotations

import json
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import check
from storeapp.cloud.projector.sales import LOST_ACCOUNT
from storeapp.cloud.tables.journals import alarm
from storeapp.cloud.tables.ledgers import ledger_leg
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.sale import Sale
from storeapp.till.coupon_void import void
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_coupon_terms import issue
from tests.sync.world import Tenant, Till, new_till


@pytest.fixture
def other(line: FaultProxy, tenant: Tenant) -> Till:
    made = new_till()
    made.join(line.url, tenant.invite("2"))
    return made


def twice(joined: Till, other: Till) -> tuple[Sale, Sale]:
    """Both have the coupon, no line, and a customer."""
    made = issue(joined, CouponTerms(), amount=500)
    joined.sync()
    other.sync()
    sales = joined.sell(cups=1, coupons=(made.code,)).sale, other.sell(cups=1, coupons=(made.code,)).sale
    all_told(joined, other)
    return sales


def all_told(*tills: Till) -> None:
    for till in (*tills, *tills, *tills):
        till.sync()


def lost(tenant: Tenant) -> list[int]:
    mine = sa.and_(ledger_leg.c.tenant_id == tenant.tenant_id, ledger_leg.c.account == LOST_ACCOUNT)
    return [row.amount for row in tenant.rows(sa.select(ledger_leg.c.amount).where(mine))]


def alarms(tenant: Tenant) -> list[tuple[str, dict[str, Any]]]:
    mine = sa.select(alarm.c.kind, alarm.c.facts).where(alarm.c.tenant_id == tenant.tenant_id)
    return [(row.kind, json.loads(row.facts)) for row in tenant.rows(mine)]


def told_of(tenant: Tenant) -> dict[str, Any]:
    return check.check(tenant.cloud, tenant.tenant_id)


def test_both_sales_stand_and_the_second_coupon_is_a_loss_the_owner_hears_of(
    joined: Till, other: Till, tenant: Tenant
) -> None:
    first, second = twice(joined, other)

    assert tenant.sold() == (2, first.total.fen + second.total.fen)
    assert lost(tenant) == [-1]
    [(kind, facts)] = alarms(tenant)
    assert (kind, facts["first"], facts["second"], facts["fen"]) == ("coupon_twice", first.sale_id, second.sale_id, 500)
    assert told_of(tenant)["findings"] == []
    for till in (joined, other):
        with till.shop.reading() as books:
            held = books.coupons.by_id(first.coupons[0].coupon_id)
            assert held is not None
            assert held.state == "redeemed"


@pytest.mark.parametrize("comes_back", [0, 1])
def test_one_of_the_two_sales_comes_back_and_the_books_stay_exact(
    joined: Till, other: Till, tenant: Tenant, comes_back: int
) -> None:
    sales, tills = twice(joined, other), (joined, other)
    order = RefundOrder(sales[comes_back].receipt, "1007", "x", prints=False)

    refund(tills[comes_back].shop, order, clock=joined.clock, ids=joined.ids)
    all_told(joined, other)

    assert told_of(tenant)["findings"] == []
    # the loss goes with the second sale, and stays with the first one's
    assert sum(lost(tenant)) == comes_back - 1
    with tills[comes_back].shop.reading() as books:
        held = books.coupons.by_id(sales[0].coupons[0].coupon_id)
    assert held is not None
    assert held.state == ("issued", "redeemed")[comes_back]


def test_what_was_told_twice_is_lost_once(joined: Till, other: Till, tenant: Tenant) -> None:
    twice(joined, other)
    before = lost(tenant), alarms(tenant)

    all_told(other, joined)

    assert (lost(tenant), alarms(tenant)) == before


def state(till: Till, coupon_id: str) -> str:
    with till.shop.reading() as books:
        held = books.coupons.by_id(coupon_id)
    assert held is not None
    return held.state


def brings_back(till: Till, sale: Sale) -> None:
    refund(till.shop, RefundOrder(sale.receipt, "script", "x", prints=False), clock=till.clock, ids=till.ids)


def test_a_coupon_whose_sale_came_back_is_good_at_every_till(joined: Till, other: Till, tenant: Tenant) -> None:
    made = issue(joined, CouponTerms(), amount=500)
    all_told(joined, other)
    sale = joined.sell(cups=1, coupons=(made.code,)).sale
    all_told(joined, other)
    assert state(other, made.coupon_id) == "redeemed"

    brings_back(joined, sale)
    all_told(joined, other)
    assert state(other, made.coupon_id) == "issued"
    other.sell(cups=1, coupons=(made.code,))
    all_told(other, joined)

    assert [state(till, made.coupon_id) for till in (joined, other)] == ["redeemed"] * 2
    assert (alarms(tenant), lost(tenant), told_of(tenant)["findings"]) == ([], [], [])


def test_brought_back_and_used_again_while_the_line_is_down_is_used_once(
    joined: Till, other: Till, tenant: Tenant
) -> None:
    made = issue(joined, CouponTerms(), amount=500)
    sale = joined.sell(cups=1, coupons=(made.code,)).sale
    all_told(joined, other)

    brings_back(joined, sale)
    joined.sell(cups=1, coupons=(made.code,))
    all_told(joined, other)

    assert [state(till, made.coupon_id) for till in (joined, other)] == ["redeemed"] * 2
    assert (alarms(tenant), lost(tenant), told_of(tenant)["findings"]) == ([], [], [])


@pytest.mark.parametrize("first", [0, 1])
def test_taken_back_at_one_till_and_used_at_another_it_stays_spent(
    joined: Till, other: Till, tenant: Tenant, first: int
) -> None:
    made, tills = issue(joined, CouponTerms(), amount=500), (joined, other)
    all_told(*tills)
    void(joined.shop, made.code, reason="x", clock=joined.clock, ids=joined.ids)
    sale = other.sell(cups=1, coupons=(made.code,)).sale

    all_told(tills[first], tills[1 - first])

    assert [state(till, made.coupon_id) for till in tills] == ["redeemed"] * 2
    [(kind, facts)] = alarms(tenant)
    assert (kind, facts) == ("coupon_spent", {"coupon_id": made.coupon_id, "first": sale.sale_id})
    assert (lost(tenant), told_of(tenant)["findings"]) == ([], [])
    brings_back(other, sale)
    all_told(*tills)
    assert [state(till, made.coupon_id) for till in tills] == ["issued"] * 2
    assert told_of(tenant)["findings"] == []


def test_two_tills_that_both_take_it_back_alarm_nobody(joined: Till, other: Till, tenant: Tenant) -> None:
    made = issue(joined, CouponTerms(), amount=500)
    all_told(joined, other)
    for till in (joined, other):
        void(till.shop, made.code, reason="x", clock=till.clock, ids=till.ids)

    all_told(joined, other)

    assert [state(till, made.coupon_id) for till in (joined, other)] == ["void"] * 2
    assert (alarms(tenant), told_of(tenant)["findings"]) == ([], [])
