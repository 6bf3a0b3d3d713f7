"""Outreach: a short list that is made once, names nobody who did not agree, and remembers what became of it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.member import Consent, Member
from storeapp.domain.money import Money
from storeapp.domain.outreach import Candidate, Reason
from storeapp.till import layers, members, outreach
from storeapp.till.moments import today
from storeapp.till.outreach import NotOnTheList, OptedOut, QuietHours
from storeapp.till.policies import set_policies
from storeapp.words import words
from tests.fakes.memory_shop import MemoryShop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, COUPON, a_sale, book
from tests.ui.crowd import crowd

SAID = words("en")


@pytest.fixture
def people(shop: MemoryShop, clock: StillClock) -> tuple[Member, ...]:
    """A crowd, half of whom agreed; the night has been worked."""
    made = crowd(shop, 80)
    layers.work_the_night(shop, clock=clock)
    return made


def named(shop: MemoryShop, clock: StillClock) -> list[str]:
    with shop.reading() as books:
        return [one.due.member_id for one in outreach.morning(books, SAID, clock=clock).letters]


def test_only_those_who_agreed_are_ever_named(people: tuple[Member, ...], shop: MemoryShop, clock: StillClock) -> None:
    set_policies(shop, {"outreach.most_a_day": 50, "outreach.selling_percent": 100}, clock=clock)

    made = outreach.prepare(shop, clock=clock)

    hers = named(shop, clock)
    assert 0 < made == len(hers) <= 40
    agreed = {member.member_id for number, member in enumerate(people) if number % 2 == 0}
    assert set(hers) <= agreed


def test_a_morning_is_made_once_and_never_longer_than_the_owner_wants(
    people: tuple[Member, ...], shop: MemoryShop, clock: StillClock
) -> None:
    set_policies(shop, {"outreach.most_a_day": 3}, clock=clock)
    outreach.prepare(shop, clock=clock)
    before = named(shop, clock)

    set_policies(shop, {"outreach.most_a_day": 50}, clock=clock)
    outreach.prepare(shop, clock=clock)

    assert named(shop, clock) == before
    assert 0 < len(before) <= 3


def test_who_withdraws_leaves_the_list_at_once(people: tuple[Member, ...], shop: MemoryShop, clock: StillClock) -> None:
    outreach.prepare(shop, clock=clock)
    first, *rest = named(shop, clock)

    members.set_consent(shop, first, purpose="marketing", given=False, clock=clock)

    assert named(shop, clock) == rest
    with shop.reading() as books, pytest.raises(OptedOut):
        outreach.hand_over(books, first, SAID, clock=clock)


def test_who_was_erased_leaves_the_list_at_once(
    people: tuple[Member, ...], shop: MemoryShop, clock: StillClock
) -> None:
    outreach.prepare(shop, clock=clock)
    first, *rest = named(shop, clock)

    members.erase(shop, first, clock=clock)

    assert named(shop, clock) == rest


def test_whoever_was_written_to_is_left_in_peace(
    people: tuple[Member, ...], shop: MemoryShop, clock: StillClock
) -> None:
    outreach.prepare(shop, clock=clock)
    today = named(shop, clock)
    for member_id in today:
        outreach.settle(shop, member_id, "done", by="1001", clock=clock)
    clock.go_on(days=1)

    outreach.prepare(shop, clock=clock)

    assert not set(named(shop, clock)) & set(today)


def test_no_words_are_handed_over_in_quiet_hours(
    people: tuple[Member, ...], shop: MemoryShop, clock: StillClock
) -> None:
    outreach.prepare(shop, clock=clock)
    first = named(shop, clock)[0]
    with shop.reading() as books:
        assert outreach.hand_over(books, first, SAID, clock=clock)

    clock.go_on(hours=7)

    with shop.reading() as books, pytest.raises(QuietHours) as refused:
        outreach.hand_over(books, first, SAID, clock=clock)
    assert refused.value.until == "09:00"


def test_what_became_of_it_is_on_record_once(people: tuple[Member, ...], shop: MemoryShop, clock: StillClock) -> None:
    outreach.prepare(shop, clock=clock)
    first = named(shop, clock)[0]

    outreach.settle(shop, first, "done", by="1001", clock=clock)
    outreach.settle(shop, first, "done", by="1001", clock=clock)
    clock.go_on(days=2)
    outreach.settle(shop, first, "bought", by="1001", clock=clock, day=date(2026, 9, 28))

    with shop.reading() as books:
        entries = [json.loads(e.body) for e in books.journal.after(0, limit=500) if e.type == "outreach.settled"]
        kinds = [(row.kind, row.detail.partition(":")[2]) for row in books.timeline.of(first) if row.kind == "written"]
        written = outreach.morning(books, SAID, clock=clock).written
    assert [(entry["before"], entry["outcome"]) for entry in entries] == [("", "done"), ("done", "bought")]
    assert kinds == [("written", "bought"), ("written", "done")]
    assert written == 1
    with pytest.raises(NotOnTheList):
        outreach.settle(shop, "nobody", "done", by="1001", clock=clock)


def test_an_owner_who_wants_nobody_written_to_gets_an_empty_list(
    people: tuple[Member, ...], shop: MemoryShop, clock: StillClock
) -> None:
    set_policies(shop, {"outreach.most_a_day": 0}, clock=clock)

    assert outreach.prepare(shop, clock=clock) == 0
    assert named(shop, clock) == []


@pytest.mark.parametrize(("birthday", "agrees", "is_named"), [("09-28", True, True), ("09-29", True, False),
                                                              ("09-28", False, False)])  # fmt: skip
def test_who_has_not_bought_yet_has_a_birthday_too(
    shop: MemoryShop, clock: StillClock, birthday: str, agrees: bool, is_named: bool
) -> None:
    said = members.SignUp("13900000077", "小夏", agrees_marketing=agrees)
    newcomer = members.sign_up(shop, said, cashier="1007", clock=clock, ids=CountedIds())
    with shop.writing() as books:
        books.members.put(replace(newcomer, birthday=birthday))

    outreach.prepare(shop, clock=clock)

    assert named(shop, clock) == ([newcomer.member_id] if is_named else [])
    with shop.reading() as books:
        assert [one.due.reason for one in outreach.morning(books, SAID, clock=clock).letters] == ["birthday"] * is_named


def listed(shop: MemoryShop, clock: StillClock, reason: Reason, detail: str = "") -> None:
    """ALICE, who agreed, stands on today's list for `reason`."""
    with shop.writing() as books:
        books.members.put(ALICE)
        books.members.consent(ALICE.member_id, Consent("marketing", "2026-11", True, "counter", ALICE.joined_at))
        books.outreach.put_day(today(books, clock), [Candidate(ALICE.member_id, reason, 0, detail)])


@pytest.mark.parametrize(("reason", "stays"), [("due", False), ("cooling", False), ("birthday", True)])
def test_who_came_today_is_not_told_that_she_was_missed(
    shop: MemoryShop, clock: StillClock, reason: Reason, stays: bool
) -> None:
    listed(shop, clock, reason, "45")
    assert named(shop, clock) == [ALICE.member_id]

    with shop.writing() as books:
        book(books, a_sale(1, day=today(books, clock).isoformat(), member=ALICE))

    assert named(shop, clock) == ([ALICE.member_id] if stays else [])
    if not stays:
        with shop.reading() as books, pytest.raises(NotOnTheList):
            outreach.hand_over(books, ALICE.member_id, SAID, clock=clock)


def test_who_was_written_to_and_came_stays_on_the_list_so_that_it_can_be_told(
    shop: MemoryShop, clock: StillClock
) -> None:
    listed(shop, clock, "cooling", "45")
    outreach.settle(shop, ALICE.member_id, "done", by="1001", clock=clock)

    with shop.writing() as books:
        book(books, a_sale(1, day=today(books, clock).isoformat(), member=ALICE))

    assert named(shop, clock) == [ALICE.member_id]


def test_a_coupon_is_told_with_its_conditions_and_its_last_day_until_it_is_used(
    shop: MemoryShop, clock: StillClock
) -> None:
    tenth = CouponTerms("percent", percent=10)
    coupon = replace(
        COUPON, member_id=ALICE.member_id, amount=Money(2000), min_spend=Money(5000), terms=tenth, state="issued"
    )
    listed(shop, clock, "coupon_lapses", f"2000:{coupon.valid_until.isoformat()}")
    with shop.writing() as books:
        books.coupons.put(coupon)

    with shop.reading() as books:
        text = outreach.hand_over(books, ALICE.member_id, words("zh_CN"), clock=clock)
    assert f"立减 10%、最多减 20 元、满 50 元可用），有效期至 {coupon.valid_until.isoformat()}（含当天）" in text

    with shop.writing() as books:
        books.coupons.put(replace(coupon, state="redeemed"))
    assert named(shop, clock) == []
