"""The thread that settles payments while nobody looks."""

from __future__ import annotations

import threading

from storeapp.domain.attempt import AttemptState
from storeapp.domain.money import Money
from storeapp.domain.payment import Take
from storeapp.till import paying
from storeapp.till.records import Attempt
from storeapp.till.settling_worker import SettlingWorker
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.scripted_provider import UNKNOWN, ScriptedProvider
from tests.fakes.still import CountedIds, StillClock, StillPace
from tests.waiting import PATIENCE_S

CLOSED, PAID = Take("closed"), Take("paid", ref="W1")


def put(shop: MemoryShop, clock: StillClock, number: str, state: AttemptState) -> None:
    made = Attempt(
        number, f"s{number}", "wechat", 350, state, clock.now().isoformat(), tender="wechat", trade_number=number
    )
    with shop.writing() as books:
        books.attempts.put(made)


def states(shop: MemoryShop) -> list[str]:
    with shop.reading() as books:
        return [attempt.state for attempt in books.attempts.between("0", "9")]


def test_it_settles_at_the_start_what_a_crash_left_and_goes_on_with_the_list(
    shop: MemoryShop, clock: StillClock
) -> None:
    put(shop, clock, "1", "sent")
    put(shop, clock, "2", "suspense")
    put(shop, clock, "3", "failed")
    provider = ScriptedProvider(queries=[PAID, UNKNOWN, UNKNOWN, CLOSED], amounts={"1": Money(350)})
    rounds = threading.Semaphore(0)
    worker = SettlingWorker(shop, {"wechat": provider}, clock=clock, told=rounds.release, every_s=0.01)

    # the first question waits five seconds for a customer; a test does not
    worker._pace.wait = lambda seconds: None  # type: ignore[method-assign]  # on purpose
    worker.start()
    assert rounds.acquire(timeout=PATIENCE_S)
    assert rounds.acquire(timeout=PATIENCE_S)
    worker.stop()

    assert states(shop) == ["paid", "reversed", "failed"]


def test_it_leaves_off_at_once_when_the_till_closes(shop: MemoryShop, clock: StillClock) -> None:
    put(shop, clock, "1", "sent")
    worker = SettlingWorker(shop, {"wechat": ScriptedProvider([UNKNOWN])}, clock=clock)

    worker.start()
    worker.stop(timeout_s=PATIENCE_S)

    assert not worker._thread.is_alive()
    assert states(shop) == ["sent"]


def test_two_who_follow_one_payment_do_not_undo_each_other(
    shop: MemoryShop, clock: StillClock, ids: CountedIds
) -> None:
    put(shop, clock, "1", "sent")
    provider = ScriptedProvider(queries=[PAID], amounts={"1": Money(350)})

    def meanwhile(deed: str) -> None:
        provider.before = lambda deed: None
        paying.resume(shop, {"wechat": provider}, clock=clock, pace=StillPace())
        provider.queries = [CLOSED]

    provider.before = meanwhile
    [attempt] = paying.resume(shop, {"wechat": provider}, clock=clock, pace=StillPace())

    assert attempt.state == "paid"
    assert states(shop) == ["paid"]
