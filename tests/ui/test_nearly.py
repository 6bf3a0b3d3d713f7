"""The calm line about promotions: a gift that is due, money or pieces that are missing, or nothing at all."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest

from storeapp.domain.basket import Basket, Line
from storeapp.domain.pricing import price
from storeapp.domain.promotion_data import from_data
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import Terms
from storeapp.ui.sell.nearly import nearly
from storeapp.words import words
from tests.domain.goods import TEA

NOON = datetime(2026, 9, 28, 12, 0)
SECOND = {"id": "a", "name": "第二件半价", "kind": "nth_percent", "count": 2, "percent_off": 50}
OVER = {"id": "a", "name": "满8减1", "kind": "spend_off", "steps": [{"spend_fen": 800, "off_fen": 100}]}
GIFT = {"id": "a", "name": "满5送水", "kind": "spend_gift", "steps": [{"spend_fen": 500, "gift": "9001", "free": 1}]}


@pytest.mark.parametrize(
    ("rule", "pieces", "said"),
    [
        (SECOND, 1, "1 more pcs for 第二件半价"),
        (SECOND, 2, ""),
        (OVER, 2, "¥1.00 more for 满8减1"),
        (OVER, 1, ""),
        (GIFT, 2, "Gift to add: 9001 × 1 (满5送水)"),
    ],
)
def test_what_is_nearly_reached_is_said(rule: dict[str, Any], pieces: int, said: str) -> None:
    basket = Basket((Line(TEA, Quantity(pieces * 1000)),))

    priced = price(basket, Terms(moment=NOON, rules=Rulebook([from_data(rule)])))

    assert nearly(priced, words("en")) == said
