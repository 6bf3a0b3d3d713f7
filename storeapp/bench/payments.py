"""payments: random payment scripts at a till whose plug is pulled, against companies whose book nobody can bend."""

from __future__ import annotations

import math
import random
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from storeapp.bench.measure import Figure
from storeapp.bench.payment_audit import Audit, audit
from storeapp.bench.payment_day import PaymentDay
from storeapp.bench.plug import Plug, PulledPlug
from storeapp.bench.shop import measured_shop
from storeapp.domain.tender import TenderKind
from storeapp.payments import alipay, line, shouqianba, wechat
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.in_process import InProcess
from storeapp.till import checkout, paying, paying_back, payment_proof, settling
from storeapp.till.clock import RandomIds
from storeapp.till.ports import Provider, Shop

SCRIPTS = 10_000
LONGEST = 1_500
ROOMS = (paying, paying_back, payment_proof, settling, checkout, wechat, alipay, shouqianba, line)


@dataclass
class Time:
    """Virtual: passes when somebody waits for it. The clock, and the pace at once."""

    moment: datetime = field(default_factory=lambda: datetime(2026, 11, 28, 9, tzinfo=ZoneInfo("Asia/Shanghai")))
    passed: float = 0.0

    def now(self) -> datetime:
        return self.moment

    def wait(self, seconds: float) -> None:
        self.passed += seconds
        self.moment += timedelta(seconds=seconds)

    def elapsed(self) -> float:
        return self.passed


@dataclass
class Played:
    """What became of a run: how often the plug was pulled, what waited on the list, and the auditor's word."""

    kills: int
    listed: int
    audit: Audit


def providers_of(
    fake: FakeProviders, now: Callable[[], datetime], way: Callable[[str], None]
) -> dict[TenderKind, Provider]:
    """A client of each company, in process. `way` is called around every request."""
    keys, transport = fake.keys, InProcess(fake, on_the_way=way)
    return {
        "wechat": wechat.WechatPay(keys.for_wechat(), now=now, base_url="http://fake", transport=transport),
        "alipay": alipay.Alipay(keys.for_alipay(), now=now, base_url="http://fake", transport=transport),
        "unionpay": shouqianba.Shouqianba(keys.terminal, kind="unionpay", base_url="http://fake", transport=transport),
    }


def play(shop: Shop, count: int, *, seed: int, kill_share: float = 0.6) -> Played:
    """`count` customers at `shop`; at `kill_share` of them the plug is pulled, and often again while it recovers."""
    chance, now = random.Random(seed), Time()
    fake = FakeProviders(now=now.now)

    def way(_place: str) -> None:
        now.wait(chance.choice((0.05, 0.1, 0.3, 2.0)))

    providers = providers_of(fake, now.now, way)
    day, plug, kills = PaymentDay(shop, providers, now, RandomIds(), now, chance), Plug(*ROOMS), 0

    def live(deed: Callable[[], None]) -> bool:
        """False if the plug was pulled meanwhile."""
        if chance.random() >= kill_share:
            deed()
            return True
        try:
            with plug.pulled_after(int(math.exp(chance.uniform(0.0, math.log(LONGEST))))):
                deed()
        except PulledPlug:
            return False
        return True

    for _ in range(count):
        alive = live(day.customer)
        while not alive:
            kills += 1
            now.wait(chance.choice((2.0, 20.0, 300.0)))
            alive = live(day.recover)
    day.recover()
    with shop.reading() as books:
        listed = len(books.attempts.unsettled()) + len(books.attempts.open())
    let_the_world_come_back(fake, day, now)
    return Played(kills, listed, audit(shop, held(fake)))


def held(fake: FakeProviders) -> dict[str, int]:
    """What the companies hold for the shop, by trade number."""
    net: dict[str, int] = defaultdict(int)
    for entry in fake.orders.book:
        net[entry.number] += entry.fen if entry.kind == "charge" else -entry.fen
    return dict(net)


def let_the_world_come_back(fake: FakeProviders, day: PaymentDay, now: Time) -> None:
    """Late requests arrive, companies that were down answer again, and the till works its list off."""
    now.wait(600.0)
    fake.orders.let_arrive()
    fake.orders.mend()
    for _ in range(3):
        day.clear()


def payment_figures(folder: Path) -> list[Figure]:
    """Three zeros over ten thousand scripts, with the plug pulled between any two statements."""
    began = time.perf_counter()
    with measured_shop(folder, products=1, members=0) as measured:
        played = play(measured.shop, SCRIPTS, seed=20261128)
    found, took = played.audit, time.perf_counter() - began
    note = f"{SCRIPTS} scripts, {played.kills} pulled plugs, {found.sales} sales, {played.listed} listed, {took:.0f} s"
    return [
        Figure("payments charged without sale or reversal", len(found.charged_without_sale), "trades", 0, note=note),
        Figure("payments sold without money", len(found.sold_without_money), "trades", 0),
        Figure("payments doubled", len(found.doubled), "trades", 0),
        Figure("payments left on the list", len(found.listed), "trades", 0, note="after the companies came back"),
    ]
