"""Text commands: characters, their look, the Chinese mode and where they go on the line."""

from __future__ import annotations

from collections.abc import Iterable

from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.hanzi import CODE_PAGES, Character, Finding, read_code_page, read_gbk
from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.line import LineBuffer
from storeapp.devices.paper.press import Press, Settings
from storeapp.devices.paper.records import CELL_WIDTH_DOTS, Align

_ALIGNS: dict[int, Align] = {0: "left", 1: "center", 2: "right", 48: "left", 49: "center", 50: "right"}
_TAB_COLUMNS = 8


def text(press: Press, token: Token) -> None:
    for item in _read(press, token):
        if isinstance(item, Finding):
            press.report(item.offset, item.word, item.detail)
        else:
            _type(press, item)


def _read(press: Press, token: Token) -> Iterable[Character | Finding]:
    now = press.settings
    high = next((at for at, byte in enumerate(token.args) if byte >= 0x80), None)
    if high is not None and now.chinese is None and not press.said_mode_missing:
        press.said_mode_missing = True
        press.report(token.offset + high, FaultWord.CHINESE_MODE_UNSAID, "neither FS & nor FS . since ESC @")
    if now.chinese is not False and press.model.chinese_rom:
        return read_gbk(token.args, token.offset)
    if high is not None and now.chinese:
        press.report(token.offset + high, FaultWord.NO_CHINESE_ROM, token.args[high:].decode("gbk", errors="replace"))
    return read_code_page(token.args, token.offset, code_page=now.code_page)


def _type(press: Press, character: Character) -> None:
    now = press.settings
    char = character.char
    if character.wide:
        if now.font_b:
            press.report(character.offset, FaultWord.HANZI_IN_FONT_B, char)
        small = (now.hanzi.width_factor, now.hanzi.height_factor) == (1, 1)
        if small and (now.ascii.width_factor, now.ascii.height_factor) != (1, 1):
            press.report(character.offset, FaultWord.HANZI_LEFT_SMALL, char)
    elif char == "$" and now.yen_for_dollar:
        char = "¥"
    press.place(character.offset, press.glyph(char, wide=character.wide))


def reset(press: Press, token: Token) -> None:
    if not press.line.is_empty:
        press.report(token.offset, FaultWord.TEXT_DROPPED, press.line.text())
    press.line = LineBuffer()
    press.settings = Settings()
    press.said_mode_missing = False


def print_mode(press: Press, token: Token) -> None:
    bits, script = token.args[0], press.settings.ascii
    press.settings.font_b = bool(bits & 0x01)
    press.settings.bold = bool(bits & 0x08)
    script.height_factor = 2 if bits & 0x10 else 1
    script.width_factor = 2 if bits & 0x20 else 1
    script.underline = 1 if bits & 0x80 else 0


def hanzi_mode(press: Press, token: Token) -> None:
    bits, script = token.args[0], press.settings.hanzi
    script.width_factor = 2 if bits & 0x04 else 1
    script.height_factor = 2 if bits & 0x08 else 1
    script.underline = 1 if bits & 0x80 else 0


def hanzi_quadruple(press: Press, token: Token) -> None:
    factor = 2 if token.args[0] & 1 else 1
    press.settings.hanzi.width_factor = press.settings.hanzi.height_factor = factor


def size(press: Press, token: Token) -> None:
    width, height = (token.args[0] >> 4) + 1, (token.args[0] & 0x0F) + 1
    if width > 8 or height > 8:
        press.report(token.offset, FaultWord.BAD_VALUE, f"size {width} x {height}, at most 8 x 8")
        return
    for script in (press.settings.ascii, press.settings.hanzi):
        script.width_factor, script.height_factor = width, height


def underline(press: Press, token: Token) -> None:
    dots = token.args[0] % 48
    if dots > 2:
        press.report(token.offset, FaultWord.BAD_VALUE, f"underline {token.args[0]}")
        return
    script = press.settings.ascii if token.name == "ESC -" else press.settings.hanzi
    script.underline = dots


def switch(press: Press, token: Token) -> None:
    """The settings that are on when the lowest bit is."""
    on = bool(token.args[0] & 1)
    match token.name:
        case "ESC E":
            press.settings.bold = on
        case "ESC G":
            press.settings.double_strike = on
        case "ESC {":
            press.settings.upside_down = on
        case "GS B":
            press.settings.inverse = on


def chinese_on(press: Press, token: Token) -> None:
    press.settings.chinese = True


def chinese_off(press: Press, token: Token) -> None:
    press.settings.chinese = False


def gaps(press: Press, token: Token) -> None:
    if token.name == "ESC SP":
        press.settings.ascii.gap_right = token.args[0]
    else:
        press.settings.hanzi.gap_left, press.settings.hanzi.gap_right = token.args[0], token.args[1]


def font(press: Press, token: Token) -> None:
    if token.args[0] not in (0, 1, 48, 49):
        press.report(token.offset, FaultWord.BAD_VALUE, f"font {token.args[0]}")
        return
    press.settings.font_b = token.args[0] in (1, 49)


def code_page(press: Press, token: Token) -> None:
    page = CODE_PAGES.get(token.args[0])
    if page is None:
        press.report(token.offset, FaultWord.BAD_VALUE, f"code page {token.args[0]}")
        return
    press.settings.code_page = page


def country(press: Press, token: Token) -> None:
    """Only two of the country sets are safe to use: the American one, and the Chinese one with a yuan sign for $."""
    if token.args[0] not in (0, 15):
        press.report(token.offset, FaultWord.BAD_VALUE, f"country set {token.args[0]}")
        return
    press.settings.yen_for_dollar = token.args[0] == 15


def align(press: Press, token: Token) -> None:
    press.begin_line(token.offset, "alignment")
    where = _ALIGNS.get(token.args[0])
    if where is None:
        press.report(token.offset, FaultWord.BAD_VALUE, f"alignment {token.args[0]}")
        return
    press.settings.align = where


def margins(press: Press, token: Token) -> None:
    press.begin_line(token.offset, "margin")
    dots = int.from_bytes(token.args, "little")
    room = press.model.width_dots - (press.settings.left_margin if token.name == "GS W" else 0)
    if dots > room or (token.name == "GS W" and not dots):
        press.report(token.offset, FaultWord.BAD_VALUE, f"{token.name} {dots} of {room} dots")
    elif token.name == "GS L":
        press.settings.left_margin = dots
    else:
        press.settings.area_dots = dots


def position(press: Press, token: Token) -> None:
    dots = int.from_bytes(token.args, "little", signed=token.name == "ESC \\")
    x = press.line.x + dots if token.name == "ESC \\" else dots
    if not 0 <= x <= press.area_dots:
        press.report(token.offset, FaultWord.BAD_VALUE, f"position {x} of {press.area_dots} dots")
        return
    press.line.x = x


def tab(press: Press, token: Token) -> None:
    stop = _TAB_COLUMNS * CELL_WIDTH_DOTS
    x = (press.line.x // stop + 1) * stop
    if x < press.area_dots:
        press.line.x = x


COMMANDS: Commands = {
    "text": text,
    "ESC @": reset,
    "ESC !": print_mode,
    "FS !": hanzi_mode,
    "FS W": hanzi_quadruple,
    "GS !": size,
    "ESC -": underline,
    "FS -": underline,
    **dict.fromkeys(("ESC E", "ESC G", "ESC {", "GS B"), switch),
    "FS &": chinese_on,
    "FS .": chinese_off,
    "ESC SP": gaps,
    "FS S": gaps,
    "ESC M": font,
    "ESC t": code_page,
    "ESC R": country,
    "ESC a": align,
    "GS L": margins,
    "GS W": margins,
    "ESC $": position,
    "ESC \\": position,
    "HT": tab,
}
