"""Test page: everything a printer may or may not be able to do, on one piece of paper for a person to judge."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from storeapp.devices.escpos_receipt import EscposJob, drawer_kick
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.domain.receipt_layout import BarcodeRow, CutRow, FeedRow, QrRow, Row, TextRow, centred

_URL = "https://s.example.cn/TEST0123456789ABCDEFGHJKMN"
# two texts: a reader takes twice the same for once
_NUMBERS = ("S01-1-2609280117", "S01-1-2609280118")
_QR_MODULE_DOTS = 6
_QUIET_DOTS = 4 * _QR_MODULE_DOTS
_HANZI = ("收银小票 合计找零 会员积分", "喆镕堃珺昇淼 ￥12.50 ×÷℃", "㛃䶮㐂 £ € ✓")


class Words(Protocol):
    """Where the captions are looked up."""

    def t(self, msgid: str) -> str: ...
    def p(self, context: str, msgid: str) -> str: ...


def test_page(profile: PrinterProfile, *, words: Words) -> bytes:
    """The test page as one job; the drawer's kick comes first, as it does with a sale."""
    _ = words.t
    job = EscposJob(profile)
    job.raw(drawer_kick(profile))
    for row in _text_rows(profile, words):
        job.add(row)
    # both ways on purpose, whatever the profile says: the one that prints right may be chosen
    for caption, native in ((_("QR code by the printer"), True), (_("QR code as a picture"), False)):
        for row in (*centred(caption, profile.columns), FeedRow(_QUIET_DOTS)):
            job.add(row)
        job.qr(QrRow(_URL, _QR_MODULE_DOTS), native=native)
        job.feed(_QUIET_DOTS)
    captions = ((_("Barcode by the printer"), True), (_("Barcode as a picture"), False))
    for (caption, by_printer), number in zip(captions, _NUMBERS, strict=True):
        for row in centred(caption, profile.columns):
            job.add(row)
        job.feed(8)
        job.barcode(BarcodeRow(number), by_printer=by_printer)
        job.feed(16)
    for row in (*centred(_("The paper is cut below, and the drawer has opened."), profile.columns), CutRow()):
        job.add(row)
    return job.finished()


def _text_rows(profile: PrinterProfile, words: Words) -> Iterator[Row]:
    _ = words.t
    width = profile.columns
    yield TextRow(_("Printer test"), align="center", bold=True, width_factor=2, height_factor=2)
    yield FeedRow(8)
    yield from centred(f"{profile.name}  {profile.paper_mm} mm  {width}", width)
    yield TextRow("".join(str(number // 10) if number % 10 == 0 else " " for number in range(1, width + 1)).rstrip())
    yield TextRow("".join(str(number % 10) for number in range(1, width + 1)))
    yield TextRow("|" + "-" * (width - 2) + "|")
    for text in _HANZI:
        yield TextRow(text)
    yield TextRow(_("Amount"), "￥1234567.89")
    yield TextRow(_("Amount"), "-0.05", bold=True)
    yield TextRow(words.p("receipt", "Total"), "￥88.80", bold=True, height_factor=2)
    yield TextRow(words.p("receipt", "Total"), "￥88.80", bold=True, width_factor=2, height_factor=2)
    yield FeedRow(8)
