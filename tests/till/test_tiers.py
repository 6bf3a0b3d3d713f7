"""Tiers at the till: a purchase lifts, a refund and time let down, a hand gives with a reason and a right."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from storeapp.domain.approval import NeedsApproval
from storeapp.domain.basket import Basket, Line
from storeapp.domain.member import UnknownMember
from storeapp.domain.money import Money
from storeapp.domain.policy import BadPolicy
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.till import tiers
from storeapp.till.checkout import Order, checkout
from storeapp.till.policies import set_policies
from storeapp.till.ports import Shop
from storeapp.till.receipts import receipt_of
from storeapp.till.refunds import RefundOrder, refund
from storeapp.till.tiers import BadTier
from tests.fakes.staff import hired
from tests.fakes.still import CountedIds, StillClock
from tests.fakes.things import ALICE, BOB, TEA

RULES = {"tier.rules": "银卡: spend 10; 金卡: spend 100", "tier.keep_days": 30, "tier.window_days": 90}


@pytest.fixture
def shop(bare: Shop, clock: StillClock) -> Shop:
    with bare.writing() as books:
        books.products.put([TEA])
        books.members.put(ALICE)
        books.members.put(BOB)
    set_policies(bare, RULES, clock=clock)
    return bare


def buy(shop: Shop, pieces: int, clock: StillClock, ids: CountedIds) -> str:
    basket = Basket((Line(TEA, Quantity(1000 * pieces)),), member_id=ALICE.member_id)
    order = Order(basket, (Tender("cash", Money(pieces * TEA.price.fen)),), cashier="1007")
    return checkout(shop, order, clock=clock, ids=ids).sale.receipt


def tier_of(shop: Shop) -> str:
    with shop.reading() as books:
        found = books.members.by_id(ALICE.member_id)
    assert found is not None
    return found.tier


def journaled(shop: Shop) -> list[tuple[str, str]]:
    with shop.reading() as books:
        bodies = [json.loads(entry.body) for entry in books.journal.after(0) if entry.type == "member.changed"]
    return [(body["before"], body["tier"]) for body in bodies]


def test_a_purchase_lifts_her_and_a_second_look_changes_nothing(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    buy(shop, 4, clock, ids)

    word = tiers.judge(shop, ALICE.member_id, clock=clock)

    assert word is not None
    assert (word.tier, word.measure, tier_of(shop)) == ("银卡", "spend", "银卡")
    assert tiers.judge(shop, ALICE.member_id, clock=clock) is None
    assert tiers.judge_all(shop, clock=clock) == 0
    assert journaled(shop) == [(ALICE.tier, "银卡")]


def test_what_came_back_counts_no_more_once_what_she_kept_is_over(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    receipt = buy(shop, 40, clock, ids)
    tiers.judge(shop, ALICE.member_id, clock=clock)
    refund(shop, RefundOrder(receipt, "script", "damaged"), clock=clock, ids=ids)
    assert (tier_of(shop), tiers.judge_all(shop, clock=clock)) == ("金卡", 0)

    clock.go_on(days=31)

    assert tiers.judge_all(shop, clock=clock) == 1
    assert tier_of(shop) == "银卡"
    clock.go_on(days=31)
    assert (tiers.judge_all(shop, clock=clock), tier_of(shop)) == (1, "")


def test_a_tier_by_hand_needs_the_right_and_a_reason_and_stands_until_its_day(
    shop: Shop, clock: StillClock, ids: CountedIds
) -> None:
    hired(shop, "1001", "1007", clock=clock)

    def give(by: str, reason: str, approver: str = "") -> None:
        tiers.give(
            shop,
            ALICE.member_id,
            "金卡",
            reason=reason,
            by=by,
            until="2026-10-31",
            approver=approver,
            clock=clock,
            ids=ids,
        )

    with pytest.raises(NeedsApproval):
        give("1007", "常客")
    with pytest.raises(BadTier):
        give("1001", " ")
    assert journaled(shop) == []
    give("1007", "常客", approver="1001")

    assert (tier_of(shop), tiers.judge_all(shop, clock=clock)) == ("金卡", 0)
    clock.go_on(days=40)
    assert (tiers.judge_all(shop, clock=clock), tier_of(shop)) == (1, "银卡")
    with shop.reading() as books:
        words = tiers.view(books, ALICE.member_id, on=clock.now().date()).words
    assert [(word.tier, word.by, word.reason) for word in words] == [("金卡", "1007", "常客"), ("银卡", "", "")]


def test_nobody_is_given_a_tier_who_is_no_member(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    with pytest.raises(UnknownMember):
        tiers.give(shop, "nobody", "金卡", reason="x", by="script", clock=clock, ids=ids)


@pytest.mark.parametrize(
    "text", ["金卡: lots", "银卡: spend 5; 金卡: spend 1", "银卡: visits 3, spend 9; 金卡: visits 3"]
)
def test_rules_nobody_could_stand_in_are_refused_and_the_old_ones_hold(
    shop: Shop, clock: StillClock, text: str
) -> None:
    with pytest.raises(BadPolicy):
        set_policies(shop, {"tier.rules": text}, clock=clock)
    with shop.reading() as books:
        assert len(tiers.rules_of(books.policy.in_force()).tiers) == 2


def paper(shop: Shop, receipt: str) -> list[tuple[str, str]]:
    with shop.reading() as books:
        sale = books.sales.by_receipt(receipt)
        assert sale is not None
        return [row for row in receipt_of(books, sale).member if "还差" in row[0]]


def test_the_receipt_tells_what_the_next_tier_needs_after_it(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    first = buy(shop, 2, clock, ids)
    assert paper(shop, first) == [("距银卡还差", "4.00")]

    # it is reached by this very sale, before anybody has said so
    second = buy(shop, 2, clock, ids)
    assert paper(shop, second) == [("距金卡还差", "88.00")]
    tiers.judge(shop, ALICE.member_id, clock=clock)
    assert tier_of(shop) == "银卡"
    # a copy says what was true then
    assert paper(shop, first) == [("距银卡还差", "4.00")]


def test_a_visit_counts_once_a_day(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    set_policies(shop, {"tier.rules": "常客: visits 3"}, clock=clock)

    said = [paper(shop, buy(shop, 1, clock, ids)) for _sale in range(2)]
    clock.go_on(days=1)
    said.append(paper(shop, buy(shop, 1, clock, ids)))

    assert said == [[("距常客还差（次）", "2")], [("距常客还差（次）", "2")], [("距常客还差（次）", "1")]]


def test_a_tier_nobody_is_lifted_to_has_no_next(shop: Shop, clock: StillClock, ids: CountedIds) -> None:
    with shop.writing() as books:
        books.members.put(replace(ALICE, tier="员工"))

    assert paper(shop, buy(shop, 1, clock, ids)) == []
