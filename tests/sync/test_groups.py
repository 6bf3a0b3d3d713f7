"""Group orders over two tills and a cloud: ordered at one, fetched at any, once; twice is told the owner."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storeapp.cloud.admin import check
from storeapp.domain.basket import Basket
from storeapp.domain.commission import Statement
from storeapp.domain.group_order import (
    GroupOrder,
    OrderCancelled,
    OrderElsewhere,
    PickedUpBefore,
    PickupElsewhere,
    PickupNotYet,
    PickupOver,
    left_of,
)
from storeapp.domain.money import Money
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from storeapp.till import commissions, group_orders, group_picking, group_rewards, group_sheets, group_slips, shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.group_orders import Wanted
from storeapp.till.merging import Merge, merge
from storeapp.till.moments import local_moment
from storeapp.till.quoting import quote
from storeapp.till.refunds import RefundOrder, refund
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.test_coupon_twice import alarms
from tests.sync.test_merging import PHONES, all_tell, joins
from tests.sync.world import Server, Tenant, Till, new_till, serve, with_another

GOODS = [{"code": TEA.code, "price_fen": 280, "in_all": 10}, {"code": CUP.code, "price_fen": 1900}]
WHOLE = 2 * 280 + 1900
BOTH = {TEA.code: 2000, CUP.code: 1000}


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[Server]:
    if request.param == "sqlite":
        yield server
        return
    running = serve(tmp_path, request.getfixturevalue("postgres_database"))
    yield running
    running.stop()
    running.cloud.database.close()


@pytest.fixture
def tills(joined: Till, line: FaultProxy, tenant: Tenant) -> tuple[Till, Till]:
    both = with_another(joined, line, tenant)
    opens(joined)
    return both


def puts(till: Till, *, hours: float, **more: Any) -> None:
    now = till.clock.now()
    ends = {"deadline": hours, "pickup_from": hours, "pickup_until": hours + 48}
    row = {"id": "moon", "name": "中秋团", "goods": GOODS, "leader": {"name": "张姐"}, "reward_percent": "5"} | more
    row |= {key: (now + timedelta(hours=later)).isoformat() for key, later in ends.items()}
    group_sheets.put_sheets(till.shop, (row,), clock=till.clock)


def opens(till: Till) -> None:
    puts(till, hours=1)
    group_sheets.turn(till.shop, "moon", "open", clock=till.clock)


def arrives(till: Till, **more: Any) -> None:
    puts(till, hours=-1, **more)
    group_sheets.turn(till.shop, "moon", "arrived", clock=till.clock)


def orders(till: Till, **who: Any) -> GroupOrder:
    wanted = Wanted("moon", tuple(BOTH.items()), **(who or {"name": "王五"}))
    return group_orders.take(till.shop, wanted, by="1007", clock=till.clock, ids=till.ids)


def fills(till: Till, code: str, wants: tuple[tuple[str, int], ...] | None = None) -> Basket:
    with till.shop.reading() as books:
        return group_picking.fill(books, Basket(), code, now=till.clock.now(), wants=wants)


def fetches(till: Till, code: str, wants: tuple[tuple[str, int], ...] | None = None) -> Sale:
    basket = fills(till, code, wants)
    with till.shop.reading() as books:
        due = quote(books, basket, at=till.clock.now(), ids=till.ids).priced.total
    order = Order(basket, (Tender("cash", due),), "1007", prints=False, cash_rounding="fen")
    return checkout(till.shop, order, clock=till.clock, ids=till.ids).sale


def left(till: Till, code: str) -> dict[str, int]:
    with till.shop.reading() as books:
        order = group_picking.behind(books, code)
        return left_of(order, books.groups.picks(order.order_id))


def due(till: Till) -> int:
    """What the leader's whole sheet brings her, at its own till."""
    with till.shop.reading() as books:
        now = local_moment(books, till.clock.now())
        found = group_rewards.reward_of(books, group_sheets.whole(books, "moon", now=now))
    assert found is not None
    return found.net_fen


def leaders(till: Till) -> tuple[Statement, ...]:
    with till.shop.reading() as books:
        return commissions.of_month(books, till.clock.now().date().replace(day=1)).leaders


def reads_again(till: Till) -> None:
    """Every feed from its first row."""
    with till.shop.reading() as books:
        names = ("policy", "catalog", f"members:{books.device.store_id}")
        cursors = [books.feeds.cursor(name) for name in names]
    with till.shop.writing() as books:
        for cursor in filter(None, cursors):
            books.feeds.move(replace(cursor, seq=0, sum=""))


def is_well(tenant: Tenant) -> bool:
    findings: list[object] = check.check(tenant.cloud, tenant.tenant_id)["findings"]
    return not findings


def test_what_was_ordered_at_one_till_is_fetched_at_the_other_once(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    order = orders(one, name="李四丽", phone="13900000001")
    with pytest.raises(PickupElsewhere):
        fills(other, order.code)
    all_tell(one, other)
    with pytest.raises(PickupNotYet):
        fills(other, order.code)
    arrives(one)
    all_tell(one, other)

    sale = fetches(other, order.code)

    assert sale.total == Money(WHOLE)
    assert {(cut.reason, cut.ref) for line in sale.lines for cut in line.cuts} == {("group_price", "moon")}
    with pytest.raises(PickedUpBefore):
        fills(other, order.code)
    all_tell(other, one)
    with pytest.raises(PickedUpBefore) as refused:
        fills(one, order.code)
    assert refused.value.receipt == sale.receipt
    with one.shop.reading() as books:
        assert group_sheets.whole(books, "moon", now=one.clock.now()).stage == "picked"
    with other.shop.reading() as books:
        assert group_orders.person_shown(books, group_picking.behind(books, order.code)) == ("", "")
    assert (alarms(tenant), is_well(tenant)) == ([], True)


@pytest.mark.parametrize("first", [0, 1])
def test_two_tills_that_both_hand_it_out_keep_their_sales_and_the_owner_hears_of_it_once(
    tills: tuple[Till, Till], tenant: Tenant, first: int
) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    sales = [fetches(till, order.code) for till in tills]

    all_tell(tills[first], tills[1 - first])
    told = alarms(tenant)
    for till in tills:
        reads_again(till)
    all_tell(*tills)

    assert tenant.sold() == (2, 2 * WHOLE)
    [(kind, facts)] = told
    assert (kind, facts["pickup"], facts["codes"]) == ("pickup_twice", order.code, sorted(BOTH))
    assert sorted(facts["receipts"]) == sorted(sale.receipt for sale in sales)
    assert alarms(tenant) == told
    for till in tills:
        assert left(till, order.code) == {}
        with till.shop.reading() as books:
            assert {pick.receipt for pick in books.groups.picks(order.order_id)} == {sale.receipt for sale in sales}
        assert [each.net_fen for each in leaders(till)] == [WHOLE]
    # both were paid, and the leader has her share of both
    assert due(one) == 2 * WHOLE
    assert is_well(tenant)


def test_part_of_it_is_fetched_at_each(tills: tuple[Till, Till], tenant: Tenant) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    fetches(other, order.code, ((TEA.code, 1000),))
    all_tell(other, one)
    assert left(one, order.code) == {TEA.code: 1000, CUP.code: 1000}

    fetches(one, order.code)
    all_tell(one, other)

    assert (left(one, order.code), left(other, order.code)) == ({}, {})
    assert (due(one), alarms(tenant)) == (WHOLE, [])


def test_a_void_at_the_other_till_lets_it_be_fetched_again_and_a_refund_does_not(
    tills: tuple[Till, Till], tenant: Tenant
) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    shifts.open_shift(other.shop, by="1007", float_amount=Money(10_000), clock=other.clock, ids=other.ids)
    sale = fetches(other, order.code)
    all_tell(other, one)
    assert (left(one, order.code), due(one)) == ({}, WHOLE)

    void = RefundOrder(sale.receipt, "script", "x", kind="void", in_cash=True)
    refund(other.shop, void, clock=other.clock, ids=other.ids)
    all_tell(other, one)
    assert (left(one, order.code), due(one)) == (BOTH, 0)
    again = fetches(other, order.code)
    back = RefundOrder(again.receipt, "script", "x", (Asked(2, 1000),), in_cash=True)
    refund(other.shop, back, clock=other.clock, ids=other.ids)
    all_tell(other, one)

    assert (left(one, order.code), due(one)) == ({}, 2 * 280)
    assert [each.net_fen for each in leaders(other)] == [2 * 280]
    assert leaders(one) == ()
    assert (alarms(tenant), is_well(tenant)) == ([], True)


def test_the_till_that_took_it_decides_alone_what_becomes_of_it(tills: tuple[Till, Till]) -> None:
    one, other = tills
    order, gone = orders(one), orders(one, name="不来")
    all_tell(one, other)
    with pytest.raises(OrderElsewhere):
        group_orders.cancel(other.shop, order.code, by="1007", clock=other.clock)
    with pytest.raises(OrderElsewhere):
        group_slips.owe(other.shop, (order.code,), clock=other.clock, ids=other.ids)
    group_orders.cancel(one.shop, gone.code, by="1007", clock=one.clock)
    less = Wanted("moon", ((TEA.code, 1000),), name="王五", order_id=order.order_id)
    group_orders.take(one.shop, less, by="1007", clock=one.clock, ids=one.ids)
    arrives(one)
    all_tell(one, other)

    with pytest.raises(OrderCancelled):
        fills(other, gone.code)
    assert left(other, order.code) == {TEA.code: 1000}
    group_sheets.turn(one.shop, "moon", "over", clock=one.clock)
    all_tell(one, other)
    with pytest.raises(PickupOver):
        fills(other, order.code)


def test_what_was_fetched_elsewhere_is_neither_cancelled_nor_changed(tills: tuple[Till, Till]) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    fetches(other, order.code, ((TEA.code, 1000),))
    all_tell(other, one)

    with pytest.raises(PickedUpBefore):
        group_orders.cancel(one.shop, order.code, by="1007", clock=one.clock)


def test_cancelled_here_while_it_was_handed_out_there_is_told_the_owner(
    tills: tuple[Till, Till], tenant: Tenant
) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    fetches(other, order.code)
    group_orders.cancel(one.shop, order.code, by="1007", clock=one.clock)
    all_tell(one, other)

    assert [kind for kind, _facts in alarms(tenant)] == ["pickup_cancelled"]
    assert tenant.sold() == (1, WHOLE)


def test_her_order_brings_her_along_under_the_name_she_has_there(tills: tuple[Till, Till]) -> None:
    one, other = tills
    old, new = joins(one, PHONES[0]), joins(one, PHONES[1])
    order = orders(one, member_id=old)
    arrives(one, leader={"member": new})
    all_tell(one, other)
    merge(other.shop, Merge(new, old, "x", "script"), clock=other.clock, ids=other.ids)

    assert fills(other, order.code).member_id == new
    fetches(other, order.code)
    [told] = leaders(other)
    assert (told.who, told.net_fen) == (new, WHOLE)


def test_a_till_that_lost_its_file_hears_of_its_own_orders_again(
    tills: tuple[Till, Till], line: FaultProxy, tenant: Tenant
) -> None:
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    fetches(other, order.code, ((CUP.code, 1000),))
    all_tell(other)
    anew = new_till()
    with anew.shop.writing() as books:
        books.products.put([TEA, CUP])
    anew.join(line.url, tenant.invite("1"))
    all_tell(anew)

    assert left(anew, order.code) == {TEA.code: 2000}


def test_a_till_that_did_not_listen_would_hand_it_out_again(
    tills: tuple[Till, Till], tenant: Tenant, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storeapp.till.groups_elsewhere.hear_pick", lambda *_: None)
    one, other = tills
    order = orders(one)
    arrives(one)
    all_tell(one, other)
    fetches(other, order.code)
    all_tell(other, one)

    fetches(one, order.code)
    all_tell(one)

    assert [kind for kind, _facts in alarms(tenant)] == ["pickup_twice"]
