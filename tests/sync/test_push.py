"""Pushing: the cloud gets everything once, and only its proof of that counts."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from storeapp.cloud.admin import tenants
from storeapp.cloud.tables.journals import journal
from storeapp.cloud.tables.members import member
from storeapp.domain.basket import LINES_MAX, Basket, Line
from storeapp.domain.journal import GENESIS
from storeapp.domain.money import Money
from storeapp.domain.tender import Tender
from storeapp.sync import push
from storeapp.sync.client import CloudRefuses, DeviceRevoked, DeviceUnknown
from storeapp.sync.push import STUCK_AFTER, EventStuck, JournalBehind, JournalForked
from storeapp.sync.transport import CloudSpeaksGarbage, CloudUnreachable
from storeapp.till.catalogue import put_products
from storeapp.till.checkout import Order, checkout
from storeapp.till.members import SignUp, erase, sign_up
from storeapp.till.policies import set_policy
from storeapp.wire.messages import HelloAnswer, Position, PushConflict
from tests.domain.goods import CUP, TEA
from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.sync.world import Server, Tenant, Till, body_of, path_of, serve


def test_sales_made_before_joining_reach_the_cloud_too(line: FaultProxy, tenant: Tenant, till: Till) -> None:
    for _ in range(3):
        till.sell()
    till.join(line.url, tenant.invite())
    till.sell(cups=2)

    done = till.sync()

    assert (done.pushed, done.acked_seq, done.unsent) == (5, 5, 0)
    assert tenant.sold() == till.sold() == (4, 3 * 700 + 6500)


def test_a_second_round_sends_nothing(joined: Till, tenant: Tenant) -> None:
    joined.sell()
    joined.sync()

    done = joined.sync()

    assert (done.pushed, done.pulled, done.unsent) == (0, 0, 0)
    assert tenant.sold() == joined.sold()


def test_the_cloud_keeps_the_very_bytes(joined: Till, tenant: Tenant) -> None:
    joined.sell()
    joined.sync()

    with joined.shop.reading() as books:
        ours = [(entry.seq, entry.body, entry.hash) for entry in books.journal.after(0)]
    asked = sa.select(journal.c.seq, journal.c.body, journal.c.hash).where(journal.c.tenant_id == tenant.tenant_id)
    assert [tuple(row) for row in tenant.rows(asked.order_by(journal.c.seq))] == ours


def test_many_sales_go_in_batches_the_cloud_takes(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    sizes: list[tuple[int, int]] = []

    def plan(request: bytes) -> Fault:
        if path_of(request) == "/v1/sync/push":
            sizes.append((len(body_of(request)["ev"]), len(request)))
        return "none"

    line.plan = plan
    for _ in range(120):
        joined.sell(cups=1)
    for n in range(4):
        set_policy(joined.shop, "offer.contact_image", str(n) * 85_000, clock=joined.clock)
    joined.sync()

    assert sum(count for count, _ in sizes) == joined.head()
    assert len(sizes) >= 4
    assert max(count for count, _ in sizes) <= 100
    assert tenant.sold() == joined.sold()


@pytest.mark.parametrize("fault", ["response_lost", "truncated", "duplicated", "request_lost", "reset"])
def test_whatever_happens_to_a_push_the_next_round_heals_it(
    fault: Fault, joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    joined.sell()
    line.plan = lambda request: fault if path_of(request) == "/v1/sync/push" else "none"
    with pytest.raises(CloudUnreachable):
        joined.sync()

    line.plan = lambda _request: "none"
    joined.sync()

    assert joined.acked() == joined.head()
    assert tenant.sold() == joined.sold()


def lie_about_hash(request: bytes, said: Any) -> Any:
    return said | {"hash": "00" * 32} if path_of(request) == "/v1/sync/push" else said


def test_an_ack_with_another_hash_than_ours_is_none(joined: Till, line: FaultProxy) -> None:
    joined.sell()
    line.falsify = lie_about_hash

    with pytest.raises(JournalForked):
        joined.sync()

    assert joined.acked() == 0


def test_mutant_an_ack_without_looking_at_the_hash_is_noticed(
    joined: Till, line: FaultProxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    def trusting(shop: Any, seq: int, _hash: str) -> None:
        with shop.writing() as books:
            books.journal.ack(seq)

    monkeypatch.setattr(push, "_acknowledge", trusting)
    joined.sell()
    line.falsify = lie_about_hash

    joined.sync()

    assert joined.acked() == joined.head(), "the test above tells the mutant from the real thing"


@pytest.mark.parametrize("acked", [0, 1, 10**6])
def test_an_ack_of_what_was_never_sent_is_none(acked: int, joined: Till, line: FaultProxy) -> None:
    joined.sell()
    joined.sell()
    line.falsify = lambda request, said: (
        said | {"acked": acked, "hash": "11" * 32} if path_of(request) == "/v1/sync/push" else said
    )

    with pytest.raises((CloudSpeaksGarbage, JournalForked, JournalBehind)):
        joined.sync()

    assert joined.acked() == 0


def test_told_to_begin_earlier_the_till_does(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    joined.sell()
    joined.sync()
    joined.sell()
    sent: list[bytes] = []
    line.plan = noting(sent)
    line.falsify = lambda request, said: said | {"push_from": 1} if path_of(request).endswith("hello") else said

    joined.sync()

    assert [body_of(request)["from"] for request in sent if path_of(request) == "/v1/sync/push"] == [1]
    assert tenant.sold() == joined.sold()


class Stubborn:
    """A cloud that answers every push with the same conflict."""

    def __init__(self, till: Till, conflict: PushConflict) -> None:
        self._conflict = conflict
        self._now = till.clock.now
        self.pushes = 0

    def now(self) -> datetime:
        return self._now()

    def hello(self, _ask: Any) -> HelloAnswer:
        nowhere = Position(epoch=1, last_seq=0, last_hash=GENESIS.hex())
        return HelloAnswer(server_now=self._now().isoformat(), device=nowhere, verdict="ok", push_from=1)

    def push(self, _ask: Any) -> PushConflict:
        self.pushes += 1
        return self._conflict


@pytest.mark.parametrize(
    ("conflict", "expected"),
    [
        (PushConflict(expect=1, hash=GENESIS.hex()), CloudSpeaksGarbage),
        (PushConflict(expect=2, hash="ab" * 32), JournalForked),
        (PushConflict(expect=0), CloudSpeaksGarbage),
        (PushConflict(expect=99, hash="ab" * 32), JournalBehind),
        (PushConflict(fork_at=1), JournalForked),
        (PushConflict(), CloudSpeaksGarbage),
    ],
)
def test_a_cloud_that_never_agrees_is_left_alone(
    conflict: PushConflict, expected: type[Exception], joined: Till
) -> None:
    joined.sell()
    stubborn: Any = Stubborn(joined, conflict)

    with pytest.raises(expected):
        push.push(joined.shop, stubborn, push.Trouble())

    assert stubborn.pushes < 10
    assert joined.acked() == 0


def poisoned_by(seq: int) -> Any:
    def plan(request: bytes) -> Fault:
        is_push = path_of(request) == "/v1/sync/push"
        return "server_error" if is_push and any(e["seq"] == seq for e in body_of(request)["ev"]) else "none"

    return plan


def test_an_entry_the_cloud_chokes_on_is_found_and_holds_up_only_what_follows(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    for _ in range(12):
        joined.sell()
    line.plan = poisoned_by(8)
    for _ in range(STUCK_AFTER - 1):
        with pytest.raises(CloudUnreachable):
            joined.sync()
        assert joined.acked() == 0

    with pytest.raises(CloudUnreachable):
        joined.sync()
    with pytest.raises(EventStuck) as caught:
        joined.sync()

    assert caught.value.seq == 8
    assert joined.acked() == 7
    line.plan = lambda _request: "none"
    joined.sync()
    assert tenant.sold() == joined.sold()


def test_a_batch_too_large_is_sent_in_smaller_ones(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    for _ in range(6):
        joined.sell()
    # a gateway that takes less than the cloud behind it
    line.plan = lambda request: "too_large" if b"/push" in request[:40] and len(body_of(request)["ev"]) > 2 else "none"

    joined.sync()

    assert line.counted["too_large"] == 2
    assert joined.acked() == joined.head()
    assert tenant.sold() == joined.sold()


def test_the_longest_sale_there_can_be_arrives_between_two_others(joined: Till, tenant: Tenant) -> None:
    joined.sell()
    goods = [Line(replace(TEA, name="特" * 200), note="赠" * 100) for _ in range(LINES_MAX)]
    order = Order(Basket(tuple(goods)), (Tender("cash", Money(200_000)),), cashier="1007")
    checkout(joined.shop, order, clock=joined.clock, ids=joined.ids)
    joined.sell()

    joined.sync()

    assert joined.acked() == joined.head()
    assert tenant.sold() == joined.sold()


def test_an_entry_too_large_by_itself_is_named(joined: Till, line: FaultProxy) -> None:
    joined.sell()
    line.plan = lambda request: "too_large" if b"/push" in request[:40] else "none"

    with pytest.raises(EventStuck) as caught:
        joined.sync()

    assert caught.value.facts() == {"seq": 1, "reason": "too_large"}


def test_a_cloud_restored_from_its_backup_gets_its_lost_tail_again(tmp_path: Any, till: Till) -> None:
    server = serve(tmp_path / "a")
    tenant = server.tenant()
    till.join(server.url, tenant.invite())
    for _ in range(3):
        till.sell()
    put_products(till.shop, [TEA], clock=till.clock)
    till.sync()
    backup = {name: (server.folder / name).read_bytes() for name in _files_at_rest(server)}
    server.start()
    for _ in range(3):
        till.sell()
    put_products(till.shop, [CUP], clock=till.clock)
    till.sync()
    server.stop()
    server.cloud.database.engine.dispose()
    for name, content in backup.items():
        (tmp_path / "b").mkdir(exist_ok=True)
        (tmp_path / "b" / name).write_bytes(content)
    restored = serve(tmp_path / "b")
    till.move_to(restored.url)
    till.sell()

    done = till.sync()
    restored.stop()

    assert done.unsent == 0
    assert Tenant(restored.cloud, tenant.tenant_id, tenant.store_id).sold() == till.sold()
    assert done.pulled == 0, "its feeds have grown again to the very rows read before"
    restored.cloud.database.engine.dispose()


def _files_at_rest(server: Server) -> list[str]:
    server.stop()
    server.cloud.database.engine.dispose()
    return [file.name for file in server.folder.iterdir() if file.is_file()]


def test_a_till_restored_from_an_older_backup_says_so_and_overwrites_nothing(joined: Till, tenant: Tenant) -> None:
    joined.sell()
    joined.sync()
    backup = joined.shop._state.copied()
    joined.sell()
    joined.sync()
    joined.shop._state = backup

    with pytest.raises(JournalBehind) as caught:
        joined.sync()

    assert (caught.value.cloud_seq, caught.value.till_seq) == (3, 2)
    assert tenant.sold()[0] == 2


def test_two_copies_of_one_till_are_told_apart(joined: Till, tenant: Tenant) -> None:
    twin = copy.copy(joined)
    twin.shop = copy.copy(joined.shop)
    twin.shop._state = joined.shop._state.copied()
    joined.sell()
    twin.sell(cups=1)
    joined.sync()

    with pytest.raises(JournalForked):
        twin.sync()

    assert twin.acked() == 0
    assert tenant.sold() == joined.sold()


def test_a_cloud_that_does_not_know_the_till_gets_nothing(joined: Till, tmp_path: Any) -> None:
    joined.sell()
    other = serve(tmp_path)
    joined.move_to(other.url)

    with pytest.raises(DeviceUnknown):
        joined.sync()

    other.stop()
    other.cloud.database.engine.dispose()
    assert joined.acked() == 0


def test_a_till_shut_out_still_hands_over_what_it_sold(joined: Till, tenant: Tenant) -> None:
    joined.sell()
    with joined.shop.reading() as books:
        device_id = books.device.device_id
    tenants.device_revoke(tenant.cloud, tenant.tenant_id, device_id)

    with pytest.raises(DeviceRevoked):
        joined.sync()

    assert joined.acked() == joined.head()
    assert tenant.sold() == joined.sold()


def noting(sent: list[bytes]) -> Callable[[bytes], Fault]:
    """A good line that keeps what passes."""

    def plan(request: bytes) -> Fault:
        sent.append(request)
        return "none"

    return plan


def test_a_members_phone_travels_beside_the_entry_and_never_in_it(
    joined: Till, line: FaultProxy, tenant: Tenant
) -> None:
    sent: list[bytes] = []
    line.plan = noting(sent)
    sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)

    joined.sync()

    events = next(body_of(request)["ev"] for request in sent if path_of(request) == "/v1/sync/push")
    told = next(event for event in events if event["t"] == "member.joined")
    assert told["pii"] == {"phone": "13800000001", "name": "王芳"}
    with joined.shop.reading() as books:
        assert not any(b"13800000001" in entry.body for entry in books.journal.after(0))
    assert len(tenant.rows(sa.select(member.c.member_id).where(member.c.tenant_id == tenant.tenant_id))) == 1


def test_who_was_forgotten_before_the_push_is_never_named(joined: Till, line: FaultProxy, tenant: Tenant) -> None:
    sent: list[bytes] = []
    line.plan = noting(sent)
    alice = sign_up(joined.shop, SignUp("13800000001", "王芳"), cashier="1007", clock=joined.clock, ids=joined.ids)
    erase(joined.shop, alice.member_id, clock=joined.clock)

    joined.sync()

    assert joined.acked() == joined.head()
    assert not any(b"13800000001" in request for request in sent)


@pytest.mark.parametrize("hours", [-30, 5])
def test_a_clock_set_wrong_does_not_stop_a_till(hours: int, joined: Till, tenant: Tenant) -> None:
    joined.sell()
    joined.clock.off = timedelta(hours=hours)
    client = joined.client()

    push.push(joined.shop, client, push.Trouble())

    assert client.clock_offset_s == pytest.approx(-hours * 3600, abs=5)
    assert tenant.sold() == joined.sold()
    client.close()


def test_a_refusal_nobody_foresaw_keeps_its_word(joined: Till, line: FaultProxy) -> None:
    joined.sell()
    line.falsify = lambda request, said: {"acked": "soon"} if path_of(request).endswith("push") else said
    with pytest.raises(CloudSpeaksGarbage):
        joined.sync()
    with joined.shop.writing() as books:
        broken = books.journal.append("sale", json.loads('{"a": 1}'), at="2026-01-01T00:00:00+08:00")
    assert broken.seq == joined.head()
    line.falsify = None

    done = joined.sync()

    assert done.unsent == 0, "what the cloud cannot read it still keeps"
    assert CloudRefuses("x").facts() == {"reason": "x"}
