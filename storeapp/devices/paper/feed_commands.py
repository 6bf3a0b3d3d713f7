"""Feed commands: line ends, paper feed, cuts, the drawer and the buzzer."""

from __future__ import annotations

from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.press import Press
from storeapp.devices.paper.records import DEFAULT_LINE_DOTS, Beep, DrawerPulse

_PINS = {0: 2, 1: 5, 48: 2, 49: 5}


def line_feed(press: Press, token: Token) -> None:
    press.end_line()


def nothing(press: Press, token: Token) -> None:
    """Taken and without effect on paper: CR behind LF, panel buttons, print colour, which device listens."""


def spacing(press: Press, token: Token) -> None:
    press.settings.line_dots = token.args[0] if token.name == "ESC 3" else DEFAULT_LINE_DOTS


def feed(press: Press, token: Token) -> None:
    lines = token.args[0] if token.name == "ESC d" else None
    press.end_line(token.args[0] if lines is None else lines * press.settings.line_dots)


def cut(press: Press, token: Token) -> None:
    press.begin_line(token.offset, "cut")
    if token.name in ("ESC i", "ESC m") or token.args[0] in (0, 1, 48, 49):
        press.roll.cut(token.offset)
    elif token.args[0] in (65, 66):
        press.roll.feed_and_cut(token.args[1])
    else:
        press.report(token.offset, FaultWord.BAD_VALUE, f"cut {token.args[0]}")


def drawer(press: Press, token: Token) -> None:
    """ESC p counts in 2 ms."""
    _pulse(press, token, token.args[0], on_ms=2 * token.args[1], off_ms=2 * token.args[2])


def drawer_at_once(press: Press, token: Token) -> None:
    """DLE DC4 1 m t: obeyed on arrival, even without paper; t counts in 100 ms."""
    function, connector, time = token.args
    if function != 1 or not 1 <= time <= 8:
        press.report(token.offset, FaultWord.BAD_VALUE, f"DLE DC4 {token.args.hex(' ')}")
        return
    _pulse(press, token, connector, on_ms=100 * time, off_ms=100 * time)


def _pulse(press: Press, token: Token, connector: int, *, on_ms: int, off_ms: int) -> None:
    pin = _PINS.get(connector)
    if pin is None or not on_ms:
        press.report(token.offset, FaultWord.BAD_VALUE, f"drawer {connector} for {on_ms} ms")
        return
    press.pulses.append(DrawerPulse(token.offset, pin, on_ms=on_ms, off_ms=off_ms))


def buzzer(press: Press, token: Token) -> None:
    """ESC B n t of the clones: n times, t in 50 ms."""
    times, length = token.args
    if not (1 <= times <= 9 and 1 <= length <= 9):
        press.report(token.offset, FaultWord.BAD_VALUE, f"buzzer {times} times {length}")
        return
    press.beeps.append(Beep(token.offset, times, each_ms=50 * length))


COMMANDS: Commands = {
    "LF": line_feed,
    **dict.fromkeys(("CR", "NUL", "ESC c", "ESC r", "ESC =", "DLE ENQ"), nothing),
    "ESC 2": spacing,
    "ESC 3": spacing,
    "ESC J": feed,
    "ESC d": feed,
    **dict.fromkeys(("ESC i", "ESC m", "GS V"), cut),
    "ESC p": drawer,
    "DLE DC4": drawer_at_once,
    "ESC B": buzzer,
}
