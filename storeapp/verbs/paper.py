"""Paper without a printer: what would stand on it, as text, picture, PDF or the printer's own bytes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from storeapp import settings
from storeapp.devices.printer_profile import PROFILES, PrinterProfile, profile
from storeapp.devices.report_forms import Suffix
from storeapp.domain.receipt_layout import BarcodeRow, QrRow, Row, RuleRow, TextRow
from storeapp.domain.receipt_text import columns
from storeapp.verbs.files import check, write
from storeapp.verbs.output import Output

if TYPE_CHECKING:
    from collections.abc import Callable


def add_files(parser: argparse.ArgumentParser) -> None:
    """The files a paper is written to, and the printer it is written for."""
    for name, what in (("escpos", "printer bytes"), ("png", "a picture"), ("pdf", "a PDF")):
        parser.add_argument(f"--{name}", metavar="FILE", help=f"writes {what}")
    parser.add_argument(
        "--paper", type=int, choices=(58, 80), help="width in millimetres; the printer's own if left out"
    )
    parser.add_argument("--profile", choices=sorted(PROFILES), help="the printer to write bytes for")


def check_files(chosen: argparse.Namespace) -> None:
    """Raises FileUnusable if one of them could not be written."""
    check(file for name in _MAKERS if (file := getattr(chosen, name)))


def write_files(chosen: argparse.Namespace, rows: Sequence[Row], printer: PrinterProfile, *, title: str) -> list[str]:
    """Writes the files that were asked for, and names them."""
    written = []
    for name, make in _MAKERS.items():
        file = getattr(chosen, name)
        if file:
            write(file, make(rows, printer, title))
            written.append(file)
    return written


def write_reports(chosen: argparse.Namespace, form: Callable[[Suffix], bytes]) -> list[str]:
    """Writes the report as PDF and as workbook, as far as it was asked for, and names the files."""
    suffixes: tuple[Suffix, ...] = ("pdf", "xlsx")
    asked = [(file, suffix) for suffix in suffixes if (file := getattr(chosen, suffix))]
    for file, suffix in asked:
        write(file, form(suffix))
    return [file for file, _ in asked]


def say_written(files: Sequence[str], output: Output) -> None:
    """Where it stands now."""
    output.say(*(output.t("Written to {file}.").format(file=file) for file in files))


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


def text_of(rows: Sequence[Row], printer: PrinterProfile) -> list[str]:
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


def profile_for(name: str | None, paper_mm: int | None, kept: settings.PrinterSettings) -> PrinterProfile:
    """The profile asked for, or the shop's; another paper width takes the profile's sister of that width."""
    wanted = name or kept.profile
    if paper_mm is not None and not name:
        wanted = f"{wanted.rsplit('-', 1)[0]}-{paper_mm}"
    found = profile(wanted, drawer_pin=5 if kept.drawer_pin == 5 else 2)
    return found if paper_mm is None else replace(found, paper_mm=80 if paper_mm == 80 else 58)
