"""price-list list | show | put | import | live | end: prices beside the shelf's, for whom and when."""

from __future__ import annotations

import argparse
from typing import Any

from storeapp import app
from storeapp.domain.price_list import BadPriceList, BadPrices, PriceFault
from storeapp.till import price_lists
from storeapp.till.named_files import sheet_bytes
from storeapp.ui.sheet_words import price_fault
from storeapp.verbs.documents import by_whom, documents_in, listed, of_some, put_from_file, shown, tell, tell_history
from storeapp.verbs.imports import SHOWN_ROWS
from storeapp.verbs.output import DONE, Output

KEY = "price_lists"


def add_parser(subparsers: Any) -> None:
    parser = subparsers.add_parser("price-list", help="prices beside the shelf's, for whom and when")
    deeds = parser.add_subparsers(dest="deed", metavar="list|show|put|import|live|end", required=True)
    listed(deeds, "every price list and its state", _list)
    shown(deeds, "the prices of one, and everything said of it", _show)
    put_from_file(deeds, "drafts the lists", _put)
    sheet = deeds.add_parser("import", help="drafts the list with the prices of a CSV or XLSX over those it has")
    sheet.add_argument("id")
    sheet.add_argument("file", metavar="FILE")
    sheet.add_argument("--name", default="", help="what receipts call it")
    by_whom(sheet)
    sheet.set_defaults(run=_import)
    of_some(deeds, "live", "in force from now on, within their days and hours", _live)
    of_some(deeds, "end", "in force no more", _end)


def _list(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        every = price_lists.every_list(till.shop)
    tell(every, output, key=KEY)
    return DONE


def _show(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till, till.shop.reading() as books:
        now = price_lists.known(books, chosen.id)
        history = books.price_lists.history(chosen.id)
    tell_history(now, history, output, key=KEY, one="price_list")
    return DONE


def _put(chosen: argparse.Namespace, output: Output) -> int:
    rows = documents_in(chosen.file, BadPriceList)
    with app.open_till(chosen.shop) as till:
        try:
            put = price_lists.put_price_lists(till.shop, rows, clock=till.clock, by=chosen.by)
        except BadPrices as error:
            _say_faults(error, output)
            raise
    tell(put, output, key=KEY)
    return DONE


def _import(chosen: argparse.Namespace, output: Output) -> int:
    data = sheet_bytes(chosen.file)
    with app.open_till(chosen.shop) as till:
        try:
            put = price_lists.draft_from_sheet(
                till.shop, chosen.id, data, name=chosen.name, clock=till.clock, by=chosen.by
            )
        except BadPrices as error:
            _say_faults(error, output)
            raise
    tell((put,), output, key=KEY)
    return DONE


def _say_faults(error: BadPrices, output: Output) -> None:
    """Every faulty row for people; a script has them in the refusal."""
    if output.as_json:
        return
    for fault in error.faults[:SHOWN_ROWS]:
        output.say("! " + price_fault(PriceFault(**fault), output.words))
    if error.count > SHOWN_ROWS:
        output.say(output.t("… and {n} more").format(n=error.count - SHOWN_ROWS))


def _live(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        live = price_lists.go_live(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(live, output, key=KEY)
    return DONE


def _end(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        ended = price_lists.end(till.shop, tuple(chosen.ids), clock=till.clock, by=chosen.by)
    tell(ended, output, key=KEY)
    return DONE
