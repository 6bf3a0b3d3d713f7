"""The business day: stored with every sale, cut off at the owner's hour, never derived from UTC."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from storeapp.errors import Refused


@dataclass(eq=False)
class UnknownReceipt(Refused):
    """No sale has the receipt number `number`."""

    number: str
    word = "unknown_receipt"


def business_day(moment: datetime, *, cutoff_hour: int) -> date:
    """The day `moment` (in the shop's own zone) counts for: before the cut-off it is still yesterday."""
    return (moment - timedelta(hours=cutoff_hour)).date()


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the month's last where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def receipt_number(store: str, till: str, day: date, sequence: int) -> str:
    """`S01-1-20260928-0117`; `sequence` counts the till's receipts of the day from 1."""
    return f"{store}-{till}-{day:%Y%m%d}-{sequence:04d}"
