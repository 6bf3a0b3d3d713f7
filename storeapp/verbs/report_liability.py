"""report liability: what the shop owes its members at the end of a day, also as PDF and as a workbook."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.liability import as_data
from storeapp.till.liability import owed_on
from storeapp.ui.reports.people_sheets import liability_sheet
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written
from storeapp.verbs.table import a_day, common
from storeapp.words import words


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
        policy, number = books.policy.in_force(), books.device.till
    said, files = words(policy.text("receipt.language")), []
    if chosen.pdf:
        # the library for PDFs is only loaded when one is wanted
        from storeapp.devices.liability_pdf import liability_pdf

        write(chosen.pdf, liability_pdf(report, shop=policy.text("shop.name"), till=number, words=said))
        files.append(chosen.pdf)
    if chosen.xlsx:
        # and so is the one for workbooks
        from storeapp.devices.liability_xlsx import liability_xlsx

        write(chosen.xlsx, liability_xlsx(report, words=said))
        files.append(chosen.xlsx)
    if output.as_json:
        output.document(as_data(report) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(report.date)
        output.sheet(liability_sheet(report, output.words))
    return DONE
