"""Birthdays: a day of the year, and how far away it is."""

from __future__ import annotations

from datetime import date

import pytest

from storeapp.domain.birthday import BadBirthday, checked_birthday, days_until


@pytest.mark.parametrize("typed", ["5-1", "05-01", "5/1", "5月1日", " 05.01 "])
def test_a_birthday_is_written_in_many_ways(typed: str) -> None:
    assert checked_birthday(typed) == "05-01"


@pytest.mark.parametrize("typed", ["2-30", "13-1", "0-1", "1990-05-01", "五月", "-", "5-", "²-1"])
def test_what_is_no_day_of_the_year_is_refused(typed: str) -> None:
    with pytest.raises(BadBirthday):
        checked_birthday(typed)


def test_no_birthday_is_none_and_can_be_taken_back() -> None:
    assert checked_birthday("  ") == ""
    assert days_until("", date(2026, 9, 28)) is None


@pytest.mark.parametrize(
    ("birthday", "today", "days"),
    [
        ("09-28", date(2026, 9, 28), 0),
        ("09-27", date(2026, 9, 28), 364),
        ("01-02", date(2026, 12, 30), 3),
        ("02-29", date(2027, 2, 20), 8),
        ("02-29", date(2028, 2, 20), 9),
        ("02-29", date(2026, 2, 28), 0),
    ],
)
def test_the_next_birthday_is_so_many_days_away(birthday: str, today: date, days: int) -> None:
    assert days_until(birthday, today) == days
