"""Money: exact, and never lost in a split."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.money import Money, NotAnAmount, from_yuan, split, total, yuan
from storeapp.domain.quantity import BadQuantity, Quantity, QuantityTooLarge, quantity, times

AMOUNTS = st.integers(-10_000_000, 10_000_000).map(Money)
WEIGHTS = st.lists(st.integers(0, 1_000_000), min_size=1, max_size=60).filter(any)


@given(AMOUNTS, WEIGHTS)
def test_a_split_never_loses_a_fen(amount: Money, weights: list[int]) -> None:
    assert total(split(amount, weights)) == amount


@given(AMOUNTS, WEIGHTS)
def test_a_split_is_never_more_than_a_fen_from_fair(amount: Money, weights: list[int]) -> None:
    for part, weight in zip(split(amount, weights), weights, strict=True):
        assert abs(part.fen - amount.fen * weight / sum(weights)) < 1


@given(st.integers(0, 100_000), st.lists(st.integers(0, 100_000), min_size=1, max_size=30).filter(any))
def test_a_share_never_exceeds_its_line_when_the_whole_does_not(fen: int, lines: list[int]) -> None:
    shares = split(Money(min(fen, sum(lines))), lines)

    assert all(0 <= share.fen <= line for share, line in zip(shares, lines, strict=True))


def test_money_is_never_a_float() -> None:
    with pytest.raises(TypeError):
        Money(1.5)  # type: ignore[arg-type]  # what must not be


@given(AMOUNTS)
def test_an_amount_written_out_reads_back(amount: Money) -> None:
    assert from_yuan(yuan(amount, grouped=True)) == amount


@pytest.mark.parametrize(
    ("text", "fen"),
    [("12", 1200), ("12.5", 1250), ("￥1,234.05", 123405), (" 0.01 ", 1), ("-3", -300), ("¥8", 800)],
)
def test_amounts_are_read_as_people_write_them(text: str, fen: int) -> None:
    assert from_yuan(text) == Money(fen)


@pytest.mark.parametrize("text", ["", "1.234", "abc", "1e3", "6901234567892", "1.", "--1", "１２三", "nan"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmount):
        from_yuan(text)


@pytest.mark.parametrize(("text", "milli"), [("2", 2000), ("1.256", 1256), ("0.5", 500), ("1000000", 10**9)])
def test_quantities_are_exact(text: str, milli: int) -> None:
    assert quantity(text) == Quantity(milli)
    assert quantity(str(Quantity(milli))) == Quantity(milli)


@pytest.mark.parametrize("text", ["0", "-1", "0.000", "1.2345", "一", "", "1,5"])
def test_a_quantity_is_above_zero_with_three_decimals(text: str) -> None:
    with pytest.raises(BadQuantity):
        quantity(text)


@pytest.mark.parametrize("text", ["1000000.001", "6901234567892"])
def test_a_barcode_in_the_quantity_field_is_refused(text: str) -> None:
    with pytest.raises(QuantityTooLarge):
        quantity(text)


def test_a_weight_is_priced_half_up_to_the_fen() -> None:
    assert times(Money(1280), quantity("1.256")) == Money(1608)
    assert times(Money(1), quantity("0.5")) == Money(1)
