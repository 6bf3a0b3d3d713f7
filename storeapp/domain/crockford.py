"""Crockford's base 32: digits people can read aloud and type without mistakes."""

from __future__ import annotations

DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)} | {"O": 0, "I": 1, "L": 1}


def encode(number: int, *, digits: int) -> str:
    """`number` as exactly `digits` digits, zeros in front; raises ValueError if it does not fit."""
    if not 0 <= number < 1 << (5 * digits):
        raise ValueError(f"{number} does not fit {digits} digits")
    return "".join(DIGITS[number >> (5 * place) & 31] for place in reversed(range(digits)))


def decode(text: str) -> int:
    """The number behind `text`; lower case, I, L and O are forgiven; raises ValueError."""
    number = 0
    for char in text.upper():
        value = _VALUES.get(char)
        if value is None:
            raise ValueError(f"{char!r} is no Crockford digit")
        number = number << 5 | value
    return number
