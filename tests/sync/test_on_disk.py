"""The real thing on both sides: the shop's encrypted file here, the cloud's database there."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from storeapp.database.keystore import FileKeystore
from storeapp.database.shop import ShopDatabase
from storeapp.domain.ledger import points_account
from storeapp.sync.worker import Pace, SyncWorker
from storeapp.till.catalogue import put_products
from storeapp.till.clock import RandomIds
from storeapp.till.members import SignUp, erase, sign_up
from storeapp.till.new_shop import new_device
from storeapp.till.policies import set_policy
from tests.domain.goods import BAG, CUP, TEA
from tests.fakes.fault_proxy import FaultProxy, at_random
from tests.sync.world import RunningClock, Tenant, Till
from tests.waiting import PATIENCE_S, until


def till_on_disk(folder: Path) -> Till:
    ids, clock, keystore = RandomIds(), RunningClock(), FileKeystore(folder / "keys")
    device = new_device(ids, store="S09", till="9")
    shop = ShopDatabase.create(folder, device=device, clock=clock, ids=ids, keystore=keystore)
    return Till(shop, keystore, clock, ids)


@pytest.fixture
def first(tmp_path: Path) -> Iterator[Till]:
    till = till_on_disk(tmp_path / "first")
    yield till
    till.shop.close()


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Till]:
    till = till_on_disk(tmp_path / "second")
    yield till
    till.shop.close()


def test_two_tills_on_disk_come_to_know_the_same(first: Till, second: Till, line: FaultProxy, tenant: Tenant) -> None:
    put_products(first.shop, [TEA, CUP, BAG], clock=first.clock)
    alice = sign_up(first.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=first.clock, ids=first.ids)
    bob = sign_up(first.shop, SignUp("13800000002", "李强"), cashier="1007", clock=first.clock, ids=first.ids)
    first.sell(cups=1, member_id=alice.member_id)
    first.join(line.url, tenant.invite("1"))
    second.join(line.url, tenant.invite("2"))
    set_policy(second.shop, "points.per_yuan", 3, clock=second.clock)

    for till in (first, second, first):
        till.sync()

    assert tenant.sold() == first.sold()
    with first.shop.reading() as ours, second.shop.reading() as theirs:
        assert list(theirs.products.every()) == list(ours.products.every())
        assert theirs.members.by_phone("8613800000001") == alice
        assert theirs.members.consents(alice.member_id) == ours.members.consents(alice.member_id)
        assert theirs.ledger.balance(points_account(alice.member_id), "pts") == 35
        assert ours.policy.in_force().values == theirs.policy.in_force().values == {"points.per_yuan": 3}

    erase(second.shop, bob.member_id, clock=second.clock)
    for till in (second, first):
        till.sync()

    with first.shop.reading() as ours:
        assert ours.members.by_phone("8613800000002") is None
        assert ours.members.by_id(alice.member_id) == alice
    assert (first.sync().pushed, first.sync().pulled) == (0, 0)


def test_selling_goes_on_while_the_worker_fights_with_a_bad_line(first: Till, line: FaultProxy, tenant: Tenant) -> None:
    first.join(line.url, tenant.invite())
    line.plan = at_random(0.4, seed=5)
    worker = SyncWorker(
        first.shop, first.client, clock=first.clock, chance=random.Random(5), pace=Pace(look_s=0.02, idle_s=1.0)
    )
    worker.start()
    for _ in range(60):
        first.sell(cups=1)
        worker.kick()
        time.sleep(0.005)
    line.plan = lambda _request: "none"

    def all_sent() -> bool:
        worker.kick()
        return not worker.state().unsent and first.acked() == first.head()

    until(all_sent)

    assert worker.stop(timeout_s=PATIENCE_S)

    assert tenant.sold() == first.sold() == (60, 60 * 3600)
    assert first.shop.check() == ()
