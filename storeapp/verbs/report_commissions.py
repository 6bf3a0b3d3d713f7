"""report commissions: what share of a month's sales staff, those who bring others and leaders have, also as files."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Any

from storeapp import app
from storeapp.domain.commission import as_data
from storeapp.till.commissions import of_month
from storeapp.ui.reports.people_sheets import commissions_sheet
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written
from storeapp.verbs.table import a_day, common
from storeapp.words import words


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
        policy, number = books.policy.in_force(), books.device.till
    said, files = words(policy.text("receipt.language")), []
    if chosen.pdf:
        # the library for PDFs is only loaded when one is wanted
        from storeapp.devices.commission_pdf import commission_pdf

        write(chosen.pdf, commission_pdf(report, shop=policy.text("shop.name"), till=number, words=said))
        files.append(chosen.pdf)
    if chosen.xlsx:
        # and so is the one for workbooks
        from storeapp.devices.commission_xlsx import commission_xlsx

        write(chosen.xlsx, commission_xlsx(report, words=said))
        files.append(chosen.xlsx)
    if output.as_json:
        output.document(as_data(report) | {"files": files})
    elif files:
        say_written(files, output)
    else:
        output.say(report.month)
        output.sheet(commissions_sheet(report, output.words))
    return DONE
