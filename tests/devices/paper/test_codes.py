"""Codes: what the printer draws, a scanner must read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.paper.jobs import CHINESE, SHOP_URL, barcode, black_box, printed, qr, scanned, words

CENTRED = CHINESE + b"\x1ba\x01\n"


@pytest.mark.parametrize("level", [b"0", b"1", b"2", b"3"])
@pytest.mark.parametrize("module", [4, 6, 8])
def test_a_native_qr_is_read_back(level: bytes, module: int) -> None:
    paper = printed(CENTRED + qr(module=module, level=level) + b"\n\n", 384)

    assert scanned(paper.picture()) == [("QR Code", SHOP_URL)]
    assert words(paper) == []


def test_a_qr_stands_where_its_code_says() -> None:
    paper = printed(CENTRED + qr() + b"\n\n")

    code = paper.codes[0]

    assert (code.kind, code.data, code.module_dots) == ("qr", SHOP_URL, 6)
    assert black_box(paper.picture()) == (code.x, code.y, code.x + code.width, code.y + code.height)
    assert code.y == 30
    assert abs(code.x + code.width / 2 - 288) <= 0.5


def test_a_second_print_repeats_the_stored_qr() -> None:
    paper = printed(CENTRED + qr() + b"\n" + b"\x1d(k\x03\x001Q0" + b"\n\n")

    assert [code.data for code in paper.codes] == [SHOP_URL] * 2


def test_reset_forgets_the_stored_qr() -> None:
    assert words(printed(CENTRED + qr() + b"\n" + CHINESE + b"\x1d(k\x03\x001Q0")) == ["bad_code_data"]


def test_a_qr_of_chinese_text_is_read_back() -> None:
    paper = printed(CENTRED + qr("春风便利店".encode()) + b"\n\n")

    assert scanned(paper.picture()) == [("QR Code", "春风便利店")]


@pytest.mark.parametrize(
    ("command", "kind", "symbology", "text"),
    [
        (barcode(67, b"690123456789"), "ean13", "EAN-13", "6901234567892"),
        (barcode(67, b"6901234567892"), "ean13", "EAN-13", "6901234567892"),
        (b"\x1dk\x022101010101010\x00", "ean13", "EAN-13", "2101010101010"),
        (barcode(68, b"9638507"), "ean8", "EAN-8", "96385074"),
        (b"\x1dk\x0396385074\x00", "ean8", "EAN-8", "96385074"),
        (barcode(73, b"{BS01-01-0042"), "code128", "Code 128", "S01-01-0042"),
        (barcode(73, b"{C" + bytes((20, 26, 11, 22, 0, 42))), "code128", "Code 128", "202611220042"),
        (barcode(73, b"{BA{C\x0c\x22{B{{z"), "code128", "Code 128", "A1234{z"),
        (barcode(73, b"{AAB{S" + b"c" + b"D1"), "code128", "Code 128", "ABcD1"),
        (barcode(73, b"{AA\tB"), "code128", "Code 128", "A\tB"),
        (barcode(73, b"{CAB{A7"), "code128", "Code 128", "65667"),
    ],
)
def test_a_barcode_is_read_back(command: bytes, kind: str, symbology: str, text: str) -> None:
    paper = printed(CENTRED + b"\x1dh\x50\x1dw\x02" + command + b"\n")

    assert [(code.kind, code.data) for code in paper.codes] == [(kind, text)]
    assert scanned(paper.picture()) == [(symbology, text)]
    assert words(paper) == []


@settings(max_examples=40)
@given(st.from_regex(r"\A[ -z|}~]{1,14}\Z"))
def test_any_code128_of_set_b_is_read_back(text: str) -> None:
    paper = printed(CENTRED + b"\x1dw\x02\x1dh\x28" + barcode(73, b"{B" + text.encode()) + b"\n")

    assert scanned(paper.picture()) == [("Code 128", text)]


@settings(max_examples=40)
@given(st.integers(0, 10**12 - 1))
def test_any_ean13_is_read_back(number: int) -> None:
    digits = f"{number:012d}"
    paper = printed(CENTRED + b"\x1dw\x02\x1dh\x28" + barcode(67, digits.encode()) + b"\n")

    # a leading zero makes it an UPC-A, which scanners may name as such
    assert [text.zfill(13) for _, text in scanned(paper.picture())] == [paper.codes[0].data]
    assert paper.codes[0].data[:12] == digits


@settings(max_examples=40)
@given(st.lists(st.integers(0, 99), min_size=1, max_size=10))
def test_any_code128_of_set_c_is_read_back(pairs: list[int]) -> None:
    paper = printed(CENTRED + b"\x1dw\x02\x1dh\x28" + barcode(73, b"{C" + bytes(pairs)) + b"\n")

    assert scanned(paper.picture()) == [("Code 128", "".join(f"{pair:02d}" for pair in pairs))]


@pytest.mark.parametrize(("hri", "top", "bottom"), [(0, 0, 0), (1, 24, 0), (2, 0, 24), (3, 24, 24)])
def test_the_readable_text_stands_above_below_or_both(hri: int, top: int, bottom: int) -> None:
    paper = printed(CHINESE + b"\x1dh\x50\x1dw\x02\x1dH" + bytes((hri,)) + b"\x1ba\x01" + barcode(67, b"690123456789"))

    assert paper.codes[0].y == top
    assert paper.picture().height == top + 80 + bottom
    assert scanned(paper.picture()) == [("EAN-13", "6901234567892")]


def test_the_readable_text_may_be_in_font_b() -> None:
    paper = printed(CHINESE + b"\x1dh\x50\x1dw\x02\x1dH\x02\x1df\x01\x1ba\x01" + barcode(67, b"690123456789"))

    assert paper.picture().height == 80 + 17


def test_fourteen_digits_in_set_c_fit_the_narrow_paper_with_room() -> None:
    paper = printed(CHINESE + b"\x1dw\x02\x1ba\x01" + barcode(73, b"{C" + bytes(range(10, 17))) + b"\n", 384)

    assert words(paper) == []
    assert paper.codes[0].width == 112 * 2
