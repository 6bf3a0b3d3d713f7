"""Invites: ten characters an owner reads to whoever stands at the new till; good once, for a quarter of an hour."""

import secrets
from datetime import timedelta

from storeapp.domain import crockford

DIGITS = 10
GOOD_FOR = timedelta(minutes=15)


def new_code() -> str:
    return crockford.encode(secrets.randbits(5 * DIGITS), digits=DIGITS)


def normal(text: str) -> str:
    """A code as typed, however it is spaced and cased; ValueError if it is none."""
    plain = "".join(text.split()).replace("-", "")
    if len(plain) != DIGITS or not plain.isascii():
        raise ValueError("an invite code has ten characters")
    return crockford.encode(crockford.decode(plain), digits=DIGITS)
