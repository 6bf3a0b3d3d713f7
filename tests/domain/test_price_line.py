"""One product on a price list: what cannot be, what is odd, and what is left of the price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.money import Money
from storeapp.domain.price_line import PriceLine, refusal
from storeapp.domain.price_list import as_data, from_data
from storeapp.domain.price_list_version import PriceListVersion, Standing, checked, standing
from tests.domain.goods import TEA

DEAR_TEA = replace(TEA, price=Money(400), cost=Money(200))


@pytest.mark.parametrize(
    ("fen", "reason"),
    [(-1, "negative"), (0, "zero"), (1, ""), (40_000, ""), (40_001, "above_reason"), (1_000_000_001, "too_large")],
)
def test_a_price_that_cannot_be_says_why(fen: int, reason: str) -> None:
    assert refusal(Money(fen), DEAR_TEA) == reason


def test_goods_without_a_shelf_price_have_no_hundred_times_of_it() -> None:
    assert refusal(Money(999), replace(TEA, price=Money(0))) == ""


@pytest.mark.parametrize(
    ("fen", "floor", "doubt"),
    [
        (199, None, "below_cost"),
        (200, None, ""),
        (219, 10, "below_floor"),
        (220, 10, ""),
        (401, 10, "above_shelf"),
        (400, 10, ""),
    ],
)
def test_a_price_the_owner_should_look_at_again_is_named(fen: int, floor: int | None, doubt: str) -> None:
    assert PriceLine(TEA.code, DEAR_TEA, Money(fen)).doubt(floor) == doubt


def test_the_margin_is_what_is_left_of_the_price() -> None:
    margins = [PriceLine(TEA.code, DEAR_TEA, Money(fen)).margin_percent for fen in (400, 250, 200, 160, 0)]

    assert margins == [50, 20, 0, -25, None]
    assert PriceLine(TEA.code, replace(DEAR_TEA, cost=None), Money(100)).margin_percent is None


@pytest.mark.parametrize(
    ("state", "when", "stands"),
    [
        ("draft", {"first": "2026-09-01"}, "draft"),
        ("ended", {}, "over"),
        ("live", {}, "live"),
        ("live", {"first": "2026-09-28", "last": "2026-09-28"}, "live"),
        ("live", {"first": "2026-09-29"}, "coming"),
        ("live", {"last": "2026-09-27"}, "over"),
    ],
)
def test_a_list_stands_where_its_days_put_it(state: str, when: dict[str, str], stands: Standing) -> None:
    data = {"id": "a", "name": "a", "prices": {"1": 1}, "when": when}

    version = PriceListVersion("a", 1, data, state)  # type: ignore[arg-type]  # the table's own words

    assert standing(version, date(2026, 9, 28)) == stands


def test_a_list_keeps_its_stores_and_one_without_is_everywhere() -> None:
    here = checked({"id": "a", "name": "a", "prices": {"1": 1}, "stores": ["S02", "S01"]})

    assert from_data(as_data(here)) == here
    assert (here.is_at("S01"), here.is_at("S03"), replace(here, stores=frozenset()).is_at("S03")) == (True, False, True)
