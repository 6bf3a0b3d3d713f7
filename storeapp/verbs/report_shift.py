"""report shift: the X or Z of a day's shifts, also as PDF and as a workbook."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.devices.report_forms import head_of, shift_form
from storeapp.domain.shift_report import as_data
from storeapp.till.shifts import reports_of_day
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.paper import say_written, write_reports
from storeapp.verbs.shift import say_report
from storeapp.verbs.table import a_day, common, whole


def add_to(kinds: Any) -> None:
    """Adds the report to the others."""
    shift = kinds.add_parser("shift", help="the shifts of one business day: X while open, Z once closed")
    shift.add_argument("--date", type=a_day, metavar="YYYY-MM-DD", help="today if left out")
    shift.add_argument("--number", type=whole, metavar="N", help="this shift only, whatever its day")
    shift.add_argument("--pdf", metavar="FILE", help="writes them, a sheet each")
    shift.add_argument("--xlsx", metavar="FILE", help="writes them as a workbook")
    common(shift)
    shift.set_defaults(run=_shift)


def _shift(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        with till.shop.reading() as books:
            day = (chosen.date or till.today(books)).isoformat()
            head = head_of(books)
        reports = reports_of_day(till.shop, day, number=chosen.number)
    files = write_reports(chosen, lambda suffix: shift_form(reports, head, suffix)) if reports else []
    if output.as_json:
        output.document({"date": day, "shifts": [as_data(report) for report in reports], "files": files})
    elif files:
        say_written(files, output)
    elif not reports:
        output.say(output.t("No shift was opened that day."))
    else:
        for report in reports:
            say_report(report, output)
            output.say("")
    return DONE
