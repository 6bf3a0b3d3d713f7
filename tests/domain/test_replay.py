"""Replay: a past sale is the basket it was, and the sums of two prices over many of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.basket import Basket, Line
from storeapp.domain.money import Money
from storeapp.domain.priced import Cut, PricedBasket
from storeapp.domain.pricing import price
from storeapp.domain.product import Product
from storeapp.domain.quantity import Quantity, times
from storeapp.domain.replay import WORST, Replay, Trial, as_data, as_rung_up, replay
from storeapp.domain.sale import Sale, line_sold
from tests.domain.goods import APPLE, CUP, MEMBER, STRANGER, TEA
from tests.fakes.things import ALICE, a_sale

COSTS = {TEA.code: Money(200), CUP.code: Money(1500), APPLE.code: None}


def goods(code: str) -> Product | None:
    known = next((product for product in (TEA, CUP, APPLE) if product.code == code), None)
    return None if known is None else replace(known, cost=COSTS[code])


def sold(basket: Basket, *, day: str = "2026-09-28", number: int = 1) -> Sale:
    priced = price(basket, STRANGER if basket.member_id is None else MEMBER)
    lines = [line_sold(n, line) for n, line in enumerate(priced.lines, start=1)]
    return replace(a_sale(number, day=day, lines=lines), member_id=basket.member_id)


def trial(basket: Basket, off: list[int], *, day: str = "2026-09-28", number: int = 1) -> Trial:
    """The basket's sale, with so many fen off each of its lines on trial."""
    sale = sold(basket, day=day, number=number)
    before = price(as_rung_up(sale, goods), STRANGER if sale.member_id is None else MEMBER)
    lines = tuple(
        replace(line, cuts=(*line.cuts, Cut("promotion", Money(fen), "试", "try"))) if fen else line
        for line, fen in zip(before.lines, off, strict=True)
    )
    return Trial(sale, before, PricedBasket(lines))


def tried(*trials: Trial) -> Replay:
    return replay(trials, first_day="2026-09-01", last_day="2026-09-30")


TWO = Basket((Line(TEA, Quantity(2000)), Line(CUP)))
HERS = replace(TWO, member_id=ALICE.member_id)


def test_the_cost_is_what_was_taken_off_day_by_day() -> None:
    result = tried(
        trial(TWO, [100, 0], day="2026-09-02", number=1),
        trial(TWO, [0, 0], day="2026-09-02", number=2),
        trial(TWO, [0, 900], day="2026-09-05", number=3),
    )

    assert (result.sales, result.touched, result.lines, result.lines_touched) == (3, 2, 6, 2)
    assert (result.before.fen, result.after.fen, result.cost.fen) == (10_800, 9_800, 1_000)
    assert [(day.day, day.touched, day.cost.fen) for day in result.days] == [
        ("2026-09-02", 1, 100),
        ("2026-09-05", 1, 900),
    ]


def test_margin_is_counted_where_the_cost_is_known() -> None:
    apples = Basket((Line(APPLE, Quantity(1000)), Line(CUP)))

    result = tried(trial(apples, [100, 1500]))

    assert result.unknown_cost == 1
    assert (result.margin_before.fen, result.margin_after.fen) == (1400, -100)
    assert (result.below_cost_before, result.below_cost_after) == (0, 1)


def test_a_line_exactly_at_cost_is_not_below_it() -> None:
    assert tried(trial(TWO, [300, 1400])).below_cost_after == 0
    assert tried(trial(TWO, [301, 1401])).below_cost_after == 2


def test_the_worst_lines_are_those_that_earn_least_and_only_cheaper_ones() -> None:
    trials = [trial(TWO, [0, fen], number=fen) for fen in range(1, 41)]

    worst = tried(*trials).worst

    assert len(worst) == WORST
    assert [line.margin.fen for line in worst] == sorted(1400 - fen for fen in range(1, 41))[:WORST]
    assert {line.code for line in worst} == {CUP.code}


def test_the_worst_are_found_among_many_more_than_are_kept() -> None:
    trials = [trial(TWO, [0, 1 + fen % 997]) for fen in range(1000)]

    assert [line.margin.fen for line in tried(*trials).worst][:3] == [1400 - 997, 1400 - 996, 1400 - 995]


def test_what_goes_to_members_is_told_apart() -> None:
    result = tried(trial(TWO, [300, 0], number=1), trial(HERS, [100, 0], number=2))

    assert (result.member_sales_touched, result.member_cost.fen, result.member_share) == (1, 100, 25)


def test_nothing_to_try_on_is_an_empty_result() -> None:
    assert (tried().cost.fen, tried().member_share, tried().days, tried().worst) == (0, 0, (), ())


def test_the_result_can_be_written_as_json() -> None:
    data = as_data(tried(trial(HERS, [100, 1500])))

    assert (data["cost_fen"], data["member_share_percent"], data["touched"]) == (1600, 100, 1)
    assert data["worst"][0]["margin_fen"] == -100


def test_a_sale_keeps_its_own_shelf_prices() -> None:
    sale = sold(TWO)

    basket = as_rung_up(sale, lambda code: replace(TEA, price=Money(9900), cost=Money(1)) if code == TEA.code else None)

    assert [line.product.price.fen for line in basket.lines] == [350, 2900]
    assert [line.product.cost for line in basket.lines] == [Money(1), None]


@st.composite
def lines(draw: st.DrawFn) -> Line:
    product = draw(st.sampled_from((TEA, CUP, APPLE)))
    milli = draw(st.integers(1, 5000)) if product.weighed else 1000 * draw(st.integers(1, 9))
    quantity = Quantity(milli)
    label = draw(st.booleans()) if product.weighed else False
    by_hand = draw(st.one_of(st.none(), st.integers(0, 5000)))
    if label:
        return Line(product, quantity, label_price=Money(draw(st.integers(1, 9000))))
    unit = product.price if by_hand is None else Money(by_hand)
    most = times(product.member_price or unit, quantity).fen if by_hand is None else times(unit, quantity).fen
    discount = Money(draw(st.integers(0, most)))
    return Line(product, quantity, price=None if by_hand is None else unit, price_reason="x", discount=discount)


@given(basket=st.lists(lines(), min_size=1, max_size=6), is_member=st.booleans())
def test_a_past_sale_priced_again_costs_what_it_did(basket: list[Line], is_member: bool) -> None:
    sale = sold(Basket(tuple(basket), member_id=ALICE.member_id if is_member else None))

    again = price(as_rung_up(sale, goods), MEMBER if is_member else STRANGER)

    assert [line.net for line in again.lines] == [line.net for line in sale.lines]


@pytest.mark.parametrize("reason", ["tier_price", "price_list"])
def test_a_price_of_her_tier_is_kept_even_where_no_whole_fen_says_it(reason: str) -> None:
    sale = sold(replace(TWO, member_id=ALICE.member_id))
    cut = Cut(reason, Money(7), "")  # type: ignore[arg-type]  # one of the closed words
    sale = replace(sale, lines=(replace(sale.lines[0], cuts=(cut,)), sale.lines[1]))

    again = price(as_rung_up(sale, goods), MEMBER)

    assert [line.net for line in again.lines] == [line.net for line in sale.lines]
