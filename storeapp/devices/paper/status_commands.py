"""Status commands: what the printer says when it is asked."""

from __future__ import annotations

from storeapp.devices.paper.command import Commands
from storeapp.devices.paper.faults import FaultWord
from storeapp.devices.paper.lexer import Token
from storeapp.devices.paper.press import Press
from storeapp.devices.paper.records import PrinterState

_ALWAYS = 0x12
"""Bits 1 and 4 are set and bits 0 and 7 clear in every DLE EOT answer: how it is told from noise."""


def real_time(press: Press, token: Token) -> None:
    """DLE EOT n: answered on arrival, whatever waits in the buffer."""
    answer = real_time_answer(press.state, token.args[0])
    if answer is None:
        press.report(token.offset, FaultWord.BAD_VALUE, f"DLE EOT {token.args[0]}")
        return
    press.answers.append(answer)


def real_time_answer(state: PrinterState, question: int) -> int | None:
    """1 printer, 2 cause of being offline, 3 error, 4 paper roll; None for a question that does not exist."""
    match question:
        case 1:
            bits = (0x04 if state.drawer_open else 0) | (0 if state.can_print else 0x08)
        case 2:
            bits = (0x04 if state.cover_open else 0) | (0x40 if state.error else 0)
            bits |= 0x20 if state.paper == "out" else 0
        case 3:
            bits = 0x08 if state.error else 0
        case 4:
            bits = {"ok": 0x00, "near_end": 0x0C, "out": 0x6C}[state.paper]
        case _:
            return None
    return _ALWAYS | bits


def in_turn(press: Press, token: Token) -> None:
    """GS r n: answered when everything before it is printed, so its answer is the proof of a job. 1 paper, 2 drawer."""
    match token.args[0]:
        case 1 | 49:
            press.answers.append({"ok": 0x00, "near_end": 0x03, "out": 0x0F}[press.state.paper])
        case 2 | 50:
            press.answers.append(0x01 if press.state.drawer_open else 0x00)
        case other:
            press.report(token.offset, FaultWord.BAD_VALUE, f"GS r {other}")


def automatic(press: Press, token: Token) -> None:
    """GS a n: turning the automatic answer on is answered with the four bytes of the present state."""
    if token.args[0]:
        state = press.state
        first = 0x10 | (0x04 if state.drawer_open else 0) | (0 if state.can_print else 0x08)
        first |= 0x20 if state.cover_open else 0
        paper = {"ok": 0x00, "near_end": 0x03, "out": 0x0F}[state.paper]
        press.answers += bytes((first, 0x08 if state.error else 0x00, paper, 0x00))


def process_id(press: Press, token: Token) -> None:
    """GS ( H fn 48: four characters that come back when everything before them is printed."""
    if len(token.args) != 6 or token.args[:2] != b"00":
        press.report(token.offset, FaultWord.BAD_VALUE, f"GS ( H {token.args.hex(' ')}")
        return
    press.answers += b"\x37\x22" + token.args[2:] + b"\0"


COMMANDS: Commands = {
    "DLE EOT": real_time,
    "GS r": in_turn,
    "GS a": automatic,
    "GS ( H": process_id,
}
REAL_TIME = frozenset({"DLE EOT", "DLE ENQ", "DLE DC4"})
