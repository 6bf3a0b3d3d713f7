"""Pictures: rasters and bit images, dot by dot."""

import pytest
from PIL import Image

from tests.devices.paper.jobs import CHINESE, black_box, extended, printed, raster, words


def dots(picture: Image.Image, width: int, height: int) -> list[str]:
    """The top left corner as rows of # and dots."""
    return ["".join("#" if picture.getpixel((x, y)) == 0 else "." for x in range(width)) for y in range(height)]


STEPS = raster(1, b"\x80\xc0\xe1")


def test_a_raster_is_drawn_dot_by_dot() -> None:
    assert dots(printed(CHINESE + STEPS).picture(), 8, 3) == ["#.......", "##......", "###....#"]


@pytest.mark.parametrize(("mode", "size"), [(0, (8, 3)), (1, (16, 3)), (2, (8, 6)), (3, (16, 6)), (51, (16, 6))])
def test_a_raster_is_enlarged_as_told(mode: int, size: tuple[int, int]) -> None:
    picture = printed(CHINESE + raster(1, b"\x80\xc0\xe1", mode)).picture()

    assert black_box(picture) == (0, 0, *size)


@pytest.mark.parametrize(("align", "left"), [(b"\0", 0), (b"\1", 284), (b"\2", 568)])
def test_a_raster_follows_the_alignment(align: bytes, left: int) -> None:
    picture = printed(CHINESE + b"\x1ba" + align + raster(1, b"\xff")).picture()

    assert black_box(picture) == (left, 0, left + 8, 1)


def test_bands_of_a_raster_join_without_a_gap() -> None:
    picture = printed(CHINESE + raster(1, b"\xff" * 100) + raster(1, b"\xff" * 100)).picture()

    assert black_box(picture) == (0, 0, 8, 200)
    assert picture.crop((0, 0, 8, 200)).getcolors() == [(1600, 0)]


@pytest.mark.parametrize(("rows", "faults"), [(100, []), (128, []), (129, ["raster_height"]), (96, ["raster_height"])])
def test_a_block_cheap_firmware_chokes_on_is_named(rows: int, faults: list[str]) -> None:
    assert words(printed(CHINESE + raster(1, b"\x01" * rows))) == faults


def test_a_raster_as_wide_as_the_paper_is_clean_and_a_wider_one_clipped() -> None:
    assert words(printed(CHINESE + raster(48, b"\xff" * 48), 384)) == []

    clipped = printed(CHINESE + b"\x1ba\x01" + raster(49, b"\xff" * 49), 384)

    assert words(clipped) == ["raster_too_wide"]
    assert black_box(clipped.picture()) == (0, 0, 384, 1)


def test_a_stored_picture_is_printed_when_told() -> None:
    head = b"0p\x30\x01\x02\x31\x0a\x00\x02\x00"
    job = CHINESE + extended("L", head + b"\xff\xc0\x80\x40") + extended("L", b"02")

    paper = printed(job)

    assert dots(paper.picture(), 11, 4) == ["##########.", "##########.", "#........#.", "#........#."]
    assert words(paper) == []


def test_a_stored_picture_is_printed_once() -> None:
    head = b"0p\x30\x01\x01\x31\x08\x00\x01\x00"
    job = CHINESE + extended("L", head + b"\xff") + extended("L", b"02") * 2

    assert words(printed(job)) == ["bad_value"]


def test_the_long_form_stores_the_same_picture() -> None:
    payload = b"0p\x30\x01\x01\x31\x08\x00\x01\x00\xf0"
    job = CHINESE + b"\x1d8L" + len(payload).to_bytes(4, "little") + payload + extended("L", b"02")

    assert dots(printed(job).picture(), 8, 1) == ["####...."]


def test_asking_for_the_picture_memory_is_no_fault() -> None:
    assert words(printed(CHINESE + extended("L", b"00") + extended("L", b"01\x32\x32"))) == []


@pytest.mark.parametrize(
    ("mode", "column", "size"),
    [(33, b"\xff\xff\xff", (2, 24)), (32, b"\xff\xff\xff", (4, 24)), (1, b"\xff", (2, 24)), (0, b"\xff", (4, 24))],
)
def test_a_bit_image_stands_on_the_line(mode: int, column: bytes, size: tuple[int, int]) -> None:
    picture = printed(CHINESE + b"\x1b*" + bytes((mode, 2, 0)) + column * 2 + b"\n").picture()

    assert black_box(picture) == (0, 0, *size)


def test_a_bit_image_has_its_top_bit_on_top() -> None:
    picture = printed(CHINESE + b"\x1b*\x21\x02\x00\x80\x00\x00\x00\x00\x01\n").picture()

    assert picture.getpixel((0, 0)) == 0
    assert picture.getpixel((1, 23)) == 0
    assert picture.histogram()[0] == 2


def test_text_may_stand_behind_a_bit_image() -> None:
    paper = printed(CHINESE + b"\x1b*\x21\x0c\x00" + bytes(36) + b"a\n")

    assert paper.lines[0].text.strip() == "a"
    assert words(paper) == []


def test_a_bit_image_line_is_no_text_line() -> None:
    assert printed(CHINESE + b"\x1b*\x21\x01\x00\xff\xff\xff\n").lines == ()


def test_a_bit_image_past_the_edge_is_named() -> None:
    assert words(printed(CHINESE + b"\x1b*\x21\x81\x01" + bytes(385 * 3) + b"\n", 384)) == ["raster_too_wide"]


def test_an_empty_picture_is_not_print_for_the_blade() -> None:
    assert words(printed(CHINESE + raster(1, bytes(50)) + b"\x1dV\x00")) == []
