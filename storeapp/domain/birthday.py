"""Birthdays: month and day only. The shop wishes her well and never learns how old she is."""

from __future__ import annotations

from calendar import isleap
from dataclasses import dataclass
from datetime import date

from storeapp.domain.typed import plain
from storeapp.errors import Refused


@dataclass(eq=False)
class BadBirthday(Refused):
    """Not a day of the year such as `05-01`."""

    word = "bad_birthday"


def checked_birthday(text: str) -> str:
    """`5-1`, `05/01` or `5月1日` as `05-01`, nothing as ""; raises BadBirthday."""
    said = plain(text).strip().replace("月", "-").replace("/", "-").replace(".", "-").removesuffix("日")
    if not said:
        return ""
    month, _, day = said.partition("-")
    if not all(part.isascii() and part.isdigit() and len(part) <= 2 for part in (month, day)):
        raise BadBirthday
    try:
        # a leap year, for those born on 29 February
        return f"{date(2000, int(month), int(day)):%m-%d}"
    except ValueError:
        raise BadBirthday from None


def days_until(birthday: str, today: date) -> int | None:
    """Days to her next birthday, 0 on the day; None where it is not known. 29 February is kept on the 28th."""
    try:
        month, day = (int(part) for part in birthday.split("-"))
        return min(
            (coming - today).days
            for year in (today.year, today.year + 1)
            if (coming := date(year, month, min(day, 28) if month == 2 and not isleap(year) else day)) >= today
        )
    except ValueError:
        return None
