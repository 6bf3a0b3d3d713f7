"""Jobs for the paper's tests: the usual commands by name, and a paper that has read them."""

from __future__ import annotations

import zxingcpp
from PIL import Image

from storeapp import resources
from storeapp.devices.paper.paper import Paper

FONT = resources.path("fonts", "NotoSansSC-Regular.ttf")
CHINESE = b"\x1b@\x1c&"
"""How every job in Chinese begins."""
SHOP_URL = "https://shop.example.cn/r/AB12CD34EF"


def gbk(text: str) -> bytes:
    return text.encode("gbk")


def printed(job: bytes, width_dots: int = 576, *, native_qr: bool = True, chinese_rom: bool = True) -> Paper:
    """The paper after the whole job."""
    paper = Paper(width_dots, font_path=FONT, native_qr=native_qr, chinese_rom=chinese_rom)
    paper.feed(job)
    paper.close()
    return paper


def words(paper: Paper) -> list[str]:
    return [str(fault.word) for fault in paper.faults]


def extended(letter: str, payload: bytes) -> bytes:
    """GS ( letter, with its length."""
    return b"\x1d(" + letter.encode() + len(payload).to_bytes(2, "little") + payload


def qr(data: bytes = SHOP_URL.encode(), *, module: int = 6, level: bytes = b"1") -> bytes:
    """A QR code at the head."""
    return (
        extended("k", b"1A2\0")
        + extended("k", b"1C" + bytes((module,)))
        + extended("k", b"1E" + level)
        + extended("k", b"1P0" + data)
        + extended("k", b"1Q0")
    )


def barcode(kind: int, data: bytes) -> bytes:
    return b"\x1dk" + bytes((kind, len(data))) + data


def raster(width_bytes: int, rows: bytes, mode: int = 0) -> bytes:
    count = len(rows) // width_bytes if width_bytes else 0
    return b"\x1dv0" + bytes((mode,)) + width_bytes.to_bytes(2, "little") + count.to_bytes(2, "little") + rows


def scanned(picture: Image.Image) -> list[tuple[str, str]]:
    """What a scanner reads off the picture: name of the symbology and text, from top to bottom."""
    framed = Image.new("L", (picture.width + 64, picture.height + 64), 255)
    framed.paste(picture, (32, 32))
    found = sorted(zxingcpp.read_barcodes(framed), key=lambda one: one.position.top_left.y)
    return [(str(one.format), one.text) for one in found]


def black_box(picture: Image.Image) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of everything black."""
    return picture.point([255 - level for level in range(256)]).getbbox()
