"""report commissions: what share of a month's sales staff, those who bring others and leaders have, also as files."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from storeapp import app
from storeapp.devices.report_forms import commissions_form, head_of
from storeapp.domain.commission import as_data
from storeapp.till.commissions import of_month
from storeapp.ui.reports.people_sheets import commissions_sheet
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written, write_reports
from storeapp.verbs.table import a_day, common


def add_to(kinds: Any) -> None:
    """Adds the report to the others."""
    made = kinds.add_parser(
        "commissions", help="shares of staff, of members who bring others and of leaders, net of refunds"
    )
    made.add_argument("--month", type=_month, metavar="YYYY-MM", help="this month if left out")
    made.add_argument("--pdf", metavar="FILE", help="writes it as a sheet")
    made.add_argument("--xlsx", metavar="FILE", help="writes it as a workbook")
    common(made)
    made.set_defaults(run=_commissions)


def _month(text: str) -> date:
    if len(text) != len("2026-09"):
        raise ValueError(text)
    return a_day(f"{text}-01")


def _commissions(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        report = of_month(books, chosen.month or till.today(books).replace(day=1))
        head = head_of(books)
    files = write_reports(chosen, lambda suffix: commissions_form(report, head, suffix))
    if output.as_json:
        output.document(as_data(report) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(report.month)
        output.sheet(commissions_sheet(report, output.words))
    return DONE
