"""The worked examples other systems publish, without their taxes and their postage: ours comes to the same sums.

Each row names the page it was read on. Goods are prices in hundredths and how many of each; expected is what comes off
each line. Where ours comes to another sum, the last table says which and why.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.product import Product
from storeapp.domain.promotion_data import from_data
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import Terms
from tests.domain.test_pricing import FIVE_OFF

NOON = datetime(2026, 9, 28, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
DYNAMICS = "learn.microsoft.com/dynamics365/commerce/optimal-combination-overlapping-discounts"
SALESFORCE = "help.salesforce.com cc.b2c_promotion_proration_logic"
SALESFORCE_TOTAL = "help.salesforce.com cc.b2c_buy_x_for_total_promotion"
SYLIUS = "github.com/Sylius/Sylius features/promotion/receiving_discount"
VTEX = "help.vtex.com how-does-promotion-proration-work"
SAP = "developers.sap.com opps-advanced-scenario-mixandmatch"
SALEOR, SALEOR_ORDER = "docs.saleor.io developer/discounts/promotions", "docs.saleor.io developer/discounts/examples"
MAGENTO = "experienceleague.adobe.com price-rules-cart-buy-this-get-that"
QASHIER = "support.qashier.com 4251109-how-to-create-a-promotion-bucket"
TYCHE = "tychesoftwares.com woocommerce-flexi-bogo applying-multiple-rule-discounts"

Goods = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Example:
    source: str
    # price of one in hundredths, and how many; line n is code and category `n`
    goods: Goods
    rules: tuple[dict[str, Any], ...]
    off: tuple[int, ...]
    amount_off: int = 0

    def priced(self) -> PricedBasket:
        lines = []
        for n, (fen, count) in enumerate(self.goods, start=1):
            product = Product(str(n), f"商品{n}", Money(fen), category=f"分类{n}")
            lines.append(Line(product, Quantity(count * 1000)))
        coupons = (replace(FIVE_OFF, amount=Money(self.amount_off), terms=CouponTerms()),) if self.amount_off else ()
        book = Rulebook(from_data({"id": f"p{n}", "name": "x"} | rule) for n, rule in enumerate(self.rules))
        return price(Basket(tuple(lines)), Terms(moment=NOON, rules=book, coupons=coupons))


def only(*numbers: int) -> dict[str, Any]:
    return {"scope": {"codes": [str(n) for n in numbers]}}


def percent(off: int, **more: Any) -> dict[str, Any]:
    return {"kind": "percent", "percent_off": off, **more}


HALF_OF_TWO = {"kind": "nth_percent", "count": 2, "percent_off": 50}
FIFTH_OF_TWO = {"kind": "count_percent", "steps": [{"count": 2, "percent_off": 20}]}
OVER_100 = {"kind": "spend_percent", "steps": [{"spend_fen": 10000, "percent_off": 15}]}
TWO_FOR_8 = {"kind": "bundle", "price_fen": 800, "parts": [{"scope": "all", "count": 2}]}
PUFFS = {"kind": "bundle", "price_fen": 280, "parts": [{"scope": "all", "count": 2}]}
SHIRTS = {"kind": "bundle", "price_fen": 3000, "parts": [{"scope": "all", "count": 2}]}
COFFEE = {"kind": "buy_get", "count": 1, "free": 3, "scope": {"codes": ["1"]}, "get": {"codes": ["2"]}}
TEN_OFF = {"kind": "spend_off", "steps": [{"spend_fen": 1000, "off_fen": 1000}]}


def free(buy: int, get: int, most: int) -> dict[str, Any]:
    return {"kind": "buy_get", "count": buy, "free": get, "limits": {"per_basket": most // get}}


EXAMPLES = (
    # two that cannot be combined: equal prices want the half, far ones the fifth; at two thirds both give the same
    Example(DYNAMICS, ((1500, 4),), (HALF_OF_TWO, FIFTH_OF_TWO), (1500,)),
    Example(DYNAMICS, ((1500, 1), (1400, 1)), (HALF_OF_TWO, FIFTH_OF_TWO), (0, 700)),
    Example(DYNAMICS, ((1500, 1), (500, 1)), (HALF_OF_TWO, FIFTH_OF_TWO), (300, 100)),
    Example(DYNAMICS, ((1500, 1), (1000, 1)), (HALF_OF_TWO, FIFTH_OF_TWO), (0, 500)),
    # the half once and the fifth on the rest, once the half is said to count once a basket
    Example(
        DYNAMICS,
        ((2000, 2), (1500, 1), (500, 1)),
        (HALF_OF_TWO | {"limits": {"per_basket": 1}}, FIFTH_OF_TWO),
        (1000, 300, 100),
    ),
    Example(SALESFORCE, ((6000, 1), (5000, 1)), (OVER_100,), (900, 750)),
    Example(
        SALESFORCE,
        ((6000, 1), (5000, 1)),
        ({"kind": "amount", "off_fen": 1000, **only(1)}, OVER_100 | {"stacks": True}),
        (1750, 750),
    ),
    Example(
        SALESFORCE,
        ((6000, 1), (5000, 1), (4000, 1)),
        (OVER_100 | {"scope": {"except_codes": ["3"]}},),
        (900, 750, 0),
    ),
    Example(SALESFORCE_TOTAL, ((500, 2),), (TWO_FOR_8,), (200,)),
    Example(SALESFORCE_TOTAL, ((600, 1), (500, 1)), (TWO_FOR_8,), (164, 136)),
    Example(SALESFORCE_TOTAL, ((600, 2),), (TWO_FOR_8,), (400,)),
    Example(SYLIUS, ((10000, 1),), (percent(20),), (2000,)),
    Example(SYLIUS, ((10000, 1),), (TEN_OFF,), (1000,)),
    Example(SYLIUS, ((10000, 1), (600, 1)), (), (10000, 600), amount_off=10600),
    # more off than there is: nothing goes below zero
    Example(SYLIUS, ((10000, 1),), (), (10000,), amount_off=20000),
    # both, one after the other, in the order the owner says
    Example(
        SYLIUS,
        ((10000, 1),),
        (TEN_OFF | {"stacks": True, "priority": 2}, percent(20, stacks=True, priority=1)),
        (3000,),
    ),
    Example(
        SYLIUS,
        ((10000, 1),),
        (TEN_OFF | {"stacks": True, "priority": 1}, percent(20, stacks=True, priority=2)),
        (2800,),
    ),
    # one that bears no other beside it
    Example(SYLIUS, ((10000, 1),), (TEN_OFF, percent(20)), (2000,)),
    Example(SYLIUS, ((10000, 1),), (percent(20, scope={"categories": ["分类1"]}),), (2000,)),
    Example(SYLIUS, ((10000, 3),), (percent(20, scope={"categories": ["分类1"]}),), (6000,)),
    Example(SYLIUS, ((10000, 1), (2000, 1)), (percent(20, scope={"categories": ["分类1"]}),), (2000, 0)),
    Example(
        SYLIUS,
        ((10000, 1), (2000, 1)),
        (percent(20, scope={"categories": ["分类1"]}), percent(50, scope={"categories": ["分类2"]})),
        (2000, 1000),
    ),
    Example(
        SYLIUS,
        ((10000, 1), (2000, 1)),
        (
            {"kind": "amount", "off_fen": 1000, "stacks": True, **only(1)},
            {"kind": "amount", "off_fen": 500, "stacks": True, "scope": {"categories": ["分类1"]}},
        ),
        (1500, 0),
    ),
    # spread by what each costs: the page has the prices and the rule, its table is a picture
    Example(VTEX, ((19000, 1), (19000, 1), (25000, 1), (15000, 1)), (), (3800, 3800, 5000, 3000), amount_off=15600),
    Example(SAP, ((50000, 1), (1000, 3)), (COFFEE,), (0, 3000)),
    Example(SALEOR, ((900, 1),), (percent(10),), (90,)),
    Example(SALEOR_ORDER, ((5000, 2), (3000, 1)), (percent(20, **only(1)),), (2000, 0)),
    # so many pieces as the page says reach the most that is free; more do not go beyond. It names no price
    Example(MAGENTO, ((100, 14),), (free(5, 2, 4),), (400,)),
    Example(MAGENTO, ((100, 21),), (free(5, 2, 4),), (400,)),
    Example(MAGENTO, ((100, 24),), (free(5, 3, 9),), (900,)),
    Example(MAGENTO, ((100, 220),), (free(20, 2, 20),), (2000,)),
    Example(QASHIER, ((150, 1),), (PUFFS,), (0,)),
    Example(QASHIER, ((150, 2),), (PUFFS,), (20,)),
    Example(QASHIER, ((1990, 2),), (SHIRTS,), (980,)),
    Example(QASHIER, ((1990, 2),), ({"kind": "buy_get", "count": 1, "free": 1},), (1990,)),
    Example(QASHIER, ((1990, 2),), ({"kind": "nth_percent", "count": 2, "percent_off": 10},), (199,)),
    Example(TYCHE, ((1800, 1),), ({"kind": "amount", "off_fen": 1000}, percent(10)), (1000,)),
)

# the page's sum, ours, and why ours is another
OTHERWISE = (
    (
        "a promotion has the turn for all it can use, and is not given up for single pieces: limit it, as above",
        Example(DYNAMICS, ((2000, 2), (1500, 1), (500, 1)), (HALF_OF_TWO, FIFTH_OF_TWO), (1000, 0, 250)),
        1400,
    ),
    (
        "the customer gets the best, whatever the priority of the other (docs/decisions/0026)",
        Example(SYLIUS, ((10000, 1),), (percent(20, priority=2), TEN_OFF | {"priority": 5}), (2000,)),
        1000,
    ),
    (
        "what stacks is taken off what is left, not off the price on the shelf",
        Example(SYLIUS, ((10000, 1),), (percent(20, stacks=True), percent(10, stacks=True)), (2800,)),
        3000,
    ),
)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.source.split("/")[0].split(" ")[0])
def test_a_published_example_comes_to_the_same(example: Example) -> None:
    assert tuple(line.discount.fen for line in example.priced().lines) == example.off


@pytest.mark.parametrize(("why", "example", "theirs"), OTHERWISE)
def test_where_ours_differs_it_is_known_how(why: str, example: Example, theirs: int) -> None:
    ours = tuple(line.discount.fen for line in example.priced().lines)

    assert ours == example.off, why
    assert sum(ours) != theirs
