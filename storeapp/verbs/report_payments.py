"""report payments: our payments by code beside the statement of the company that took them."""

from __future__ import annotations

import argparse
from dataclasses import asdict
from typing import Any

from storeapp import app
from storeapp.till.named_files import sheet_bytes
from storeapp.till.statements import compare, read_statement
from storeapp.ui.reports.sheets import payments_sheet
from storeapp.verbs.output import DONE, REFUSED, Output
from storeapp.verbs.table import common


def add_to(kinds: Any) -> None:
    """Adds the report to the others."""
    payments = kinds.add_parser("payments", help="payments by code, beside the company's statement")
    payments.add_argument("--statement", metavar="FILE", required=True, help="the statement as it was downloaded")
    payments.add_argument(
        "--provider", default="", metavar="NAME", help="wechat, alipay or shouqianba, if it is unclear"
    )
    common(payments)
    payments.set_defaults(run=_payments)


def _payments(chosen: argparse.Namespace, output: Output) -> int:
    statement = read_statement(sheet_bytes(chosen.statement))
    with app.open_till(chosen.shop) as till:
        found = compare(till.shop, statement, provider=chosen.provider)
    if output.as_json:
        output.document(asdict(found))
    else:
        output.sheet(payments_sheet(found, output.words))
    # a difference is for a person to look at
    return REFUSED if found.findings else DONE
