"""The worker: it keeps up by itself, says how it stands, and the counter never waits for it."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from storeapp.errors import Broken
from storeapp.sync.client import CloudClient
from storeapp.sync.transport import READ_TIMEOUT_S
from storeapp.sync.worker import BACKOFF_MOST_S, Pace, SyncState, SyncWorker
from tests.fakes.fault_proxy import Fault, FaultProxy
from tests.sync.world import Tenant, Till
from tests.waiting import PATIENCE_S, until

QUICK = Pace(look_s=0.03, idle_s=0.2)
Start = Callable[..., SyncWorker]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a worker on a till, and sees to it that it ends."""
    begun: list[SyncWorker] = []

    def go(till: Till, *, pace: Pace = QUICK) -> SyncWorker:
        worker = SyncWorker(till.shop, till.client, clock=till.clock, chance=random.Random(1), pace=pace)
        begun.append(worker)
        worker.start()
        return worker

    yield go
    for worker in begun:
        assert worker.stop(timeout_s=PATIENCE_S)


def test_sales_go_up_by_themselves(joined: Till, tenant: Tenant, start: Start) -> None:
    worker = start(joined)
    for _ in range(5):
        joined.sell()

    until(lambda: joined.acked() == joined.head())
    until(lambda: worker.state().unsent == 0 and worker.state().last_ok_at is not None)

    state = worker.state()
    assert (state.is_joined, state.is_online, state.word, state.oldest_unsent_at) == (True, True, "", None)
    assert tenant.sold() == joined.sold()


def test_a_kick_is_a_round_at_once(joined: Till, start: Start) -> None:
    worker = start(joined, pace=Pace(look_s=600, idle_s=600))
    until(lambda: worker.state().is_online)
    joined.sell()

    worker.kick()

    until(lambda: joined.acked() == joined.head())


def test_a_cloud_that_is_gone_shows_and_costs_no_sale(joined: Till, line: FaultProxy, start: Start) -> None:
    line.plan = lambda _request: "reset"
    worker = start(joined)
    first = joined.sell().sale
    joined.sell()

    until(lambda: worker.state().unsent == joined.head() and worker.state().word != "")

    state = worker.state()
    assert (state.is_joined, state.is_online, state.word) == (True, False, "cloud_unreachable")
    with joined.shop.reading() as books:
        assert state.oldest_unsent_at == books.journal.after(0)[0].at <= first.at
    line.plan = lambda _request: "none"
    worker.kick()
    until(lambda: worker.state().is_online and worker.state().unsent == 0)


def test_selling_does_not_wait_for_a_cloud_that_does_not_answer(joined: Till, line: FaultProxy, start: Start) -> None:
    """Nobody answers until twenty sales are made: had one of them waited for the cloud, it would have given up."""
    asked, may_answer = threading.Event(), threading.Event()

    def slow(_request: bytes) -> Fault:
        asked.set()
        may_answer.wait(PATIENCE_S)
        return "none"

    line.plan = slow
    worker = start(joined)
    worker.kick()
    assert asked.wait(PATIENCE_S)
    begun = time.monotonic()
    for _ in range(20):
        joined.sell()
        worker.kick()
        worker.state()
    took_s = time.monotonic() - begun
    may_answer.set()

    # each of them would have waited for as long as the worker waits for an answer
    assert took_s < PATIENCE_S < 20 * READ_TIMEOUT_S


def test_a_shop_without_a_cloud_is_quiet_until_it_joins(
    till: Till, line: FaultProxy, tenant: Tenant, start: Start
) -> None:
    till.sell()
    worker = start(till)
    time.sleep(0.1)
    assert worker.state() == SyncState()

    till.join(line.url, tenant.invite())
    worker.kick()

    until(lambda: worker.state().is_online and worker.state().unsent == 0)
    assert tenant.sold() == till.sold()


def test_a_fault_of_ours_does_not_end_the_worker(joined: Till, start: Start, caplog: pytest.LogCaptureFixture) -> None:
    failures = iter([ZeroDivisionError("ours"), Broken(), None])
    calm = joined.client

    def flaky() -> CloudClient:
        failure = next(failures)
        if failure is not None:
            raise failure
        return calm()

    joined.client = flaky  # type: ignore[method-assign]  # on purpose
    worker = start(joined)
    joined.sell()

    until(lambda: joined.acked() == joined.head())
    assert "a round broke off" in caplog.text
    until(lambda: worker.state().word == "" and worker.state().is_online)


def test_it_stops_in_the_middle_of_a_long_drain(joined: Till, line: FaultProxy, start: Start) -> None:
    for _ in range(30):
        joined.sell()
    asked, ended = threading.Event(), threading.Event()

    def slow(_request: bytes) -> Fault:
        asked.set()
        ended.wait(PATIENCE_S)
        return "none"

    line.plan = slow
    worker = start(joined)
    assert asked.wait(PATIENCE_S)

    assert worker.stop(timeout_s=PATIENCE_S / 2)

    ended.set()
    assert joined.acked() == 0


def test_the_waits_grow_with_jitter_up_to_a_minute(joined: Till) -> None:
    worker = SyncWorker(joined.shop, joined.client, clock=joined.clock, chance=random.Random(7))
    waits = []
    for failures in range(1, 40):
        worker._failures = failures
        waits.append(worker._backoff_s())

    assert max(waits[:2]) <= 2.0
    assert max(waits) <= BACKOFF_MOST_S
    assert max(waits[10:]) > 30
    assert len({round(wait, 3) for wait in waits}) > 30


def test_a_clock_more_than_two_minutes_off_is_worth_a_warning() -> None:
    assert SyncState(clock_offset_s=-121).is_clock_off
    assert not SyncState(clock_offset_s=119).is_clock_off
