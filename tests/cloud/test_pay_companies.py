"""The relay with the real clients, against the pretended companies over real HTTP: what they do wrong costs nobody."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest

from storeapp.cloud.limits import Limit
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.pay import vault
from storeapp.cloud.services import Gates
from storeapp.domain.money import Money
from storeapp.payments.fake.app import FakeProviders
from storeapp.payments.fake.scripts import NAMES
from storeapp.payments.fake.serve import serving
from storeapp.sync.pay import relayed
from storeapp.till import paying, paying_back
from storeapp.till.paying import Asked
from storeapp.till.paying_back import GiveBack
from storeapp.till.records import Attempt
from storeapp.wire.pay import Wallet
from tests.fakes.pace import CompaniesPace
from tests.sync.world import Server, Tenant, Till, free_port, new_till

_numbers = count(1)
FIRST: dict[Wallet, str] = {"wechat": "13", "alipay": "28"}
WALLETS: tuple[Wallet, ...] = ("wechat", "alipay")


@dataclass
class World:
    fake: FakeProviders
    server: Server
    tenant: Tenant
    till: Till

    def pay(self, wallet: Wallet, script: str, *, fen: int = 990, sale: str = "sale-1") -> Attempt:
        code = f"{FIRST[wallet]}{next(_numbers):014d}{NAMES.index(script):02d}"
        provider = relayed(self.till.shop, self.till.keystore, clock=self.till.clock, wallet=wallet)
        question = Asked(Money(fen), code, sale, by="1007")
        pace = CompaniesPace(self.fake)
        return paying.take(self.till.shop, provider, question, clock=self.till.clock, ids=self.till.ids, pace=pace)

    def held(self) -> int:
        """What the shop holds at the companies."""
        return sum(entry.fen if entry.kind == "charge" else -entry.fen for entry in self.fake.orders.book)


@pytest.fixture(scope="module")
def companies() -> Iterator[tuple[FakeProviders, str]]:
    fake = FakeProviders()
    with serving(fake) as url:
        yield fake, url


@pytest.fixture
def world(companies: tuple[FakeProviders, str], tmp_path: Path) -> Iterator[World]:
    fake, url = companies
    cloud = open_cloud(Place(tmp_path), clock=fake.clock.now, gates=Gates(enrolments=Limit(10_000, 60.0)))
    server = Server(tmp_path, cloud, free_port())
    server.start()
    tenant, till = server.tenant(), new_till()
    keys = fake.keys
    own, app = keys.for_wechat(), keys.for_alipay()
    vault.put(
        cloud,
        tenant.tenant_id,
        "wechat",
        {name: getattr(own, name) for name in vault.FIELDS["wechat"]} | {"gateway": url},
    )
    vault.put(
        cloud,
        tenant.tenant_id,
        "alipay",
        {name: getattr(app, name) for name in vault.FIELDS["alipay"]} | {"gateway": url},
    )
    till.join(server.url, tenant.invite())
    yield World(fake, server, tenant, till)
    server.stop()


@pytest.mark.parametrize("wallet", WALLETS)
@pytest.mark.parametrize(
    "script", ["ok", "password", "system_error_paid", "lost_paid", "short_paid", "garbage", "unsigned", "wrong_key"]
)
def test_money_that_was_taken_is_found_and_counted_once(world: World, wallet: Wallet, script: str) -> None:
    before = world.held()

    attempt = world.pay(wallet, script)

    assert attempt.state == "paid"
    assert world.held() - before == 990


@pytest.mark.parametrize("wallet", WALLETS)
@pytest.mark.parametrize(
    "script", ["password_for_ever", "never_arrived", "recall_thrice", "expired", "used", "wrong_code", "no_money"]
)
def test_what_is_not_paid_holds_no_money(world: World, wallet: Wallet, script: str) -> None:
    before = world.held()

    attempt = world.pay(wallet, script)

    assert attempt.state in ("failed", "reversed")
    assert world.held() == before


@pytest.mark.parametrize("wallet", WALLETS)
@pytest.mark.parametrize("script", ["wrong_amount", "wrong_currency", "garbage_for_ever", "wrong_key_for_ever", "down"])
def test_what_cannot_be_believed_is_never_paid(world: World, wallet: Wallet, script: str) -> None:
    attempt = world.pay(wallet, script)

    assert attempt.state not in ("paid", "failed")


@pytest.mark.parametrize("wallet", WALLETS)
def test_a_customer_who_pays_at_the_last_moment_waits_for_a_manager(world: World, wallet: Wallet) -> None:
    attempt = world.pay(wallet, "late_success")

    assert attempt.state == "paid_late"


@pytest.mark.parametrize("wallet", WALLETS)
def test_money_goes_back_through_the_cloud(world: World, wallet: Wallet) -> None:
    before = world.held()
    attempt = world.pay(wallet, "refund_unknown")
    provider = relayed(world.till.shop, world.till.keystore, clock=world.till.clock, wallet=wallet)

    back = paying_back.refund(
        world.till.shop,
        provider,
        GiveBack(attempt.trade_number, Money(400), "refund-1"),
        clock=world.till.clock,
        ids=world.till.ids,
        pace=CompaniesPace(world.fake),
    )

    assert back.state == "refunded"
    assert world.held() - before == 590
