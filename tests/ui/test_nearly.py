"""The calm line about promotions: a gift that is due, money or pieces that are missing, or nothing at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.promotion_data import from_data
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import Terms
from storeapp.till.promotions import go_live, put_promotions
from storeapp.ui.customer.presenter import CustomerPresenter
from storeapp.ui.customer.state import ShownWish
from storeapp.ui.sell.nearly import gift_due, gift_said, nearly, nearly_said
from storeapp.words import words
from tests.domain.goods import TEA
from tests.ui.conftest import OpenCounter
from tests.ui.scene import CRISPS, WATER, Scene

NOON = datetime(2026, 9, 28, 12, 0)
SECOND = {"id": "a", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50}
OVER = {"id": "a", "name": "满8减1", "kind": "spend_off", "steps": [{"spend_fen": 800, "off_fen": 100}]}
GIFT = {"id": "a", "name": "满5送水", "kind": "spend_gift", "steps": [{"spend_fen": 500, "gift": "9001", "free": 1}]}


NAMES = {"9001": "农夫山泉 550ml"}


def priced_with(rule: dict[str, Any], pieces: int) -> PricedBasket:
    basket = Basket((Line(TEA, Quantity(pieces * 1000)),))
    return price(basket, Terms(moment=NOON, rules=Rulebook([from_data(rule)])))


@pytest.mark.parametrize(
    ("rule", "pieces", "said"),
    [
        (SECOND, 1, "1 more pcs for 第二件半价"),
        (SECOND, 2, ""),
        (OVER, 2, "¥1.00 more for 满8减1"),
        (OVER, 1, ""),
    ],
)
def test_what_is_nearly_reached_is_said(rule: dict[str, Any], pieces: int, said: str) -> None:
    found = nearly(priced_with(rule, pieces))

    assert ("" if found is None else nearly_said(found, words("en"))) == said


def test_a_gift_is_said_by_its_name() -> None:
    found = gift_due(priced_with(GIFT, 2), NAMES.__getitem__)

    assert found is not None
    assert gift_said(found, words("en")) == "Gift to add: 农夫山泉 550ml × 1 (满5送水)"


def live(here: Scene, rule: dict[str, Any]) -> None:
    put_promotions(here.shop, (rule,), clock=here.desk.clock)
    go_live(here.shop, (rule["id"],), clock=here.desk.clock, unreplayed=True)


def test_one_key_lays_the_gift_into_the_basket_for_nothing(here: Scene, open_counter: OpenCounter) -> None:
    live(here, GIFT | {"steps": [{"spend_fen": 700, "gift": WATER.code, "free": 2}]})
    counter = open_counter()
    counter.sell.scan(CRISPS.code)
    before = counter.sell.state
    assert before.gift is not None
    assert (before.gift.name, before.gift.count) == (WATER.name, 2)

    counter.act("gift")

    after = counter.sell.state
    assert [(line.line.product.code, line.net.fen) for line in after.priced.lines] == [
        (CRISPS.code, 750),
        (WATER.code, 0),
    ]
    assert (after.gift, after.due) == (None, before.due)


def test_without_a_gift_the_key_only_beeps(open_counter: OpenCounter) -> None:
    counter = open_counter()
    counter.sell.scan(CRISPS.code)

    counter.act("gift")

    assert len(counter.sell.state.priced.lines) == 1


def test_the_customer_reads_what_is_missing_and_not_while_she_pays(here: Scene, open_counter: OpenCounter) -> None:
    live(here, OVER)
    counter = open_counter()
    customer = CustomerPresenter(here.desk)
    counter.sell.scan(CRISPS.code)
    customer.follow(counter.sell.state)

    assert customer.state.wish == ShownWish("满8减1", Money(50))
