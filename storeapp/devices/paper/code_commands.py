"""Code commands: barcodes by GS k and QR codes by GS ( k, drawn by the printer itself."""

from __future__ import annotations

from storeapp.devices.paper import barcodes, qr
from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.ink import Bars, Glyph
from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.press import FONT_B_CELL, Press
from storeapp.devices.paper.records import CELL_HEIGHT_DOTS, CELL_WIDTH_DOTS, Code, CodeKind

_KINDS: dict[int, CodeKind] = {2: "ean13", 67: "ean13", 3: "ean8", 68: "ean8", 73: "code128"}
_OTHER_KINDS = (0, 1, 4, 5, 6, 65, 66, 69, 70, 71, 72)
_BARCODE_QUIET_MODULES = 10
_QR = 49
_LEVELS = {48: "L", 49: "M", 50: "Q", 51: "H"}


def barcode_setting(press: Press, token: Token) -> None:
    value, now = token.args[0], press.settings
    if token.name == "GS h" and value:
        now.barcode_height = value
    elif token.name == "GS w" and 2 <= value <= 6:
        now.barcode_module = value
    elif token.name == "GS H" and value in (0, 1, 2, 3, 48, 49, 50, 51):
        now.hri_above, now.hri_below = bool(value & 1), bool(value & 2)
    elif token.name == "GS f" and value in (0, 1, 48, 49):
        now.hri_font_b = bool(value & 1)
    else:
        press.report(token.offset, FaultWord.BAD_VALUE, f"{token.name} {value}")


def barcode(press: Press, token: Token) -> None:
    press.begin_line(token.offset, "barcode")
    number = token.args[0]
    data = token.args[1:].rstrip(b"\0") if number <= 6 else token.args[2:]
    kind = _KINDS.get(number)
    if kind is None:
        word = FaultWord.UNSUPPORTED_CODE if number in _OTHER_KINDS else FaultWord.BAD_VALUE
        press.report(token.offset, word, f"barcode {number}")
        return
    try:
        text, widths = barcodes.code128(data) if kind == "code128" else barcodes.ean(data, 13 if kind == "ean13" else 8)
    except barcodes.BadBarcode as bad:
        press.report(token.offset, FaultWord.BAD_CODE_DATA, str(bad))
        return
    bars = Bars(widths=widths, module_dots=press.settings.barcode_module, height=press.settings.barcode_height)
    if bars.width > press.area_dots:
        press.report(token.offset, FaultWord.CODE_TOO_LARGE, f"{kind} of {bars.width} dots on {press.area_dots}")
        return
    _print_bars(press, token.offset, kind, text, bars)


def _print_bars(press: Press, offset: int, kind: CodeKind, text: str, bars: Bars) -> None:
    now, roll = press.settings, press.roll
    x = press.start_x(bars.width)
    if now.hri_above:
        _print_hri(press, text, x + bars.width // 2)
    quiet = _BARCODE_QUIET_MODULES * bars.module_dots
    roll.code(offset, x=x, width=bars.width, height=bars.height, quiet_x=quiet, quiet_y=0)
    roll.put(x, roll.y, bars)
    press.codes.append(
        Code(kind, text, x=x, y=roll.y, width=bars.width, height=bars.height, module_dots=bars.module_dots)
    )
    roll.y += bars.height
    if now.hri_below:
        _print_hri(press, text, x + bars.width // 2)


def _print_hri(press: Press, text: str, middle: int) -> None:
    """The human readable interpretation: the code's characters, centred on its bars."""
    width, height = FONT_B_CELL if press.settings.hri_font_b else (CELL_WIDTH_DOTS, CELL_HEIGHT_DOTS)
    x = max(0, middle - width * len(text) // 2)
    shown = "".join(char if char.isprintable() else " " for char in text)
    for index, char in enumerate(shown):
        press.roll.put(x + index * width, press.roll.y, Glyph(char=char, cell_width=width, cell_height=height))
    press.roll.ink(press.roll.y, press.roll.y + height)
    press.roll.y += height


def symbol_command(press: Press, token: Token) -> None:
    """GS ( k: model, module size, error correction, store and print, all for QR (cn = 49)."""
    if not press.model.native_qr:
        _print_as_text(press, token)
        return
    if len(token.args) < 2 or token.args[0] != _QR:
        kind = token.args[0] if token.args else 0
        press.report(token.offset, FaultWord.UNSUPPORTED_CODE, f"two-dimensional code {kind}")
        return
    function, args = token.args[1], token.args[2:]
    now = press.settings
    if function == 65 and args[:1] in (b"1", b"2"):
        return  # model 1 or 2: every printer draws model 2 in the end
    if function == 67 and args and 1 <= args[0] <= 16:
        now.qr_module = args[0]
    elif function == 69 and args and args[0] in _LEVELS:
        now.qr_level = _LEVELS[args[0]]
    elif function == 80 and args[:1] == b"0":
        now.qr_data = args[1:]
    elif function == 81 and args[:1] == b"0":
        _print_qr(press, token.offset)
    else:
        press.report(token.offset, FaultWord.BAD_VALUE, f"GS ( k {token.args[:4].hex(' ')}")


def _print_as_text(press: Press, token: Token) -> None:
    """What a printer without the command does: GS ( is skipped, and the rest reads "k1A2k1C...k1P0https..."."""
    press.report(token.offset, FaultWord.NO_NATIVE_QR, "GS ( k comes out as text")
    for char in "k" + "".join(chr(byte) for byte in token.args if 0x20 <= byte < 0x7F):
        press.place(token.offset, press.glyph(char, wide=False))


def _print_qr(press: Press, offset: int) -> None:
    press.begin_line(offset, "QR code")
    now = press.settings
    if not now.qr_data:
        press.report(offset, FaultWord.BAD_CODE_DATA, "no QR data stored")
        return
    symbol = qr.symbol(now.qr_data, now.qr_level, module_dots=now.qr_module)
    if symbol is None or symbol.width > press.area_dots:
        wide = "no version" if symbol is None else f"{symbol.width} dots"
        press.report(offset, FaultWord.CODE_TOO_LARGE, f"QR of {len(now.qr_data)} bytes: {wide}")
        return
    if symbol.module_dots < qr.SMALLEST_MODULE_DOTS:
        press.report(offset, FaultWord.MODULE_TOO_SMALL, f"{symbol.module_dots} dots a module")
    x, side, quiet = press.start_x(symbol.width), symbol.width, qr.QUIET_MODULES * symbol.module_dots
    press.roll.code(offset, x=x, width=side, height=side, quiet_x=quiet, quiet_y=quiet)
    press.roll.put(x, press.roll.y, symbol)
    text = now.qr_data.decode("utf-8", errors="replace")
    press.codes.append(Code("qr", text, x=x, y=press.roll.y, width=side, height=side, module_dots=symbol.module_dots))
    press.roll.y += side


COMMANDS: Commands = {
    **dict.fromkeys(("GS h", "GS w", "GS H", "GS f"), barcode_setting),
    "GS k": barcode,
    "GS ( k": symbol_command,
}
