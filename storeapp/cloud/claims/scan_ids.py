"""Scan ids: one a tap on "claim", in twenty-six characters that say nothing to anybody but us.

Thirteen bytes nobody can foresee, and before them the till's number masked with a hash of those: so the page of a scan
is found without a list over all tenants, and without the receipt's own token going to anyone.
"""

import secrets

from storeapp.cloud.keys import Keys
from storeapp.domain import crockford
from storeapp.errors import Refused

DIGITS = 26
_RANDOM_BYTES = 13


class BadScan(Refused):
    """No scan of ours looks like this."""

    word = "bad_scan"


def page_word() -> str:
    """A word for one opened page, which its button sends along."""
    return secrets.token_hex(8)


def make(keys: Keys, till_number: int, *, token: str, nonce: str) -> str:
    """The scan id of one opened page; the same page sends the same one again, however often its button is tapped."""
    rest = keys.scan_bytes(token, nonce or secrets.token_hex(16))[:_RANDOM_BYTES]
    head = till_number ^ _mask(keys, rest)
    return crockford.encode(int.from_bytes(head.to_bytes(3, "big") + rest, "big"), digits=DIGITS)


def till_number(keys: Keys, scan_id: str) -> int:
    """Which till's receipt was scanned; raises BadScan. Anything of the right length names some till."""
    if len(scan_id) != DIGITS or not scan_id.isascii():
        raise BadScan
    try:
        raw = crockford.decode(scan_id).to_bytes(16, "big")
    except (ValueError, OverflowError):
        raise BadScan from None
    return int.from_bytes(raw[:3], "big") ^ _mask(keys, raw[3:])


def normal(scan_id: str) -> str:
    """A scan id as it is stored."""
    return crockford.encode(crockford.decode(scan_id), digits=DIGITS)


def _mask(keys: Keys, rest: bytes) -> int:
    return int.from_bytes(keys.scan_bytes("mask", rest.hex())[:3], "big")
