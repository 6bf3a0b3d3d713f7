"""Receipts as pictures and PDFs, and the test page."""

import io

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.paper import Paper
from storeapp.devices.printer_profile import PROFILES, profile
from storeapp.devices.printer_test_page import test_page as page_of
from storeapp.devices.receipt_pdf import receipt_pdf
from storeapp.devices.receipt_picture import receipt_picture, receipt_png
from storeapp.domain.receipt_layout import layout
from storeapp.words import words
from tests.devices.test_escpos_receipt import FONT, NUMBER, png_of
from tests.domain.receipts import CONTACT, URL, line, receipt, sale

BOTH = pytest.mark.parametrize(
    ("name", "mm", "barcode"), [("full-58", 58, "S01-1-2609280117"), ("full-80", 80, NUMBER)]
)


def read(picture: Image.Image) -> set[str]:
    return {found.text for found in zxingcpp.read_barcodes(picture)}


@BOTH
def test_the_picture_is_as_wide_as_the_paper_and_its_codes_are_read(name: str, mm: int, barcode: str) -> None:
    on = profile(name)
    rows = layout(receipt(), paper_columns=on.columns)

    picture = Image.open(io.BytesIO(receipt_png(rows, on)))

    assert picture.width == mm * 8
    assert read(picture) == {URL, barcode}


def test_the_picture_of_a_printer_that_draws_everything_is_the_same() -> None:
    rows = layout(receipt(), paper_columns=48)

    assert receipt_picture(rows, profile("image-80")).tobytes() == receipt_picture(rows, profile("full-80")).tobytes()


@BOTH
def test_the_pdf_is_one_page_with_letters_and_readable_codes(name: str, mm: int, barcode: str) -> None:
    on = profile(name)
    rows = layout(receipt(), paper_columns=on.columns)

    document = pypdfium2.PdfDocument(receipt_pdf(rows, on, title=NUMBER))

    assert len(document) == 1
    assert round(document[0].get_width() / 72 * 25.4) == mm
    text = document[0].get_textpage().get_text_bounded()
    assert "海棠便利" in text
    assert "￥124.78" in text
    assert read(document[0].render(scale=203 / 72).to_pil()) == {URL, barcode}
    document.close()


def test_a_pdf_shows_the_uploaded_code_too() -> None:
    rows = layout(receipt(qr_url=None, contact_picture=png_of(CONTACT, 300)), paper_columns=32)

    document = pypdfium2.PdfDocument(receipt_pdf(rows, profile("full-58"), title="x"))

    assert CONTACT in read(document[0].render(scale=300 / 72).to_pil())
    document.close()


def test_a_pdf_is_the_same_each_time_and_shows_a_box_for_what_no_font_has() -> None:
    rows = layout(receipt(sale((line(1, "茶 😀", 300),))), paper_columns=48)

    first, second = (receipt_pdf(rows, profile("full-80"), title="x") for _ in range(2))

    assert first == second
    document = pypdfium2.PdfDocument(first)
    assert "茶 □" in document[0].get_textpage().get_text_bounded()
    document.close()


@pytest.mark.parametrize("name", sorted(PROFILES))
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_the_test_page_shows_both_ways_to_print_a_code(name: str, language: str) -> None:
    on = profile(name)
    paper = Paper(on.dots, font_path=FONT, native_qr=on.native_qr, chinese_rom=on.chinese_rom)

    paper.feed(page_of(on, words=words(language)))
    paper.close()

    # a printer without the command prints it as text: that is what the page is for
    expected = set() if on.native_qr else {FaultWord.NO_NATIVE_QR, FaultWord.LINE_TOO_WIDE}
    assert {fault.word for fault in paper.faults} - {FaultWord.MID_LINE} == expected - {FaultWord.MID_LINE}
    assert len(paper.drawer_pulses) == 1
    found = [str(code.format) for code in zxingcpp.read_barcodes(paper.picture())]
    assert found.count("QR Code") == (2 if on.native_qr else 1)
    assert found.count("Code 128") == 2
