"""receipt and print-test: paper, and what would stand on it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from storeapp import app, settings
from storeapp.devices.address import open_transport
from storeapp.devices.printer_profile import PROFILES, PrinterProfile, profile
from storeapp.devices.transport_types import Outcome, Sent
from storeapp.domain.receipt_layout import BarcodeRow, QrRow, Row, RuleRow, TextRow, layout
from storeapp.domain.receipt_text import columns
from storeapp.domain.refund import body as refund_body
from storeapp.domain.sale import Sale
from storeapp.domain.sale import body as sale_body
from storeapp.errors import Unavailable
from storeapp.till.refund_slips import paper_behind, paper_of
from storeapp.verbs.files import write
from storeapp.verbs.output import DONE, Output
from storeapp.verbs.table import common

if TYPE_CHECKING:
    from collections.abc import Callable

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
    for name, what in (("escpos", "printer bytes"), ("png", "a picture"), ("pdf", "a PDF")):
        receipt.add_argument(f"--{name}", metavar="FILE", help=f"writes {what}")
    receipt.add_argument(
        "--paper", type=int, choices=(58, 80), help="width in millimetres; the printer's own if left out"
    )
    receipt.add_argument("--profile", choices=sorted(PROFILES), help="the printer to write bytes for")
    common(receipt)
    receipt.set_defaults(run=_receipt)
    test = subparsers.add_parser("print-test", help="the printer's test page")
    test.add_argument("--printer", metavar="ADDRESS", help="such as tcp:192.168.1.50:9100; the shop's own if left out")
    test.add_argument("--profile", choices=sorted(PROFILES))
    common(test)
    test.set_defaults(run=_print_test)


def _receipt(chosen: argparse.Namespace, output: Output) -> int:
    with app.open_till(chosen.shop) as till:
        printer = _profile(chosen.profile, chosen.paper, till.settings.printer)
        with till.shop.reading() as books:
            paper = paper_behind(books, chosen.number)
            rows = layout(paper_of(books, paper), paper_columns=printer.columns)
    written = []
    for name, make in _MAKERS.items():
        file = getattr(chosen, name)
        if file:
            write(file, make(rows, printer, paper.receipt))
            written.append(file)
    if output.as_json:
        told = sale_body(paper) if isinstance(paper, Sale) else refund_body(paper)
        # how the till keeps its ledger is not the receipt's business
        told.pop("ledger", None)
        output.document(told | {"text": _text(rows, printer), "files": written})
    elif written:
        output.say(*(output.t("Written to {file}.").format(file=file) for file in written))
    else:
        output.say(*_text(rows, printer))
    return DONE


def _escpos(rows: Sequence[Row], printer: PrinterProfile, _title: str) -> bytes:
    # the printer library is only loaded when bytes are wanted
    from storeapp.devices.escpos_receipt import build

    return build(rows, printer)


def _png(rows: Sequence[Row], printer: PrinterProfile, _title: str) -> bytes:
    # and so is the one for pictures
    from storeapp.devices.receipt_picture import receipt_png

    return receipt_png(rows, printer)


def _pdf(rows: Sequence[Row], printer: PrinterProfile, title: str) -> bytes:
    # and so is the one for PDFs
    from storeapp.devices.receipt_pdf import receipt_pdf

    return receipt_pdf(rows, printer, title=title)


_MAKERS: dict[str, Callable[[Sequence[Row], PrinterProfile, str], bytes]] = {
    "escpos": _escpos,
    "png": _png,
    "pdf": _pdf,
}


def _text(rows: Sequence[Row], printer: PrinterProfile) -> list[str]:
    lines = []
    for row in rows:
        if isinstance(row, TextRow):
            text = row.text(printer.columns)
            wide = columns(text) * row.width_factor
            lines.append(" " * ((printer.columns - wide) // 2) + text if row.align == "center" else text)
        elif isinstance(row, RuleRow):
            lines.append("-" * printer.columns)
        elif isinstance(row, QrRow):
            lines.append(f"[QR] {row.data}")
        elif isinstance(row, BarcodeRow):
            lines.append(f"[|||] {row.data}")
    return lines


def _profile(name: str | None, paper_mm: int | None, kept: settings.PrinterSettings) -> PrinterProfile:
    """The profile asked for, or the shop's; another paper width takes the profile's sister of that width."""
    wanted = name or kept.profile
    if paper_mm is not None and not name:
        wanted = f"{wanted.rsplit('-', 1)[0]}-{paper_mm}"
    found = profile(wanted, drawer_pin=5 if kept.drawer_pin == 5 else 2)
    return found if paper_mm is None else replace(found, paper_mm=80 if paper_mm == 80 else 58)


def _print_test(chosen: argparse.Namespace, output: Output) -> int:
    # the printer library takes a while to load
    from storeapp.devices.printer_test_page import test_page
    from storeapp.devices.receipt_picture import job_picture

    folder = app.folder_of(chosen.shop)
    kept = settings.load(folder).printer
    address = chosen.printer or kept.address
    printer = _profile(chosen.profile, None, kept)
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
