"""report coupons: what became of the coupons of each template, what they took off, and what they brought."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.till.coupon_report import coupon_report
from storeapp.ui.reports.people_sheets import coupons_sheet
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_to(kinds: Any) -> None:
    """Adds `coupons` to `report`."""
    parser = kinds.add_parser("coupons", help="given, redeemed, void and lapsed of each template, and the sales of it")
    common(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        rows = coupon_report(till.shop, clock=till.clock)
    if output.as_json:
        output.document({"coupons": [asdict(row) for row in rows]})
    else:
        output.sheet(coupons_sheet(rows, output.words))
    return DONE
