"""Transport: one signed request, one bounded answer, and a name for everything that can go wrong between.

An answer is believed only as far as it is JSON of a sane size from the host that was asked: no redirect is followed,
nothing is unpacked, and no certificate is waved through.
"""

from __future__ import annotations

import ipaddress
import logging
import secrets
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from urllib.parse import urlencode, urlsplit

import httpx2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from storeapp.errors import Refused, Unavailable
from storeapp.till.ports import Clock
from storeapp.wire import codec, signing

log = logging.getLogger(__name__)

CONNECT_TIMEOUT_S = 5.0
READ_TIMEOUT_S = 10.0
# a server that drips a byte now and then keeps every read alive, so the whole exchange has an end too
EXCHANGE_TIMEOUT_S = 60.0
# servers commonly hang up after five idle seconds: better not to speak into a line that is just being cut
KEEP_IDLE_S = 3.0
ANSWER_BYTES_MAX = 16 * 1024 * 1024

NoAnswer = Literal["unconnected", "untrusted", "timeout", "broken_off", "server_error", "replayed", "hung_up"]


@dataclass(eq=False)
class CloudUnreachable(Unavailable):
    """No answer came, or the server failed over the question: `reason`, and the HTTP `status` if there was one."""

    reason: NoAnswer
    status: int | None = None
    word = "cloud_unreachable"


@dataclass(eq=False)
class CloudBusy(Unavailable):
    """The cloud asks to be left alone for `retry_after_s`."""

    retry_after_s: int
    word = "cloud_busy"


@dataclass(eq=False)
class CloudSpeaksGarbage(Unavailable):
    """Something answered, but not our cloud in its senses: `reason`. Nothing of it was used."""

    reason: str
    word = "cloud_speaks_garbage"


@dataclass(eq=False)
class BadUrl(Refused):
    """`url` is no address of a cloud."""

    url: str
    word = "bad_url"


@dataclass(eq=False)
class PlainHttp(Refused):
    """`url` is not encrypted on its way, and nobody asked for that."""

    url: str
    word = "plain_http"


@dataclass(frozen=True, slots=True)
class Signer:
    """Who asks, and the key that proves it."""

    device_id: str
    key: Ed25519PrivateKey

    def headers(self, request: signing.Request, *, at: datetime) -> dict[str, str]:
        """The signature of this request, good once."""
        nonce = secrets.token_urlsafe(18)
        return signing.sign(request, self.key, device_id=self.device_id, created=int(at.timestamp()), nonce=nonce)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the HTTP status and the JSON object in it."""

    status: int
    data: dict[str, Any]


def cloud_url(text: str) -> str:
    """`shop.example.cn/` as `https://shop.example.cn`; raises BadUrl for what has a path, a query or a password."""
    typed = text.strip()
    try:
        parts = urlsplit(typed if "://" in typed else f"https://{typed}")
        port = parts.port
    except ValueError:
        raise BadUrl(text) from None
    extras = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("https", "http") or not parts.hostname or extras or not _is_plain_host(parts.hostname):
        raise BadUrl(text)
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return f"{parts.scheme}://{host}" + (f":{port}" if port else "")


def _is_plain_host(host: str) -> bool:
    return len(host) <= 253 and all(char.isalnum() or char in "-.:_" for char in host)


def is_loopback(url: str) -> bool:
    """Whether this address never leaves the machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_plain(url: str) -> bool:
    """Whether others on the way could read along."""
    return urlsplit(url).scheme == "http" and not is_loopback(url)


class Transport:
    """One cloud, over kept connections. Safe to use from one thread at a time."""

    def __init__(
        self,
        base_url: str,
        *,
        clock: Clock,
        timeout_s: float = READ_TIMEOUT_S,
        plain_http_allowed: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self.url = cloud_url(base_url)
        if is_plain(self.url) and not plain_http_allowed:
            raise PlainHttp(self.url)
        self._clock = clock
        self._offset = timedelta()
        self._has_hung_up = False
        self._http = httpx2.Client(
            base_url=self.url,
            timeout=httpx2.Timeout(timeout_s, connect=min(CONNECT_TIMEOUT_S, timeout_s)),
            limits=httpx2.Limits(keepalive_expiry=KEEP_IDLE_S),
            follow_redirects=False,
            verify=tls or _verification(self.url),
            # a proxy of the network has no business with what stays on this machine
            trust_env=not is_loopback(self.url),
            headers={"Accept": "application/json", "Accept-Encoding": "identity", "User-Agent": "storeapp"},
        )

    def hang_up(self) -> None:
        self._has_hung_up = True

    def close(self) -> None:
        self._http.close()

    @property
    def offset_s(self) -> float:
        """How far the server's clock is ahead of ours, as far as known."""
        return self._offset.total_seconds()

    def learn_time(self, server_now: str, *, asked_at: datetime) -> None:
        """Sets our idea of the server's clock by what it said; the answer took half the way there and back."""
        try:
            said = datetime.fromisoformat(server_now)
        except ValueError:
            raise CloudSpeaksGarbage("time") from None
        if said.tzinfo is None:
            raise CloudSpeaksGarbage("time")
        now = self._clock.now()
        self._offset = said - (asked_at + (now - asked_at) / 2)

    def now(self) -> datetime:
        """Our own clock, uncorrected."""
        return self._clock.now()

    def post(self, path: str, body: bytes, *, signer: Signer | None) -> Answer:
        return self._exchange(signing.Request("POST", path, "", body), signer)

    def get(self, path: str, query: Mapping[str, str], *, signer: Signer | None) -> Answer:
        return self._exchange(signing.Request("GET", path, urlencode(query), b""), signer)

    def _exchange(self, request: signing.Request, signer: Signer | None) -> Answer:
        if self._has_hung_up:
            raise CloudUnreachable("hung_up")
        headers = {} if signer is None else signer.headers(request, at=self._clock.now() + self._offset)
        if request.body:
            headers["Content-Type"] = "application/json"
        target = f"{request.path}?{request.query}" if request.query else request.path
        try:
            with self._http.stream(request.method, target, content=request.body or None, headers=headers) as response:
                status, found = response.status_code, _bounded(response)
                kind = response.headers.get("content-type", "")
        except httpx2.TransportError as error:
            raise CloudUnreachable(_reason(error)) from error
        except httpx2.HTTPError as error:
            raise CloudSpeaksGarbage("http") from error
        return _read(status, kind, found)


def _verification(url: str) -> ssl.SSLContext | bool:
    """Certificates are always checked. Without encryption there are none, and reading the machine's list takes long."""
    return True if urlsplit(url).scheme == "https" else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _bounded(response: httpx2.Response) -> bytes:
    """The answer's bytes, as sent; CloudSpeaksGarbage when there are too many or they are packed."""
    if response.headers.get("content-encoding", "identity") != "identity":
        raise CloudSpeaksGarbage("encoding")
    ends_at = time.monotonic() + EXCHANGE_TIMEOUT_S
    found = bytearray()
    for chunk in response.iter_raw():
        found += chunk
        if len(found) > ANSWER_BYTES_MAX:
            raise CloudSpeaksGarbage("oversize")
        if time.monotonic() > ends_at:
            raise CloudUnreachable("timeout")
    return bytes(found)


def _read(status: int, kind: str, found: bytes) -> Answer:
    if 300 <= status < 400:
        raise CloudSpeaksGarbage("redirect")
    if status >= 500 and status != 503:
        raise CloudUnreachable("server_error", status)
    try:
        data = codec.loads(found) if kind.partition(";")[0].strip().lower() == "application/json" else None
    except ValueError:
        data = None
    if isinstance(data, dict):
        return Answer(status, data)
    # a gateway before the cloud speaks in its own words
    if status in (413, 429, 503):
        return Answer(status, {})
    raise CloudSpeaksGarbage("not_json")


def _reason(error: httpx2.TransportError) -> NoAnswer:
    if isinstance(error, httpx2.ConnectTimeout):
        return "unconnected"
    if isinstance(error, httpx2.TimeoutException):
        return "timeout"
    if isinstance(error, httpx2.ConnectError):
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, ssl.SSLError):
                return "untrusted"
            cause = cause.__cause__ or cause.__context__
        return "unconnected"
    return "broken_off"
