"""What a person takes off by hand is counted over the whole basket; what the shop gives by itself is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line, ReasonMissing
from storeapp.domain.limits import action, by_hand, is_above_limit
from storeapp.domain.money import Money
from storeapp.domain.order_discount import DiscountExceedsBasket, discounted
from storeapp.domain.policy import Policy
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.quantity import Quantity
from tests.domain.goods import CUP, MEMBER, STRANGER, TEA

PLAIN = Policy({})


def priced(*lines: Line, is_member: bool = False) -> PricedBasket:
    return price(Basket(lines=lines), MEMBER if is_member else STRANGER)


def off(fen: int, count: int = 1) -> Line:
    return Line(CUP, Quantity(count * 1000), discount=Money(fen), discount_reason="damaged")


def at(fen: int, count: int = 1) -> Line:
    return Line(CUP, Quantity(count * 1000), price=Money(fen), price_reason="price_match")


def above(*lines: Line, **policy: int) -> bool:
    values = {f"rights.{key}": value for key, value in policy.items()}
    return is_above_limit(by_hand(priced(*lines)), Policy(values))


def test_a_members_price_counts_for_nothing() -> None:
    assert by_hand(priced(Line(TEA), is_member=True)) == ()


def test_a_fifth_off_is_the_cashiers_own_and_a_fen_more_is_not() -> None:
    fifth = CUP.price.fen // 5

    assert not above(off(fifth))
    assert above(off(fifth + 1))


def test_a_lower_price_is_a_discount_by_another_name() -> None:
    assert [line.off for line in by_hand(priced(at(CUP.price.fen - 100, 3)))] == [Money(300)]
    assert above(at(CUP.price.fen // 2))


def test_a_lower_price_and_a_discount_on_it_are_added_up() -> None:
    tenth = CUP.price.fen // 10
    both = Line(
        CUP, price=Money(CUP.price.fen - tenth), price_reason="regular", discount=Money(2 * tenth), discount_reason="x"
    )

    assert above(both)


def test_many_small_discounts_pass_the_limit_together() -> None:
    lines = [off(500) for _ in range(5)]

    assert not above(*lines, discount_fen_cashier=2500)
    assert above(*lines, off(1), discount_fen_cashier=2500)


def test_a_dearer_price_is_on_record_and_takes_nothing_off() -> None:
    dearer = by_hand(priced(at(CUP.price.fen + 500)))

    assert [(line.off, line.has_own_price) for line in dearer] == [(Money(0), True)]
    assert not is_above_limit(dearer, PLAIN)


@pytest.mark.parametrize(
    "other", [(off(100), off(101)), (off(101),), (off(100, 2),), (at(CUP.price.fen - 100),), (off(100), Line(TEA))]
)
def test_only_the_same_changes_are_the_same_action(other: tuple[Line, ...]) -> None:
    asked = action(by_hand(priced(off(100))), "basket-1")

    same = action(by_hand(priced(*other)), "basket-1") == asked
    assert same == (other == (off(100), Line(TEA)))
    assert action(by_hand(priced(off(100))), "basket-2") != asked


@given(st.lists(st.integers(1, 9), min_size=1, max_size=8), st.data())
def test_a_discount_on_everything_loses_no_fen_and_makes_no_line_free_by_mistake(
    counts: list[int], data: st.DataObject
) -> None:
    basket = Basket(lines=tuple(Line(CUP if n % 2 else TEA, Quantity(n * 1000)) for n in counts))
    before = price(basket, STRANGER)
    amount = Money(data.draw(st.integers(0, before.total.fen)))

    after = price(discounted(basket, before, amount, "regular"), STRANGER)

    assert after.total == before.total - amount
    assert all(line.net.fen >= 0 for line in after.lines)


def test_a_discount_on_everything_says_why_and_stays_within_the_basket() -> None:
    basket = Basket(lines=(Line(CUP), off(100)))
    before = price(basket, STRANGER)

    with pytest.raises(ReasonMissing):
        discounted(basket, before, Money(1), " ")
    for fen in (before.total.fen + 1, -1):
        with pytest.raises(DiscountExceedsBasket):
            discounted(basket, before, Money(fen), "regular")
    kept = discounted(basket, before, Money(1000), "regular")
    assert [line.discount_reason for line in kept.lines] == ["regular", "damaged"]
