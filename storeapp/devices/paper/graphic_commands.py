"""Graphic commands: rasters by GS v 0 and GS ( L, and bit images on the line by ESC *."""

from __future__ import annotations

from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.ink import Bitmap
from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.press import Press

_TALLEST_BLOCK_ROWS = 128
_BAD_BLOCK_ROWS = 48
_SCALES = {0: (1, 1), 1: (2, 1), 2: (1, 2), 3: (2, 2)}


def raster(press: Press, token: Token) -> None:
    """GS v 0 m xL xH yL yH and the rows; m doubles width (1), height (2) or both (3)."""
    if token.args[:1] != b"0":
        press.report(token.offset, FaultWord.UNKNOWN_COMMAND, f"GS v {token.args.hex()}")
        return
    press.begin_line(token.offset, "raster")
    scale = _SCALES.get(token.args[1] % 48)
    if scale is None:
        press.report(token.offset, FaultWord.BAD_VALUE, f"raster mode {token.args[1]}")
        scale = (1, 1)
    width_bytes, rows = _word(token.args, 2), _word(token.args, 4)
    if rows > _TALLEST_BLOCK_ROWS or (rows and rows % _BAD_BLOCK_ROWS == 0):
        press.report(token.offset, FaultWord.RASTER_HEIGHT, f"block of {rows} rows")
    bitmap = Bitmap(width_bytes=width_bytes, rows=token.args[6:], x_scale=scale[0], y_scale=scale[1])
    _print_bitmap(press, token.offset, bitmap)


def _word(data: bytes, at: int) -> int:
    return data[at] | data[at + 1] << 8


def _print_bitmap(press: Press, offset: int, bitmap: Bitmap) -> None:
    if not (bitmap.width and bitmap.height):
        press.report(offset, FaultWord.BAD_VALUE, "a picture without dots")
        return
    # rows come in whole bytes: up to seven dots of padding may stand over the edge
    if bitmap.width - 7 * bitmap.x_scale > press.area_dots:
        press.report(offset, FaultWord.RASTER_TOO_WIDE, f"{bitmap.width} dots on {press.area_dots}")
    black = bitmap.black_rows()
    if black is not None:
        press.roll.ink(press.roll.y + black[0], press.roll.y + black[1])
    # a picture too wide is clipped on the right, whatever the alignment
    press.roll.put_raster(offset, max(press.start_x(bitmap.width), press.settings.left_margin), bitmap)
    press.roll.y += bitmap.height


def graphics(press: Press, token: Token) -> None:
    """GS ( L: function 112 stores a one-colour raster, 50 or 2 prints it; 48 and 49 only ask and tune."""
    if len(token.args) < 2 or token.args[0] != 0x30:
        press.report(token.offset, FaultWord.BAD_VALUE, f"GS ( L {token.args[:2].hex(' ')}")
        return
    function, args = token.args[1], token.args[2:]
    if function == 112 and len(args) >= 8:
        _store(press, token, args)
    elif function in (2, 50):
        press.begin_line(token.offset, "raster")
        if press.settings.graphic is None:
            press.report(token.offset, FaultWord.BAD_VALUE, "no picture stored")
            return
        _print_bitmap(press, token.offset, press.settings.graphic)
        press.settings.graphic = None
    elif function not in (0, 1, 48, 49):
        press.report(token.offset, FaultWord.BAD_VALUE, f"GS ( L function {function}")


def _store(press: Press, token: Token, args: bytes) -> None:
    """a bx by c xL xH yL yH: tone 48, scales 1 or 2, colour 49, width in dots and rows."""
    tone, x_scale, y_scale, colour = args[:4]
    width_bytes, rows = (_word(args, 4) + 7) // 8, _word(args, 6)
    good = tone == 48 and colour == 49 and x_scale in (1, 2) and y_scale in (1, 2)
    if not good or len(args) - 8 != width_bytes * rows:
        press.report(token.offset, FaultWord.BAD_VALUE, f"picture {args[:8].hex(' ')} with {len(args) - 8} bytes")
        return
    press.settings.graphic = Bitmap(width_bytes=width_bytes, rows=args[8:], x_scale=x_scale, y_scale=y_scale)


def bit_image(press: Press, token: Token) -> None:
    """ESC * m nL nH: columns of 8 or 24 dots, top bit first; the 8-dot ones are three dots tall each."""
    mode = token.args[0]
    if mode not in (0, 1, 32, 33):
        press.report(token.offset, FaultWord.BAD_VALUE, f"bit image mode {mode}")
        return
    tall = mode in (32, 33)
    columns = _word(token.args, 1)
    if not columns:
        press.report(token.offset, FaultWord.BAD_VALUE, "a picture without dots")
        return
    strip = Bitmap(
        width_bytes=(columns + 7) // 8,
        rows=_rows_of(token.args[3:], columns, 3 if tall else 1),
        x_scale=2 if mode in (0, 32) else 1,
        y_scale=1 if tall else 3,
    )
    before = press.line.x
    if before + columns * strip.x_scale > press.area_dots:
        press.report(token.offset, FaultWord.RASTER_TOO_WIDE, f"{columns * strip.x_scale} dots at {before}")
    press.line.add(token.offset, strip)
    press.line.x = before + columns * strip.x_scale


def _rows_of(data: bytes, columns: int, column_bytes: int) -> bytes:
    """Column-wise dots turned into packed rows."""
    width_bytes = (columns + 7) // 8
    rows = bytearray(width_bytes * 8 * column_bytes)
    for column in range(columns):
        for part in range(column_bytes):
            value = data[column * column_bytes + part]
            for bit in range(8):
                if value & 0x80 >> bit:
                    rows[(part * 8 + bit) * width_bytes + column // 8] |= 0x80 >> column % 8
    return bytes(rows)


COMMANDS: Commands = {
    "GS v": raster,
    "GS ( L": graphics,
    "GS 8 L": graphics,
    "ESC *": bit_image,
}
