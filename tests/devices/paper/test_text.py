"""Text: cells, sizes, looks and places on the line."""

import pytest
from PIL import Image

from storeapp.devices.paper.records import TextLine
from tests.devices.paper.jobs import CHINESE, black_box, gbk, printed, words


def box(job: bytes, width_dots: int = 576) -> tuple[int, int, int, int]:
    found = black_box(printed(CHINESE + job, width_dots).picture())
    assert found is not None
    return found


def runs(picture: Image.Image, y: int) -> int:
    """How many black strokes the row crosses in the first cell."""
    row = "".join("#" if picture.getpixel((x, y)) == 0 else " " for x in range(12))
    return len(row.split())


def test_columns_are_bytes_in_gbk() -> None:
    line = printed(CHINESE + gbk("茶叶·500g…￥8\n")).lines[0]

    assert line.text == "茶叶·500g…￥8"
    assert line.columns == len(gbk("茶叶·500g…￥8"))


def test_a_full_line_of_either_paper_fits_and_one_more_does_not() -> None:
    for width_dots, columns in ((384, 32), (576, 48)):
        full = gbk("茶" * (columns // 2)) + b"\n"
        assert words(printed(CHINESE + full, width_dots)) == []
        assert words(printed(CHINESE + b"x" + full, width_dots)) == ["line_too_wide"]


def test_a_line_exactly_full_leaves_no_empty_line_behind() -> None:
    assert printed(CHINESE + b"x" * 48 + b"\nend\n").text() == "x" * 48 + "\nend"


def test_a_line_too_wide_wraps_and_is_blamed_once() -> None:
    paper = printed(CHINESE + b"x" * 120 + b"\n")

    assert [line.columns for line in paper.lines] == [48, 48, 24]
    assert words(paper) == ["line_too_wide"]


def test_the_text_is_what_stands_on_the_paper() -> None:
    paper = printed(CHINESE + gbk("春风便利店  \n\n谢谢\n"))

    assert paper.text() == "春风便利店\n\n谢谢"
    assert [line.y for line in paper.lines] == [0, 30, 60]


@pytest.mark.parametrize(
    ("size", "width", "height"), [(0x00, 1, 1), (0x10, 2, 1), (0x01, 1, 2), (0x11, 2, 2), (0x22, 3, 3)]
)
def test_gs_size_enlarges_hanzi_and_ascii_alike(size: int, width: int, height: int) -> None:
    paper = printed(CHINESE + b"\x1d!" + bytes((size,)) + gbk("A茶\n"))

    line = paper.lines[0]

    assert (line.width_factor, line.height_factor, line.columns) == (width, height, 3 * width)
    assert paper.picture().height == max(30, 24 * height)


def test_an_enlarged_glyph_is_the_same_dots_larger() -> None:
    small = printed(CHINESE + gbk("茶\n")).picture().crop((0, 0, 24, 24))
    large = printed(CHINESE + b"\x1d!\x11" + gbk("茶\n")).picture().crop((0, 0, 48, 48))

    assert list(large.resize((24, 24), 0).get_flattened_data()) == list(small.get_flattened_data())


def test_esc_print_mode_enlarges_ascii_alone_and_fs_the_hanzi() -> None:
    ascii_alone = printed(CHINESE + b"\x1b!\x30A\n").lines[0]
    both = printed(CHINESE + b"\x1b!\x30\x1c!\x0c" + gbk("A茶\n"))
    fs_w = printed(CHINESE + b"\x1cW\x01" + gbk("茶\n")).lines[0]

    assert (ascii_alone.width_factor, ascii_alone.height_factor) == (2, 2)
    assert both.lines[0].columns == 6
    assert words(both) == []
    assert (fs_w.width_factor, fs_w.height_factor) == (2, 2)


def test_hanzi_and_ascii_fill_their_cells_and_no_more() -> None:
    hanzi = box(gbk("国\n"))
    ascii_cell = box(b"    W\n")

    assert hanzi[0] >= 0
    assert hanzi[2] <= 24
    assert hanzi[2] - hanzi[0] >= 18
    assert ascii_cell[0] >= 48
    assert ascii_cell[2] <= 60


def test_every_ascii_character_is_drawn_inside_its_cell() -> None:
    for code in range(0x21, 0x7F):
        left, top, right, bottom = box(b" " + bytes((code,)) + b" \n")
        assert left >= 12, chr(code)
        assert right <= 24, chr(code)
        assert (top, bottom) >= (0, 1), chr(code)
        assert bottom <= 24, chr(code)


def test_a_wide_letter_is_squeezed_and_not_clipped() -> None:
    picture = printed(CHINESE + b"W\n").picture()

    _left, top, _right, bottom = box(b"W\n")

    # all four strokes are there: outer and middle ones above, the two feet below
    assert runs(picture, top + 1) >= 2
    assert runs(picture, bottom - 2) == 2
    assert bottom - top >= 16


def test_the_picture_is_hard_black_on_white() -> None:
    picture = printed(CHINESE + gbk("春风便利店 Tea 3.50\n")).picture()

    assert picture.mode == "L"
    assert {level for _, level in picture.getcolors() or []} == {0, 255}


def test_two_hanzi_that_differ_look_different() -> None:
    pictures = {printed(CHINESE + gbk(char) + b"\n").picture().tobytes() for char in "末未土士己已巳"}

    assert len(pictures) == 7


@pytest.mark.parametrize("command", [b"\x1bE\x01", b"\x1bG\x01", b"\x1b!\x08"])
def test_bold_is_struck_twice(command: bytes) -> None:
    plain = printed(CHINESE + gbk("合计\n"))
    bold = printed(CHINESE + command + gbk("合计\n"))

    assert (plain.lines[0].bold, bold.lines[0].bold) == (False, True)
    assert bold.picture().histogram()[0] > plain.picture().histogram()[0]


@pytest.mark.parametrize(
    ("command", "text", "dots"),
    [(b"\x1b-\x01", b"ab", 1), (b"\x1b-\x02", b"ab", 2), (b"\x1b!\x80", b"ab", 1), (b"\x1c-\x01", gbk("一"), 1)],
)
def test_an_underline_runs_the_whole_cell(command: bytes, text: bytes, dots: int) -> None:
    picture = printed(CHINESE + command + text + b"\n").picture()

    assert black_box(picture.crop((0, 24 - dots, 576, 24))) == (0, 0, 24, dots)


def test_inverse_is_white_on_black_even_for_blanks() -> None:
    picture = printed(CHINESE + b"\x1dB\x01  \x1dB\x00 \n").picture()

    assert black_box(picture) == (0, 0, 24, 24)
    assert picture.crop((0, 0, 24, 24)).getcolors() == [(576, 0)]


def test_upside_down_turns_the_whole_line() -> None:
    upright = printed(CHINESE + gbk("茶A\n")).picture().crop((0, 0, 36, 24))
    turned = printed(CHINESE + b"\x1b{\x01" + gbk("茶A\n")).picture().crop((0, 0, 36, 24))

    assert list(turned.rotate(180).get_flattened_data()) == list(upright.get_flattened_data())


def test_font_b_is_nine_dots_wide() -> None:
    line = printed(CHINESE + b"\x1bM\x01" + b"x" * 64 + b"\n")

    assert words(line) == []
    assert words(printed(CHINESE + b"\x1bM\x01" + b"x" * 65 + b"\n")) == ["line_too_wide"]


@pytest.mark.parametrize(("align", "left"), [(b"\0", 0), (b"\1", 552 // 2), (b"\2", 552), (b"1", 552 // 2)])
def test_alignment_moves_the_line(align: bytes, left: int) -> None:
    assert box(b"\x1ba" + align + b"\x1dB\x01  \n") == (left, 0, left + 24, 24)


def test_margin_and_area_bound_the_line() -> None:
    job = b"\x1dL\x30\x00\x1dW\xf0\x00\x1ba\x02\x1dB\x01  \n"

    assert box(job) == (48 + 240 - 24, 0, 48 + 240, 24)
    assert words(printed(CHINESE + b"\x1dW\xf0\x00" + b"x" * 21 + b"\n")) == ["line_too_wide"]


def test_positions_and_tabs_place_what_follows() -> None:
    absolute = printed(CHINESE + b"tea\x1b$\xe0\x013.50\n")
    relative = printed(CHINESE + b"a\x1b\\\x18\x00b\n")
    tabbed = printed(CHINESE + b"a\tb\n")

    assert absolute.text() == "tea" + " " * 37 + "3.50"
    assert absolute.lines[0].columns == 44
    assert relative.text() == "a  b"
    assert tabbed.text() == "a       b"


def test_gaps_widen_the_cells() -> None:
    spaced = printed(CHINESE + b"\x1b \x0cab\n").lines[0]
    hanzi = printed(CHINESE + b"\x1cS\x06\x06" + gbk("茶水\n")).lines[0]

    assert spaced.columns == 4
    assert hanzi.columns == 6


def test_code_pages_and_country_sets_change_the_bytes_meaning() -> None:
    assert printed(b"\x1b@\x1c.\x1bt\x00\x9d\n").text() == "¥"
    assert printed(b"\x1b@\x1c.\x1bt\x10\xa5\x80\n").text() == "¥€"
    assert printed(CHINESE + b"\x1bR\x0f$5\n").text() == "¥5"
    assert printed(CHINESE + b"\x1bR\x00$5\n").text() == "$5"


def test_reset_puts_everything_back() -> None:
    paper = printed(CHINESE + b"\x1d!\x11\x1bE\x01\x1ba\x02\x1b3\x50a\n" + CHINESE + b"a\n")

    assert paper.lines[1] == TextLine(
        "a", 1, bold=False, width_factor=1, height_factor=1, align="left", y=max(48, 0x50)
    )


def test_mixed_sizes_stand_on_one_bottom_line() -> None:
    picture = printed(CHINESE + b"\x1d!\x11\x1dB\x01 \x1d!\x00 \n").picture()

    assert black_box(picture.crop((24, 0, 576, 48))) == (0, 24, 12, 48)
