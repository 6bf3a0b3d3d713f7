"""The pretended companies without a network: an HTTP transport that calls the app, as fast as a function."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx2

from storeapp.payments.fake.app import FakeProviders, Message


class InProcess(httpx2.BaseTransport):
    """Carries requests to `app`. `on_the_way` is called before and after each, as a place to pull a plug."""

    def __init__(self, app: FakeProviders, *, on_the_way: Callable[[str], None] = lambda place: None) -> None:
        self._app, self._on_the_way = app, on_the_way

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self._on_the_way("before")
        sent: list[Message] = []
        body = request.read()
        scope = {
            "type": "http",
            "method": request.method,
            "path": request.url.path,
            "query_string": request.url.query,
            "headers": [(name.lower(), value) for name, value in request.headers.raw],
        }

        async def receive() -> Message:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Message) -> None:
            sent.append(message)

        _run(self._app(scope, receive, send))
        self._on_the_way("after")
        start, came = sent[0], b"".join(message["body"] for message in sent[1:])
        headers = dict(start["headers"])
        if len(came) != int(headers.pop(b"content-length")):
            raise httpx2.RemoteProtocolError("the line was dropped", request=request)
        return httpx2.Response(start["status"], headers=list(headers.items()), content=came, request=request)


def _run(deed: Any) -> None:
    """Runs a coroutine that waits for nobody."""
    try:
        deed.send(None)
    except StopIteration:
        return
    raise RuntimeError("the app waited for something")
