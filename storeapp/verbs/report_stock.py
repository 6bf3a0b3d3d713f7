"""report stock: what should be left of what was counted, in each product's own unit."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.quantity import as_decimal
from storeapp.till.stock import stock_now
from storeapp.ui.reports.sheets import stock_sheet
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_to(kinds: Any) -> None:
    parser = kinds.add_parser("stock", help="what should be left of what was counted")
    common(parser)
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        found = stock_now(till.shop, clock=till.clock)
    if output.as_json:
        rows = [
            {
                "code": each.product.code,
                "name": each.product.name,
                "unit": each.product.unit,
                "counted": as_decimal(each.product.stock_milli or 0),
                "counted_at": each.counted_at,
                "sold": as_decimal(each.sold_milli),
                "back": as_decimal(each.back_milli),
                "left": as_decimal(each.left_milli),
            }
            for each in found
        ]
        output.document({"stock": rows})
        return DONE
    output.sheet(stock_sheet(found, output.words))
    return DONE
