"""The night's work, over a shop with a past."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storeapp.domain.life_stage import Standing
from storeapp.domain.member import Member
from storeapp.domain.sale import Sale
from storeapp.till import layers, members
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, a_line, a_sale

TODAY = date(2026, 9, 28)


def past_sale(member: Member, day: date, number: int) -> Sale:
    sale = a_sale(number, day=day.isoformat(), lines=[a_line()], member=member)
    return replace(sale, token="", token_seq=0, receipt=f"H-{member.name}-{day}")


@pytest.fixture
def past(shop: MemoryShop, clock: StillClock) -> MemoryShop:
    """Alice comes every ten days and was here three days ago; Bob came once, in spring."""
    assert clock.now().date() == TODAY
    with shop.writing() as books:
        for member in (ALICE, BOB):
            books.members.put(member)
        for n in range(8):
            books.sales.add(past_sale(ALICE, TODAY - timedelta(days=3 + 10 * n), n + 1), imported=True)
        books.sales.add(past_sale(BOB, date(2026, 4, 1), 1), imported=True)
    return shop


def test_each_member_stands_where_her_visits_put_her(past: MemoryShop, clock: StillClock) -> None:
    assert layers.is_due(past, clock=clock)

    learned = layers.work_the_night(past, clock=clock)

    with past.reading() as books:
        alice, bob = books.layers.of(ALICE.member_id), books.layers.of(BOB.member_id)
    assert alice is not None
    assert bob is not None
    assert (alice.standing, alice.usual_days, alice.trade.visits) == (Standing("loyal", TODAY), 10, 8)
    assert (bob.standing.stage, bob.usual_days) == ("lost", None)
    assert learned.members == 2
    # two members are no crowd for a model
    assert (alice.value.model_fen, learned.frequency) == (None, None)
    assert not layers.is_due(past, clock=clock)


def test_the_next_night_remembers_since_when(past: MemoryShop, clock: StillClock) -> None:
    layers.work_the_night(past, clock=clock)
    clock.go_on(days=3)

    layers.work_the_night(past, clock=clock)

    with past.reading() as books:
        alice = books.layers.of(ALICE.member_id)
    assert alice is not None
    assert alice.standing == Standing("loyal", TODAY)


def test_the_picture_counts_everybody_once(past: MemoryShop, clock: StillClock) -> None:
    assert layers.picture(past) is None
    layers.work_the_night(past, clock=clock)

    picture = layers.picture(past)

    assert picture is not None
    assert {count.stage: count.members for count in picture.stages if count.members} == {"loyal": 1, "lost": 1}
    assert sum(cell.members for cell in picture.grid) == 2
    assert sum(cell.net_fen for cell in picture.grid) == 9 * 350


def test_who_has_herself_erased_is_in_no_layer(past: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    layers.work_the_night(past, clock=clock)

    members.erase(past, ALICE.member_id, clock=clock)

    with past.reading() as books:
        assert books.layers.of(ALICE.member_id) is None
    assert layers.work_the_night(past, clock=clock).members == 1


def test_a_sale_dated_tomorrow_makes_nobody_the_latest(past: MemoryShop, clock: StillClock) -> None:
    with past.writing() as books:
        books.sales.add(past_sale(BOB, TODAY + timedelta(days=400), 2), imported=True)

    layers.work_the_night(past, clock=clock)
    _cohorts, repurchased = layers.cohorts(past, clock=clock)

    with past.reading() as books:
        bob = books.layers.of(BOB.member_id)
    assert bob is not None
    assert (bob.standing.stage, bob.trade.last_on) == ("lost", date(2026, 4, 1))
    assert [(row.days, row.members, row.again) for row in repurchased[:3]] == [(30, 2, 1), (60, 2, 1), (90, 1, 0)]
