"""Shifts in the cloud: what a till's Z says is what the cloud adds up from the journal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from storeapp.cloud.admin import check
from storeapp.cloud.admin.check_shifts import ShiftSums
from storeapp.cloud.admin.shifts import shifts as shifts_told
from storeapp.domain.basket import Basket, Line
from storeapp.domain.drawer import CashKind
from storeapp.domain.journal import canonical
from storeapp.domain.money import Money
from storeapp.domain.shift import Count
from storeapp.domain.tender import Tender
from storeapp.till import shifts
from storeapp.till.checkout import Order, checkout
from storeapp.till.debts import DebtOrder, settle_debt
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.domain.goods import CUP, TEA
from tests.sync.world import Tenant, Till


def test_a_day_at_the_drawer_reaches_the_cloud_and_adds_up(joined: Till, tenant: Tenant) -> None:
    shifts.open_shift(joined.shop, by="1007", float_amount=Money(20_000), clock=joined.clock, ids=joined.ids)
    sold = [joined.sell(cups=n) for n in range(3)]
    back = RefundOrder(sold[0].sale.receipt, "script", "坏了")
    refund(joined.shop, back, clock=joined.clock, ids=joined.ids)
    kinds: tuple[CashKind, ...] = ("cash_in", "expense", "drop")
    for kind in kinds:
        shifts.move_cash(joined.shop, kind, Money(150), "零钱", by="1007", clock=joined.clock, ids=joined.ids)
    set_policies(joined.shop, {"stored_value.enabled": True, "stored_value.rules": "200+50"}, clock=joined.clock)
    she = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    top_up(joined.shop, TopUpOrder(she.member_id, Money(20_000), "cash", "1007"), clock=joined.clock, ids=joined.ids)
    late_at = joined.clock.now()
    joined.clock.off += timedelta(hours=1)
    closed = shifts.close_shift(
        joined.shop, {"cash": Count(20_000)}, by="1007", reason="少了", clock=joined.clock, ids=joined.ids
    )
    # one more that belongs to the closed shift
    order = Order(Basket((Line(TEA),)), sold[0].sale.tenders, cashier="1007", at=late_at)
    checkout(joined.shop, order, clock=joined.clock, ids=joined.ids)

    joined.sync()

    checked = check.check(tenant.cloud, tenant.tenant_id)
    own, supplement = shifts_told(tenant.cloud, tenant.tenant_id)["shifts"]
    assert (checked["ok"], checked["findings"], checked["counts"]["zs"]) == (True, [], 2)
    assert (own["store"], own["z_number"], own["supplement"]) == ("S01", closed.report.z_number, 0)
    assert (own["sales"], own["due_fen"], own["refund_fen"]) == (3, closed.report.due_fen, closed.report.refund_fen)
    assert (own["top_up_fen"], own["openings"]) == (20_000, closed.report.openings)
    assert own["difference_fen"] == closed.report.difference_fen
    assert own["tenders"][0]["expected_fen"] == closed.report.tenders[0].expected_fen
    assert (supplement["z_number"], supplement["supplement"], supplement["sales"]) == (own["z_number"] + 1, 1, 4)


def test_a_debt_that_is_paid_and_goods_that_came_back_for_nothing_are_no_difference(
    joined: Till, tenant: Tenant
) -> None:
    shop, clock, ids = joined.shop, joined.clock, joined.ids
    set_policies(shop, {"on_account.enabled": True, "account.joined_most_fen": 10_000}, clock=clock)
    she = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids)
    shifts.open_shift(shop, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    lent = (Tender("on_account", CUP.price),)
    checkout(shop, Order(Basket((Line(CUP),), member_id=she.member_id), lent, "1007"), clock=clock, ids=ids)
    settle_debt(shop, DebtOrder(she.member_id, "cash", "1007"), clock=clock, ids=ids)
    free = Order(Basket((Line(TEA, price=Money(0), price_reason="赠"),)), (), "1007")
    given = checkout(shop, free, clock=clock, ids=ids).sale
    refund(shop, RefundOrder(given.receipt, "script", "坏了"), clock=clock, ids=ids)
    closed = shifts.close_shift(shop, {}, by="1007", clock=clock, ids=ids)

    joined.sync()

    checked = check.check(tenant.cloud, tenant.tenant_id)
    assert (closed.report.settled_fen, closed.report.refunds) == (CUP.price.fen, 1)
    assert (checked["ok"], checked["findings"]) == (True, [])


@pytest.mark.parametrize(
    ("report", "differs"),
    [
        ({"refunds": 1}, []),
        ({"refunds": 2}, []),
        ({"refunds": 3}, ["refunds"]),
        ({"refunds": 2, "settled_fen": 350}, []),
        ({"refunds": 1, "settled_fen": 350}, ["refunds"]),
        ({"refunds": 2, "settled_fen": 0}, ["settled_fen"]),
    ],
)
def test_a_z_of_an_earlier_till_is_held_to_what_it_told(report: dict[str, Any], differs: list[str]) -> None:
    sums = ShiftSums("d1")
    heard: tuple[tuple[str, dict[str, Any]], ...] = (
        ("refund", {"tenders": []}),
        ("refund", {"tenders": [{"kind": "cash", "fen": 350, "ref": ""}]}),
        ("ledger.posted", {"kind": "settlement", "paid_fen": 350}),
        ("ledger.posted", {"kind": "adjust"}),
        ("shift.closed", {"report": report | {"refund_fen": 350}}),
    )

    found = [
        finding["what"]
        for type_, body in heard
        for finding in sums.hear(type_, canonical(body | {"shift_id": "s1"}), is_told=True)
    ]

    assert found == differs
