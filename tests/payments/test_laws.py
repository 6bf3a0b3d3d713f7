"""The laws of money, whatever order customers, crashes, companies and managers come in."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from storeapp.bench.payment_audit import audit
from storeapp.bench.payment_day import PaymentDay
from storeapp.bench.payments import ROOMS, Time, held, let_the_world_come_back, providers_of
from storeapp.bench.plug import Plug, PulledPlug
from storeapp.domain.attempt import OPEN
from storeapp.payments.fake.app import FakeProviders
from storeapp.till import paying
from storeapp.till.catalogue import put_products
from storeapp.till.new_shop import new_device
from tests.domain.goods import TEA
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds


@dataclass
class Wall:
    """The till's own clock: `off_s` beside the companies'."""

    time: Time
    off_s: float = 0.0

    def now(self) -> datetime:
        return self.time.now() + timedelta(seconds=self.off_s)


class Counter(RuleBasedStateMachine):
    """One counter, three companies."""

    def __init__(self) -> None:
        super().__init__()
        ids, self.now = CountedIds(), Time()
        self.shop = MemoryShop(new_device(ids, store="S01", till="1"), ids=ids)
        put_products(self.shop, [TEA], clock=self.now)
        self.fake = FakeProviders(now=self.now.now)
        self.chance = random.Random(1)
        self.wall = Wall(self.now)
        providers = providers_of(self.fake, self.wall.now, lambda _place: self.now.wait(0.1))
        self.day = PaymentDay(self.shop, providers, self.wall, ids, self.now, self.chance)
        self.is_down, self.plug = False, Plug(*ROOMS)

    @precondition(lambda self: not self.is_down)
    @rule(seed=st.integers(0, 10**6))
    def a_customer_pays(self, seed: int) -> None:
        self.chance.seed(seed)
        self.day.customer()

    @precondition(lambda self: not self.is_down)
    @rule(seed=st.integers(0, 10**6), statements=st.integers(1, 900))
    def the_plug_is_pulled_while_she_pays(self, seed: int, statements: int) -> None:
        self.chance.seed(seed)
        self._until_the_plug(statements, self.day.customer)

    @rule(seed=st.integers(0, 10**6), statements=st.integers(1, 900))
    def the_plug_is_pulled_while_it_starts(self, seed: int, statements: int) -> None:
        self.chance.seed(seed)
        self._until_the_plug(statements, self.day.recover)

    @rule()
    def it_starts_again(self) -> None:
        self.day.recover()
        self.is_down = False

    @rule(seconds=st.floats(0.1, 400.0))
    def time_passes(self, seconds: float) -> None:
        self.now.wait(seconds)

    @rule()
    def the_list_is_asked_about(self) -> None:
        paying.ask_suspense(self.shop, self.day.providers, clock=self.wall)

    @rule(seconds=st.floats(-5_000.0, 5_000.0))
    def the_tills_clock_jumps(self, seconds: float) -> None:
        self.wall.off_s = seconds

    @invariant()
    def no_sale_without_money_and_nothing_doubled(self) -> None:
        found = audit(self.shop, held(self.fake))
        assert found.sold_without_money == []
        assert found.doubled == []

    @invariant()
    def one_open_attempt_a_sale(self) -> None:
        with self.shop.reading() as books:
            sales = [one.sale_id for one in books.attempts.open() if one.kind == "take" and one.state in OPEN]
        assert len(sales) == len(set(sales))

    def teardown(self) -> None:
        self.wall.off_s = 0.0
        self.day.recover()
        let_the_world_come_back(self.fake, self.day, self.now)
        found = audit(self.shop, held(self.fake))
        assert found.charged_without_sale == []
        assert found.listed == []

    def _until_the_plug(self, statements: int, deed) -> None:
        try:
            with self.plug.pulled_after(statements):
                deed()
        except PulledPlug:
            self.is_down = True


TestCounter = Counter.TestCase
TestCounter.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
