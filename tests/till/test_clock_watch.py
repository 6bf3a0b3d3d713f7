"""A clock that jumps is noticed, at once and after a night; one that merely goes is not."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storeapp.till.clock_watch import ClockWatch, note_jump, uptime_s
from storeapp.till.leaks import leaks_of_day
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock


class Elapsed:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.mark.parametrize(
    ("clock_minutes", "real_minutes", "jumped"),
    [(10, 10, False), (10, 0, True), (-6, 0, True), (4, 0, False), (0, 60, True)],
)
def test_what_the_clock_says_is_held_against_what_went_by(
    shop: MemoryShop, clock: StillClock, clock_minutes: int, real_minutes: int, jumped: bool
) -> None:
    elapsed = Elapsed()
    watch = ClockWatch(shop, clock, elapsed_s=elapsed)
    assert watch.look() is None

    clock.go_on(minutes=clock_minutes)
    elapsed.seconds += real_minutes * 60

    found = watch.look()
    assert (found is not None) == jumped
    assert watch.look() is None
    if found is not None:
        assert found == timedelta(minutes=clock_minutes - real_minutes)


def test_a_clock_set_back_overnight_is_noticed_at_the_start(shop: MemoryShop, clock: StillClock) -> None:
    clock.go_on(hours=-2)

    assert ClockWatch(shop, clock, elapsed_s=Elapsed()).look() == timedelta(hours=-2)


def test_a_jump_goes_on_record_and_on_the_radar(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    note_jump(shop, timedelta(hours=-2), cashier="1007", clock=clock)

    [finding] = leaks_of_day(shop, clock.now().date().isoformat())

    assert (finding.rule, finding.who, finding.detail) == ("clock_jumps", "1007", "-7200")
    assert leaks_of_day(shop, "2026-01-01") == ()


def test_uptime_never_goes_back() -> None:
    first = uptime_s()

    assert uptime_s() >= first
