"""The coupon on a receipt says what it is worth, for what and when, in the words of the receipt."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from storeapp.domain.coupon import Coupon
from storeapp.domain.coupon_terms import CouponTerms
from storeapp.domain.money import Money
from storeapp.domain.promotion import Scope, When
from storeapp.domain.receipt_coupon import next_visit, terms_said
from storeapp.words import words

FIVE = Coupon("c", "7F3K9Q21", "tea", Money(500), Money(3_050), date(2026, 9, 29), date(2026, 10, 28))


@pytest.mark.parametrize(
    ("coupon", "language", "said"),
    [
        (FIVE, "en", ("5 yuan off", "for goods of 30.50 yuan or more")),
        (FIVE, "zh_CN", ("减 5 元", "满 30.50 元可用")),
        (
            replace(FIVE, terms=CouponTerms("percent", percent=15), min_spend=Money(0)),
            "en",
            ("15 percent off", "at most 5 yuan off"),
        ),
        (
            replace(FIVE, amount=Money(0), terms=CouponTerms("percent", percent=15), min_spend=Money(0)),
            "zh_CN",
            ("立减 15%",),
        ),
    ],
)
def test_it_says_what_it_is_worth(coupon: Coupon, language: str, said: tuple[str, ...]) -> None:
    told = next_visit(coupon, "茶券", words(language))

    assert (told.name, told.code, told.lines[:-1]) == ("茶券", "7F3K9Q21", said)
    assert "2026-09-29" in told.lines[-1]
    assert "2026-10-28" in told.lines[-1]


def test_a_gift_says_its_days_and_its_name_the_rest() -> None:
    gift = replace(FIVE, amount=Money(0), min_spend=Money(0), terms=CouponTerms("item"))

    assert next_visit(gift, "送茶一瓶", words("en")).lines == ("good from 2026-09-29 to 2026-10-28",)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (CouponTerms(scope=Scope(categories=frozenset({"茶叶"}))), "限指定商品"),
        (CouponTerms(when=When(weekdays=frozenset({3}))), "限指定日期或时段"),
        (CouponTerms(not_on=frozenset({date(2026, 10, 1)})), "限指定日期或时段"),
        (CouponTerms(alone=True), "不与其他优惠券同用"),
    ],
)
def test_no_bound_is_kept_from_her(terms: CouponTerms, said: str) -> None:
    assert terms_said(replace(FIVE, terms=terms), words("zh_CN")) == ("减 5 元", "满 30.50 元可用", said)
