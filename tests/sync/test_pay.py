"""Payments through the cloud over real HTTP: whatever the line does, a code is charged once or not at all."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from storeapp.cloud.limits import Limit
from storeapp.cloud.opening import Place, open_cloud
from storeapp.cloud.pay import vault
from storeapp.cloud.services import Gates
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.sync.pay import RelayProvider, relayed
from storeapp.sync.transport import CloudUnreachable
from storeapp.till import paying
from storeapp.till.paying import Asked
from storeapp.till.records import Attempt
from tests.cloud.test_pay import WECHAT
from tests.fakes.company import FakeCompany, other_amount
from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.fakes.still import StillPace
from tests.sync.world import Server, Tenant, Till, free_port, new_till, path_of, proxy_to
from tests.waiting import PATIENCE_S

CODE = "134567890123456781"


@dataclass
class World:
    """A cloud with a contract, and a till that has joined it over a line that may be bad."""

    server: Server
    company: FakeCompany
    tenant: Tenant
    till: Till
    line: FaultProxy

    @property
    def provider(self) -> RelayProvider:
        return relayed(self.till.shop, self.till.keystore, clock=self.till.clock, wallet="wechat")

    def pay(self, fen: int = 990, *, code: str = CODE, sale: str = "sale-1") -> Attempt:
        question, till = Asked(Money(fen), code, sale, by="1007"), self.till
        return paying.take(till.shop, self.provider, question, clock=till.clock, ids=till.ids, pace=StillPace())

    def another_till(self) -> World:
        made = new_till()
        made.join(self.line.url, self.tenant.invite("2"))
        return replace(self, till=made)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    company = FakeCompany()
    cloud = open_cloud(Place(tmp_path), gates=Gates(enrolments=Limit(10_000, 60.0)))
    cloud = replace(cloud, companies={"wechat": lambda _keys: company})
    server = Server(tmp_path, cloud, free_port())
    server.start()
    tenant, till = server.tenant(), new_till()
    vault.put(cloud, tenant.tenant_id, "wechat", WECHAT)
    line = proxy_to(server)
    till.join(line.url, tenant.invite())
    yield World(server, company, tenant, till, line)
    line.close()
    server.stop()


def test_a_code_is_charged_through_the_cloud(world: World) -> None:
    attempt = world.pay()

    assert (attempt.state, attempt.fen, attempt.tender) == ("paid", 990, "wechat")
    assert world.company.charged == {attempt.trade_number: Money(990)}


def test_a_lost_answer_is_found_by_asking_and_nothing_is_charged_twice(world: World) -> None:
    world.line.plan = lambda request: "response_lost" if path_of(request) == "/v1/pay/take" else "none"

    attempt = world.pay()

    assert attempt.state == "paid"
    assert world.company.takes == [attempt.trade_number]


def test_a_question_that_comes_twice_is_asked_once(world: World) -> None:
    world.line.plan = lambda request: "duplicated" if path_of(request) == "/v1/pay/take" else "none"

    attempt = world.pay()

    assert attempt.state == "paid"
    assert world.company.takes == [attempt.trade_number]


def test_without_a_network_nothing_is_sent_and_the_cashier_hears_it_at_once(world: World) -> None:
    world.till.move_to(f"http://127.0.0.1:{free_port()}")

    attempt = world.pay()

    assert (attempt.state, attempt.reason) == ("failed", "not_sent")
    assert world.company.takes == []


def test_the_code_is_still_good_after_a_try_without_network(world: World) -> None:
    url = world.till.client().url
    world.till.move_to(f"http://127.0.0.1:{free_port()}")
    assert world.pay().reason == "not_sent"
    world.till.move_to(url)

    assert world.pay().state == "paid"


def test_a_line_that_loses_every_answer_ends_in_a_list_not_in_a_guess(world: World) -> None:
    world.line.plan = lambda request: "response_lost" if path_of(request).startswith("/v1/pay") else "none"

    attempt = world.pay()

    assert attempt.state == "suspense"
    world.line.plan = lambda _request: "none"
    found = paying.ask_suspense(world.till.shop, {"wechat": world.provider}, clock=world.till.clock)
    assert [one.state for one in found] in (["reversed"], ["paid_late"])


def test_an_answer_about_another_amount_is_never_a_payment(world: World) -> None:
    world.company.answers = other_amount

    attempt = world.pay()

    assert attempt.state in ("reversed", "suspense")
    assert attempt.reason == "answer_differs"


@pytest.mark.parametrize("garbage", ["truncated", "garbage", "reset", "server_error", "request_lost"])
def test_garbage_on_the_line_is_not_knowing(world: World, garbage: Fault) -> None:
    world.line.plan = lambda request: garbage if path_of(request) == "/v1/pay/take" else "none"

    attempt = world.pay()

    assert attempt.state in ("paid", "reversed")
    charged = set(world.company.charged)
    assert charged == ({attempt.trade_number} if attempt.state == "paid" else set())


def test_two_tills_at_once_are_charged_each_for_itself(world: World) -> None:
    other = world.another_till()
    found: list[Attempt] = []

    def pay(at: World, fen: int, code: str) -> None:
        found.append(at.pay(fen, code=code))

    threads = [
        threading.Thread(target=pay, args=(world, 990, CODE)),
        threading.Thread(target=pay, args=(other, 1980, "134567890123456782")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE_S)

    assert sorted(one.fen for one in found if one.state == "paid") == [990, 1980]
    assert sorted(amount.fen for amount in world.company.charged.values()) == [990, 1980]


def test_a_refund_goes_back_once_though_its_answer_is_lost(world: World) -> None:
    attempt = world.pay()
    world.line.plan = lambda request: "response_lost" if path_of(request) == "/v1/pay/refund" else "none"
    provider, whole = world.provider, Money(990)

    with pytest.raises(CloudUnreachable):
        provider.refund(attempt.trade_number, refund_number="r" * 20, amount=Money(400), whole=whole)
    world.line.plan = lambda _request: "none"
    again = provider.refund(attempt.trade_number, refund_number="r" * 20, amount=Money(400), whole=whole)

    assert (again.state, again.amount) == ("refunded", Money(400))
    assert provider.query_refund(attempt.trade_number, "r" * 20).state == "refunded"
    assert world.company.refunds == {"r" * 20: Money(400)}


def test_a_shop_without_a_contract_is_told_so(world: World) -> None:
    vault.remove(world.server.cloud.database, world.tenant.tenant_id, "wechat")

    attempt = world.pay()

    assert attempt.state != "paid"
    assert world.company.takes == []


def test_an_answer_about_another_trade_is_not_understood(world: World) -> None:
    said = world.provider.query("never-heard-of-it")

    assert said == Take("unknown", reason="no_such_trade", trade_number="never-heard-of-it")
