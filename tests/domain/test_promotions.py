"""Promotions: each kind as a shopkeeper says it, and the laws no basket may break."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import permutations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon import CouponsApart
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import goods_for, price
from storeapp.domain.product import Product
from storeapp.domain.promotion import Scope
from storeapp.domain.promotion_choice import Choice, choose
from storeapp.domain.promotion_data import as_data, from_data
from storeapp.domain.promotion_deeds import use
from storeapp.domain.promotion_version import BadPromotion
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Goods, Rulebook
from storeapp.domain.terms import MemberTerms, PriceListTerms, Terms
from tests.domain.test_pricing import FIVE_OFF

NOON = datetime(2026, 9, 28, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Monday
TEA = Product("tea", "茶", Money(500), category="饮料", brand="好茶", cost=Money(300))
MILK = Product("milk", "奶", Money(800), category="饮料")
CHIPS = Product("chips", "薯片", Money(650), category="零食")
TOY = Product("toy", "玩具", Money(100), category="赠品")


def rule(kind: str, **said: Any) -> dict[str, Any]:
    return {"id": said.pop("id", "p"), "name": "促销", "kind": kind, **said}


def priced(goods: dict[Product, int], *rules: dict[str, Any], **terms: Any) -> PricedBasket:
    lines = tuple(Line(product, Quantity(count * 1000)) for product, count in goods.items())
    book = Rulebook(from_data(data) for data in rules)
    return price(Basket(lines), Terms(moment=terms.pop("moment", NOON), rules=book, **terms))


DRINKS, CHIPS_ONLY = {"categories": ["饮料"]}, {"codes": ["chips"]}
TWO_STEPS = [{"spend_fen": 2000, "off_fen": 300}, {"spend_fen": 3000, "off_fen": 600}]
Rules = list[dict[str, Any]]
Shelf = dict[Product, int]


@pytest.mark.parametrize(
    ("goods", "rules", "off"),
    [
        ({TEA: 3}, [rule("percent", percent_off=10)], 150),
        ({TEA: 3}, [rule("amount", off_fen=120, scope={"codes": ["tea"]})], 360),
        ({TEA: 3, CHIPS: 1}, [rule("fixed_price", price_fen=400, scope=DRINKS)], 300),
        # 第二件半价: of each two the cheaper
        ({TEA: 1, MILK: 1}, [rule("nth_percent", count=2, percent_off=50)], 250),
        ({TEA: 3}, [rule("nth_percent", count=2, percent_off=50)], 250),
        ({TEA: 4}, [rule("nth_percent", count=2, percent_off=50)], 500),
        # 买二送一
        ({TEA: 3}, [rule("buy_get", count=2, free=1)], 500),
        ({TEA: 2}, [rule("buy_get", count=2, free=1)], 0),
        ({TEA: 7}, [rule("buy_get", count=2, free=1)], 1000),
        ({TEA: 2, CHIPS: 1}, [rule("buy_get", count=2, free=1, scope=DRINKS, get={"codes": ["chips"]})], 650),
        ({TEA: 1, MILK: 1, CHIPS: 1}, [rule("cheapest_free", count=3)], 500),
        # 任选三件 15 元
        ({TEA: 1, MILK: 1, CHIPS: 1}, [rule("bundle", price_fen=1500, parts=[{"scope": "all", "count": 3}])], 450),
        ({TEA: 3}, [rule("bundle", price_fen=1600, parts=[{"scope": "all", "count": 3}])], 0),
        (
            {TEA: 2, CHIPS: 1},
            [rule("bundle", price_fen=900, parts=[{"scope": DRINKS, "count": 1}, {"scope": CHIPS_ONLY, "count": 1}])],
            250,
        ),
        # 满20减3, 满30减6
        ({TEA: 4}, [rule("spend_off", steps=TWO_STEPS)], 300),
        ({TEA: 6}, [rule("spend_off", steps=TWO_STEPS)], 600),
        ({TEA: 9}, [rule("spend_off", repeats=True, steps=[{"spend_fen": 2000, "off_fen": 300}])], 600),
        ({TEA: 3}, [rule("spend_off", steps=[{"spend_fen": 2000, "off_fen": 300}])], 0),
        ({TEA: 4}, [rule("spend_percent", steps=[{"spend_fen": 2000, "percent_off": 15}])], 300),
        ({TEA: 2, MILK: 1}, [rule("count_percent", steps=[{"count": 3, "percent_off": 10}])], 180),
        # 满20送玩具
        ({TEA: 4, TOY: 1}, [rule("spend_gift", steps=[{"spend_fen": 2000, "free": 1, "gift": "toy"}])], 100),
        ({TEA: 3, TOY: 5}, [rule("spend_gift", steps=[{"spend_fen": 2000, "free": 1, "gift": "toy"}])], 0),
        # without stacking the better one alone, with it both
        ({TEA: 4}, [rule("percent", percent_off=10), rule("amount", id="q", off_fen=60)], 240),
        ({TEA: 4}, [rule("percent", percent_off=10), rule("amount", id="q", off_fen=60, stacks=True)], 440),
        # two of one group never meet
        ({TEA: 2, CHIPS: 2}, [rule("amount", off_fen=10, group="g"), rule("amount", id="q", off_fen=9, group="g")], 40),
        ({TEA: 5}, [rule("amount", off_fen=100, limits={"per_basket": 2})], 200),
    ],
)
def test_a_promotion_takes_off_what_it_says(goods: Shelf, rules: Rules, off: int) -> None:
    found = priced(goods, *rules)

    assert found.discount == Money(off)
    assert sum(applied.amount.fen for applied in found.applied) == off
    assert all(cut.ref in {"p", "q"} and cut.note == "促销" for line in found.lines for cut in line.cuts)


@pytest.mark.parametrize(
    ("said", "terms", "is_on"),
    [
        ({"whom": "members"}, {}, False),
        ({"whom": "members"}, {"member": MemberTerms()}, True),
        ({"whom": "tiers", "tiers": ["金卡"]}, {"member": MemberTerms(tier="银卡")}, False),
        ({"whom": "tiers", "tiers": ["金卡"]}, {"member": MemberTerms(tier="金卡")}, True),
        ({"whom": "members", "first_purchase": True}, {"member": MemberTerms(has_bought=True)}, False),
        ({"whom": "members", "first_purchase": True}, {"member": MemberTerms(has_bought=False)}, True),
        ({"when": {"first": "2026-09-29"}}, {}, False),
        ({"when": {"last": "2026-09-28"}}, {}, True),
        ({"when": {"weekdays": [1]}}, {}, True),
        ({"when": {"weekdays": [2, 3]}}, {}, False),
        ({"when": {"hours": [["07:00", "12:00"]]}}, {}, False),
        ({"when": {"hours": [["12:00", "12:01"]]}}, {}, True),
        ({"when": {"hours": [["22:00", "02:00"]], "weekdays": [1]}}, {"moment": NOON.replace(day=29, hour=1)}, True),
        ({"when": {"hours": [["22:00", "02:00"]], "weekdays": [1]}}, {"moment": NOON.replace(hour=1)}, False),
        ({"min_spend_fen": 2001}, {}, False),
        ({"min_count": 4}, {}, True),
        ({"limits": {"per_day": 2}}, {"used_today": {"p": 2}}, False),
        ({"whom": "members", "limits": {"per_member": 1}}, {"member": MemberTerms(), "used_by_member": {"p": 1}}, 0),
    ],
)
def test_a_promotion_is_on_only_for_whom_and_when_it_says(said: dict[str, Any], terms: Any, is_on: bool) -> None:
    found = priced({TEA: 4}, rule("percent", percent_off=10, **said), **terms)

    assert (found.discount.fen > 0) == is_on


@pytest.mark.parametrize(
    ("data", "field"),
    [
        (rule("percent"), "percent_off"),
        (rule("percent", percent_off=0), "percent_off"),
        (rule("percent", percent_off=101), "percent_off"),
        (rule("percent", percent_off=True), "percent_off"),
        (rule("percent", percent_off=5, off_fen=5), "off_fen"),
        (rule("nothing", percent_off=5), "kind"),
        (rule("percent", percent_off=5, colour="red"), "colour"),
        (rule("percent", percent_off=5, scope={"shelf": ["x"]}), "scope.shelf"),
        (rule("percent", percent_off=5, scope={"codes": ["x"], "except_codes": ["x", "y"]}), "scope"),
        (rule("percent", percent_off=5, scope={"categories": ["x"], "except_categories": ["x"]}), "scope"),
        (rule("percent", percent_off=5, whom="tiers"), "tiers"),
        (rule("percent", percent_off=5, first_purchase=True), "first_purchase"),
        (rule("percent", percent_off=5, limits={"per_member": 1}), "limits.per_member"),
        (rule("percent", percent_off=5, when={"first": "2026-10-02", "last": "2026-10-01"}), "when.last"),
        (rule("bundle", parts=[], price_fen=100), "parts"),
        (rule("percent", percent_off=5, scope={"codes": []}), "scope"),
        (rule("percent", percent_off=5, when={"hours": [["08:00", "08:00"]]}), "when.hours"),
        (rule("percent", percent_off=5, when={"weekdays": [0]}), "when.weekdays"),
        (rule("spend_off", steps=[{"spend_fen": 100, "off_fen": 101}]), "steps"),
        (rule("spend_off", steps=[{"spend_fen": 200, "off_fen": 5}, {"spend_fen": 100, "off_fen": 9}]), "steps"),
        (rule("spend_off", steps=[{"spend_fen": 100, "off_fen": 9}, {"spend_fen": 200, "off_fen": 5}]), "steps"),
        (rule("spend_off", repeats=True, steps=TWO_STEPS), "repeats"),
        (rule("spend_gift", scope={"codes": ["toy"]}, steps=[{"spend_fen": 1, "free": 1, "gift": "toy"}]), "steps"),
        (rule("buy_get", count=0, free=1), "count"),
        (rule("nth_percent", count=1, percent_off=50), "count"),
        ({"name": "x", "kind": "percent", "percent_off": 5}, "id"),
    ],
)
def test_rules_that_cannot_be_are_refused_by_their_field(data: dict[str, Any], field: str) -> None:
    with pytest.raises(BadPromotion) as refused:
        from_data(data)

    assert refused.value.field == field


def test_a_hint_says_how_little_is_missing() -> None:
    found = priced({TEA: 3}, rule("spend_off", steps=[{"spend_fen": 2000, "off_fen": 300}]))

    [hint] = found.hints
    assert (hint.promotion.promotion_id, hint.missing_fen, hint.gives) == ("p", 500, 300)
    assert priced({TEA: 1}, rule("spend_off", steps=[{"spend_fen": 2000, "off_fen": 300}])).hints == ()


def test_a_gift_that_was_earned_and_not_taken_is_named() -> None:
    found = priced({TEA: 4}, rule("spend_gift", steps=[{"spend_fen": 2000, "free": 2, "gift": "toy"}]))

    assert [(gift.code, gift.count) for gift in found.gifts] == [("toy", 2)]


def test_the_cheapest_base_price_counts_and_says_whose_it_is() -> None:
    lists = (
        PriceListTerms("l1", "批发价", {"tea": Money(450)}),
        PriceListTerms("l2", "金卡价", {"tea": Money(400)}, whom="tiers", tiers=frozenset({"金卡"})),
    )

    stranger = priced({TEA: 2}, price_lists=lists)
    gold = priced({TEA: 2}, price_lists=lists, member=MemberTerms(tier="金卡"))

    assert [(cut.reason, cut.amount.fen, cut.ref) for cut in stranger.lines[0].cuts] == [("price_list", 100, "l1")]
    assert [(cut.reason, cut.amount.fen, cut.ref) for cut in gold.lines[0].cuts] == [("tier_price", 200, "l2")]


def test_a_line_below_the_floor_is_named() -> None:
    rules = rule("percent", percent_off=40)

    assert priced({TEA: 1}, rules, floor_percent=0).below_floor == ()
    assert priced({TEA: 1, MILK: 1}, rules, floor_percent=1).below_floor == (1,)
    assert priced({TEA: 1}, rules).below_floor == ()


def test_coupons_of_every_kind() -> None:
    def off(terms: CouponTerms, amount: int = 0) -> int:
        coupon = replace(FIVE_OFF, amount=Money(amount), terms=terms)
        return priced({TEA: 2, CHIPS: 1}, coupons=(coupon,)).coupon_discount.fen

    tea = Scope(codes=frozenset({"tea"}))
    assert off(CouponTerms("percent", percent=20)) == 330
    assert off(CouponTerms("percent", percent=20), amount=200) == 200
    assert off(CouponTerms("percent", percent=20, scope=tea)) == 200
    assert off(CouponTerms("item", scope=tea)) == 500
    assert off(CouponTerms("item", price_fen=100)) == 550
    assert off(CouponTerms(scope=tea), amount=5000) == 1000


def test_a_gift_coupon_looks_at_all_that_is_bought_but_not_at_the_gift() -> None:
    gift = replace(FIVE_OFF, amount=Money(0), terms=CouponTerms("item", scope=Scope(codes=frozenset({"tea"}))))
    tea_off = replace(FIVE_OFF, terms=CouponTerms(scope=Scope(codes=frozenset({"tea"}))))

    lines = priced({TEA: 1, CHIPS: 1}).lines

    assert goods_for(gift, lines) == CHIPS.price
    assert goods_for(tea_off, lines) == TEA.price


def test_a_coupon_that_stands_alone_bears_no_other() -> None:
    alone = replace(FIVE_OFF, code="B", terms=CouponTerms(alone=True))

    with pytest.raises(CouponsApart):
        priced({TEA: 4}, coupons=(FIVE_OFF, alone))


SCOPES = st.sampled_from(["all", DRINKS, {"codes": ["tea"]}, {"codes": ["chips", "milk"]}, {"except_codes": ["tea"]}])
KINDS = st.one_of(
    st.builds(lambda n: rule("percent", percent_off=n), st.integers(1, 100)),
    st.builds(lambda n: rule("amount", off_fen=n), st.integers(1, 900)),
    st.builds(lambda n: rule("fixed_price", price_fen=n), st.integers(0, 900)),
    st.builds(lambda n, p: rule("nth_percent", count=n, percent_off=p), st.integers(2, 4), st.integers(1, 100)),
    st.builds(lambda n, m: rule("buy_get", count=n, free=m), st.integers(1, 3), st.integers(1, 2)),
    st.builds(lambda n: rule("cheapest_free", count=n), st.integers(2, 4)),
    st.builds(
        lambda n, c: rule("bundle", price_fen=n, parts=[{"scope": "all", "count": c}]),
        st.integers(1, 2000),
        st.integers(1, 3),
    ),
    st.builds(
        lambda at, off, again: rule("spend_off", repeats=again, steps=[{"spend_fen": at, "off_fen": min(at, off)}]),
        st.integers(1, 4000),
        st.integers(1, 900),
        st.booleans(),
    ),
    st.builds(
        lambda n, p: rule("count_percent", steps=[{"count": n, "percent_off": p}]),
        st.integers(1, 6),
        st.integers(1, 100),
    ),
)


@st.composite
def rule_sets(draw: st.DrawFn, stacking: bool = True) -> list[dict[str, Any]]:
    found = []
    for n in range(draw(st.integers(0, 4))):
        data = {**draw(KINDS), "id": f"p{n}"}
        if data["kind"] != "bundle":
            data["scope"] = draw(SCOPES)
        if stacking and draw(st.booleans()):
            data["stacks"] = True
        if draw(st.booleans()):
            data["group"] = draw(st.sampled_from(["g", "h"]))
        if draw(st.booleans()):
            data["limits"] = {"per_basket": draw(st.integers(1, 3))}
        found.append(data)
    return found


BASKETS = st.fixed_dictionaries({TEA: st.integers(1, 5)}, optional={MILK: st.integers(1, 4), CHIPS: st.integers(1, 4)})


@given(BASKETS, rule_sets())
def test_no_line_and_no_total_goes_below_zero_and_nothing_is_lost(goods: Shelf, rules: Rules) -> None:
    found = priced(goods, *rules, coupons=(FIVE_OFF,))

    assert all(line.net.fen >= 0 and all(cut.amount.fen > 0 for cut in line.cuts) for line in found.lines)
    assert found.total.fen == sum(line.net.fen for line in found.lines) >= 0
    assert sum(applied.amount.fen for applied in found.applied) == found.cut_by("promotion").fen
    assert all(applied.times <= 3 for applied in found.applied if "limits" in rules[int(applied.promotion_id[1:])])


@given(BASKETS, rule_sets(), st.randoms(use_true_random=False))
def test_the_order_rules_were_put_in_does_not_matter(goods: Shelf, rules: Rules, chance: Any) -> None:
    shuffled = list(rules)
    chance.shuffle(shuffled)

    assert priced(goods, *shuffled) == priced(goods, *rules)


@given(BASKETS, rule_sets(), KINDS)
def test_one_more_promotion_never_makes_a_basket_dearer(goods: Shelf, rules: Rules, more: dict[str, Any]) -> None:
    plain = [{name: value for name, value in data.items() if name != "group"} for data in rules]

    assert priced(goods, *plain, {**more, "id": "z"}).total.fen <= priced(goods, *plain).total.fen


def best_of_all_orders(rules: Rulebook, goods: list[Goods]) -> int:
    """Every order of every promotion, tried one after the other with no shortcut."""
    best = 0
    claims = rules.claims(goods)
    for order in permutations(claims):
        free, off, groups = [good.count for good in goods], 0, set()
        for claim in order:
            group = claim.promotion.group
            if group and group in groups:
                continue
            found = use(claim, goods, free, most=claim.promotion.limits.per_basket)
            if found.amount <= 0:
                continue
            groups.add(group)
            off += found.amount
            for place, pieces in found.taken.items():
                free[place] -= pieces
        best = max(best, off)
    return best


@settings(max_examples=150)
@given(BASKETS, rule_sets(stacking=False))
def test_the_choice_is_the_best_of_all_orders(goods: Shelf, rules: Rules) -> None:
    book = Rulebook(from_data(data) for data in rules)
    shelf = [
        Goods(n, product.code, product.category, product.brand, count, product.price.fen, product.price.fen * count)
        for n, (product, count) in enumerate(goods.items())
    ]

    found: Choice = choose(book, shelf, Terms(moment=NOON, rules=book))

    assert sum(use_.amount for use_ in found.uses) == best_of_all_orders(book, shelf)


@given(rule_sets())
def test_a_promotion_is_read_back_as_it_was_written(rules: Rules) -> None:
    for data in rules:
        assert from_data(as_data(from_data(data))) == from_data(data)
