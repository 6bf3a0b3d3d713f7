"""The picture: quick enough to watch a receipt appear, and drawn only when somebody looks."""

import pytest
from PIL import Image

from storeapp.devices.paper.glyphs import Glyphs
from storeapp.devices.paper.paper import Paper
from tests.devices.paper.jobs import CHINESE, FONT, gbk, printed, qr, scanned

LONG_RECEIPT = (
    CHINESE
    + b"".join(gbk(f"{'农夫山泉 矿泉水 550ml':<22}{n:>4} x{2 * n:>8}.00\n") for n in range(40))
    + b"\x1ba\x01\n"
    + qr()
    + b"\n\x1dVB\x00"
)


def test_reading_a_job_draws_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object) -> Image.Image:
        raise AssertionError("drawn")

    monkeypatch.setattr(Glyphs, "mask", forbidden)
    paper = printed(LONG_RECEIPT)

    assert len(paper.lines) == 42
    with pytest.raises(AssertionError, match="drawn"):
        paper.picture()


def test_a_font_that_is_not_there_stops_only_the_picture() -> None:
    paper = Paper(384, font_path=FONT.with_name("absent.ttf"))
    paper.feed(CHINESE + gbk("茶\n"))

    assert paper.text() == "茶"
    with pytest.raises(OSError, match="resource"):
        paper.picture()


def test_a_picture_taken_twice_is_the_same_and_grows_with_the_job() -> None:
    paper = Paper(384, font_path=FONT)
    paper.feed(CHINESE + gbk("茶\n"))

    first = paper.picture()
    again = paper.picture()
    paper.feed(gbk("水\n"))

    assert first.tobytes() == again.tobytes()
    assert (first.height, paper.picture().height) == (30, 60)


def test_an_empty_job_is_a_white_strip() -> None:
    assert printed(b"").picture().getcolors() == [(576, 255)]


def test_print_below_the_last_cut_is_in_the_picture() -> None:
    paper = printed(CHINESE + b"a\n\x1dVB\x00b\n")

    assert paper.picture().height == 160


def test_the_long_receipt_s_code_is_still_read() -> None:
    assert len(scanned(printed(LONG_RECEIPT).picture())) == 1
