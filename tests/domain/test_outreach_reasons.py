"""Why somebody is worth a word: each reason by its own day, and the words that go with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from storeapp.domain.category_step import CategoryStep
from storeapp.domain.customer_value import CustomerValue
from storeapp.domain.layer import Layer
from storeapp.domain.life_stage import Standing
from storeapp.domain.outreach import ORDER, Reason
from storeapp.domain.outreach_reasons import Lapsing, candidates
from storeapp.domain.outreach_text import letter
from storeapp.domain.rfm import Score, Trade
from storeapp.domain.rhythm import Habit
from storeapp.words import words

TODAY = date(2026, 9, 28)
LAYER = Layer(
    "m-1",
    Trade("m-1", date(2026, 1, 2), date(2026, 9, 20), 9, 90_000, None),
    Standing("active", date(2026, 8, 1)),
    Score(5, 4, 3),
    12,
    CustomerValue(90_000, False, 120_000, None, None),
    None,
    None,
    ("面膜",),
)
HERE = replace(LAYER, trade=replace(LAYER.trade, last_on=date(2026, 9, 27)))
"""She was here yesterday."""
NEW = replace(LAYER, trade=replace(LAYER.trade, visits=1))
COAT = CategoryStep("裤子", "大衣", 40, 30, 2.5, 30)


def reasons(layer: Layer, **known: object) -> list[tuple[Reason, str]]:
    found = candidates(layer, today=TODAY, **known)  # type: ignore[arg-type]  # by name, from the cases
    return [(each.reason, each.detail) for each in found]


def seen_first(days: int) -> Layer:
    return replace(NEW, trade=replace(NEW.trade, first_on=TODAY - timedelta(days=days)))


@pytest.mark.parametrize(
    ("layer", "found"),
    [
        (LAYER, []),
        (seen_first(1), [("nurture_1", "")]),
        (seen_first(2), []),
        (seen_first(3), [("nurture_3", "")]),
        (seen_first(7), [("nurture_7", "")]),
        (replace(HERE, standing=Standing("loyal", TODAY)), [("thanks", "")]),
        (replace(HERE, standing=Standing("loyal", TODAY - timedelta(days=1))), []),
        (replace(LAYER, standing=Standing("loyal", TODAY)), []),
        (replace(LAYER, habit=Habit("面膜", 30, date(2026, 8, 26))), [("due", "面膜")]),
        (replace(LAYER, habit=Habit("面膜", 36, date(2026, 8, 26))), []),
        (replace(LAYER, standing=Standing("cooling", TODAY)), [("cooling", "8")]),
        (replace(LAYER, standing=Standing("cooling", TODAY - timedelta(days=7))), []),
        (replace(LAYER, step=COAT), [("next_category", "大衣")]),
    ],
)
def test_each_reason_has_its_day(layer: Layer, found: list[tuple[Reason, str]]) -> None:
    assert reasons(layer) == found


def test_who_came_back_within_the_week_needs_no_welcome() -> None:
    again = seen_first(3)

    assert reasons(replace(again, trade=replace(again.trade, visits=2))) == []


def test_her_birthday_and_a_lapsing_coupon_are_reasons_of_their_own() -> None:
    coupon = Lapsing("m-1", 500, date(2026, 9, 30))

    assert reasons(LAYER, birthday="09-28", lapsing=coupon) == [
        ("birthday", ""),
        ("coupon_lapses", "500:2026-09-30"),
    ]
    assert reasons(LAYER, birthday="09-29") == []


DETAILS = {
    "due": "面膜",
    "next_category": "大衣",
    "cooling": "45",
    "coupon_lapses": "2026-09-30:减 5 元",
    "card_ends": "2026-10-05:十次卡",
}


@pytest.mark.parametrize("reason", ORDER)
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_every_reason_has_its_words_and_a_way_out(reason: Reason, language: str) -> None:
    said = words(language)

    text = letter(reason, DETAILS.get(reason, ""), name="王芳", shop="海棠便利", persona="小棠", words=said)

    assert "{" not in text
    assert text.startswith(said.t("Hello {name}, this is {who}.").split("{")[0])
    assert "王芳" in text
    assert said.t("If you want no more messages, just say so.") in text
    assert all(part in text for part in DETAILS.get(reason, "").split(":"))


def test_without_a_name_or_persona_the_shop_speaks() -> None:
    text = letter("birthday", "", name="", shop="Corner", persona="", words=words("en"))

    assert text.startswith("Hello, this is Corner. Happy birthday!")
