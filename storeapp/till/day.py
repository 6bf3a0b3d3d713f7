"""The day's report, gathered from the books."""

from __future__ import annotations

from storeapp.domain.day_report import DayReport, day_report
from storeapp.till.loop import loop_report
from storeapp.till.ports import Shop


def report_of_day(shop: Shop, business_date: str) -> DayReport:
    """Everything about one business day (ISO date); a day without a sale has an empty report."""
    with shop.reading() as books:
        sales, refunds = tuple(books.sales.on(business_date)), books.refunds.on(business_date)
        paid_in = (*books.values.on(business_date), *books.cards.on(business_date))
        joined = books.members.joined_on(business_date)
        loop = loop_report(shop, business_date=business_date).whole
    return day_report(business_date, sales, refunds, paid_in, new_members=joined, loop=loop)
