"""Amounts, quantities and times as they are read at the counter."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from storeapp.domain.money import Money
from storeapp.domain.priced import Cut
from storeapp.domain.quantity import Quantity
from storeapp.domain.tender import Tender
from storeapp.ui import wording
from storeapp.words import words

ZH, EN = words("zh_CN"), words("en")


@pytest.mark.parametrize(
    ("fen", "said"), [(13528, "¥135.28"), (-1900, "−¥19.00"), (0, "¥0.00"), (123456789, "¥1,234,567.89")]
)
def test_money_is_written_without_a_blank_and_with_a_true_minus(fen: int, said: str) -> None:
    assert wording.money(Money(fen)) == said


def test_weighed_goods_name_their_unit_and_pieces_do_not() -> None:
    assert wording.quantity(Quantity(1256), "kg", True) == "1.256 kg"
    assert wording.quantity(Quantity(3000), "瓶", False) == "3"


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(-5, "just now"), (20, "just now"), (180, "3 min"), (7200, "2 h"), (47 * 3600, "47 h"), (4 * 86400, "4 days")],
)
def test_an_age_is_told_in_its_largest_unit(seconds: int, said: str) -> None:
    assert wording.age(timedelta(seconds=seconds), EN) == said


def test_a_month_is_written_as_people_here_write_it() -> None:
    assert wording.month_of_year(date(2026, 9, 1), EN) == "9/2026"
    assert wording.month_of_year(date(2026, 9, 1), words("zh_CN")) == "2026年9月"


def test_the_day_is_written_as_people_here_write_it() -> None:
    monday = datetime(2026, 9, 28, 14, 32)

    assert wording.day(monday, ZH) == "9月28日 周一"
    assert wording.day_of_year(monday, ZH) == "2026年9月28日 周一"
    assert wording.day_of_year(monday, EN) == "Mon 28/9/2026"
    assert wording.clock(monday) == "14:32"


def test_a_discount_shows_its_reason_and_a_word_of_ones_own_stays() -> None:
    assert wording.cut(Cut("line_discount", Money(750), "short_dated"), EN) == "Short-dated −7.50"
    assert wording.cut(Cut("line_discount", Money(750), "开箱破损"), EN) == "开箱破损 −7.50"
    assert wording.cut(Cut("member_price", Money(1000)), ZH) == "会员价 −10.00"


def test_each_way_to_pay_is_named_once() -> None:
    tenders = (Tender("code_manual", Money(100)), Tender("cash", Money(100)), Tender("cash", Money(50)))

    assert wording.tender_names(tenders, EN) == "Paid by code + Cash"
