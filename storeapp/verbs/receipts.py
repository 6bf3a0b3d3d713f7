"""receipt and print-test: paper, and what would stand on it."""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from storeapp import app, settings
from storeapp.devices.address import open_transport
from storeapp.devices.printer_profile import PROFILES
from storeapp.devices.transport_types import Outcome, Sent
from storeapp.domain.card_doc import body as card_body
from storeapp.domain.receipt import number_behind
from storeapp.domain.receipt_layout import Row, layout
from storeapp.domain.refund import body as refund_body
from storeapp.domain.sale import Sale
from storeapp.domain.sale import body as sale_body
from storeapp.domain.value_doc import body as value_body
from storeapp.errors import Unavailable
from storeapp.till import card_slips, value_slips
from storeapp.till.ports import Books
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.till.slip_facts import practised
from storeapp.verbs import paper
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common
from storeapp.words import words

PRINT_TIMEOUT_S = 20.0


@dataclass(eq=False)
class PrinterTrouble(Unavailable):
    """The printer at `address` did not print: `reason`. `started` if some of it may be on paper."""

    address: str
    reason: str
    started: bool
    word = "printer_trouble"


def add_parser(subparsers: Any) -> None:
    receipt = subparsers.add_parser("receipt", help="a receipt again, without printing it")
    receipt.add_argument("number", metavar="NUMBER")
    paper.add_files(receipt)
    common(receipt)
    receipt.set_defaults(run=_receipt)
    test = subparsers.add_parser("print-test", help="the printer's test page")
    test.add_argument("--printer", metavar="ADDRESS", help="such as tcp:192.168.1.50:9100; the shop's own if left out")
    test.add_argument("--profile", choices=sorted(PROFILES))
    common(test)
    test.set_defaults(run=_print_test)


def _receipt(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        printer = paper.profile_for(chosen.profile, chosen.paper, till.settings.printer)
        with till.shop.reading() as books:
            rows, number, told = _behind(books, chosen.number, printer.columns)
    written = paper.write_files(chosen, rows, printer, title=number)
    if output.as_json:
        # how the till keeps its ledger is not the receipt's business
        told.pop("ledger", None)
        output.document(told | {"text": paper.text_of(rows, printer), "files": written})
    elif written:
        paper.say_written(written, output)
    else:
        output.say(*paper.text_of(rows, printer))
    return DONE


def _behind(books: Books, code: str, width: int) -> tuple[tuple[Row, ...], str, dict[str, Any]]:
    """What stands on the paper of that number, its full number, and the same as data; raises UnknownReceipt."""
    value = books.values.by_number(number_behind(code, store=books.device.store))
    if value is not None:
        language = words(books.policy.in_force().text("receipt.language"))
        rows = value_slips.rows_of(books, value, width=width, words=language)
        return practised(books, rows, width=width), value.number, value_body(value)
    card = books.cards.by_number(number_behind(code, store=books.device.store))
    if card is not None:
        language = words(books.policy.in_force().text("receipt.language"))
        rows = card_slips.rows_of(books, card, width=width, words=language)
        return practised(books, rows, width=width), card.number, card_body(card)
    found = paper_behind(books, code)
    told = sale_body(found) if isinstance(found, Sale) else refund_body(found)
    return layout(paper_of(books, found), paper_columns=width), found.receipt, told


def _print_test(chosen: argparse.Namespace, output: Output) -> int:
    # the printer library takes a while to load
    from storeapp.devices.printer_test_page import test_page
    from storeapp.devices.receipt_picture import job_picture

    folder = app.folder_of(chosen.shop)
    kept = settings.load(folder).printer
    address = chosen.printer or kept.address
    printer = paper.profile_for(chosen.profile, None, kept)
    data = test_page(printer, words=output.words)
    if address == settings.BUILT_IN_PAPER:
        file = folder / "spool" / "test-page.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        job_picture(data, printer).save(file)
        outcome, where = Outcome(Sent.CONFIRMED), file
    else:
        outcome, where = open_transport(address).send(data, timeout_s=PRINT_TIMEOUT_S), None
    return _say_outcome(output, address, outcome, where)


def _say_outcome(output: Output, address: str, outcome: Outcome, file: Path | None) -> int:
    if outcome.sent in (Sent.NOT_STARTED, Sent.PARTIAL):
        raise PrinterTrouble(address, outcome.reason, outcome.sent is Sent.PARTIAL)
    confirmed = outcome.sent is Sent.CONFIRMED
    if output.as_json:
        output.document(
            {
                "printer": address,
                "sent": outcome.sent.value,
                "reason": outcome.reason,
                "file": None if file is None else str(file),
            }
        )
    elif file is not None:
        output.say(output.t("The shop has no printer yet; the test page is a picture: {file}").format(file=file))
    elif confirmed:
        output.say(output.t("Printed, and the printer says so."))
    else:
        output.say(output.t("Sent. This printer gives no proof: please look at the paper."))
    return DONE
