"""Barcodes: EAN-13, EAN-8 and CODE128 as bar widths, with the checks a printer makes before it prints."""

from __future__ import annotations

from itertools import groupby

_EAN_LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011"
# which of the six left digits of EAN-13 are mirrored tells the first digit
_EAN_FIRST = ("LLLLLL", "LLGLGG", "LLGGLG", "LLGGGL", "LGLLGG", "LGGLLG", "LGGGLL", "LGLGLG", "LGLGGL", "LGGLGL")
_GUARD, _CENTRE = "101", "01010"

_CODE128 = (
    "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222 "
    "123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321 "
    "232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 "
    "313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 "
    "111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 "
    "111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 "
    "114311 411113 411311 113141 114131 311141 411131 211412 211214 211232"
)
_CODE128_STOP = "2331112"
_START = {"A": 103, "B": 104, "C": 105}
_SHIFT = 98
_FUNCTIONS = {"A": {"1": 102, "2": 97, "3": 96, "4": 101}, "B": {"1": 102, "2": 97, "3": 96, "4": 100}, "C": {"1": 102}}
_SWITCH = {"A": {"B": 100, "C": 99}, "B": {"A": 101, "C": 99}, "C": {"A": 101, "B": 100}}
_ESCAPE = ord("{")

Encoded = tuple[str, tuple[int, ...]]
"""The text a scanner reads, and the widths of bars and gaps in modules, a bar first."""


class BadBarcode(ValueError):
    """The data breaks the code's rules; the message says which, for a fault's detail."""


def check_digit(digits: str) -> str:
    """The GS1 check digit for the digits before it."""
    total = sum(int(digit) * (3 if index % 2 == 0 else 1) for index, digit in enumerate(reversed(digits)))
    return str(-total % 10)


def ean(data: bytes, length: int) -> Encoded:
    """EAN of 13 or 8 digits; the check digit may be left to the printer."""
    digits = data.decode("ascii", errors="replace")
    if not digits.isascii() or not digits.isdigit() or len(digits) not in (length - 1, length):
        raise BadBarcode(f"EAN-{length} of {digits!r}")
    full = digits[: length - 1] + check_digit(digits[: length - 1])
    if len(digits) == length and digits != full:
        raise BadBarcode(f"check digit of {digits} should be {full[-1]}")
    left, right = (full[1:7], full[7:]) if length == 13 else (full[:4], full[4:])
    parities = _EAN_FIRST[int(full[0])] if length == 13 else "LLLL"
    left_half = "".join(_left(digit, parity) for digit, parity in zip(left, parities, strict=True))
    right_half = "".join(_inverted(_ean_pattern(digit)) for digit in right)
    modules = _GUARD + left_half + _CENTRE + right_half + _GUARD
    return full, tuple(len(list(run)) for _, run in groupby(modules))


def _ean_pattern(digit: str) -> str:
    """The seven modules of a digit in the left half."""
    return _EAN_LEFT[8 * int(digit) : 8 * int(digit) + 7]


def _left(digit: str, parity: str) -> str:
    pattern = _ean_pattern(digit)
    return pattern if parity == "L" else _inverted(pattern)[::-1]


def _inverted(pattern: str) -> str:
    return pattern.translate({ord("0"): "1", ord("1"): "0"})


def code128(data: bytes) -> Encoded:
    """CODE128 as GS k takes it: {A {B {C choose the set, {S shifts, {1-{4 are functions, {{ is a brace.

    In set C each byte is the number of a digit pair, 0 to 99, and not its two ASCII digits.
    """
    if len(data) < 2 or data[0] != _ESCAPE or chr(data[1]) not in _START:
        raise BadBarcode("CODE128 data begins with {A, {B or {C")
    current = chr(data[1])
    values, text = [_START[current]], ""
    at = 2
    shifted = False
    while at < len(data):
        byte = data[at]
        if byte == _ESCAPE and data[at + 1 : at + 2] != b"{":
            control = data[at + 1 : at + 2].decode("ascii", errors="replace")
            at += 2
            if control in _SWITCH[current]:
                values.append(_SWITCH[current][control])
                current = control
            elif control == "S" and current != "C":
                values.append(_SHIFT)
                shifted = True
            elif control in _FUNCTIONS[current]:
                values.append(_FUNCTIONS[current][control])
            else:
                raise BadBarcode(f"{{{control} in set {current}")
            continue
        at += 2 if byte == _ESCAPE else 1
        effective = {"A": "B", "B": "A"}[current] if shifted else current
        shifted = False
        value, shown = _value(byte, effective)
        values.append(value)
        text += shown
    if not text:
        raise BadBarcode("CODE128 without data")
    values.append((values[0] + sum(index * value for index, value in enumerate(values))) % 103)
    widths = "".join([*(_code128_pattern(value) for value in values), _CODE128_STOP])
    return text, tuple(int(width) for width in widths)


def _code128_pattern(value: int) -> str:
    """Three bars and three gaps."""
    return _CODE128[7 * value : 7 * value + 6]


def _value(byte: int, code_set: str) -> tuple[int, str]:
    if code_set == "C" and byte <= 99:
        return byte, f"{byte:02d}"
    if code_set == "A" and byte < 0x60:
        return (byte - 0x20 if byte >= 0x20 else byte + 0x40), chr(byte)
    if code_set == "B" and 0x20 <= byte < 0x80:
        return byte - 0x20, chr(byte)
    raise BadBarcode(f"byte {byte:#04x} in set {code_set}")
