"""report liability: what the shop owes its members at the end of a day, also as PDF and as a workbook."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.devices.report_forms import head_of, liability_form
from storeapp.domain.liability import as_data
from storeapp.till.liability import owed_on
from storeapp.ui.reports.people_sheets import liability_sheet
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written, write_reports
from storeapp.verbs.table import a_day, common


def add_to(kinds: Any) -> None:
    """Adds the report to the others."""
    owed = kinds.add_parser("liability", help="stored value and points owed to members when a business day ended")
    owed.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="today if left out")
    owed.add_argument("--pdf", metavar="FILE", help="writes it as one sheet")
    owed.add_argument("--xlsx", metavar="FILE", help="writes it as a workbook")
    common(owed)
    owed.set_defaults(run=_liability)


def _liability(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        report = owed_on(books, chosen.date or till.today(books))
        head = head_of(books)
    files = write_reports(chosen, lambda suffix: liability_form(report, head, suffix))
    if output.as_json:
        output.document(as_data(report) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(report.date)
        output.sheet(liability_sheet(report, output.words))
    return DONE
