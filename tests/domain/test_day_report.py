"""The day's report adds up, whatever was sold and however it was paid."""

from __future__ import annotations

from dataclasses import replace

from storeapp.domain.day_report import Good, Hour, TakenBy, day_report
from storeapp.domain.funnel import Step
from storeapp.domain.money import ZERO, Money, total
from storeapp.domain.sale import Sale
from storeapp.domain.tender import Tender
from tests.domain.receipts import line, sale

DAY = "2026-09-28"


def _sold(fen: int, *tenders: Tender, at: str = "09", change: int = 0, **more: object) -> Sale:
    lines = (line(1, "茶", fen),)
    moment = f"{DAY}T{at}:15:00+08:00"
    return sale(lines, tenders=tenders, at=moment, change=Money(change), rounding=ZERO, coupons=(), **more)


def test_change_was_never_takings() -> None:
    sales = (
        _sold(1590, Tender("cash", Money(5000)), change=3410),
        _sold(2000, Tender("code_manual", Money(500)), Tender("cash", Money(2000)), change=500),
    )

    report = day_report(DAY, sales, new_members=0, loop=Step())

    assert report.taken == (TakenBy("cash", 2, Money(1590 + 1500)), TakenBy("code_manual", 1, Money(500)))
    assert total(taken.amount for taken in report.taken) == report.amount == Money(3590)


def test_hours_are_the_shops_own() -> None:
    cash = Tender("cash", Money(300))

    report = day_report(
        DAY,
        [_sold(300, cash, at="08"), _sold(300, cash, at="17"), _sold(300, cash, at="08")],
        new_members=0,
        loop=Step(),
    )

    assert report.hours == (Hour(8, 2, Money(600)), Hour(17, 1, Money(300)))


def test_a_night_goes_on_past_midnight() -> None:
    cash = Tender("cash", Money(300))
    late = replace(_sold(300, cash), at="2026-09-29T01:30:00+08:00")

    report = day_report(DAY, [late, _sold(300, cash, at="23")], new_members=0, loop=Step())

    assert [hour.hour for hour in report.hours] == [23, 1]


def test_the_goods_that_brought_most_come_first_each_once() -> None:
    paid = Tender("cash", Money(10_000))
    many = sale((line(1, "茶", 300, milli=2000), line(2, "杯子", 2900)), tenders=(paid,), rounding=ZERO)
    one = sale((line(1, "茶", 300),), tenders=(paid,), rounding=ZERO)

    report = day_report(DAY, [many, one], new_members=0, loop=Step(), goods_most=2)

    assert [good.name for good in report.goods] == ["杯子", "茶"]
    tea = report.goods[1]
    assert tea.quantity_milli == 3000
    assert isinstance(tea, Good)


def test_a_day_without_a_sale_is_a_report_too() -> None:
    report = day_report(DAY, [], new_members=1, loop=Step())

    assert (report.sales, report.amount, report.taken, report.hours, report.goods) == (0, ZERO, (), (), ())
    assert report.new_members == 1
