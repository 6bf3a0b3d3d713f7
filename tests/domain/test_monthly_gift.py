"""What is promised month by month: read as the owner writes it, due on the same day of each month, never early."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storeapp.domain.money import Money
from storeapp.domain.monthly_gift import Monthly, due_by, due_on, monthly_for, read_monthly
from storeapp.domain.top_up import NAMED_MOST

PAID_ON = st.dates(date(2024, 1, 1), date(2030, 12, 31))


def test_steps_are_read_as_they_are_said() -> None:
    first, second = read_monthly("1000+50x6, 3000+100.50×12", most=NAMED_MOST)

    assert (first, second) == (Monthly(Money(100_000), Money(5_000), 6), Monthly(Money(300_000), Money(10_050), 12))
    assert (str(first), str(second)) == ("1000+50x6", "3000+100.50x12")
    assert [monthly_for(Money(fen), (first, second)) for fen in (99_999, 100_000, 299_999, 400_000)] == [
        None,
        first,
        first,
        second,
    ]
    assert read_monthly("", most=NAMED_MOST) == ()


@pytest.mark.parametrize(
    "text",
    ["1000", "1000+50", "1000+0x6", "0+50x6", "-1+50x6", "1000+50x0", "1000+50x37", "1000+-5x6", "4000+500x6",
     "1000+50x6,1000+60x6", "3000+50x6,1000+60x6", "a+bxc", "1000+50x6,"*7],
)  # fmt: skip
def test_what_cannot_be_meant_is_no_promise(text: str) -> None:
    with pytest.raises(ValueError):  # the rule's own words say what is wrong
        read_monthly(text, most=NAMED_MOST)


def test_the_last_of_a_month_stays_the_last_of_it() -> None:
    assert [due_on(date(2026, 10, 31), n).isoformat() for n in (1, 2, 3, 4)] == [
        "2026-11-30",
        "2026-12-31",
        "2027-01-31",
        "2027-02-28",
    ]


@given(paid_on=PAID_ON, months=st.integers(1, 36), days=st.integers(-400, 1500))
def test_none_is_due_early_and_none_beyond_the_promise(paid_on: date, months: int, days: int) -> None:
    on = date.fromordinal(paid_on.toordinal() + days)

    due = list(due_by(paid_on, months, on))

    assert due == [n for n in range(1, months + 1) if due_on(paid_on, n) <= on]
