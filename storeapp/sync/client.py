"""Client: what a till says to the cloud, and how it understands each answer.

Every failure is either Unavailable (try again later) or Refused (trying again will not help), and carries data.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from pydantic import ValidationError

from storeapp.errors import Refused, StoreappError
from storeapp.sync.transport import (
    READ_TIMEOUT_S,
    Answer,
    CloudBusy,
    CloudSpeaksGarbage,
    CloudUnreachable,
    Signer,
    Transport,
)
from storeapp.till.ports import Clock
from storeapp.wire import messages, pay, versions
from storeapp.wire.messages import Message

M = TypeVar("M", bound=Message)
_RETRY_AFTER_MAX_S = 3600
# a signature made a minute off is still inside the window: only a clock that is far off is worth a second try
_CLOCK_OFF_S = 60.0


@dataclass(eq=False)
class CloudRefuses(Refused):
    """The cloud says no: `reason` is its own word."""

    reason: str
    word = "cloud_refuses"


@dataclass(eq=False)
class InviteRefused(Refused):
    """The invite code does not open the door: `reason` tells whether it is unknown, used or too old."""

    reason: str
    word = "invite_refused"


@dataclass(eq=False)
class DeviceRevoked(Refused):
    """The owner has shut this till out of the cloud. It goes on selling, and keeps everything."""

    word = "device_revoked"


@dataclass(eq=False)
class DeviceUnknown(Refused):
    """The cloud does not know this till, or not by this key."""

    word = "device_unknown"


@dataclass(eq=False)
class TooLarge(Refused):
    """The cloud takes no message of this size."""

    word = "too_large"


class CloudClient:
    """The cloud, as this till's device speaks to it."""

    def __init__(
        self,
        base_url: str,
        signer: Signer,
        *,
        clock: Clock,
        timeout_s: float = READ_TIMEOUT_S,
        plain_http_allowed: bool = False,
        tls: ssl.SSLContext | None = None,
    ) -> None:
        self._transport = Transport(
            base_url, clock=clock, timeout_s=timeout_s, plain_http_allowed=plain_http_allowed, tls=tls
        )
        self._signer = signer

    @property
    def device_id(self) -> str:
        return self._signer.device_id

    @property
    def url(self) -> str:
        """The cloud's address, tidied up."""
        return self._transport.url

    @property
    def clock_offset_s(self) -> float:
        """How far the cloud's clock is ahead of this machine's, as far as known."""
        return self._transport.offset_s

    def now(self) -> datetime:
        """This machine's time, uncorrected."""
        return self._transport.now()

    def hang_up(self) -> None:
        """From any thread: what is under way ends by itself, and nothing more is asked."""
        self._transport.hang_up()

    def close(self) -> None:
        self._transport.close()

    def enrol(self, ask: messages.EnrolAsk) -> messages.EnrolAnswer:
        """Asked again with the same code, device and key it answers the same: a lost answer costs nothing."""
        asked_at = self._transport.now()
        answer = self._transport.post(versions.ENROL_PATH, messages.dump(ask), signer=None)
        if answer.status in (400, 401, 403, 404, 409, 410, 422):
            raise InviteRefused(_denied(answer).refused)
        found = _understood(answer, messages.EnrolAnswer)
        self._transport.learn_time(found.server_now, asked_at=asked_at)
        return found

    def hello(self, ask: messages.HelloAsk) -> messages.HelloAnswer:
        asked_at = self._transport.now()
        answer = self._post(versions.HELLO_PATH, ask)
        found = _understood(answer, messages.HelloAnswer)
        self._transport.learn_time(found.server_now, asked_at=asked_at)
        return found

    def push(self, ask: messages.PushAsk) -> messages.PushAnswer | messages.PushConflict:
        answer = self._post(versions.PUSH_PATH, ask)
        if answer.status == 409:
            return _shaped(answer, messages.PushConflict)
        return _understood(answer, messages.PushAnswer)

    def pull(self, feed: str, *, after: int, limit: int = versions.PULL_ROWS) -> messages.PullAnswer:
        query = {"feed": feed, "after": str(after), "limit": str(limit)}
        answer = self._signed(lambda: self._transport.get(versions.PULL_PATH, query, signer=self._signer))
        return _understood(answer, messages.PullAnswer)

    def pay(self, path: str, ask: Message) -> pay.PayAnswer:
        """A question about a payment; asked again it is answered as before."""
        return _understood(self._post(path, ask), pay.PayAnswer)

    def _post(self, path: str, message: Message) -> Answer:
        body = messages.dump(message)
        return self._signed(lambda: self._transport.post(path, body, signer=self._signer))

    def _signed(self, ask: Callable[[], Answer]) -> Answer:
        """Asks again, signed anew, when only the signature's moment was at fault."""
        before = self._transport.offset_s
        asked_at = self._transport.now()
        answer = ask()
        if answer.status != 401:
            return answer
        denied = _denied(answer)
        self._transport.learn_time(denied.now, asked_at=asked_at)
        # "replayed": somebody on the way said it twice, and we got the answer to the second; the first one counted
        is_worth_it = denied.refused == "replayed" or abs(self._transport.offset_s - before) > _CLOCK_OFF_S
        return ask() if is_worth_it else answer


def _understood(answer: Answer, shape: type[M]) -> M:
    if answer.status == 200:
        return _shaped(answer, shape)
    raise _failure(answer)


def _failure(answer: Answer) -> StoreappError:
    if answer.status in (429, 503):
        wait = answer.data.get("retry_after", 0)
        is_sane = isinstance(wait, int) and not isinstance(wait, bool) and wait >= 0
        return CloudBusy(min(wait, _RETRY_AFTER_MAX_S) if is_sane else 0)
    if answer.status == 413:
        return TooLarge()
    word = _denied(answer).refused
    if word == "revoked":
        return DeviceRevoked()
    if word == "unknown_device":
        return DeviceUnknown()
    if word == "replayed":
        return CloudUnreachable("replayed")
    return CloudRefuses(word)


def _denied(answer: Answer) -> messages.Denied:
    return _shaped(answer, messages.Denied)


def _shaped(answer: Answer, shape: type[M]) -> M:
    try:
        return shape.model_validate(answer.data)
    except ValidationError as error:
        raise CloudSpeaksGarbage(f"{shape.__name__}: {error.error_count()} wrong") from error
