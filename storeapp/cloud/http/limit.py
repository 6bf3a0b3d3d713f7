"""The limit: no request is read further than a message may be long, whatever it says of its own length."""

import json

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from storeapp.cloud.clock import instant, system_clock
from storeapp.wire.versions import MESSAGE_BYTES, PUSH_BYTES, PUSH_PATH


class _TooLarge(Exception):
    """Read too much; answered below, never seen outside."""


class BodyLimit:
    """Answers 413 to a body of more than `most` bytes, and reads no more of it; a push may be one large event."""

    def __init__(self, app: ASGIApp, most: int = PUSH_BYTES) -> None:
        self._app = app
        self._most = most

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        most = MESSAGE_BYTES if scope["path"] == PUSH_PATH else self._most
        told = dict(scope["headers"]).get(b"content-length", b"0")
        if told.isdigit() and int(told) > most:
            await _refuse(send)
            return
        read = 0
        has_begun = False

        async def receive_some() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise _TooLarge
            return message

        async def send_on(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self._app(scope, receive_some, send_on)
        except _TooLarge:
            if not has_begun:
                await _refuse(send)


async def _refuse(send: Send) -> None:
    body = json.dumps({"refused": "too_large", "now": instant(system_clock())}).encode("ascii")
    headers = [(b"content-type", b"application/json"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
