"""Codec: one byte string for one value, so that two sides can hash what they both hold."""

import base64
import binascii
import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from typing import Any

EMPTY_SUM = bytes(32)


def canonical(value: object) -> bytes:
    """The canonical JSON of a value: sorted keys, no spaces, UTF-8 as it is; ValueError for NaN and what is not JSON.

    Money, quantities and points are whole numbers on this wire.
    """
    try:
        text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    except TypeError as error:
        raise ValueError("not JSON") from error
    return text.encode("utf-8")


def loads(body: bytes) -> Any:
    """JSON that says each key once and holds no NaN and nothing endless; ValueError otherwise.

    A key said twice would be read differently by two programs, though they hashed the same bytes.
    """
    try:
        return json.loads(body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_constant, parse_float=_finite)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key is said twice")
    return found


def _finite(said: str) -> float:
    number = float(said)
    if not math.isfinite(number):
        raise ValueError(f"{said[:40]} is beyond any number")
    return number


def _constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")


def b64(raw: bytes) -> str:
    """URL-safe base64 without padding."""
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode("ascii")


def unb64(text: str) -> bytes:
    """The bytes of `b64`; ValueError when the text is anything else, also when it ends in stray bits."""
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("not base64") from error
    if b64(raw) != text:
        raise ValueError("not base64")
    return raw


def feed_sum(start: bytes, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The running SHA-256 over a feed's rows, each `{"seq","t","v","body"}` in its canonical form.

    `start` is the sum after the row before the first one given (EMPTY_SUM at the feed's beginning), so a till that
    carries the sum along with its cursor notices at once when the two sides hold different rows.
    """
    total = start
    for row in rows:
        total = hashlib.sha256(total + canonical({key: row[key] for key in ("seq", "t", "v", "body")})).digest()
    return total
