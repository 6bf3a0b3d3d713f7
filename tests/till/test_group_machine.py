"""Group orders in any order: nobody gets more than she ordered, what is fetched is paid, and the books agree."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from storeapp.domain.group_order import GroupOrder, picked
from storeapp.domain.money import Money
from storeapp.domain.sale import Sale
from storeapp.errors import Refused
from storeapp.till import group_orders, group_rewards, group_sheets, shifts
from storeapp.till.refunds import RefundOrder, refund
from tests.fakes.grouping import arrived, filled, opened, ordered, paid
from tests.fakes.shops import shop_on_disk
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import CUP, TEA

PRICES = {TEA.code: 280, CUP.code: 3990}


class GroupMachine(RuleBasedStateMachine):
    """Four orders of a sheet that has arrived, fetched in parts, taken back, voided and cancelled."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.clock, self.ids = StillClock(), CountedIds()
        self.shop = shop_on_disk(self.folder, clock=self.clock, ids=self.ids)
        with self.shop.writing() as books:
            books.products.put([TEA, CUP])
        opened(self.shop, self.clock, goods=[{"code": code, "price_fen": fen} for code, fen in PRICES.items()])
        self.orders: list[GroupOrder] = [
            ordered(self.shop, self.clock, self.ids, tea=n, cups=2, name=str(n)) for n in range(1, 5)
        ]
        arrived(self.shop, self.clock)
        shifts.open_shift(self.shop, by="1007", float_amount=Money(100_000), clock=self.clock, ids=self.ids)
        self.sales: list[Sale] = []
        self.kept: dict[str, int] = {}

    @rule(place=st.integers(0, 3), tea=st.integers(0, 5), cups=st.integers(0, 3))
    def fetch(self, place: int, tea: int, cups: int) -> None:
        order = self.orders[place]
        wants = tuple((code, n * 1000) for code, n in ((TEA.code, tea), (CUP.code, cups)) if n)
        try:
            basket = filled(self.shop, self.clock, order.code, wants or None)
            sale = paid(self.shop, self.clock, self.ids, basket)
        except Refused:
            return
        assert sale.total.fen == sum(PRICES[line.code] * line.quantity_milli // 1000 for line in sale.lines)
        self.sales.append(sale)
        self.kept[sale.receipt] = sale.total.fen

    @rule(place=st.integers(0, 30), is_void=st.booleans())
    def bring_back(self, place: int, is_void: bool) -> None:
        if not self.sales:
            return
        sale = self.sales[place % len(self.sales)]
        asked = RefundOrder(
            sale.receipt, "script", "x", kind="void" if is_void else "refund", in_cash=True, prints=False
        )
        try:
            refund(self.shop, asked, clock=self.clock, ids=self.ids)
        except Refused:
            return
        self.kept[sale.receipt] = 0

    @rule(place=st.integers(0, 3))
    def cancel(self, place: int) -> None:
        try:
            group_orders.cancel(self.shop, self.orders[place].code, by="1007", clock=self.clock)
        except Refused:
            return

    @invariant()
    def nobody_gets_more_than_ordered_and_the_leader_has_her_percent(self) -> None:
        with self.shop.reading() as books:
            found = group_sheets.whole(books, "moon", now=self.clock.now())
            reward = group_rewards.reward_of(books, found)
        for order in found.orders:
            gone = picked(found.picks_of(order))
            assert all(gone.get(line.code, 0) <= line.milli for line in order.lines)
            assert not (order.cancelled_at and gone)
        assert reward is not None
        assert reward.net_fen == sum(self.kept.values())

    def teardown(self) -> None:
        assert self.shop.check() == ()
        self.shop.close()
        shutil.rmtree(self.folder, ignore_errors=True)


TestGroupOrders = GroupMachine.TestCase
TestGroupOrders.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
