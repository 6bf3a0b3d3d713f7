"""Receipts through the built-in paper: no fault, and every code read back by a reader that is not ours."""

import io
import os
import platform
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image

from storeapp import resources
from storeapp.devices.conversation import CONFIRM
from storeapp.devices.escpos_receipt import build, drawer_kick
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.paper import Paper
from storeapp.devices.printer_profile import PROFILES, PrinterProfile, UnknownProfile, profile
from storeapp.devices.raster import qr_image
from storeapp.domain.receipt import Receipt
from storeapp.domain.receipt_layout import BarcodeRow, FeedRow, QrRow, Row, TextRow, layout
from tests.domain.receipts import CONTACT, LINES, URL, line, receipt, sale

FONT = resources.path("fonts", "NotoSansSC-Regular.ttf")
NAMES = sorted(PROFILES)
NUMBER = "S01-1-20260928-0117"
OUTSIDE_GBK = "㛃䶮𠮷𣲗𬱖€£®©✓•ñőşğ♥😀🍎👨‍👩‍👧🈚"


def printed(rows: tuple[Row, ...], on: PrinterProfile) -> Paper:
    """The rows on a printer of that profile, without a fault."""
    paper = Paper(on.dots, font_path=FONT, native_qr=on.native_qr, chinese_rom=on.chinese_rom)
    paper.feed(build(rows, on))
    paper.close()
    assert paper.faults == ()
    return paper


def set_on(shown: Receipt, on: PrinterProfile) -> Paper:
    return printed(layout(shown, paper_columns=on.columns), on)


def png_of(text: str, pixels: int) -> bytes:
    """A code as a shop would upload it: transparent around it, of any size."""
    code = qr_image(text, module_dots=1).convert("L")
    square = Image.new("LA", (code.width + 8, code.height + 8), (255, 0))
    square.paste(Image.merge("LA", (code.point(lambda ink: 255 - ink), Image.new("L", code.size, 255))), (4, 4))
    file = io.BytesIO()
    square.resize((pixels, pixels), Image.Resampling.NEAREST).save(file, "PNG")
    return file.getvalue()


def codes(picture: Image.Image) -> dict[str, str]:
    """What a reader finds on the picture, by kind."""
    return {str(found.format): found.text for found in zxingcpp.read_barcodes(picture)}


@pytest.mark.parametrize("name", NAMES)
def test_a_receipt_is_faultless_and_its_codes_are_read_from_the_picture(name: str) -> None:
    on = profile(name)

    paper = set_on(receipt(), on)

    barcode = NUMBER if on.paper_mm == 80 else "S01-1-2609280117"
    assert codes(paper.picture()) == {"QR Code": URL, "Code 128": barcode}


@pytest.mark.parametrize("name", NAMES)
def test_the_shops_own_contact_code_is_read_too(name: str) -> None:
    paper = set_on(receipt(qr_url=None, contact_qr=CONTACT, language="en", copy=3), profile(name))

    assert codes(paper.picture())["QR Code"] == CONTACT


@pytest.mark.parametrize("pixels", [33 + 8, 430, 1200])
@pytest.mark.parametrize("name", NAMES)
def test_the_contact_code_uploaded_as_a_picture_is_read_from_the_paper(name: str, pixels: int) -> None:
    shown = receipt(qr_url=None, contact_picture=png_of(CONTACT, pixels))

    assert codes(set_on(shown, profile(name)).picture())["QR Code"] == CONTACT


@pytest.mark.parametrize("png", [b"GIF89a", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"x"])
def test_a_picture_that_is_none_leaves_the_receipt_whole(png: bytes) -> None:
    paper = set_on(receipt(qr_url=None, contact_picture=png), profile("full-80"))

    assert codes(paper.picture()) == {"Code 128": NUMBER}


@pytest.mark.parametrize("name", ["full-58", "full-80"])
def test_the_words_and_amounts_stand_on_the_paper_as_text(name: str) -> None:
    paper = set_on(receipt(copy=1), profile(name))

    assert "海棠便利·南山科技园店" in paper.text().replace("\n", "")
    assert "￥124.78" in paper.text()
    assert "副本（第1次）" in paper.text()
    total = next(text for text in paper.lines if "￥124.78" in text.text)
    assert (total.width_factor, total.height_factor, total.columns) == (2, 2, profile(name).columns)


@pytest.mark.parametrize("name", ["full-58", "generic-58", "full-80", "generic-80"])
def test_the_code_has_six_dots_a_module(name: str) -> None:
    on = profile(name)

    found = next(one for one in zxingcpp.read_barcodes(set_on(receipt(), on).picture()) if one.text == URL)

    width = found.position.top_right.x - found.position.top_left.x
    assert abs(width - 33 * 6) <= 6


@pytest.mark.parametrize("name", NAMES)
def test_names_outside_gbk_are_drawn_and_nothing_else_suffers(name: str) -> None:
    odd = tuple(line(number, f"王{char}记 老酒 500ml", 8880) for number, char in enumerate(OUTSIDE_GBK, start=1))

    paper = set_on(receipt(sale((*odd, *LINES))), profile(name))

    assert codes(paper.picture())["QR Code"] == URL
    assert all(char not in paper.text() for char in OUTSIDE_GBK)


def test_a_drawn_row_looks_like_the_printers_own() -> None:
    on = profile("full-58")
    by_rom = printed((TextRow("红富士苹果", "12.80"), FeedRow(10)), on).picture()
    drawn = printed((TextRow("红富士苹果", "12.80"), FeedRow(10)), replace(on, chinese_rom=False)).picture()

    assert drawn.getbbox() == by_rom.getbbox()
    assert drawn.tobytes() == by_rom.tobytes()


@pytest.mark.parametrize("name", NAMES)
def test_a_name_of_5000_characters_and_500_lines_print(name: str) -> None:
    many = tuple(line(number, "茶" * 5000 if number == 1 else f"商品 {number}", 100) for number in range(1, 501))

    # printers without hanzi draw every row: some hundred lines prove as much
    paper = set_on(receipt(sale(many if profile(name).chinese_rom else many[:60])), profile(name))

    assert len(paper.cuts) == (1 if profile(name).cutter else 0)


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_that_is_a_multiple_of_48_rows_is_sent_in_other_blocks(name: str) -> None:
    # both a QR code of 25 modules at 6 and 8 dots and a row twice as high make such pictures
    on = replace(profile(name), native_qr=False, hw_barcode=False)

    paper = printed((FeedRow(32), QrRow("a", 8), FeedRow(32), TextRow("㛃", height_factor=2), FeedRow(40)), on)

    assert FaultWord.RASTER_HEIGHT not in [fault.word for fault in paper.faults]


def test_a_barcode_printed_by_the_printer_and_one_drawn_say_the_same() -> None:
    on = profile("full-80")
    for how in (on, replace(on, hw_barcode=False)):
        picture = printed((FeedRow(20), BarcodeRow(NUMBER), FeedRow(20)), how).picture()

        assert codes(picture) == {"Code 128": NUMBER}


def test_a_printer_that_answers_is_asked_for_proof_and_others_are_not() -> None:
    rows = (TextRow("茶", "3.50"),)

    assert build(rows, profile("full-80")).endswith(CONFIRM)
    assert CONFIRM not in build(rows, profile("generic-80"))


@pytest.mark.parametrize("pin", [2, 5])
def test_the_drawer_is_kicked_by_a_job_of_its_own(pin: int) -> None:
    paper = Paper(font_path=FONT)

    paper.feed(drawer_kick(profile("generic-80", drawer_pin=2 if pin == 2 else 5)))
    paper.close()

    assert [(pulse.pin, pulse.on_ms) for pulse in paper.drawer_pulses] == [(pin, 100)]
    assert paper.faults == ()
    assert paper.lines == ()


def test_size_is_set_for_ascii_and_hanzi_together_and_chinese_mode_is_always_said() -> None:
    data = build((TextRow("应付", "￥1.00", width_factor=2, height_factor=2),), profile("full-58"))

    assert data.startswith(b"\x1b@\x1c&\x1bt\x00")
    assert b"\x1d!\x11" in data
    assert b"\x1b!" not in data


def test_four_byte_characters_never_leave_as_text() -> None:
    # the mutant: what the library's own way of writing makes of a price
    paper = Paper(font_path=FONT)
    paper.feed(b"\x1b@\x1c&" + "合计¥12.50".encode("gb18030") + b"\n")

    assert FaultWord.FOUR_BYTE_GB18030 in [fault.word for fault in paper.faults]


def test_an_unknown_profile_is_refused() -> None:
    with pytest.raises(UnknownProfile):
        profile("epson-9000")


def test_a_half_written_file_of_the_librarys_own_does_not_stop_the_printer(tmp_path: Path) -> None:
    (tmp_path / f"{platform.python_version()}.capabilities.pickle").write_bytes(b"")
    surroundings = os.environ | {"ESCPOS_CAPABILITIES_PICKLE_DIR": str(tmp_path), "TMPDIR": str(tmp_path)}
    program = (
        "from storeapp.devices import escpos_receipt as e, printer_profile as p; e.build((), p.profile('full-80'))"
    )

    done = subprocess.run([sys.executable, "-c", program], env=surroundings, capture_output=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [path.name for path in tmp_path.iterdir()] == [f"{platform.python_version()}.capabilities.pickle"]
