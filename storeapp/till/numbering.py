"""Numbering: sales, refunds, top-ups and cards share a till's receipt numbers, counted anew every business day."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypedDict

from storeapp.domain.business_day import receipt_number
from storeapp.till import drawer
from storeapp.till.ports import Books


class Head(TypedDict):
    """Where, when and by whom a document was made, and which one of its day it is."""

    number_in_day: int
    store: str
    till: str
    cashier: str
    business_date: str
    at: str
    shift_id: str | None


def headed(books: Books, at: datetime, day: date, *, by: str) -> tuple[str, Head]:
    """The next number of the business day, and what the document that takes it says beside."""
    device, moment = books.device, at.isoformat()
    place = books.sales.next_in_day(day.isoformat())
    head: Head = {
        "number_in_day": place,
        "store": device.store,
        "till": device.till,
        "cashier": by,
        "business_date": day.isoformat(),
        "at": moment,
        "shift_id": drawer.shift_at(books, moment),
    }
    return receipt_number(device.store, device.till, day, place), head


def number_after_next(books: Books, day: date) -> str:
    """The number of the second document that is made from now on: the other half of a ticket."""
    return receipt_number(books.device.store, books.device.till, day, books.sales.next_in_day(day.isoformat()) + 1)
