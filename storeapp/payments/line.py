"""The line to a payment company: one HTTP request, one answer, and never longer than it may take.

Two kinds of silence are told apart, for money depends on it: nothing was sent, or nobody knows.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import httpx2

from storeapp.domain.payment import NOT_SENT, Take
from storeapp.errors import Unavailable

CONNECT_S = 5.0
READ_S = 12.0
ANSWER_BYTES = 1 << 20

# no connection ever stood: not one byte of the request can have arrived
_NOTHING_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.UnsupportedProtocol)


@dataclass(eq=False)
class NotSent(Unavailable):
    """The company cannot be reached; nothing was sent."""

    word = NOT_SENT


@dataclass(eq=False)
class NoAnswer(Unavailable):
    """What was sent may have arrived; no whole answer came back."""

    word = "no_answer"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back. Header names are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One company's address. `transport` replaces the network in tests."""

    def __init__(
        self,
        base_url: str,
        *,
        connect_s: float = CONNECT_S,
        read_s: float = READ_S,
        transport: httpx2.BaseTransport | None = None,
    ) -> None:
        self._longest_s = 2 * read_s + connect_s
        self._client = httpx2.Client(
            base_url=base_url,
            timeout=httpx2.Timeout(read_s, connect=connect_s),
            transport=transport,
            follow_redirects=False,  # money is never sent where an answer points
            trust_env=False,
        )

    def ask(self, method: str, path: str, *, headers: dict[str, str], body: bytes = b"") -> Reply:
        """The answer; raises NotSent or NoAnswer."""
        until = time.monotonic() + self._longest_s
        try:
            with self._client.stream(method, path, headers=headers, content=body) as response:
                came = bytearray()
                for part in response.iter_bytes():
                    came += part
                    # an answer that drips never runs into the read timeout
                    if len(came) > ANSWER_BYTES or time.monotonic() > until:
                        raise NoAnswer
                return Reply(response.status_code, {k.lower(): v for k, v in response.headers.items()}, bytes(came))
        except _NOTHING_SENT as error:
            raise NotSent from error
        except (httpx2.HTTPError, httpx2.InvalidURL, httpx2.StreamError) as error:
            raise NoAnswer from error

    def close(self) -> None:
        self._client.close()


def silence(error: Unavailable) -> Take:
    """What no answer to a request for money means: failed only if nothing was sent."""
    if isinstance(error, NotSent):
        return Take("failed", reason=error.word)
    return Take("unknown", reason=error.word)
