"""A card in a basket: what it takes has no part in anything else, and everything else is as if it were not there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.priced import PricedBasket
from storeapp.domain.pricing import price, with_coupons
from storeapp.domain.product import Product
from storeapp.domain.promotion_data import from_data
from storeapp.domain.quantity import Quantity
from storeapp.domain.rulebook import Rulebook
from storeapp.domain.terms import CardTerms, MemberTerms, Terms
from tests.domain.test_pricing import FIVE_OFF
from tests.domain.test_promotions import CHIPS, MILK, NOON, TEA, rule

CARD = CardTerms("card-1", "茶十次卡", frozenset({"tea", "milk"}), 3, 10)
TEN_OFF = Rulebook([from_data(rule("percent", percent_off=10))])
TERMS = Terms(moment=NOON, member=MemberTerms("m"), rules=TEN_OFF, cards=(CARD,))


def priced(*lines: Line, terms: Terms = TERMS) -> PricedBasket:
    return price(Basket(lines), terms)


def pieces(product: Product, count: int, **more: Any) -> Line:
    return Line(product, Quantity(count * 1000), **more)


def test_the_promotion_falls_on_what_no_card_took_and_on_its_own_line() -> None:
    tea, chips, milk = priced(pieces(TEA, 2), pieces(CHIPS, 1), pieces(MILK, 2)).lines

    assert [(cut.reason, cut.amount.fen) for cut in tea.cuts] == [("card", 1000)]
    assert [(cut.reason, cut.amount.fen) for cut in chips.cuts] == [("promotion", 65)]
    # one of two is taken, and a tenth of the other comes off
    assert [(cut.reason, cut.amount.fen) for cut in milk.cuts] == [("card", 800), ("promotion", 80)]
    assert [cover.times for line in (tea, milk) for cover in line.covers] == [2, 1]


def test_pieces_a_card_took_count_for_no_promotion() -> None:
    third_free = Rulebook([from_data(rule("cheapest_free", count=3))])

    [line] = priced(pieces(TEA, 4), terms=replace(TERMS, rules=third_free, cards=(replace(CARD, left=2),))).lines

    assert [cut.reason for cut in line.cuts] == ["card"]


def test_a_coupon_comes_off_the_rest_alone() -> None:
    basket = priced(pieces(TEA, 3), pieces(CHIPS, 1), terms=replace(TERMS, rules=Rulebook([])))

    tea, chips = with_coupons(basket, (FIVE_OFF,), floor_percent=None).lines

    assert (tea.net, chips.net) == (Money(0), Money(650 - 500))


def test_what_a_card_takes_is_never_below_the_floor() -> None:
    free = replace(TERMS, rules=Rulebook([]), floor_percent=0)

    assert priced(pieces(TEA, 1), terms=free).below_floor == ()
    by_hand = pieces(TEA, 1, discount=Money(499), discount_reason="x")
    assert priced(by_hand, terms=replace(free, cards=())).below_floor == (1,)


def test_weight_a_label_and_what_costs_nothing_take_no_time() -> None:
    weighed = replace(TEA, weighed=True)
    half = Line(TEA, Quantity(1500))
    nothing = pieces(TEA, 1, discount=Money(500), discount_reason="x")

    basket = priced(pieces(weighed, 1), half, nothing, terms=replace(TERMS, rules=Rulebook([])))

    assert [line.covers for line in basket.lines] == [(), (), ()]


@given(
    counts=st.lists(st.tuples(st.sampled_from([TEA, MILK, CHIPS]), st.integers(1, 9)), min_size=1, max_size=6),
    left=st.lists(st.integers(1, 8), min_size=1, max_size=3),
)
def test_no_card_takes_more_than_it_has_and_the_basket_costs_what_the_rest_would(
    counts: list[tuple[Product, int]], left: list[int]
) -> None:
    cards = tuple(replace(CARD, card_id=f"c{n}", left=times) for n, times in enumerate(left))
    plain = replace(TERMS, rules=Rulebook([]))

    basket = priced(*(pieces(product, count) for product, count in counts), terms=replace(plain, cards=cards))

    taken = dict.fromkeys((card.card_id for card in cards), 0)
    for (product, count), line in zip(counts, basket.lines, strict=True):
        covered = sum(cover.times for cover in line.covers)
        assert covered <= count
        assert line.net.fen == (count - covered) * product.price.fen
        for cover in line.covers:
            taken[cover.card_id] += cover.times
    wanted = sum(count for product, count in counts if product is not CHIPS)
    assert sum(taken.values()) == min(wanted, sum(left))
    assert all(taken[card.card_id] <= card.left for card in cards)
