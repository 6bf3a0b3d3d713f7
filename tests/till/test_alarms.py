"""Alarms of the till's own: told once, seen by somebody with the right, told again if nothing is done about them."""

from __future__ import annotations

import json

import pytest

from storeapp.domain.alarm import Alarm, UnknownAlarm
from storeapp.domain.ledger import principal_account
from storeapp.domain.ledger_proof import LedgerProof
from storeapp.domain.money import Money
from storeapp.domain.staff import NotAllowed
from storeapp.till import alarms
from storeapp.till.policies import set_policies
from storeapp.till.staff import put_staff
from storeapp.till.top_ups import TopUpOrder, top_up
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE


@pytest.fixture
def paid_in(shop: MemoryShop, clock: StillClock, ids: CountedIds) -> MemoryShop:
    """A member has 500 yuan with the shop, of which a fifth is to lie in custody."""
    set_policies(shop, {"stored_value.enabled": True}, clock=clock)
    with shop.writing() as books:
        books.members.put(ALICE)
    top_up(shop, TopUpOrder(ALICE.member_id, Money(50000), "cash", "1007"), clock=clock, ids=ids)
    return shop


def told(shop: MemoryShop) -> list[tuple[str, str, object]]:
    with shop.reading() as books:
        return [(alarm.kind, alarm.state, dict(alarm.facts)) for alarm in books.alarms.latest()]


def test_what_is_missing_in_custody_waits_until_it_lies_there(paid_in: MemoryShop, clock: StillClock) -> None:
    assert alarms.look(paid_in, clock=clock)
    missing = told(paid_in)
    assert not alarms.look(paid_in, clock=clock)

    set_policies(paid_in, {"stored_value.custody_fen": 10000}, clock=clock)
    assert alarms.look(paid_in, clock=clock)

    assert missing == [("custody", "open", {"missing_fen": 10000})]
    assert told(paid_in) == [("custody", "over", {"missing_fen": 10000})]
    with paid_in.reading() as books:
        assert not books.alarms.standing()
        assert books.ledger.balance(principal_account(ALICE.member_id), "fen") == 50000


def test_the_sum_follows_without_a_second_alarm(paid_in: MemoryShop, clock: StillClock, ids: CountedIds) -> None:
    alarms.look(paid_in, clock=clock)
    alarms.see(paid_in, "custody", by="script", clock=clock)
    top_up(paid_in, TopUpOrder(ALICE.member_id, Money(10000), "cash", "1007"), clock=clock, ids=ids)

    alarms.look(paid_in, clock=clock)

    assert told(paid_in) == [("custody", "seen", {"missing_fen": 12000})]


def test_who_has_looked_is_written_down_and_it_rests_a_week(paid_in: MemoryShop, clock: StillClock) -> None:
    put_staff(paid_in, "1001", name="林店长", role="owner", pin="100100", clock=clock)
    alarms.look(paid_in, clock=clock)

    seen = alarms.see(paid_in, "custody", by="1001", clock=clock)
    again = alarms.see(paid_in, "custody", by="1001", clock=clock)
    states = []
    for days in (6, 1):
        clock.go_on(days=days)
        alarms.look(paid_in, clock=clock)
        states.append(told(paid_in)[0][1])

    assert (seen.by, seen.state, again) == ("1001", "seen", seen)
    assert states == ["seen", "open"]
    with paid_in.reading() as books:
        entries = [entry for entry in books.journal.after(0, limit=500) if entry.type == "alarm.seen"]
    assert [json.loads(entry.body) for entry in entries] == [{"alarm_id": "custody", "kind": "custody", "by": "1001"}]


def test_a_cashier_sees_no_alarm_away(paid_in: MemoryShop, clock: StillClock) -> None:
    put_staff(paid_in, "1001", name="林店长", role="owner", pin="100100", clock=clock)
    put_staff(paid_in, "1007", name="陈晓雯", role="cashier", pin="1007", clock=clock)
    alarms.look(paid_in, clock=clock)

    with pytest.raises(NotAllowed):
        alarms.see(paid_in, "custody", by="1007", clock=clock)

    assert told(paid_in)[0][1] == "open"


def test_there_is_nothing_to_look_at_in_what_is_over(shop: MemoryShop, clock: StillClock) -> None:
    with shop.writing() as books:
        books.alarms.put(Alarm("custody", "custody", clock.now().isoformat(), state="over"))

    for alarm_id in ("custody", "never"):
        with pytest.raises(UnknownAlarm):
            alarms.see(shop, alarm_id, by="script", clock=clock)


def test_books_that_do_not_add_up_are_told_every_morning_until_they_do(shop: MemoryShop, clock: StillClock) -> None:
    def proven(faults: int) -> tuple[str, str, object]:
        with shop.writing() as books:
            books.proofs.put(LedgerProof(clock.now().isoformat(), 9, faults, ("balance: a", "lots: b")[:faults]))
        alarms.look(shop, clock=clock)
        return told(shop)[0]

    first = proven(2)
    alarms.see(shop, "books", by="script", clock=clock)
    same_day = proven(2)
    clock.go_on(days=1)
    next_day = proven(1)

    assert first == ("books", "open", {"faults": 2, "example": "balance: a"})
    assert same_day[1] == "seen"
    assert next_day == ("books", "open", {"faults": 1, "example": "balance: a"})
    assert proven(0)[1] == "over"


def test_a_day_that_lies_ahead_proves_no_rest(paid_in: MemoryShop, clock: StillClock) -> None:
    alarms.look(paid_in, clock=clock)
    clock.go_on(days=400)
    alarms.see(paid_in, "custody", by="script", clock=clock)

    clock.go_on(days=-400)
    alarms.look(paid_in, clock=clock)

    assert told(paid_in)[0][1] == "open"
