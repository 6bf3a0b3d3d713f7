"""Cards in the cloud: it keeps each one, counts its money with the top-ups, and its times as the till does."""

from __future__ import annotations

import sqlalchemy as sa

from storeapp.cloud.admin import check
from storeapp.cloud.admin.shifts import shifts as shifts_told
from storeapp.cloud.tables.ledgers import balance
from storeapp.domain.basket import Basket, Line
from storeapp.domain.card_kind import CardKind
from storeapp.domain.ledger import times_account
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.refund import Asked
from storeapp.domain.shift import Count
from storeapp.till import shifts
from storeapp.till.card_refunds import CardBackOrder, pay_back
from storeapp.till.card_sales import CardOrder, sell
from storeapp.till.cards import put_kind
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import SignUp, sign_up
from storeapp.till.policies import set_policies
from storeapp.till.refunds import RefundOrder, refund
from tests.domain.goods import TEA
from tests.sync.world import Tenant, Till


def test_a_card_sold_used_and_paid_back_stands_in_the_cloud_as_it_stands_here(joined: Till, tenant: Tenant) -> None:
    shop, clock, ids = joined.shop, joined.clock, joined.ids
    put_products(shop, [TEA], clock=clock)
    shifts.open_shift(shop, by="1007", float_amount=Money(0), clock=clock, ids=ids)
    set_policies(shop, {"cards.enabled": True}, clock=clock)
    put_kind(shop, CardKind("T5", "五次卡", Money(1_000), goods=(TEA.code,), times=5), clock=clock)
    she = sign_up(shop, SignUp("13800000001", "王芳"), cashier="1007", clock=clock, ids=ids)
    kept, gone = (sell(shop, CardOrder(she.member_id, "T5", "cash", "1007"), clock=clock, ids=ids).card for _ in "12")
    basket = Basket((Line(TEA, Quantity(3_000)),), member_id=she.member_id)
    sale = checkout(shop, Order(basket, (), "1007"), clock=clock, ids=ids).sale
    refund(shop, RefundOrder(sale.receipt, "script", "坏了", (Asked(1, 1_000),)), clock=clock, ids=ids)
    pay_back(shop, CardBackOrder(gone.card_id, "customer", "搬家", "cash", "script"), clock=clock, ids=ids)
    shifts.close_shift(shop, {"cash": Count(1_000)}, by="1007", reason="", clock=clock, ids=ids)

    joined.sync()

    checked = check.check(tenant.cloud, tenant.tenant_id)
    [closed] = shifts_told(tenant.cloud, tenant.tenant_id)["shifts"]
    assert (checked["ok"], checked["findings"]) == (True, [])
    assert (closed["top_up_fen"], closed["due_fen"]) == (1_000, 0)
    for card, left in ((kept, 3), (gone, 0)):
        with shop.reading() as books:
            assert books.ledger.balance(times_account(card.card_id), "times") == left
        told = sa.select(balance.c.amount).where(balance.c.account == times_account(card.card_id))
        assert [row.amount for row in tenant.rows(told)] == [left]
