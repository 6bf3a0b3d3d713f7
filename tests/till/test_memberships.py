"""Memberships: a tier while they last, back to the earned one; coupons by the month, money by the day."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.card import Card
from storeapp.domain.card_kind import CardKind
from storeapp.domain.coupon_template import UnknownTemplate
from storeapp.domain.money import Money
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till import card_night, cards, members, memberships, outreach, tiers
from storeapp.till.card_docs import CardDone
from storeapp.till.card_refunds import CardBackOrder, pay_back
from storeapp.till.card_sales import CardOrder, GiveOrder, give, sell
from storeapp.till.cards import put_kind
from storeapp.till.checkout import Order, checkout
from storeapp.till.coupon_templates import put_templates
from storeapp.till.merging import Merge, merge
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA

GOLD = CardKind("GOLD", "金卡半年", Money(18_400), form="membership", months=6, tier="金卡")
TEMPLATE = {"id": "monthly", "name": "每月券", "amount_fen": 500, "valid_days": 20, "cost_fen": 300, "batch_most": 1}


class Club:
    """A shop that sells memberships, and what the tests do there."""

    def __init__(self, shop: Shop, clock: StillClock, ids: CountedIds) -> None:
        self.shop, self.clock, self.ids = shop, clock, ids
        with shop.writing() as books:
            books.products.put([TEA])
            for member in (ALICE, BOB):
                books.members.put(member)
        rules = {"tier.rules": "银卡: spend 10; 金卡: spend 100", "tier.keep_days": 30, "tier.window_days": 90}
        set_policies(shop, rules | {"cards.enabled": True}, clock=clock)
        put_kind(shop, GOLD, clock=clock)

    def sells(self, kind: str = "GOLD") -> CardDone:
        order = CardOrder(ALICE.member_id, kind, "cash", "1007", prints=False)
        return sell(self.shop, order, clock=self.clock, ids=self.ids)

    def buys(self, pieces: int) -> None:
        basket = Basket((Line(TEA, Quantity(1000 * pieces)),), member_id=ALICE.member_id)
        order = Order(basket, (Tender("cash", Money(pieces * 300)),), "1007", prints=False)
        checkout(self.shop, order, clock=self.clock, ids=self.ids)

    def pays_back(self, card_id: str, cause: Any = "customer") -> CardDone:
        order = CardBackOrder(card_id, cause, "moves away", "cash", "script", prints=False)
        return pay_back(self.shop, order, clock=self.clock, ids=self.ids)

    def night(self) -> None:
        card_night.work(self.shop, clock=self.clock)
        tiers.judge_all(self.shop, clock=self.clock)
        memberships.settle_all(self.shop, clock=self.clock)

    def tier(self, member_id: str = ALICE.member_id) -> str:
        with self.shop.reading() as books:
            member = books.members.by_id(member_id)
        assert member is not None
        return member.tier

    def card(self, card_id: str) -> Card:
        with self.shop.reading() as books:
            return cards.card_of(books, card_id)

    def coupons(self) -> list[str]:
        with self.shop.reading() as books:
            return [coupon.valid_from.isoformat() for coupon in books.coupons.ever_of_member(ALICE.member_id)]


@pytest.fixture
def club(bare: Shop, clock: StillClock, ids: CountedIds) -> Club:
    return Club(bare, clock, ids)


def test_it_gives_its_tier_at_once_and_tells_so(club: Club) -> None:
    card = club.sells().card

    assert (club.tier(), card.since, card.until, card.left) == ("金卡", "2026-09-28", "2027-03-27", 0)
    with club.shop.reading() as books:
        last = books.tiers.last(ALICE.member_id)
    assert last is not None
    assert (last.by, last.reason, last.until) == ("card", card.number, card.until)
    club.night()
    assert club.tier() == "金卡"


def test_at_its_end_she_falls_back_to_what_she_earned(club: Club) -> None:
    club.buys(4)
    tiers.judge(club.shop, ALICE.member_id, clock=club.clock)
    assert club.tier() == "银卡"
    club.sells()
    club.clock.go_on(days=180)
    club.night()
    assert club.tier() == "金卡"
    club.buys(4)

    club.clock.go_on(days=1)
    club.night()

    assert club.tier() == "银卡"
    club.clock.go_on(days=120)
    club.night()
    assert club.tier() == ""


def test_at_its_end_she_has_nothing_where_she_earned_nothing(club: Club) -> None:
    club.sells()
    club.clock.go_on(days=181)

    club.night()
    club.night()

    assert club.tier() == ""


def test_it_wins_over_a_lower_tier_and_not_over_a_higher_one(club: Club) -> None:
    put_kind(club.shop, replace(GOLD, code="SILVER", tier="银卡"), clock=club.clock)
    club.buys(40)
    tiers.judge(club.shop, ALICE.member_id, clock=club.clock)

    club.sells("SILVER")

    assert club.tier() == "金卡"
    club.clock.go_on(days=91)
    for _ in "12":
        club.night()
    # what she earned is gone, what she paid for is not
    assert club.tier() == "银卡"


def test_a_tier_of_its_own_stands_above_those_that_are_earned(club: Club) -> None:
    put_kind(club.shop, replace(GOLD, code="CLUB", tier="会员店"), clock=club.clock)
    club.buys(40)
    tiers.judge(club.shop, ALICE.member_id, clock=club.clock)
    club.sells("CLUB")

    assert club.tier() == "会员店"
    club.clock.go_on(days=20)
    club.night()
    assert club.tier() == "会员店"


def test_one_more_begins_where_hers_ends(club: Club) -> None:
    first = club.sells().card
    second = club.sells().card

    assert (second.since, second.until) == ("2027-03-28", "2027-09-27")
    club.clock.go_on(days=181)
    club.night()
    assert club.tier() == "金卡"
    assert club.card(first.card_id).state(club.clock.now().date(), grace=7) == "ended"
    club.clock.go_on(days=184)
    club.night()
    assert club.tier() == ""


def test_paid_back_it_ends_at_once_and_the_rest_of_the_days_is_hers(club: Club) -> None:
    card = club.sells().card
    club.clock.go_on(days=81)

    done = club.pays_back(card.card_id)

    # 181 days, of which 81 are over
    assert (done.doc.money_fen, club.tier()) == (18_400 - 18_400 * 81 // 181, "")
    club.night()
    assert club.card(card.card_id).worth_fen == 0


def test_each_day_that_is_over_is_earned_in_the_night(club: Club) -> None:
    card = club.sells().card
    for days in (10, 100, 100):
        club.clock.go_on(days=days)
        card_night.work(club.shop, clock=club.clock)
        assert card_night.work(club.shop, clock=club.clock) == 0

    assert club.card(card.card_id).worth_fen == 0
    with club.shop.reading() as books:
        assert books.ledger.balance("cards.earned", "fen") == 18_400


def test_a_coupon_comes_each_month_and_once(club: Club) -> None:
    put_templates(club.shop, (TEMPLATE,), clock=club.clock)
    put_kind(club.shop, replace(GOLD, template="monthly"), clock=club.clock)

    card = club.sells().card
    for _ in range(7):
        club.night()
        club.clock.go_on(days=31)
    club.night()

    days = club.coupons()
    assert (len(days), days[0], card.kind.template) == (6, "2026-09-28", "monthly")


def test_a_kind_names_a_template_there_is(club: Club) -> None:
    with pytest.raises(UnknownTemplate):
        put_kind(club.shop, replace(GOLD, template="nothing"), clock=club.clock)


def test_she_is_told_before_it_ends_and_not_where_it_goes_on(club: Club) -> None:
    members.set_consent(club.shop, ALICE.member_id, purpose="marketing", given=True, clock=club.clock)
    club.sells()

    def told() -> list[str]:
        outreach.prepare(club.shop, clock=club.clock)
        with club.shop.reading() as books:
            return [due.detail for due in books.outreach.of_day(club.clock.now().date()) if due.reason == "card_ends"]

    assert told() == []
    club.clock.go_on(days=170)
    assert told() == ["2027-03-27:金卡半年"]
    club.clock.go_on(days=1)
    club.sells()
    assert told() == []


def test_a_card_that_is_handed_on_takes_its_tier_along(club: Club) -> None:
    put_kind(club.shop, replace(GOLD, may_be_handed_on=True), clock=club.clock)
    card = club.sells().card
    order = GiveOrder(card.card_id, BOB.member_id, "a present", "script", prints=False)

    give(club.shop, order, clock=club.clock, ids=club.ids)

    assert (club.tier(), club.tier(BOB.member_id)) == ("", "金卡")


def test_merged_into_another_her_membership_follows(club: Club) -> None:
    club.sells()
    asked = Merge(BOB.member_id, ALICE.member_id, "same person", "script")
    merge(club.shop, asked, clock=club.clock, ids=club.ids)

    club.night()

    assert club.tier(BOB.member_id) == "金卡"
    club.clock.go_on(days=181)
    club.night()
    assert club.tier(BOB.member_id) == ""
