"""The capture token: 26 characters on a receipt that say which till printed it, and cannot be forged.

Sixteen bytes: version and key epoch, till number, masked (sequence, day), and a 48-bit tag. Who holds the till's
key can check a token without asking any database; who does not can neither make one nor read sales numbers
from it. The same sale always gives the same token, so a reprint carries it again.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import date

from storeapp.domain import crockford
from storeapp.errors import Refused

TOKEN_DIGITS = 26
CODE_DIGITS = 8
CLOUD_VERSION = 1
STANDALONE_VERSION = 2
DAY_ZERO = date(2024, 12, 31)


@dataclass(eq=False)
class BadToken(Refused):
    """Mistyped, cut, forged or from another shop: the answer is the same."""

    word = "bad_token"


@dataclass(frozen=True, slots=True)
class CaptureKey:
    """A till's key K (32 bytes) and the name it goes by in tokens."""

    version: int
    epoch: int
    till_number: int
    key: bytes

    def __post_init__(self) -> None:
        if not (0 <= self.version < 16 and 0 <= self.epoch < 16 and 0 <= self.till_number < 1 << 24):
            raise ValueError("version and epoch have 4 bits, the till number 24")


@dataclass(frozen=True, slots=True)
class TokenHead:
    """The part of a token anybody can read."""

    version: int
    epoch: int
    till_number: int


@dataclass(frozen=True, slots=True)
class Token:
    """A checked token: `seq` is the till's receipt counter, `day` the business day."""

    head: TokenHead
    seq: int
    day: date


def mint(key: CaptureKey, *, seq: int, day: date) -> str:
    """The token of receipt number `seq` (counted by the till for ever) on `day`."""
    head = bytes([key.version << 4 | key.epoch]) + key.till_number.to_bytes(3, "big")
    plain = seq.to_bytes(4, "big") + (day - DAY_ZERO).days.to_bytes(2, "big", signed=True)
    tag = _mac(key.key, head + plain)
    return crockford.encode(
        int.from_bytes(head + _masked(key.key, head + tag, plain) + tag, "big"), digits=TOKEN_DIGITS
    )


def head_of(token: str) -> TokenHead:
    """Which till a token claims to be from; raises BadToken if it is no token at all."""
    raw = _raw(token)
    return TokenHead(raw[0] >> 4, raw[0] & 15, int.from_bytes(raw[1:4], "big"))


def check(token: str, key: CaptureKey) -> Token:
    """What a token says, once its tag is proven with the till's `key`; raises BadToken."""
    raw = _raw(token)
    head, hidden, tag = raw[:4], raw[4:10], raw[10:]
    plain = _masked(key.key, head + tag, hidden)
    expected = bytes([key.version << 4 | key.epoch]) + key.till_number.to_bytes(3, "big")
    if not (hmac.compare_digest(_mac(key.key, head + plain), tag) and head == expected):
        raise BadToken
    day = date.fromordinal(DAY_ZERO.toordinal() + int.from_bytes(plain[4:], "big", signed=True))
    return Token(head_of(token), int.from_bytes(plain[:4], "big"), day)


def canonical(token: str) -> str:
    """`token` as it is printed: upper case, with I, L and O read as the digits they look like."""
    return crockford.encode(int.from_bytes(_raw(token), "big"), digits=TOKEN_DIGITS)


def redeem_code(token: str, key: CaptureKey) -> str:
    """The eight characters printed under a QR code when no page can be opened: typed at the next visit."""
    digest = hmac.digest(_derived(key.key, b"rcpt/mac"), b"code" + token.encode("ascii"), "sha256")
    return crockford.encode(int.from_bytes(digest[:5], "big"), digits=CODE_DIGITS)


def derive_till_key(tenant_master: bytes, *, till_number: int, epoch: int) -> bytes:
    """K of one till, so that the cloud stores none: HKDF-SHA256 (RFC 5869) with empty salt, 32 bytes."""
    info = b"till|" + till_number.to_bytes(3, "big") + b"|" + bytes([epoch])
    extracted = hmac.digest(bytes(32), tenant_master, "sha256")
    return hmac.digest(extracted, info + b"\x01", "sha256")


def _raw(token: str) -> bytes:
    if len(token) != TOKEN_DIGITS or not token.isascii():
        raise BadToken
    try:
        return crockford.decode(token).to_bytes(16, "big")
    except (ValueError, OverflowError):
        raise BadToken from None


def _derived(key: bytes, purpose: bytes) -> bytes:
    return hmac.digest(key, purpose, "sha256")


def _mac(key: bytes, message: bytes) -> bytes:
    return hmac.digest(_derived(key, b"rcpt/mac"), message, "sha256")[:6]


def _masked(key: bytes, nonce: bytes, data: bytes) -> bytes:
    mask = hmac.digest(_derived(key, b"rcpt/enc"), nonce, "sha256")[:6]
    return bytes(left ^ right for left, right in zip(mask, data, strict=True))
