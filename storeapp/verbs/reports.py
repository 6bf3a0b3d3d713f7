"""report loop: what became of the receipts, per till, cashier and hour. report day: one business day, also as PDF."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.devices.report_forms import day_pdf, head_of
from storeapp.domain.day_report import DayReport
from storeapp.domain.quantity import as_decimal
from storeapp.till.day import report_of_day
from storeapp.till.loop import LoopReport, loop_report
from storeapp.ui.reports.sheets import day_sheet, loop_sheet
from storeapp.verbs import (
    leaks,
    report_commissions,
    report_coupons,
    report_liability,
    report_payments,
    report_shift,
    report_stock,
)
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written
from storeapp.verbs.table import a_day, common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("report", help="what became of the receipts")
    kinds = parser.add_subparsers(
        dest="kind", metavar="loop|day|shift|liability|commissions|stock|coupons|leaks|payments", required=True
    )
    loop = kinds.add_parser("loop", help="printed, opened, claimed, redeemed, bought again")
    loop.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="receipts of that business day only")
    common(loop)
    loop.set_defaults(run=_loop)
    day = kinds.add_parser("day", help="takings, ways to pay, hours and goods of one business day")
    day.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="today if left out")
    day.add_argument("--pdf", metavar="FILE", help="writes it as one sheet")
    common(day)
    day.set_defaults(run=_day)
    radar = kinds.add_parser("leaks", help="what an owner should look at: drawer, voids, discounts, points, PINs")
    radar.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="today if left out")
    common(radar)
    radar.set_defaults(run=leaks.run)
    report_shift.add_to(kinds)
    report_liability.add_to(kinds)
    report_commissions.add_to(kinds)
    report_stock.add_to(kinds)
    report_coupons.add_to(kinds)
    report_payments.add_to(kinds)


def _loop(chosen: argparse.Namespace, output: Output) -> int:
    day = None if chosen.date is None else chosen.date.isoformat()
    with app.open_till(chosen.shop) as till:
        report = loop_report(till.shop, business_date=day)
    if output.as_json:
        output.document({"date": day, **_told(report)})
    else:
        output.sheet(loop_sheet(report, output.words))
    return DONE


def _told(report: LoopReport) -> dict[str, Any]:
    return {
        "whole": asdict(report.whole),
        "by_till": [{"till": name, **asdict(step)} for name, step in report.per_till],
        "by_cashier": [{"cashier": name, **asdict(step)} for name, step in report.per_cashier],
        "by_hour": [{"hour": name, **asdict(step)} for name, step in report.per_hour],
    }


def _day(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            day = (chosen.date or till.today(books)).isoformat()
            head = head_of(books)
        report = report_of_day(till.shop, day)
    files = [chosen.pdf] if chosen.pdf else []
    for file in files:
        write(file, day_pdf(report, head))
    if output.as_json:
        output.document(_day_told(report) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(report.business_date)
        output.sheet(day_sheet(report, output.words))
    return DONE


def _day_told(report: DayReport) -> dict[str, Any]:
    return {
        "date": report.business_date,
        "sales": report.sales,
        "total_fen": report.amount.fen,
        "discount_fen": report.discount.fen,
        "card_fen": report.carded.fen,
        "refunds": report.refunds,
        "refund_fen": report.refunded.fen,
        "net_fen": report.net.fen,
        "top_up_fen": report.topped_up.fen,
        "taken": [
            {"kind": by.kind, "sales": by.sales, "fen": by.amount.fen, "back_fen": by.back.fen} for by in report.taken
        ],
        "by_hour": [
            {"hour": f"{hour.hour:02d}", "sales": hour.sales, "total_fen": hour.amount.fen} for hour in report.hours
        ],
        "goods": [
            {
                "code": good.code,
                "name": good.name,
                "qty": as_decimal(good.quantity_milli),
                "unit": good.unit,
                "net_fen": good.amount.fen,
            }
            for good in report.goods
        ],
        "member_sales": report.member_sales,
        "new_members": report.new_members,
        "loop": asdict(report.loop),
    }
