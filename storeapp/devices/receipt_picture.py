"""Receipt picture: a receipt as it comes out of the printer, drawn by the built-in paper for screens and files."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from PIL import Image

from storeapp import resources
from storeapp.devices.escpos_receipt import build
from storeapp.devices.paper.paper import Paper
from storeapp.devices.printer_profile import PrinterProfile
from storeapp.domain.receipt_layout import Row

_DOTS_PER_MM = 8
_TOP_DOTS = 32


def receipt_picture(rows: Sequence[Row], profile: PrinterProfile) -> Image.Image:
    """The receipt at 203 dpi, mode "L", on paper of its real width."""
    # what is not asked of the real printer need not be drawn the slow way
    shown = replace(profile, native_qr=True, hw_barcode=True, chinese_rom=True)
    return job_picture(build(rows, shown), shown)


def job_picture(data: bytes, profile: PrinterProfile) -> Image.Image:
    """What a printer of this profile makes of a job."""
    paper = Paper(
        profile.dots,
        font_path=resources.path("fonts", "NotoSansSC-Regular.ttf"),
        native_qr=profile.native_qr,
        chinese_rom=profile.chinese_rom,
    )
    paper.feed(data)
    paper.close()
    printed = paper.picture()
    width = profile.paper_mm * _DOTS_PER_MM
    whole = Image.new("L", (width, printed.height + 2 * _TOP_DOTS), 255)
    whole.paste(printed, ((width - printed.width) // 2, _TOP_DOTS))
    return whole


def receipt_png(rows: Sequence[Row], profile: PrinterProfile) -> bytes:
    """The receipt as a PNG file."""
    file = io.BytesIO()
    receipt_picture(rows, profile).convert("1", dither=Image.Dither.NONE).save(file, "PNG", dpi=(203, 203))
    return file.getvalue()
