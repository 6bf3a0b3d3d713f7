"""report loop: what became of the receipts, per till, cashier and hour."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from datetime import date
from typing import Any

from storeapp import app
from storeapp.domain.funnel import Step
from storeapp.till.loop import LoopReport, loop_report
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("report", help="what became of the receipts")
    kinds = parser.add_subparsers(dest="kind", metavar="loop", required=True)
    loop = kinds.add_parser("loop", help="printed, opened, claimed, redeemed, bought again")
    loop.add_argument(
        "--date", type=date.fromisoformat, metavar="YYYY-MM-DD", help="receipts of that business day only"
    )
    common(loop)
    loop.set_defaults(run=_loop)


def _loop(chosen: argparse.Namespace, output: Output) -> int:
    day = None if chosen.date is None else chosen.date.isoformat()
    with app.open_till(chosen.shop) as till:
        report = loop_report(till.shop, business_date=day)
    if output.as_json:
        output.document({"date": day, **_told(report)})
    else:
        _say(report, output)
    return DONE


def _told(report: LoopReport) -> dict[str, Any]:
    return {
        "whole": asdict(report.whole),
        "by_till": [{"till": name, **asdict(step)} for name, step in report.per_till],
        "by_cashier": [{"cashier": name, **asdict(step)} for name, step in report.per_cashier],
        "by_hour": [{"hour": name, **asdict(step)} for name, step in report.per_hour],
    }


def _say(report: LoopReport, output: Output) -> None:
    header = (
        "",
        output.t("printed"),
        output.t("opened"),
        output.t("claimed"),
        output.t("redeemed"),
        output.t("bought again"),
    )
    rows = [(output.t("all receipts"), *_cells(report.whole))]
    rows += [(output.t("till {name}").format(name=name), *_cells(step)) for name, step in report.per_till]
    rows += [(output.t("cashier {name}").format(name=name), *_cells(step)) for name, step in report.per_cashier]
    rows += [(output.t("{name} o'clock").format(name=name), *_cells(step)) for name, step in report.per_hour]
    output.table(header, rows, right=(1, 2, 3, 4, 5))


def _cells(step: Step) -> tuple[str, str, str, str, str]:
    def share(count: int) -> str:
        return f"{count:,} ({count * 100 // step.printed} %)" if step.printed else "0"

    return f"{step.printed:,}", share(step.opened), share(step.claimed), share(step.redeemed), share(step.bought_again)
