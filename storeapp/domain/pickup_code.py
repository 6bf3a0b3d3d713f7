"""Pick-up codes: ten characters that stand for a group order, with a check digit that tells every slip of the hand.

`TG` and eight digits of Crockford's base 32: two of the till that took the order, five nobody can guess, one check.
The check digit is a remainder over the field of 32 elements: no single wrong digit and no two swapped ones pass.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from storeapp.domain import crockford
from storeapp.errors import Refused

PREFIX = "TG"
LENGTH = len(PREFIX) + 8
_TILLS = 1 << 10
_FIELD = 0b100101  # x^5 + x^2 + 1


@dataclass(eq=False)
class BadPickupCode(Refused):
    """`code` looks like a pick-up code and is none: a character of it is wrong."""

    code: str
    word = "bad_pickup_code"


def make(till_number: int, order_id: str, *, n: int = 0) -> str:
    """The code of an order; another `n` gives another one, should the first be taken."""
    digest = hashlib.sha256(f"pickup/{order_id}/{n}".encode()).digest()
    secret = int.from_bytes(digest[:4]) >> 7
    body = crockford.encode(till_number % _TILLS, digits=2) + crockford.encode(secret, digits=5)
    return PREFIX + body + _check(body)


def looks_like_one(text: str) -> bool:
    """Whether somebody who scans or types this means a pick-up code."""
    plain = _plain(text)
    return len(plain) == LENGTH and plain.startswith(PREFIX)


def normal(text: str) -> str:
    """`tg 0l7f-3k9q` as it is stored: `TG017F3K9Q`; raises BadPickupCode."""
    plain = _plain(text)
    try:
        digits = crockford.encode(crockford.decode(plain[len(PREFIX) :]), digits=8)
    except ValueError:
        raise BadPickupCode(plain[:LENGTH]) from None
    if not looks_like_one(plain) or _check(digits[:-1]) != digits[-1]:
        raise BadPickupCode(plain[:LENGTH])
    return PREFIX + digits


def till_of(code: str) -> int:
    """The number of the till that took the order of this (normal) code."""
    return crockford.decode(code[len(PREFIX) : len(PREFIX) + 2])


def is_of_till(code: str, till_number: int) -> bool:
    """Whether that till may have taken it."""
    return till_of(code) == till_number % _TILLS


def shown(code: str) -> str:
    """`TG017F3K9Q` as people read it aloud: `TG 017F 3K9Q`."""
    return f"{code[:2]} {code[2:6]} {code[6:]}"


def _plain(text: str) -> str:
    return "".join(text.split()).replace("-", "").upper()


def _check(digits: str) -> str:
    left = 0
    for digit in digits:
        left = _doubled(left) ^ crockford.decode(digit)
    return crockford.encode(_doubled(left), digits=1)


def _doubled(number: int) -> int:
    """Times x in the field."""
    number <<= 1
    return number ^ _FIELD if number & 32 else number
