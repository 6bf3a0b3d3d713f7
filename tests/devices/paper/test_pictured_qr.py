"""QR codes that come as pictures are held to the same rules as those the printer draws."""

import pytest
import qrcode

from tests.devices.paper.jobs import CHINESE, SHOP_URL, gbk, printed, raster, scanned, words

CENTRED = CHINESE + b"\x1ba\x01\n"


def picture(module: int, *, border: int = 0, data: str = SHOP_URL, band_rows: int = 110) -> bytes:
    """A code as a till in image mode sends it: in bands, `border` modules of white drawn with it."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=border, mask_pattern=1)
    code.add_data(data)
    rows = ["".join("1" * module if dark else "0" * module for dark in row) for row in code.get_matrix()]
    width_bytes = (len(rows[0]) + 7) // 8
    packed = [
        int(row.ljust(width_bytes * 8, "0"), 2).to_bytes(width_bytes, "big") for row in rows for _ in range(module)
    ]
    bands = [packed[at : at + band_rows] for at in range(0, len(packed), band_rows)]
    return b"".join(raster(width_bytes, b"".join(band)) for band in bands)


@pytest.mark.parametrize("module", [4, 5, 6, 8])
@pytest.mark.parametrize("border", [0, 4])
def test_a_good_picture_has_no_fault_and_is_read(module: int, border: int) -> None:
    paper = printed(CENTRED + b"\n" + picture(module, border=border) + b"\n\n")

    assert words(paper) == []
    assert scanned(paper.picture()) == [("QR Code", SHOP_URL)]


@pytest.mark.parametrize("module", [1, 2, 3])
def test_too_small_a_module_is_named(module: int) -> None:
    paper = printed(CENTRED + picture(module))

    assert words(paper) == ["module_too_small"]
    assert paper.faults[0].offset == len(CENTRED)


def test_a_doubled_raster_counts_its_doubled_modules() -> None:
    small = picture(3)

    assert words(printed(CENTRED + small.replace(b"\x1dv0\x00", b"\x1dv0\x03"))) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (gbk("微信扫一扫\n"), b"\n"),
        (b"\n", gbk("谢谢\n")),
        (b"\n", b"\x1dVA\x08"),
        (raster(1, b"\xff" * 8), b"\n"),
        (b"\n", raster(1, bytes(10) + b"\xff")),
    ],
)
def test_print_or_a_cut_too_near_is_named(before: bytes, after: bytes) -> None:
    assert words(printed(CENTRED + before + picture(6) + after)) == ["no_quiet_zone"]


def test_white_around_it_may_be_in_the_picture_or_on_the_paper() -> None:
    around = gbk("微信扫一扫\n"), gbk("谢谢\n")

    assert words(printed(CENTRED + around[0] + picture(6, border=4) + around[1])) == []
    assert words(printed(CENTRED + around[0] + b"\n" + picture(6) + b"\n" + around[1])) == []
    assert words(printed(CENTRED + around[0] + picture(6, border=1) + around[1])) == ["no_quiet_zone"]


def test_print_inside_the_same_picture_counts_too() -> None:
    job = picture(6, border=4)
    width_bytes = job[4]
    dirty = job[:8] + bytes(width_bytes * 10) + b"\xff" * 8 + job[8 + width_bytes * 10 + 8 :]

    assert words(printed(CENTRED + dirty)) == ["no_quiet_zone"]


def test_the_paper_s_edge_counts_too() -> None:
    assert words(printed(CHINESE + b"\n" + picture(6))) == []
    assert words(printed(CHINESE + b"\n" + picture(8))) == ["no_quiet_zone"]


def test_two_codes_are_both_measured() -> None:
    job = CENTRED + picture(3) + b"\n" + picture(3, data="https://other.example.cn")

    assert words(printed(job)) == ["module_too_small"] * 2


def test_a_code_is_blamed_on_the_band_it_begins_in() -> None:
    code = picture(3, band_rows=40)
    white = raster(code[4], bytes(code[4] * 50))

    paper = printed(CENTRED + white + code)

    assert [fault.offset for fault in paper.faults] == [len(CENTRED) + len(white)]


def test_a_gap_between_two_pictures_parts_them() -> None:
    code = picture(6)
    white = raster(code[4], bytes(code[4] * 50))

    assert words(printed(CENTRED + white + b"\n" * 9 + code + gbk("谢谢\n"))) == ["no_quiet_zone"]


def test_a_white_picture_beside_a_code_is_white() -> None:
    assert words(printed(CENTRED + picture(6) + raster(1, bytes(20)))) == []


def corner_rows(*, left: int, right: int) -> bytes:
    """Rows that look like the middle of a corner of 2-dot modules, two on a level and one below."""
    corner = "11001111110011"
    level = int((corner + "0" * 14 + corner).ljust(48, "0"), 2).to_bytes(6, "big")
    below = int(corner.ljust(48, "0"), 2).to_bytes(6, "big")
    return raster(6, level * left + bytes(6 * (28 - left)) + below * right)


@pytest.mark.parametrize(
    ("left", "right", "faults"),
    [(6, 6, ["module_too_small"]), (6, 0, []), (12, 12, []), (6, 7, [])],
)
def test_three_corners_of_the_right_height_make_a_code(left: int, right: int, faults: list[str]) -> None:
    assert words(printed(CENTRED + corner_rows(left=left, right=right))) == faults


def test_an_ordinary_picture_is_no_code() -> None:
    stripes = raster(8, b"\xaa" * 8 * 100) + raster(8, b"\x5d" * 8 * 100)

    assert words(printed(CENTRED + stripes)) == []
