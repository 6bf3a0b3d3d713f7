"""A clock that jumps is noticed, at once and after a night; one that merely goes is not."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from storeapp.till.clock_watch import ClockWatch, Jump, confirm, doubted, moves_day, note_jump, uptime_s
from storeapp.till.leaks import leaks_of_day
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import StillClock


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
        assert found.step == timedelta(minutes=clock_minutes - real_minutes)


def started(shop: MemoryShop, clock: StillClock, *, elapsed: Elapsed | None = None) -> ClockWatch:
    """A till that has looked at its clock once, and noted what it found."""
    watch = ClockWatch(shop, clock, elapsed_s=elapsed or Elapsed())
    note(shop, clock, watch.look())
    return watch


def note(shop: MemoryShop, clock: StillClock, jump: Jump | None) -> None:
    if jump is not None:
        note_jump(shop, jump, cashier="1007", clock=clock)


def asked(shop: MemoryShop) -> int | None:
    """By how many seconds the clock that nobody has confirmed is off."""
    with shop.reading() as books:
        doubt = doubted(books)
    return None if doubt is None else doubt.facts["seconds"]


@pytest.mark.parametrize(("hours", "is_asked"), [(-2, True), (0, False), (30 * 24, False), (40 * 24, True)])
def test_a_clock_set_while_the_till_was_off_is_asked_about(
    shop: MemoryShop, clock: StillClock, hours: int, is_asked: bool
) -> None:
    clock.go_on(hours=hours)

    started(shop, clock)

    assert (asked(shop) == hours * 3600) if is_asked else asked(shop) is None


def test_a_jump_goes_on_record_and_on_the_radar(shop: MemoryShop, clock: StillClock) -> None:
    clock.go_on(hours=-2)
    started(shop, clock)

    [finding] = leaks_of_day(shop, clock.now().date().isoformat())

    assert (finding.rule, finding.who, finding.detail) == ("clock_jumps", "1007", "-7200")
    assert leaks_of_day(shop, "2026-01-01") == ()


def test_who_says_that_the_clock_is_right_is_on_record(shop: MemoryShop, clock: StillClock) -> None:
    watch = started(shop, clock)
    clock.go_on(days=1)
    note(shop, clock, watch.look())
    before = asked(shop)

    confirm(shop, by="1007", clock=clock)
    confirm(shop, by="1003", clock=clock)

    assert (before, asked(shop)) == (86400, None)
    with shop.reading() as books:
        said = [json.loads(entry.body) for entry in books.journal.after(0, limit=99) if entry.type == "clock.confirmed"]
        seen = books.alarms.by_id("clock")
    assert [(body["by"], body["seconds"]) for body in said] == [("1007", 86400)]
    assert seen is not None
    assert (seen.state, seen.by) == ("seen", "1007")


def test_a_clock_set_right_again_asks_nobody(shop: MemoryShop, clock: StillClock) -> None:
    elapsed = Elapsed()
    watch = started(shop, clock, elapsed=elapsed)
    states = []
    for step in (+3600, +7200, -10800):
        clock.go_on(seconds=step + 60)
        elapsed.seconds += 60
        note(shop, clock, watch.look())
        states.append(asked(shop))

    assert states == [3600, 10800, None]


def test_what_was_confirmed_is_not_held_against_the_next_jump(shop: MemoryShop, clock: StillClock) -> None:
    watch = started(shop, clock)
    clock.go_on(days=1)
    note(shop, clock, watch.look())
    confirm(shop, by="1007", clock=clock)
    clock.go_on(hours=1)
    note(shop, clock, watch.look())

    assert asked(shop) == 3600


def test_a_doubt_outlives_the_program_and_goes_when_the_clock_is_right_at_a_start(
    shop: MemoryShop, clock: StillClock
) -> None:
    clock.go_on(days=-3650)
    started(shop, clock)
    wrong = asked(shop)
    clock.go_on(minutes=10)
    started(shop, clock)
    still = asked(shop)

    clock.go_on(days=3650, hours=9)
    started(shop, clock)

    assert wrong == still == -3650 * 86400
    assert asked(shop) is None


def test_a_doubt_of_a_start_goes_when_the_clock_is_set_while_it_runs(shop: MemoryShop, clock: StillClock) -> None:
    clock.go_on(days=-3650)
    watch = started(shop, clock)

    clock.go_on(days=3650, hours=9)
    note(shop, clock, watch.look())

    assert asked(shop) is None


@pytest.mark.parametrize(("step", "is_other_day"), [({"hours": 1}, False), ({"days": 2}, True), ({"days": -1}, True)])
def test_only_a_doubt_about_the_day_concerns_the_night(
    shop: MemoryShop, clock: StillClock, step: dict[str, int], is_other_day: bool
) -> None:
    watch = started(shop, clock)
    clock.go_on(**step)
    note(shop, clock, watch.look())

    with shop.reading() as books:
        assert moves_day(books, clock.now()) == is_other_day
    confirm(shop, by="1007", clock=clock)
    with shop.reading() as books:
        assert not moves_day(books, clock.now())


def test_uptime_never_goes_back() -> None:
    first = uptime_s()

    assert uptime_s() >= first
