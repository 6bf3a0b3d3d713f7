"""The three pretended companies as one ASGI app, and the door by which a test or a trainer directs them.

`/__fake/` takes JSON: POST scripts {code: script}; POST clock {"seconds": n}, which answers "now"; GET book; GET
statement?company=.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs
from zoneinfo import ZoneInfo

from storeapp.payments.alipay import GATEWAY
from storeapp.payments.fake.alipay import FakeAlipay
from storeapp.payments.fake.answer import Answer, Request
from storeapp.payments.fake.keys import FakeKeys
from storeapp.payments.fake.orders import Orders
from storeapp.payments.fake.scripts import SCRIPTS
from storeapp.payments.fake.shouqianba import FakeShouqianba
from storeapp.payments.fake.statement import statement
from storeapp.payments.fake.wechat import FakeWechat

Message = MutableMapping[str, Any]
REQUEST_BYTES = 1 << 16


@dataclass
class VirtualClock:
    """The real time, or one that stands still at `stands`, moved on by whoever directs."""

    stands: datetime | None = None
    ahead: timedelta = field(default_factory=timedelta)

    def now(self) -> datetime:
        base = self.stands if self.stands is not None else datetime.now(ZoneInfo("Asia/Shanghai"))
        return base + self.ahead

    def go_on(self, seconds: float) -> None:
        self.ahead += timedelta(seconds=seconds)


class FakeProviders:
    """The ASGI app. `orders.book` proves what was charged and given back."""

    def __init__(self, *, now: Callable[[], datetime] | None = None, keys: FakeKeys | None = None) -> None:
        self.clock = VirtualClock()
        self.keys = keys or FakeKeys()
        self.orders = Orders(now or self.clock.now)
        self._wechat = FakeWechat(self.orders, self.keys)
        self._alipay = FakeAlipay(self.orders, self.keys)
        self._shouqianba = FakeShouqianba(self.orders, self.keys)

    async def __call__(
        self,
        scope: Message,
        receive: Callable[[], Awaitable[Message]],
        send: Callable[[Message], Awaitable[None]],
    ) -> None:
        if scope["type"] == "lifespan":
            await _live(receive, send)
            return
        if scope["type"] != "http":
            return
        answer = self.answer(await _request(scope, receive))
        body = {"garbage": b"<html>\xff\xfe not what you asked for", "short": answer.body[: len(answer.body) // 2]}.get(
            answer.fault, answer.body
        )
        if answer.fault == "lost":
            body = b""
        promised = len(answer.body) if answer.fault in ("lost", "short") else len(body)
        headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
        headers.append((b"content-length", str(promised).encode()))
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        # fewer bytes than promised: the server drops the line in the middle of the answer
        await send({"type": "http.response.body", "body": body})

    def answer(self, request: Request) -> Answer:
        """What the company at that path says."""
        try:
            if request.path.startswith("/__fake/"):
                return self._direct(request)
            if request.path.startswith("/v3/"):
                return self._wechat.answer(request)
            if request.path == GATEWAY:
                return self._alipay.answer(request)
            return self._shouqianba.answer(request)
        except (KeyError, ValueError, TypeError):
            return Answer(b'{"code":"PARAM_ERROR"}', 400)

    def _direct(self, request: Request) -> Answer:
        deed = request.path.removeprefix("/__fake/")
        if request.method == "POST" and deed == "scripts":
            chosen = json.loads(request.body)
            if any(script not in SCRIPTS for script in chosen.values()):
                return Answer(b"{}", 400)
            self.orders.scripts.update(chosen)
        elif request.method == "POST" and deed == "clock":
            self.clock.go_on(float(json.loads(request.body)["seconds"]))
            return Answer(json.dumps({"now": self.clock.now().isoformat()}).encode())
        elif deed == "book":
            rows = [{**asdict(entry), "at": entry.at.isoformat()} for entry in self.orders.book]
            return Answer(json.dumps(rows).encode())
        elif deed == "statement":
            company = parse_qs(request.query)["company"][0]
            return Answer(statement(company, self.orders.book), headers={"content-type": "text/csv"})
        else:
            return Answer(b"{}", 404)
        return Answer(b"{}")


async def _request(scope: Message, receive: Callable[[], Awaitable[Message]]) -> Request:
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body") or len(body) > REQUEST_BYTES:
            break
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    return Request(scope["method"], scope["path"], scope["query_string"].decode(), headers, body)


async def _live(receive: Callable[[], Awaitable[Message]], send: Callable[[Message], Awaitable[None]]) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
