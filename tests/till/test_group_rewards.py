"""A leader's share by months: of what was fetched and paid for, less what came back, in the month it came."""

from __future__ import annotations

from datetime import date

import pytest

from storeapp.domain import basket as baskets
from storeapp.domain.basket import Line
from storeapp.domain.commission import Statement
from storeapp.domain.money import Money
from storeapp.domain.refund import Asked
from storeapp.till import commissions, group_sheets, shifts
from storeapp.till.merging import Merge, merge
from storeapp.till.ports import Shop
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.staff import put_staff
from tests.fakes.grouping import MOON, arrived, filled, opened, ordered, paid
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, CUP, TEA

WHOLE = 2 * 280 + 3990


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([CUP, TEA])
        books.members.put(ALICE)
        books.members.put(BOB)
    opened(bare, clock)
    return bare


def leaders(shop: Shop, month: int = 9) -> tuple[Statement, ...]:
    with shop.reading() as books:
        return commissions.of_month(books, date(2026, month, 1)).leaders


def test_it_is_of_the_groups_goods_alone_and_taken_back_with_them(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    order = ordered(shop, clock, ids)
    ordered(shop, clock, ids, name="不来")
    assert leaders(shop) == ()
    arrived(shop, clock)
    sale = paid(shop, clock, ids, baskets.add(filled(shop, clock, order.code), Line(TEA)))
    clock.go_on(days=2)

    back = (Asked(2, 1000), Asked(3, 1000))
    refund(shop, RefundOrder(sale.receipt, "script", "x", back, in_cash=True), clock=clock, ids=ids)

    [told] = leaders(shop)
    assert (told.who, told.name, told.net_fen, told.fen) == ("", "张姐", WHOLE, WHOLE // 20)
    assert [(share.category, share.rate) for share in told.shares] == [("中秋团", 500)]
    [taken] = leaders(shop, 10)
    assert (taken.net_fen, taken.fen, taken.sales, taken.refunds) == (-3990, -(3990 // 20), 0, 1)


def test_a_voided_sale_brings_nothing(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    shifts.open_shift(shop, by="1007", float_amount=Money(10_000), clock=clock, ids=ids)
    sale = paid(shop, clock, ids, filled(shop, clock, order.code))
    refund(shop, RefundOrder(sale.receipt, "script", "x", kind="void", in_cash=True), clock=clock, ids=ids)

    assert [told.fen for told in leaders(shop)] == [0]


def test_a_member_who_leads_is_one_person_over_all_her_sheets(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    led = {"leader": {"member": BOB.member_id}}
    group_sheets.put_sheets(shop, (MOON | led | {"id": "more", "name": "加团", "reward_percent": "10"},), clock=clock)
    group_sheets.put_sheets(shop, (MOON | led,), clock=clock)
    group_sheets.turn(shop, "more", "open", clock=clock)
    orders = ordered(shop, clock, ids), ordered(shop, clock, ids, sheet="more")
    arrived(shop, clock)
    group_sheets.turn(shop, "more", "arrived", clock=clock)
    for order in orders:
        paid(shop, clock, ids, filled(shop, clock, order.code))
    merge(shop, Merge(ALICE.member_id, BOB.member_id, "x", "script"), clock=clock, ids=ids)

    [told] = leaders(shop)
    assert (told.who, told.sales, told.fen) == (ALICE.member_id, 2, WHOLE // 20 + WHOLE // 10)
    assert [share.category for share in told.shares] == ["中秋团", "加团"]
    assert "13800000001" not in told.name


def test_who_works_here_and_who_was_promised_nothing_has_no_share(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    order = ordered(shop, clock, ids)
    arrived(shop, clock)
    paid(shop, clock, ids, filled(shop, clock, order.code))
    assert len(leaders(shop)) == 1

    group_sheets.put_sheets(shop, (MOON | {"reward_percent": "0"},), clock=clock)
    assert leaders(shop) == ()
    group_sheets.put_sheets(shop, (MOON | {"leader": {"member": ALICE.member_id}},), clock=clock)
    assert len(leaders(shop)) == 1
    put_staff(shop, "1003", name="周敏", role="manager", pin="246810", clock=clock, phone=ALICE.phone)

    assert leaders(shop) == ()
