"""Monthly gifts: given on their day or when the till is on again, once, and never once the money went back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from storeapp.domain.money import Money
from storeapp.domain.policy import BadPolicy
from storeapp.till.account_statements import statement_of
from storeapp.till.deposits import deposits
from storeapp.till.liability import owed_on
from storeapp.till.merging import Merge, merge
from storeapp.till.monthly_gifts import Granted, grant_due, promises
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.top_ups import TopUpOrder, held, top_up
from storeapp.till.value_refunds import PayBackOrder, pay_back
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB

HER, HIM = ALICE.member_id, BOB.member_id
ON = {"stored_value.enabled": True, "stored_value.rules": "1000+100", "stored_value.monthly": "1000+50x6"}


@pytest.fixture
def counter(bare: Shop, clock: StillClock, ids: CountedIds) -> Shop:
    """She paid 1000 in, was given 100, and 50 a month are promised for six months."""
    with bare.writing() as books:
        books.members.put(ALICE)
        books.members.put(BOB)
    set_policies(bare, ON, clock=clock)
    top_up(bare, TopUpOrder(HER, Money(100_000), "cash", "1007", prints=False), clock=clock, ids=ids)
    return bare


def has(shop: Shop, who: str = HER) -> tuple[int, int]:
    with shop.reading() as books:
        principal, bonus = held(books, who)
    return principal.fen, bonus.fen


def test_each_comes_on_its_day_and_once(counter: Shop, clock: StillClock) -> None:
    clock.go_on(days=29)
    assert grant_due(counter, clock=clock) == Granted()
    clock.go_on(days=1)

    assert grant_due(counter, clock=clock) == Granted(1, 5_000)
    assert grant_due(counter, clock=clock) == Granted()

    assert has(counter) == (100_000, 15_000)
    with counter.reading() as books:
        [left] = promises(books, HER)
        day = clock.now().date()
        [entry] = statement_of(books, HER, since=day, until=day).entries
    assert (left.each_fen, left.left, left.next_on) == (5_000, 5, "2026-11-28")
    assert (entry.kind, entry.moved.bonus_fen) == ("topup_bonus", 5_000)


def test_a_till_that_was_off_gives_what_it_missed_and_no_more(counter: Shop, clock: StillClock) -> None:
    clock.go_on(days=100)
    assert grant_due(counter, clock=clock) == Granted(3, 15_000)
    clock.go_on(days=3_000)
    # nothing is looked for beyond the longest promise there can be
    assert grant_due(counter, clock=clock).gifts in (0, 3)
    clock.go_on(days=-3_000)
    clock.go_on(days=200)

    grant_due(counter, clock=clock)

    assert has(counter) == (100_000, 40_000)
    with counter.reading() as books:
        assert promises(books, HER) == ()


def test_a_clock_put_back_a_year_gives_nothing_twice(counter: Shop, clock: StillClock) -> None:
    clock.go_on(days=70)
    grant_due(counter, clock=clock)
    clock.go_on(days=-365)
    assert grant_due(counter, clock=clock) == Granted()
    clock.go_on(days=365)

    assert grant_due(counter, clock=clock) == Granted()
    assert has(counter) == (100_000, 20_000)


def test_nothing_comes_once_the_money_went_back(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    clock.go_on(days=31)
    grant_due(counter, clock=clock)
    with counter.reading() as books:
        [hers] = deposits(books, HER)
    order = PayBackOrder(HER, "shop", "关店", "cash", "script", only=(hers.number,), prints=False)

    done = pay_back(counter, order, clock=clock, ids=ids)
    clock.go_on(days=200)

    # all that was given counts in the ratio, and goes with the top-up it belongs to
    assert (hers.paid_fen, hers.given_fen, hers.bonus_left) == (100_000, 15_000, 15_000)
    assert (done.doc.money_fen, done.doc.bonus_fen) == (100_000, 15_000)
    assert grant_due(counter, clock=clock) == Granted()
    assert has(counter) == (0, 0)
    with counter.reading() as books:
        assert promises(books, HER) == ()
        assert owed_on(books, clock.now().date()).promised == Money(0)


def test_a_promise_follows_her_to_her_new_name(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    clock.go_on(days=31)
    grant_due(counter, clock=clock)
    merge(counter, Merge(HIM, HER, "一个人", "script"), clock=clock, ids=ids)
    clock.go_on(days=31)

    assert grant_due(counter, clock=clock) == Granted(1, 5_000)

    assert has(counter, HIM) == (100_000, 20_000)
    with counter.reading() as books:
        [his] = [each for each in deposits(books, HIM) if each.principal_left]
    assert (his.paid_fen, his.given_fen, his.bonus_left) == (100_000, 20_000, 20_000)


def test_what_is_promised_stands_in_the_report_of_each_day(counter: Shop, clock: StillClock) -> None:
    first = clock.now().date()
    clock.go_on(days=31)
    grant_due(counter, clock=clock)

    with counter.reading() as books:
        told = [owed_on(books, first + timedelta(days=days)).promised.fen for days in (-1, 0, 29, 31)]

    assert told == [0, 30_000, 30_000, 25_000]


def test_a_full_card_waits_for_room(counter: Shop, clock: StillClock, ids: CountedIds) -> None:
    top_up(counter, TopUpOrder(HER, Money(379_900), "card", "1007", prints=False), clock=clock, ids=ids)
    set_policies(counter, {"stored_value.monthly": ""}, clock=clock)
    clock.go_on(days=31)
    assert has(counter) == (479_900, 20_000)

    assert grant_due(counter, clock=clock) == Granted()


def test_nobody_s_promise_changes_with_the_terms(counter: Shop, clock: StillClock) -> None:
    set_policies(counter, {"stored_value.monthly": "1000+1x1"}, clock=clock)
    clock.go_on(days=62)

    assert grant_due(counter, clock=clock) == Granted(2, 10_000)


@pytest.mark.parametrize("text", ["1000+50", "1000+50x99", "5000+1x1", "-1+5x5"])
def test_terms_beyond_the_law_are_refused(counter: Shop, clock: StillClock, text: str) -> None:
    with pytest.raises(BadPolicy):
        set_policies(counter, {"stored_value.monthly": text}, clock=clock)
