"""Numbers, days and hours as a Chinese input method types them."""

from __future__ import annotations

import pytest

from storeapp.domain.birthday import checked_birthday
from storeapp.domain.money import NotAnAmount, typed_amount
from storeapp.domain.policy import BadPolicy, from_words
from storeapp.domain.typed import clock, day, whole

AMOUNTS = {
    "12。5": 1250,
    "１２．５": 1250,
    "１２。５": 1250,
    "－3": -300,
    "￥1，234．05": 123405,
    "0｡01": 1,
    "—3": -300,
}
WHOLES = {"１２": 12, " 12 ": 12, "－3": -3, "−3": -3, "＋５": 5, "+5": 5}
PERCENTS = {"15": 15, "15%": 15, "１５％": 15, "15 ％": 15}
DAYS = (
    "2026-9-8",
    "2026。9。8",
    "２０２６－０９－０８",
    "2026年9月8日",
    "2026 年 09 月 08 日",
    "2026/9/8",
    "2026.09.08",
)
CLOCKS = ("9：00", "09:00", "９：００", "9。00", " 9:00 ")


@pytest.mark.parametrize(("text", "fen"), AMOUNTS.items())
def test_an_amount_is_read_however_wide_it_is(text: str, fen: int) -> None:
    assert typed_amount(text).fen == fen


@pytest.mark.parametrize(
    "text", ["", "12。", "1。234", "12。5。", "１２三", "－－1", "６９０１２３４５６７８９２", "6901234。00"]
)
def test_what_is_no_amount_in_wide_digits_either_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        typed_amount(text)


@pytest.mark.parametrize(("text", "number"), WHOLES.items())
def test_a_whole_number_is_read_however_wide_it_is(text: str, number: int) -> None:
    assert whole(text) == number


@pytest.mark.parametrize(("text", "number"), PERCENTS.items())
def test_a_percent_may_have_its_sign(text: str, number: int) -> None:
    assert whole(text, percent=True) == number


@pytest.mark.parametrize("text", ["", "12。5", "十二", "1_000", "15％", "1 2", "--3"])
def test_what_is_no_whole_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        whole(text)


@pytest.mark.parametrize("text", DAYS)
def test_a_day_is_read_as_people_write_it(text: str) -> None:
    assert day(text) == "2026-09-08"


@pytest.mark.parametrize("text", CLOCKS)
def test_an_hour_is_read_as_people_write_it(text: str) -> None:
    assert clock(text) == "09:00"


@pytest.mark.parametrize("text", ["yesterday", "9月8日", "2026"])
def test_what_is_no_day_stays_as_it_is_to_be_refused(text: str) -> None:
    assert day(text) == text


@pytest.mark.parametrize("text", ["5。1", "５－１", "5月1日", "０５／０１"])
def test_a_birthday_is_read_however_wide_it_is(text: str) -> None:
    assert checked_birthday(text) == "05-01"


def test_rules_of_numbers_are_kept_plain() -> None:
    assert from_words("refund.days", "１４") == 14
    assert from_words("points.redeem_percent", "５０％") == 50
    assert from_words("scale.layouts", "２１：5：5：price，22：5：5：weight") == "21:5:5:price,22:5:5:weight"
    assert from_words("stamps.since", "2026年9月8日") == "2026-09-08"
    # a name is nobody's to change
    assert from_words("shop.name", "二十一（Ａ）。") == "二十一（Ａ）。"
    with pytest.raises(BadPolicy):
        from_words("refund.days", "１４％")
