"""The night's thread: it works when a night is missing, leaves off when the till closes, and never works twice."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

from storeapp.database.connection import DiskFull
from storeapp.domain.layer import Bought
from storeapp.domain.ledger import Leg, LotMove, Txn, bonus_account, points_account
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.domain.money import Money
from storeapp.till import layers, proving
from storeapp.till.clock_watch import ClockWatch, confirm, note_jump
from storeapp.till.night_worker import NightWorker
from storeapp.till.policies import set_policies
from storeapp.till.ports import Books
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, a_sale, book
from tests.waiting import PATIENCE_S, until


def lived_in(shop: MemoryShop) -> MemoryShop:
    with shop.writing() as books:
        books.members.put(ALICE)
        book(books, a_sale(1, member=ALICE))
    return shop


def test_a_missing_night_is_made_up_for_and_the_same_day_has_no_second(shop: MemoryShop, clock: StillClock) -> None:
    told: list[int] = []
    worker = NightWorker(lived_in(shop), clock=clock, told=lambda: told.append(1), first_s=0.0, every_s=0.005)
    worker.start()

    until(lambda: bool(told))
    time.sleep(0.05)
    assert told == [1]
    clock.go_on(days=1)
    until(lambda: len(told) == 2)

    worker.stop()
    assert layers.picture(shop) is not None
    assert not layers.is_due(shop, clock=clock)


def test_what_the_proof_finds_is_told_the_same_morning(shop: MemoryShop, clock: StillClock) -> None:
    told: list[int] = []
    with lived_in(shop).writing() as books:
        books.proofs.put(LedgerProof(clock.now().isoformat(), 9, 1, ("balance: a",)))
    worker = NightWorker(shop, clock=clock, told=lambda: told.append(1), first_s=0.0, every_s=0.005)
    worker.start()

    until(lambda: len(told) == 2)
    worker.stop()

    with shop.reading() as books:
        assert dict(books.alarms.standing()) == {"books": 1}


def test_what_the_owner_says_of_custody_is_looked_at_the_same_day(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    set_policies(lived_in(shop), {"stored_value.enabled": True}, clock=clock)
    top_up(shop, TopUpOrder(ALICE.member_id, Money(50000), "cash", "1007"), clock=clock, ids=ids)
    worker = NightWorker(shop, clock=clock, first_s=0.0, every_s=0.005)

    def waiting() -> bool:
        with shop.reading() as books:
            return bool(books.alarms.standing())

    worker.start()
    until(waiting)
    set_policies(shop, {"stored_value.custody_fen": 10000}, clock=clock)
    until(lambda: not waiting())
    worker.stop()


class Endless:
    """A shop so large that its members never end; everything else is the real one's."""

    def __init__(self, shop: MemoryShop, seen: threading.Event) -> None:
        self._shop, self._seen = shop, seen

    @contextmanager
    def reading(self) -> Iterator[Books]:
        with self._shop.reading() as books:
            real: Any = books
            real.layers.bought = self._members
            yield books

    def writing(self) -> Any:
        return self._shop.writing()

    def _members(self) -> Iterator[tuple[str, Sequence[Bought]]]:
        number = 0
        while True:
            self._seen.set()
            number += 1
            yield f"m-{number}", []


def test_closing_the_till_stops_it_between_two_members(shop: MemoryShop, clock: StillClock) -> None:
    seen = threading.Event()
    worker = NightWorker(Endless(lived_in(shop), seen), clock=clock, first_s=0.0)
    worker.start()
    assert seen.wait(PATIENCE_S)

    worker.stop(timeout_s=PATIENCE_S)

    assert not worker._thread.is_alive()
    assert layers.picture(shop) is None


def test_it_lets_the_counter_open_first(shop: MemoryShop, clock: StillClock) -> None:
    worker = NightWorker(lived_in(shop), clock=clock)
    worker.start()

    worker.stop()

    assert layers.is_due(shop, clock=clock)


def test_what_is_over_ends_in_the_night(shop: MemoryShop, clock: StillClock) -> None:
    account = points_account(ALICE.member_id)
    with lived_in(shop).writing() as books:
        legs = (Leg(account, "pts", 5), Leg("exp.points", "pts", -5))
        lots = (LotMove(account, "t1", 5, "2026-09-01"),)
        books.ledger.post(Txn("t1", "sale", "2026-08-01T10:00:00+08:00", legs, ALICE.member_id, lots=lots))
        held = books.ledger.balance(account, "pts")
    told: list[int] = []
    worker = NightWorker(shop, clock=clock, told=lambda: told.append(1), first_s=0.0)

    worker.start()
    until(lambda: bool(told))
    worker.stop()

    with shop.reading() as books:
        assert books.ledger.balance(account, "pts") == held - 5


def test_the_copy_is_made_when_everything_else_is_done_and_a_full_disk_ends_nothing(
    shop: MemoryShop, clock: StillClock
) -> None:
    proven: list[bool] = []

    def copy() -> None:
        proven.append(not proving.is_due(shop, clock=clock))
        raise DiskFull("shop.db")

    worker = NightWorker(lived_in(shop), clock=clock, copy=copy, first_s=0.0, every_s=0.005)
    worker.start()
    until(lambda: len(proven) > 1)
    worker.stop()

    assert all(proven)


def test_the_ledger_is_proven_at_last_once_a_day(shop: MemoryShop, clock: StillClock) -> None:
    worker = NightWorker(lived_in(shop), clock=clock, first_s=0.0, every_s=0.005)
    worker.start()

    until(lambda: not proving.is_due(shop, clock=clock))
    with shop.writing() as books:
        first = books.proofs.last()
        book(books, a_sale(2, member=ALICE))
    time.sleep(0.05)
    with shop.reading() as books:
        assert books.proofs.last() == first
    clock.go_on(days=1)
    until(lambda: not proving.is_due(shop, clock=clock))

    worker.stop()
    with shop.reading() as books:
        last = books.proofs.last()
    assert first is not None
    assert last is not None
    assert (first.faults, last.faults) == (0, 0)
    assert last.legs > first.legs


def test_a_night_that_could_not_be_done_is_proven_all_the_same(
    shop: MemoryShop, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object, **_named: object) -> None:
        raise DiskFull("shop.db")

    monkeypatch.setattr(layers, "work_the_night", full)
    worker = NightWorker(lived_in(shop), clock=clock, first_s=0.0)
    worker.start()

    until(lambda: not proving.is_due(shop, clock=clock))

    worker.stop()
    assert layers.picture(shop) is None


def points_until(shop: MemoryShop, last_day: str) -> str:
    account = points_account(ALICE.member_id)
    with shop.writing() as books:
        legs = (Leg(account, "pts", 5), Leg("exp.points", "pts", -5))
        lots = (LotMove(account, "t1", 5, last_day),)
        books.ledger.post(Txn("t1", "sale", "2026-08-01T10:00:00+08:00", legs, ALICE.member_id, lots=lots))
    return account


def a_night(shop: MemoryShop, clock: StillClock) -> None:
    told: list[int] = []
    worker = NightWorker(shop, clock=clock, told=lambda: told.append(1), first_s=0.0)
    worker.start()
    until(lambda: bool(told))
    worker.stop()


@pytest.mark.parametrize("months", [12, 0])
def test_a_clock_that_jumped_a_year_takes_nothing_for_good(shop: MemoryShop, clock: StillClock, months: int) -> None:
    account = points_until(lived_in(shop), "2026-12-31")
    set_policies(shop, {"members.retention_months": months}, clock=clock)
    a_night(shop, clock)

    clock.go_on(days=800)
    a_night(shop, clock)

    with shop.reading() as books:
        assert books.ledger.balance(account, "pts") > 5
        assert books.members.by_id(ALICE.member_id) is not None

    # it was right all along: the night after ends what is over
    clock.go_on(days=1)
    a_night(shop, clock)
    with shop.reading() as books:
        assert books.ledger.lots_of(account)[0].remaining == 0
        assert (books.members.by_id(ALICE.member_id) is None) == bool(months)


def test_a_jump_of_days_waits_for_a_person_however_many_nights_go_by(shop: MemoryShop, clock: StillClock) -> None:
    account = points_until(lived_in(shop), (clock.now() + timedelta(days=10)).date().isoformat())
    a_night(shop, clock)
    watch = ClockWatch(shop, clock, elapsed_s=lambda: 0.0)
    assert watch.look() is None
    clock.go_on(days=20)
    jump = watch.look()
    assert jump is not None
    note_jump(shop, jump, cashier="1007", clock=clock)
    left = []
    for _night in range(2):
        a_night(shop, clock)
        with shop.reading() as books:
            left.append(books.ledger.balance(account, "pts"))
        clock.go_on(days=1)

    confirm(shop, by="1007", clock=clock)
    a_night(shop, clock)

    assert left[0] == left[1] > 0
    with shop.reading() as books:
        assert books.ledger.lots_of(account)[0].remaining == 0


def test_once_the_clock_is_set_right_again_the_nights_go_on(shop: MemoryShop, clock: StillClock) -> None:
    a_night(lived_in(shop), clock)
    clock.go_on(days=365)
    a_night(shop, clock)

    clock.go_on(days=-364)

    assert layers.is_due(shop, clock=clock)
    a_night(shop, clock)
    night = layers.picture(shop)
    assert night is not None
    assert night.learned.computed_on == clock.now().date()
    assert not layers.is_due(shop, clock=clock)


def test_monthly_gifts_come_in_the_night_and_none_because_a_clock_jumped(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    account = bonus_account(ALICE.member_id)
    set_policies(lived_in(shop), {"stored_value.enabled": True, "stored_value.monthly": "100+10x6"}, clock=clock)
    top_up(shop, TopUpOrder(ALICE.member_id, Money(10_000), "cash", "script", prints=False), clock=clock, ids=ids)
    with shop.reading() as books:
        before = books.ledger.balance(account, "fen")
    a_night(shop, clock)
    clock.go_on(days=400)
    a_night(shop, clock)
    with shop.reading() as books:
        assert books.ledger.balance(account, "fen") == before

    # set right again: what is due by now comes, and nothing else
    clock.go_on(days=-369)
    a_night(shop, clock)
    clock.go_on(days=1)
    a_night(shop, clock)

    with shop.reading() as books:
        assert books.ledger.balance(account, "fen") == before + 1_000
