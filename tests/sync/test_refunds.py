"""Refunds reach the cloud as two tills write them, and it finds what came back at both."""

from __future__ import annotations

from storeapp.cloud.admin import check, sales
from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.sale import Sale
from storeapp.till.checkout import Order
from storeapp.till.exchanges import exchange
from storeapp.till.loose_refunds import LooseOrder, Named, refund_loose
from storeapp.till.refunds import RefundOrder, refund
from tests.domain.goods import TEA
from tests.fakes.fault_proxy import FaultProxy
from tests.sync.world import Tenant, Till, new_till


def bring(till: Till, sale: Sale, milli: int) -> None:
    order = RefundOrder(sale.receipt, "script", "faulty", (Asked(1, milli),))
    refund(till.shop, order, clock=till.clock, ids=till.ids)


def test_the_cloud_counts_what_a_till_took_back_and_exchanged(joined: Till, tenant: Tenant) -> None:
    sale = joined.sell().sale
    bring(joined, sale, 1000)
    take = Order(Basket((Line(TEA),)), (), "script", from_counter=False)
    exchange(joined.shop, RefundOrder(sale.receipt, "script", "faulty"), take, clock=joined.clock, ids=joined.ids)

    joined.sync()

    told = check.check(tenant.cloud, tenant.tenant_id)
    [day] = sales.sales(tenant.cloud, tenant.tenant_id)["sales"]
    assert (told["findings"], told["alarms"], told["counts"]["refunds"]) == ([], [], 2)
    assert (day["count"], day["refunds"], day["total_fen"] - day["refunded_fen"]) == (2, 2, TEA.price.fen)


def test_two_tills_without_a_network_take_the_same_goods_back_and_the_owner_hears_of_it(
    joined: Till, tenant: Tenant, line: FaultProxy
) -> None:
    other = new_till()
    with other.shop.writing() as books:
        books.products.put([TEA])
    other.join(line.url, tenant.invite("2"))
    sale = joined.sell().sale
    bring(joined, sale, 2000)
    paid = Named(TEA.code, Quantity(2000), paid=Money(600))
    refund_loose(other.shop, LooseOrder((paid,), "script", "faulty", sale.receipt), clock=other.clock, ids=other.ids)

    other.sync()
    joined.sync()

    told = check.check(tenant.cloud, tenant.tenant_id)
    assert [alarm["kind"] for alarm in told["alarms"]] == ["over_refund"]
    assert told["findings"] == []
