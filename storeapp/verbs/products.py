"""product remove: articles leave the shelf."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.till.catalogue import leaving, remove_products
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("product", help="takes products off the shelf")
    deeds = parser.add_subparsers(dest="deed", metavar="remove", required=True)
    remove = deeds.add_parser("remove", help="off the shelf, with their larger units; what was sold stays in the books")
    remove.add_argument("codes", nargs="+", metavar="CODE", help="a product's code or barcode")
    remove.add_argument("--dry-run", action="store_true", help="says what would go and removes nothing")
    common(remove)
    remove.set_defaults(run=_remove)


def _remove(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        if chosen.dry_run:
            with till.shop.reading() as books:
                gone = leaving(books, chosen.codes)
        else:
            gone = remove_products(till.shop, chosen.codes, clock=till.clock)
    if output.as_json:
        output.document({"removed": [{"code": product.code, "name": product.name} for product in gone]})
    else:
        said = output.t("would leave the shelf") if chosen.dry_run else output.t("off the shelf")
        for product in gone:
            output.say(f"{product.code}  {product.name}  {said}")
    return DONE
