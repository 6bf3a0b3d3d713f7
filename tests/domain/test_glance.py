"""Glance: one sentence at the counter, and never one that is out of date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.category_step import CategoryStep
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.glance import Glance, Hint, glance
from storeapp.domain.layer import Layer
from storeapp.domain.life_stage import Standing
from storeapp.domain.rfm import Score, Trade
from storeapp.domain.rhythm import Habit

TODAY = date(2026, 9, 28)
MASKS = Habit("面膜", 30, date(2026, 8, 26))
COAT = CategoryStep("裤子", "大衣", 40, 30, 2.5, 30)
LAYER = Layer(
    "m-1",
    Trade("m-1", date(2026, 1, 2), date(2026, 9, 20), 9, 90_000, 12_345),
    Standing("loyal", date(2026, 8, 1)),
    Score(5, 4, 3),
    12,
    CustomerValue(12_345, True, 120_000, None, None),
    MASKS,
    COAT,
    ("裤子", "面膜"),
)


def test_what_is_due_is_said_with_the_day_it_is() -> None:
    known = glance(LAYER, today=TODAY)

    assert known == Glance(date(2026, 9, 20), 8, 12, MASKS, 33, Hint("due", "面膜", 33))


@pytest.mark.parametrize(
    ("layer", "hint"),
    [
        (replace(LAYER, habit=Habit("面膜", 36, date(2026, 8, 26))), Hint("next", "大衣", percent=75)),
        (replace(LAYER, habit=None, standing=Standing("cooling", TODAY)), Hint("welcome_back", days=8)),
        (replace(LAYER, habit=None, step=None), None),
        (replace(LAYER, habit=None, step=None, trade=replace(LAYER.trade, visits=1)), Hint("second_visit", days=8)),
    ],
)
def test_there_is_one_sentence_the_most_useful_one(layer: Layer, hint: Hint | None) -> None:
    assert glance(layer, today=TODAY).hint == hint


def test_a_birthday_near_goes_before_goods() -> None:
    assert glance(LAYER, today=TODAY, birthday="09-30").hint == Hint("birthday", days=2)
    assert glance(LAYER, today=TODAY, birthday="10-06").hint == Hint("due", "面膜", 33)


def test_what_she_bought_since_the_night_is_not_offered_again() -> None:
    known = glance(LAYER, today=TODAY, last_sale_on=date(2026, 9, 27))

    assert known == Glance(date(2026, 9, 27), 1, 12)


def test_what_lies_in_her_basket_is_not_offered_again() -> None:
    known = glance(LAYER, today=TODAY, in_basket={"面膜"})

    assert (known.habit, known.hint) == (None, Hint("next", "大衣", percent=75))
    assert glance(LAYER, today=TODAY, in_basket={"面膜", "大衣"}).hint is None


def test_a_newcomer_is_known_by_her_last_sale_alone() -> None:
    assert glance(None, today=TODAY) == Glance()
    assert glance(None, today=TODAY, last_sale_on=TODAY) == Glance(TODAY, 0)


def test_a_clock_set_back_makes_no_negative_days() -> None:
    known = glance(LAYER, today=date(2026, 9, 1))

    assert (known.waited, known.habit_waited) == (0, 6)
