"""The real clock and the real ids."""

from __future__ import annotations

from uuid import RFC_4122, UUID

from storeapp.till.clock import RandomIds, SystemClock


def test_an_id_is_a_uuid_of_version_seven() -> None:
    made = [UUID(RandomIds().new()) for _ in range(1000)]

    assert {(each.version, each.variant) for each in made} == {(7, RFC_4122)}
    assert len(set(made)) == 1000


def test_later_ids_sort_later() -> None:
    ids, clock = RandomIds(), SystemClock()
    first, began = ids.new(), clock.now().timestamp()
    while clock.now().timestamp() < began + 0.002:
        pass

    assert ids.new() > first


def test_an_id_says_when_it_was_made() -> None:
    clock = SystemClock()
    before_ms = int(clock.now().timestamp() * 1000)
    made_ms = UUID(RandomIds().new()).int >> 80
    after_ms = int(clock.now().timestamp() * 1000)

    assert before_ms - 1 <= made_ms <= after_ms + 1
