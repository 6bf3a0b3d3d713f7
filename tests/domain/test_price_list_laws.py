"""Laws of price lists: they only ever lower a price, and the order they were put in does not matter."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.price_list import as_data, from_data
from storeapp.domain.pricing import price
from storeapp.domain.product import unit_of
from storeapp.domain.quantity import Quantity
from storeapp.domain.terms import MemberTerms, Terms
from tests.domain.goods import CUP, TEA

CASE = unit_of(TEA, "箱", 15, Money(4500))
GOODS = (TEA, CUP, CASE)
ZONE = ZoneInfo("Asia/Shanghai")
MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda at: at.replace(tzinfo=ZONE))
CUSTOMERS = st.sampled_from([None, MemberTerms("m1"), MemberTerms("m2", tier="金卡")])


@st.composite
def lists(draw: st.DrawFn) -> dict[str, Any]:
    prices = st.dictionaries(st.sampled_from([each.code for each in GOODS]), st.integers(0, 9000), min_size=1)
    said: dict[str, Any] = {"id": draw(st.sampled_from("abcdef")), "name": "价", "prices": draw(prices)}
    whom = draw(st.sampled_from(["all", "members", "tiers"]))
    said |= {"whom": whom, "tiers": ["金卡"]} if whom == "tiers" else {"whom": whom}
    if draw(st.booleans()):
        said["when"] = {"weekdays": draw(st.lists(st.integers(1, 7), min_size=1, unique=True))}
    if draw(st.booleans()):
        said["when"] = said.get("when", {}) | {"hours": [["22:00", "06:00"]], "last": "2026-10-01"}
    return said


BASKETS = st.lists(st.tuples(st.sampled_from(GOODS), st.integers(1, 9)), min_size=1, max_size=4).map(
    lambda rows: Basket(tuple(Line(product, Quantity(count * 1000)) for product, count in rows))
)
LISTS = st.lists(lists(), max_size=4, unique_by=lambda said: said["id"])


@given(BASKETS, LISTS, MOMENTS, CUSTOMERS)
def test_a_price_list_never_makes_anything_dearer(
    basket: Basket, said: list[dict[str, Any]], moment: datetime, member: MemberTerms | None
) -> None:
    plain = price(basket, Terms(moment=moment, member=member))
    listed = price(basket, Terms(moment=moment, member=member, price_lists=tuple(map(from_data, said))))

    for before, after in zip(plain.lines, listed.lines, strict=True):
        assert 0 <= after.net.fen <= before.net.fen
        cheapest = min(
            [before.net.fen]
            + [
                each.prices[after.line.product.code].fen * after.quantity.milli // 1000
                for each in map(from_data, said)
                if after.line.product.code in each.prices and each.holds(moment, member)
            ]
        )
        assert after.net.fen == cheapest


@given(BASKETS, LISTS, MOMENTS, CUSTOMERS, st.randoms(use_true_random=False))
def test_the_order_of_lists_does_not_change_what_is_paid(
    basket: Basket, said: list[dict[str, Any]], moment: datetime, member: MemberTerms | None, chance: Any
) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)
    one, other = (
        price(basket, Terms(moment=moment, member=member, price_lists=tuple(map(from_data, rows))))
        for rows in (said, shuffled)
    )

    assert [line.net for line in one.lines] == [line.net for line in other.lines]


@given(lists())
def test_a_list_is_read_as_it_is_written(said: dict[str, Any]) -> None:
    assert from_data(as_data(from_data(said))) == from_data(said)
